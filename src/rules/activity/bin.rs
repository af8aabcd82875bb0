//! Activities into the bin and out of it (R5.9): by themselves, or along with their only record.

use super::amend::{check_edit, standing};
use crate::domain::activity::Target;
use crate::domain::change::{Op, Reason, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{ActivityId, Ref};
use crate::domain::merge::successor;
use crate::rules::{Draft, NoPlan, Planned, bin, event};

pub(in crate::rules) fn delete(draft: &mut Draft, id: ActivityId) -> Planned {
    let activity = standing(draft, id)?;
    check_edit(draft, &activity)?;
    draft.grant(Op::Bin(Ref::Activity(id)))?;
    Ok(())
}

/// Out of the bin. A record of it that was merged meanwhile is followed, one that was erased is gone from it too.
pub(in crate::rules) fn restore(draft: &mut Draft, id: ActivityId) -> Planned {
    let name = draft.name(Ref::Activity(id))?;
    let activity = draft.binned_activity(id)?.ok_or_else(|| bin::not_in_bin(&name))?;
    check_edit(draft, &activity)?;
    draft.grant(Op::Unbin(Ref::Activity(id)))?;
    // Whoever it awaited may be there by now.
    if let Some(whom) = activity.awaits()
        && let Some(record) = draft.find(&whom.key())?.first().copied()
    {
        event::join(draft, record)?;
    }
    let mut in_bin = None;
    let mut stands = activity.targets.is_empty();
    for target in &activity.targets {
        if draft.record(target.record)?.is_some() {
            stands = true;
            continue;
        }
        let follows = successor(draft, target.record)?;
        if follows.is_none() && draft.binned(target.record)?.is_some() {
            in_bin = Some(target.record);
            continue;
        }
        if let Some(record) = follows {
            stands = true;
            if activity.targets.iter().all(|own| own.record != record) {
                let target = Box::new(Target { record, ..target.clone() });
                draft.grant(Op::Attach { activity: id, target })?;
            }
        }
        draft.grant(Op::Detach { activity: id, target: Box::new(target.clone()) })?;
    }
    if let (false, Some(record)) = (stands, in_bin) {
        let record = draft.name(Ref::Record(record))?;
        let sentence = format!("{name} was with {record}, which is in the bin. Restore that first");
        return Err(Refusal::rule(5, 9, sentence).into());
    }
    Ok(())
}

/// An activity whose only record goes, goes along. One that is taken off a record that stays was let to (R3.16).
pub(in crate::rules) fn lonely_goes_along(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    let Op::Detach { activity: id, target } = op else { return Ok(Vec::new()) };
    if draft.record(target.record)?.is_some() {
        return Ok(Vec::new());
    }
    Ok(match draft.activity(*id)? {
        Some(activity) if activity.targets.is_empty() => {
            vec![(Op::Bin(Ref::Activity(*id)), Reason::rule(5, 9, "its only record went to the bin"))]
        }
        _ => Vec::new(),
    })
}
