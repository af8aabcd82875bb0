//! From what a text says to a day or a moment, given what day it is.

use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::grammar::{Day, Direction, Said, read};
use super::show::{month_name, plain_day};
use super::words::{Unit, Which, weekday_name};
use super::{Bare, Clock, Moment, WhenError, short};

/// A day without a year lies ahead, unless it passed fewer days ago than this.
const JUST_PASSED: u64 = 60;
const DAY_IN_MS: i64 = 86_400_000;

enum Found {
    Day(NaiveDate),
    Local(NaiveDateTime),
    /// With a zone of its own.
    Instant {
        at: DateTime<Utc>,
        written: NaiveDateTime,
    },
}

pub(super) fn day(text: &str, clock: &Clock, bare: Bare) -> Result<NaiveDate, WhenError> {
    if let Some(day) = iso_day(text.trim()) {
        return day;
    }
    Ok(match find(text, clock, bare)? {
        Found::Day(day) => day,
        Found::Local(local) => local.date(),
        Found::Instant { written, .. } if written.time() == NaiveTime::MIN => written.date(),
        Found::Instant { at, .. } => clock.day_of(at),
    })
}

pub(super) fn moment(text: &str, clock: &Clock, bare: Bare) -> Result<Moment, WhenError> {
    Ok(match find(text, clock, bare)? {
        Found::Day(day) => Moment { at: clock.start_of(day), has_time: false },
        Found::Local(local) => Moment { at: in_zone(local, clock.zone), has_time: true },
        Found::Instant { at, .. } => Moment { at, has_time: true },
    })
}

/// The moment of a local time. One that occurs twice is the first of the two; one that the change of clocks leaves out is
/// as much later as the clocks were set forward.
pub(super) fn in_zone(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    if let Some(at) = zone.from_local_datetime(&local).earliest() {
        return at.to_utc();
    }
    let after_gap = (1..=48).find_map(|hours| {
        let earlier = local.checked_sub_signed(Duration::hours(hours))?;
        let at = zone.from_local_datetime(&earlier).latest()?;
        at.to_utc().checked_add_signed(Duration::hours(hours))
    });
    after_gap.unwrap_or_else(|| local.and_utc())
}

/// `2026-11-30` without the detour through words, since imports hold millions of them.
fn iso_day(text: &str) -> Option<Result<NaiveDate, WhenError>> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(
            |(at, byte)| {
                if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() }
            },
        );
    shaped.then(|| {
        date(text[..4].parse().unwrap_or(0), text[5..7].parse().unwrap_or(0), text[8..].parse().unwrap_or(0), text)
    })
}

fn find(text: &str, clock: &Clock, bare: Bare) -> Result<Found, WhenError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(WhenError::Empty);
    }
    if let Some(day) = iso_day(trimmed) {
        return day.map(Found::Day);
    }
    if let Some(found) = epoch(trimmed) {
        return Ok(found);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(trimmed)
        && (1000..=9999).contains(&at.year())
    {
        return Ok(Found::Instant { at: at.to_utc(), written: at.naive_local() });
    }
    let said = read(trimmed, clock.order)?;
    match said.shift {
        Some((span, direction)) => shifted(trimmed, &said, span, direction, clock, bare),
        None => placed(trimmed, &said, clock),
    }
}

/// Milliseconds since 1970, as HubSpot exports them; a day is its midnight in UTC.
fn epoch(text: &str) -> Option<Found> {
    if !(12..=13).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let ms: i64 = text.parse().ok()?;
    let at = DateTime::from_timestamp_millis(ms)?;
    Some(if ms % DAY_IN_MS == 0 { Found::Day(at.date_naive()) } else { Found::Instant { at, written: at.naive_utc() } })
}

fn shifted(
    text: &str,
    said: &Said,
    span: super::Span,
    direction: Direction,
    clock: &Clock,
    bare: Bare,
) -> Result<Found, WhenError> {
    let ahead = match (direction, bare) {
        (Direction::Ahead, _) => true,
        (Direction::Back, _) | (Direction::Unsaid, Bare::Past) => false,
        (Direction::Unsaid, Bare::Refused) => {
            let length = short(text);
            return Err(WhenError::Ambiguous {
                first: format!("{length} ago"),
                second: format!("in {length}"),
                write_first: format!("-{length}"),
                write_second: format!("+{length}"),
                text: length,
            });
        }
    };
    let too_far = || WhenError::TooFar(short(text));
    if span.minutes > 0 || span == super::Span::default() {
        if said.time.is_some() {
            return Err(WhenError::NotADate(short(text)));
        }
        let at = if ahead { span.after(clock) } else { span.before(clock) };
        let at = at.filter(|at| (1000..=9999).contains(&at.year())).ok_or_else(too_far)?;
        return Ok(Found::Instant { at, written: at.with_timezone(&clock.zone).naive_local() });
    }
    let today = clock.today();
    let day = if ahead { span.after_day(today) } else { span.before_day(today) };
    let day = day.filter(|day| (1000..=9999).contains(&day.year())).ok_or_else(too_far)?;
    Ok(at_time(day, said))
}

fn placed(text: &str, said: &Said, clock: &Clock) -> Result<Found, WhenError> {
    let today = clock.today();
    let too_far = || WhenError::TooFar(short(text));
    let day = match (said.day, said.weekday) {
        (None, None) => today,
        (None, Some((which, weekday))) => on_weekday(which, weekday, clock).ok_or_else(too_far)?,
        (Some(day), weekday) => {
            let day = on_day(day, text, clock)?;
            match weekday {
                Some((None, said)) if said == day.weekday() => {}
                Some((None, said)) => {
                    return Err(WhenError::OtherWeekday {
                        day: plain_day(Some(day.year()), day.month(), day.day()),
                        is: weekday_name(day.weekday()),
                        said: weekday_name(said),
                    });
                }
                Some((Some(_), _)) => return Err(WhenError::NotADate(short(text))),
                None => {}
            }
            day
        }
    };
    Ok(at_time(day, said))
}

fn at_time(day: NaiveDate, said: &Said) -> Found {
    let Some(time) = said.time else {
        return Found::Day(day);
    };
    let written = day.and_time(time);
    match said.offset {
        Some(seconds) => Found::Instant { at: (written - Duration::seconds(seconds.into())).and_utc(), written },
        None => Found::Local(written),
    }
}

fn on_day(day: Day, text: &str, clock: &Clock) -> Result<NaiveDate, WhenError> {
    let today = clock.today();
    let found = match day {
        Day::Date { year: Some(year), month, day } => return date(year, month, day, text),
        Day::Date { year: None, month, day } => return nearest(month, day, today, text),
        Day::FromToday(days) => today.checked_add_signed(Duration::days(days)),
        Day::Start(which, unit) => period(which, unit, clock),
        Day::End(which, unit) => period(which, unit, clock).and_then(|start| next(start, unit)?.pred_opt()),
    };
    found.ok_or_else(|| WhenError::TooFar(short(text)))
}

fn date(year: i32, month: u32, day: u32, text: &str) -> Result<NaiveDate, WhenError> {
    if !(1000..=9999).contains(&year) {
        return Err(WhenError::TooFar(short(text)));
    }
    if !(1..=12).contains(&month) {
        return Err(WhenError::NoSuchMonth(month));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let first = NaiveDate::from_ymd_opt(year, month, 1);
        let most = first.map_or(31, |first| u32::from(first.num_days_in_month()));
        WhenError::NoSuchDay { day, month: format!("{} {year}", month_name(month)), most }
    })
}

/// A day without a year: the coming one, or the one just passed. 29 February waits for its year.
fn nearest(month: u32, day: u32, today: NaiveDate, text: &str) -> Result<NaiveDate, WhenError> {
    let earliest = today.checked_sub_days(Days::new(JUST_PASSED)).unwrap_or(today);
    let years = earliest.year()..=earliest.year() + 8;
    let found = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|day| *day >= earliest);
    match found {
        Some(found) => Ok(found),
        // In a leap year, so that the month has as many days as it ever has.
        None => Err(match date(2000, month, day, text) {
            Err(WhenError::NoSuchDay { day, most, .. }) => {
                WhenError::NoSuchDay { day, month: month_name(month).to_owned(), most }
            }
            Err(other) => other,
            Ok(_) => WhenError::TooFar(short(text)),
        }),
    }
}

/// `friday` is the coming one, never today; `next friday` that of the next week, `last friday` the one just passed.
fn on_weekday(which: Option<Which>, weekday: Weekday, clock: &Clock) -> Option<NaiveDate> {
    let today = clock.today();
    let into_week = u64::from(weekday.days_since(clock.first_weekday));
    match which {
        None => {
            let ahead = u64::from(weekday.days_since(today.weekday()));
            today.checked_add_days(Days::new(if ahead == 0 { 7 } else { ahead }))
        }
        Some(Which::Last) => {
            let back = u64::from(today.weekday().days_since(weekday));
            today.checked_sub_days(Days::new(if back == 0 { 7 } else { back }))
        }
        Some(which) => period(which, Unit::Week, clock)?.checked_add_days(Days::new(into_week)),
    }
}

/// The first day of the last, this or the next week, month, quarter or year.
fn period(which: Which, unit: Unit, clock: &Clock) -> Option<NaiveDate> {
    let today = clock.today();
    let this = match unit {
        Unit::Week => today.checked_sub_days(Days::new(today.weekday().days_since(clock.first_weekday).into()))?,
        Unit::Month => today.with_day(1)?,
        Unit::Quarter => today.with_day(1)?.with_month((today.month0() / 3) * 3 + 1)?,
        Unit::Year => NaiveDate::from_ymd_opt(today.year(), 1, 1)?,
        Unit::Minute | Unit::Hour | Unit::Day => today,
    };
    match which {
        Which::This => Some(this),
        Which::Next => next(this, unit),
        Which::Last => match unit {
            Unit::Week => this.checked_sub_days(Days::new(7)),
            Unit::Day | Unit::Minute | Unit::Hour => this.pred_opt(),
            _ => this.checked_sub_months(Months::new(months(unit))),
        },
    }
}

fn next(start: NaiveDate, unit: Unit) -> Option<NaiveDate> {
    match unit {
        Unit::Week => start.checked_add_days(Days::new(7)),
        Unit::Day | Unit::Minute | Unit::Hour => start.succ_opt(),
        _ => start.checked_add_months(Months::new(months(unit))),
    }
}

fn months(unit: Unit) -> u32 {
    match unit {
        Unit::Year => 12,
        Unit::Quarter => 3,
        _ => 1,
    }
}
