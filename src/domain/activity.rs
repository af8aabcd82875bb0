//! Activities: the nine things that happen with records (R3.1). To add a type, add a variant of [`ActivityKind`], its
//! row in [`ActivityKind::ROWS`] and its fields in [`Details`].

mod edit;
mod entry;

use super::change::Reason;
use super::event::Whom;
use super::id::{ActivityId, RecordId, UserId};
use super::record::Stamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use edit::{ActivityEdit, Aspect};
pub use entry::{AuthorMark, Entry};

/// The type of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ActivityKind {
    Call,
    Email,
    Meeting,
    Note,
    Task,
    PostalMail,
    LinkedIn,
    Sms,
    WhatsApp,
    /// No activity (R4.1): in none of the lists below.
    Event,
}

/// Name in scripts, name on screens, plural on tabs, and one of them within a sentence.
pub struct KindRow {
    pub kind: ActivityKind,
    pub name: &'static str,
    pub label: &'static str,
    pub plural: &'static str,
    /// `a call`.
    pub one: &'static str,
}

const fn row(
    kind: ActivityKind,
    name: &'static str,
    label: &'static str,
    plural: &'static str,
    one: &'static str,
) -> KindRow {
    KindRow { kind, name, label, plural, one }
}

impl ActivityKind {
    pub const ROWS: &'static [KindRow] = &[
        row(ActivityKind::Call, "call", "Call", "Calls", "a call"),
        row(ActivityKind::Email, "email", "E-mail", "E-mails", "an e-mail"),
        row(ActivityKind::Meeting, "meeting", "Meeting", "Meetings", "a meeting"),
        row(ActivityKind::Note, "note", "Note", "Notes", "a note"),
        row(ActivityKind::Task, "task", "Task", "Tasks", "a task"),
        row(ActivityKind::PostalMail, "postal_mail", "Postal mail", "Postal mails", "a postal mail"),
        row(ActivityKind::LinkedIn, "linkedin", "LinkedIn message", "LinkedIn messages", "a LinkedIn message"),
        row(ActivityKind::Sms, "sms", "SMS", "SMS", "an SMS"),
        row(ActivityKind::WhatsApp, "whatsapp", "WhatsApp message", "WhatsApp messages", "a WhatsApp message"),
        row(ActivityKind::Event, "event", "Event", "Events", "an event"),
    ];

    /// Those that can be logged.
    pub const ALL: &'static [ActivityKind] = &[
        ActivityKind::Call,
        ActivityKind::Email,
        ActivityKind::Meeting,
        ActivityKind::Note,
        ActivityKind::Task,
        ActivityKind::PostalMail,
        ActivityKind::LinkedIn,
        ActivityKind::Sms,
        ActivityKind::WhatsApp,
    ];
    /// Those that go from somebody to somebody.
    pub const SENT: &'static [ActivityKind] = &[
        ActivityKind::Email,
        ActivityKind::PostalMail,
        ActivityKind::LinkedIn,
        ActivityKind::Sms,
        ActivityKind::WhatsApp,
    ];
    /// Those that go out or come in.
    pub const DIRECTED: &'static [ActivityKind] = &[
        ActivityKind::Call,
        ActivityKind::Email,
        ActivityKind::PostalMail,
        ActivityKind::LinkedIn,
        ActivityKind::Sms,
        ActivityKind::WhatsApp,
    ];

    pub fn row(self) -> &'static KindRow {
        &Self::ROWS[self as usize]
    }

    /// Those of [`ActivityKind::ALL`].
    pub fn rows() -> impl Iterator<Item = &'static KindRow> {
        Self::ALL.iter().map(|kind| kind.row())
    }

    pub fn named(name: &str) -> Option<ActivityKind> {
        Self::ALL.iter().copied().find(|kind| kind.row().name == name)
    }
}

/// Where an activity was logged from (R3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LoggedFrom {
    RecordPage,
    CommandLine,
    Import,
    Sequence,
    ConversationsInbox,
    MailExtension,
    Mobile,
    Integration,
}

impl LoggedFrom {
    /// Name in scripts, name on screens.
    pub const ROWS: &'static [(LoggedFrom, &'static str, &'static str)] = &[
        (LoggedFrom::RecordPage, "record_page", "record page"),
        (LoggedFrom::CommandLine, "command_line", "command line"),
        (LoggedFrom::Import, "import", "import"),
        (LoggedFrom::Sequence, "sequence", "sequence"),
        (LoggedFrom::ConversationsInbox, "conversations_inbox", "conversations inbox"),
        (LoggedFrom::MailExtension, "mail_extension", "mail extension"),
        (LoggedFrom::Mobile, "mobile", "mobile"),
        (LoggedFrom::Integration, "integration", "integration"),
    ];

    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].2
    }

    pub fn named(name: &str) -> Option<LoggedFrom> {
        Self::ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    Out,
    In,
}

impl Direction {
    pub const ROWS: &'static [(Direction, &'static str)] = &[(Direction::Out, "Out"), (Direction::In, "In")];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CallOutcome {
    Busy,
    Connected,
    LeftLiveMessage,
    LeftVoicemail,
    NoAnswer,
    WrongNumber,
}

impl CallOutcome {
    pub const ROWS: &'static [(CallOutcome, &'static str)] = &[
        (CallOutcome::Busy, "Busy"),
        (CallOutcome::Connected, "Connected"),
        (CallOutcome::LeftLiveMessage, "Left live message"),
        (CallOutcome::LeftVoicemail, "Left voicemail"),
        (CallOutcome::NoAnswer, "No answer"),
        (CallOutcome::WrongNumber, "Wrong number"),
    ];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MeetingOutcome {
    Scheduled,
    Completed,
    Rescheduled,
    NoShow,
    Canceled,
}

impl MeetingOutcome {
    pub const ROWS: &'static [(MeetingOutcome, &'static str)] = &[
        (MeetingOutcome::Scheduled, "Scheduled"),
        (MeetingOutcome::Completed, "Completed"),
        (MeetingOutcome::Rescheduled, "Rescheduled"),
        (MeetingOutcome::NoShow, "No show"),
        (MeetingOutcome::Canceled, "Canceled"),
    ];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TaskKind {
    Call,
    Email,
    ToDo,
}

impl TaskKind {
    pub const ROWS: &'static [(TaskKind, &'static str)] =
        &[(TaskKind::Call, "Call"), (TaskKind::Email, "E-mail"), (TaskKind::ToDo, "To-do")];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Priority {
    None,
    Low,
    Medium,
    High,
}

impl Priority {
    pub const ROWS: &'static [(Priority, &'static str)] =
        &[(Priority::None, "None"), (Priority::Low, "Low"), (Priority::Medium, "Medium"), (Priority::High, "High")];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }
}

/// What each type has of its own (R3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    Call {
        direction: Direction,
        outcome: Option<CallOutcome>,
        /// In seconds.
        duration: Option<u32>,
    },
    Email {
        direction: Direction,
        from: String,
        to: Vec<String>,
        cc: Vec<String>,
        thread: Option<String>,
    },
    Meeting {
        end: Option<DateTime<Utc>>,
        attendees: Vec<String>,
        location: String,
        outcome: Option<MeetingOutcome>,
    },
    Note,
    Task {
        task: TaskKind,
        has_due: bool,
        done: Option<DateTime<Utc>>,
        priority: Priority,
        assignee: Option<UserId>,
        queue: String,
    },
    /// Postal mail, `LinkedIn` message, SMS, `WhatsApp`.
    Message {
        direction: Direction,
        from: String,
        to: Vec<String>,
    },
    /// What somebody did (R4.1).
    Event {
        /// In scripts.
        kind: String,
        whom: Whom,
        /// JSON as it was given, or nothing.
        data: String,
    },
}

impl Details {
    /// Of a type, with nothing filled in yet; a task is its author's own.
    pub fn empty(kind: ActivityKind, direction: Direction, author: Option<UserId>) -> Details {
        match kind {
            ActivityKind::Call => Details::Call { direction, outcome: None, duration: None },
            ActivityKind::Email => {
                Details::Email { direction, from: String::new(), to: Vec::new(), cc: Vec::new(), thread: None }
            }
            ActivityKind::Meeting => {
                Details::Meeting { end: None, attendees: Vec::new(), location: String::new(), outcome: None }
            }
            // Nobody logs an event by hand.
            ActivityKind::Note | ActivityKind::Event => Details::Note,
            ActivityKind::Task => Details::Task {
                task: TaskKind::ToDo,
                has_due: false,
                done: None,
                priority: Priority::None,
                assignee: author,
                queue: String::new(),
            },
            ActivityKind::PostalMail | ActivityKind::LinkedIn | ActivityKind::Sms | ActivityKind::WhatsApp => {
                Details::Message { direction, from: String::new(), to: Vec::new() }
            }
        }
    }
}

/// A record that an activity is associated with, and why (R3.14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub record: RecordId,
    pub at: DateTime<Utc>,
    pub why: Reason,
}

/// One thing that happened or will happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub id: ActivityId,
    pub version: u32,
    pub kind: ActivityKind,
    /// When it happened or will: the start of a meeting, the due time of a task (its creation when it has none).
    pub at: DateTime<Utc>,
    pub subject: String,
    pub text: String,
    pub details: Details,
    pub logged_on: RecordId,
    pub logged_from: LoggedFrom,
    pub stamp: Stamp,
    /// In the order they came; the record it was logged on first.
    pub targets: Vec<Target>,
}

impl Activity {
    pub fn is_task(&self) -> bool {
        matches!(self.details, Details::Task { .. })
    }

    pub fn is_open_task(&self) -> bool {
        matches!(self.details, Details::Task { done: None, .. })
    }

    /// Adds a target in its place: the record it was logged on first, then by time.
    pub fn attach(&mut self, target: Target) {
        self.targets.push(target);
        let home = self.logged_on;
        self.targets.sort_by_key(|t| (t.record != home, t.at, t.record));
    }

    /// What a search looks through, as it is written.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let own: Vec<&str> = match &self.details {
            Details::Email { from, to, cc, .. } => {
                std::iter::once(from).chain(to).chain(cc).map(String::as_str).collect()
            }
            Details::Message { from, to, .. } => std::iter::once(from).chain(to).map(String::as_str).collect(),
            Details::Meeting { attendees, location, .. } => {
                std::iter::once(location).chain(attendees).map(String::as_str).collect()
            }
            Details::Task { queue, .. } => vec![queue],
            Details::Event { whom, data, .. } => vec![whom.text(), data],
            Details::Call { .. } | Details::Note => Vec::new(),
        };
        [self.subject.as_str(), self.text.as_str()].into_iter().chain(own)
    }

    /// Of an e-mail: the thread that it is part of.
    pub fn thread(&self) -> Option<&str> {
        match &self.details {
            Details::Email { thread, .. } => thread.as_deref(),
            _ => None,
        }
    }

    pub fn direction(&self) -> Option<Direction> {
        match self.details {
            Details::Call { direction, .. } | Details::Email { direction, .. } | Details::Message { direction, .. } => {
                Some(direction)
            }
            _ => None,
        }
    }
}
