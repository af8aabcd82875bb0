//! The times of the demo: three years up to today, in working hours, and ids that carry them.

use super::random::Rng;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use uuid::{Builder, Uuid};

const DAY: i64 = 86_400_000;
const WEEK: i64 = 7 * DAY;
/// From the first record to today.
const SPAN: i64 = 3 * 365 * DAY;
const OPENS: i64 = 7 * 3_600_000;
const OPEN_HOURS: i64 = 10;
/// 1970 began on a Thursday.
const MONDAY: i64 = 3 * DAY;

/// The days of the demo, counted from the one on which it is made.
#[derive(Debug, Clone)]
pub struct Calendar {
    midnight: i64,
}

impl Calendar {
    pub fn new(now: DateTime<Utc>) -> Calendar {
        Calendar { midnight: now.timestamp_millis().div_euclid(DAY) * DAY }
    }

    /// When what stands at `progress` (0 to 1) of the stream came to be, in milliseconds. `later` is which part of the
    /// time from then to today has gone by first: a deal comes after its contact, and what comes earlier in the stream
    /// still comes earlier in time. More comes lately than at first.
    pub fn came(&self, progress: f64, later: f64) -> i64 {
        let gone = progress * (1.6 - 0.6 * progress);
        let age = SPAN as f64 * (1.0 - gone) * (1.0 - later);
        at_work(self.midnight - (age as i64).max(1))
    }

    pub fn today(&self) -> NaiveDate {
        date(moment(self.midnight))
    }

    pub fn start(&self) -> i64 {
        self.midnight - SPAN
    }

    /// The day `offset` days from today.
    pub fn day(&self, offset: i64) -> NaiveDate {
        date(moment(self.midnight + offset * DAY))
    }

    /// Whole days from then to today's midnight.
    pub fn days_since(&self, then: DateTime<Utc>) -> i64 {
        (self.midnight - then.timestamp_millis()) / DAY
    }

    pub fn is_before_today(&self, then: DateTime<Utc>) -> bool {
        then.timestamp_millis() < self.midnight
    }

    /// A quarter of an hour in the working time of a day. Of a weekend the past ones move to Friday, the coming ones
    /// to Monday.
    pub fn hour_of(&self, offset: i64, rng: &mut Rng) -> DateTime<Utc> {
        let shift = match (self.day(offset).weekday(), offset) {
            (_, 0) => 0,
            (Weekday::Sat, ..0) => -1,
            (Weekday::Sun, ..0) => -2,
            (Weekday::Sat, _) => 2,
            (Weekday::Sun, _) => 1,
            _ => 0,
        };
        let quarter = rng.between(0, 39) * 15 * 60_000;
        moment(self.midnight + (offset + shift) * DAY + OPENS + quarter)
    }
}

pub fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

pub fn date(at: DateTime<Utc>) -> NaiveDate {
    at.date_naive()
}

/// A later working day, or later the same day.
pub fn answered(at: DateTime<Utc>, rng: &mut Rng) -> DateTime<Utc> {
    let days = [0, 0, 1, 1, 2, 3, 5][rng.below(7)];
    let at = at + TimeDelta::minutes(rng.between(11, 140)) + TimeDelta::days(days);
    match at.weekday() {
        Weekday::Sat | Weekday::Sun => at + TimeDelta::days(2),
        _ => at,
    }
}

pub fn day_after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(days.max(0) as u64)).unwrap_or(day)
}

/// Squeezes the week into its working hours: order stays, nights and weekends go. A time before midnight stays before
/// that midnight.
fn at_work(millis: i64) -> i64 {
    let week = (millis + MONDAY).div_euclid(WEEK);
    let squeezed = (millis + MONDAY).rem_euclid(WEEK) / 7 * 5;
    let (day, part) = (squeezed / DAY, squeezed % DAY);
    week * WEEK - MONDAY + day * DAY + OPENS + part / 24 * OPEN_HOURS
}

/// Ids of one object, each greater than the one before.
#[derive(Debug, Clone, Default)]
pub struct Mint {
    last: i64,
}

impl Mint {
    /// An id for the wanted time, or for the next free millisecond after it; with the time that is in the id.
    pub fn next(&mut self, wanted: i64, rng: &mut Rng) -> (DateTime<Utc>, Uuid) {
        self.last = wanted.max(self.last + 1);
        let uuid = Builder::from_unix_timestamp_millis(self.last as u64, &rng.bytes()).into_uuid();
        (moment(self.last), uuid)
    }
}
