//! What happened to a record or an activity, read off the log and off what still stands (R7.4).

use crate::domain::activity::{Activity, Target};
use crate::domain::answer::{HistoryEntry, HistoryWhat, Seen};
use crate::domain::association::{Association, Ends, Link};
use crate::domain::change::{ActHead, Op, Origin, Reason};
use crate::domain::graph::{Graph, LoggedOp, Read};
use crate::domain::id::{ActivityId, PropertyId, RecordId, Ref};
use crate::domain::logging::fields::differences;
use crate::domain::object::is;
use crate::domain::record::Stamp;
use crate::domain::registration::registrations_in;
use crate::domain::value::Value;
use std::cmp::Reverse;
use uuid::Uuid;

/// The history of a record or activity, newest first. Values at creation are not repeated: what a property held first
/// is the `old` of its first change, or what it holds now.
pub fn history(graph: &dyn Graph, of: Ref) -> Read<Vec<HistoryEntry>> {
    let mut entries = Vec::new();
    // Of an activity, what put it on records and took it off, the last one first.
    let mut changes = Vec::new();
    for seq in graph.touched(of)? {
        let Some(logged) = graph.logged(seq)? else { continue };
        let Some(head) = graph.act(logged.act)? else { continue };
        for (op, why) in logged.ops.into_iter().rev() {
            if let LoggedOp::Whole(op @ (Op::Attach { activity, .. } | Op::Detach { activity, .. })) = &op
                && of == Ref::Activity(*activity)
            {
                changes.push(op.clone());
            }
            push_op(&mut entries, of, op, &head, why);
        }
    }
    match of {
        Ref::Record(id) => push_standing(&mut entries, graph, id)?,
        Ref::Activity(id) => {
            let activity = graph.activity(id)?.map_or_else(|| graph.binned_activity(id), |found| Ok(Some(found)))?;
            if let Some(activity) = activity {
                let Stamp { at, by, origin, act } = activity.stamp.clone();
                push_targets(&mut entries, activity, &changes);
                entries.push(HistoryEntry { at, by, origin, act, what: HistoryWhat::Created, why: Reason::Asked });
            }
        }
    }
    entries.sort_by_key(|entry| Reverse((entry.act, entry.at)));
    tell_as_made(&mut entries);
    Ok(entries)
}

/// What other entries tell of.
const UNTOLD: &[PropertyId] = &[is::MERGED_INTO, is::STAGE_ENTERED, is::STAGE_VISITS, is::BOARD_PLACE];

fn push_op(entries: &mut Vec<HistoryEntry>, of: Ref, op: LoggedOp, head: &ActHead, why: Reason) {
    let mut push = |what, why| {
        let act = &head.act;
        entries.push(HistoryEntry { at: act.at, by: act.by, origin: act.origin, act: act.no, what, why });
    };
    let LoggedOp::Whole(op) = op else { return };
    match (op, of) {
        // A merge tells of itself as the act that deleted, a change of the stage of what goes with it.
        (Op::Set { property, .. }, _) if UNTOLD.contains(&property) => {}
        (Op::Set { record, property: is::PINNED, to, .. }, Ref::Record(id)) if record == id => {
            push(HistoryWhat::Pinned(to.as_ref().and_then(activity_named)), why);
        }
        (Op::Set { record, property: is::REGISTRATIONS, from, to }, Ref::Record(id)) if record == id => {
            let (old, new) = (registrations_in(from.as_ref()), registrations_in(to.as_ref()));
            push(HistoryWhat::Registered { old, new }, why);
        }
        (Op::Set { record, property: is::FOLLOWERS, from, to }, Ref::Record(id)) if record == id => {
            push(HistoryWhat::Followed(followers(from.as_ref()) < followers(to.as_ref())), why);
        }
        (Op::Edit { activity, from, to }, Ref::Activity(id)) if activity == id => {
            for (field, old, new) in differences(&from, &to) {
                push(HistoryWhat::Edited { field: field.to_owned(), old, new }, why.clone());
            }
        }
        (Op::Set { record, property, from, to }, Ref::Record(id)) if record == id => {
            push(HistoryWhat::Changed { property, old: from, new: to }, why);
        }
        (Op::Unlink(tie), Ref::Record(id)) if concerns(&tie, id) => {
            push(HistoryWhat::Dissociated { from: tie.other(id) }, why);
            entries.push(associated(tie.link_of(id), head.act.origin));
        }
        (Op::Relabel { a, b, from, to }, Ref::Record(id)) if a == id || b == id => {
            let (old, new) = (seen(&from, a == id), seen(&to, a == id));
            // A mark of the other end is nothing to this one.
            if old != new {
                push(HistoryWhat::Relabelled { with: if a == id { b } else { a }, old, new }, why);
            }
        }
        (Op::Attach { activity, target }, Ref::Activity(id)) if activity == id => {
            push(HistoryWhat::Associated { with: target.record, seen: Seen::default() }, target.why);
        }
        (Op::Detach { activity, target }, Ref::Activity(id)) if activity == id => {
            push(HistoryWhat::Dissociated { from: target.record }, why);
        }
        (Op::Bin(what), _) if what == of => push(HistoryWhat::Deleted, why),
        (Op::Unbin(what), _) if what == of => push(HistoryWhat::Restored, why),
        _ => {}
    }
}

fn activity_named(pin: &Value) -> Option<ActivityId> {
    pin.as_text().and_then(|text| Uuid::try_parse(text).ok()).map(ActivityId)
}

fn followers(value: Option<&Value>) -> usize {
    value.map_or(0, |value| value.as_users().len())
}

fn concerns(tie: &Association, id: RecordId) -> bool {
    tie.a == id || tie.b == id
}

fn associated(link: Link, origin: Origin) -> HistoryEntry {
    let what = HistoryWhat::Associated { with: link.other, seen: Seen::of(&link) };
    HistoryEntry { at: link.since, by: link.by, origin, act: link.act, what, why: link.why }
}

fn seen(ends: &Ends, from_a: bool) -> Seen {
    Seen { labels: ends.labels_of(from_a), primary: if from_a { ends.b_primary_for_a } else { ends.a_primary_for_b } }
}

/// An association is told as it was made: what the first change of it found.
fn tell_as_made(entries: &mut [HistoryEntry]) {
    for at in 0..entries.len() {
        let (later, rest) = entries.split_at_mut(at);
        let Some(HistoryWhat::Associated { with, seen }) = rest.first_mut().map(|entry| &mut entry.what) else {
            continue;
        };
        for entry in later.iter().rev() {
            match &entry.what {
                HistoryWhat::Relabelled { with: other, old, .. } if other == with => {
                    seen.clone_from(old);
                    break;
                }
                HistoryWhat::Dissociated { from } if from == with => break,
                _ => {}
            }
        }
    }
}

/// The associations that an activity was logged with (R3.18): those that it has, but for what the log says came and
/// went since.
fn push_targets(entries: &mut Vec<HistoryEntry>, activity: Activity, changes: &[Op]) {
    let mut at_first = activity.targets;
    for op in changes {
        match op {
            Op::Attach { target, .. } => at_first.retain(|own| own.record != target.record),
            Op::Detach { target, .. } => at_first.push(target.as_ref().clone()),
            _ => {}
        }
    }
    let stamp = &activity.stamp;
    entries.extend(at_first.into_iter().map(|target: Target| HistoryEntry {
        at: target.at,
        by: stamp.by,
        origin: stamp.origin,
        act: stamp.act,
        what: HistoryWhat::Associated { with: target.record, seen: Seen::default() },
        why: target.why,
    }));
}

/// Creation and the ties that still stand: they carry their own who and when.
fn push_standing(entries: &mut Vec<HistoryEntry>, graph: &dyn Graph, id: RecordId) -> Read<()> {
    let binned = || graph.binned(id).map(|found| found.map(|binned| binned.record));
    let Some(record) = graph.record(id)?.map_or_else(binned, |record| Ok(Some(record)))? else { return Ok(()) };
    for link in graph.links(id, None)? {
        let origin = graph.act(link.act)?.map_or(record.created.origin, |head| head.act.origin);
        entries.push(associated(link, origin));
    }
    let created = &record.created;
    entries.push(HistoryEntry {
        at: created.at,
        by: created.by,
        origin: created.origin,
        act: created.act,
        what: HistoryWhat::Created,
        why: Reason::Asked,
    });
    Ok(())
}
