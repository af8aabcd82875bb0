//! The list of acts (R7.2): who did what, when, from where. It is read in pieces as one scrolls; each act unfolds to
//! what it touched, what it did besides, and what stands in the way of undoing it.

mod draw;
mod pile;
mod unfold;

use super::column::{View, moved};
use super::done;
use super::layer::{Answer, Cx, Effect, Layer, Place, Slot, page_area};
use super::modals::broken_off::not_continued;
use super::page::{Frame, Search};
use super::terminal::Input;
use crate::domain::change::{ActHead, Change};
use crate::domain::id::ActNo;
use crate::keys::{Command, KeyMode, Keys, rows};
use crate::workspace::request::{Reply, Request};
use crate::workspace::review::{ActsAsk, ActsPage, Anchor, Closely, WayBack};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use pile::{Pile, Spot};
use ratatui::layout::{Position, Rect};
use unfold::Jump;

const PIECE: Slot = 0;
const REVIEW: Slot = 1;
const ACT: Slot = 2;

/// Acts that are asked for at once.
const LIMIT: usize = 100;
/// Rows that one turn of the wheel moves.
const WHEEL: isize = 3;

#[derive(Default)]
pub struct Acts {
    search: Search,
    pile: Pile,
    view: View<Spot>,
    /// The piece that was asked for and has not come yet.
    asked: Option<Anchor>,
    reviewing: Option<ActNo>,
    /// Where the cursor goes when the next piece comes.
    sought: Option<ActNo>,
    /// Somebody chose the row that the cursor is on.
    chosen: bool,
    frame: Frame,
    cursor: Option<Rect>,
}

impl Acts {
    fn head(&self) -> Option<&ActHead> {
        self.pile.head(self.view.cursor()?.no())
    }

    /// What is known of the act under the cursor.
    fn closely(&self) -> Option<&Closely> {
        self.pile.closely(self.view.cursor()?.no())
    }

    fn is_unfolded(&self) -> bool {
        self.head().is_some_and(|head| self.pile.is_unfolded(head.act.no))
    }

    fn jump(&self) -> Option<Jump> {
        self.pile.jump(self.view.cursor()?)
    }

    fn measure(&mut self, cx: &Cx) {
        self.frame = Frame::of(page_area(cx.screen), cx.screen);
        self.pile.lay(self.frame.rows.width, cx);
        self.view.settle(&self.pile, usize::from(self.frame.rows.height));
    }

    /// Asks for what is missing on the screen.
    fn follow(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        let mut effects = Vec::new();
        if self.asked.is_none()
            && let Some(anchor) = self.pile.missing(&self.view)
        {
            effects.push(self.ask(anchor));
        }
        let wanted = self.pile.unknown(self.view.cursor());
        if let Some(no) = wanted.filter(|no| self.reviewing != Some(*no)) {
            self.reviewing = Some(no);
            effects.push(Effect::Ask(REVIEW, Request::Review(no)));
        }
        effects
    }

    fn ask(&mut self, anchor: Anchor) -> Effect {
        self.asked = Some(anchor);
        let search = self.search.text().to_owned();
        Effect::Ask(PIECE, Request::Acts(ActsAsk { anchor, limit: LIMIT, search }))
    }

    /// Asks anew; the cursor stays on its act, if somebody chose it.
    fn ask_again(&mut self) -> Vec<Effect> {
        let here = self.view.cursor().map(Spot::no).filter(|_| self.chosen);
        self.pile.outdated();
        self.reviewing = None;
        vec![self.ask(here.map_or(Anchor::Newest, Anchor::Around))]
    }

    fn ask_from_top(&mut self) -> Vec<Effect> {
        self.chosen = false;
        self.ask_again()
    }

    fn take(&mut self, page: ActsPage, cx: &Cx) -> Vec<Effect> {
        let Some(anchor) = self.asked.take() else { return Vec::new() };
        let is_new = !matches!(anchor, Anchor::Before(_) | Anchor::After(_));
        let kept = self.view.cursor();
        self.pile.take(anchor, page, kept.map(Spot::no));
        if is_new {
            let to = match (self.sought.take(), anchor) {
                (Some(no), _) => self.pile.spot(no),
                (None, Anchor::Around(_)) => kept,
                (None, Anchor::Oldest) => self.pile.end(),
                (None, _) => None,
            };
            if !self.chosen || to.is_none() {
                self.view = View::default();
            }
            if let Some(spot) = to {
                self.view.put_cursor(spot);
            }
        }
        self.follow(cx)
    }

    /// Puts the cursor on an act, which is unfolded.
    fn go_to(&mut self, no: ActNo, cx: &Cx) -> Vec<Effect> {
        self.search.clear();
        self.chosen = true;
        self.pile.set_fold(no, true);
        self.sought = Some(no);
        self.view.put_cursor(Spot::of(no));
        self.measure(cx);
        self.pile.outdated();
        vec![self.ask(Anchor::Around(no))]
    }

    /// To an end of the list, be it read already or not; with a number to the act of that number.
    fn go_to_end(&mut self, last: bool, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        self.chosen = true;
        if let Some(no) = count {
            self.sought = Some(ActNo(no.into()));
            return vec![self.ask(Anchor::Around(ActNo(no.into())))];
        }
        match (last, self.pile.has_older(), self.pile.has_newer()) {
            (true, true, _) => vec![self.ask(Anchor::Oldest)],
            (false, _, true) => {
                self.chosen = false;
                vec![self.ask(Anchor::Newest)]
            }
            _ => {
                if last {
                    self.view.last(&self.pile);
                } else {
                    self.view.first(&self.pile);
                }
                self.follow(cx)
            }
        }
    }

    fn open(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.jump() {
            Some(Jump::Record(id)) => vec![Effect::Go(Place::Record(id))],
            Some(Jump::Act(no)) => self.go_to(no, cx),
            None => self.set_fold(!self.is_unfolded(), cx),
        }
    }

    fn set_fold(&mut self, unfold: bool, cx: &Cx) -> Vec<Effect> {
        if let Some(no) = self.head().map(|head| head.act.no) {
            self.chosen = true;
            self.pile.set_fold(no, unfold);
            if !unfold {
                self.view.put_cursor(Spot::of(no));
            }
        }
        self.follow(cx)
    }

    fn escape(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.search.typing {
            self.search.typing = false;
            return self.follow(cx);
        }
        if !self.search.is_on() {
            return vec![Effect::Back];
        }
        self.search.clear();
        // What was found is still looked at, now among all.
        self.chosen = true;
        self.ask_again()
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = Position::new(mouse.column, mouse.row);
        let rows = self.frame.rows;
        match mouse.kind {
            MouseEventKind::ScrollDown => self.view.scroll(&self.pile, WHEEL),
            MouseEventKind::ScrollUp => self.view.scroll(&self.pile, -WHEEL),
            MouseEventKind::Down(MouseButton::Left) if rows.contains(at) => {
                let spot = self.view.at(&self.pile, usize::from(at.y - rows.y))?.spot;
                self.search.typing = false;
                if self.chosen && self.view.cursor() == Some(spot) {
                    return Some(self.open(cx));
                }
                self.chosen = true;
                self.view.go_to(&self.pile, spot);
            }
            _ => return None,
        }
        Some(self.follow(cx))
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command) -> Option<String> {
        use Command as C;
        let known = self.closely().map(|closely| &closely.reviewed);
        match command {
            C::Open | C::UndoThis | C::RedoThis | C::Continue | C::Fold | C::Unfold if self.head().is_none() => {
                Some("there is no act here".into())
            }
            C::UndoThis => match known.map(|reviewed| &reviewed.way_back) {
                Some(WayBack::Closed(why)) => Some(why.clone()),
                _ => None,
            },
            C::Continue => match known.map(|reviewed| reviewed.broken_off.as_ref()) {
                Some(Some(broken_off)) => not_continued(broken_off),
                Some(None) => Some("it was not broken off".into()),
                None => None,
            },
            C::RedoThis if self.head().is_some_and(|head| head.undone_by.is_none()) => Some("it is not undone".into()),
            C::Fold if !self.is_unfolded() => Some("it is folded already".into()),
            C::Unfold if self.is_unfolded() => Some("it is unfolded already".into()),
            C::Open if self.pile.is_dead_end(self.view.cursor()) => Some("there is nothing to go to".into()),
            C::NextHit | C::PreviousHit if !self.search.is_on() => Some("nothing is searched, / searches".into()),
            _ => None,
        }
    }
}

impl Layer for Acts {
    fn place(&self) -> Option<Place> {
        Some(Place::Acts)
    }

    fn name(&self, _: &Cx) -> String {
        "the list of acts".into()
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        vec!["Acts".into()]
    }

    fn keys(&self) -> &'static [Keys] {
        match self.view.cursor() {
            _ if self.search.typing => &[rows::SEARCH_BOX],
            Some(spot) if spot.is_leaf() => rows::ACT_LIST_THERE,
            Some(spot) if self.pile.is_unfolded(spot.no()) => rows::ACT_LIST_FOLD,
            _ => rows::ACT_LIST,
        }
    }

    fn mode(&self) -> KeyMode {
        if self.search.typing { KeyMode::Text } else { KeyMode::Normal }
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.pile.is_read() || self.asked.is_some() { self.follow(cx) } else { self.ask_from_top() }
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Resize { .. } => Some(self.follow(cx)),
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            input => Some(if self.search.input(input)? { self.ask_from_top() } else { Vec::new() }),
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        self.reason(command)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let act = self.head().map(|head| head.act.no);
        let perform = |change: Option<Change>| change.map(|change| Effect::Perform(ACT, change)).into_iter().collect();
        self.chosen |= matches!(command, Command::UndoThis | Command::RedoThis | Command::Continue);
        match command {
            Command::Open => self.open(cx),
            Command::Fold => self.set_fold(false, cx),
            Command::Unfold => self.set_fold(true, cx),
            Command::UndoThis => perform(act.map(|act| Change::Undo { act })),
            Command::Continue => perform(act.map(|act| Change::Resume { act })),
            Command::RedoThis => perform(act.map(|act| Change::Redo { act })),
            Command::Search => {
                self.search.typing = true;
                Vec::new()
            }
            Command::KeepSearch => {
                self.search.typing = false;
                self.follow(cx)
            }
            Command::First => self.go_to_end(false, count, cx),
            Command::Last => self.go_to_end(true, count, cx),
            Command::Escape => self.escape(cx),
            movement => {
                let movement = match movement {
                    Command::NextHit => Command::MoveDown,
                    Command::PreviousHit => Command::MoveUp,
                    movement => movement,
                };
                self.chosen = true;
                moved(&mut self.view, &self.pile, movement, count);
                self.follow(cx)
            }
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (PIECE, Reply::Acts(page)) => self.take(page, cx),
            (PIECE, Reply::Failed(_)) => {
                self.asked = None;
                Vec::new()
            }
            (REVIEW, Reply::Review(closely)) => {
                if let Some(no) = self.reviewing.take() {
                    self.pile.know(no, closely);
                }
                self.follow(cx)
            }
            (ACT, reply) => done::told(&reply),
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Changed(_)) { self.ask_again() } else { Vec::new() }
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Act(no) => self.go_to(no, cx),
            _ => Vec::new(),
        }
    }

    fn spins(&self) -> bool {
        self.asked.is_some()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut ratatui::Frame, _: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), cx);
    }
}
