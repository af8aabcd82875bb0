//! The agenda: what is done with a task or meeting, and when else it is to be done.

use super::{COPY, MARKS, MOVEMENT, OPEN, OPEN_WITH, TABS, WHY, and, hint, key};
use crate::keys::{Command, Group, Keys};

const ON_TASK: Keys = &[
    hint("d", Command::ToggleDone, "done", Group::Act),
    hint("a", Command::Log, "log, next", Group::Act),
    hint("s", Command::Snooze, "snooze", Group::Act),
    hint("r", Command::Reschedule, "reschedule", Group::Act),
];

const ON_MEETING: Keys = &[
    key("m", Command::Outcome, "outcome of the meeting", Group::Act),
    key("x", Command::Delete, "delete", Group::Act),
];

const QUEUE: Keys = &[hint("f", Command::ChooseQueue, "queue", Group::Find)];

/// As long as rows are marked, before what acts on the row under the cursor.
pub const ON_TASKS: Keys = &[
    hint("d", Command::ToggleDone, "done", Group::Mark),
    hint("s", Command::Snooze, "snooze", Group::Mark),
    hint("r", Command::Reschedule, "reschedule", Group::Mark),
    hint("m", Command::Outcome, "outcome", Group::Mark),
    hint("x", Command::Delete, "delete", Group::Mark),
    hint("esc", Command::Escape, "clear marks", Group::Mark),
];

pub const AGENDA: &[Keys] = &[ON_TASK, OPEN, QUEUE, ON_MEETING, OPEN_WITH, WHY, COPY, MARKS, MOVEMENT, TABS];

pub const AGENDA_MARKED: &[Keys] = &[ON_TASKS, OPEN, QUEUE, OPEN_WITH, WHY, COPY, MARKS, MOVEMENT, TABS];

/// A list of a few things, each with its letter.
const LETTERED: Keys = &[
    hint("enter", Command::Open, "choose", Group::Act),
    key("j | down", Command::MoveDown, "next, previous", Group::Move),
    and("k | up", Command::MoveUp, Group::Move),
    key("esc", Command::Escape, "cancel", Group::Program),
];

/// By their places among those of a snooze.
const LATER: Keys = &[
    key("h | 1", Command::Take(0), "in an hour", Group::Act),
    key("t | 2", Command::Take(1), "tomorrow", Group::Act),
    key("d | 3", Command::Take(2), "in 3 days", Group::Act),
    key("w | 4", Command::Take(3), "next week", Group::Act),
    key("m | 5", Command::Take(4), "in a month", Group::Act),
    hint("r", Command::Reschedule, "another day, in words", Group::Act),
];

pub const SNOOZING: &[Keys] = &[LETTERED, LATER];

/// By their places among the outcomes.
const HOW: Keys = &[
    key("s | 1", Command::Take(0), "scheduled", Group::Act),
    key("c | 2", Command::Take(1), "completed", Group::Act),
    key("r | 3", Command::Take(2), "rescheduled", Group::Act),
    key("n | 4", Command::Take(3), "no show", Group::Act),
    key("x | 5", Command::Take(4), "canceled", Group::Act),
];

pub const OUTCOMES: &[Keys] = &[LETTERED, HOW];

pub const RESCHEDULING: &[Keys] = &[&[
    hint("enter", Command::Agree, "reschedule", Group::Act),
    key("esc", Command::Escape, "cancel", Group::Program),
]];
