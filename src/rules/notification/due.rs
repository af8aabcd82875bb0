//! What is told at its own moment (R4.12): a task that falls due, once for each time that it is due at, and an import
//! that has come to its end.

use super::place;
use crate::domain::activity::{Activity, Details};
use crate::domain::change::{Author, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{ActivityId, Ref, UserId};
use crate::domain::notification::Topic;
use crate::domain::when::moment_long;
use crate::rules::draft::Telling;
use crate::rules::{Draft, Granted, Planned};

/// Of the program only: it tells whoever is to do these tasks that their time has come, if it has.
pub(in crate::rules) fn fall_due(draft: &mut Draft, tasks: &[ActivityId]) -> Planned<Granted> {
    if draft.asking.by != Author::Program {
        return Err(Refusal::Missing("What falls due is told by the program itself".to_owned()).into());
    }
    let mut refs = Vec::new();
    for id in tasks {
        let Some(task) = draft.activity(*id)? else { continue };
        if let Details::Task { has_due: true, done: None, assignee: Some(to), .. } = task.details
            && task.at <= draft.asking.now
        {
            tell(draft, to, &task)?;
            refs.push(Ref::Activity(*id));
        }
    }
    let what = match refs.len() {
        1 => "Told of a task that fell due".to_owned(),
        count => format!("Told of {count} tasks that fell due"),
    };
    Ok(Granted::new(what, refs))
}

fn tell(draft: &mut Draft, to: UserId, task: &Activity) -> Planned {
    let clock = draft.settings().clock(draft.asking.now);
    let about = place(draft, to, task)?;
    let when = moment_long(task.at, &clock);
    let telling = Telling {
        cause: Some(format!("due {} {}", task.id.0, task.at.timestamp_millis())),
        about: Some(about),
        also: vec![Ref::Activity(task.id)],
        title: format!("Due now: {}", if task.subject.is_empty() { "a task" } else { &task.subject }),
        body: match about {
            Ref::Record(id) => format!("{}, {when}", draft.called(id)?),
            Ref::Activity(_) => when,
        },
        todo: "Do it, or put it off on the agenda.".to_owned(),
        why: "The task is yours and its time has come.".to_owned(),
        ..Telling::default()
    };
    Ok(draft.notify(to, Topic::TaskDue, telling)?)
}

pub(in crate::rules) fn end_import(draft: &mut Draft, files: &str, sums: &str) -> Planned<Granted> {
    if let Author::User(user) = draft.asking.by {
        let telling = Telling {
            title: format!("Import finished: {files}"),
            body: sums.to_owned(),
            todo: "Look through what came in; one undo takes it all back.".to_owned(),
            why: "You imported it.".to_owned(),
            ..Telling::default()
        };
        draft.notify(user, Topic::ImportFinished, telling)?;
    }
    Ok(Granted::new(String::new(), Vec::new()))
}
