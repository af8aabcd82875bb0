//! One activity on top of a record's timeline (R3.19): a value of the record, so that history, merge and undo know it.

use super::amend::standing;
use crate::domain::activity::{Activity, Target};
use crate::domain::change::{Op, Reason, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{ActivityId, RecordId, Ref};
use crate::domain::object::is;
use crate::domain::value::Value;
use crate::rules::permission::{self, Verb};
use crate::rules::record::existing;
use crate::rules::{Draft, Granted, NoPlan, Planned};

pub(in crate::rules) fn pin(draft: &mut Draft, id: RecordId, activity: Option<ActivityId>) -> Planned<Granted> {
    let record = existing(draft, id)?;
    permission::check(draft, Verb::Edit, &record)?;
    let name = record.name();
    let found = activity.map(|activity| standing(draft, activity)).transpose()?;
    if found.as_ref().is_some_and(Activity::is_event) {
        return Err(Refusal::rule(3, 19, "An event can't be pinned: only activities are").into());
    }
    if let Some(activity) = activity
        && found.is_some_and(|found| found.targets.iter().all(|target| target.record != id))
    {
        let what = draft.name(Ref::Activity(activity))?;
        return Err(Refusal::rule(3, 19, format!("{what} is not on the timeline of {name}. Associate it first")).into());
    }
    let (from, to) = (record.values.get(is::PINNED).cloned(), activity.map(|id| Value::text(id.0.to_string())));
    if from != to {
        draft.grant(Op::Set { record: id, property: is::PINNED, from, to })?;
    }
    let said = if activity.is_some() { "Pinned an activity of" } else { "Unpinned the activity of" };
    Ok(Granted::new(format!("{said} {name}"), vec![Ref::Record(id)]))
}

/// What is deleted or taken off a record is no longer on top of its timeline.
pub(in crate::rules) fn unpinned(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    let (activity, records, why) = match op {
        Op::Bin(Ref::Activity(id)) => {
            let targets = draft.binned_activity(*id)?.map(|activity| activity.targets).unwrap_or_default();
            (*id, targets.into_iter().map(|Target { record, .. }| record).collect(), "it was deleted")
        }
        Op::Detach { activity, target } => (*activity, vec![target.record], "it was taken off the record"),
        _ => return Ok(Vec::new()),
    };
    let mut ops = Vec::new();
    for id in records {
        if let Some(record) = draft.record(id)?
            && record.pinned() == Some(activity)
        {
            let from = record.values.get(is::PINNED).cloned();
            let unpin = Op::Set { record: id, property: is::PINNED, from, to: None };
            ops.push((unpin, Reason::rule(3, 19, format!("unpinned, since {why}"))));
        }
    }
    Ok(ops)
}
