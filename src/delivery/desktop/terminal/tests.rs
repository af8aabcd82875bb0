//! R4.8: what is written to a terminal so that it notifies.

use super::*;
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

const ID: &str = "00000000-0000-0000-0000-000000000007";

fn message(subject: &str, text: &str) -> Message {
    let (id, to) = (Uuid::from_u128(7), String::new());
    Message { id, to, subject: subject.to_owned(), text: text.to_owned(), link: None }
}

fn terminal(variables: &[(&str, &str)]) -> Terminal {
    Terminal::from_variables(|name| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    })
}

fn bytes(variables: &[(&str, &str)], subject: &str, text: &str) -> String {
    String::from_utf8(notice(&terminal(variables), &message(subject, text))).unwrap()
}

#[rstest]
#[case(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], "\x1b]9;Task due: Call Jan\x07\x07")]
#[case(&[("TERM", "foot-extra")], "\x1b]777;notify;Task due;Call Jan\x07\x07")]
#[case(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], "\x1b]777;notify;Task due;Call Jan\x07\x07")]
#[case(&[("TERM", "xterm-256color")], "\x07")]
#[case(&[("TERM", "xterm-256color"), ("WT_SESSION", "1"), ("VTE_VERSION", "")], "\x07")]
#[case(&[("TERM", "linux"), ("KITTY_WINDOW_ID", "1")], "\x07")]
#[case(&[("TERM", "dumb"), ("TERM_PROGRAM", "iTerm.app")], "")]
#[case(&[], "\x07")]
fn r4_8_each_terminal_in_its_own_way(#[case] variables: &[(&str, &str)], #[case] wanted: &str) {
    assert_eq!(bytes(variables, "Task due", "Call\nJan"), wanted);
}

#[test]
fn r4_8_kitty_gets_the_id_so_that_a_double_replaces_the_first() {
    let wanted = format!("\x1b]99;i={ID}:d=0:p=title;Task due\x07\x1b]99;i={ID}:d=1:p=body;Call Jan\x07\x07");
    assert_eq!(bytes(&[("TERM", "xterm-kitty")], "Task due", "Call Jan"), wanted);
}

#[test]
fn r4_8_multiplexers_pass_it_on() {
    let tmux = [("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux-0/default,1,0"), ("LC_TERMINAL", "iTerm2")];
    assert_eq!(bytes(&tmux, "a", "b"), "\x1bPtmux;\x1b\x1b]9;a: b\x07\x1b\\\x07");
    let screen = [("TERM", "screen"), ("STY", "1.pts"), ("LC_TERMINAL", "iTerm2")];
    assert_eq!(bytes(&screen, "a", "b"), "\x1bP\x1b]9;a: b\x07\x1b\\\x07");
}

#[test]
fn r4_8_no_name_steers_the_terminal() {
    let hostile = "a\x1b]0;gone\x07\u{9c}\u{9d}b\x1b\\;c";
    let seen = bytes(&[("TERM", "foot")], hostile, hostile);
    assert_eq!(seen, "\x1b]777;notify;a ]0,gone   b \\,c;a ]0;gone   b \\;c\x07\x07");
    assert_eq!(bytes(&[("TERM_PROGRAM", "rio")], "4;1;50", ""), "\x1b]9; 4;1;50: \x07\x07");
}

#[test]
fn r4_8_a_long_text_is_cut() {
    assert!(bytes(&[("TERM", "xterm-kitty")], &"ż".repeat(10_000), &"ż".repeat(100_000)).len() < 2_048);
}

proptest! {
    #[test]
    fn r4_8_whatever_a_record_holds_the_sequence_is_one(subject in any::<String>(), text in any::<String>()) {
        let seen = bytes(&[("TERM", "foot")], &subject, &text);
        let inner = seen.strip_prefix("\x1b]777;notify;").and_then(|seen| seen.strip_suffix("\x07\x07"));
        prop_assert!(inner.is_some_and(|inner| !inner.contains(char::is_control)), "{:?}", seen);
    }
}
