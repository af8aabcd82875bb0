//! Events that were awaited (R4.1): they come to whoever gets the address or domain that they name, and tell nobody. With
//! a record that is erased goes what names it.

use super::targets;
use crate::domain::activity::Activity;
use crate::domain::change::{Op, Reason};
use crate::domain::event::Whom;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActivityId, Object, RecordId};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::rules::{Draft, NoPlan, Planned};
use std::collections::BTreeSet;

const WHY: &str = "the event awaited this address";

/// A contact or company that is made, or that gets another address.
pub(in crate::rules) fn joins(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    let id = match op {
        Op::Create(record) => record.id,
        Op::Set { record, property: is::EMAIL | is::EMAILS | is::DOMAIN | is::DOMAINS, to: Some(_), .. } => *record,
        _ => return Ok(Vec::new()),
    };
    Ok(coming(draft, id)?)
}

/// The same for one that comes back, where no rules run.
pub(in crate::rules) fn join(draft: &mut Draft, id: RecordId) -> Planned {
    for (op, why) in coming(draft, id)? {
        draft.push(op, why)?;
    }
    Ok(())
}

fn coming(draft: &Draft, id: RecordId) -> Read<Vec<(Op, Reason)>> {
    let mut ops = Vec::new();
    if !matches!(id.object, Object::CONTACT | Object::COMPANY) {
        return Ok(ops);
    }
    let Some(record) = draft.record(id)? else { return Ok(ops) };
    for whom in named_by(&record) {
        let mut events = draft.awaited(&whom)?;
        events.sort_unstable();
        for activity in events {
            for target in targets(draft, id, WHY)? {
                let why = target.why.clone();
                ops.push((Op::Attach { activity, target: Box::new(target) }, why));
            }
        }
    }
    Ok(ops)
}

/// What events name a record by.
fn named_by(record: &Record) -> Vec<Whom> {
    match record.id.object {
        Object::CONTACT => record.emails().map(|text| Whom::Email(text.to_lowercase())).collect(),
        Object::COMPANY => record.domains().map(|text| Whom::Domain(text.to_lowercase())).collect(),
        _ => Vec::new(),
    }
}

/// Events that name a record which is being erased, wherever they are: among its own, which may be on another record as
/// well, and among those that came when it lay in the bin.
pub(in crate::rules) fn forgotten(draft: &Draft, record: &Record, own: &[ActivityId]) -> Read<BTreeSet<ActivityId>> {
    let named = named_by(record);
    let names = |event: &Activity| event.whom().is_some_and(|whom| named.contains(whom));
    let mut found = BTreeSet::new();
    for whom in &named {
        found.extend(draft.awaited(whom)?);
    }
    for id in own {
        let event = draft.activity(*id)?.map_or_else(|| draft.binned_activity(*id), |found| Ok(Some(found)))?;
        found.extend(event.filter(names).map(|event| event.id));
    }
    Ok(found)
}
