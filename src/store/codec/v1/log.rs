//! The log: ops and the heads of acts.

use super::activity::{AspectV1, TargetV1};
use super::link::{AssociationV1, EndsV1};
use super::{AuthorV1, Full, Id, ReasonV1, ValueV1, full, record_id, time};
use crate::domain::change::{Act, ActHead, Op, Origin, Reason, Verb};
use crate::domain::graph::LoggedOp;
use crate::domain::id::{ActNo, ActivityId, PropertyId, Ref, Seq};
use crate::domain::notification::NotificationId;
use crate::store::codec::Decoded;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) enum RefV1 {
    Record(Full),
    Activity(Id),
}

impl From<Ref> for RefV1 {
    fn from(what: Ref) -> Self {
        match what {
            Ref::Record(id) => RefV1::Record(full(id)),
            Ref::Activity(id) => RefV1::Activity(id.0.into_bytes()),
        }
    }
}

impl From<RefV1> for Ref {
    fn from(what: RefV1) -> Self {
        match what {
            RefV1::Record(id) => Ref::Record(record_id(id)),
            RefV1::Activity(id) => Ref::Activity(ActivityId(Uuid::from_bytes(id))),
        }
    }
}

/// An op in the log.
#[derive(Serialize, Deserialize)]
enum OpV1<'a> {
    Created(Full),
    Linked(Full, Full),
    Logged(Id),
    Erased,
    Set {
        record: Full,
        property: u16,
        #[serde(borrow)]
        from: Option<ValueV1<'a>>,
        to: Option<ValueV1<'a>>,
    },
    Unlink(AssociationV1<'a>),
    Relabel {
        a: Full,
        b: Full,
        from: EndsV1,
        to: EndsV1,
    },
    Detach(Id, TargetV1<'a>),
    Bin(RefV1),
    Unbin(RefV1),
    Link(AssociationV1<'a>),
    Attach(Id, TargetV1<'a>),
    Erase(RefV1),
    Setting {
        key: Cow<'a, str>,
        from: Option<Cow<'a, str>>,
        to: Option<Cow<'a, str>>,
    },
    Edit(Id, AspectV1<'a>, AspectV1<'a>),
    Notified(Id),
    Withdrawn(Id),
}

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct LoggedV1<'a> {
    #[serde(borrow)]
    op: OpV1<'a>,
    why: ReasonV1<'a>,
}

impl<'a> From<&'a (LoggedOp, Reason)> for LoggedV1<'a> {
    fn from((op, why): &'a (LoggedOp, Reason)) -> Self {
        let op = match op {
            LoggedOp::Created(id) => OpV1::Created(full(*id)),
            LoggedOp::Linked(a, b) => OpV1::Linked(full(*a), full(*b)),
            LoggedOp::Logged(id) => OpV1::Logged(id.0.into_bytes()),
            LoggedOp::Notified(id) => OpV1::Notified(id.0.into_bytes()),
            LoggedOp::Withdrawn(id) => OpV1::Withdrawn(id.0.into_bytes()),
            LoggedOp::Erased => OpV1::Erased,
            LoggedOp::Whole(op) => whole(op),
        };
        LoggedV1 { op, why: why.into() }
    }
}

fn whole(op: &Op) -> OpV1<'_> {
    let text = |t: &'_ Option<String>| t.as_deref().map(|t| Cow::Owned(t.to_owned()));
    match op {
        Op::Create(record) => OpV1::Created(full(record.id)),
        Op::Log(activity) => OpV1::Logged(activity.id.0.into_bytes()),
        Op::Notify(told) => OpV1::Notified(told.id.0.into_bytes()),
        Op::Withdraw(told) => OpV1::Withdrawn(told.id.0.into_bytes()),
        Op::Set { record, property, from, to } => OpV1::Set {
            record: full(*record),
            property: property.0,
            from: from.as_ref().map(ValueV1::from),
            to: to.as_ref().map(ValueV1::from),
        },
        Op::Link(tie) => OpV1::Link(tie.as_ref().into()),
        Op::Unlink(tie) => OpV1::Unlink(tie.as_ref().into()),
        Op::Relabel { a, b, from, to } => OpV1::Relabel { a: full(*a), b: full(*b), from: from.into(), to: to.into() },
        Op::Attach { activity, target } => OpV1::Attach(activity.0.into_bytes(), target.as_ref().into()),
        Op::Detach { activity, target } => OpV1::Detach(activity.0.into_bytes(), target.as_ref().into()),
        Op::Edit { activity, from, to } => {
            OpV1::Edit(activity.0.into_bytes(), from.as_ref().into(), to.as_ref().into())
        }
        Op::Bin(what) => OpV1::Bin((*what).into()),
        Op::Unbin(what) => OpV1::Unbin((*what).into()),
        Op::Erase(what) => OpV1::Erase((*what).into()),
        Op::Setting { key, from, to } => OpV1::Setting { key: Cow::Borrowed(key), from: text(from), to: text(to) },
    }
}

impl LoggedV1<'_> {
    pub(in crate::store::codec) fn into_op(self) -> Decoded<(LoggedOp, Reason)> {
        let activity = |id: Id| ActivityId(Uuid::from_bytes(id));
        let value = |v: Option<ValueV1>| v.map(|v| v.to_value()).transpose();
        let op = match self.op {
            OpV1::Created(id) => LoggedOp::Created(record_id(id)),
            OpV1::Linked(a, b) => LoggedOp::Linked(record_id(a), record_id(b)),
            OpV1::Logged(id) => LoggedOp::Logged(activity(id)),
            OpV1::Notified(id) => LoggedOp::Notified(NotificationId(Uuid::from_bytes(id))),
            OpV1::Withdrawn(id) => LoggedOp::Withdrawn(NotificationId(Uuid::from_bytes(id))),
            OpV1::Erased => LoggedOp::Erased,
            OpV1::Set { record, property, from, to } => LoggedOp::Whole(Op::Set {
                record: record_id(record),
                property: PropertyId(property),
                from: value(from)?,
                to: value(to)?,
            }),
            OpV1::Unlink(tie) => LoggedOp::Whole(Op::Unlink(Box::new(tie.into_association()?))),
            OpV1::Link(tie) => LoggedOp::Whole(Op::Link(Box::new(tie.into_association()?))),
            OpV1::Relabel { a, b, from, to } => {
                LoggedOp::Whole(Op::Relabel { a: record_id(a), b: record_id(b), from: from.into(), to: to.into() })
            }
            OpV1::Attach(id, target) => {
                LoggedOp::Whole(Op::Attach { activity: activity(id), target: Box::new(target.into_target()?) })
            }
            OpV1::Detach(id, target) => {
                LoggedOp::Whole(Op::Detach { activity: activity(id), target: Box::new(target.into_target()?) })
            }
            OpV1::Edit(id, from, to) => LoggedOp::Whole(Op::Edit {
                activity: activity(id),
                from: Box::new(from.into_aspect()?),
                to: Box::new(to.into_aspect()?),
            }),
            OpV1::Bin(what) => LoggedOp::Whole(Op::Bin(what.into())),
            OpV1::Unbin(what) => LoggedOp::Whole(Op::Unbin(what.into())),
            OpV1::Erase(what) => LoggedOp::Whole(Op::Erase(what.into())),
            OpV1::Setting { key, from, to } => LoggedOp::Whole(Op::Setting {
                key: key.into_owned(),
                from: from.map(Cow::into_owned),
                to: to.map(Cow::into_owned),
            }),
        };
        Ok((op, self.why.into()))
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct ActV1<'a> {
    no: u64,
    by: AuthorV1,
    at: i64,
    origin: Origin,
    verb: Verb,
    what: Cow<'a, str>,
    done: u64,
    total: u64,
    finished: bool,
    first: u64,
    last: u64,
    effects: u64,
    undone_by: Option<u64>,
    erased: bool,
}

impl<'a> From<&'a ActHead> for ActV1<'a> {
    fn from(head: &'a ActHead) -> Self {
        let act = &head.act;
        ActV1 {
            no: act.no.0,
            by: act.by.into(),
            at: act.at.timestamp_millis(),
            origin: act.origin,
            verb: act.verb,
            what: Cow::Borrowed(&act.what),
            done: act.done,
            total: act.total,
            finished: act.finished,
            first: head.first.0,
            last: head.last.0,
            effects: head.effects,
            undone_by: head.undone_by.map(|no| no.0),
            erased: head.erased,
        }
    }
}

impl ActV1<'_> {
    pub(in crate::store::codec) fn into_head(self) -> Decoded<ActHead> {
        Ok(ActHead {
            act: Act {
                no: ActNo(self.no),
                by: self.by.into(),
                at: time(self.at)?,
                origin: self.origin,
                verb: self.verb,
                what: self.what.into_owned(),
                done: self.done,
                total: self.total,
                finished: self.finished,
            },
            first: Seq(self.first),
            last: Seq(self.last),
            effects: self.effects,
            undone_by: self.undone_by.map(ActNo),
            erased: self.erased,
        })
    }
}
