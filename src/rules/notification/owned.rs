//! What is told to whoever owns something: a record or a task is theirs now, their record came to another stage.

use super::{Tellings, place};
use crate::domain::activity::{Activity, Aspect, Details};
use crate::domain::change::{Author, Op};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{PropertyId, RecordId, Ref, UserId};
use crate::domain::notification::Topic;
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::value::{Value, plain};
use crate::rules::draft::Telling;
use crate::rules::{Draft, NoPlan};
use std::collections::{BTreeMap, BTreeSet};

/// A value that the draft sets: what it was before, and what it was set to last.
struct Change<'a> {
    before: Option<&'a Value>,
    now: Option<&'a Value>,
}

/// Records whose value of a property the draft sets to another one. What a record begins with is a change from nothing.
fn changes<'d>(draft: &'d Draft, property: PropertyId) -> BTreeMap<RecordId, Change<'d>> {
    let mut changes: BTreeMap<RecordId, Change> = BTreeMap::new();
    for (op, _) in draft.ops() {
        match op {
            Op::Create(record) => {
                if let now @ Some(_) = record.values.get(property) {
                    changes.insert(record.id, Change { before: None, now });
                }
            }
            Op::Set { record, property: of, from, to } if *of == property => {
                let change = changes.entry(*record).or_insert(Change { before: from.as_ref(), now: None });
                change.now = to.as_ref();
            }
            _ => {}
        }
    }
    changes.retain(|_, change| change.before != change.now);
    changes
}

pub(super) fn record_assigned(draft: &Draft) -> Result<Tellings, NoPlan> {
    let mut told = Vec::new();
    for (id, change) in changes(draft, is::OWNER) {
        let owner = change.now.and_then(Value::as_user);
        let Some(owner) = owner.filter(|owner| draft.asking.by != Author::User(*owner)) else { continue };
        let Some(record) = draft.record(id)? else { continue };
        let (object, name) = (object(draft, id), record.name());
        let telling = Telling {
            about: Some(id.into()),
            title: format!("{} assigned you the {object} {name}", draft.who()),
            body: format!("{name} ({object})"),
            todo: "Open it and plan the next step.".to_owned(),
            why: format!("You own the {object} now."),
            ..Telling::default()
        };
        told.push((owner, Topic::RecordAssigned, telling));
    }
    Ok(told)
}

fn object(draft: &Draft, id: RecordId) -> String {
    draft.settings().object(id.object).map_or_else(|| "record".to_owned(), |spec| spec.singular.to_lowercase())
}

fn assignee(details: &Details) -> Option<UserId> {
    match details {
        Details::Task { assignee, done: None, .. } => *assignee,
        _ => None,
    }
}

pub(super) fn task_assigned(draft: &Draft) -> Result<Tellings, NoPlan> {
    let mut first = BTreeMap::new();
    for (op, _) in draft.ops() {
        match op {
            Op::Log(task) if task.is_task() => drop(first.insert(task.id, None)),
            Op::Edit { activity, from, .. } => {
                // Also of one that was done: opened again, it is still theirs.
                if let Aspect::Details(Details::Task { assignee, .. }) = from.as_ref() {
                    first.entry(*activity).or_insert(*assignee);
                }
            }
            _ => {}
        }
    }
    let mut told = Vec::new();
    for (id, before) in first {
        let Some(task) = draft.activity(id)? else { continue };
        if let Some(to) = assignee(&task.details).filter(|to| before != Some(*to)) {
            told.push((to, Topic::TaskAssigned, of_task(draft, to, &task)?));
        }
    }
    Ok(told)
}

fn of_task(draft: &Draft, to: UserId, task: &Activity) -> Read<Telling> {
    let about = place(draft, to, task)?;
    let name = if task.subject.is_empty() { "a task".to_owned() } else { task.subject.clone() };
    let on = match about {
        Ref::Record(id) => format!("{name}, on {}", draft.called(id)?),
        Ref::Activity(_) => name.clone(),
    };
    Ok(Telling {
        about: Some(about),
        also: vec![Ref::Activity(task.id)],
        title: format!("{} gave you the task {name}", draft.who()),
        body: on,
        todo: "It stands on your agenda: do it, or put it off.".to_owned(),
        why: "The task is yours now.".to_owned(),
        ..Telling::default()
    })
}

pub(super) fn stage_changed(draft: &Draft) -> Result<Tellings, NoPlan> {
    let mut told = Vec::new();
    for property in [is::STAGE, is::LIFECYCLE_STAGE] {
        for (id, change) in changes(draft, property) {
            if let Change { before: Some(from), now: Some(to) } = change
                && let Some(record) = draft.record(id)?
            {
                of_stage(draft, &record, property, (from, to), &mut told);
            }
        }
    }
    Ok(told)
}

fn of_stage(draft: &Draft, record: &Record, id: PropertyId, (from, to): (&Value, &Value), told: &mut Tellings) {
    let settings = draft.settings();
    let property = settings.object(record.id.object).and_then(|spec| spec.property(id));
    let Some(property) = property else { return };
    let (from, to) = (plain(property, from, &settings), plain(property, to, &settings));
    let owner = record.values.get(is::OWNER).and_then(Value::as_user);
    let users: BTreeSet<UserId> = record.followers().iter().copied().chain(owner).collect();
    let name = record.name();
    for user in users {
        let telling = Telling {
            about: Some(record.id.into()),
            title: format!("Moved to {to}: {name}"),
            body: format!("{name}: from {from} to {to}, by {}", draft.who()),
            todo: "Open it to see what comes next.".to_owned(),
            why: if owner == Some(user) { "You own it." } else { "You follow it." }.to_owned(),
            ..Telling::default()
        };
        told.push((user, Topic::StageChanged, telling));
    }
}
