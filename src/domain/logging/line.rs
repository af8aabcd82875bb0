//! An activity in one line: `call connected 12m "asked for a quote" tomorrow 10am: send it`. Its words are rows of
//! `line/words.rs`, how it is read stands in `line/reader.rs`, what becomes of it in `line/made.rs`.

mod made;
mod reader;
#[cfg(test)]
mod tests;
mod words;

use crate::domain::activity::{ActivityKind, CallOutcome, Direction, MeetingOutcome, Priority, TaskKind};
use crate::domain::when::{Clock, Moment};
use chrono::{DateTime, Utc};
use std::ops::Range;

/// What a line says. Whatever is no field of its type is text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// A note where no type is named.
    pub kind: ActivityKind,
    pub direction: Option<Direction>,
    pub outcome: Option<Outcome>,
    /// In seconds.
    pub length: Option<u32>,
    /// When it happened or will; of a task when it is due.
    pub at: Option<Moment>,
    /// Of a meeting.
    pub end: Option<DateTime<Utc>>,
    pub location: String,
    /// E-mail addresses and phone numbers.
    pub with: Vec<String>,
    pub subject: String,
    pub text: String,
    pub todo: ToDo,
    /// The task that follows.
    pub then: Option<Then>,
    /// In the order of the line, none within another.
    pub parts: Vec<Part>,
    /// What was not taken as it may have been meant.
    pub hints: Vec<Remark>,
    /// Why it can't be logged so.
    pub errors: Vec<Remark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Call(CallOutcome),
    Meeting(MeetingOutcome),
}

/// What a task has of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDo {
    pub task: TaskKind,
    pub priority: Priority,
    pub queue: String,
}

impl Default for ToDo {
    fn default() -> ToDo {
        ToDo { task: TaskKind::ToDo, priority: Priority::None, queue: String::new() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Then {
    pub due: Moment,
    pub title: String,
    pub todo: ToDo,
}

/// A piece of the line and what it was taken for; the span is in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub span: Range<usize>,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Kind,
    Direction,
    Outcome,
    Length,
    When,
    Due,
    With,
    Subject,
    Location,
    Text,
    Priority,
    Queue,
    Then,
    Title,
}

impl What {
    /// As it stands below the line.
    pub fn label(self) -> &'static str {
        match self {
            What::Kind => "type",
            What::Direction => "direction",
            What::Outcome => "outcome",
            What::Length => "for",
            What::When => "when",
            What::Due => "due",
            What::With => "with",
            What::Subject => "subject",
            What::Location => "where",
            What::Text => "what was said",
            What::Priority => "priority",
            What::Queue => "queue",
            What::Then => "then a task",
            What::Title => "its title",
        }
    }

    /// It says when something is.
    pub fn is_date(self) -> bool {
        matches!(self, What::When | What::Due | What::Then)
    }
}

/// A sentence about a piece of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub span: Range<usize>,
    pub sentence: String,
}

/// Reads a line; there is none that can't be read.
pub fn read(text: &str, clock: &Clock) -> Line {
    reader::Reader::new(text, clock).read()
}
