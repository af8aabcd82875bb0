//! Today: what is overdue, what is due, what was done, and beside it the record of the task under the cursor with what
//! one needs for it. What becomes of tasks is in `today/acts.rs`.

mod acts;
mod beside;
mod draw;
mod lines;
mod marking;
mod queue;

use super::cache::{Cache, Known};
use super::copy;
use super::done;
use super::layer::{Answer, Cx, Effect, Layer, Place, Slot, page_area};
use super::marks::Marks;
use super::matter::Matter;
use super::modals::{history::History, why::Why};
use super::record::entry;
use super::terminal::Input;
use super::widgets::Window;
use crate::domain::agenda::{AgendaAsk, AgendaPage, Part, Queue};
use crate::domain::answer::{Detail, Item};
use crate::domain::id::{ActivityId, RecordId, Ref};
use crate::keys::{Command, Keys, rows};
use crate::workspace::request::{Reply, Request};
use crate::workspace::why::About;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use lines::{Lines, Spot};
use ratatui::layout::Rect;

const PAGE: Slot = 0;
const ACT: Slot = 1;
/// All that are gone through, to be marked.
const ALL: Slot = 2;
const DETAIL: Slot = 3;
const CSV: Slot = 4;

/// Rows that one turn of the wheel moves.
const WHEEL: isize = 3;
/// Activities of the record beside the list: what is ahead comes first, and some that were should follow.
const ACTIVITIES: usize = 20;

/// The tabs, with the parts that each shows.
const TABS: [(&str, &[Part]); 4] = [
    ("Today", &[Part::Overdue, Part::Today, Part::DoneToday]),
    ("Overdue", &[Part::Overdue]),
    ("Upcoming", &[Part::Upcoming]),
    ("No date", &[Part::NoDate]),
];

impl Known for Item {
    type Id = ActivityId;

    fn id(&self) -> ActivityId {
        self.activity.id
    }
}

#[derive(Default)]
pub struct Today {
    tab: usize,
    queue: Queue,
    cache: Cache<Item>,
    /// Counts and queues; no items.
    told: Option<AgendaPage>,
    lines: Lines,
    /// Over the lines; its cursor is the first line of the row.
    window: Window,
    row: usize,
    marks: Marks<ActivityId>,
    /// For what a line is being logged; with that it is done.
    logging: Option<ActivityId>,
    /// What the cursor is to be on when the next piece comes; else it stays at its place.
    anchor: Option<ActivityId>,
    chosen: bool,
    detail: Option<Box<Detail>>,
    shown_of: Option<RecordId>,
    place: draw::Panes,
    cursor: Option<Rect>,
}

/// The record that something is to be done for: where it was logged, or the first of the others that are seen.
fn home(item: &Item) -> Option<RecordId> {
    let seen = || item.activity.targets.iter().zip(&item.names).filter(|(_, name)| name.is_some());
    let at_home = seen().find(|(target, _)| target.record == item.activity.logged_on);
    at_home.or_else(|| seen().next()).map(|(target, _)| target.record)
}

impl Today {
    fn parts(&self) -> &'static [Part] {
        TABS[self.tab].1
    }

    fn count(&self, part: Part) -> usize {
        self.told.as_ref().map_or(0, |told| told.count(part))
    }

    fn item(&self) -> Option<&Item> {
        self.cache.get(self.row).filter(|_| self.lines.rows() > 0)
    }

    /// The marked ones, else that under the cursor.
    fn meant(&self) -> Vec<ActivityId> {
        if self.marks.is_empty() {
            return self.item().map(|item| item.activity.id).into_iter().collect();
        }
        self.marks.ids().to_vec()
    }

    fn measure(&mut self, cx: &Cx) {
        let page = page_area(cx.screen);
        self.place = draw::Panes::of(page, cx.screen);
        let counts = self.parts().iter().map(|part| (*part, self.count(*part)));
        self.lines = Lines::new(counts, self.place.row_height());
        if self.told.is_some() && self.lines.rows() == 0 {
            self.place = self.place.alone(page);
        }
        self.row = self.row.min(self.lines.rows().saturating_sub(1));
        self.window.set_len(self.lines.len());
        self.window.resize(usize::from(self.place.rows.height));
        self.settle();
    }

    /// The whole row under the cursor is seen, that of a part's first row with its head.
    fn settle(&mut self) {
        if self.lines.rows() > 0 {
            let line = self.lines.line_of(self.row);
            self.window.go_to(line + self.lines.height - 1);
            self.window.go_to(self.lines.top_of(self.row));
            self.window.go_to(line);
        }
    }

    fn request(&self, from: usize, limit: usize) -> Request {
        Request::Agenda(AgendaAsk { queue: self.queue.clone(), parts: self.parts().to_vec(), from, limit })
    }

    /// Rows that are seen.
    fn seen(&self) -> std::ops::Range<usize> {
        let lines = self.window.visible();
        if self.lines.rows() == 0 {
            return 0..0;
        }
        self.lines.row_near(lines.start)..self.lines.row_near(lines.end.saturating_sub(1)) + 1
    }

    /// Asks for what of the screen is missing, and for the record of the row under the cursor.
    fn follow(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        let mut effects = self.show_beside();
        let wanted = self.cache.wanted(&self.seen(), self.lines.rows()).filter(|_| self.told.is_some());
        if let Some(rows) = wanted {
            self.cache.ask(rows.clone());
            effects.push(Effect::Ask(PAGE, self.request(rows.start, rows.len())));
        }
        effects
    }

    fn show_beside(&mut self) -> Vec<Effect> {
        let of = self.item().and_then(home);
        if of == self.shown_of {
            return Vec::new();
        }
        self.shown_of = of;
        of.map(|id| Effect::Ask(DETAIL, Request::Detail { id, activities: ACTIVITIES })).into_iter().collect()
    }

    /// Asks anew; the cursor stays on what it is on if that still stands there, else at its place.
    fn ask_again(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        self.marks.unsettle();
        self.anchor = self.anchor.or_else(|| self.item().map(|item| item.activity.id)).filter(|_| self.chosen);
        let height = self.window.height().max(1);
        let from = self.row.saturating_sub(height);
        self.cache.ask(from..from + 3 * height);
        self.shown_of = None;
        let mut effects = vec![Effect::Ask(PAGE, self.request(from, 3 * height))];
        effects.extend(self.show_beside());
        effects
    }

    fn ask_from_top(&mut self, cx: &Cx) -> Vec<Effect> {
        (self.row, self.chosen, self.anchor) = (0, false, None);
        self.window.first();
        self.ask_again(cx)
    }

    fn take(&mut self, page: AgendaPage, cx: &Cx) -> Vec<Effect> {
        let AgendaPage { from, items, .. } = page;
        let is_first = self.told.is_none();
        self.told = Some(AgendaPage { items: Vec::new(), ..page });
        self.cache.take(from, items);
        if let Some(at) = self.anchor.take().and_then(|id| self.cache.place(id)) {
            self.row = at;
        }
        self.measure(cx);
        if is_first && self.lines.rows() == 0 && self.marks.is_empty() {
            // Where something lies is where one wants to look.
            let full = TABS.iter().position(|(_, parts)| parts.iter().any(|part| self.count(*part) > 0));
            if let Some(tab) = full.filter(|tab| *tab != self.tab) {
                return self.select_tab(tab, cx);
            }
        }
        self.follow(cx)
    }

    fn select_tab(&mut self, tab: usize, cx: &Cx) -> Vec<Effect> {
        self.tab = tab.min(TABS.len() - 1);
        self.marks.clear();
        self.ask_from_top(cx)
    }

    fn go_to(&mut self, row: usize, cx: &Cx) -> Vec<Effect> {
        self.row = row.min(self.lines.rows().saturating_sub(1));
        self.chosen = true;
        self.anchor = None;
        let mut effects = self.follow(cx);
        effects.extend(self.stretch());
        effects
    }

    fn move_by(&mut self, rows: isize, cx: &Cx) -> Vec<Effect> {
        self.go_to(self.row.saturating_add_signed(rows), cx)
    }

    /// Moves by lines, as half a page does, to the row that is there then.
    fn leap(&mut self, act: impl FnOnce(&mut Window), cx: &Cx) -> Vec<Effect> {
        let before = (self.window.cursor(), self.row);
        act(&mut self.window);
        let line = self.window.cursor().unwrap_or(0);
        let mut row = self.lines.row_near(line);
        if before.0.is_some_and(|cursor| line < cursor) && row >= before.1 {
            row = before.1.saturating_sub(1);
        }
        self.go_to(row, cx)
    }

    fn escape(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.marks.is_empty() {
            return vec![Effect::Back];
        }
        self.marks.clear();
        self.follow(cx)
    }

    fn matter(&self) -> Option<Matter> {
        let activity = &self.item()?.activity;
        let subject = entry::title(activity).into_owned();
        Some(Matter { of: Ref::Activity(activity.id), about: About::Itself, subject, value: None })
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => Some(self.move_by(WHEEL, cx)),
            MouseEventKind::ScrollUp => Some(self.move_by(-WHEEL, cx)),
            MouseEventKind::Down(MouseButton::Left) => {
                if let Some(tab) = self.tab_at((mouse.column, mouse.row), cx) {
                    return Some(self.select_tab(tab, cx));
                }
                let rows = self.place.rows;
                let inside = rows.contains((mouse.column, mouse.row).into());
                let line = self.window.at(usize::from(mouse.row.checked_sub(rows.y)?)).filter(|_| inside)?;
                let Spot::Row(row, _) = self.lines.at(line) else { return Some(Vec::new()) };
                let again = row == self.row;
                Some(if again { self.open() } else { self.go_to(row, cx) })
            }
            _ => None,
        }
    }

    fn open(&self) -> Vec<Effect> {
        let of = self.item().and_then(home);
        of.map(|id| Effect::Go(Place::Record(id))).into_iter().collect()
    }
}

impl Layer for Today {
    fn place(&self) -> Option<Place> {
        Some(Place::Today)
    }

    fn name(&self, _: &Cx) -> String {
        "the agenda".into()
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        vec!["Today".into()]
    }

    fn keys(&self) -> &'static [Keys] {
        if self.marks.is_empty() { rows::AGENDA } else { rows::AGENDA_MARKED }
    }

    fn chip(&self) -> Option<String> {
        self.marks.chip()
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.told.is_some() {
            return self.follow(cx);
        }
        self.queue.clone_from(&cx.kept.queue);
        self.ask_from_top(cx)
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Resize { .. } => Some(self.follow(cx)),
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        let line = count.map(|count| (count as usize).saturating_sub(1));
        match command {
            Command::MoveDown => self.move_by(times, cx),
            Command::MoveUp => self.move_by(-times, cx),
            Command::HalfPageDown => self.leap(|w| w.half_page(times), cx),
            Command::HalfPageUp => self.leap(|w| w.half_page(-times), cx),
            Command::PageDown => self.leap(|w| w.page(times), cx),
            Command::PageUp => self.leap(|w| w.page(-times), cx),
            Command::First => self.go_to(line.unwrap_or(0), cx),
            Command::Last => self.go_to(line.unwrap_or(usize::MAX), cx),
            Command::NextTab => self.select_tab((self.tab + 1) % TABS.len(), cx),
            Command::PreviousTab => self.select_tab((self.tab + TABS.len() - 1) % TABS.len(), cx),
            Command::SelectTab(number) => self.select_tab(usize::from(number).saturating_sub(1), cx),
            Command::Open => self.open(),
            Command::Why => Why::about(self.matter()),
            Command::History => History::about(self.matter()),
            Command::Escape => self.escape(cx),
            command if copy::is_of_record(command) => match &self.detail {
                Some(detail) => copy::run(command, &detail.row, &[], CSV, cx),
                None => Vec::new(),
            },
            command => self.act(command, cx),
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (PAGE, Reply::Agenda(page)) => self.take(page, cx),
            (PAGE, Reply::Failed(_)) => {
                self.cache.fail();
                Vec::new()
            }
            (DETAIL, Reply::Detail(detail)) => {
                self.detail = detail;
                Vec::new()
            }
            (ALL, reply) => self.take_all(reply, cx),
            (CSV, reply) => copy::told(&reply),
            (ACT, reply) => {
                if matches!(reply, Reply::Done(_)) {
                    self.marks.clear();
                }
                done::told(&reply)
            }
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Changed(_) | Reply::Due(_)) { self.ask_again(cx) } else { Vec::new() }
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Do(change) => self.perform(*change),
            Answer::Chosen(name) => self.choose_queue(&name, cx),
            Answer::Logged => self.logged(cx),
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut ratatui::Frame, _: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), cx);
    }
}
