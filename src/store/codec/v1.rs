//! The first version of every row; those of associations, activities and the log beside it. Frozen: a field is never added, moved or taken away here.

mod activity;
mod intent;
mod link;
mod log;
mod notification;
mod planned;

use super::{CodecError, Decoded};
use crate::domain::change::{Author, Origin, Reason, Rule};
use crate::domain::id::{ActNo, Object, OptionId, PropertyId, RecordId, UserId};
use crate::domain::record::{Binned, Record, Stamp, Values};
use crate::domain::value::{Currency, Money, Number, Value};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

pub use activity::EntryV1;
pub(super) use activity::{ActivityV1, BinnedActivityV1};
pub(super) use intent::IntentV1;
pub(super) use link::LinkV1;
pub(super) use log::{ActV1, LoggedV1};
pub(super) use notification::{LastTryV1, LineV1, NotificationV1};
pub use planned::PlannedV1;

fn time(millis: i64) -> Decoded<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| CodecError::Broken("a time out of range".into()))
}

fn day(days: i32) -> Decoded<NaiveDate> {
    NaiveDate::default()
        .checked_add_signed(chrono::TimeDelta::days(i64::from(days)))
        .ok_or_else(|| CodecError::Broken("a date out of range".into()))
}

type Id = [u8; 16];
/// Object and id of a record.
type Full = (u16, Id);

fn full(id: RecordId) -> Full {
    (id.object.0, id.uuid.into_bytes())
}

fn record_id((object, id): Full) -> RecordId {
    RecordId::new(Object(object), Uuid::from_bytes(id))
}

#[derive(Serialize, Deserialize, Clone, Copy)]
enum AuthorV1 {
    User(Id),
    Program,
}

impl From<Author> for AuthorV1 {
    fn from(author: Author) -> Self {
        match author {
            Author::User(id) => AuthorV1::User(id.0.into_bytes()),
            Author::Program => AuthorV1::Program,
        }
    }
}

impl From<AuthorV1> for Author {
    fn from(author: AuthorV1) -> Self {
        match author {
            AuthorV1::User(id) => Author::User(UserId(Uuid::from_bytes(id))),
            AuthorV1::Program => Author::Program,
        }
    }
}

/// A value with its texts borrowed from the row.
#[derive(Debug, Serialize, Deserialize, Clone, PartialEq)]
pub enum ValueV1<'a> {
    #[serde(borrow)]
    Text(Cow<'a, str>),
    Number(f64),
    Money(i64, [u8; 3]),
    /// Days since 1970-01-01.
    Date(i32),
    /// Milliseconds since 1970.
    Time(i64),
    YesNo(bool),
    Option(u16),
    Options(Vec<u16>),
    User(Id),
    Users(Vec<Id>),
    Texts(Vec<Cow<'a, str>>),
}

impl<'a> From<&'a Value> for ValueV1<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => ValueV1::Text(Cow::Borrowed(text)),
            Value::Number(n) => ValueV1::Number(n.0),
            Value::Money(m) => ValueV1::Money(m.minor, m.currency.0),
            Value::Date(date) => ValueV1::Date(crate::domain::query::days(*date)),
            Value::Time(time) => ValueV1::Time(time.timestamp_millis()),
            Value::YesNo(yes) => ValueV1::YesNo(*yes),
            Value::Option(id) => ValueV1::Option(id.0),
            Value::Options(ids) => ValueV1::Options(ids.iter().map(|id| id.0).collect()),
            Value::User(id) => ValueV1::User(id.0.into_bytes()),
            Value::Users(ids) => ValueV1::Users(ids.iter().map(|id| id.0.into_bytes()).collect()),
            Value::Texts(texts) => ValueV1::Texts(texts.iter().map(|t| Cow::Borrowed(t.as_str())).collect()),
        }
    }
}

impl ValueV1<'_> {
    /// The value, with its own texts.
    pub fn to_value(&self) -> Decoded<Value> {
        Ok(match self {
            ValueV1::Text(text) => Value::Text(text.to_string()),
            ValueV1::Number(n) => Value::Number(Number(*n)),
            ValueV1::Money(minor, code) => Value::Money(Money { minor: *minor, currency: Currency(*code) }),
            ValueV1::Date(days) => Value::Date(day(*days)?),
            ValueV1::Time(millis) => Value::Time(time(*millis)?),
            ValueV1::YesNo(yes) => Value::YesNo(*yes),
            ValueV1::Option(id) => Value::Option(OptionId(*id)),
            ValueV1::Options(ids) => Value::Options(ids.iter().copied().map(OptionId).collect()),
            ValueV1::User(id) => Value::User(UserId(Uuid::from_bytes(*id))),
            ValueV1::Users(ids) => Value::Users(ids.iter().map(|id| UserId(Uuid::from_bytes(*id))).collect()),
            ValueV1::Texts(texts) => Value::Texts(texts.iter().map(ToString::to_string).collect()),
        })
    }
}

/// A record with its texts borrowed from the row.
#[derive(Serialize, Deserialize)]
pub struct RecordV1<'a> {
    version: u32,
    created_at: i64,
    created_by: AuthorV1,
    origin: Origin,
    act: u64,
    updated: i64,
    #[serde(borrow)]
    values: Vec<(u16, ValueV1<'a>)>,
}

impl<'a> From<&'a Record> for RecordV1<'a> {
    fn from(record: &'a Record) -> Self {
        RecordV1 {
            version: record.version,
            created_at: record.created.at.timestamp_millis(),
            created_by: record.created.by.into(),
            origin: record.created.origin,
            act: record.created.act.0,
            updated: record.updated.timestamp_millis(),
            values: record.values.iter().map(|(id, value)| (id.0, value.into())).collect(),
        }
    }
}

impl RecordV1<'_> {
    /// A stored value; a record holds few, so a walk beats a search.
    pub fn get(&self, id: PropertyId) -> Option<&ValueV1<'_>> {
        self.values.iter().find(|(number, _)| *number == id.0).map(|(_, value)| value)
    }

    pub fn text(&self, id: PropertyId) -> Option<&str> {
        match self.get(id)? {
            ValueV1::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Milliseconds since 1970.
    pub fn created_at(&self) -> i64 {
        self.created_at
    }

    /// Milliseconds since 1970.
    pub fn updated_at(&self) -> i64 {
        self.updated
    }

    pub fn into_record(self, id: RecordId) -> Decoded<Record> {
        let values = self.values.iter().map(|(id, value)| Ok((PropertyId(*id), value.to_value()?)));
        Ok(Record {
            id,
            version: self.version,
            created: Stamp {
                at: time(self.created_at)?,
                by: self.created_by.into(),
                origin: self.origin,
                act: ActNo(self.act),
            },
            updated: time(self.updated)?,
            values: values.collect::<Decoded<Values>>()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct BinnedV1<'a> {
    at: i64,
    by: AuthorV1,
    act: u64,
    #[serde(borrow)]
    record: RecordV1<'a>,
}

impl<'a> From<&'a Binned> for BinnedV1<'a> {
    fn from(binned: &'a Binned) -> Self {
        BinnedV1 {
            at: binned.at.timestamp_millis(),
            by: binned.by.into(),
            act: binned.act.0,
            record: (&binned.record).into(),
        }
    }
}

impl BinnedV1<'_> {
    pub(super) fn into_binned(self, id: RecordId) -> Decoded<Binned> {
        Ok(Binned {
            record: self.record.into_record(id)?,
            at: time(self.at)?,
            by: self.by.into(),
            act: ActNo(self.act),
        })
    }
}

#[derive(Serialize, Deserialize)]
enum ReasonV1<'a> {
    Asked,
    Rule(u8, u8, #[serde(borrow)] Cow<'a, str>),
}

impl<'a> From<&'a Reason> for ReasonV1<'a> {
    fn from(reason: &'a Reason) -> Self {
        match reason {
            Reason::Asked => ReasonV1::Asked,
            Reason::Rule(rule, sentence) => ReasonV1::Rule(rule.0, rule.1, Cow::Borrowed(sentence)),
        }
    }
}

impl From<ReasonV1<'_>> for Reason {
    fn from(reason: ReasonV1) -> Self {
        match reason {
            ReasonV1::Asked => Reason::Asked,
            ReasonV1::Rule(chapter, number, sentence) => Reason::Rule(Rule(chapter, number), sentence.into_owned()),
        }
    }
}
