//! Dates and times as people write them, in English and Polish, and as lejek shows them. Words are rows of
//! `when/words.rs`; what stands for two different days is refused with both, never guessed.

mod grammar;
mod resolve;
mod show;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use chrono::{DateTime, Days, Duration, Months, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

pub use show::{ago, ago_day, day_long, day_short, moment_long, time_of_day};

/// What "today" and "next week" are measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub now: DateTime<Utc>,
    pub zone: Tz,
    pub first_weekday: Weekday,
    pub order: Order,
}

impl Clock {
    pub fn new(now: DateTime<Utc>, zone: Tz, first_weekday: Weekday) -> Self {
        Self { now, zone, first_weekday, order: Order::Unknown }
    }

    /// Today in the zone.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The first moment of `day` in the zone.
    pub fn start_of(&self, day: NaiveDate) -> DateTime<Utc> {
        resolve::in_zone(day.and_time(NaiveTime::MIN), self.zone)
    }

    /// That time of `day` in the zone.
    pub fn moment_of(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        resolve::in_zone(day.and_time(time), self.zone)
    }

    /// The day in the zone that `at` falls on.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }
}

/// How `03/04/2026` is meant; an import may learn it from the other rows of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

/// A point in time; without a time of day it is the start of the day in the clock's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub has_time: bool,
}

/// A length of time: `30d`, `3 months`, `1y`, `2h`. Months and days are those of the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub months: u32,
    pub days: u32,
    pub minutes: u32,
}

impl Span {
    pub fn before_day(self, day: NaiveDate) -> Option<NaiveDate> {
        day.checked_sub_months(Months::new(self.months))?.checked_sub_days(Days::new(self.days.into()))
    }

    pub fn after_day(self, day: NaiveDate) -> Option<NaiveDate> {
        day.checked_add_months(Months::new(self.months))?.checked_add_days(Days::new(self.days.into()))
    }

    /// This long before now, at the same time of day.
    pub fn before(self, clock: &Clock) -> Option<DateTime<Utc>> {
        let local = clock.now.with_timezone(&clock.zone).naive_local();
        let day = self.before_day(local.date())?.and_time(local.time());
        resolve::in_zone(day, clock.zone).checked_sub_signed(Duration::minutes(self.minutes.into()))
    }

    /// This long after now, at the same time of day.
    pub fn after(self, clock: &Clock) -> Option<DateTime<Utc>> {
        let local = clock.now.with_timezone(&clock.zone).naive_local();
        let day = self.after_day(local.date())?.and_time(local.time());
        resolve::in_zone(day, clock.zone).checked_add_signed(Duration::minutes(self.minutes.into()))
    }
}

/// Why a text is not a date; its sentence names the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    #[error("There is no date here. Write it like 2026-11-30, 30.11.2026 or tomorrow 3pm.")]
    Empty,
    #[error("“{0}” is not a date. Write it like 2026-11-30, 30.11.2026 or tomorrow 3pm.")]
    NotADate(String),
    #[error("“{0}” is not a length of time. Write it like 30d, 2 weeks, 3 months or 1y.")]
    NotASpan(String),
    #[error("“{text}” may be {first} or {second}. Write {write_first} or {write_second}.")]
    Ambiguous { text: String, first: String, second: String, write_first: String, write_second: String },
    #[error("There is no {day} {month}: the month has {most} days. Write a day from 1 to {most}.")]
    NoSuchDay { day: u32, month: String, most: u32 },
    #[error("There is no month {0}. Write the date like 2026-11-30.")]
    NoSuchMonth(u32),
    #[error("There is no time {0}. Write it like 14:20 or 2pm.")]
    NoSuchTime(String),
    #[error("{day} is a {is}, not a {said}. Leave one of them out.")]
    OtherWeekday { day: String, is: &'static str, said: &'static str },
    #[error("“{0}” is too far away. Write a date between the years 1000 and 9999.")]
    TooFar(String),
}

/// Reads a day. A moment with a zone of its own becomes the day it falls on in the clock's zone; midnight stays the day
/// that was written, since that is how days are exported.
pub fn parse_date(text: &str, clock: &Clock) -> Result<NaiveDate, WhenError> {
    resolve::day(text, clock, Bare::Refused)
}

/// Reads a moment; a time of day without a zone is one in the clock's zone.
pub fn parse_moment(text: &str, clock: &Clock) -> Result<Moment, WhenError> {
    resolve::moment(text, clock, Bare::Refused)
}

/// As [`parse_moment`], but `30d` without a direction lies in the past, as in the filter `last_activity before 30d`.
pub fn parse_past(text: &str, clock: &Clock) -> Result<Moment, WhenError> {
    resolve::moment(text, clock, Bare::Past)
}

/// Reads a length of time.
pub fn parse_span(text: &str) -> Result<Span, WhenError> {
    grammar::span(text)
}

/// What a length of time without "in" or "ago" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bare {
    Refused,
    Past,
}

/// As much of a text as a message repeats.
fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(40).collect()
}
