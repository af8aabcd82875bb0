//! Where each row stands. The first byte is the kind; ids follow in their byte order, times so that the newest comes
//! first. To keep something new, take the next free kind.

mod events;
mod notification;

use crate::domain::activity::Entry;
use crate::domain::agenda::{Planned, Stand};
use crate::domain::graph::Key;
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq, UserId};
use crate::domain::phone;
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use events::{awaited, awaited_by, awaited_of, awaiting};
pub use notification::{
    in_inbox, in_outbox, inbox, last_try, notification, notification_id, outbox, outbox_from, speaks_of, spoken_of,
};

pub const META: u8 = 1;
pub const RECORD: u8 = 2;
pub const BIN: u8 = 3;
pub const LINK: u8 = 4;
pub const ACTIVITY: u8 = 5;
pub const BINNED_ACTIVITY: u8 = 6;
pub const ENTRY: u8 = 7;
pub const KEY: u8 = 8;
pub const SETTING: u8 = 9;
pub const COMMIT: u8 = 10;
pub const LOG: u8 = 11;
pub const ACT: u8 = 12;
pub const TOUCHED: u8 = 13;
pub const INTENT: u8 = 14;
pub const THREAD: u8 = 15;
/// Tasks and meetings, by whose they are, how they stand and when.
pub const PLANNED: u8 = 17;
/// Activities without a record (R3.16): rows without a value.
pub const UNASSOCIATED: u8 = 16;
pub const NOTIFICATION: u8 = 18;
pub const INBOX: u8 = 19;
/// What is not delivered: rows without a value.
pub const OUTBOX: u8 = 20;
/// Notifications by what they speak of: rows without a value.
pub const SPOKEN_OF: u8 = 22;
/// Events that wait for whom they name (R4.1), by the hash of address or domain.
pub const AWAITED: u8 = 21;
/// Records that a partner claimed (R4.4): rows without a value.
pub const REGISTERED: u8 = 23;

fn start(kind: u8) -> Vec<u8> {
    let mut key = Vec::with_capacity(48);
    key.push(kind);
    key
}

fn push_id(key: &mut Vec<u8>, id: RecordId) {
    key.extend(id.object.0.to_be_bytes());
    key.extend(id.uuid.as_bytes());
}

/// All rows of a kind, or those of one object of it.
pub fn of_object(kind: u8, object: Object) -> Vec<u8> {
    let mut key = start(kind);
    key.extend(object.0.to_be_bytes());
    key
}

/// A record's own row of a kind.
pub fn record(kind: u8, id: RecordId) -> Vec<u8> {
    let mut key = start(kind);
    push_id(&mut key, id);
    key
}

pub fn link(from: RecordId, to: RecordId) -> Vec<u8> {
    let mut key = record(LINK, from);
    push_id(&mut key, to);
    key
}

/// Links of a record, to all objects or to one.
pub fn links(from: RecordId, to: Option<Object>) -> Vec<u8> {
    let mut key = record(LINK, from);
    if let Some(object) = to {
        key.extend(object.0.to_be_bytes());
    }
    key
}

pub fn activity(kind: u8, id: ActivityId) -> Vec<u8> {
    let mut key = start(kind);
    key.extend(id.0.as_bytes());
    key
}

/// The activity of a row of [`activity`].
pub fn activity_id(key: &[u8]) -> Option<ActivityId> {
    Uuid::from_slice(key.get(1..)?).ok().map(ActivityId)
}

/// A line of a record's timeline: open tasks before the rest, newest first.
pub fn entry(record_id: RecordId, entry: &Entry) -> Vec<u8> {
    let mut key = record(ENTRY, record_id);
    key.push(u8::from(!entry.open_task));
    key.extend(inverted(entry.at).to_be_bytes());
    key.extend(entry.id.0.as_bytes());
    key
}

fn inverted(at: DateTime<Utc>) -> u64 {
    // The sign is turned over so that times before 1970 come in order too.
    !((at.timestamp_millis() as u64) ^ (1 << 63))
}

/// Time and id of a timeline's line.
pub fn entry_parts(key: &[u8]) -> Option<(i64, ActivityId)> {
    let tail = key.get(20..)?;
    let at = u64::from_be_bytes(tail.get(..8)?.try_into().ok()?);
    let id = Uuid::from_slice(tail.get(8..)?).ok()?;
    Some(((!at ^ (1 << 63)) as i64, ActivityId(id)))
}

/// The record that a row of [`record`], [`link`] or [`entry`] begins with.
pub fn first_id(key: &[u8]) -> Option<RecordId> {
    id_at(key, 1)
}

/// The record at the end of a link's key.
pub fn second_id(key: &[u8]) -> Option<RecordId> {
    id_at(key, 19)
}

fn id_at(key: &[u8], at: usize) -> Option<RecordId> {
    let object = u16::from_be_bytes(key.get(at..at + 2)?.try_into().ok()?);
    let uuid = Uuid::from_slice(key.get(at + 2..at + 18)?).ok()?;
    Some(RecordId::new(Object(object), uuid))
}

/// Where the record stands in the row of a key.
const HOLDER: usize = 10;

/// The row of a key that a record has. All are of one length, so many of them are kept without a pointer each.
pub type HeldKey = [u8; HOLDER + 18];

/// Records that have a key: rows without a value, so that putting one in needs no look at the others.
pub fn held(key: &Key, id: RecordId) -> HeldKey {
    let mut row = first_held(key);
    row[HOLDER..HOLDER + 2].copy_from_slice(&id.object.0.to_be_bytes());
    row[HOLDER + 2..].copy_from_slice(id.uuid.as_bytes());
    row
}

/// Where the rows of those who have a key begin.
pub fn first_held(key: &Key) -> HeldKey {
    let mut row = [0; HOLDER + 18];
    row[..HOLDER].copy_from_slice(&holders(key));
    row
}

/// All who have a key, and those whose key has the same hash: phones stand by their ending, which no change of the
/// country that they are read by changes.
pub fn holders(key: &Key) -> [u8; HOLDER] {
    let (kind, object, text) = match key {
        Key::Email(text) => (0, Object(0), text.as_str()),
        Key::Domain(text) => (1, Object(0), text.as_str()),
        Key::Phone(text) => (2, Object(0), phone::ending(text)),
        Key::External(object, text) => (3, *object, text.as_str()),
    };
    let mut row = [KEY; HOLDER];
    row[1] = kind;
    row[2..].copy_from_slice(&fnv(object.0, text).to_be_bytes());
    row
}

/// The record at the end of a key's row.
pub fn holder(row: &[u8]) -> Option<RecordId> {
    id_at(row, HOLDER)
}

/// FNV-1a: stored, so it must never change; the record itself is looked at before it counts.
fn fnv(object: u16, text: &str) -> u64 {
    let bytes = object.to_be_bytes().into_iter().chain(text.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The e-mails of a thread: rows without a value, by the hash of the thread's id.
pub fn thread(of: &str) -> Vec<u8> {
    let mut key = start(THREAD);
    key.extend(fnv(0, of).to_be_bytes());
    key
}

pub fn of_thread(of: &str, mail: ActivityId) -> Vec<u8> {
    let mut key = thread(of);
    key.extend(mail.0.as_bytes());
    key
}

/// The e-mail at the end of a row of [`of_thread`].
pub fn mail(row: &[u8]) -> Option<ActivityId> {
    Uuid::from_slice(row.get(9..)?).ok().map(ActivityId)
}

/// What a user has planned, or of nobody.
pub fn planned_of(whose: Option<UserId>) -> Vec<u8> {
    let mut key = start(PLANNED);
    key.extend(whose.map_or(Uuid::nil(), |user| user.0).as_bytes());
    key
}

/// Where what stands so from a moment on begins.
pub fn planned_from(whose: Option<UserId>, stand: Stand) -> Vec<u8> {
    let mut key = planned_of(whose);
    key.push(match stand {
        Stand::Due(_) => 0,
        Stand::Undated(_) => 1,
        Stand::Done(_) => 2,
    });
    key.extend(((stand.at().timestamp_millis() as u64) ^ (1 << 63)).to_be_bytes());
    key
}

/// The earliest first.
pub fn planned(planned: &Planned) -> Vec<u8> {
    let mut key = planned_from(planned.whose, planned.stand);
    key.extend(planned.id.0.as_bytes());
    key
}

/// Whose something planned is, how it stands, and which activity it is.
pub fn planned_parts(key: &[u8]) -> Option<(Option<UserId>, Stand, ActivityId)> {
    let whose = Uuid::from_slice(key.get(1..17)?).ok()?;
    let at = u64::from_be_bytes(key.get(18..26)?.try_into().ok()?);
    let at = DateTime::from_timestamp_millis((at ^ (1 << 63)) as i64)?;
    let stand = match key.get(17)? {
        0 => Stand::Due(at),
        1 => Stand::Undated(at),
        2 => Stand::Done(at),
        _ => return None,
    };
    let id = ActivityId(Uuid::from_slice(key.get(26..)?).ok()?);
    Some(((!whose.is_nil()).then_some(UserId(whose)), stand, id))
}

pub fn setting(name: &str) -> Vec<u8> {
    let mut key = start(SETTING);
    key.extend(name.as_bytes());
    key
}

pub fn commit(id: Uuid) -> Vec<u8> {
    let mut key = start(COMMIT);
    key.extend(id.as_bytes());
    key
}

pub fn log(seq: Seq) -> Vec<u8> {
    let mut key = start(LOG);
    key.extend(seq.0.to_be_bytes());
    key
}

pub fn act(no: ActNo) -> Vec<u8> {
    let mut key = start(ACT);
    key.extend(no.0.to_be_bytes());
    key
}

/// What an act that is not whole yet set out to do.
pub fn intent(no: ActNo) -> Vec<u8> {
    let mut key = start(INTENT);
    key.extend(no.0.to_be_bytes());
    key
}

pub fn act_of_intent(key: &[u8]) -> Option<ActNo> {
    Some(ActNo(u64::from_be_bytes(key.get(1..)?.try_into().ok()?)))
}

/// Commits that touched something, newest first.
pub fn touched(of: Ref) -> Vec<u8> {
    let mut key = start(TOUCHED);
    match of {
        Ref::Record(id) => push_id(&mut key, id),
        Ref::Activity(id) => {
            key.extend(0u16.to_be_bytes());
            key.extend(id.0.as_bytes());
        }
    }
    key
}

pub fn touched_by(of: Ref, seq: Seq) -> Vec<u8> {
    let mut key = touched(of);
    key.extend((!seq.0).to_be_bytes());
    key
}

pub fn seq_of_touched(key: &[u8]) -> Option<Seq> {
    Some(Seq(!u64::from_be_bytes(key.get(19..)?.try_into().ok()?)))
}

/// How many records of an object there are.
pub fn count(object: Object) -> Vec<u8> {
    let mut key = start(META);
    key.extend(b"count");
    key.extend(object.0.to_be_bytes());
    key
}

/// The first commit whose made records may not stand in the keys yet: an import was broken off.
pub fn keys_behind() -> Vec<u8> {
    let mut key = start(META);
    key.extend(b"keys_behind");
    key
}

/// A number that the program keeps for itself.
pub fn mark(name: &str) -> Vec<u8> {
    let mut key = start(META);
    key.extend(b"mark.");
    key.extend(name.as_bytes());
    key
}

/// Something erased may still stand in the file until it is rewritten (R5.9).
pub fn afresh_wanted() -> Vec<u8> {
    let mut key = start(META);
    key.extend(b"afresh_wanted");
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::activity::{ActivityKind, AuthorMark, LoggedFrom};
    use crate::domain::agenda::PlannedKind;

    #[test]
    fn a_timeline_stands_newest_first_with_open_tasks_on_top() {
        let id = RecordId::new(Object::CONTACT, Uuid::from_u128(7));
        let line = |millis: i64, open_task| {
            let at = DateTime::from_timestamp_millis(millis).unwrap();
            let (by, from) = (AuthorMark(0), LoggedFrom::RecordPage);
            let (of, kind) = (ActivityId(Uuid::from_u128(9)), ActivityKind::Call);
            entry(id, &Entry { id: of, kind, at, open_task, direction: None, by, from })
        };
        let rows = [line(5_000, true), line(9_000, false), line(1_000, false), line(-1_000, false)];
        assert!(rows.is_sorted());
        assert_eq!(entry_parts(&rows[3]), Some((-1_000, ActivityId(Uuid::from_u128(9)))));
        assert_eq!(first_id(&rows[0]), Some(id));
    }

    #[test]
    fn what_is_planned_stands_by_user_then_by_time_and_can_be_read_back() {
        let user = UserId(Uuid::from_u128(7));
        let at = |millis: i64| DateTime::from_timestamp_millis(millis).unwrap();
        let row = |whose, stand| {
            let id = ActivityId(Uuid::from_u128(9));
            planned(&Planned { id, whose, stand, kind: PlannedKind::Call, queue: String::new() })
        };
        let mine = [Stand::Due(at(-1_000)), Stand::Due(at(5_000)), Stand::Undated(at(1)), Stand::Done(at(1))];
        let rows = mine.map(|stand| row(Some(user), stand));
        assert!(rows.is_sorted() && row(None, Stand::Done(at(9))) < rows[0]);
        assert_eq!(planned_parts(&rows[0]), Some((Some(user), mine[0], ActivityId(Uuid::from_u128(9)))));
        assert!(rows[1].starts_with(&planned_from(Some(user), mine[1])));
        assert_eq!(planned_parts(&row(None, mine[3])).map(|parts| parts.0), Some(None));
    }

    #[test]
    fn what_a_key_holds_can_be_read_back() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let (one, other) = (RecordId::new(Object::CONTACT, one), RecordId::new(Object::COMPANY, other));
        assert_eq!(second_id(&link(one, other)), Some(other));
        let key = Key::email("Jan@x.example");
        assert_eq!(holder(&held(&key, one)), Some(one));
        assert!(held(&key, one).starts_with(&holders(&Key::email("jan@X.example"))));
        assert_eq!(seq_of_touched(&touched_by(Ref::Record(one), Seq(12))), Some(Seq(12)));
    }
}
