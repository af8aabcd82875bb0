//! Leads that move on by what happens with them (R2.16): the owner's first outreach, an answer to it. Never back.

use super::{Draft, NoPlan, moving, ownership};
use crate::domain::activity::{Activity, Aspect, CallOutcome, Details, Direction, MeetingOutcome};
use crate::domain::change::{Author, Op, Reason};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, OptionId, RecordId};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::settings::MovingOn;
use crate::domain::value::Value;
use std::collections::BTreeSet;

/// What an activity means for a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Somebody went out to reach it.
    Outreach,
    /// It answered if it was reached out to before.
    Reply,
    /// They spoke to each other.
    Answer,
}

pub(super) fn moves_on(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    if draft.settings().leads.stage_automation.is_empty() {
        return Ok(Vec::new());
    }
    let Some((activity, records)) = happened(op, draft)? else { return Ok(Vec::new()) };
    let Some(sign) = sign(&activity.details) else { return Ok(Vec::new()) };
    // Two records of one activity can be of one lead, which moves once.
    let mut concerned = BTreeSet::new();
    for of in records {
        concerned.extend(leads(draft, of)?);
    }
    let mut ops = Vec::new();
    for lead in concerned {
        let Some(lead) = ownership::open(draft, lead)? else { continue };
        if let Some((stage, why)) = next(draft, &lead, &activity, sign)? {
            ops.extend(into(draft, &lead, stage, why));
        }
    }
    Ok(ops)
}

/// The activity that came to records with this op, and those; of one that is another now, all of its records. What only
/// moves with a record that it was on already is no news.
fn happened(op: &Op, draft: &Draft) -> Read<Option<(Activity, Vec<RecordId>)>> {
    let id = match op {
        Op::Log(activity) => activity.id,
        Op::Attach { activity, target } if target.at == draft.asking.now => *activity,
        Op::Edit { activity, from, to } => match (from.as_ref(), to.as_ref()) {
            (Aspect::Details(from), Aspect::Details(to)) if sign(from) != sign(to) => *activity,
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    let Some(activity) = draft.activity(id)? else { return Ok(None) };
    let records = match op {
        Op::Attach { target, .. } => vec![target.record],
        _ => activity.targets.iter().map(|target| target.record).collect(),
    };
    Ok(Some((activity, records)))
}

fn sign(details: &Details) -> Option<Sign> {
    match details {
        Details::Call { outcome: Some(CallOutcome::Connected), .. }
        | Details::Meeting { outcome: Some(MeetingOutcome::Completed), .. } => Some(Sign::Answer),
        Details::Email { direction: Direction::In, .. } | Details::Message { direction: Direction::In, .. } => {
            Some(Sign::Reply)
        }
        Details::Call { direction: Direction::Out, .. }
        | Details::Email { direction: Direction::Out, .. }
        | Details::Message { direction: Direction::Out, .. } => Some(Sign::Outreach),
        _ => None,
    }
}

/// The leads that something with a record is about: the lead itself, those whose primary contact it is.
fn leads(draft: &Draft, of: RecordId) -> Read<Vec<RecordId>> {
    match of.object {
        Object::LEAD => Ok(vec![of]),
        Object::CONTACT => {
            let mut leads = Vec::new();
            for link in draft.links(of, Some(Object::LEAD))? {
                if Graph::link(draft, link.other, of)?.is_some_and(|back| back.primary) {
                    leads.push(link.other);
                }
            }
            Ok(leads)
        }
        _ => Ok(Vec::new()),
    }
}

/// The stage that a lead moves on to, and why.
fn next(draft: &Draft, lead: &Record, activity: &Activity, sign: Sign) -> Read<Option<(OptionId, &'static str)>> {
    let settings = draft.settings();
    let option = |id| lead.values.get(id).and_then(Value::as_option);
    let moving = option(is::PIPELINE).and_then(|pipeline| settings.moving_on(pipeline));
    let (Some(MovingOn { pipeline, outreach, answer }), Some(stage)) = (moving, option(is::STAGE)) else {
        return Ok(None);
    };
    let place = |id| pipeline.stages.iter().position(|own| own.id == id);
    let is_before = |to| place(stage) < place(to);
    Ok(match sign {
        Sign::Outreach => {
            let owner = lead.values.get(is::OWNER).and_then(Value::as_user);
            let is_owners = owner.is_some_and(|owner| activity.stamp.by == Author::User(owner));
            (is_owners && place(stage) == Some(0) && is_before(outreach.id))
                .then_some((outreach.id, "the lead's owner reached out to it"))
        }
        Sign::Answer if is_before(answer.id) => Some((answer.id, "there was a conversation with the lead")),
        Sign::Reply if is_before(answer.id) && was_reached(draft, lead.id, activity)? => {
            Some((answer.id, "the lead replied"))
        }
        Sign::Answer | Sign::Reply => None,
    })
}

/// Whether somebody had reached out to the lead, or to its primary contact, when the activity came in.
fn was_reached(draft: &Draft, lead: RecordId, reply: &Activity) -> Read<bool> {
    let contact = draft.links(lead, Some(Object::CONTACT))?.into_iter().find(|link| link.primary);
    for of in std::iter::once(lead).chain(contact.map(|link| link.other)) {
        let before = draft.entries(of)?;
        if before.iter().any(|entry| entry.direction == Some(Direction::Out) && entry.at <= reply.at) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The lead in its new stage, and what it keeps of the change.
fn into(draft: &Draft, lead: &Record, stage: OptionId, why: &str) -> Vec<(Op, Reason)> {
    let mut next = lead.clone();
    next.values.put(is::STAGE, Some(Value::Option(stage)));
    moving::stamp(draft, lead, &mut next);
    let mut ops = Vec::new();
    for property in [is::STAGE, is::STAGE_VISITS, is::STAGE_ENTERED, is::BOARD_PLACE] {
        let (from, to) = (lead.values.get(property).cloned(), next.values.get(property).cloned());
        if from != to {
            ops.push((Op::Set { record: lead.id, property, from, to }, Reason::rule(2, 16, why)));
        }
    }
    ops
}
