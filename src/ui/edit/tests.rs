//! Fields by themselves: what keys do to them, what they say, what value they give.

use super::*;
use crate::domain::object::{BUILT_IN, ObjectSpec};
use crate::domain::property::{Choice, Tint};
use crate::domain::settings::Settings;
use crate::domain::user::User;
use crate::glyphs::UNICODE;
use crate::theme::Theme;
use crate::ui::kept::Kept;
use crate::ui::widgets::Look;
use chrono::{TimeZone, Utc};
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

const OF: Of = Of { object: Object::DEAL, pipeline: None };

/// Gives a test what a field looks at, and does something with a field of that kind.
fn with(kind: Kind, value: Option<&Value>, act: impl FnOnce(&mut FieldEditor, &Cx)) {
    let user = User {
        active: true,
        ..User::new(crate::domain::id::UserId(Uuid::from_u128(1)), "Maja Sikorska", "maja@example.com")
    };
    let mut settings = Settings::from_rows(BTreeMap::new());
    settings.users.push(user.clone());
    let theme = Theme::default();
    let config = crate::config::Config::default();
    let cx = Cx {
        config: &config,
        file: None,
        faults: &[],
        settings: &Arc::new(settings),
        user: &user,
        now: Utc.with_ymd_and_hms(2026, 11, 19, 14, 20, 0).unwrap(),
        look: Look::new(&theme, &UNICODE),
        screen: Rect::new(0, 0, 120, 36),
        sorted: &BTreeSet::new(),
        kept: &Kept::default(),
        here: std::path::Path::new(""),
    };
    let name = ObjectSpec::from(&BUILT_IN[2]).property(is::NAME).unwrap().clone();
    let choice = |(id, label): (u16, &str)| Choice {
        id: OptionId(id),
        name: label.to_lowercase(),
        label: label.into(),
        tint: Tint::default(),
    };
    let choices = [(1, "Red"), (2, "Green"), (3, "Blue")].map(choice).to_vec();
    let property = Property { kind, choices, required: false, label: "Colour".into(), ..name };
    act(&mut FieldEditor::new(&property, value, OF, &cx), &cx);
}

fn press(editor: &mut FieldEditor, keys: &str) {
    for c in keys.chars() {
        editor.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    }
}

fn said(editor: &FieldEditor, cx: &Cx) -> String {
    editor.message(60, cx).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[rstest]
//    kind             typed                            value in its plain form            below the field
#[case(Kind::Text, "a b", "a b", "")]
#[case(Kind::Number, "1.5k", "1500", "✓ 1 500")]
#[case(Kind::Money, "12 usd", "12.00 USD", "✓ 12 $")]
#[case(Kind::Date, "3 dec", "2026-12-03", "✓ Thu 3 Dec 2026 in 14 days")]
#[case(Kind::DateTime, "in two weeks 3pm", "2026-12-03T15:00:00Z", "✓ Thu 3 Dec 2026, 15:00 in 14 days")]
#[case(Kind::YesNo, "y", "yes", "")]
#[case(Kind::Option, "bl", "Blue", "")]
#[case(Kind::User, "sik", "maja@example.com", "")]
#[case(Kind::Phone, "600 100 200", "600 100 200", "✓ +48600100200")]
#[case(Kind::Email, "a@b.example", "a@b.example", "")]
#[case(Kind::Emails, "a@b.example;c@d.example", "a@b.example;c@d.example", "✓ a@b.example · c@d.example")]
#[case(Kind::Texts, "one;two", "one;two", "✓ one · two")]
#[case(Kind::Domain, "https://www.b.example/x", "b.example", "✓ b.example")]
#[case(Kind::Stage, "contract", "Contract sent", "")]
#[case(Kind::LongText, "a b", "a b", "")]
fn every_kind_is_typed_and_understood(
    #[case] kind: Kind,
    #[case] typed: &str,
    #[case] value: &str,
    #[case] below: &str,
) {
    with(kind, None, |editor, cx| {
        press(editor, typed);
        assert_eq!(said(editor, cx), below);
        editor.settle();
        let found = editor.value(cx).unwrap().unwrap();
        assert_eq!(plain(&editor.property, &found, cx.settings), value);
    });
}

#[rstest]
#[case(Kind::Number, "lots")]
#[case(Kind::Money, "12 bananas")]
#[case(Kind::Date, "3/4/2027")]
#[case(Kind::Option, "purple")]
#[case(Kind::User, "nobody")]
#[case(Kind::Email, "nobody")]
#[case(Kind::Emails, "a@b.example; nobody")]
#[case(Kind::Phone, "12")]
fn what_is_wrong_is_a_sentence_and_stays(#[case] kind: Kind, #[case] typed: &str) {
    with(kind, None, |editor, cx| {
        press(editor, typed);
        editor.settle();
        let sentence = editor.value(cx).unwrap_err();
        assert!(sentence.chars().count() > 10, "{sentence}");
        assert_eq!(editor.text(), typed);
        editor.refuse(sentence.clone());
        assert!(said(editor, cx).starts_with("✕ "));
    });
}

#[test]
fn what_was_not_touched_is_as_it_was() {
    let odd = Value::text("\u{2764}\u{fe0f} two\u{200b} words");
    with(Kind::Text, Some(&odd), |editor, cx| assert_eq!(editor.value(cx), Ok(Some(odd.clone()))));
    let to_the_second = Value::Time(Utc.with_ymd_and_hms(2026, 1, 2, 3, 4, 5).unwrap());
    with(Kind::DateTime, Some(&to_the_second), |editor, cx| {
        editor.settle();
        assert_eq!(editor.value(cx), Ok(Some(to_the_second.clone())));
    });
}

#[test]
fn an_option_that_was_deleted_stays_until_it_is_unticked() {
    let value = Value::Options(vec![OptionId(1), OptionId(9)]);
    with(Kind::Options, Some(&value), |editor, cx| {
        editor.drop_down();
        editor.run(Command::MoveDown, None);
        editor.run(Command::Tick, None);
        assert_eq!(editor.value(cx), Ok(Some(Value::Options(vec![OptionId(1), OptionId(9), OptionId(2)]))));
        assert_eq!(editor.text(), "Red;(deleted);Green");
    });
}

#[test]
fn a_filter_ticks_one_after_another() {
    with(Kind::Options, None, |editor, cx| {
        press(editor, "bl");
        assert!(editor.enter(), "the first enter ticks");
        press(editor, "re");
        editor.settle();
        assert_eq!(editor.value(cx), Ok(Some(Value::Options(vec![OptionId(3), OptionId(1)]))));
        assert!(!editor.enter(), "the next one is done with it");
    });
}

#[test]
fn a_draft_comes_back_as_it_was_typed() {
    for (kind, typed) in
        [(Kind::Date, "next fri"), (Kind::Option, "Blue"), (Kind::Option, "purp"), (Kind::Options, "Red;Blue")]
    {
        with(kind, None, |editor, _| {
            editor.set_text(typed);
            assert_eq!(editor.text(), typed);
            assert!(editor.is_touched());
        });
    }
}

#[test]
fn a_box_breaks_lines_and_the_caret_follows_them() {
    let mut text = TextBox::new("one two three\n\nfour");
    let mut buf = Buffer::empty(Rect::new(0, 0, 12, 5));
    let theme = Theme::default();
    let look = Look::new(&theme, &UNICODE);
    let mut caret = |text: &mut TextBox| text.draw(&mut buf, Rect::new(0, 0, 12, 5), true, look).map(|at| (at.x, at.y));
    let key = |text: &mut TextBox, code| text.key(KeyEvent::new(code, KeyModifiers::NONE));
    assert_eq!(caret(&mut text), Some((5, 3)));
    key(&mut text, KeyCode::Up);
    assert_eq!(caret(&mut text), Some((1, 2)));
    key(&mut text, KeyCode::Up);
    key(&mut text, KeyCode::End);
    assert_eq!(caret(&mut text), Some((6, 1)));
    key(&mut text, KeyCode::Up);
    assert_eq!(caret(&mut text), Some((6, 0)));
    text.key(KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL));
    assert_eq!(text.text(), "one wo three\n\nfour");
    text.key(KeyEvent::new(KeyCode::Char('y'), KeyModifiers::CONTROL));
    text.paste("\r\nA\x1b[31m\r\n");
    assert_eq!(text.text(), "one t\nA[31m\nwo three\n\nfour");
}
