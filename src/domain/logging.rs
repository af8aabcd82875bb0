//! Logging an activity: what is asked for, and the table of where it goes (R3.4, R3.7 to R3.11, R3.13). The table's
//! defaults are the rows of [`DEFAULTS`]; the most specific row wins.

pub mod fields;
pub mod import;

use super::activity::{ActivityKind, Details, LoggedFrom};
use super::change::Reason;
use super::id::{Object, RecordId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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
}

/// Where an activity goes besides the record that it is logged on (R3.14).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Aims {
    /// In the order of the rules, each once.
    pub records: Vec<Aimed>,
    /// Addresses that no contact has (R3.6).
    pub unknown: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aimed {
    pub record: RecordId,
    pub why: Reason,
}

/// What the table tells apart: the type, and of e-mails the first of a thread from the replies to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sort {
    Of(ActivityKind),
    Reply,
}

/// Where an activity goes besides the record that it is logged on and the contacts e-mailed or called (R3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aim {
    PrimaryContact,
    PrimaryCompany,
    /// So many open deals, those associated last.
    Deals(u8),
    /// The contacts that it was sent to.
    Reached,
    /// The records that the thread's earliest e-mail has.
    Thread,
    /// The records of the conversation.
    Conversation,
}

/// Open deals at most, of any row.
pub const DEALS_MOST: u8 = 20;

/// A row of the table: what is logged, where it goes. `None` is any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub on: Object,
    pub sort: Option<Sort>,
    pub from: Option<LoggedFrom>,
    pub to: Vec<Aim>,
}

impl Row {
    fn takes_in(&self, on: Object, sort: Sort, from: LoggedFrom) -> bool {
        self.on == on && self.sort.is_none_or(|own| own == sort) && self.from.is_none_or(|own| own == from)
    }

    /// A type says more than a source.
    fn weight(&self) -> (usize, bool) {
        (usize::from(self.sort.is_some()) + usize::from(self.from.is_some()), self.sort.is_some())
    }
}

type Said = (Object, Option<Sort>, Option<LoggedFrom>, &'static [Aim]);

const REPLY: Option<Sort> = Some(Sort::Reply);
const EMAIL: Option<Sort> = Some(Sort::Of(ActivityKind::Email));
const WHATSAPP: Option<Sort> = Some(Sort::Of(ActivityKind::WhatsApp));
const TASK: Option<Sort> = Some(Sort::Of(ActivityKind::Task));

/// First logged on, type, source: goes to. An object without a row (custom ones) keeps it to itself.
#[rustfmt::skip]
const DEFAULTS: &[Said] = &[
    (Object::COMPANY, None,     None,                                 &[Aim::Deals(5)]),
    (Object::CONTACT, None,     None,                                 &[Aim::PrimaryCompany, Aim::Deals(5)]),
    (Object::DEAL,    None,     None,                                 &[Aim::PrimaryCompany, Aim::Deals(5)]),
    (Object::TICKET,  None,     None,                                 &[Aim::PrimaryCompany]),
    (Object::LEAD,    None,     None,                                 &[Aim::PrimaryContact, Aim::PrimaryCompany, Aim::Deals(5)]),
    (Object::CONTACT, REPLY,    None,                                 &[Aim::Thread]),
    (Object::CONTACT, EMAIL,    Some(LoggedFrom::Mobile),             &[Aim::Reached]),
    (Object::CONTACT, REPLY,    Some(LoggedFrom::Mobile),             &[Aim::Reached]),
    (Object::CONTACT, EMAIL,    Some(LoggedFrom::ConversationsInbox), &[Aim::Reached, Aim::Conversation]),
    (Object::CONTACT, REPLY,    Some(LoggedFrom::ConversationsInbox), &[Aim::Reached, Aim::Conversation]),
    (Object::CONTACT, WHATSAPP, Some(LoggedFrom::ConversationsInbox), &[Aim::Reached, Aim::Conversation]),
    (Object::CONTACT, TASK,     Some(LoggedFrom::MailExtension),      &[]),
    (Object::CONTACT, TASK,     Some(LoggedFrom::Sequence),           &[]),
];

/// Where activities go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Row>,
}

impl Default for Table {
    fn default() -> Self {
        let row = |(on, sort, from, to): &Said| Row { on: *on, sort: *sort, from: *from, to: to.to_vec() };
        Table { rows: DEFAULTS.iter().map(row).collect() }
    }
}

impl Table {
    /// The aims of the most specific row, the later one of two.
    pub fn aims(&self, on: Object, sort: Sort, from: LoggedFrom) -> &[Aim] {
        let rows = self.rows.iter().filter(|row| row.takes_in(on, sort, from));
        rows.max_by_key(|row| row.weight()).map_or(&[], |row| row.to.as_slice())
    }
}
