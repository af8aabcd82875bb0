//! Notes and tasks: what one does at one's own desk.

use super::{Entry, Talk, Turn, soon_after};
use crate::demo::pen::Pen;
use crate::domain::activity::{ActivityKind, Details, LoggedFrom, Priority, TaskKind};
use chrono::{DateTime, TimeDelta, Utc};

pub(super) fn note(talk: &Talk, _: usize, pen: &mut Pen) -> usize {
    let language = talk.language(30, pen);
    let text = *talk.turn(Turn::Notes, &language.phrases().notes);
    let at = talk.past(pen);
    let user = talk.user(at, pen);
    let targets = match talk.elsewhere(25, at, pen) {
        Some(home) => talk.targets_of(home, None, at),
        None => talk.targets(at),
    };
    let entry = Entry {
        kind: ActivityKind::Note,
        at,
        logged: at,
        subject: String::new(),
        text: talk.case.filling(talk.place, language, user, at, pen).fill(text),
        details: Details::Note,
        from: [LoggedFrom::RecordPage, LoggedFrom::CommandLine][pen.rng.weighted(&[88, 12])],
        user,
        targets,
    };
    talk.log(entry, pen);
    1
}

pub(super) fn task_done(talk: &Talk, _: usize, pen: &mut Pen) -> usize {
    let due = talk.past(pen);
    let early = TimeDelta::days(pen.rng.between(1, 9));
    let logged = (due - early).max(talk.person.at + TimeDelta::minutes(2)).min(due);
    let done = soon_after(due, pen);
    log_task(talk, Some(due), logged, Some(done), pen);
    1
}

/// Overdue, due today, tomorrow, this week or later; a few without any date. `tomorrow`: whatever chance says.
pub(super) fn task_open(talk: &Talk, tomorrow: bool, pen: &mut Pen) {
    let calendar = &talk.case.demo.calendar;
    let age = calendar.days_since(talk.person.at);
    let offset = match pen.rng.below(100) {
        _ if tomorrow => Some(1),
        0..24 if age > 2 => Some(-pen.rng.between(1, (age - 1).min(20))),
        0..38 => Some(0),
        38..54 => Some(1),
        54..80 => Some(pen.rng.between(2, 7)),
        80..93 => Some(pen.rng.between(8, 40)),
        _ => None,
    };
    task_on(talk, offset, pen);
}

/// Due on the day `offset` days from today, or at no date.
pub(super) fn task_on(talk: &Talk, offset: Option<i64>, pen: &mut Pen) {
    let calendar = &talk.case.demo.calendar;
    let due = offset.map(|offset| calendar.hour_of(offset, &mut pen.rng));
    let logged = talk.lately(offset.unwrap_or(0), pen);
    let due = due.map(|due| due.max(logged));
    log_task(talk, due, logged, None, pen);
}

fn log_task(
    talk: &Talk,
    due: Option<DateTime<Utc>>,
    logged: DateTime<Utc>,
    done: Option<DateTime<Utc>>,
    pen: &mut Pen,
) {
    let language = talk.language(30, pen);
    let written = *talk.turn(Turn::Tasks, &language.phrases().tasks);
    let (kind, subject) = written.split_once(' ').unwrap_or(("todo", written));
    let user = talk.user(logged, pen);
    let details = Details::Task {
        task: match kind {
            "call" => TaskKind::Call,
            "email" => TaskKind::Email,
            _ => TaskKind::ToDo,
        },
        has_due: due.is_some(),
        done,
        priority: [Priority::None, Priority::Low, Priority::Medium, Priority::High]
            [pen.rng.weighted(&[52, 10, 23, 15])],
        assignee: Some(talk.case.demo.staff.id(user)),
        queue: ["", "Follow-ups", "Offers"][pen.rng.weighted(&[80, 12, 8])].to_owned(),
    };
    let entry = Entry {
        kind: ActivityKind::Task,
        at: due.unwrap_or(logged),
        logged,
        subject: talk.case.filling(talk.place, language, user, logged, pen).fill(subject),
        text: String::new(),
        details,
        from: [LoggedFrom::RecordPage, LoggedFrom::CommandLine][pen.rng.weighted(&[85, 15])],
        user,
        targets: talk.targets(logged),
    };
    talk.log(entry, pen);
}
