//! Logging an activity: what is asked for, and where it goes besides. The table that says so is in `logging/table.rs`,
//! the fields of each type in `logging/fields.rs`, the timeframes of past activities in `logging/past.rs`.

pub mod fields;
pub mod import;
pub mod line;
pub mod past;
mod table;

use super::activity::{Activity, ActivityEdit, ActivityKind, Details, LoggedFrom};
use super::change::Reason;
use super::id::RecordId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use table::{Aim, DEALS_MOST, Row, Sort, Table};

/// An activity as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logging {
    pub kind: ActivityKind,
    pub on: RecordId,
    pub from: LoggedFrom,
    /// When it happened or will; `None`: now.
    pub at: Option<DateTime<Utc>>,
    pub subject: String,
    pub text: String,
    pub details: Details,
    /// E-mail addresses and phone numbers of those who were reached (R3.6).
    pub with: Vec<String>,
    /// The records of the conversation that it came out of (R3.9).
    pub conversation: Vec<RecordId>,
    /// Added by hand, and taken off before it is logged (R3.14).
    pub also: Vec<RecordId>,
    pub except: Vec<RecordId>,
}

impl Logging {
    /// One that happens now, with nothing said of it.
    pub fn new(kind: ActivityKind, on: RecordId, from: LoggedFrom, details: Details) -> Logging {
        Logging {
            kind,
            on,
            from,
            at: None,
            subject: String::new(),
            text: String::new(),
            details,
            with: Vec::new(),
            conversation: Vec::new(),
            also: Vec::new(),
            except: Vec::new(),
        }
    }

    /// What an activity says, for whoever edits it as it was logged.
    pub fn of(activity: &Activity) -> Logging {
        Logging {
            at: Some(activity.at),
            subject: activity.subject.clone(),
            text: activity.text.clone(),
            ..Logging::new(activity.kind, activity.logged_on, activity.logged_from, activity.details.clone())
        }
    }

    /// What differs from the activity; a time that was taken away is that of its making.
    pub fn edit_of(&self, activity: &Activity) -> ActivityEdit {
        let at = self.at.unwrap_or(activity.stamp.at);
        ActivityEdit {
            at: (at != activity.at).then_some(at),
            subject: (self.subject != activity.subject).then(|| self.subject.clone()),
            text: (self.text != activity.text).then(|| self.text.clone()),
            details: (self.details != activity.details).then(|| self.details.clone()),
            done: None,
        }
    }
}

/// Where an activity goes besides the record that it is logged on (R3.14).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Aims {
    /// In the order of the rules, each once.
    pub records: Vec<Aimed>,
    /// Addresses that no contact has (R3.6).
    pub unknown: Vec<String>,
    /// Where rules would put it besides, were it not for a limit (R3.20); the reason names the limit.
    pub left_out: Vec<Aimed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aimed {
    pub record: RecordId,
    pub why: Reason,
}
