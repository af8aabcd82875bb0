//! What is done with tasks and meetings, one or many: done, another time, an outcome (R3.1).

use super::amend::{check_edit, put, standing};
use crate::domain::activity::{Activity, ActivityEdit, Details, MeetingOutcome};
use crate::domain::agenda::Tending;
use crate::domain::change::{Refusal, counted_names};
use crate::domain::graph::Graph;
use crate::domain::id::{ActivityId, Ref};
use crate::domain::when::Clock;
use crate::rules::record::leave_out;
use crate::rules::{Draft, Granted, NoPlan, Planned};

/// Those that refuse are named, the others are tended; a single one refuses for all.
pub(in crate::rules) fn tend(draft: &mut Draft, what: &[ActivityId], how: Tending) -> Planned<Granted> {
    let clock = draft.settings().clock(draft.asking.now);
    let (mut names, mut refs) = (Vec::new(), Vec::new());
    for id in what {
        match tend_one(draft, *id, how, &clock) {
            Ok(()) => {
                names.push(draft.name(Ref::Activity(*id))?);
                refs.push(Ref::Activity(*id));
            }
            Err(NoPlan::Refused(refusal)) if what.len() > 1 => {
                let name = draft.name(Ref::Activity(*id))?;
                leave_out(draft, &name, &refusal);
            }
            Err(no) => return Err(no),
        }
    }
    draft.settle()?;
    Ok(Granted::new(how.said(&counted_names(&names), &clock), refs))
}

fn tend_one(draft: &mut Draft, id: ActivityId, how: Tending, clock: &Clock) -> Planned {
    let activity = standing(draft, id)?;
    check_edit(draft, &activity)?;
    put(draft, &activity, &edit(&activity, how, clock)?)
}

fn edit(activity: &Activity, how: Tending, clock: &Clock) -> Planned<ActivityEdit> {
    let due = how.due(activity, clock);
    let mut edit = ActivityEdit { at: due, ..ActivityEdit::default() };
    match (&activity.details, how) {
        (Details::Task { .. }, Tending::Done(done)) => edit.done = Some(done),
        (Details::Task { .. }, Tending::On(_) | Tending::At(_)) => {
            let mut details = activity.details.clone();
            if let Details::Task { has_due, .. } = &mut details {
                *has_due = true;
            }
            edit.details = Some(details);
        }
        (Details::Meeting { end, .. }, Tending::On(_) | Tending::At(_)) => {
            // It lasts as long as it would have.
            let moved = due.zip(*end).map(|(at, end)| end + (at - activity.at));
            edit.details = Some(with_end(activity, moved));
        }
        (Details::Meeting { .. }, Tending::Done(true)) => {
            edit.details = Some(with(activity, MeetingOutcome::Completed));
        }
        (Details::Meeting { .. }, Tending::Done(false)) => {
            edit.details = Some(with(activity, MeetingOutcome::Scheduled));
        }
        (Details::Meeting { .. }, Tending::Outcome(outcome)) => edit.details = Some(with(activity, outcome)),
        (Details::Task { .. }, Tending::Outcome(_)) => {
            return Err(Refusal::rule(3, 1, "A task has no outcome: it is done, or it is not").into());
        }
        _ => {
            let sentence = format!("{} is not planned: only tasks and meetings are", activity.kind.row().one);
            return Err(Refusal::rule(3, 1, sentence).into());
        }
    }
    Ok(edit)
}

fn with(meeting: &Activity, now: MeetingOutcome) -> Details {
    let mut details = meeting.details.clone();
    if let Details::Meeting { outcome, .. } = &mut details {
        *outcome = Some(now);
    }
    details
}

fn with_end(meeting: &Activity, moved: Option<chrono::DateTime<chrono::Utc>>) -> Details {
    let mut details = meeting.details.clone();
    if let Details::Meeting { end, .. } = &mut details {
        *end = moved;
    }
    details
}
