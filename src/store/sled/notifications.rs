//! Notifications on the disk: the rows that each one has, and what is read of them.

use super::apply::Was;
use super::blocks::{Batch, Direction, Span};
use super::{SledStore, damaged, keys};
use crate::domain::graph::{Graph, Read, Unreadable};
use crate::domain::id::{Ref, UserId};
use crate::domain::notification::{
    ChannelKind, InboxAsk, InboxPage, LastTry, Notification, NotificationId, Settling, Topic, WayState,
};
use crate::store::codec;
use crate::store::notifications::Notifications;
use chrono::{DateTime, Utc};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

/// Notifications that a batch looked at.
pub(super) type Told<'a> = HashMap<NotificationId, Was<'a, Notification>>;

/// All rows of a notification: everything besides the first follows from what it says.
pub(super) fn rows(one: &Notification) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut rows = BTreeMap::from([(keys::notification(one.id), codec::encode_notification(one))]);
    if one.is_listed() {
        rows.insert(keys::in_inbox(one.to, one.at, one.id), codec::encode_line(one));
    }
    for way in &one.ways {
        let due = match &way.state {
            WayState::Due { at, .. } => Some(*at),
            WayState::GivenUp { .. } => None,
            WayState::Delivered { .. } | WayState::Off => continue,
        };
        rows.insert(keys::in_outbox(way.channel, due, one.id), Vec::new());
    }
    rows.extend(one.speaks_of().map(|of| (keys::speaks_of(of, one.id), Vec::new())));
    rows
}

/// Writes what differs.
pub(super) fn put(batch: &mut Batch, before: Option<&Notification>, after: Option<&Notification>) {
    let (before, after) = (before.map(rows).unwrap_or_default(), after.map(rows).unwrap_or_default());
    for gone in before.keys().filter(|key| !after.contains_key(*key)) {
        batch.delete(gone.as_slice());
    }
    for (key, row) in after.into_iter().filter(|(key, row)| before.get(key) != Some(row)) {
        batch.put(key, row);
    }
}

fn id_of(key: &[u8]) -> Read<NotificationId> {
    keys::notification_id(key).ok_or_else(|| damaged("a key of a notification"))
}

impl SledStore {
    /// What speaks of something that is being erased goes along (R5.9).
    pub(super) fn forget_notifications(&self, of: Ref, batch: &mut Batch) -> Read<()> {
        for pair in self.blocks.scan(Span::prefix(&keys::spoken_of(of)), Direction::Up) {
            let (key, _) = pair.map_err(Unreadable::from)?;
            put(batch, self.notification(id_of(&key)?)?.as_ref(), None);
        }
        Ok(())
    }

    /// Shows the lines of a user's centre, newest first.
    fn each_line(&self, of: UserId, mut see: impl FnMut(NotificationId, bool, Topic)) -> Read<()> {
        let mut broken = None;
        let scanned = self.blocks.scan_blocks(Span::prefix(&keys::inbox(of)), |key, value| {
            match id_of(key).and_then(|id| Ok((id, codec::decode_line(value).map_err(damaged)?))) {
                Ok((id, (is_unread, topic))) => see(id, is_unread, topic),
                Err(what) => {
                    broken = Some(what);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        });
        scanned.map_err(Unreadable::from)?;
        broken.map_or(Ok(()), Err)
    }

    fn waiting(&self, span: Span, limit: usize) -> Read<Vec<Notification>> {
        let mut found = Vec::new();
        for pair in self.blocks.scan(span, Direction::Up).take(limit) {
            let (key, _) = pair.map_err(Unreadable::from)?;
            let one = self.notification(id_of(&key)?)?;
            found.push(one.ok_or_else(|| damaged("a row of the outbox without its notification"))?);
        }
        Ok(found)
    }
}

impl Notifications for SledStore {
    fn inbox(&self, of: UserId, ask: &InboxAsk) -> Read<InboxPage> {
        let (mut ids, mut matching, mut unread) = (Vec::new(), 0, 0);
        self.each_line(of, |id, is_unread, topic| {
            unread += usize::from(is_unread);
            if ask.filter.takes_in(is_unread, topic) {
                if matching >= ask.from && ids.len() < ask.limit {
                    ids.push(id);
                }
                matching += 1;
            }
        })?;
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            items.extend(self.notification(id)?);
        }
        Ok(InboxPage { from: ask.from, items, matching, unread })
    }

    fn unread(&self, of: UserId) -> Read<usize> {
        let mut unread = 0;
        self.each_line(of, |_, is_unread, _| unread += usize::from(is_unread))?;
        Ok(unread)
    }

    fn unread_ids(&self, of: UserId) -> Read<Vec<NotificationId>> {
        let mut ids = Vec::new();
        self.each_line(of, |id, is_unread, _| ids.extend(is_unread.then_some(id)))?;
        Ok(ids)
    }

    fn outbox(&self, channel: ChannelKind, limit: usize) -> Read<Vec<Notification>> {
        self.waiting(Span::prefix(&keys::outbox(channel)), limit)
    }

    fn outbox_due(&self, channel: ChannelKind, now: DateTime<Utc>, limit: usize) -> Read<Vec<Notification>> {
        let after = keys::outbox_from(channel, Some(now + chrono::TimeDelta::milliseconds(1)));
        self.waiting(Span::prefix(&keys::outbox(channel)).before(&after), limit)
    }

    fn next_due(&self, channel: ChannelKind) -> Read<Option<DateTime<Utc>>> {
        let one = self.waiting(Span::prefix(&keys::outbox(channel)), 1)?.pop();
        Ok(one.and_then(|one| match one.way(channel) {
            Some(WayState::Due { at, .. }) => Some(*at),
            _ => None,
        }))
    }

    fn last_try(&self, of: UserId, channel: ChannelKind) -> Read<Option<LastTry>> {
        self.get(&keys::last_try(of, channel), codec::decode_last_try)
    }

    fn settle_notifications(&self, settlings: &[Settling]) -> Read<()> {
        let _only_writer = self.writer();
        let mut batch = Batch::new();
        let mut told: BTreeMap<NotificationId, (Notification, Notification)> = BTreeMap::new();
        for settling in settlings {
            if let Settling::Fared { user, channel, last } = settling {
                batch.put(keys::last_try(*user, *channel), codec::encode_last_try(last));
            }
            let Some(id) = settling.id() else { continue };
            let (_, after) = match told.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let Some(one) = self.notification(id)? else { continue };
                    unknown.insert((one.clone(), one))
                }
            };
            settling.settle(after);
        }
        for (before, after) in told.values() {
            put(&mut batch, Some(before), Some(after));
        }
        if batch.is_empty() { Ok(()) } else { super::write(&self.blocks, batch) }
    }
}
