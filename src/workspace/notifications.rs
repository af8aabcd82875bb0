//! What the acting user is told, and how it reaches them (R4.8 to R4.10): the centre, the outbox, the channels. How a
//! notification is delivered stands in `deliver`, what goes out in `message`.

mod channel;
mod deliver;
mod desktop;
mod due;
mod message;

use super::feed::Difference;
use super::request::{Reply, Request};
use super::{Failure, Workspace};
use crate::domain::graph::Read;
use crate::domain::id::UserId;
use crate::domain::notification::{
    ChannelKind, InboxAsk, InboxPage, LastTry, Notification, NotificationId, Settling, WayState,
};
use crate::domain::sight::UNSEEN;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use deliver::{Delivered, Deliverer};
pub use desktop::terminal_notice;

/// Something that is not delivered yet, as its way has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub notification: Notification,
    pub channel: ChannelKind,
    /// `Due` or `GivenUp`.
    pub state: WayState,
}

/// How a channel of the user stands. No secret is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelStand {
    pub channel: ChannelKind,
    /// Where it leads as far as that is no secret, or the sentence why nothing goes out.
    pub leads: Result<String, String>,
    /// `None`: it was never tried.
    pub last: Option<LastTry>,
    /// How many notifications of the user wait for it, given up or not.
    pub waiting: usize,
}

/// Who delivers what at the moment, in this process.
pub(super) type Claims = Arc<Mutex<HashMap<(NotificationId, ChannelKind), DateTime<Utc>>>>;

/// How long nobody else is given what somebody has taken to deliver.
const CLAIM: TimeDelta = TimeDelta::seconds(120);
/// What an outbox is read for at once.
const PIECE: usize = 50;
/// Rows of the outbox that are told of.
const TOLD_AT_MOST: usize = 10_000;

impl Workspace {
    /// Answers a question about notifications.
    pub(super) fn answer_told(&self, request: &Request) -> Result<Reply, Failure> {
        Ok(match request {
            Request::Inbox(ask) => Reply::Inbox(self.inbox(ask)?),
            Request::MarkRead { ids, read } => Reply::Unread(self.mark_read(ids, *read)?),
            Request::AllRead => Reply::Unread(self.mark_read(&self.store().unread_ids(self.user())?, true)?),
            Request::Outbox => Reply::Outbox(self.outbox()?),
            Request::Retry => Reply::Outbox(self.retry()?),
            Request::Channels => Reply::Channels(self.channels()?),
            Request::SendTest(channel) => Reply::Tested(self.send_test(*channel)?),
            Request::Popups => Reply::Popups(self.popups()?),
            Request::PopupsShown(ids) => Reply::Popups(self.popups_shown(ids)?),
            _ => Reply::Unread(self.store().unread(self.user())?),
        })
    }

    /// A piece of the user's centre. What is about something that they may not see any more says no more than that.
    fn inbox(&self, ask: &InboxAsk) -> Read<InboxPage> {
        let mut page = self.store().inbox(self.user(), ask)?;
        for one in &mut page.items {
            self.veil(one)?;
        }
        Ok(page)
    }

    fn veil(&self, one: &mut Notification) -> Read<()> {
        let is_seen = one.about.map_or(Ok(true), |about| self.is_in_sight(about))?;
        if !is_seen {
            one.title = format!("About {UNSEEN}");
            one.body.clear();
            one.about = None;
            one.count = 1;
        }
        Ok(())
    }

    /// Answers how many are unread then. Those of others are passed over.
    fn mark_read(&self, ids: &[NotificationId], read: bool) -> Result<usize, Failure> {
        let mut settlings = Vec::with_capacity(ids.len());
        for id in ids {
            let one = self.store().notification(*id)?;
            let is_theirs = one.is_some_and(|one| one.to == self.user() && one.read != read);
            settlings.extend(is_theirs.then_some(Settling::Read { id: *id, read }));
        }
        self.settle(&settlings, vec![self.user()])?;
        Ok(self.store().unread(self.user())?)
    }

    /// What is not delivered to the user; a Super Admin sees it for everybody.
    fn outbox(&self) -> Read<Vec<Waiting>> {
        let sees_all = self.settings().user(self.user()).is_some_and(|user| user.super_admin);
        let mut waiting = Vec::new();
        for (channel, ..) in ChannelKind::ROWS {
            for mut one in self.store().outbox(*channel, TOLD_AT_MOST)? {
                if let Some(state) = one.way(*channel).cloned().filter(|_| sees_all || one.to == self.user()) {
                    self.veil(&mut one)?;
                    waiting.push(Waiting { notification: one, channel: *channel, state });
                }
            }
        }
        waiting.sort_by_key(|one| match &one.state {
            WayState::Due { at, .. } => (0, *at, one.notification.id),
            WayState::GivenUp { at, .. } | WayState::Delivered { at } => (1, *at, one.notification.id),
            WayState::Off => (2, DateTime::UNIX_EPOCH, one.notification.id),
        });
        Ok(waiting)
    }

    /// Everything in the outbox that the user knows of is due now, what was given up too.
    fn retry(&self) -> Result<Vec<Waiting>, Failure> {
        let at = self.now();
        let due = |one: &Waiting| Settling::DueNow { id: one.notification.id, channel: one.channel, at };
        let waiting = self.outbox()?;
        let told = waiting.iter().map(|one| one.notification.to).collect();
        self.settle(&waiting.iter().map(due).collect::<Vec<_>>(), told)?;
        Ok(self.outbox()?)
    }

    /// What is to be shown on the user's desktop, by whoever shows it; nobody else is given it for a while.
    fn popups(&self) -> Result<Vec<Notification>, Failure> {
        let mut shown = Vec::new();
        let mut settlings = Vec::new();
        for one in self.store().outbox_due(ChannelKind::Desktop, self.now(), TOLD_AT_MOST)? {
            if one.to != self.user() || !self.claim(one.id, ChannelKind::Desktop) {
                continue;
            }
            match self.unwanted(&one, ChannelKind::Desktop)? {
                Some(state) => settlings.push(Settling::Tried { id: one.id, channel: ChannelKind::Desktop, state }),
                None => shown.push(one),
            }
        }
        self.settle(&settlings, vec![self.user()])?;
        Ok(shown)
    }

    /// Answers what is to be shown besides.
    fn popups_shown(&self, ids: &[NotificationId]) -> Result<Vec<Notification>, Failure> {
        let at = self.now();
        let mut settlings = Vec::with_capacity(ids.len() + 1);
        for id in ids {
            if self.store().notification(*id)?.is_some_and(|one| one.to == self.user()) {
                let state = WayState::Delivered { at };
                settlings.push(Settling::Tried { id: *id, channel: ChannelKind::Desktop, state });
            }
        }
        if !settlings.is_empty() {
            let last = LastTry { at, error: None };
            settlings.push(Settling::Fared { user: self.user(), channel: ChannelKind::Desktop, last });
        }
        self.settle(&settlings, vec![self.user()])?;
        self.popups()
    }

    /// Writes what happened to notifications, and tells those who look at them.
    fn settle(&self, settlings: &[Settling], told: Vec<UserId>) -> Result<(), Failure> {
        if settlings.is_empty() {
            return Ok(());
        }
        {
            let _turn = self.ids.lock();
            self.store().settle_notifications(settlings)?;
        }
        if !told.is_empty() {
            self.feed.tell(Difference { changed: Vec::new(), told }, false);
        }
        Ok(())
    }

    fn delivering(&self) -> MutexGuard<'_, HashMap<(NotificationId, ChannelKind), DateTime<Utc>>> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is one's own to deliver now.
    fn claim(&self, id: NotificationId, channel: ChannelKind) -> bool {
        let now = self.now();
        let mut claims = self.delivering();
        claims.retain(|_, until| *until > now);
        match claims.contains_key(&(id, channel)) {
            true => false,
            false => claims.insert((id, channel), now + CLAIM).is_none(),
        }
    }

    fn release(&self, id: NotificationId, channel: ChannelKind) {
        self.delivering().remove(&(id, channel));
    }
}
