//! Dates, counts and amounts as the pages of a record say them.

use crate::domain::answer::Period;
use crate::domain::change::{Author, Origin};
use crate::domain::number;
use crate::domain::when::{self, Clock};
use crate::ui::Cx;
use crate::ui::text::{clean, width};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use ratatui::style::Style;

fn clock(cx: &Cx) -> Clock {
    Clock::new(cx.now, cx.settings.general.time_zone, cx.settings.general.first_weekday)
}

/// `2 148`.
pub fn count(count: usize) -> String {
    number::grouped(count as u64)
}

/// `Thu 19 Nov, 14:05`, or as much of the day as fits into `room` cells. What begins with its day has no time.
pub fn moment(at: DateTime<Utc>, room: u16, cx: &Cx) -> String {
    let clock = clock(cx);
    let local = at.with_timezone(&clock.zone);
    let short = when::day_short(local.date_naive(), &clock);
    let long = format!("{} {short}", local.format("%a"));
    let whole = format!("{long}, {}", when::time_of_day(at, &clock));
    let has_time = at != clock.start_of(local.date_naive());
    [has_time.then_some(whole), Some(long)]
        .into_iter()
        .flatten()
        .find(|form| width(form) <= usize::from(room))
        .unwrap_or(short)
}

/// `Thu 19, 14:05`: below the head of its month.
pub fn within_month(at: DateTime<Utc>, cx: &Cx) -> String {
    at.with_timezone(&cx.settings.general.time_zone).format("%a %-d, %H:%M").to_string()
}

/// `November 2026`.
pub fn period(period: Period) -> String {
    match period {
        Period::Pinned => "Pinned".to_owned(),
        Period::Upcoming => "Upcoming".to_owned(),
        Period::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1)
            .map_or_else(|| year.to_string(), |day| day.format("%B %Y").to_string()),
    }
}

/// `12 Dec`, with the year when it is another.
pub fn day(day: NaiveDate, cx: &Cx) -> String {
    when::day_short(day, &clock(cx))
}

/// `3 h ago` within a week, then the day.
pub fn lately(at: DateTime<Utc>, cx: &Cx) -> String {
    if cx.now - at < Duration::days(7) {
        return when::ago(at, &clock(cx));
    }
    day(at.with_timezone(&cx.settings.general.time_zone).date_naive(), cx)
}

/// What is overdue in err, what is due until the end of tomorrow in warn. What is due on a day is so until its end.
pub fn due_tone(at: DateTime<Utc>, cx: &Cx) -> Style {
    let day = |at: DateTime<Utc>| at.with_timezone(&cx.settings.general.time_zone).num_days_from_ce();
    let (theme, clock) = (cx.look.theme, clock(cx));
    match day(at) - day(cx.now) {
        _ if at < cx.now && at != clock.start_of(clock.today()) => theme.err,
        ..=1 => theme.warn,
        _ => theme.text,
    }
}

/// `1 association`, `2 148 associations`.
pub fn counted(number: usize, one: &str, more: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {more}", count(number)) }
}

/// A user's name, and of what the program did its own.
pub fn author(author: Author, cx: &Cx) -> String {
    match author {
        Author::Program => "lejek".to_owned(),
        Author::User(id) => {
            cx.settings.user(id).map_or_else(|| "(unknown user)".to_owned(), |user| clean(&user.name).into_owned())
        }
    }
}

/// From where something was done.
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Interface => "in the interface",
        Origin::CommandLine => "on the command line",
        Origin::Import => "by an import",
        Origin::Demo => "as demo data",
    }
}

/// The first word of a name, as one is called.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
