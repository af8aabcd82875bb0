//! What the model answers about notifications.

use super::{Memory, State};
use crate::domain::graph::Read;
use crate::domain::id::{Ref, UserId};
use crate::domain::notification::{
    ChannelKind, InboxAsk, InboxPage, LastTry, Notification, NotificationId, Settling, WayState,
};
use crate::store::notifications::Notifications;
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

impl State {
    pub(super) fn tell(&mut self, told: &Notification) {
        let standing = self.notifications.remove(&told.id);
        self.notifications.insert(told.id, told.told(standing));
    }

    pub(super) fn take_back(&mut self, id: NotificationId) {
        if let Some(one) = self.notifications.remove(&id) {
            self.notifications.insert(id, one.taken_back());
        }
    }

    pub(super) fn forget_notifications(&mut self, of: Ref) {
        self.notifications.retain(|_, one| one.speaks_of().all(|what| what != of));
    }
}

impl Memory {
    fn centre(&self, of: UserId) -> Vec<Notification> {
        let state = self.state();
        let mut all: Vec<Notification> =
            state.notifications.values().filter(|one| one.to == of && one.is_listed()).cloned().collect();
        all.sort_by_key(|one| (Reverse(one.at), one.id));
        all
    }

    /// With when each is due; what was given up is due never.
    fn waiting(&self, channel: ChannelKind) -> Vec<(Option<DateTime<Utc>>, Notification)> {
        let state = self.state();
        let due = |one: &Notification| match one.way(channel)? {
            WayState::Due { at, .. } => Some((Some(*at), one.clone())),
            WayState::GivenUp { .. } => Some((None, one.clone())),
            WayState::Delivered { .. } | WayState::Off => None,
        };
        let mut found: Vec<_> = state.notifications.values().filter_map(due).collect();
        found.sort_by_key(|(due, one)| (due.is_none(), *due, one.id));
        found
    }
}

impl Notifications for Memory {
    fn inbox(&self, of: UserId, ask: &InboxAsk) -> Read<InboxPage> {
        let mut items = self.centre(of);
        let unread = items.iter().filter(|one| !one.read).count();
        items.retain(|one| ask.filter.takes_in(!one.read, one.topic));
        let matching = items.len();
        let items = items.into_iter().skip(ask.from).take(ask.limit).collect();
        Ok(InboxPage { from: ask.from, items, matching, unread })
    }

    fn unread(&self, of: UserId) -> Read<usize> {
        Ok(self.unread_ids(of)?.len())
    }

    fn unread_ids(&self, of: UserId) -> Read<Vec<NotificationId>> {
        Ok(self.centre(of).into_iter().filter(|one| !one.read).map(|one| one.id).collect())
    }

    fn outbox(&self, channel: ChannelKind, limit: usize) -> Read<Vec<Notification>> {
        Ok(self.waiting(channel).into_iter().take(limit).map(|(_, one)| one).collect())
    }

    fn outbox_due(&self, channel: ChannelKind, now: DateTime<Utc>, limit: usize) -> Read<Vec<Notification>> {
        let due = self.waiting(channel).into_iter().filter(|(due, _)| due.is_some_and(|due| due <= now));
        Ok(due.take(limit).map(|(_, one)| one).collect())
    }

    fn next_due(&self, channel: ChannelKind) -> Read<Option<DateTime<Utc>>> {
        Ok(self.waiting(channel).first().and_then(|(due, _)| *due))
    }

    fn last_try(&self, of: UserId, channel: ChannelKind) -> Read<Option<LastTry>> {
        Ok(self.state().tries.get(&(of, channel)).cloned())
    }

    fn settle_notifications(&self, settlings: &[Settling]) -> Read<()> {
        let mut state = self.state();
        for settling in settlings {
            if let Settling::Fared { user, channel, last } = settling {
                state.tries.insert((*user, *channel), last.clone());
            }
            if let Some(one) = settling.id().and_then(|id| state.notifications.get_mut(&id)) {
                settling.settle(one);
            }
        }
        Ok(())
    }
}
