//! What is planned for the first user: a day as one has it, whatever the size of the demo. To plan more, add a row to
//! [`DAY`].

use super::{Talk, desk, spoken};
use crate::demo::pen::Pen;

enum Plan {
    /// Due so many days from today, or at no date.
    Task(Option<i64>),
    Meeting(i64),
}

use Plan::{Meeting, Task};

/// In this order: a small demo has the first ones.
const DAY: &[Plan] = &[
    Task(Some(0)),
    Task(Some(-2)),
    Meeting(-1),
    Task(Some(1)),
    Task(None),
    Meeting(0),
    Task(Some(3)),
    Task(Some(-5)),
    Meeting(2),
    Task(Some(0)),
    Task(Some(6)),
    Task(Some(0)),
    Task(None),
    Task(Some(12)),
    Task(Some(-1)),
    Task(Some(0)),
    Meeting(8),
];

/// The part of the stream by which it would be shared out, if there was always somebody.
const BY: f64 = 0.6;
/// Who came later is too new for what is overdue.
const KNOWN_DAYS: i64 = 14;

/// Shared out along the stream: to those with whom something is open, or to whoever comes when it gets late.
pub(super) fn plan(talk: &Talk, pen: &mut Pen) {
    let Some(plan) = DAY.get(*pen.planned) else { return };
    let gone = talk.case.demo.progress(talk.person.number, 0.0) * (DAY.len() + 1) as f64 / BY;
    let turn = *pen.planned as f64;
    let is_late = gone > turn + 1.0;
    let is_known = talk.case.demo.calendar.days_since(talk.person.at) > KNOWN_DAYS;
    if gone < turn || !is_known || !(is_late || talk.is_open()) {
        return;
    }
    *pen.planned += 1;
    match plan {
        Task(offset) => desk::task_on(talk, *offset, pen),
        Meeting(offset) => spoken::meeting_on(talk, *offset, pen),
    }
}
