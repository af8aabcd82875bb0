//! Events (R4.1): what somebody did, as other programs tell it. Kept as rows like activities, which they are not: no
//! rule of activities touches them. How a line says one is read in `event/line.rs`; a kind of event that every
//! workspace has is a row of [`BUILT_IN`].

mod line;

use super::activity::{Activity, Details};
use super::fold::fold;
use super::graph::Key;
use super::id::{ActivityId, Object, RecordId};
use super::logging::import::brought;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use line::{DATA_MOST, KIND_MOST, Written};

/// Whom an event names: a contact by an address, a company by a domain. Lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Whom {
    Email(String),
    Domain(String),
}

impl Whom {
    pub fn key(&self) -> Key {
        match self {
            Whom::Email(text) => Key::Email(text.clone()),
            Whom::Domain(text) => Key::Domain(text.clone()),
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Whom::Email(text) | Whom::Domain(text) => text,
        }
    }

    pub fn object(&self) -> Object {
        match self {
            Whom::Email(_) => Object::CONTACT,
            Whom::Domain(_) => Object::COMPANY,
        }
    }

    /// Where an event stands that nobody has yet.
    pub fn nowhere(&self) -> RecordId {
        RecordId::new(self.object(), Uuid::nil())
    }
}

/// An event as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Line of the stream, 1 is the first.
    pub number: u64,
    /// As it was written.
    pub kind: String,
    pub whom: Whom,
    /// What the other program calls it: the same twice is once.
    pub id: Option<String>,
    /// `None`: now.
    pub at: Option<DateTime<Utc>>,
    /// JSON as it was given, or nothing.
    pub data: String,
}

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// In scripts.
    pub name: String,
    pub label: String,
    /// Whether it is worth telling somebody of (R4.3).
    pub is_high: bool,
}

/// What a contact that starts to use the product does (R4.5).
pub const SIGN_UP: &str = "sign_up";

/// Those of every workspace, and which of them are high-value.
pub const BUILT_IN: &[(&str, &str, bool)] = &[
    ("pricing_page_viewed", "Pricing page viewed", true),
    ("demo_requested", "Demo requested", true),
    (SIGN_UP, "Signed up", true),
    ("page_viewed", "Page viewed", false),
];

impl EventKind {
    pub fn built_in() -> Vec<EventKind> {
        let kind = |(name, label, is_high): &(&str, &str, bool)| EventKind {
            name: (*name).to_owned(),
            label: (*label).to_owned(),
            is_high: *is_high,
        };
        BUILT_IN.iter().map(kind).collect()
    }

    /// As a user adds one: `webinar_attended`, with a star when it is high-value.
    pub fn read(written: &str) -> Result<EventKind, String> {
        let (name, is_high) = match written.trim().strip_suffix('*') {
            Some(name) => (name.trim_end(), true),
            None => (written.trim(), false),
        };
        let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits || name.len() > KIND_MOST {
            let name: String = name.chars().filter(|c| !c.is_control()).take(KIND_MOST).collect();
            return Err(format!("“{name}” is no name of a kind of event. Write it like webinar_attended"));
        }
        let built_in = BUILT_IN.iter().find(|(known, ..)| *known == name).map(|(_, label, _)| (*label).to_owned());
        let label = built_in.unwrap_or_else(|| label_of(name));
        Ok(EventKind { name: name.to_owned(), label, is_high })
    }

    /// `webinar_attended*`.
    pub fn written(&self) -> String {
        format!("{}{}", self.name, if self.is_high { "*" } else { "" })
    }

    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || fold(&self.label) == fold(name)
    }
}

/// `webinar_attended` reads `Webinar attended`.
fn label_of(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut chars = words.trim().chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl ActivityId {
    /// The id of an event that another program calls `text`: the same each time, so that it counts once.
    pub fn of_event(text: &str) -> ActivityId {
        brought("event", "", text, 0)
    }
}

impl Activity {
    /// What an event waits for: the address or domain that nobody has yet.
    pub fn awaits(&self) -> Option<&Whom> {
        self.whom().filter(|_| self.targets.is_empty())
    }

    /// Whom an event names.
    pub fn whom(&self) -> Option<&Whom> {
        match &self.details {
            Details::Event { whom, .. } => Some(whom),
            _ => None,
        }
    }

    pub fn is_event(&self) -> bool {
        self.whom().is_some()
    }

    /// The record that it was logged on. An event that found its records later stands on the first of them.
    pub fn home(&self) -> RecordId {
        match self.targets.first() {
            Some(first) if self.logged_on.uuid.is_nil() => first.record,
            _ => self.logged_on,
        }
    }
}

#[cfg(test)]
mod tests;
