//! What is granted, one thing at a time: history is these read forwards, undo these read backwards.

use crate::domain::activity::{Activity, Aspect, Target};
use crate::domain::association::{Association, Ends};
use crate::domain::id::{ActivityId, PropertyId, RecordId, Ref};
use crate::domain::notification::Notification;
use crate::domain::record::Record;
use crate::domain::value::Value;
use serde::{Deserialize, Serialize};

/// One thing that happens to the data, from what to what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Op {
    Create(Box<Record>),
    Set {
        record: RecordId,
        property: PropertyId,
        from: Option<Value>,
        to: Option<Value>,
    },
    Link(Box<Association>),
    Unlink(Box<Association>),
    Relabel {
        a: RecordId,
        b: RecordId,
        from: Ends,
        to: Ends,
    },
    Log(Box<Activity>),
    Attach {
        activity: ActivityId,
        target: Box<Target>,
    },
    Detach {
        activity: ActivityId,
        target: Box<Target>,
    },
    /// One aspect of an activity becomes another.
    Edit {
        activity: ActivityId,
        from: Box<Aspect>,
        to: Box<Aspect>,
    },
    Bin(Ref),
    Unbin(Ref),
    /// Somebody is told something (R4.10).
    Notify(Box<Notification>),
    /// What somebody was told is undone: what was not tried yet is taken back.
    Withdraw(Box<Notification>),
    /// Gone for good, here and from the log (R5.9). The only op without a way back.
    Erase(Ref),
    Setting {
        key: String,
        from: Option<String>,
        to: Option<String>,
    },
}

/// What an op is about, as answers name it.
pub fn subjects(op: &Op) -> Vec<Ref> {
    match op {
        Op::Create(record) => vec![Ref::Record(record.id)],
        Op::Set { record, .. } => vec![Ref::Record(*record)],
        Op::Link(tie) | Op::Unlink(tie) => vec![Ref::Record(tie.a), Ref::Record(tie.b)],
        Op::Relabel { a, b, .. } => vec![Ref::Record(*a), Ref::Record(*b)],
        Op::Log(activity) => vec![Ref::Activity(activity.id)],
        Op::Attach { activity, .. } | Op::Detach { activity, .. } | Op::Edit { activity, .. } => {
            vec![Ref::Activity(*activity)]
        }
        Op::Bin(what) | Op::Unbin(what) | Op::Erase(what) => vec![*what],
        Op::Notify(told) | Op::Withdraw(told) => told.about.into_iter().collect(),
        Op::Setting { .. } => Vec::new(),
    }
}
