//! What rules may read. Every store implements it, and the draft of a plan does.

use super::activity::{Activity, Entry};
use super::association::Link;
use super::change::{ActHead, Op, Reason};
use super::event::Whom;
use super::fold::fold;
use super::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq, UserId};
use super::notification::{Notification, NotificationId};
use super::record::{Binned, Record};
use super::settings::Settings;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Reading failed; the text is a sentence with the next step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

pub type Read<T> = Result<T, Unreadable>;

/// A value by which a record is found (R5.11).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Key {
    /// Of a contact, in lower case.
    Email(String),
    /// Of a company, in lower case.
    Domain(String),
    /// Digits with the country's prefix.
    Phone(String),
    /// Object and `source:id`.
    External(Object, String),
}

impl Key {
    pub fn email(text: &str) -> Key {
        Key::Email(text.to_lowercase())
    }

    pub fn domain(text: &str) -> Key {
        Key::Domain(text.to_lowercase())
    }

    /// Keys that belong to one record only.
    pub fn unique_of(record: &Record) -> Vec<Key> {
        let mut keys: Vec<Key> = match record.id.object {
            Object::CONTACT => record.emails().map(Key::email).collect(),
            Object::COMPANY => record.domains().map(Key::domain).collect(),
            _ => Vec::new(),
        };
        keys.extend(record.external_ids().iter().map(|id| Key::External(record.id.object, id.clone())));
        keys
    }

    /// All keys of a record, its phones among them.
    pub fn of(record: &Record, phone_country: &str) -> Vec<Key> {
        use super::object::is;
        let mut keys = Key::unique_of(record);
        let phones = [is::PHONE, is::MOBILE].into_iter().filter_map(|p| record.text(p));
        keys.extend(phones.filter_map(|p| super::phone::key(p, phone_country)).map(Key::Phone));
        keys.sort();
        keys.dedup();
        keys
    }
}

/// The stored state as rules see it.
pub trait Graph {
    fn record(&self, id: RecordId) -> Read<Option<Record>>;
    /// Ends of the record's associations, by object, oldest first.
    fn links(&self, id: RecordId, to: Option<Object>) -> Read<Vec<Link>>;
    /// One end of one association.
    fn link(&self, id: RecordId, other: RecordId) -> Read<Option<Link>> {
        Ok(self.links(id, Some(other.object))?.into_iter().find(|link| link.other == other))
    }
    fn activity(&self, id: ActivityId) -> Read<Option<Activity>>;
    /// The record's timeline, open tasks first, then newest first.
    fn entries(&self, record: RecordId) -> Read<Vec<Entry>>;
    fn find(&self, key: &Key) -> Read<Vec<RecordId>>;
    /// The e-mails of a thread that stand, in any order (R3.7).
    fn thread(&self, thread: &str) -> Read<Vec<ActivityId>>;
    /// Events that wait for the contact or company that has this address or domain (R4.1), in any order.
    fn awaited(&self, whom: &Whom) -> Read<Vec<ActivityId>>;
    /// The tasks of a user that are not done, in any order.
    fn open_tasks(&self, of: UserId) -> Read<Vec<ActivityId>>;
    fn binned(&self, id: RecordId) -> Read<Option<Binned>>;
    fn binned_activity(&self, id: ActivityId) -> Read<Option<Activity>>;
    fn notification(&self, id: NotificationId) -> Read<Option<Notification>>;
    fn settings(&self) -> Arc<Settings>;
    fn act(&self, no: ActNo) -> Read<Option<ActHead>>;
    /// The ops of one commit of the log, in the form the log keeps.
    fn logged(&self, seq: Seq) -> Read<Option<Logged>>;
    /// Commits that touched something, newest first; creation and ties that still stand are not among them.
    fn touched(&self, of: Ref) -> Read<Vec<Seq>>;

    /// Companies (or other records) of that name, folded.
    fn named(&self, object: Object, name: &str) -> Read<Vec<RecordId>> {
        let wanted = fold(name);
        let mut found = Vec::new();
        self.each(object, &mut |record| {
            if fold(&record.name()) == wanted {
                found.push(record.id);
            }
        })?;
        Ok(found)
    }

    /// Every association of records of two objects, seen from those of the first; those of one stand together.
    fn each_tie(&self, of: Object, to: Object, visit: &mut dyn FnMut(RecordId, &Link)) -> Read<()> {
        let mut ids = Vec::new();
        self.each(of, &mut |record| ids.push(record.id))?;
        for id in ids {
            self.links(id, Some(to))?.iter().for_each(|link| visit(id, link));
        }
        Ok(())
    }

    /// Every record of an object, in the order of ids.
    fn each(&self, object: Object, visit: &mut dyn FnMut(Record)) -> Read<()>;
}

/// A commit as the log keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    pub seq: Seq,
    pub act: ActNo,
    pub ops: Vec<(LoggedOp, Reason)>,
}

/// An op in the log. What was made is kept by id only: what it held stands in the record, or in the op that took it
/// away.
#[derive(Debug, Clone, PartialEq)]
pub enum LoggedOp {
    Created(RecordId),
    Linked(RecordId, RecordId),
    Logged(ActivityId),
    Notified(NotificationId),
    Withdrawn(NotificationId),
    /// It spoke of something that was erased since.
    Erased,
    Whole(Op),
}
