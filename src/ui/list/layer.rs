//! The list as a layer: its keys, what they do, and why some do nothing now.

use super::{ACT, COPY, COUNTS, EXPORT, List, MARKS, PAGE, PREVIEW, Readiness, Rows, SIMILAR, VIEW, VIEWED, columns};
use crate::domain::id::{Object, RecordId};
use crate::keys::rows::{LIST, LIST_FILTERS, LIST_MARKED, SEARCH_BOX, sort_rows};
use crate::keys::{Command, KeyMode, Keys, Row};
use crate::ui::layer::{Among, Answer, Cx, Effect, Layer, Place, Slot};
use crate::ui::modals::{form::Form, history::History, log, why::Why};
use crate::ui::record::is_of_fields;
use crate::ui::terminal::Input;
use crate::ui::widgets::Edit;
use crate::ui::{copy, done};
use crate::workspace::request::Reply;
use ratatui::Frame;
use ratatui::layout::Rect;

/// From this many columns on a preview stands beside the list.
pub const PREVIEW_FROM: u16 = 140;

impl Layer for List {
    fn place(&self) -> Option<Place> {
        Some(Place::List(self.object))
    }

    fn among(&self, id: RecordId, _: &Cx) -> Option<Among> {
        let query = self.asked.clone()?;
        let own = self.cache.place(id).map(|at| Among { query: query.clone(), at });
        own.or_else(|| self.similar.among(id, query))
    }

    fn name(&self, cx: &Cx) -> String {
        self.spec(cx).map_or_else(|| "the list".into(), |spec| format!("the {} list", spec.singular.to_lowercase()))
    }

    fn crumbs(&self, cx: &Cx) -> Vec<String> {
        cx.settings.object_ever(self.object).map(|spec| spec.plural.clone()).into_iter().collect()
    }

    fn keys(&self) -> &'static [Keys] {
        match self.edits.keys() {
            Some(keys) => keys,
            None if self.typing => &[SEARCH_BOX],
            None if self.chip.is_some() => LIST_FILTERS,
            None if !self.marks.is_empty() => LIST_MARKED,
            None => LIST,
        }
    }

    fn more_keys(&self, cx: &Cx) -> Vec<Row> {
        if self.mode() != KeyMode::Normal || self.chip.is_some() {
            return Vec::new();
        }
        sort_rows(self.shown_properties(cx).into_iter().map(columns::head))
    }

    fn chip(&self) -> Option<String> {
        self.marks.chip()
    }

    fn mode(&self) -> KeyMode {
        if self.typing || self.edits.is_open() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        // The board of the same records, or their list, may have been left with another view since.
        let is_left_so = cx.kept.lists.get(&self.object.0).is_none_or(|kept| {
            let (view, changed) = self.views.left();
            kept.view == view && kept.changed == changed
        });
        if self.views.open().is_none() || !is_left_so {
            return self.begin(cx);
        }
        let mut effects = self.follow(cx);
        if self.view().is_some_and(|view| view.viewed) {
            effects.push(self.ask_viewed());
        }
        effects
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let Some(effects) = self.edits.input(input, cx) {
            return Some(effects);
        }
        match input {
            Input::Resize { .. } => Some(self.follow(cx)),
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            Input::Key(key) if self.typing => match self.search.key(*key)? {
                Edit::Changed => Some(self.search_typed(cx)),
                Edit::Kept => Some(Vec::new()),
            },
            Input::Paste(text) if self.typing => {
                self.search.paste(text);
                Some(self.search_typed(cx))
            }
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        if self.edits.is_open() && is_of_fields(command) {
            return self.run_edit(command, count, cx);
        }
        if self.chip.is_some() {
            return self.run_on_chip(command, count, cx);
        }
        if let Some(effects) = self.run_marks(command, cx) {
            return effects;
        }
        match command {
            Command::Edit => self.edit(cx),
            Command::CellLeft => self.move_cell(-times, cx),
            Command::CellRight => self.move_cell(times, cx),
            Command::MoveDown | Command::NextHit => self.move_to(|w| w.move_by(times), cx),
            Command::MoveUp | Command::PreviousHit => self.move_to(|w| w.move_by(-times), cx),
            Command::HalfPageDown => self.move_to(|w| w.half_page(times), cx),
            Command::HalfPageUp => self.move_to(|w| w.half_page(-times), cx),
            Command::PageDown => self.move_to(|w| w.page(times), cx),
            Command::PageUp => self.move_to(|w| w.page(-times), cx),
            // With a number before it, to that row.
            Command::First => self.move_to(|w| w.go_to(line(count).unwrap_or(0)), cx),
            Command::Last => self.move_to(|w| w.go_to(line(count).unwrap_or(usize::MAX)), cx),
            Command::Open => self.open(),
            Command::Delete => self.delete(),
            Command::Merge => self.merge(),
            Command::ToggleFollow => self.follow_row(cx),
            Command::Why => Why::about(self.matter()),
            Command::History => History::about(self.matter()),
            Command::AssociateBy => self.pair(cx),
            Command::LeadOf => {
                let of = self.row().map(|row| (row.record.id, row.record.name()));
                vec![Effect::Push(Box::new(Form::new(Object::LEAD, of, cx)))]
            }
            command if log::is_logging(command) => self.log(command, cx),
            Command::Search => self.run_search(cx),
            Command::KeepSearch => {
                self.typing = false;
                self.follow(cx)
            }
            Command::SortBy(column) => self.sort_by(usize::from(column), cx),
            Command::ThenSortBy(column) => self.then_sort_by(usize::from(column), cx),
            Command::ReverseSort => self.reverse_sort(cx),
            Command::AddFilter => self.add_filter(cx),
            Command::FocusFilters => self.focus_chips(cx),
            Command::EditFilters => self.edit_expressions(cx),
            Command::NextTab => self.select_tab((self.views.place() + 1) % self.tabs(), cx),
            Command::PreviousTab => self.select_tab((self.views.place() + self.tabs() - 1) % self.tabs(), cx),
            Command::SelectTab(number) => self.select_tab(usize::from(number).saturating_sub(1), cx),
            Command::TogglePreview => self.toggle_preview(cx),
            Command::ToggleBoard => vec![Effect::Go(Place::Board(self.object))],
            Command::Escape => self.escape(cx),
            command if copy::is_of_record(command) => self.row_for(command, cx),
            command => self.run_on_view(command, cx),
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if let Some(effects) = self.take_edited(slot, &reply, cx) {
            return effects;
        }
        match (slot, reply) {
            (PAGE, Reply::Page(page)) => self.take_page(page, cx),
            (PAGE, Reply::Failed(_)) => {
                self.cache.fail();
                self.rows = Rows::Right;
                Vec::new()
            }
            (COUNTS, Reply::Counts(counts)) => {
                self.take_counts(counts);
                Vec::new()
            }
            (VIEW, reply) => done::told(&reply),
            (ACT, reply) => {
                if matches!(reply, Reply::Done(_)) {
                    self.marks.clear();
                }
                done::told(&reply)
            }
            (EXPORT, reply) => done::exported(&reply),
            (MARKS, reply) => self.take_ids(reply, cx),
            (SIMILAR, Reply::Similar(rows)) => self.take_similar(rows, cx),
            (COPY, reply) => copy::told(&reply),
            (VIEWED, Reply::Viewed(lately)) => self.take_viewed(lately, cx),
            (slot, reply) if slot & PREVIEW != 0 => {
                self.preview.reply(reply);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Sorted(object) if *object == self.object && !self.is_sorted() => self.ask_again(cx),
            Reply::Failed(_) => {
                if !self.is_sorted() {
                    self.readiness = Readiness::Unsortable;
                }
                Vec::new()
            }
            Reply::Changed(_) => {
                self.previewed = None;
                self.similar.outdated();
                let mut effects = self.take_views(cx);
                effects.extend(self.ask_counts(cx));
                effects
            }
            _ => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let Answer::Edited(text) = &answer {
            return self.edits.edited(text, cx);
        }
        if let Answer::Property(property) = answer {
            return self.set_on_all(property, cx);
        }
        if let Answer::Export(asked) = answer {
            return vec![Effect::Export(EXPORT, *asked)];
        }
        let id = match answer {
            Answer::At(id) => id,
            Answer::Merged(id) => {
                self.marks.clear();
                id
            }
            Answer::Logged => {
                self.marks.clear();
                return Vec::new();
            }
            Answer::With(other, replace) => return self.associate_all(other, replace),
            Answer::Do(change) => return vec![Effect::Perform(ACT, *change)],
            answer => return self.take_answer(answer, cx),
        };
        if id.object != self.object || self.row_id() == Some(id) {
            return Vec::new();
        }
        self.moved = true;
        match self.cache.place(id) {
            Some(place) => self.move_to(|window| window.go_to(place), cx),
            None => self.ask_around(Some(id), cx),
        }
    }

    fn spins(&self) -> bool {
        matches!(self.readiness, Readiness::Unread | Readiness::Read) || self.edits.is_saving()
    }

    fn cursor(&self) -> Option<Rect> {
        if self.edits.is_open() { self.caret } else { self.geometry.cursor }
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &Cx) {
        self.paint(frame, area, cx);
    }
}

/// The place of a row that was named by its number.
fn line(count: Option<u32>) -> Option<usize> {
    count.map(|count| (count as usize).saturating_sub(1))
}

impl List {
    /// Copies or opens what the row has.
    fn row_for(&self, command: Command, cx: &Cx) -> Vec<Effect> {
        let Some(row) = self.row() else { return Vec::new() };
        let columns: Vec<_> = self.shown_properties(cx).into_iter().map(|property| property.id).collect();
        copy::run(command, row, &columns, COPY, cx)
    }

    /// How many there are, for counting in a circle.
    fn tabs(&self) -> usize {
        self.views.tabs().len().max(1)
    }

    fn toggle_preview(&mut self, cx: &Cx) -> Vec<Effect> {
        self.wants_preview = !self.wants_preview;
        let hides = !self.wants_preview;
        let mut effects = self.follow(cx);
        effects.push(Effect::Keep(Box::new(move |kept| kept.hides_preview = hides)));
        effects
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        if self.edits.is_open() || self.is_for_marks(command) {
            return None;
        }
        let obstacle = self.marks_obstacle(command);
        if obstacle.is_some() {
            return obstacle;
        }
        match command {
            // What will come is not known yet.
            C::Open if self.rows != Rows::Right => None,
            C::LeadOf if ![Object::CONTACT, Object::COMPANY].contains(&self.object) => {
                Some("leads are made of contacts and companies".into())
            }
            C::Open | C::Delete | C::Merge | C::ToggleFollow | C::Why | C::History | C::LeadOf
                if self.window.is_empty() =>
            {
                Some("the list is empty".into())
            }
            command if log::is_logging(command) && self.window.is_empty() => Some("the list is empty".into()),
            command if copy::is_of_record(command) && self.window.is_empty() => Some("the list is empty".into()),
            C::Open | C::Delete | C::Merge | C::ToggleFollow | C::Why | C::History | C::LeadOf
                if self.row().is_none() =>
            {
                Some("the row is still being read".into())
            }
            command if log::is_logging(command) && self.row().is_none() => Some("the row is still being read".into()),
            command if copy::is_of_record(command) => match self.row() {
                Some(row) => copy::blocked(command, row, cx),
                None => Some("the row is still being read".into()),
            },
            C::Edit | C::CellLeft | C::CellRight => self.cell_obstacle(command, cx),
            C::NextHit | C::PreviousHit if !self.is_searching() => Some("nothing is searched, / searches".into()),
            C::SelectTab(number) if usize::from(number) == self.views.place() + 1 => {
                Some("this tab is open already".into())
            }
            C::SelectTab(number) if usize::from(number) > self.tabs() => {
                Some(format!("there are {} tabs", self.tabs()))
            }
            C::TogglePreview if cx.screen.width < PREVIEW_FROM => {
                Some(format!("it needs {PREVIEW_FROM} columns, here are {}", cx.screen.width))
            }
            C::ToggleBoard if self.spec(cx).is_none_or(|spec| !spec.is_staged()) => {
                Some("these records have no stages".into())
            }
            C::FocusFilters | C::NextFilter | C::PreviousFilter | C::OrFilter => self.chip_obstacle(command, cx),
            _ => self.view_obstacle(command, cx),
        }
    }
}
