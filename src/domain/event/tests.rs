//! Lines that say events, and those that say none; kinds of events.

use super::*;
use crate::domain::when::Clock;
use chrono::{TimeZone, Weekday};
use rstest::rstest;

fn clock() -> Clock {
    Clock::new(Utc.with_ymd_and_hms(2026, 11, 19, 12, 0, 0).unwrap(), chrono_tz::Tz::UTC, Weekday::Mon)
}

fn read(line: &str) -> Result<EventRow, String> {
    EventRow::read(7, line.as_bytes(), &clock())
}

#[test]
fn r4_1_a_line_names_whom_when_and_what() {
    let line = r#"{"kind":"sign_up","email":"Jan <Jan@Acme.PL>","id":17,"at":"2026-11-18T10:00:00.1234Z","data":{"plan":[1, 2]},"x":1}"#;
    let row = read(line).unwrap();
    assert_eq!((row.number, row.kind.as_str(), row.id.as_deref()), (7, "sign_up", Some("17")));
    assert_eq!(row.whom, Whom::Email("jan@acme.pl".into()));
    assert_eq!(row.at.unwrap().timestamp_millis(), 1_794_996_000_123);
    assert_eq!(row.data, r#"{"plan":[1, 2]}"#);
    let row = read(r#"{"kind":"page_viewed","domain":"https://www.Acme.pl/x","data":null,"id":null}"#).unwrap();
    assert_eq!((row.whom, row.at, row.id, row.data), (Whom::Domain("acme.pl".into()), None, None, String::new()));
}

#[rstest]
#[case("{", "This is no JSON")]
#[case("[1]", "This is no event")]
#[case(r#"{"email":"a@b.pl"}"#, "needs a kind")]
#[case(r#"{"kind":"sign_up"}"#, "needs the e-mail of a contact or the domain")]
#[case(r#"{"kind":"sign_up","email":"jan"}"#, "has no @")]
#[case(r#"{"kind":"sign_up","domain":"no domain"}"#, "is no domain")]
#[case(r#"{"kind":"sign_up","email":"a@b.pl","at":"someday"}"#, "is not a date")]
#[case(r#"{"kind":"sign_up","email":"a@b.pl","id":[1]}"#, "neither a text nor a number")]
fn r4_1_a_line_that_says_no_event_is_told_why(#[case] line: &str, #[case] why: &str) {
    let sentence = read(line).unwrap_err();
    assert!(sentence.contains(why), "{sentence}");
}

#[test]
fn r4_1_what_an_event_carries_is_bounded() {
    let line = |bytes: usize| format!(r#"{{"kind":"sign_up","email":"a@b.pl","data":"{}"}}"#, "x".repeat(bytes));
    assert!(read(&line(DATA_MOST - 2)).is_ok());
    assert!(read(&line(DATA_MOST)).unwrap_err().contains("too long"));
}

#[test]
fn r4_1_a_user_adds_kinds_with_a_star_for_those_of_high_value() {
    let kind = EventKind::read(" webinar_attended* ").unwrap();
    assert_eq!((kind.name.as_str(), kind.label.as_str(), kind.is_high), ("webinar_attended", "Webinar attended", true));
    assert_eq!(kind.written(), "webinar_attended*");
    assert_eq!(EventKind::read("sign_up").unwrap().label, "Signed up");
    for wrong in ["", "*", "Webinar", "a b", "1a", "a\u{7}"] {
        assert!(EventKind::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn r4_1_the_same_id_of_another_program_is_the_same_event() {
    assert_eq!(ActivityId::of_event("e-1"), ActivityId::of_event("e-1"));
    assert_ne!(ActivityId::of_event("e-1"), ActivityId::of_event("e-2"));
    // Stored for good: a build that makes another one would take everything in twice.
    assert_eq!(ActivityId::of_event("e-1").0.to_string(), "df4a402d-652d-8310-a003-9a4d50f91c68");
}
