//! Setting acts back (R7.1, R7.2): the ops of the log read backwards, if everything still has the value they gave.

use super::permission::{self, Verb as May};
use super::{Draft, Granted, NoPlan, Planned};
use crate::domain::association::Association;
use crate::domain::change::{ActHead, Op, Refusal, Verb};
use crate::domain::graph::{Graph, Logged, LoggedOp, Read};
use crate::domain::id::{ActNo, RecordId, Ref, Seq};
use std::collections::BTreeMap;

/// A later act that stands in the way of an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    pub act: ActNo,
    pub what: String,
}

/// The ops that set one op back, or why they can't.
type Back = Read<Result<Vec<Op>, Stuck>>;

/// What can't be set back as things are: which thing, in words, and what of the log may tell why.
struct Stuck {
    of: Ref,
    sentence: String,
}

pub(super) fn whole(draft: &mut Draft, act: ActNo, verb: Verb) -> Planned<Granted> {
    let head = undoable(draft, act)?;
    let verb = match head.act.verb {
        Verb::Undid(other) if head.act.finished => Verb::Redid(other),
        Verb::Redid(other) if head.act.finished => Verb::Undid(other),
        // An undo that was broken off left the other act as it was: only it is set back itself.
        _ => verb,
    };
    refuse_obstacles(draft, &head)?;
    let mut granted = Granted::new(said(verb, &head), Vec::new());
    granted.verb = verb;
    for seq in (head.first.0..=head.last.0).rev() {
        granted.refs.extend(set_back(draft, Seq(seq), act)?);
    }
    Ok(granted)
}

pub(super) fn redo(draft: &mut Draft, act: ActNo) -> Planned<Granted> {
    let head = draft.act(act)?.ok_or_else(|| missing(act))?;
    let undone_by = head.undone_by.ok_or_else(|| Refusal::rule(7, 2, format!("Act {act} is not undone")))?;
    let undo = draft.act(undone_by)?.ok_or_else(|| missing(undone_by))?;
    refuse_obstacles(draft, &undo)?;
    let verb = Verb::Redid(act);
    let mut granted = Granted::new(said(verb, &head), Vec::new());
    granted.verb = verb;
    for seq in (undo.first.0..=undo.last.0).rev() {
        granted.refs.extend(set_back(draft, Seq(seq), undone_by)?);
    }
    Ok(granted)
}

/// One commit of a long act.
pub(super) fn one_commit(draft: &mut Draft, seq: Seq, act: ActNo, verb: Verb) -> Planned<Granted> {
    let mut granted = Granted::new(String::new(), Vec::new());
    granted.verb = verb;
    granted.refs = set_back(draft, seq, act)?;
    Ok(granted)
}

fn said(verb: Verb, head: &ActHead) -> String {
    let what = &head.act.what;
    match verb {
        Verb::Undid(_) => format!("Undid: {what}"),
        Verb::Redid(_) => format!("Redid: {}", what.trim_start_matches("Undid: ")),
        Verb::Did => what.clone(),
    }
}

fn missing(act: ActNo) -> Refusal {
    Refusal::Missing(format!("There is no act {act}"))
}

fn undoable(draft: &Draft, act: ActNo) -> Planned<ActHead> {
    let head = draft.act(act)?.ok_or_else(|| missing(act))?;
    if head.erased {
        return Err(Refusal::rule(5, 9, "What was erased can't be brought back").into());
    }
    if let Some(by) = head.undone_by {
        return Err(Refusal::rule(7, 1, format!("Act {act} is undone already, by act {by}")).into());
    }
    Ok(head)
}

fn refuse_obstacles(draft: &Draft, head: &ActHead) -> Planned {
    let (found, sentences) = look(draft, head)?;
    if sentences.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = found.iter().map(|o| format!("act {} ({})", o.act, o.what)).collect();
    let sentence = match named.as_slice() {
        [] => sentences.join(". "),
        named => format!("{}. In the way: {}. Undo that first", sentences.join(". "), named.join(", ")),
    };
    Err(Refusal::rule(7, 1, sentence).into())
}

/// The later acts that stand in the way of undoing `act`; none: it can be undone.
pub fn obstacles(graph: &dyn Graph, head: &ActHead) -> Read<(Vec<Obstacle>, Vec<String>)> {
    look(graph, head)
}

/// Records of an act up to which all of it is looked at in one draft.
const HELD_AT_MOST: u64 = 50_000;
/// How many sentences are enough to explain a refusal.
const SAID_AT_MOST: usize = 3;

fn look(graph: &dyn Graph, head: &ActHead) -> Read<(Vec<Obstacle>, Vec<String>)> {
    let asking = super::Asking { by: head.act.by, origin: head.act.origin, now: head.act.at, act: ActNo(u64::MAX) };
    let mut later: BTreeMap<ActNo, String> = BTreeMap::new();
    let mut sentences = Vec::new();
    let mut draft = Draft::new(graph, asking);
    for seq in (head.first.0..=head.last.0).rev() {
        let Some(logged) = of_act(graph, Seq(seq), head.act.no)? else { continue };
        for (op, _) in logged.ops.iter().rev() {
            match inverse(&draft, &logged, op)? {
                Ok(ops) => ops.into_iter().try_for_each(|op| draft.grant(op))?,
                Err(stuck) => {
                    name_later(graph, &stuck, head, &mut later)?;
                    if sentences.len() < SAID_AT_MOST {
                        sentences.push(stuck.sentence);
                    }
                }
            }
        }
        // Of a very long act only one commit at a time is held: it seldom comes back to the same record.
        if head.act.total > HELD_AT_MOST {
            draft = Draft::new(graph, asking);
        }
        if sentences.len() >= SAID_AT_MOST {
            break;
        }
    }
    let found = later.into_iter().map(|(act, what)| Obstacle { act, what }).collect();
    Ok((found, sentences))
}

fn name_later(graph: &dyn Graph, stuck: &Stuck, head: &ActHead, later: &mut BTreeMap<ActNo, String>) -> Read<()> {
    let mut acts: Vec<ActNo> = Vec::new();
    for seq in graph.touched(stuck.of)?.into_iter().filter(|seq| *seq > head.last) {
        acts.extend(graph.logged(seq)?.map(|logged| logged.act));
    }
    if let Ref::Record(id) = stuck.of {
        acts.extend(graph.links(id, None)?.into_iter().map(|link| link.act).filter(|act| *act > head.act.no));
    }
    for act in acts {
        if let Some(found) = graph.act(act)?.filter(|found| found.undone_by.is_none()) {
            later.insert(act, found.act.what);
        }
    }
    Ok(())
}

/// The commit, if it is one of the act: others may stand between the commits of a long one.
pub(super) fn of_act(graph: &dyn Graph, seq: Seq, act: ActNo) -> Read<Option<Logged>> {
    Ok(graph.logged(seq)?.filter(|logged| logged.act == act))
}

/// Setting back needs the same permission as doing it (R6.2).
fn check_permission(draft: &Draft, op: &Op) -> Planned {
    let (id, verb) = match op {
        Op::Set { record, .. } => (*record, May::Edit),
        Op::Link(tie) | Op::Unlink(tie) => (tie.a, May::Edit),
        Op::Bin(Ref::Record(id)) | Op::Unbin(Ref::Record(id)) => (*id, May::Delete),
        Op::Setting { .. } => return permission::check_super_admin(draft),
        _ => return Ok(()),
    };
    let binned = || draft.binned(id).map(|found| found.map(|binned| binned.record));
    match draft.record(id)?.map_or_else(binned, |record| Ok(Some(record)))? {
        Some(record) => permission::check(draft, verb, &record),
        None => Ok(()),
    }
}

fn set_back(draft: &mut Draft, seq: Seq, act: ActNo) -> Planned<Vec<Ref>> {
    let Some(logged) = of_act(draft, seq, act)? else { return Ok(Vec::new()) };
    let mut refs = Vec::new();
    for (op, _) in logged.ops.iter().rev() {
        let ops = match inverse(draft, &logged, op)? {
            Ok(ops) => ops,
            Err(stuck) => return Err(NoPlan::Refused(Refusal::rule(7, 1, stuck.sentence))),
        };
        for op in ops {
            check_permission(draft, &op)?;
            refs.extend(crate::domain::change::subjects(&op));
            draft.grant(op)?;
        }
    }
    draft.skip_settling();
    refs.sort();
    refs.dedup();
    Ok(refs)
}

/// The ops that set one op back, or why they can't.
fn inverse(draft: &Draft, logged: &Logged, op: &LoggedOp) -> Back {
    let stuck = |of: Ref, why: &str| -> Back { Ok(Err(Stuck { of, sentence: format!("{} {why}", draft.name(of)?) })) };
    let one = |op: Op| Ok(Ok(vec![op]));
    match op {
        LoggedOp::Erased => Ok(Ok(Vec::new())),
        LoggedOp::Created(id) => uncreate(draft, *id, logged),
        LoggedOp::Linked(a, b) => match draft.tie_of(*a, *b)? {
            Some(tie) if leaves_no_primary(draft, &tie)? => stuck(Ref::Record(*a), "has later associations"),
            Some(tie) if tie.act == logged.act => one(Op::Unlink(Box::new(tie))),
            _ => stuck(Ref::Record(*a), "is not associated as it was"),
        },
        LoggedOp::Logged(id) => match draft.activity(*id)? {
            Some(_) => one(Op::Bin(Ref::Activity(*id))),
            None => stuck(Ref::Activity(*id), "is in the bin"),
        },
        LoggedOp::Whole(op) => inverse_of_whole(draft, op, &stuck),
    }
}

fn inverse_of_whole(draft: &Draft, op: &Op, stuck: &dyn Fn(Ref, &str) -> Back) -> Back {
    let one = |op: Op| Ok(Ok(vec![op]));
    match op {
        Op::Set { record: id, property, from, to } => match draft.record(*id)? {
            Some(record) if record.values.get(*property) == to.as_ref() => {
                one(Op::Set { record: *id, property: *property, from: to.clone(), to: from.clone() })
            }
            Some(_) => stuck(Ref::Record(*id), "was changed since"),
            None => stuck(Ref::Record(*id), "is not there any more"),
        },
        Op::Link(tie) => match draft.tie_of(tie.a, tie.b)? {
            Some(now) if leaves_no_primary(draft, &now)? => stuck(Ref::Record(tie.a), "has later associations"),
            Some(now) if now == **tie => one(Op::Unlink(tie.clone())),
            _ => stuck(Ref::Record(tie.a), "is not associated as it was"),
        },
        Op::Unlink(tie) => {
            // Its record may come back later in the same undo: the log has it before the ties.
            match draft.tie_of(tie.a, tie.b)? {
                None => one(Op::Link(tie.clone())),
                Some(_) => stuck(Ref::Record(tie.a), "was associated again since"),
            }
        }
        Op::Relabel { a, b, from, to } => match draft.tie_of(*a, *b)? {
            Some(tie) if tie.ends == *to => one(Op::Relabel { a: *a, b: *b, from: to.clone(), to: from.clone() }),
            _ => stuck(Ref::Record(*a), "has other labels since"),
        },
        Op::Attach { activity, target } => one(Op::Detach { activity: *activity, target: target.clone() }),
        Op::Detach { activity, target } => one(Op::Attach { activity: *activity, target: target.clone() }),
        Op::Bin(what) => unbin(draft, *what, stuck),
        Op::Unbin(what) if !is_there(draft, *what)? => stuck(*what, "is not there any more"),
        Op::Unbin(Ref::Record(id)) if !draft.links(*id, None)?.is_empty() || !draft.entries(*id)?.is_empty() => {
            stuck(Ref::Record(*id), "has associations or activities since")
        }
        Op::Unbin(what) => one(Op::Bin(*what)),
        Op::Setting { key, from, to } => {
            let settings = draft.settings();
            let back = settings.with(key, from.as_deref());
            let has_admin = back.users.iter().any(|user| user.super_admin && user.active);
            if settings.row(key).map(str::to_owned) == *to && has_admin {
                return one(Op::Setting { key: key.clone(), from: to.clone(), to: from.clone() });
            }
            Ok(Err(Stuck {
                of: Ref::Activity(crate::domain::id::ActivityId(uuid::Uuid::nil())),
                sentence: match has_admin {
                    true => format!("The setting {key} was changed since"),
                    false => "Somebody must stay Super Admin".to_owned(),
                },
            }))
        }
        Op::Create(_) | Op::Log(_) | Op::Erase(_) => Ok(Ok(Vec::new())),
    }
}

fn is_there(draft: &Draft, what: Ref) -> Read<bool> {
    Ok(match what {
        Ref::Record(id) => draft.record(id)?.is_some(),
        Ref::Activity(id) => draft.activity(id)?.is_some(),
    })
}

fn unbin(draft: &Draft, what: Ref, stuck: &dyn Fn(Ref, &str) -> Back) -> Back {
    let record = match what {
        Ref::Record(id) => draft.binned(id)?.map(|binned| binned.record),
        Ref::Activity(id) if draft.binned_activity(id)?.is_some() => return Ok(Ok(vec![Op::Unbin(what)])),
        Ref::Activity(_) => None,
    };
    let Some(record) = record else { return stuck(what, "is not in the bin any more") };
    let country = draft.settings().general.phone_country.clone();
    for key in crate::domain::graph::Key::of(&record, &country) {
        use crate::domain::graph::Key;
        if matches!(key, Key::Email(_) | Key::Domain(_)) && draft.find(&key)?.iter().any(|id| *id != record.id) {
            return stuck(what, "has an address that another record has by now");
        }
    }
    Ok(Ok(vec![Op::Unbin(what)]))
}

/// A record that was made goes to the bin, if nothing was built on it since.
fn uncreate(draft: &Draft, id: RecordId, logged: &Logged) -> Back {
    let sentence = |why: &str| -> Back {
        let of = Ref::Record(id);
        Ok(Err(Stuck { of, sentence: format!("{} {why}", draft.name(of)?) }))
    };
    if draft.record(id)?.is_none() {
        return sentence("is not there any more");
    }
    if draft.links(id, None)?.iter().any(|link| link.act != logged.act) {
        return sentence("was associated since");
    }
    for entry in draft.entries(id)? {
        if draft.activity(entry.id)?.is_some_and(|activity| activity.stamp.act != logged.act) {
            return sentence("has activities since");
        }
    }
    if changed_since(draft, id, logged)? {
        return sentence("was changed since");
    }
    Ok(Ok(vec![Op::Bin(Ref::Record(id))]))
}

/// Whether later acts left a value of the record other than the act that made it did.
fn changed_since(draft: &Draft, id: RecordId, made: &Logged) -> Read<bool> {
    let Some(record) = draft.record(id)? else { return Ok(true) };
    let mut first = BTreeMap::new();
    for seq in draft.touched(Ref::Record(id))? {
        let Some(logged) = draft.logged(seq)? else { continue };
        if logged.act == made.act {
            continue;
        }
        // From the last to the first: what stays is what the first later change found.
        for (op, _) in logged.ops.iter().rev() {
            if let LoggedOp::Whole(Op::Set { record, property, from, .. }) = op
                && *record == id
            {
                first.insert(*property, from.clone());
            }
        }
    }
    Ok(first.into_iter().any(|(property, was)| record.values.get(property) != was.as_ref()))
}

/// Undo runs no rules, so nobody would take over from a primary one (R5.4): what came after it stands in the way.
fn leaves_no_primary(draft: &Draft, tie: &Association) -> Read<bool> {
    for end in [tie.a, tie.b] {
        let far = tie.other(end);
        if tie.link_of(end).primary && draft.links(end, Some(far.object))?.len() > 1 {
            return Ok(true);
        }
    }
    Ok(false)
}
