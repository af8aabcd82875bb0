//! Where notifications stand: each by its id, its line in the centre of whom it is to, its places in the outbox, and
//! what it speaks of.

use super::{INBOX, META, NOTIFICATION, OUTBOX, SPOKEN_OF, inverted, start};
use crate::domain::id::{Ref, UserId};
use crate::domain::notification::{ChannelKind, NotificationId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn notification(id: NotificationId) -> Vec<u8> {
    let mut key = start(NOTIFICATION);
    key.extend(id.0.as_bytes());
    key
}

/// The notification at the end of a row of any of these kinds.
pub fn notification_id(key: &[u8]) -> Option<NotificationId> {
    let at = key.len().checked_sub(16)?;
    Uuid::from_slice(&key[at..]).ok().map(NotificationId)
}

/// The centre of a user, newest first.
pub fn inbox(of: UserId) -> Vec<u8> {
    let mut key = start(INBOX);
    key.extend(of.0.as_bytes());
    key
}

pub fn in_inbox(of: UserId, at: DateTime<Utc>, id: NotificationId) -> Vec<u8> {
    let mut key = inbox(of);
    key.extend(inverted(at).to_be_bytes());
    key.extend(id.0.as_bytes());
    key
}

/// What a channel has not delivered, the first due first.
pub fn outbox(channel: ChannelKind) -> Vec<u8> {
    vec![OUTBOX, channel as u8]
}

/// Where what is due at a moment begins; what was given up is due never.
pub fn outbox_from(channel: ChannelKind, due: Option<DateTime<Utc>>) -> Vec<u8> {
    let mut key = outbox(channel);
    let millis = due.map_or(u64::MAX, |at| (at.timestamp_millis() as u64) ^ (1 << 63));
    key.extend(millis.to_be_bytes());
    key
}

pub fn in_outbox(channel: ChannelKind, due: Option<DateTime<Utc>>, id: NotificationId) -> Vec<u8> {
    let mut key = outbox_from(channel, due);
    key.extend(id.0.as_bytes());
    key
}

/// Notifications that speak of something.
pub fn spoken_of(of: Ref) -> Vec<u8> {
    let mut key = start(SPOKEN_OF);
    key.extend(of.uuid().as_bytes());
    key
}

pub fn speaks_of(of: Ref, id: NotificationId) -> Vec<u8> {
    let mut key = spoken_of(of);
    key.extend(id.0.as_bytes());
    key
}

/// How a user's channel fared last.
pub fn last_try(of: UserId, channel: ChannelKind) -> Vec<u8> {
    let mut key = start(META);
    key.extend(b"last_try");
    key.extend(of.0.as_bytes());
    key.push(channel as u8);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ActivityId;

    #[test]
    fn keys_of_notifications_never_change() {
        let hex = |key: Vec<u8>| key.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let (id, user) = (NotificationId(Uuid::from_bytes([0x44; 16])), UserId(Uuid::from_bytes([0xa1; 16])));
        let at = DateTime::from_timestamp_millis(1_000).unwrap();
        let (of, ids) = (Ref::Activity(ActivityId(Uuid::from_bytes([0x33; 16]))), "44".repeat(16));
        assert_eq!(hex(notification(id)), format!("12{ids}"));
        assert_eq!(hex(in_inbox(user, at, id)), format!("13{}7ffffffffffffc17{ids}", "a1".repeat(16)));
        assert_eq!(hex(in_outbox(ChannelKind::Other, Some(at), id)), format!("140280000000000003e8{ids}"));
        assert_eq!(hex(in_outbox(ChannelKind::Email, None, id)), format!("1400ffffffffffffffff{ids}"));
        assert_eq!(hex(speaks_of(of, id)), format!("16{}{ids}", "33".repeat(16)));
        assert_eq!(hex(last_try(user, ChannelKind::Mobile)), format!("016c6173745f747279{}03", "a1".repeat(16)));
        assert_eq!(notification_id(&in_inbox(user, at, id)), Some(id));
    }

    #[test]
    fn the_newest_stands_first_in_the_centre_and_the_first_due_in_the_outbox() {
        let at = |millis| DateTime::from_timestamp_millis(millis).unwrap();
        let id = NotificationId(Uuid::nil());
        let lines = [9_000, 5_000, -1_000].map(|millis| in_inbox(UserId(Uuid::nil()), at(millis), id));
        assert!(lines.is_sorted());
        let dues = [Some(at(-1_000)), Some(at(5_000)), None].map(|due| in_outbox(ChannelKind::Email, due, id));
        assert!(dues.is_sorted() && dues[2] < outbox(ChannelKind::Desktop));
    }
}
