//! Editing an activity, and putting it on records and taking it off by hand (R3.1, R3.15, R3.16).

use super::{check, limit};
use crate::domain::activity::{Activity, ActivityEdit, Details, Target};
use crate::domain::change::{Author, Op, Question, Reason, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{ActivityId, RecordId, Ref};
use crate::rules::permission::{self, Verb, Whole};
use crate::rules::record::existing;
use crate::rules::{Draft, Granted, Planned, event, merge, of_asker};

pub(in crate::rules) fn amend(
    draft: &mut Draft,
    id: ActivityId,
    edit: &ActivityEdit,
    attach: &[RecordId],
    detach: &[RecordId],
) -> Planned<Granted> {
    let activity = standing(draft, id)?;
    check_edit(draft, &activity)?;
    if activity.is_event() {
        return Err(event::read_only().into());
    }
    put(draft, &activity, edit)?;
    let mut left = activity.targets;
    for record in detach {
        let Some(at) = left.iter().position(|target| target.record == *record) else {
            let name = draft.name(Ref::Record(*record))?;
            return Err(Refusal::Missing(format!("It is not associated with {name}")).into());
        };
        let target = Box::new(left.remove(at));
        draft.kept_off.insert((id, *record));
        draft.grant(Op::Detach { activity: id, target })?;
    }
    for record in attach {
        permission::check(draft, Verb::View, &existing(draft, *record)?)?;
        if left.iter().any(|target| target.record == *record) {
            continue;
        }
        if let Some(sentence) = limit::in_the_way(draft, activity.kind, &left, *record) {
            return Err(Refusal::rule(3, 20, sentence).into());
        }
        let target = Target { record: *record, at: draft.asking.now, why: Reason::Asked };
        left.push(target.clone());
        draft.grant(Op::Attach { activity: id, target: Box::new(target) })?;
    }
    let name = draft.name(Ref::Activity(id))?;
    if left.is_empty() && !detach.is_empty() && !draft.agreed {
        return Err(Refusal::Needs(Question::Unassociated { activity: id, name }).into());
    }
    draft.settle()?;
    Ok(Granted::new(format!("Changed {name}"), vec![Ref::Activity(id)]))
}

/// Grants what differs.
pub(in crate::rules) fn put(draft: &mut Draft, activity: &Activity, edit: &ActivityEdit) -> Planned {
    let next = edited(draft, activity, edit)?;
    for (from, to) in activity.aspects().into_iter().zip(next.aspects()).filter(|(from, to)| from != to) {
        draft.grant(Op::Edit { activity: activity.id, from: Box::new(from), to: Box::new(to) })?;
    }
    Ok(())
}

/// The activity, or a sentence; one in the bin is said to be there.
pub(super) fn standing(draft: &Draft, id: ActivityId) -> Planned<Activity> {
    if let Some(activity) = draft.activity(id)? {
        return Ok(activity);
    }
    Err(Refusal::Missing(match draft.binned_activity(id)? {
        Some(_) => format!("{} is in the bin. Restore it first", draft.name(Ref::Activity(id))?),
        None => "That activity is not there".to_owned(),
    })
    .into())
}

/// Its author may, and whoever may edit the record that it was logged on (R6.4).
pub(in crate::rules) fn check_edit(draft: &Draft, activity: &Activity) -> Planned {
    if of_asker(draft, |_, user| activity.stamp.by == Author::User(user.id)).unwrap_or(true) {
        return Ok(());
    }
    match merge::home(draft, activity.home())? {
        Some(record) => permission::check(draft, Verb::Edit, &record),
        // What names nobody who is there is for those who make such records.
        None => activity.awaits().map_or(Ok(()), |whom| permission::check_whole(draft, Whole::Create, whom.object())),
    }
}

fn edited(draft: &Draft, activity: &Activity, edit: &ActivityEdit) -> Planned<Activity> {
    let mut next = activity.clone();
    if let Some(at) = edit.at {
        next.at = at;
    }
    if let Some(subject) = &edit.subject {
        subject.trim().clone_into(&mut next.subject);
    }
    if let Some(text) = &edit.text {
        text.trim().clone_into(&mut next.text);
    }
    if let Some(details) = &edit.details {
        next.details.clone_from(details);
    }
    match (&mut next.details, edit.done) {
        (Details::Task { done, .. }, Some(true)) => *done = done.or(Some(draft.asking.now)),
        (Details::Task { done, .. }, Some(false)) => *done = None,
        (_, Some(_)) => {
            let sentence = format!("Only tasks are done, and this is {}", activity.kind.row().one);
            return Err(Refusal::rule(3, 1, sentence).into());
        }
        (_, None) => {}
    }
    // A task without a due time stands where it was made.
    if let Details::Task { has_due: false, .. } = next.details {
        next.at = activity.stamp.at;
    }
    check::content(draft, next.kind, next.at, &next.details)?;
    check::texts(&next.subject, &next.text)?;
    Ok(next)
}
