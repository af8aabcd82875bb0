//! Values as cells, by what is read in them.

use super::*;
use crate::domain::object::BUILT_IN;
use crate::domain::object::ObjectSpec;
use crate::domain::settings::Settings;
use crate::domain::user::User;
use crate::domain::value::{Currency, Money};
use crate::glyphs;
use crate::theme::Theme;
use crate::ui::widgets::Look;
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// Line of a value of a built-in property.
fn line(
    object: Object,
    id: crate::domain::id::PropertyId,
    value: &Value,
    words: &[String],
    room: u16,
) -> Line<'static> {
    let spec: ObjectSpec = BUILT_IN.iter().find(|row| row.object == object).unwrap().into();
    line_of(spec.property(id).unwrap(), value, words, room)
}

fn line_of(property: &Property, value: &Value, words: &[String], room: u16) -> Line<'static> {
    let user = User::new(crate::domain::id::UserId(Uuid::nil()), "Maja Sikorska", "maja@example.com");
    let row = (String::from("user/0"), serde_json::to_string(&user).unwrap());
    let settings = Arc::new(Settings::from_rows(BTreeMap::from([row])));
    let theme = Theme::default();
    let now: DateTime<Utc> = "2026-11-19T14:20:00Z".parse().unwrap();
    let config = crate::config::Config::default();
    let cx = Cx {
        config: &config,
        file: None,
        faults: &[],
        settings: &settings,
        user: &user,
        now,
        look: Look::new(&theme, &glyphs::UNICODE),
        screen: Rect::new(0, 0, 120, 36),
        sorted: &BTreeSet::new(),
        kept: &crate::ui::kept::Kept::default(),
        here: std::path::Path::new(""),
    };
    cell_with_hits(property, Some(value), words, room, theme.text, &cx)
}

fn shown(object: Object, id: crate::domain::id::PropertyId, value: &Value, room: u16) -> String {
    line(object, id, value, &[], room).to_string()
}

#[rstest]
#[case(1, 20, "╾──  Subscriber")]
#[case(3, 40, "━╾─  Marketing qualified lead")]
#[case(3, 24, "━╾─  Marketing qualified")]
#[case(3, 20, "━╾─  Marketing qual.")]
#[case(4, 20, "━━─  Sales qualified")]
#[case(6, 20, "━━━  Customer")]
#[case(7, 20, "━━━  Evangelist")]
#[case(8, 20, "     Other")]
#[case(4, 4, "━━─")]
fn the_lifecycle_is_a_meter_and_a_word(#[case] stage: u16, #[case] room: u16, #[case] expected: &str) {
    assert_eq!(shown(Object::CONTACT, is::LIFECYCLE_STAGE, &Value::Option(OptionId(stage)), room), expected);
}

#[rstest]
#[case(Object::LEAD, 1, "━──  New")]
#[case(Object::LEAD, 4, "●    Qualified")]
#[case(Object::LEAD, 5, "✕    Disqualified")]
#[case(Object::DEAL, 16, "●    Closed won")]
#[case(Object::TICKET, 24, "●    Closed")]
#[case(Object::DEAL, 999, "(deleted)")]
fn a_stage_says_how_far_or_how_it_ended(#[case] object: Object, #[case] stage: u16, #[case] expected: &str) {
    assert_eq!(shown(object, is::STAGE, &Value::Option(OptionId(stage)), 20), expected);
}

#[rstest]
#[case(6_200_000, 10, "62 000 €")]
#[case(123_456_700, 10, "1.2M €")]
#[case(-99_900_000, 7, "-999k €")]
fn an_amount_is_whole_or_rounded_but_never_cut(#[case] minor: i64, #[case] room: u16, #[case] expected: &str) {
    let money = Value::Money(Money { minor, currency: Currency::EUR });
    let shown = shown(Object::DEAL, is::AMOUNT, &money, room).replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(shown, expected);
}

#[test]
fn a_colleague_is_shortened_before_being_cut() {
    let user = Value::User(crate::domain::id::UserId(Uuid::nil()));
    assert_eq!(shown(Object::CONTACT, is::OWNER, &user, 14), "Maja Sikorska");
    assert_eq!(shown(Object::CONTACT, is::OWNER, &user, 9), "Maja S.");
}

#[test]
fn an_address_is_cut_on_both_sides_and_hits_are_marked() {
    let email = Value::text("z.wierzbicka@nordhafen-energie.example");
    let line = line(Object::CONTACT, is::EMAIL, &email, &["wie".into()], 20);
    assert_eq!(line.to_string(), "z.wierz…@nordhafen-…");
    let marked: String = line
        .spans
        .iter()
        .filter(|s| s.style.add_modifier.contains(Modifier::UNDERLINED))
        .map(|s| s.content.as_ref())
        .collect();
    assert_eq!(marked, "wie");
}

#[test]
fn a_novel_in_a_name_is_read_no_further_than_it_is_seen() {
    let novel = "Łódź\x1b[2J\u{202e} ".repeat(100_000);
    let started = beginning(&novel, 20).len();
    assert!(started < 200, "{started}");
    assert_eq!(shown(Object::CONTACT, is::JOB_TITLE, &Value::text(novel), 10), "Łódź[2J Ł…");
}

/// A property of a user's with three options.
fn sizes(kind: Kind) -> Property {
    let spec: ObjectSpec = BUILT_IN.iter().find(|row| row.object == Object::CONTACT).unwrap().into();
    let choice = |(number, (label, tint)): (u16, (&str, Tint))| Choice {
        id: OptionId(number),
        name: label.to_lowercase(),
        label: label.to_owned(),
        tint,
    };
    let choices = [("Small", Tint::Blue), ("Medium", Tint::Grey), ("Large", Tint::Red)];
    let plain = spec.property(is::LEAD_STATUS).unwrap().clone();
    Property { id: Property::FIRST_CUSTOM, kind, choices: (1..).zip(choices).map(choice).collect(), ..plain }
}

#[test]
fn an_option_is_a_sign_in_its_colour_and_a_word() {
    let shown = line_of(&sizes(Kind::Option), &Value::Option(OptionId(3)), &[], 20);
    assert_eq!(shown.to_string(), "● Large");
    let theme = Theme::default();
    assert_eq!(shown.spans[0].style.fg, theme.tints[Tint::Red as usize].fg);
    assert_eq!(shown.spans[2].style.fg, theme.text.fg, "the word stays calm");
    let plain = line(Object::CONTACT, is::LEAD_STATUS, &Value::Option(OptionId(1)), &[], 20);
    assert!(!plain.to_string().contains('●'), "a built-in one that nobody coloured");
}

#[rstest]
#[case(30, "● Small  ● Medium  ● Large")]
#[case(20, "● Small  ● Medium …")]
#[case(12, "● Small …")]
#[case(8, "● Sma… …")]
fn several_options_say_that_there_are_more(#[case] room: u16, #[case] expected: &str) {
    let all = Value::Options([1, 2, 3].map(OptionId).to_vec());
    let shown = line_of(&sizes(Kind::Options), &all, &[], room).to_string();
    assert!(width(&shown) <= usize::from(room), "{shown}");
    assert_eq!(shown, expected);
}
