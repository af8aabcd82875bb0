//! Rows that are marked, and what is done to all of them at once.

use super::{ACT, COPY, List, MARKS};
use crate::domain::change::Change;
use crate::domain::id::{PropertyId, RecordId, Ref};
use crate::domain::object::is;
use crate::domain::query::Query;
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect};
use crate::ui::marks::Spot;
use crate::ui::modals::anywhere::Anywhere;
use crate::ui::modals::export::Export;
use crate::ui::modals::log;
use crate::ui::modals::merge::Merge;
use crate::ui::modals::pairing::Pairing;
use crate::ui::modals::properties::Properties;
use crate::ui::modals::twin::Twin;
use crate::ui::text::clean;
use crate::ui::widgets::draw_mark;
use crate::workspace::pairs::Paired;
use crate::workspace::request::{Reply, Request};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What waits until it is known which rows are marked.
fn is_on_marks(command: Command) -> bool {
    use Command as C;
    let others = matches!(
        command,
        C::Delete | C::Merge | C::Edit | C::EditProperty | C::CopyCsv | C::Export | C::AssociateAll | C::AssociateBy
    );
    others || log::is_logging(command)
}

impl List {
    /// The ground of a marked row, and its sign.
    pub(super) fn paint_mark(&self, buf: &mut Buffer, line: Rect, at: usize, is_cursor: bool, cx: &Cx) {
        if let Spot::Row(id) = self.spot(at)
            && self.marks.contains(id)
        {
            draw_mark(buf, line, is_cursor, cx.look);
        }
    }

    fn spot(&self, at: usize) -> Spot<RecordId> {
        match self.cache.get(at).or_else(|| self.similar.get(at)) {
            Some(row) => Spot::Row(row.record.id),
            None if at < self.similar.matching() => Spot::Unread,
            None => Spot::Gap,
        }
    }

    /// Takes the range along to the cursor.
    pub(super) fn stretch(&mut self) -> Vec<Effect> {
        let cursor = self.behind.as_ref().map_or(self.window.cursor(), |behind| behind.at);
        let Some(at) = cursor else { return Vec::new() };
        let mut marks = std::mem::take(&mut self.marks);
        let wants_all = marks.stretch(at, |at| self.spot(at));
        self.marks = marks;
        if wants_all { self.ask_all() } else { Vec::new() }
    }

    fn ask_all(&self) -> Vec<Effect> {
        self.asked.clone().map(|query| Effect::Ask(MARKS, Request::Ids(query))).into_iter().collect()
    }

    /// Commands about marks, and those that act on what is marked. `None`: it is about the row under the cursor.
    pub(super) fn run_marks(&mut self, command: Command, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::ToggleMark => return Some(self.toggle_mark(cx)),
            Command::MarkRange => return Some(self.mark_range()),
            Command::MarkAll => {
                self.marks.await_all();
                return Some(self.ask_all());
            }
            Command::Export if self.marks.is_empty() => return Some(self.export(cx)),
            command if self.marks.is_empty() || !is_on_marks(command) => return None,
            command if self.marks.postpones(command) => return Some(Vec::new()),
            _ => self.marks.end(),
        }
        let ids = self.marks.ids();
        Some(match command {
            Command::Delete => {
                let what = ids.iter().copied().map(Ref::Record).collect();
                vec![Effect::Perform(ACT, Change::Delete { what })]
            }
            Command::Merge => match ids {
                [into, from] => vec![Effect::Push(Box::new(Merge::new(*into, *from)))],
                _ => Vec::new(),
            },
            Command::Export => self.export(cx),
            Command::AssociateAll => {
                let what = self.named(ids.len(), cx).or_else(|| self.one(cx)).unwrap_or_default();
                vec![Effect::Push(Box::new(Anywhere::to_associate(what)))]
            }
            Command::AssociateBy => self.pair(cx),
            command if log::is_logging(command) => self.log_on_marked(command, cx),
            Command::CopyCsv => vec![Effect::Ask(COPY, Request::Csv(ids.to_vec()))],
            Command::Edit if self.cell != is::NAME => self.set_on_all(self.cell, cx),
            _ => self.choose_property(cx),
        })
    }

    fn toggle_mark(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.marks.is_range() {
            self.marks.end();
            return Vec::new();
        }
        if let Some(id) = self.row_id() {
            self.marks.toggle(id);
        }
        self.move_to(|window| window.move_by(1), cx)
    }

    fn mark_range(&mut self) -> Vec<Effect> {
        let Some(at) = self.window.cursor().filter(|_| !self.marks.is_range()) else {
            self.marks.end();
            return Vec::new();
        };
        self.marks.begin(at);
        // The cursor stays on its row from now on.
        self.moved = true;
        self.stretch()
    }

    /// With a record that is looked for.
    pub(super) fn merge(&self) -> Vec<Effect> {
        let twin = self.row().map(|row| Twin::new(row.record.id, &row.record.name()));
        twin.map(|twin| Effect::Push(Box::new(twin))).into_iter().collect()
    }

    /// The marked rows, else all that the list takes in, in its order.
    fn export(&self, cx: &Cx) -> Vec<Effect> {
        let (Some(spec), Some(query)) = (self.spec(cx), self.asked.clone()) else { return Vec::new() };
        let (query, count) = if self.marks.is_empty() {
            (query, self.similar.matching())
        } else {
            let within = Some(self.marks.ids().to_vec());
            (Query { within, search: String::new(), filters: Vec::new(), ..query }, self.marks.len())
        };
        let what = self.named(count, cx).or_else(|| self.one(cx)).unwrap_or_default();
        let columns = self.shown_properties(cx).into_iter().map(|property| property.id).collect();
        let modal = Export::new(query, clean(&what).into_owned(), &spec.plural.to_lowercase(), columns);
        vec![Effect::Push(Box::new(modal))]
    }

    fn choose_property(&self, cx: &Cx) -> Vec<Effect> {
        let (Some(spec), Some(first)) = (self.spec(cx), self.row()) else { return Vec::new() };
        let of = self.named(self.marks.len(), cx).unwrap_or_else(|| clean(&first.record.name()).into_owned());
        vec![Effect::Push(Box::new(Properties::of_many(spec, of)))]
    }

    /// `3 contacts`; of one its name says more.
    fn named(&self, count: usize, cx: &Cx) -> Option<String> {
        let plural = self.spec(cx).map(|spec| spec.plural.to_lowercase())?;
        (count > 1).then(|| format!("{} {plural}", crate::domain::number::grouped(count as u64)))
    }

    /// `1 contact`.
    fn one(&self, cx: &Cx) -> Option<String> {
        self.spec(cx).map(|spec| format!("1 {}", spec.singular.to_lowercase()))
    }

    /// Associates all that are marked with one record.
    pub(super) fn associate_all(&self, other: RecordId, replace: bool) -> Vec<Effect> {
        let pairs = self.marks.ids().iter().map(|id| (*id, other));
        vec![Effect::Perform(ACT, Paired::change(pairs, replace))]
    }

    /// Logs something on the row under the cursor.
    pub(super) fn log(&self, command: Command, cx: &Cx) -> Vec<Effect> {
        let Some(row) = self.row() else { return Vec::new() };
        log::open(command, vec![row.record.id], &row.record.name(), cx)
    }

    /// One on each record that is marked.
    fn log_on_marked(&self, command: Command, cx: &Cx) -> Vec<Effect> {
        let ids = self.marks.ids();
        let one = || self.row().filter(|row| ids == [row.record.id]).map(|row| row.record.name());
        let named = self.named(ids.len(), cx).or_else(one).or_else(|| self.one(cx)).unwrap_or_default();
        log::open(command, ids.to_vec(), &named, cx)
    }

    /// The pairs of a rule: of what is marked, or of all.
    pub(super) fn pair(&self, cx: &Cx) -> Vec<Effect> {
        let ids = self.marks.ids();
        let within = (!ids.is_empty()).then(|| {
            let viewer = cx.settings.viewer(cx.user.id);
            let query = Query { within: Some(ids.to_vec()), ..Query::all(self.object, viewer) };
            (query, self.named(ids.len(), cx).or_else(|| self.one(cx)).unwrap_or_default())
        });
        vec![Effect::Push(Box::new(Pairing::new(self.object, within, cx)))]
    }

    /// Edits a property over the row under the cursor, for all that are marked.
    pub(super) fn set_on_all(&mut self, property: PropertyId, cx: &Cx) -> Vec<Effect> {
        let property = self.spec(cx).and_then(|spec| spec.property(property));
        if let (Some(row), Some(property)) = (self.row(), property) {
            let record = row.record.clone();
            self.edits.begin_many(&record, property, self.marks.ids().to_vec(), cx);
            self.moved = true;
        }
        Vec::new()
    }

    pub(super) fn take_ids(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        let Reply::Ids(ids) = reply else {
            self.marks.fail();
            return Vec::new();
        };
        let then = self.marks.take(ids);
        let mut effects = self.stretch();
        effects.extend(then.and_then(|command| self.run_marks(command, cx)).into_iter().flatten());
        effects
    }

    /// Whether a command means what is marked, wherever the cursor is.
    pub(super) fn is_for_marks(&self, command: Command) -> bool {
        match command {
            _ if self.marks.is_empty() => false,
            command if log::is_logging(command) => log::obstacle(self.marks.len()).is_none(),
            Command::Merge => self.marks.len() == 2,
            // It depends on the property.
            Command::Edit if self.cell != is::NAME => false,
            Command::Edit | Command::EditProperty => self.row().is_some(),
            command => is_on_marks(command),
        }
    }

    /// Why a command about marks does nothing now.
    pub(super) fn marks_obstacle(&self, command: Command) -> Option<String> {
        use Command as C;
        match command {
            command if log::is_logging(command) && !self.marks.is_empty() => log::obstacle(self.marks.len()),
            C::Merge if !self.marks.is_empty() => {
                Some(format!("two records become one, here {} are marked", self.marks.len()))
            }
            C::ToggleMark | C::MarkRange | C::MarkAll | C::Export if self.window.is_empty() => {
                Some("the list is empty".into())
            }
            C::ToggleMark if self.row().is_none() => Some("the row is still being read".into()),
            C::EditProperty if self.row().is_none() => Some("there is no row here to type it in".into()),
            _ => None,
        }
    }
}
