//! Records: the values of one contact, company, deal, ticket, lead or custom object, and who made it when.

use super::activity::Activity;
use super::change::{Author, Origin};
use super::id::{ActNo, ActivityId, PropertyId, RecordId, UserId};
use super::moving::place;
use super::object::is;
use super::pipeline::visits::entered;
use super::value::Value;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Who did something, when, by which way, in which act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub at: DateTime<Utc>,
    pub by: Author,
    pub origin: Origin,
    pub act: ActNo,
}

/// The values of a record, sorted by property; a property without a value is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Values(Vec<(PropertyId, Value)>);

impl Values {
    /// No values yet, and room for some.
    pub fn with_room(values: usize) -> Values {
        Values(Vec::with_capacity(values))
    }

    pub fn get(&self, id: PropertyId) -> Option<&Value> {
        self.0.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| &self.0[at].1)
    }

    /// Sets or, with `None`, clears; answers what was there before.
    pub fn put(&mut self, id: PropertyId, value: Option<Value>) -> Option<Value> {
        match (self.0.binary_search_by_key(&id, |(id, _)| *id), value) {
            (Ok(at), Some(value)) => Some(std::mem::replace(&mut self.0[at].1, value)),
            (Ok(at), None) => Some(self.0.remove(at).1),
            (Err(at), Some(value)) => {
                self.0.insert(at, (id, value));
                None
            }
            (Err(_), None) => None,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (PropertyId, &Value)> {
        self.0.iter().map(|(id, value)| (*id, value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(PropertyId, Value)> for Values {
    fn from_iter<I: IntoIterator<Item = (PropertyId, Value)>>(iter: I) -> Self {
        let mut values = Values::default();
        for (id, value) in iter {
            values.put(id, Some(value));
        }
        values
    }
}

/// One record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub id: RecordId,
    /// Grows by one with each commit that changes the record.
    pub version: u32,
    pub created: Stamp,
    pub updated: DateTime<Utc>,
    pub values: Values,
}

impl Record {
    /// A stored or derived-from-itself value; last and next activity come from the timeline, not from here.
    pub fn get(&self, id: PropertyId) -> Option<Cow<'_, Value>> {
        match id {
            is::CREATED_AT => Some(Cow::Owned(Value::Time(self.created.at))),
            is::UPDATED_AT => Some(Cow::Owned(Value::Time(self.updated))),
            is::STAGE_ENTERED if self.values.get(is::STAGE).is_some() => Some(Cow::Owned(Value::Time(entered(self)))),
            is::BOARD_PLACE if self.values.get(is::STAGE).is_some() => Some(Cow::Owned(Value::Text(place::key(self)))),
            is::NAME => match self.values.get(is::NAME) {
                Some(name) => Some(Cow::Borrowed(name)),
                None => self.full_name().map(|name| Cow::Owned(Value::Text(name))),
            },
            _ => self.values.get(id).map(Cow::Borrowed),
        }
    }

    pub fn text(&self, id: PropertyId) -> Option<&str> {
        self.values.get(id).and_then(Value::as_text)
    }

    /// What a person calls the record: its name, else its e-mail or domain, else its id's ending.
    pub fn name(&self) -> String {
        let own = self.text(is::NAME).map(str::to_owned).or_else(|| self.full_name());
        let other = || self.text(is::EMAIL).or_else(|| self.text(is::DOMAIN)).map(str::to_owned);
        own.or_else(other).unwrap_or_else(|| self.id.short())
    }

    /// First and last name of a contact.
    fn full_name(&self) -> Option<String> {
        match (self.text(is::FIRST_NAME), self.text(is::LAST_NAME)) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (first, last) => first.or(last).map(str::to_owned),
        }
    }

    /// All e-mail addresses of a contact, the main one first.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        self.main_and_further(is::EMAIL, is::EMAILS)
    }

    /// All domains of a company, the main one first.
    pub fn domains(&self) -> impl Iterator<Item = &str> {
        self.main_and_further(is::DOMAIN, is::DOMAINS)
    }

    /// Ids that other programs gave, each as `source:id` (R5.11).
    pub fn external_ids(&self) -> &[String] {
        self.values.get(is::EXTERNAL_IDS).map(Value::as_texts).unwrap_or_default()
    }

    /// Of a record in the bin: the one that it became part of.
    pub fn merged_into(&self) -> Option<RecordId> {
        let uuid = uuid::Uuid::try_parse(self.text(is::MERGED_INTO)?).ok()?;
        Some(RecordId::new(self.id.object, uuid))
    }

    /// Who is told what becomes of it (R4.14).
    pub fn followers(&self) -> &[UserId] {
        self.values.get(is::FOLLOWERS).map(Value::as_users).unwrap_or_default()
    }

    /// The activity on top of its timeline (R3.19).
    pub fn pinned(&self) -> Option<ActivityId> {
        uuid::Uuid::try_parse(self.text(is::PINNED)?).ok().map(ActivityId)
    }

    fn main_and_further(&self, main: PropertyId, further: PropertyId) -> impl Iterator<Item = &str> {
        let rest = self.values.get(further).map(Value::as_texts).unwrap_or_default();
        self.text(main).into_iter().chain(rest.iter().map(String::as_str))
    }
}

/// The last word is the last name.
pub fn split_name(name: &str) -> (&str, &str) {
    let name = name.trim();
    name.rsplit_once(char::is_whitespace).map_or((name, ""), |(first, last)| (first.trim_end(), last))
}

/// A record in the bin, with what is needed to bring it back (R5.9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binned {
    pub record: Record,
    pub at: DateTime<Utc>,
    pub by: Author,
    pub act: ActNo,
}

/// An activity in the bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinnedActivity {
    pub activity: Activity,
    pub at: DateTime<Utc>,
    pub by: Author,
    pub act: ActNo,
}
