//! The table of where an activity goes (R3.4, R3.7 to R3.11, R3.13). To change a default, change a row of [`DEFAULTS`];
//! how a row is written is in `settings/activities.rs`. The most specific row wins.

use crate::domain::activity::{ActivityKind, LoggedFrom};
use crate::domain::id::Object;
use serde::{Deserialize, Serialize};

/// What the table tells apart: the type, and of e-mails the first of a thread from the replies to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sort {
    Of(ActivityKind),
    Reply,
}

impl Sort {
    /// A reply is an e-mail too.
    fn takes_in(self, sort: Sort) -> bool {
        self == sort || (sort == Sort::Reply && self == Sort::Of(ActivityKind::Email))
    }
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
    /// First logged on.
    pub on: Object,
    pub sort: Option<Sort>,
    pub from: Option<LoggedFrom>,
    pub to: Vec<Aim>,
}

impl Row {
    fn takes_in(&self, on: Object, sort: Sort, from: LoggedFrom) -> bool {
        self.on == on && self.sort.is_none_or(|own| own.takes_in(sort)) && self.from.is_none_or(|own| own == from)
    }

    /// The more it names the more specific it is; a type says more than a source, a reply more than an e-mail.
    fn weight(&self) -> (usize, Option<bool>) {
        let named = usize::from(self.sort.is_some()) + usize::from(self.from.is_some());
        (named, self.sort.map(|sort| sort == Sort::Reply))
    }

    /// Whether both are about the same.
    pub fn is_about(&self, other: &Row) -> bool {
        (self.on, self.sort, self.from) == (other.on, other.sort, other.from)
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
    /// The defaults with these rows in their places.
    pub fn with_rows(rows: impl IntoIterator<Item = Row>) -> Table {
        let mut table = Table::default();
        rows.into_iter().for_each(|row| table.put(row));
        table
    }

    /// In the place of the row about the same, if there is one.
    pub fn put(&mut self, row: Row) {
        match self.rows.iter_mut().find(|own| own.is_about(&row)) {
            Some(own) => *own = row,
            None => self.rows.push(row),
        }
    }

    /// The default of a row again; one that has none goes.
    pub fn reset(&mut self, row: &Row) {
        match Table::default().rows.into_iter().find(|default| default.is_about(row)) {
            Some(default) => self.put(default),
            None => self.rows.retain(|own| !own.is_about(row)),
        }
    }

    /// The rows that are not as they are by default.
    pub fn changed(&self) -> Vec<&Row> {
        let defaults = Table::default().rows;
        self.rows.iter().filter(|row| !defaults.contains(row)).collect()
    }

    /// The aims of the most specific row, the later one of two.
    pub fn aims(&self, on: Object, sort: Sort, from: LoggedFrom) -> &[Aim] {
        let rows = self.rows.iter().filter(|row| row.takes_in(on, sort, from));
        rows.max_by_key(|row| row.weight()).map_or(&[], |row| row.to.as_slice())
    }
}
