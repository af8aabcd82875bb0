//! The program is killed while one types: what was saved is there, and so is what was typed.

use crate::pty::Pty;
use rstest::rstest;

const CTRL_S: &str = "\x13";
const SHIFT_TAB: &str = "\x1b[Z";
/// What the interface remembers lies here.
const STATE: &str = ".local/state/lejek/screens";

/// A new workspace with one contact, on its page.
fn on_a_page() -> Pty {
    let mut pty = Pty::start(&[], 120, 36);
    pty.wait_for_text("Who works here").press("Maja Sikorska\r").press("maja@example.com\r");
    pty.wait_for_text("Start empty").press("jj\r").wait_for_text("There are no contacts yet");
    pty.press("cc").wait_for_text("Create contact").press(&format!("Łucja\tKowalska\tlucja@example.com{CTRL_S}"));
    pty.wait_for_text("Contacts › Łucja Kowalska").wait_for_text("Created Łucja Kowalska");
    pty
}

#[rstest]
#[case::edited_in_place(&format!("{SHIFT_TAB}jje"), "Head of purch", "Job title of Łucja Kowalska")]
#[case::in_a_form("co", "Nordhafen En", "")]
fn what_is_saved_and_what_is_typed_outlives_a_kill(#[case] keys: &str, #[case] typed: &str, #[case] offered: &str) {
    let mut pty = on_a_page();
    pty.press(keys).press(typed).wait_for_text(typed).wait_for_files("the draft", STATE, |held| held.contains(typed));
    let mut pty = pty.kill_and_start(&[]);
    pty.wait_for_text("1 contact").wait_for_text("lucja@example.com");
    if !offered.is_empty() {
        pty.wait_for_text("Not saved last time").wait_for_text(offered);
    }
    pty.press("\r").wait_for_text("Contacts › Łucja Kowalska");
    assert!(!pty.shows(typed), "it was never saved");
    pty.press(keys).wait_for_text(typed);
    pty.wait_for("who typed it", |screen| {
        let text = screen.contents();
        text.contains("You typed this at") || text.contains("Your draft from")
    });
    pty.press(CTRL_S).wait_for("that it is saved", |screen| {
        let text = screen.contents();
        text.contains(typed) && (text.contains("Changed Łucja Kowalska") || text.contains("Created Nordhafen En"))
    });
    pty.wait_for_files("that no draft is left", STATE, |held| !held.contains(typed));
    let mut pty = pty.kill_and_start(&[]);
    pty.wait_for_text("1 contact").press("\r").wait_for_text("Contacts › Łucja Kowalska").wait_for_text(typed);
    assert!(!pty.shows("Not saved last time"));
}
