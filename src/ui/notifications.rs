//! The notification centre (R4.9): what the user is told, newest first, and beside it what happened, what to do next and
//! how each way fared. What is done with one is in `notifications/acts.rs`; to add a tab, add a row to [`TABS`].

mod acts;
mod beside;
mod draw;

use super::column::{Rows, Sizes, View, moved};
use super::done;
use super::layer::{Answer, Cx, Effect, Layer, Place, Slot};
use super::page::Search;
use super::terminal::Input;
use crate::domain::answer::Detail;
use crate::domain::fold::fold;
use crate::domain::id::{RecordId, Ref};
use crate::domain::notification::{
    ChannelKind, InboxAsk, InboxFilter, InboxPage, Notification, NotificationId, Topic, WayState,
};
use crate::keys::rows::{NOTIFICATIONS, SEARCH_BOX};
use crate::keys::{Command, KeyMode, Keys};
use crate::workspace::Waiting;
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use draw::Panes;
use ratatui::layout::Rect;

pub use acts::jump;

const INBOX: Slot = 0;
const OUTBOX: Slot = 1;
const DETAIL: Slot = 2;
const ACT: Slot = 3;
/// What was read, and what is sent again.
const SETTLED: Slot = 4;

/// Notifications that are read at first; more when the cursor comes near the last.
const PIECE: usize = 200;
const NEAR: usize = 50;
/// Of the record beside.
const ACTIVITIES: usize = 20;
/// Rows that one turn of the wheel moves.
const WHEEL: isize = 3;

/// What a tab shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Unread,
    All,
    /// What stands in one section of the settings with it.
    Of(Topic),
    /// What is not delivered.
    Outbox,
}

const TABS: &[(&str, Shown)] = &[
    ("Unread", Shown::Unread),
    ("All", Shown::All),
    ("Partners", Shown::Of(Topic::PartnerLead)),
    ("Records", Shown::Of(Topic::RecordAssigned)),
    ("Tasks", Shown::Of(Topic::TaskDue)),
    ("Mentions", Shown::Of(Topic::Mention)),
    ("Imports", Shown::Of(Topic::ImportFinished)),
    ("Outbox", Shown::Outbox),
];

/// A row of the list.
struct Told {
    one: Notification,
    /// In the outbox: by which way it is to go, and how far that is.
    waiting: Option<(ChannelKind, WayState)>,
}

impl Told {
    fn record(&self) -> Option<RecordId> {
        match self.one.about {
            Some(Ref::Record(id)) => Some(id),
            _ => None,
        }
    }

    fn has(&self, words: &[String]) -> bool {
        let text = fold(&format!("{} {}", self.one.headline(), self.one.body));
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

#[derive(Default)]
pub struct Notifications {
    tab: usize,
    /// Of the open tab; none: it is being read.
    all: Option<Vec<Told>>,
    /// Places in `all` of what the search found.
    found: Vec<usize>,
    /// How many the tab has, and how many are unread in all.
    matching: usize,
    unread: usize,
    undelivered: usize,
    limit: usize,
    search: Search,
    sizes: Sizes,
    view: View<usize>,
    detail: Option<Box<Detail>>,
    shown_of: Option<RecordId>,
    /// The first answer decides which tab one lands on.
    landed: bool,
    /// The first row is to be opened as soon as it is there.
    owed: bool,
    panes: Panes,
    cursor: Option<Rect>,
}

impl Notifications {
    fn of_tab(&self) -> Shown {
        TABS[self.tab].1
    }

    fn told(&self) -> Option<&Told> {
        self.all.as_ref()?.get(*self.found.get(self.view.cursor()?)?)
    }

    fn ask(&self) -> Effect {
        let limit = if self.search.is_on() { usize::MAX } else { self.limit.max(PIECE) };
        let inbox = |unread, topic| {
            Effect::Ask(INBOX, Request::Inbox(InboxAsk { filter: InboxFilter { unread, topic }, from: 0, limit }))
        };
        match self.of_tab() {
            Shown::Unread => inbox(true, None),
            Shown::All => inbox(false, None),
            Shown::Of(topic) => inbox(false, Some(topic)),
            Shown::Outbox => Effect::Ask(OUTBOX, Request::Outbox),
        }
    }

    /// What is shown, and how much waits in the outbox.
    fn ask_all(&self) -> Vec<Effect> {
        let outbox = (self.of_tab() != Shown::Outbox).then(|| Effect::Ask(OUTBOX, Request::Outbox));
        [self.ask()].into_iter().chain(outbox).collect()
    }

    fn take_inbox(&mut self, page: InboxPage, cx: &Cx) -> Vec<Effect> {
        if self.of_tab() == Shown::Outbox {
            return Vec::new();
        }
        self.unread = page.unread;
        self.matching = page.matching;
        if !std::mem::replace(&mut self.landed, true) && page.matching == 0 {
            return self.select_tab(1, cx);
        }
        self.put(page.items.into_iter().map(|one| Told { one, waiting: None }).collect(), cx)
    }

    fn take_outbox(&mut self, waiting: Vec<Waiting>, cx: &Cx) -> Vec<Effect> {
        self.undelivered = waiting.len();
        if self.of_tab() != Shown::Outbox {
            return Vec::new();
        }
        self.matching = waiting.len();
        let told = |one: Waiting| Told { one: one.notification, waiting: Some((one.channel, one.state)) };
        self.put(waiting.into_iter().map(told).collect(), cx)
    }

    /// Takes the rows; the cursor stays on what it is on if that still stands there, else at its place.
    fn put(&mut self, all: Vec<Told>, cx: &Cx) -> Vec<Effect> {
        let key = |told: &Told| (told.one.id, told.waiting.as_ref().map(|(channel, _)| *channel));
        let kept = self.told().map(key);
        self.all = Some(all);
        self.lay(cx);
        let rows = || self.found.iter().filter_map(|at| self.all.as_ref()?.get(*at));
        if let Some(at) = kept.and_then(|kept| rows().position(|told| key(told) == kept)) {
            self.view.put_cursor(at);
        }
        let mut effects = self.follow(cx);
        if std::mem::take(&mut self.owed) {
            effects.extend(self.open());
        }
        effects
    }

    /// Puts together what is seen of it.
    fn lay(&mut self, cx: &Cx) {
        let words = self.search.words();
        let all = self.all.as_deref().unwrap_or_default();
        self.found = (0..all.len()).filter(|at| all[*at].has(&words)).collect();
        self.panes = Panes::of(cx.screen, self.found.is_empty());
        let own = self.panes.row_height();
        let clock = cx.settings.clock(cx.now);
        let mut before = None;
        let rows = self.found.iter().enumerate().map(|(at, place)| {
            let day = clock.day_of(all[*place].one.at);
            let is_first = before.replace(day) != Some(day);
            let gap = if is_first && self.of_tab() != Shown::Outbox { 1 + usize::from(at > 0) } else { 0 };
            Rows { gap, own }
        });
        self.sizes = Sizes(rows.collect());
        self.view.settle(&self.sizes, usize::from(self.panes.rows.height));
    }

    /// The record beside the list, and more rows where the cursor comes near the last.
    fn follow(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lay(cx);
        let mut effects = Vec::new();
        let of = self.told().and_then(Told::record);
        if of != self.shown_of {
            self.shown_of = of;
            effects.extend(of.map(|id| Effect::Ask(DETAIL, Request::Detail { id, activities: ACTIVITIES })));
        }
        let read = self.all.as_ref().map_or(0, Vec::len);
        let is_near = self.view.cursor().is_some_and(|at| at + NEAR >= read) && read < self.matching;
        if is_near && read >= self.limit.max(PIECE) {
            self.limit = read * 2;
            effects.push(self.ask());
        }
        effects
    }

    fn select_tab(&mut self, tab: usize, cx: &Cx) -> Vec<Effect> {
        self.tab = tab.min(TABS.len() - 1);
        (self.all, self.limit, self.matching) = (None, PIECE, 0);
        self.view = View::default();
        self.lay(cx);
        self.ask_all()
    }

    /// Reads all where all is needed.
    fn searched(&mut self, cx: &Cx) -> Vec<Effect> {
        let mut effects = self.follow(cx);
        let is_part = self.all.as_ref().is_some_and(|all| all.len() < self.matching);
        effects.extend((is_part && self.search.is_on()).then(|| self.ask()));
        effects
    }

    fn move_cursor(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        if command == Command::Last && count.is_none() {
            self.limit = self.matching.max(self.limit);
        }
        match count.filter(|_| matches!(command, Command::First | Command::Last)) {
            Some(line) => {
                let last = self.found.len().saturating_sub(1);
                self.view.go_to(&self.sizes, (line as usize).saturating_sub(1).min(last));
            }
            None => _ = moved(&mut self.view, &self.sizes, command, count),
        }
        self.follow(cx)
    }

    /// Goes on with what the search found; `None`: the box is not open, and nothing is searched.
    fn escape(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.search.typing {
            self.search.typing = false;
            return Vec::new();
        }
        if self.search.is_on() {
            self.search.clear();
            return self.searched(cx);
        }
        vec![Effect::Back]
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.view.scroll(&self.sizes, WHEEL),
            MouseEventKind::ScrollUp => self.view.scroll(&self.sizes, -WHEEL),
            MouseEventKind::Down(MouseButton::Left) => {
                if let Some(tab) = self.tab_at((mouse.column, mouse.row), cx) {
                    return Some(self.select_tab(tab, cx));
                }
                let rows = self.panes.rows;
                let inside = rows.contains((mouse.column, mouse.row).into());
                let line = usize::from(mouse.row.checked_sub(rows.y).filter(|_| inside)?);
                let spot = self.view.at(&self.sizes, line)?.spot;
                if self.view.cursor() == Some(spot) {
                    return Some(self.open());
                }
                self.view.go_to(&self.sizes, spot);
            }
            _ => return None,
        }
        Some(self.follow(cx))
    }

    /// The ids under the cursor, to be marked.
    fn id(&self) -> Option<NotificationId> {
        self.told().map(|told| told.one.id)
    }
}

impl Layer for Notifications {
    fn place(&self) -> Option<Place> {
        Some(Place::Notifications)
    }

    fn name(&self, _: &Cx) -> String {
        "the notification centre".into()
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        vec!["Notifications".into()]
    }

    fn keys(&self) -> &'static [Keys] {
        if self.search.typing { &[SEARCH_BOX] } else { NOTIFICATIONS }
    }

    fn mode(&self) -> KeyMode {
        if self.search.typing { KeyMode::Text } else { KeyMode::Normal }
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lay(cx);
        self.ask_all()
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let Some(changed) = self.search.input(input) {
            return Some(if changed { self.searched(cx) } else { Vec::new() });
        }
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
        match command {
            Command::NextTab => self.select_tab((self.tab + 1) % TABS.len(), cx),
            Command::PreviousTab => self.select_tab((self.tab + TABS.len() - 1) % TABS.len(), cx),
            Command::SelectTab(number) => self.select_tab(usize::from(number).saturating_sub(1), cx),
            Command::Search | Command::KeepSearch => {
                self.search.typing = command == Command::Search;
                Vec::new()
            }
            Command::Escape => self.escape(cx),
            command if acts::is_act(command) => self.act(command, cx),
            movement => self.move_cursor(movement, count, cx),
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (INBOX, Reply::Inbox(page)) => self.take_inbox(page, cx),
            (OUTBOX, Reply::Outbox(waiting)) => self.take_outbox(waiting, cx),
            (SETTLED, Reply::Outbox(waiting)) => {
                let mut effects = vec![Effect::Toast(acts::sent_again(waiting.len()))];
                effects.extend(self.take_outbox(waiting, cx));
                effects
            }
            (SETTLED, Reply::Unread(unread)) => {
                self.unread = unread;
                vec![self.ask()]
            }
            (DETAIL, Reply::Detail(detail)) => {
                self.detail = detail;
                Vec::new()
            }
            (ACT, reply) => done::told(&reply),
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Told(users) if users.contains(&cx.user.id) => self.ask_all(),
            Reply::Changed(_) => {
                self.shown_of = None;
                self.follow(cx)
            }
            _ => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer, _: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Logged => self.id().map(acts::read).into_iter().collect(),
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
