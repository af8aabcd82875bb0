//! The list as a layer: its keys, what they do, and why some do nothing now.

use super::views::views;
use super::{ACT, COPY, COUNTS, EXPORT, List, MARKS, PAGE, PREVIEW, Readiness, Rows, SIMILAR, columns, reversed};
use crate::domain::id::RecordId;
use crate::keys::rows::{LIST, LIST_MARKED, SEARCH_BOX, sort_rows};
use crate::keys::{Command, KeyMode, Keys, Row};
use crate::ui::layer::{Among, Answer, Cx, Effect, Layer, Place, Slot};
use crate::ui::modals::{history::History, why::Why};
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

    fn among(&self, id: RecordId, cx: &Cx) -> Option<Among> {
        let query = self.query(cx)?;
        let own = self.cache.place(id).map(|at| Among { query: query.clone(), at });
        own.or_else(|| self.similar.among(id, query))
    }

    fn name(&self, cx: &Cx) -> String {
        self.spec(cx).map_or_else(|| "the list".into(), |spec| format!("the {} list", spec.singular.to_lowercase()))
    }

    fn crumbs(&self, cx: &Cx) -> Vec<String> {
        self.spec(cx).map(|spec| spec.plural.clone()).into_iter().collect()
    }

    fn keys(&self) -> &'static [Keys] {
        match self.edits.keys() {
            Some(keys) => keys,
            None if self.typing => &[SEARCH_BOX],
            None if !self.marks.is_empty() => LIST_MARKED,
            None => LIST,
        }
    }

    fn more_keys(&self, cx: &Cx) -> Vec<Row> {
        let Some(spec) = self.spec(cx).filter(|_| self.mode() == KeyMode::Normal) else { return Vec::new() };
        sort_rows(spec.columns.iter().filter_map(|id| spec.property(*id)).map(columns::head))
    }

    fn chip(&self) -> Option<String> {
        self.marks.chip()
    }

    fn mode(&self) -> KeyMode {
        if self.typing || self.edits.is_open() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.views.is_empty() {
            self.views = self.spec(cx).map(views).unwrap_or_default();
            self.counts = vec![None; self.views.len()];
            return self.ask_from_top(cx);
        }
        self.follow(cx)
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let Some(effects) = self.edits.input(input, cx) {
            return Some(effects);
        }
        match input {
            Input::Resize { .. } => Some(self.follow(cx)),
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            Input::Key(key) if self.typing => match self.search.key(*key)? {
                Edit::Changed => Some(self.ask_from_top(cx)),
                Edit::Kept => Some(Vec::new()),
            },
            Input::Paste(text) if self.typing => {
                self.search.paste(text);
                Some(self.ask_from_top(cx))
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
            Command::Why => Why::about(self.matter()),
            Command::History => History::about(self.matter()),
            Command::Search => {
                self.typing = true;
                self.follow(cx)
            }
            Command::KeepSearch => {
                self.typing = false;
                self.follow(cx)
            }
            Command::SortBy(column) => self.sort_by(usize::from(column), cx),
            Command::ReverseSort => self.sort(reversed, cx),
            Command::NextTab => self.select_tab((self.view + 1) % self.views.len().max(1), cx),
            Command::PreviousTab => {
                let tabs = self.views.len().max(1);
                self.select_tab((self.view + tabs - 1) % tabs, cx)
            }
            Command::SelectTab(number) => self.select_tab(usize::from(number).saturating_sub(1), cx),
            Command::TogglePreview => {
                self.wants_preview = !self.wants_preview;
                self.follow(cx)
            }
            Command::Escape => self.escape(cx),
            command if copy::is_of_record(command) => self.row_for(command, cx),
            _ => Vec::new(),
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
                let counted = self.views.iter().zip(&mut self.counts).filter(|(view, _)| view.is_counted);
                for ((_, known), count) in counted.zip(counts) {
                    *known = Some(count);
                }
                Vec::new()
            }
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
                let mut effects = self.ask_again(cx);
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
        let Answer::At(id) = answer else { return Vec::new() };
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
        let (Some(row), Some(spec)) = (self.row(), self.spec(cx)) else { return Vec::new() };
        copy::run(command, row, &spec.columns, COPY, cx)
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
            C::Open | C::Delete | C::Why | C::History if self.window.is_empty() => Some("the list is empty".into()),
            command if copy::is_of_record(command) && self.window.is_empty() => Some("the list is empty".into()),
            C::Open | C::Delete | C::Why | C::History if self.row().is_none() => {
                Some("the row is still being read".into())
            }
            command if copy::is_of_record(command) => match self.row() {
                Some(row) => copy::blocked(command, row, cx),
                None => Some("the row is still being read".into()),
            },
            C::Edit | C::CellLeft | C::CellRight => self.cell_obstacle(command, cx),
            C::NextHit | C::PreviousHit if !self.is_searching() => Some("nothing is searched, / searches".into()),
            C::SelectTab(number) if usize::from(number) == self.view + 1 => Some("this tab is open already".into()),
            C::SelectTab(number) if usize::from(number) > self.views.len() => {
                Some(format!("there are {} tabs", self.views.len()))
            }
            C::TogglePreview if cx.screen.width < PREVIEW_FROM => {
                Some(format!("it needs {PREVIEW_FROM} columns, here are {}", cx.screen.width))
            }
            _ => None,
        }
    }
}
