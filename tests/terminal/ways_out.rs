//! Every way out of the interface, and every way not to get in.

use crate::pty::{Left, Pty};
use assert_cmd::Command;
use rstest::rstest;
use vt100::{MouseProtocolMode, Screen};

pub const DEMO: &[&str] = &["demo", "--contacts", "50"];

pub fn is_list(screen: &Screen) -> bool {
    let text = screen.contents();
    screen.alternate_screen() && text.contains("Contacts") && text.contains("50")
}

#[track_caller]
pub fn assert_given_back(left: &Left, code: u32) {
    let screen = left.parser.screen();
    assert_eq!(left.code, code, "{}", screen.contents());
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
    // 25 is the cursor's own visibility.
    let left_on: Vec<u16> = left.modes.iter().filter(|(_, on)| **on).map(|(mode, _)| *mode).collect();
    assert_eq!(left_on, [25]);
    for mode in [25, 1000, 1002, 1004, 1006, 1049, 2004] {
        assert!(left.modes.contains_key(&mode), "mode {mode} was never set: {:?}", left.modes);
    }
    assert!(left.as_before, "echo and line mode are not as before");
    assert_eq!(left.temporary, Vec::<String>::new());
}

#[test]
fn the_demo_shows_its_contacts_and_q_leaves() {
    let mut pty = Pty::start(DEMO, 100, 30);
    pty.wait_for("the list", is_list).press("q");
    assert_given_back(&pty.end(), 0);
}

#[test]
fn what_is_copied_goes_to_the_terminal_itself() {
    let mut pty = Pty::start(DEMO, 100, 30);
    pty.wait_for("the list", is_list).press("yn").wait_for_text("Copied");
    assert!(pty.wrote("\x1b]52;c;"));
    pty.press("q");
    assert_given_back(&pty.end(), 0);
}

#[test]
fn ctrl_c_pressed_twice_leaves() {
    let mut pty = Pty::start(DEMO, 100, 30);
    pty.wait_for("the list", is_list).press("\x03").wait_for_text("again quits").press("\x03");
    assert_given_back(&pty.end(), 0);
}

#[rstest]
#[case("TERM", 143)]
#[case("INT", 130)]
#[case("HUP", 129)]
fn a_signal_gives_the_terminal_back(#[case] signal: &str, #[case] code: u32) {
    let mut pty = Pty::start(DEMO, 100, 30);
    pty.wait_for("the list", is_list).signal(signal);
    assert_given_back(&pty.end(), code);
}

#[test]
fn windows_too_small_say_so_and_grow_again() {
    let mut pty = Pty::start(DEMO, 20, 5);
    pty.wait_for("the card", |screen| screen.alternate_screen() && screen.contents().contains("20"));
    for (cols, rows) in [(1, 1), (2, 40), (200, 1)] {
        pty.resize(cols, rows).resize(100, 30).wait_for("the list", is_list);
        pty.resize(20, 5).wait_for("the card", |screen| !is_list(screen) && screen.contents().contains("20"));
    }
    pty.resize(1, 1).wait_for("the corner", |screen| !screen.contents().contains("20")).press("\x03\x03");
    assert_given_back(&pty.end(), 0);
}

#[test]
fn a_window_of_one_cell_is_no_crash() {
    let mut pty = Pty::start(DEMO, 1, 1);
    pty.wait_for("the screen", Screen::alternate_screen).resize(80, 24).wait_for("the list", is_list).press("q");
    assert_given_back(&pty.end(), 0);
}

#[rstest]
#[case(&[])]
#[case(DEMO)]
fn without_a_terminal_a_sentence_says_so(#[case] args: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("lejek").unwrap();
    command.env_clear().env("HOME", home.path()).env("TERM", "xterm").env("LEJEK_DATA", home.path().join("data"));
    let output = command.args(args).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("The interface needs a terminal") && said.contains("lejek --help"), "{said}");
    assert_eq!(output.stdout, b"", "nothing is drawn where nobody looks");
    assert!(!home.path().join("data").exists(), "nothing is made");
}
