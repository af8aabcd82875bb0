//! Other people's words in a message.

use super::*;

fn message(subject: &str, text: &str) -> Message {
    let (id, to) = (Uuid::nil(), String::new());
    Message { id, to, subject: subject.to_owned(), text: text.to_owned(), link: None }
}

#[test]
fn a_title_is_one_line_without_marks() {
    let hostile = "Łódź\r\nBcc: all@example.com\u{1b}]0;x\u{7}\u{85}\u{2028}gpj.\u{202e}exe\0";
    assert_eq!(message(hostile, "").title(), "Łódź  Bcc: all@example.com ]0;x   gpj.exe");
}

#[test]
fn a_body_keeps_its_lines_and_ends_with_the_link() {
    let mut message = message("", "one\r\ntwo\u{1b}[2J\n.\n\n");
    assert_eq!(message.body(), "one\ntwo [2J\n.");
    message.link = Some("https://example.com/1".to_owned());
    assert_eq!(message.body(), "one\ntwo [2J\n.\n\nhttps://example.com/1");
    message.text.clear();
    assert_eq!(message.body(), "https://example.com/1");
}

#[test]
fn what_is_long_is_cut() {
    let message = message(&"ż".repeat(1000), &"ż\n".repeat(100_000));
    assert_eq!(message.title().chars().count(), TITLE);
    assert!(message.title().ends_with('…'));
    assert_eq!(message.body().chars().count(), BODY);
}

#[test]
fn only_an_address_of_the_web_is_opened() {
    let link = |link: &str| Message { link: Some(link.to_owned()), ..message("", "") };
    assert_eq!(link("https://example.com/a").web_link(), Some("https://example.com/a"));
    assert_eq!(link("lejek show 0192abcd").web_link(), None);
    assert_eq!(link("https://example.com/\r\nX: y").web_link(), None);
}
