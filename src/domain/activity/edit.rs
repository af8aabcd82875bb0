//! Editing an activity (R3.1): what of it can be changed, aspect by aspect, so that history tells each one and undo sets
//! back no more than was changed. To make something else editable, add an [`Aspect`].

use super::{Activity, Details};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One aspect of an activity, with what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aspect {
    At(DateTime<Utc>),
    Subject(String),
    Text(String),
    Details(Details),
}

/// What an activity is to become; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ActivityEdit {
    pub at: Option<DateTime<Utc>>,
    pub subject: Option<String>,
    pub text: Option<String>,
    pub details: Option<Details>,
    /// Of a task: done now, or not done after all.
    pub done: Option<bool>,
}

impl ActivityEdit {
    /// A task that is done now, or open again.
    pub fn done(done: bool) -> ActivityEdit {
        ActivityEdit { done: Some(done), ..ActivityEdit::default() }
    }
}

impl Activity {
    /// Its aspects as they are.
    pub fn aspects(&self) -> [Aspect; 4] {
        [
            Aspect::At(self.at),
            Aspect::Subject(self.subject.clone()),
            Aspect::Text(self.text.clone()),
            Aspect::Details(self.details.clone()),
        ]
    }

    /// Whether this aspect of it is so.
    pub fn is_so(&self, aspect: &Aspect) -> bool {
        match aspect {
            Aspect::At(at) => self.at == *at,
            Aspect::Subject(subject) => self.subject == *subject,
            Aspect::Text(text) => self.text == *text,
            Aspect::Details(details) => self.details == *details,
        }
    }

    pub fn put(&mut self, aspect: Aspect) {
        match aspect {
            Aspect::At(at) => self.at = at,
            Aspect::Subject(subject) => self.subject = subject,
            Aspect::Text(text) => self.text = text,
            Aspect::Details(details) => self.details = details,
        }
    }
}
