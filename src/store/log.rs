//! How a commit goes into the log: which ops by id only, which whole, and what each one touches. Shared by all stores.

use crate::domain::change::{Act, ActHead, Commit, Op, Origin, Reason, Verb, is_effect};
use crate::domain::graph::LoggedOp;
use crate::domain::id::{ActNo, ActivityId, RecordId, Ref, Seq};
use std::collections::BTreeSet;

/// The ops in the form of the log. What was made in this very act is kept by id, since it stands in the data.
pub fn logged(commit: &Commit) -> Vec<(LoggedOp, Reason)> {
    let gone = erased(commit);
    let logged = commit.ops.iter().map(|(op, why)| match form(op, commit.act.no) {
        form if gone.iter().any(|what| speaks_of(&form, *what)) => (LoggedOp::Erased, why.clone()),
        form => (form, why.clone()),
    });
    logged.collect()
}

/// What the commit takes away for good.
pub fn erased(commit: &Commit) -> Vec<Ref> {
    let erased = commit.ops.iter().filter_map(|(op, _)| match op {
        Op::Erase(what) => Some(*what),
        _ => None,
    });
    erased.collect()
}

/// The sentence of an act may name the erased record, by an older name too, and others that can't be told from it any
/// more: it goes whole. Those of imports name a file. The act has no way back.
pub fn scrub_head(head: &mut ActHead) {
    head.erased = true;
    if !matches!(head.act.origin, Origin::Import | Origin::Demo) {
        "Something with a record that was erased since".clone_into(&mut head.act.what);
    }
}

fn form(op: &Op, act: ActNo) -> LoggedOp {
    match op {
        Op::Create(record) => LoggedOp::Created(record.id),
        Op::Log(activity) => LoggedOp::Logged(activity.id),
        Op::Notify(told) => LoggedOp::Notified(told.id),
        Op::Withdraw(told) => LoggedOp::Withdrawn(told.id),
        // An old tie that was brought back is kept whole: its own act is another one.
        Op::Link(tie) if tie.act == act => LoggedOp::Linked(tie.a, tie.b),
        op => LoggedOp::Whole(op.clone()),
    }
}

/// What an op that is logged whole changes: where its history is found. Creation and new ties are logged by id, since
/// record and tie say themselves who made them and when.
pub fn touches(op: &Op) -> Vec<Ref> {
    match op {
        Op::Set { record, .. } => vec![Ref::Record(*record)],
        Op::Link(tie) | Op::Unlink(tie) => vec![Ref::Record(tie.a), Ref::Record(tie.b)],
        Op::Relabel { a, b, .. } => vec![Ref::Record(*a), Ref::Record(*b)],
        Op::Attach { activity, target } | Op::Detach { activity, target } => {
            vec![Ref::Activity(*activity), Ref::Record(target.record)]
        }
        Op::Edit { activity, .. } => vec![Ref::Activity(*activity)],
        Op::Bin(what) | Op::Unbin(what) => vec![*what],
        Op::Create(_) | Op::Log(_) | Op::Notify(_) | Op::Withdraw(_) | Op::Erase(_) | Op::Setting { .. } => Vec::new(),
    }
}

/// Everything that looks different after an op.
pub fn changes(op: &Op) -> Vec<Ref> {
    match op {
        Op::Create(record) => vec![Ref::Record(record.id)],
        Op::Log(activity) => {
            let records = activity.targets.iter().map(|target| Ref::Record(target.record));
            std::iter::once(Ref::Activity(activity.id)).chain(records).collect()
        }
        Op::Erase(what) => vec![*what],
        op => touches(op),
    }
}

/// The head of the commit's act with this commit taken in.
pub fn head(before: Option<ActHead>, commit: &Commit, seq: Seq) -> ActHead {
    let effects = commit.ops.iter().filter(|(op, why)| is_effect(op, why)).count() as u64;
    let erased = commit.ops.iter().any(|(op, _)| matches!(op, Op::Erase(_)));
    match before {
        Some(head) => ActHead {
            // An act that was continued later is as old as its beginning.
            act: Act { at: head.act.at, ..commit.act.clone() },
            last: seq,
            effects: head.effects + effects,
            erased: head.erased || erased,
            ..head
        },
        None => ActHead { act: commit.act.clone(), first: seq, last: seq, effects, undone_by: None, erased },
    }
}

/// Heads of other acts that a finished act changes: an undone one knows by which, a redone one is no longer undone.
pub fn marks(commit: &Commit) -> Vec<(ActNo, Option<ActNo>)> {
    if !commit.act.finished {
        return Vec::new();
    }
    match commit.act.verb {
        Verb::Did => Vec::new(),
        Verb::Undid(no) => vec![(no, Some(commit.act.no))],
        Verb::Redid(no) => vec![(no, None)],
    }
}

/// Records whose version the commit raises: those whose values it sets, unless it made them itself.
pub fn bumped(commit: &Commit) -> BTreeSet<RecordId> {
    let mut made = BTreeSet::new();
    let mut bumped = BTreeSet::new();
    for (op, _) in &commit.ops {
        match op {
            Op::Create(record) => drop(made.insert(record.id)),
            Op::Set { record, .. } if !made.contains(record) => drop(bumped.insert(*record)),
            _ => {}
        }
    }
    bumped
}

/// Activities whose version the commit raises: those that it edits.
pub fn edited(commit: &Commit) -> BTreeSet<ActivityId> {
    let edited = commit.ops.iter().filter_map(|(op, _)| match op {
        Op::Edit { activity, .. } => Some(*activity),
        _ => None,
    });
    edited.collect()
}

/// Whether a logged op holds anything of what is being erased.
pub fn speaks_of(op: &LoggedOp, what: Ref) -> bool {
    match (op, what) {
        (LoggedOp::Created(id), Ref::Record(record)) => *id == record,
        (LoggedOp::Linked(a, b), Ref::Record(record)) => *a == record || *b == record,
        (LoggedOp::Logged(id), Ref::Activity(activity)) => *id == activity,
        (LoggedOp::Whole(op), _) => touches(op).contains(&what),
        _ => false,
    }
}

/// The record that a logged op made.
pub fn created(op: &LoggedOp) -> Option<RecordId> {
    match op {
        LoggedOp::Created(id) => Some(*id),
        _ => None,
    }
}

/// An op that is logged whole.
pub fn whole(op: &LoggedOp) -> Option<&Op> {
    match op {
        LoggedOp::Whole(op) => Some(op),
        _ => None,
    }
}
