//! Questions over many records: filter, search, sort. Filters are written as expressions (`query/parse.rs`), the same
//! on the command line, in views and in chips. To add an operator, add a row to [`operators::OPERATORS`].

pub mod operators;
pub mod order;
pub mod parse;
pub mod phrase;
pub(super) mod quote;
mod resolve;
#[cfg(test)]
mod tests;

use super::fold::{fold, words};
use super::id::{Object, PropertyId, RecordId};
use super::user::Viewer;
use super::value::{Currency, Value};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Which records of an object, in which order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Query {
    pub object: Object,
    /// Only these; without a sort they stay in this order.
    pub within: Option<Vec<RecordId>>,
    /// Every word must be part of the record's folded text.
    pub search: String,
    /// All of them hold.
    pub filters: Vec<Filter>,
    /// The first one decides, the next ones among equals; ids at last.
    pub sort: Vec<Sort>,
    pub viewer: Viewer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub property: PropertyId,
    pub descending: bool,
}

/// One expression: any of its tests holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    pub any: Vec<Test>,
    /// As it was written.
    pub text: String,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Test {
    pub of: Path,
    pub check: Check,
    pub negated: bool,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Path {
    Own(PropertyId),
    /// A property of any associated record of that object.
    Associated(Object, PropertyId),
    /// Activities on the record's timeline.
    Activity,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Check {
    Known,
    /// Equal to one of these; texts folded, of several entries any.
    OneOf(Vec<Value>),
    /// Folded text in the middle, at the start or at the end.
    Contains(String),
    StartsWith(String),
    EndsWith(String),
    Within(Range),
    /// An activity at or after that moment, and not after now.
    ActiveSince(DateTime<Utc>),
}

/// A range of numbers, amounts (in one currency, minor units), days or milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// At least.
    pub from: Option<f64>,
    /// At most.
    pub to: Option<f64>,
    pub currency: Option<Currency>,
}

impl Range {
    pub fn takes_in(&self, value: &Value) -> bool {
        if let (Some(currency), Value::Money(money)) = (self.currency, value)
            && money.currency != currency
        {
            return false;
        }
        measure(value)
            .is_some_and(|size| self.from.is_none_or(|from| size >= from) && self.to.is_none_or(|to| size <= to))
    }
}

/// The size of a value that has one: the number, minor units, days since 1970, milliseconds since 1970.
pub fn measure(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => Some(n.0),
        Value::Money(money) => Some(money.minor as f64),
        Value::Date(date) => Some(f64::from(days(*date))),
        Value::Time(time) => Some(time.timestamp_millis() as f64),
        _ => None,
    }
}

/// Days since 1970-01-01.
pub fn days(date: NaiveDate) -> i32 {
    (date - NaiveDate::default()).num_days() as i32
}

/// What a filter asks of a record: implemented over stored records and over the columns in memory.
pub trait Facts {
    fn value(&self, property: PropertyId) -> Option<Cow<'_, Value>>;
    /// Whether any associated record of `object` has a value of `property` for which `test` holds.
    fn any_associated(&self, object: Object, property: PropertyId, test: &dyn Fn(Option<&Value>) -> bool) -> bool;
    fn last_activity(&self) -> Option<DateTime<Utc>>;
}

impl Filter {
    pub fn holds(&self, facts: &dyn Facts) -> bool {
        self.any.iter().any(|test| test.holds(facts))
    }
}

impl Test {
    pub fn holds(&self, facts: &dyn Facts) -> bool {
        let holds = match (&self.of, &self.check) {
            (Path::Own(id), check) => check.holds(facts.value(*id).as_deref()),
            (Path::Associated(object, id), check) => facts.any_associated(*object, *id, &|value| check.holds(value)),
            (Path::Activity, Check::ActiveSince(since)) => facts.last_activity().is_some_and(|last| last >= *since),
            (Path::Activity, _) => false,
        };
        holds != self.negated
    }
}

impl Check {
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return false };
        match self {
            Check::Known => true,
            Check::OneOf(wanted) => wanted.iter().any(|wanted| is(value, wanted)),
            Check::Contains(part) => texts(value).any(|text| fold(text).contains(part.as_str())),
            Check::StartsWith(part) => texts(value).any(|text| fold(text).starts_with(part.as_str())),
            Check::EndsWith(part) => texts(value).any(|text| fold(text).ends_with(part.as_str())),
            Check::Within(range) => range.takes_in(value),
            Check::ActiveSince(_) => false,
        }
    }
}

fn is(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Options(have), Value::Option(one)) => have.contains(one),
        (Value::Users(have), Value::User(one)) => have.contains(one),
        (Value::Text(_) | Value::Texts(_), Value::Text(wanted)) => {
            let wanted = fold(wanted);
            texts(value).any(|text| fold(text) == wanted)
        }
        _ => value == wanted,
    }
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_text().into_iter().chain(value.as_texts().iter().map(String::as_str))
}

impl Query {
    /// All records of an object that `viewer` sees.
    pub fn all(object: Object, viewer: Viewer) -> Query {
        Query { object, within: None, search: String::new(), filters: Vec::new(), sort: Vec::new(), viewer }
    }

    /// The folded words that a record's text must hold.
    pub fn words(&self) -> Vec<String> {
        words(&self.search)
    }

    pub fn is_plain(&self) -> bool {
        self.within.is_none() && self.filters.is_empty() && self.search.trim().is_empty()
    }
}
