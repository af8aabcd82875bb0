//! What is planned: open tasks, and meetings that are still to be held, by when they are due. To show another part of
//! the day, add a variant of [`Part`] and its row.

use super::activity::{Activity, Details, MeetingOutcome, TaskKind};
use super::answer::Item;
use super::change::Author;
use super::id::{ActivityId, UserId};
use super::when::{self, Clock};
use chrono::{DateTime, Days, Duration, Months, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// What one has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PlannedKind {
    Call,
    Email,
    ToDo,
    Meeting,
}

impl PlannedKind {
    /// In the order in which one goes through them; as the filter of the queue says it.
    pub const ROWS: &'static [(PlannedKind, &'static str)] = &[
        (PlannedKind::Call, "calls"),
        (PlannedKind::Email, "e-mails"),
        (PlannedKind::ToDo, "to-dos"),
        (PlannedKind::Meeting, "meetings"),
    ];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    pub fn is_task(self) -> bool {
        self != PlannedKind::Meeting
    }
}

/// How far it is, and since or until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stand {
    Due(DateTime<Utc>),
    /// Nobody said when; it was asked for then.
    Undated(DateTime<Utc>),
    Done(DateTime<Utc>),
}

impl Stand {
    pub fn at(self) -> DateTime<Utc> {
        match self {
            Stand::Due(at) | Stand::Undated(at) | Stand::Done(at) => at,
        }
    }
}

/// What of a task or meeting is known before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub id: ActivityId,
    /// `None`: nobody's.
    pub whose: Option<UserId>,
    pub stand: Stand,
    pub kind: PlannedKind,
    pub queue: String,
}

impl Planned {
    /// `None`: it is no task and no meeting.
    pub fn of(activity: &Activity) -> Option<Planned> {
        let (kind, whose, stand, queue) = match &activity.details {
            Details::Task { task, has_due, done, assignee, queue, .. } => {
                let kind = match task {
                    TaskKind::Call => PlannedKind::Call,
                    TaskKind::Email => PlannedKind::Email,
                    TaskKind::ToDo => PlannedKind::ToDo,
                };
                let stand = match (done, has_due) {
                    (Some(at), _) => Stand::Done(*at),
                    (None, true) => Stand::Due(activity.at),
                    (None, false) => Stand::Undated(activity.at),
                };
                (kind, *assignee, stand, queue.clone())
            }
            Details::Meeting { outcome, .. } => {
                let whose = match activity.stamp.by {
                    Author::User(user) => Some(user),
                    Author::Program => None,
                };
                let stand = if is_ahead(activity, *outcome) { Stand::Due } else { Stand::Done };
                (PlannedKind::Meeting, whose, stand(activity.at), String::new())
            }
            _ => return None,
        };
        Some(Planned { id: activity.id, whose, stand, kind, queue })
    }
}

/// A task that is due at no time of day is due all day, from its first moment on.
pub fn is_all_day(activity: &Activity, at: DateTime<Utc>, clock: &Clock) -> bool {
    activity.is_task() && at == clock.start_of(clock.day_of(at))
}

/// A meeting without an outcome that was logged when it was over has been held.
fn is_ahead(meeting: &Activity, outcome: Option<MeetingOutcome>) -> bool {
    match outcome {
        Some(outcome) => outcome == MeetingOutcome::Scheduled,
        None => meeting.at > meeting.stamp.at,
    }
}

/// The parts of the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    Overdue,
    Today,
    Upcoming,
    NoDate,
    DoneToday,
}

impl Part {
    pub const ROWS: &'static [(Part, &'static str)] = &[
        (Part::Overdue, "Overdue"),
        (Part::Today, "Today"),
        (Part::Upcoming, "Upcoming"),
        (Part::NoDate, "No date"),
        (Part::DoneToday, "Done today"),
    ];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }
}

/// The day that an agenda is of, in the zone of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub start: DateTime<Utc>,
    /// The first moment of the next one.
    pub end: DateTime<Utc>,
}

impl Day {
    pub fn of(clock: &Clock) -> Day {
        let today = clock.today();
        let next = today.checked_add_days(Days::new(1)).unwrap_or(today);
        Day { start: clock.start_of(today), end: clock.start_of(next) }
    }

    /// Where something planned stands; `None`: on no part. A meeting whose outcome nobody told in a week is let be.
    pub fn part(&self, planned: &Planned) -> Option<Part> {
        match planned.stand {
            Stand::Undated(_) => Some(Part::NoDate),
            Stand::Done(at) => (self.start..self.end).contains(&at).then_some(Part::DoneToday),
            Stand::Due(at) if at >= self.end => Some(Part::Upcoming),
            Stand::Due(at) if at >= self.start => Some(Part::Today),
            Stand::Due(at) => {
                let counts = planned.kind.is_task() || at >= self.start - Duration::days(Self::MEETINGS_BACK);
                counts.then_some(Part::Overdue)
            }
        }
    }

    const MEETINGS_BACK: i64 = 7;
}

/// Whose tasks are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Whose {
    #[default]
    Mine,
    Everybodys,
    /// Nobody does them yet.
    Nobodys,
}

impl Whose {
    pub const ROWS: &'static [(Whose, &'static str)] =
        &[(Whose::Mine, "mine"), (Whose::Everybodys, "everybody's"), (Whose::Nobodys, "nobody's")];

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].1
    }
}

/// What is gone through.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Queue {
    pub whose: Whose,
    /// `None`: all.
    pub kind: Option<PlannedKind>,
    /// The name that tasks give their queue; `None`: any.
    pub name: Option<String>,
}

impl Queue {
    pub fn takes_in(&self, planned: &Planned) -> bool {
        let name = self.name.as_deref().is_none_or(|name| name == planned.queue);
        name && self.kind.is_none_or(|kind| kind == planned.kind)
    }
}

/// Which piece of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaAsk {
    pub queue: Queue,
    /// The parts that follow each other.
    pub parts: Vec<Part>,
    pub from: usize,
    pub limit: usize,
}

/// A piece of an agenda.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AgendaPage {
    pub from: usize,
    pub items: Vec<Item>,
    /// Of each part in the order of [`Part::ROWS`], those that pass the queue's filter.
    pub counts: [usize; Part::ROWS.len()],
    /// The names of queues that open tasks have, whatever is filtered.
    pub queues: Vec<String>,
}

impl AgendaPage {
    pub fn count(&self, part: Part) -> usize {
        self.counts[part as usize]
    }
}

/// How a user stands, for the first row of every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DueNow {
    /// Open tasks whose time has come.
    pub due: usize,
    /// Whether a task of theirs is open, due or not.
    pub has_open: bool,
    /// When that may be something else although nobody changed anything.
    pub until: Option<DateTime<Utc>>,
}

/// What becomes of tasks and meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tending {
    /// Of a meeting: it was held, or is still to be.
    Done(bool),
    /// Each at its own time of that day, if it has one.
    On(NaiveDate),
    At(DateTime<Utc>),
    Outcome(MeetingOutcome),
}

impl Tending {
    /// When it is to be done, if it is to be done at another time.
    pub fn due(self, activity: &Activity, clock: &Clock) -> Option<DateTime<Utc>> {
        match self {
            Tending::At(at) => Some(at),
            Tending::On(day) => {
                let has_time = !matches!(activity.details, Details::Task { has_due: false, .. });
                let time = activity.at.with_timezone(&clock.zone).time();
                Some(clock.moment_of(day, if has_time { time } else { NaiveTime::MIN }))
            }
            Tending::Done(_) | Tending::Outcome(_) => None,
        }
    }

    /// `Moved Send the offer to Fri 20 Nov`.
    pub fn said(self, what: &str, clock: &Clock) -> String {
        match self {
            Tending::Done(true) => format!("Finished {what}"),
            Tending::Done(false) => format!("Opened {what} again"),
            Tending::On(day) => format!("Moved {what} to {}", when::day_long(day, clock)),
            Tending::At(at) => format!("Moved {what} to {}", when::moment_long(at, clock)),
            Tending::Outcome(outcome) => format!("Set {what} to {}", outcome.label()),
        }
    }
}

/// How long something is put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Snooze {
    Hour,
    Tomorrow,
    ThreeDays,
    NextWeek,
    Month,
}

impl Snooze {
    pub const ROWS: &'static [(Snooze, &'static str)] = &[
        (Snooze::Hour, "In an hour"),
        (Snooze::Tomorrow, "Tomorrow"),
        (Snooze::ThreeDays, "In 3 days"),
        (Snooze::NextWeek, "Next week"),
        (Snooze::Month, "In a month"),
    ];

    pub fn tending(self, clock: &Clock) -> Tending {
        let today = clock.today();
        let day = match self {
            Snooze::Hour => return Tending::At(clock.now + Duration::hours(1)),
            Snooze::Tomorrow => today + Days::new(1),
            Snooze::ThreeDays => today + Days::new(3),
            // The first day of the next week.
            Snooze::NextWeek => today.week(clock.first_weekday).last_day() + Days::new(1),
            Snooze::Month => today + Months::new(1),
        };
        Tending::On(day)
    }
}
