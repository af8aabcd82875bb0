//! A new row of the table of where activities go, or a new limit: what it is about is chosen step by step, the rest is
//! typed in its place.

use super::draft::{About, aims};
use super::{Activities, Line};
use crate::domain::activity::{ActivityKind, LoggedFrom};
use crate::domain::id::Object;
use crate::domain::logging::Sort;
use crate::ui::cell::glyph_of;
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::text::clean;

/// What was chosen so far of something new.
#[derive(Debug, Clone, Copy)]
pub enum Making {
    Row(Object),
    RowOf(Object, Option<Sort>),
    Limit,
    LimitOf(ActivityKind),
}

/// A limit as it begins; the number that is meant is typed over it.
const FIRST_LIMIT: usize = 1;
const ANY: &str = "any";
const REPLY: &str = "reply";

fn kinds() -> impl Iterator<Item = Choice> {
    ActivityKind::rows().map(|row| Choice::named(row.name, row.label, ""))
}

impl Making {
    /// What is chosen next.
    fn asks(self, cx: &Cx) -> Choose {
        let plural = |object| cx.settings.object(object).map_or_else(String::new, |spec| clean(&spec.plural).into());
        match self {
            Making::Row(object) => {
                let more = [Choice::named(ANY, "Any activity", ""), Choice::named(REPLY, "E-mail reply", "")];
                let title = format!("New row of {}", plural(object).to_lowercase());
                Choose::new(title, "What is logged.", more.into_iter().chain(kinds()).collect(), 0)
            }
            Making::RowOf(object, _) => {
                let from = LoggedFrom::ROWS.iter().map(|(_, name, label)| Choice::named(name, label, ""));
                let all = [Choice::named(ANY, "anywhere", "")].into_iter().chain(from).collect();
                Choose::new(format!("New row of {}", plural(object).to_lowercase()), "Logged from.", all, 0)
            }
            Making::Limit => Choose::new("New limit", "What is logged.", kinds().collect(), 0),
            Making::LimitOf(kind) => {
                let choice = |spec: &crate::domain::object::ObjectSpec| {
                    let label = format!("{} {}", glyph_of(spec.object, cx.look.glyphs), clean(&spec.plural));
                    Choice::named(&spec.name, &label, "")
                };
                let all = cx.settings.objects.iter().map(choice).collect();
                Choose::new("New limit", format!("Of what {} has only so many.", kind.row().one), all, 0)
            }
        }
    }
}

impl Activities {
    pub(super) fn make(&mut self, cx: &Cx) -> Vec<Effect> {
        let making = match self.lines.line() {
            Some(Line::Row((object, ..))) => Making::Row(object),
            _ => Making::Limit,
        };
        self.ask_for(making, cx)
    }

    fn ask_for(&mut self, making: Making, cx: &Cx) -> Vec<Effect> {
        self.making = Some(making);
        vec![Effect::Push(Box::new(making.asks(cx)))]
    }

    /// What was chosen; the next thing is asked for, or it is made.
    pub(super) fn made(&mut self, name: &str, cx: &Cx) -> Vec<Effect> {
        match self.making.take() {
            Some(Making::Row(object)) => {
                let sort = match name {
                    REPLY => Some(Sort::Reply),
                    name => ActivityKind::named(name).map(Sort::Of),
                };
                return self.ask_for(Making::RowOf(object, sort), cx);
            }
            Some(Making::RowOf(object, sort)) => self.begin_row((object, sort, LoggedFrom::named(name)), cx),
            Some(Making::Limit) => {
                let kind = ActivityKind::named(name);
                return kind.map(|kind| self.ask_for(Making::LimitOf(kind), cx)).unwrap_or_default();
            }
            Some(Making::LimitOf(kind)) => {
                if let Some(object) = cx.settings.object_called(name).map(|spec| spec.object) {
                    self.begin_limit(kind, object, cx);
                }
            }
            None => {}
        }
        Vec::new()
    }

    /// It begins with where those go now.
    fn begin_row(&mut self, of: About, cx: &Cx) {
        let now = self.now(cx);
        if aims(&now.table, of).is_none() {
            let sort = of.1.unwrap_or(Sort::Of(ActivityKind::Note));
            let to = now.table.aims(of.0, sort, of.2.unwrap_or(LoggedFrom::RecordPage)).to_vec();
            self.draft.put(of, Some(to));
        }
        self.drafted(cx);
        self.lines.go_to(|line| line == Line::Row(of));
        self.edit(cx);
    }

    fn begin_limit(&mut self, kind: ActivityKind, object: Object, cx: &Cx) {
        if self.now(cx).limit(kind, object).is_none() {
            self.draft.limit((kind, object), Some(FIRST_LIMIT));
        }
        self.drafted(cx);
        self.lines.go_to(|line| line == Line::Limit(kind, object));
        self.edit(cx);
    }
}
