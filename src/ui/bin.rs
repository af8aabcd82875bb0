//! The bin (R5.9): what was deleted, by object, with who and when; it is restored from here or erased for good.

mod draw;
mod marking;

use super::cache::{Cache, Known};
use super::done;
use super::layer::{Cx, Effect, Layer, Place, Slot, page_area};
use super::marks::Marks;
use super::matter::Matter;
use super::modals::{history::History, why::Why};
use super::page::{Frame, Search};
use super::terminal::Input;
use super::widgets::Window;
use crate::domain::change::Change;
use crate::domain::id::Ref;
use crate::domain::object::ObjectSpec;
use crate::keys::{Command, KeyMode, Keys, rows};
use crate::workspace::bin::{BinAsk, BinPage, BinnedKind, InBin};
use crate::workspace::request::{Reply, Request};
use crate::workspace::why::About;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

const PAGE: Slot = 0;
const ACT: Slot = 1;
const ERASE: Slot = 2;
/// All that are found, to be marked.
const ALL: Slot = 3;

/// Rows that one turn of the wheel moves.
const WHEEL: isize = 3;

impl Known for InBin {
    type Id = Ref;

    fn id(&self) -> Ref {
        self.of()
    }
}

#[derive(Default)]
pub struct Bin {
    tab: usize,
    /// Somebody chose the tab.
    turned: bool,
    search: Search,
    cache: Cache<InBin>,
    window: Window,
    is_read: bool,
    /// Of each kind, whatever is searched.
    counts: Vec<(BinnedKind, usize)>,
    marks: Marks<Ref>,
    /// What the cursor is to be on when the next piece comes, and its line on the screen.
    anchor: Option<(Ref, usize)>,
    chosen: bool,
    frame: Frame,
    cursor: Option<Rect>,
}

impl Bin {
    /// Every object, deleted ones that left something here, then the activities.
    fn kinds(&self, cx: &Cx) -> Vec<BinnedKind> {
        let of = |spec: &ObjectSpec| BinnedKind::Records(spec.object);
        let left = cx.settings.deleted_objects.iter().map(of).filter(|kind| self.count_of(*kind) > 0);
        cx.settings.objects.iter().map(of).chain(left).chain([BinnedKind::Activities]).collect()
    }

    fn kind(&self, cx: &Cx) -> BinnedKind {
        self.kinds(cx).get(self.tab).copied().unwrap_or(BinnedKind::Activities)
    }

    fn count_of(&self, kind: BinnedKind) -> usize {
        self.counts.iter().find(|(of, _)| *of == kind).map_or(0, |(_, count)| *count)
    }

    fn row(&self) -> Option<&InBin> {
        self.cache.get(self.window.cursor()?)
    }

    /// The marked ones, else that under the cursor.
    fn meant(&self) -> Vec<Ref> {
        if self.marks.is_empty() {
            return self.row().map(InBin::of).into_iter().collect();
        }
        self.marks.ids().to_vec()
    }

    fn measure(&mut self, cx: &Cx) {
        self.frame = Frame::of(page_area(cx.screen), cx.screen);
        self.window.resize(usize::from(self.frame.rows.height));
    }

    fn request(&self, from: usize, limit: usize, cx: &Cx) -> Request {
        Request::BinPiece(BinAsk { kind: self.kind(cx), search: self.search.text().to_owned(), from, limit })
    }

    /// Asks for what of the screen is missing.
    fn follow(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        let wanted = self.cache.wanted(&self.window.visible(), self.window.len()).filter(|_| self.is_read);
        let Some(rows) = wanted else { return Vec::new() };
        self.cache.ask(rows.clone());
        vec![Effect::Ask(PAGE, self.request(rows.start, rows.len(), cx))]
    }

    /// Asks anew; the cursor stays on what it is on, if somebody chose it.
    fn ask_again(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        self.marks.unsettle();
        let here = self.row().map(InBin::of).filter(|_| self.chosen);
        self.anchor = here.zip(self.window.screen_row());
        let height = self.window.height().max(1);
        let from = self.window.offset().saturating_sub(height);
        self.cache.ask(from..from + 3 * height);
        vec![Effect::Ask(PAGE, self.request(from, 3 * height, cx))]
    }

    fn ask_from_top(&mut self, cx: &Cx) -> Vec<Effect> {
        self.window.first();
        self.chosen = false;
        self.ask_again(cx)
    }

    fn take(&mut self, page: BinPage, cx: &Cx) -> Vec<Effect> {
        self.counts = page.counts;
        let is_first = !std::mem::replace(&mut self.is_read, true);
        if is_first && !self.turned && page.matching == 0 {
            // Where something lies is where one wants to look.
            let full = self.kinds(cx).into_iter().position(|kind| self.count_of(kind) > 0);
            if let Some(tab) = full {
                self.tab = tab;
                return self.ask_from_top(cx);
            }
        }
        self.window.set_len(page.matching);
        self.cache.take(page.from, page.rows);
        if let Some((id, line)) = self.anchor.take()
            && let Some(place) = self.cache.place(id)
        {
            self.window.last();
            self.window.go_to(place.saturating_sub(line));
            self.window.go_to(place);
        }
        self.follow(cx)
    }

    fn select_tab(&mut self, tab: usize, cx: &Cx) -> Vec<Effect> {
        self.tab = tab.min(self.kinds(cx).len() - 1);
        self.turned = true;
        self.marks.clear();
        self.ask_from_top(cx)
    }

    fn move_to(&mut self, act: impl FnOnce(&mut Window), cx: &Cx) -> Vec<Effect> {
        act(&mut self.window);
        self.chosen = true;
        if self.anchor.is_some() {
            self.anchor = self.row().map(InBin::of).zip(self.window.screen_row());
        }
        let mut effects = self.follow(cx);
        effects.extend(self.stretch(cx));
        effects
    }

    fn escape(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.search.typing {
            self.search.typing = false;
        } else if !self.marks.is_empty() {
            self.marks.clear();
        } else if self.search.is_on() {
            self.search.clear();
            self.chosen = true;
            return self.ask_again(cx);
        } else {
            return vec![Effect::Back];
        }
        self.follow(cx)
    }

    /// What is asked about the row under the cursor.
    fn matter(&self) -> Option<Matter> {
        let row = self.row()?;
        Some(Matter { of: row.of(), about: About::Itself, subject: row.name(), value: None })
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => Some(self.move_to(|window| window.scroll(WHEEL), cx)),
            MouseEventKind::ScrollUp => Some(self.move_to(|window| window.scroll(-WHEEL), cx)),
            MouseEventKind::Down(MouseButton::Left) => {
                let tabs = self.tabs(cx);
                if let Some(tab) = self.frame.tab_at(&tabs, self.tab, (at.x, at.y)) {
                    return Some(self.select_tab(tab, cx));
                }
                let rows = self.frame.rows;
                let row = self.window.at(usize::from(at.y.checked_sub(rows.y)?)).filter(|_| rows.contains(at))?;
                self.search.typing = false;
                Some(self.move_to(|window| window.go_to(row), cx))
            }
            _ => None,
        }
    }

    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        match command {
            C::Restore | C::Erase | C::ToggleMark | C::MarkRange | C::MarkAll | C::Why | C::History
                if self.window.is_empty() =>
            {
                Some("nothing lies here".into())
            }
            C::Restore | C::Erase if !self.marks.is_empty() => None,
            C::Restore | C::Erase | C::ToggleMark | C::Why | C::History if self.meant().is_empty() => {
                Some("the row is still being read".into())
            }
            C::NextHit | C::PreviousHit if !self.search.is_on() => Some("nothing is searched, / searches".into()),
            C::SelectTab(number) if usize::from(number) == self.tab + 1 => Some("this tab is open already".into()),
            C::SelectTab(number) if usize::from(number) > self.kinds(cx).len() => {
                Some(format!("there are {} tabs", self.kinds(cx).len()))
            }
            _ => None,
        }
    }

    fn act(&mut self, command: Command, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Restore | Command::Erase if self.marks.postpones(command) => Vec::new(),
            Command::Restore => {
                vec![Effect::Perform(ACT, Change::Restore { what: self.meant(), without: Vec::new() })]
            }
            Command::Erase => vec![Effect::Perform(ERASE, Change::Erase { what: self.meant(), confirmed: false })],
            Command::ToggleMark => self.toggle_mark(cx),
            Command::MarkRange => self.mark_range(cx),
            Command::MarkAll => {
                self.marks.await_all();
                vec![self.ask_all(cx)]
            }
            Command::Why => Why::about(self.matter()),
            Command::History => History::about(self.matter()),
            _ => Vec::new(),
        }
    }
}

impl Layer for Bin {
    fn place(&self) -> Option<Place> {
        Some(Place::Bin)
    }

    fn name(&self, _: &Cx) -> String {
        "the bin".into()
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        vec!["Bin".into()]
    }

    fn keys(&self) -> &'static [Keys] {
        if self.search.typing { &[rows::SEARCH_BOX] } else { rows::BIN }
    }

    fn chip(&self) -> Option<String> {
        self.marks.chip()
    }

    fn mode(&self) -> KeyMode {
        if self.search.typing { KeyMode::Text } else { KeyMode::Normal }
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.is_read { self.follow(cx) } else { self.ask_from_top(cx) }
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Resize { .. } => Some(self.follow(cx)),
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            input => Some(if self.search.input(input)? { self.ask_from_top(cx) } else { Vec::new() }),
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        let line = count.map(|count| (count as usize).saturating_sub(1));
        match command {
            Command::MoveDown | Command::NextHit => self.move_to(|w| w.move_by(times), cx),
            Command::MoveUp | Command::PreviousHit => self.move_to(|w| w.move_by(-times), cx),
            Command::HalfPageDown => self.move_to(|w| w.half_page(times), cx),
            Command::HalfPageUp => self.move_to(|w| w.half_page(-times), cx),
            Command::PageDown => self.move_to(|w| w.page(times), cx),
            Command::PageUp => self.move_to(|w| w.page(-times), cx),
            Command::First => self.move_to(|w| w.go_to(line.unwrap_or(0)), cx),
            Command::Last => self.move_to(|w| w.go_to(line.unwrap_or(usize::MAX)), cx),
            Command::NextTab => self.select_tab((self.tab + 1) % self.kinds(cx).len(), cx),
            Command::PreviousTab => self.select_tab((self.tab + self.kinds(cx).len() - 1) % self.kinds(cx).len(), cx),
            Command::SelectTab(number) => self.select_tab(usize::from(number).saturating_sub(1), cx),
            Command::Search | Command::KeepSearch => {
                self.search.typing = command == Command::Search;
                self.follow(cx)
            }
            Command::Escape => self.escape(cx),
            command => self.act(command, cx),
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (PAGE, Reply::BinPiece(page)) => self.take(page, cx),
            (PAGE, Reply::Failed(_)) => {
                self.cache.fail();
                Vec::new()
            }
            (ALL, reply) => self.take_all(reply, cx),
            (ERASE, Reply::Done(done)) => {
                self.marks.clear();
                vec![Effect::Toast(done::for_good(&done))]
            }
            (ACT | ERASE, reply) => {
                if matches!(reply, Reply::Done(_)) {
                    self.marks.clear();
                }
                done::told(&reply)
            }
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Changed(_)) { self.ask_again(cx) } else { Vec::new() }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut ratatui::Frame, _: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), cx);
    }
}
