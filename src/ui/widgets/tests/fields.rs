//! The text field.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::keys::chord;

fn key(field: &mut TextField, keys: &str) -> Option<Edit> {
    let pressed = chord::parse(keys).unwrap()[0][0];
    field.key(KeyEvent::new(*pressed.codes.first(), pressed.modifiers))
}

#[test]
fn a_field_takes_what_types_and_leaves_the_rest() {
    let mut field = TextField::new("Jan Kowalski");
    assert_eq!(key(&mut field, "ctrl-w"), Some(Edit::Changed));
    assert_eq!(field.text(), "Jan ");
    let letter = KeyEvent::new(KeyCode::Char('Ł'), KeyModifiers::SHIFT);
    assert_eq!(field.key(letter), Some(Edit::Changed));
    assert_eq!(key(&mut field, "ctrl-a"), Some(Edit::Kept));
    assert_eq!(key(&mut field, "delete"), Some(Edit::Changed));
    assert_eq!(field.text(), "an Ł");
    assert_eq!(key(&mut field, "ctrl-k"), Some(Edit::Changed));
    assert_eq!(key(&mut field, "ctrl-y"), Some(Edit::Changed));
    assert_eq!(field.text(), "an Ł");
    for other in ["enter", "esc", "tab", "down", "ctrl-p", "f1", "alt-1"] {
        assert_eq!(key(&mut field, other), None, "{other}");
    }
}

#[test]
fn what_is_pasted_becomes_one_clean_line_within_the_limit() {
    let mut field = TextField::default().limited(12);
    field.paste("one\r\ntwo\x1b[31m\u{202E}\n");
    assert_eq!(field.text(), "one two[31m");
    field.paste("12345");
    assert_eq!(field.text(), "one two[31m1");
    assert_eq!(key(&mut field, "x"), Some(Edit::Kept));
}

#[test]
fn the_caret_is_always_in_the_field() {
    let shown = |text: &str, left: usize| {
        let mut field = TextField::new(text);
        for _ in 0..left {
            key(&mut field, "left");
        }
        let mut caret = None;
        let rows = drawn(12, 1, |buf, area, look| {
            let options = FieldLook { focused: true, prompt: Some(Span::raw("/")), placeholder: "name" };
            caret = field.draw(buf, area, &options, look);
        });
        (rows[0].clone(), caret.unwrap().x)
    };
    assert_eq!(shown("", 0), (" / name".into(), 3));
    assert_eq!(shown("kow", 0), (" / kow".into(), 6));
    assert_eq!(shown("kowalski", 1), (" / kowalski".into(), 10));
    assert_eq!(shown("kowalski", 0), (" / owalski".into(), 10));
    assert_eq!(shown("花園光学", 0), (" / 園 光 学".into(), 9));
    assert_eq!(shown("kowalskiego", 11), (" / kowalski".into(), 3));
}
