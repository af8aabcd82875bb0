//! Dates on the screen: ages in lists ("2 d ago"), days in detail ("Thu 19 Nov 2026, 14:20").

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use super::Clock;
use super::words::MONTHS;

/// How long ago or ahead `at` is: "just now", "15 min ago", "2 h ago", "yesterday", "3 d ago", "1 mo ago", "1 y ago",
/// "today 16:00", "tomorrow", "in 2 d".
pub fn ago(at: DateTime<Utc>, clock: &Clock) -> String {
    let day = clock.day_of(at);
    if day != clock.today() {
        // An evening is two hours ago at one in the morning, not yesterday.
        let hours = (clock.now - at).num_hours();
        return if (0..6).contains(&hours) { hours_ago(clock.now - at) } else { ago_day(day, clock) };
    }
    if at > clock.now {
        return format!("today {}", time_of_day(at, clock));
    }
    hours_ago(clock.now - at)
}

fn hours_ago(past: Duration) -> String {
    match past.num_minutes() {
        0 => "just now".to_owned(),
        minutes @ 1..60 => format!("{minutes} min ago"),
        minutes => format!("{} h ago", minutes / 60),
    }
}

/// As [`ago`], for a day: "today", "tomorrow", "in 2 d", "yesterday", "3 d ago".
pub fn ago_day(day: NaiveDate, clock: &Clock) -> String {
    let ahead = (day - clock.today()).num_days();
    let length = |days: i64| match days {
        0..30 => format!("{days} d"),
        30..365 => format!("{} mo", days / 30),
        _ => format!("{} y", days / 365),
    };
    match ahead {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {}", length(ahead)),
        _ => format!("{} ago", length(-ahead)),
    }
}

/// "Thu 19 Nov 2026", without the year in the current one.
pub fn day_long(day: NaiveDate, clock: &Clock) -> String {
    let format = if day.year() == clock.today().year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    day.format(format).to_string()
}

/// "19 Nov 2026", without the year in the current one.
pub fn day_short(day: NaiveDate, clock: &Clock) -> String {
    let format = if day.year() == clock.today().year() { "%-d %b" } else { "%-d %b %Y" };
    day.format(format).to_string()
}

/// "Thu 19 Nov 2026, 14:20", without the year in the current one.
pub fn moment_long(at: DateTime<Utc>, clock: &Clock) -> String {
    format!("{}, {}", day_long(clock.day_of(at), clock), time_of_day(at, clock))
}

/// "09:10".
pub fn time_of_day(at: DateTime<Utc>, clock: &Clock) -> String {
    at.with_timezone(&clock.zone).format("%H:%M").to_string()
}

/// "3 April 2026", for messages.
pub(super) fn plain_day(year: Option<i32>, month: u32, day: u32) -> String {
    let name = month_name(month);
    year.map_or_else(|| format!("{day} {name}"), |year| format!("{day} {name} {year}"))
}

pub(super) fn month_name(month: u32) -> &'static str {
    MONTHS.get((month as usize).wrapping_sub(1)).copied().unwrap_or("month")
}
