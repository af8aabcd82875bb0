//! Setting acts back (R7.1, R7.2): the ops of the log read backwards, if everything still has the value they gave.

mod inverse;

use super::permission::{self, Verb as May};
use super::{Draft, Granted, NoPlan, Planned, activity, association, event, mapping, view};
use crate::domain::change::{ActHead, Author, Op, Refusal, Verb};
use crate::domain::graph::{Graph, Logged, Read};
use crate::domain::id::{ActNo, NoIds, RecordId, Ref, Seq};
use crate::domain::label::LABELS;
use crate::domain::mapping::MAPPINGS;
use crate::domain::object::is;
use crate::domain::pipeline::{PIPELINES, Pipeline};
use crate::domain::settings::{Spec, object_of_key, owner_of_key, property_of_key};
use crate::domain::sight::what_of;
use crate::domain::user::Right;
use crate::domain::view::VIEWS;
use inverse::{Stuck, inverse};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A later act that stands in the way of an undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    pub act: ActNo,
    pub what: String,
}

pub(super) fn whole(draft: &mut Draft, act: ActNo, verb: Verb) -> Planned<Granted> {
    let head = undoable(draft, act)?;
    let verb = match head.act.verb {
        Verb::Undid(other) if head.act.finished => Verb::Redid(other),
        Verb::Redid(other) if head.act.finished => Verb::Undid(other),
        // An undo that was broken off left the other act as it was: only it is set back itself.
        _ => verb,
    };
    let refs = set_back_all(draft, &head)?;
    Ok(Granted { verb, ..Granted::new(said(verb, &head), refs) })
}

pub(super) fn redo(draft: &mut Draft, act: ActNo) -> Planned<Granted> {
    let head = draft.act(act)?.ok_or_else(|| missing(act))?;
    let undone_by = head.undone_by.ok_or_else(|| Refusal::rule(7, 2, format!("Act {act} is not undone")))?;
    let undo = draft.act(undone_by)?.ok_or_else(|| missing(undone_by))?;
    let (verb, refs) = (Verb::Redid(act), set_back_all(draft, &undo)?);
    Ok(Granted { verb, ..Granted::new(said(verb, &head), refs) })
}

/// One commit of a long act.
pub(super) fn one_commit(draft: &mut Draft, seq: Seq, act: ActNo, verb: Verb) -> Planned<Granted> {
    let mut granted = Granted::new(String::new(), Vec::new());
    granted.verb = verb;
    granted.refs = set_back(draft, seq, act)?;
    check_ties(draft)?;
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

/// Every commit of an act. Where one can't be set back, all that stands in the way is named.
fn set_back_all(draft: &mut Draft, head: &ActHead) -> Planned<Vec<Ref>> {
    let mut back = || {
        let mut refs = Vec::new();
        for seq in (head.first.0..=head.last.0).rev() {
            refs.extend(set_back(draft, Seq(seq), head.act.no)?);
        }
        check_ties(draft)?;
        Ok(refs)
    };
    let refs = back();
    if let Err(NoPlan::Refused(_)) = &refs {
        refuse_obstacles(draft.base(), head, draft.asking.by)?;
    }
    refs
}

fn check_ties(draft: &Draft) -> Planned {
    match association::flaw(draft)? {
        Some((_, sentence)) => Err(Refusal::rule(7, 1, sentence).into()),
        None => Ok(()),
    }
}

fn refuse_obstacles(graph: &dyn Graph, head: &ActHead, by: Author) -> Planned {
    let (found, sentences) = obstacles(graph, head, by)?;
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

/// Records of an act up to which all of it is looked at in one draft.
const HELD_AT_MOST: u64 = 50_000;
/// How many sentences are enough to explain a refusal.
const SAID_AT_MOST: usize = 3;

/// The later acts that stand in the way of undoing an act, by names that whoever asks may know; none: it can be undone.
pub fn obstacles(graph: &dyn Graph, head: &ActHead, by: Author) -> Read<(Vec<Obstacle>, Vec<String>)> {
    obstacles_holding(HELD_AT_MOST, graph, head, by)
}

/// The same, with an act of more than `most` records looked at commit by commit.
pub fn obstacles_holding(
    most: u64,
    graph: &dyn Graph,
    head: &ActHead,
    by: Author,
) -> Read<(Vec<Obstacle>, Vec<String>)> {
    let asking = super::Asking { by, origin: head.act.origin, now: head.act.at, act: ActNo(u64::MAX) };
    let mut later: BTreeMap<ActNo, String> = BTreeMap::new();
    let mut sentences = Vec::new();
    let mut draft = Draft::new(graph, asking, NoIds);
    for seq in (head.first.0..=head.last.0).rev() {
        let Some(logged) = of_act(graph, Seq(seq), head.act.no)? else { continue };
        for (op, _) in logged.ops.iter().rev() {
            match inverse(&draft, &logged, op)? {
                Ok(ops) => ops.into_iter().try_for_each(|op| draft.grant(op))?,
                Err(stuck) => {
                    name_later(&draft, &stuck, head, &mut later)?;
                    if sentences.len() < SAID_AT_MOST {
                        sentences.push(stuck.sentence);
                    }
                }
            }
        }
        // Of a very long act only one commit at a time is held: it seldom comes back to the same record.
        if head.act.total > most {
            look_at_ties(&draft, head, &mut later, &mut sentences)?;
            draft = draft.begun_anew();
        }
        if sentences.len() >= SAID_AT_MOST {
            break;
        }
    }
    if sentences.is_empty() {
        look_at_ties(&draft, head, &mut later, &mut sentences)?;
    }
    let found = later.into_iter().map(|(act, what)| Obstacle { act, what }).collect();
    Ok((found, sentences))
}

/// What is tied as it was must also go with what came since.
fn look_at_ties(
    draft: &Draft,
    head: &ActHead,
    later: &mut BTreeMap<ActNo, String>,
    sentences: &mut Vec<String>,
) -> Read<()> {
    if let Some((id, sentence)) = association::flaw(draft)? {
        name_later(draft, &Stuck { of: Ref::Record(id), sentence: sentence.clone() }, head, later)?;
        sentences.push(sentence);
    }
    Ok(())
}

fn name_later(draft: &Draft, stuck: &Stuck, head: &ActHead, later: &mut BTreeMap<ActNo, String>) -> Read<()> {
    let (graph, viewer) = (draft.base(), draft.viewer());
    let mut acts: Vec<ActNo> = Vec::new();
    for seq in graph.touched(stuck.of)?.into_iter().filter(|seq| *seq > head.last) {
        acts.extend(graph.logged(seq)?.map(|logged| logged.act));
    }
    if let Ref::Record(id) = stuck.of {
        let made = graph.record(id)?.map(|record| record.created.act);
        acts.extend(made.filter(|act| *act > head.act.no));
        acts.extend(graph.links(id, None)?.into_iter().map(|link| link.act).filter(|act| *act > head.act.no));
    }
    for act in acts {
        if let Some(found) = graph.act(act)?.filter(|found| found.undone_by.is_none()) {
            later.insert(act, what_of(graph, &viewer, &found)?);
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
    let check = |id: RecordId, verb| {
        let binned = || draft.binned(id).map(|found| found.map(|binned| binned.record));
        match draft.record(id)?.map_or_else(binned, |record| Ok(Some(record)))? {
            Some(record) => permission::check(draft, verb, &record),
            None => Ok(()),
        }
    };
    let (id, verb) = match op {
        Op::Set { record, property: is::FOLLOWERS, .. } => (*record, May::View),
        Op::Set { record, .. } => (*record, May::Edit),
        // An association is made from either of its records.
        Op::Link(tie) | Op::Unlink(tie) => return check(tie.a, May::Edit).or_else(|_| check(tie.b, May::Edit)),
        Op::Relabel { a, b, .. } => return check(*a, May::Edit).or_else(|_| check(*b, May::Edit)),
        Op::Bin(Ref::Record(id)) | Op::Unbin(Ref::Record(id)) => (*id, May::Delete),
        Op::Setting { key, to, .. } if key.starts_with(VIEWS) => return view::check_back(draft, key, to.as_deref()),
        Op::Setting { key, to, .. } if key.starts_with(MAPPINGS) => {
            return mapping::check_back(draft, key, to.as_deref());
        }
        // Whoever ticked a box unticks it.
        Op::Setting { key, .. } if owner_of_key(key).is_some_and(|user| draft.asking.by == Author::User(user)) => {
            return Ok(());
        }
        Op::Setting { key, to, .. } => return permission::check_right(draft, right_to(key, to.as_deref())),
        Op::Edit { activity: id, .. } | Op::Bin(Ref::Activity(id)) => {
            return draft.activity(*id)?.map_or(Ok(()), |found| activity::check_edit(draft, &found));
        }
        _ => return Ok(()),
    };
    check(id, verb)
}

/// What it takes to put a row of the settings back.
fn right_to(key: &str, row: Option<&str>) -> Right {
    let pipeline = || row.and_then(|row| serde_json::from_str::<Pipeline>(row).ok());
    if let Some((object, _)) = property_of_key(key) {
        return Right::to_shape(object);
    }
    if key.starts_with(PIPELINES) {
        return pipeline().map_or(Right::PropertySettings, |pipeline| Right::to_shape(pipeline.object));
    }
    // What objects are and how they hang together.
    if object_of_key(key).is_some() || key.starts_with(LABELS) {
        return Right::PropertySettings;
    }
    Spec::of(key).map_or(Right::SuperAdmin, Spec::right)
}

fn set_back(draft: &mut Draft, seq: Seq, act: ActNo) -> Planned<Vec<Ref>> {
    let Some(logged) = of_act(draft, seq, act)? else { return Ok(Vec::new()) };
    let (mut refs, mut back) = (Vec::new(), Vec::new());
    for (op, _) in logged.ops.iter().rev() {
        let ops = match inverse(draft, &logged, op)? {
            Ok(ops) => ops,
            Err(stuck) => return Err(NoPlan::Refused(Refusal::rule(7, 1, stuck.sentence))),
        };
        for op in ops {
            check_permission(draft, &op)?;
            refs.extend(crate::domain::change::subjects(&op));
            back.extend(if let Op::Unbin(Ref::Record(id)) = &op { Some(*id) } else { None });
            draft.grant(op)?;
        }
    }
    // What came for it meanwhile waited for that.
    back.into_iter().try_for_each(|id| event::join(draft, id))?;
    draft.skip_settling();
    refs.sort();
    refs.dedup();
    Ok(refs)
}
