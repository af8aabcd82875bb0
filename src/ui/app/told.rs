//! What the user is told while the program is open (R4.9): the count in the first row of every page, a toast for what has
//! just arrived, and the terminal's own notifications (R4.8).

use super::act::{SHELL, place_of};
use super::{App, Order};
use crate::domain::id::UserId;
use crate::domain::notification::{InboxAsk, InboxFilter, InboxPage, Notification, NotificationId};
use crate::ui::layer::{Effect, Place, Slot};
use crate::ui::notifications::jump;
use crate::ui::text::clean;
use crate::ui::widgets::Toast;
use crate::workspace::lanes::Ticket;
use crate::workspace::request::Request;
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// The shell's questions of when something is due have the slot 1.
const UNREAD: Slot = 2;
const POPUPS: Slot = 3;
/// Of what arrives at once, so many are looked at.
const LATEST: usize = 20;

/// What was told so far.
#[derive(Default)]
pub(super) struct Told {
    pub unread: usize,
    /// The newest question; what is older is no answer any more.
    asked: u64,
    /// None: the first answer is still to come, and nothing of it has just arrived.
    known: Option<HashSet<NotificationId>>,
    newest: Option<Notification>,
    /// What was said last of what arrived; the next takes its place.
    said: Option<Toast>,
}

/// What the terminal itself is to tell; `id`: which notification that is, none for a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: Option<NotificationId>,
    pub title: String,
    pub text: String,
}

impl Notice {
    fn of(one: &Notification) -> Notice {
        Notice { id: Some(one.id), title: one.headline(), text: one.body.clone() }
    }
}

impl App {
    pub(super) fn ask_what_was_told(&mut self) {
        self.generation += 1;
        self.told.asked = self.generation;
        let ask = InboxAsk { filter: InboxFilter { unread: true, topic: None }, from: 0, limit: LATEST };
        self.ask_as_shell(UNREAD, Request::Inbox(ask));
        self.generation += 1;
        self.ask_as_shell(POPUPS, Request::Popups);
    }

    fn ask_as_shell(&self, slot: Slot, request: Request) {
        self.lanes.ask(Ticket { place: place_of(SHELL, slot), generation: self.generation }, request);
    }

    /// Somebody's notifications are others now.
    pub(super) fn were_told(&mut self, users: &[UserId]) {
        if users.contains(&self.scene.user.id) {
            self.ask_what_was_told();
        }
    }

    pub(super) fn is_told(&mut self, page: &InboxPage, generation: u64) {
        if generation != self.told.asked {
            return;
        }
        self.told.unread = page.unread;
        let newest = self.told.newest.as_ref().map_or(DateTime::<Utc>::MIN_UTC, |one| one.at);
        let new: Vec<&Notification> = match &self.told.known {
            Some(known) => page.items.iter().filter(|one| one.at >= newest && !known.contains(&one.id)).collect(),
            None => Vec::new(),
        };
        let toast = arrived(&new);
        if let Some(one) = page.items.first().filter(|one| one.at >= newest) {
            self.told.newest = Some(one.clone());
        }
        self.told.known.get_or_insert_default().extend(page.items.iter().map(|one| one.id));
        let is_seen = self.stack.page().layer.place() == Some(Place::Notifications);
        if let Some(toast) = toast.filter(|_| !is_seen) {
            if self.told.said.is_some() && self.toasts.newest() == self.told.said.as_ref() {
                self.toasts.dismiss();
            }
            self.told.said = Some(toast.clone());
            self.toast(toast);
        }
    }

    pub(super) fn pop_up(&mut self, shown: &[Notification]) {
        self.orders.extend(shown.iter().map(|one| Order::Notice(Notice::of(one))));
    }

    /// Told after the order: the terminal has it.
    pub fn noticed(&mut self, id: NotificationId) {
        self.generation += 1;
        // Each has a place of its own: none is overtaken by the next.
        let place = place_of(SHELL, self.generation as Slot | PASSING);
        let ticket = Ticket { place, generation: self.generation };
        self.lanes.ask(ticket, Request::PopupsShown(vec![id]));
    }

    /// Why there is nothing to go to.
    pub(super) fn untold(&self) -> Option<String> {
        self.told.newest.is_none().then(|| "nobody told you anything new".to_owned())
    }

    /// To what was told last; with that it is read.
    pub(super) fn go_to_told(&mut self) {
        let Some(one) = self.told.newest.clone() else { return };
        self.generation += 1;
        let place = place_of(SHELL, self.generation as Slot | PASSING);
        let read = Request::MarkRead { ids: vec![one.id], read: true };
        self.lanes.ask(Ticket { place, generation: self.generation }, read);
        match jump(&one) {
            Effect::Go(place) => self.go(&place),
            effect => self.apply(SHELL, effect),
        }
    }
}

/// Slots of the shell's questions that nobody waits for.
pub(super) const PASSING: Slot = 0x80;

/// What has just arrived, in one toast.
fn arrived(new: &[&Notification]) -> Option<Toast> {
    let toast = match new {
        [] => return None,
        [one] => {
            let first = one.body.lines().next().unwrap_or_default();
            Toast::info(clean(&one.headline()).into_owned()).text(clean(first).into_owned())
        }
        [first, ..] => {
            let text = format!("The latest: {}", clean(&first.headline()));
            Toast::info(format!("{} notifications", new.len())).text(text)
        }
    };
    Some(toast.way("g enter", "goes there").way("g n", "all of them"))
}
