//! Activities of a contact also come to its open leads, where that is switched on (R1.10).

use super::limit;
use crate::domain::activity::Target;
use crate::domain::change::{Op, Reason, Verb};
use crate::domain::graph::{Graph, LoggedOp, Read};
use crate::domain::id::{ActivityId, Object, RecordId};
use crate::domain::logging::{Aimed, Aims};
use crate::rules::{Draft, NoPlan, ownership};

/// Adds the open leads of the contacts that an activity is about to go to.
pub(super) fn along(draft: &Draft, on: RecordId, aims: &mut Aims) -> Read<()> {
    if !draft.settings().leads.sync_activities {
        return Ok(());
    }
    let contacts: Vec<RecordId> = std::iter::once(on).chain(aims.records.iter().map(|aimed| aimed.record)).collect();
    for contact in contacts {
        aims.records.extend(open_of(draft, contact)?.into_iter().map(|record| Aimed { record, why: why() }));
    }
    Ok(())
}

/// The same for an activity that comes to a contact later. What was taken off by hand stays so (R3.15), what only moves
/// with a record that it was on already comes to nobody.
pub(in crate::rules) fn reach(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    let (id, contacts) = match op {
        _ if !draft.settings().leads.sync_activities => return Ok(Vec::new()),
        Op::Log(activity) if !activity.is_event() => {
            (activity.id, activity.targets.iter().map(|target| target.record).collect())
        }
        Op::Attach { activity, target } if target.at == draft.asking.now => (*activity, vec![target.record]),
        _ => return Ok(Vec::new()),
    };
    // An event is no activity (R4.1).
    let Some(activity) = draft.activity(id)?.filter(|found| !found.is_event()) else { return Ok(Vec::new()) };
    let (mut beside, mut ops) = (activity.targets, Vec::new());
    for contact in contacts {
        for lead in open_of(draft, contact)? {
            let has_it = beside.iter().any(|target| target.record == lead);
            if has_it
                || limit::in_the_way(draft, activity.kind, &beside, lead).is_some()
                || was_taken_off(draft, id, lead)?
            {
                continue;
            }
            let target = Target { record: lead, at: draft.asking.now, why: why() };
            beside.push(target.clone());
            ops.push((Op::Attach { activity: id, target: Box::new(target) }, why()));
        }
    }
    Ok(ops)
}

fn why() -> Reason {
    Reason::rule(1, 10, "activity of the lead's contact")
}

fn open_of(draft: &Draft, contact: RecordId) -> Read<Vec<RecordId>> {
    let mut open = Vec::new();
    if contact.object == Object::CONTACT {
        for link in draft.links(contact, Some(Object::LEAD))? {
            open.extend(ownership::open(draft, link.other)?.map(|lead| lead.id));
        }
    }
    Ok(open)
}

/// Whether somebody took the lead off the activity, now or before, and nobody put it on since.
fn was_taken_off(draft: &Draft, id: ActivityId, lead: RecordId) -> Read<bool> {
    if draft.kept_off.contains(&(id, lead)) {
        return Ok(true);
    }
    let base = draft.base();
    for seq in base.touched(id.into())? {
        let Some(logged) = base.logged(seq)? else { continue };
        for (op, why) in logged.ops.iter().rev() {
            match op {
                LoggedOp::Whole(Op::Attach { activity, target }) if (*activity, target.record) == (id, lead) => {
                    return Ok(false);
                }
                LoggedOp::Whole(Op::Detach { activity, target }) if (*activity, target.record) == (id, lead) => {
                    // Where putting it on was undone, nobody took it off.
                    let is_undo = base.act(logged.act)?.is_some_and(|head| matches!(head.act.verb, Verb::Undid(_)));
                    return Ok(*why == Reason::Asked && !is_undo);
                }
                _ => {}
            }
        }
    }
    Ok(false)
}
