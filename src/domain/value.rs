//! Typed values. Reading what people type is in `value/read.rs`, writing for scripts and screens in `value/write.rs`.

mod read;
mod write;

use super::id::{OptionId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

pub use read::{LONG_TEXT_MOST, Reading, TEXT_MOST, line, long, read, several, user};
pub use write::{json, plain, rfc3339, shown};

/// An amount in minor units (cents) of an ISO 4217 currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// Three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Currency(pub [u8; 3]);

impl Currency {
    pub const EUR: Currency = Currency(*b"EUR");

    pub fn parse(text: &str) -> Option<Currency> {
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Currency(bytes.map(|b| b.to_ascii_uppercase())))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

/// A finite number.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Number(pub f64);

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.total_cmp(&other.0) == Ordering::Equal
    }
}
impl Eq for Number {}

/// What a property of a record holds. An empty value is the absence of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Text, long text, e-mail, phone, link, domain.
    Text(String),
    Number(Number),
    Money(Money),
    Date(NaiveDate),
    /// To the millisecond.
    Time(DateTime<Utc>),
    YesNo(bool),
    /// An option, a pipeline or a stage.
    Option(OptionId),
    Options(Vec<OptionId>),
    User(UserId),
    Users(Vec<UserId>),
    /// Several e-mails, domains, texts, in their order.
    Texts(Vec<String>),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_option(&self) -> Option<OptionId> {
        match self {
            Value::Option(id) => Some(*id),
            _ => None,
        }
    }

    pub fn as_users(&self) -> &[UserId] {
        match self {
            Value::Users(ids) => ids,
            _ => &[],
        }
    }

    pub fn as_user(&self) -> Option<UserId> {
        match self {
            Value::User(id) => Some(*id),
            _ => None,
        }
    }

    pub fn as_texts(&self) -> &[String] {
        match self {
            Value::Texts(texts) => texts,
            _ => &[],
        }
    }
}
