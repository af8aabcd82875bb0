//! What is asked of a store about notifications, and what happens to them beside the log (R4.9, R4.10).

use crate::domain::graph::Read;
use crate::domain::id::UserId;
use crate::domain::notification::{ChannelKind, InboxAsk, InboxPage, LastTry, Notification, NotificationId, Settling};
use chrono::{DateTime, Utc};

/// The notification centres and the outbox.
pub trait Notifications {
    /// A piece of a user's centre.
    fn inbox(&self, of: UserId, ask: &InboxAsk) -> Read<InboxPage>;

    /// How many notifications of theirs a user has not read.
    fn unread(&self, of: UserId) -> Read<usize>;

    /// Those of theirs that a user has not read, newest first.
    fn unread_ids(&self, of: UserId) -> Read<Vec<NotificationId>>;

    /// What a channel has not delivered, the first due first; what was given up comes last.
    fn outbox(&self, channel: ChannelKind, limit: usize) -> Read<Vec<Notification>>;

    /// What a channel is to deliver by now, the first due first.
    fn outbox_due(&self, channel: ChannelKind, now: DateTime<Utc>, limit: usize) -> Read<Vec<Notification>>;

    /// When a channel has something to deliver next.
    fn next_due(&self, channel: ChannelKind) -> Read<Option<DateTime<Utc>>>;

    /// How a user's channel fared when it was last tried.
    fn last_try(&self, of: UserId, channel: ChannelKind) -> Read<Option<LastTry>>;

    /// Writes what happened to notifications, all of it or nothing; it is on the disk when this returns. What is not
    /// there any more is passed over.
    fn settle_notifications(&self, settlings: &[Settling]) -> Read<()>;
}
