//! How ages and days look on the screen.

use chrono::{TimeZone, Utc};
use rstest::rstest;

use super::clock;
use crate::domain::when::{Clock, ago, ago_day, day_long, day_short, moment_long, parse_date, parse_moment};

#[rstest]
#[case("2026-11-19 14:00", "just now", "Thu 19 Nov, 14:00")]
#[case("2026-11-19 13:45", "15 min ago", "Thu 19 Nov, 13:45")]
#[case("2026-11-19 12:00", "2 h ago", "Thu 19 Nov, 12:00")]
#[case("2026-11-19 09:05", "4 h ago", "Thu 19 Nov, 09:05")]
#[case("2026-11-18 23:00", "yesterday", "Wed 18 Nov, 23:00")]
#[case("2026-11-16 09:12", "3 d ago", "Mon 16 Nov, 09:12")]
#[case("2026-10-20 09:12", "1 mo ago", "Tue 20 Oct, 09:12")]
#[case("2025-11-19 09:12", "1 y ago", "Wed 19 Nov 2025, 09:12")]
#[case("2025-11-20 09:12", "12 mo ago", "Thu 20 Nov 2025, 09:12")]
#[case("2026-11-19 16:00", "today 16:00", "Thu 19 Nov, 16:00")]
#[case("2026-11-20 00:30", "tomorrow", "Fri 20 Nov, 00:30")]
#[case("2026-11-21 00:30", "in 2 d", "Sat 21 Nov, 00:30")]
#[case("2027-01-19 00:30", "in 2 mo", "Tue 19 Jan 2027, 00:30")]
fn shows_ages_and_moments(#[case] text: &str, #[case] age: &str, #[case] long: &str) {
    let at = parse_moment(text, &clock()).unwrap().at;
    assert_eq!((ago(at, &clock()).as_str(), moment_long(at, &clock()).as_str()), (age, long));
}

#[test]
fn an_evening_is_hours_ago_after_midnight() {
    let at_one = Clock { now: Utc.with_ymd_and_hms(2026, 11, 20, 0, 0, 0).unwrap(), ..clock() };
    assert_eq!(ago(Utc.with_ymd_and_hms(2026, 11, 19, 21, 0, 0).unwrap(), &at_one), "3 h ago");
    assert_eq!(ago(Utc.with_ymd_and_hms(2026, 11, 19, 17, 0, 0).unwrap(), &at_one), "yesterday");
}

#[test]
fn shows_days() {
    let day = |text| parse_date(text, &clock()).unwrap();
    assert_eq!(day_long(day("2026-11-19"), &clock()), "Thu 19 Nov");
    assert_eq!(day_long(day("2027-01-05"), &clock()), "Tue 5 Jan 2027");
    assert_eq!(day_short(day("2026-11-12"), &clock()), "12 Nov");
    assert_eq!(day_short(day("2025-11-12"), &clock()), "12 Nov 2025");
    assert_eq!(ago_day(day("2026-11-19"), &clock()), "today");
    assert_eq!(ago_day(day("2026-11-18"), &clock()), "yesterday");
    assert_eq!(ago_day(day("2026-11-22"), &clock()), "in 3 d");
}
