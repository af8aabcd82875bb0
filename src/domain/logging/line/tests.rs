//! What lines people write, on Thursday 19 November 2026, 14:00 in Warsaw.

use super::*;
use crate::domain::id::{Object, RecordId, UserId};
use crate::domain::user::User;
use chrono::{TimeZone, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

fn clock() -> Clock {
    Clock::new(Utc.with_ymd_and_hms(2026, 11, 19, 13, 0, 0).unwrap(), Tz::Europe__Warsaw, Weekday::Mon)
}

fn at(moment: Moment) -> String {
    let local = moment.at.with_timezone(&clock().zone);
    local.format(if moment.has_time { "%F %R" } else { "%F" }).to_string()
}

/// All that a line says, as one text: `call; Connected; 720 s; “asked”; then 2026-11-20 10:00 send it`.
fn said(text: &str) -> String {
    let line = read(text, &clock());
    let mut parts = vec![line.kind.row().name.to_owned()];
    parts.extend(line.direction.map(|direction| format!("{direction:?}").to_lowercase()));
    parts.extend(line.outcome.map(|outcome| match outcome {
        Outcome::Call(outcome) => outcome.label().to_owned(),
        Outcome::Meeting(outcome) => outcome.label().to_owned(),
    }));
    parts.extend(line.length.map(|length| format!("{length} s")));
    parts.extend(line.at.map(at));
    parts.extend(line.end.map(|end| format!("to {}", at(Moment { at: end, has_time: true }))));
    let named = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name} {text}"));
    parts.extend(named("in", &line.location));
    parts.extend(named("with", &line.with.join(", ")));
    parts.extend(named("subject", &line.subject));
    parts.extend(named("text", &line.text));
    let todo = |todo: &ToDo| {
        let kind = (todo.task != TaskKind::ToDo).then(|| format!("to {}", todo.task.label().to_lowercase()));
        let priority = (todo.priority != Priority::None).then(|| todo.priority.label().to_lowercase());
        [kind, priority, named("queue", &todo.queue)].into_iter().flatten().collect::<Vec<_>>()
    };
    parts.extend(todo(&line.todo));
    if let Some(then) = &line.then {
        parts.push(format!("then {} {}", at(then.due), then.title));
        parts.extend(todo(&then.todo));
    }
    parts.join("; ")
}

#[rstest]
#[case(
    r#"call connected 12m "asked for a quote" tomorrow 10am: send it"#,
    "call; Connected; 720 s; text asked for a quote; then 2026-11-20 10:00 send it"
)]
#[case("call", "call")]
#[case("call in no answer", "call; in; No answer")]
#[case("call busy friday: call again", "call; Busy; then 2026-11-20 call again; to call")]
#[case("call 1h 20m wants 40 panels, two sites", "call; 4800 s; text wants 40 panels, two sites")]
#[case("call yesterday 3pm left voicemail", "call; Left voicemail; 2026-11-18 15:00")]
#[case("call connected for 12 min spoke of the price", "call; Connected; 720 s; text spoke of the price")]
#[case("call to +48 600 100 200 wrong number", "call; out; Wrong number; with +48 600 100 200")]
#[case("call from 600100200 connected", "call; in; Connected; with 600100200")]
#[case("call told me that he is back tomorrow", "call; text told me that he is back tomorrow")]
#[case("note likes tea", "note; text likes tea")]
#[case("likes tea", "note; text likes tea")]
#[case("note: likes tea", "note; text likes tea")]
#[case("note ratio 3:4 is fine", "note; text ratio 3:4 is fine")]
#[case("note monday is fine for them", "note; text monday is fine for them")]
#[case("note yesterday: was angry", "note; 2026-11-18; text was angry")]
#[case("note today 9am: was angry", "note; 2026-11-19 09:00; text was angry")]
#[case("note today 5pm: call back", "note; then 2026-11-19 17:00 call back; to call")]
#[case("email in subject: New offer \"please send it\"", "email; in; subject New offer; text please send it")]
#[case("email in 2 days", "email; 2026-11-21")]
#[case("e-mail to anna@firm.example asked for terms", "email; out; with anna@firm.example; subject asked for terms")]
#[case("email out subject: Offer in 2 weeks: ask again", "email; out; subject Offer; then 2026-12-03 ask again")]
#[case("meeting tomorrow 3pm 45m with anna@firm.example", "meeting; 2700 s; 2026-11-20 15:00; with anna@firm.example")]
#[case("meeting tomorrow 45m 3pm site walk", "meeting; 2700 s; 2026-11-20 15:00; subject site walk")]
#[case(
    "meeting 24.11.2026 15:00-16:30 where: Elbląg \"site walk\"",
    "meeting; 2026-11-24 15:00; to 2026-11-24 16:30; in Elbląg; subject site walk"
)]
#[case("meeting completed yesterday 9am kick-off", "meeting; Completed; 2026-11-18 09:00; subject kick-off")]
#[case("meeting no show", "meeting; No show")]
#[case("task fri: send offer", "task; 2026-11-20; subject send offer")]
#[case("task send offer", "task; subject send offer")]
#[case(
    "task tomorrow 9am call Anna !high #offers",
    "task; 2026-11-20 09:00; subject call Anna; to call; high; queue offers"
)]
#[case("task fri: order #123", "task; 2026-11-20; subject order #123")]
#[case("task fri: \"a: b\" !low", "task; 2026-11-20; subject a: b; low")]
#[case("sms in from 600100200 running late", "sms; in; with 600100200; text running late")]
#[case(
    "whatsapp “see you” monday: book a table #trips",
    "whatsapp; text see you; then 2026-11-23 book a table; queue trips"
)]
#[case("linkedin out asked to connect", "linkedin; out; text asked to connect")]
#[case("letter sent price list", "postal_mail; out; text price list")]
#[case("call \"monday: is in a quote\"", "call; text monday: is in a quote")]
fn lines_in_english(#[case] line: &str, #[case] wanted: &str) {
    assert_eq!(said(line), wanted);
}

#[rstest]
#[case(
    "telefon odebrała 12 min „prosi o ofertę” jutro o 10: wyślij",
    "call; Connected; 720 s; text prosi o ofertę; then 2026-11-20 10:00 wyślij"
)]
#[case("rozmowa nie odebrał w piątek: zadzwoń", "call; No answer; then 2026-11-20 zadzwoń; to call")]
#[case("telefon poczta głosowa za tydzień: oddzwonić", "call; Left voicemail; then 2026-11-26 oddzwonić; to call")]
#[case("telefon zajęte 45 minut pojutrze: napisz", "call; Busy; 2700 s; then 2026-11-21 napisz; to e-mail")]
#[case(
    "spotkanie jutro o 15:00 1 godz z anna@firma.example",
    "meeting; 3600 s; 2026-11-20 15:00; with anna@firma.example"
)]
#[case("spotkanie wczoraj odwołane", "meeting; Canceled; 2026-11-18")]
#[case("zadanie w przyszły piątek: wyślij ofertę !pilne", "task; 2026-11-27; subject wyślij ofertę; high")]
#[case("notatka lubi herbatę, 30 listopada: zapytaj", "note; text lubi herbatę,; then 2026-11-30 zapytaj")]
#[case(
    "mejl przychodzące temat: Faktura za dwa tygodnie: zapłać",
    "email; in; subject Faktura; then 2026-12-03 zapłać"
)]
fn lines_in_polish(#[case] line: &str, #[case] wanted: &str) {
    assert_eq!(said(line), wanted);
}

#[rstest]
#[case("call connected 03/04/2026: send it", "may be")]
#[case("call 03/04/2026 connected", "may be")]
#[case("task 31 feb: send it", "There is no 31 February")]
#[case("meeting tomorrow 25:00 site walk", "There is no time")]
#[case("call 30d: send it", "may be")]
#[case("task", "needs a title")]
#[case("call connected friday:", "needs a title")]
#[case("note", "needs a text")]
#[case("", "Nothing is typed")]
#[case("meeting tomorrow 16:00-15:00 x", "ends before it starts")]
fn what_cant_be_logged_so_is_said(#[case] line: &str, #[case] wanted: &str) {
    let errors = read(line, &clock()).errors;
    assert!(errors.iter().any(|error| error.sentence.contains(wanted)), "{errors:?}");
}

#[rstest]
#[case("task send offer friday", "“friday” stays text")]
#[case("call connected told me yesterday: no", "is past")]
#[case("call \"asked for", "no end")]
#[case("call tomorrow 3pm connected", "It lies ahead")]
fn what_stays_text_is_hinted_at(#[case] line: &str, #[case] wanted: &str) {
    let read = read(line, &clock());
    assert!(read.hints.iter().any(|hint| hint.sentence.contains(wanted)), "{:?}", read.hints);
    assert!(read.errors.is_empty(), "{:?}", read.errors);
}

#[test]
fn an_ambiguous_date_is_never_a_time() {
    let read = read("meeting 03/04/2026 3pm site walk", &clock());
    assert_eq!(read.errors.len(), 1, "{:?}", read.errors);
    assert!(read.subject.contains("03/04/2026"), "{read:?}");
}

#[test]
fn every_part_is_named() {
    let text = r#"call connected 12m "asked" tomorrow 10am: send it"#;
    let parts = read(text, &clock()).parts;
    let named: Vec<(&str, &str)> = parts.iter().map(|part| (&text[part.span.clone()], part.what.label())).collect();
    let wanted = [
        ("call", "type"),
        ("connected", "outcome"),
        ("12m", "for"),
        ("\"asked\"", "what was said"),
        ("tomorrow 10am:", "then a task"),
        ("send it", "its title"),
    ];
    assert_eq!(named, wanted);
}

#[test]
fn r3_1_the_fields_go_where_they_belong() {
    let user = User::new(UserId(Uuid::from_u128(1)), "Maja", "maja@example.com");
    let on = RecordId::new(Object::CONTACT, Uuid::from_u128(2));
    let line = read("email in from anna@firm.example subject: Terms", &clock());
    let mail = line.logging(on, &user);
    let Details::Email { from, to, .. } = &mail.details else { panic!("{mail:?}") };
    assert_eq!((from.as_str(), to.as_slice()), ("anna@firm.example", &["maja@example.com".to_owned()][..]));
    assert_eq!(mail.with, ["anna@firm.example"]);
    let meeting = read("meeting tomorrow 3pm 45m with anna@firm.example", &clock()).logging(on, &user);
    let Details::Meeting { end, attendees, .. } = &meeting.details else { panic!("{meeting:?}") };
    assert_eq!(end.unwrap() - meeting.at.unwrap(), chrono::Duration::minutes(45));
    assert_eq!(attendees, &["anna@firm.example"]);
    let line = read("call connected tomorrow: send it !high", &clock());
    let then = line.then.unwrap().logging(on, &user);
    let Details::Task { priority, assignee, has_due, .. } = then.details else { panic!("{then:?}") };
    assert_eq!((priority, assignee, has_due), (Priority::High, Some(user.id), true));
}

use crate::domain::activity::Details;

fn anything() -> impl Strategy<Value = String> {
    let words = "(call|task|meeting|note|email|telefon|connected|12m|tomorrow|jutro|10am|10am:|fri:|30\\.2\\.:|03/04/2026|\
                 subject:|where:|with|a@b\\.pl|\\+48 600 100 200|!high|#q|\"|“|”|„|:|łąka|😀|[0-9]{1,4}|\\PC{1,4})";
    prop_oneof![proptest::collection::vec(words, 0..14).prop_map(|words| words.join(" ")), "\\PC*", ".*"]
}

proptest! {
    #[test]
    fn never_panics_and_names_pieces_of_the_text(text in anything()) {
        let line = read(&text, &clock());
        let mut end = 0;
        for part in &line.parts {
            prop_assert!(part.span.start >= end && part.span.end > part.span.start, "{:?}", line.parts);
            prop_assert!(text.get(part.span.clone()).is_some(), "{:?}", part);
            end = part.span.end;
        }
        for remark in line.hints.iter().chain(&line.errors) {
            prop_assert!(text.get(remark.span.clone()).is_some(), "{:?}", remark);
        }
        let user = User::new(UserId(Uuid::from_u128(1)), "Maja", "maja@example.com");
        let logging = line.logging(RecordId::new(Object::CONTACT, Uuid::from_u128(2)), &user);
        prop_assert_eq!(logging.kind, line.kind);
    }

    /// Nothing that was typed is lost: every word stands in some part.
    #[test]
    fn every_word_is_in_a_part(text in anything()) {
        let line = read(&text, &clock());
        let mut at = 0;
        for part in &line.parts {
            prop_assert!(text[at..part.span.start].chars().all(|c| c.is_whitespace() || c == ':'), "{:?}", line.parts);
            at = part.span.end;
        }
        prop_assert!(text[at..].trim().trim_matches(':').is_empty(), "{:?}", line.parts);
    }
}
