//! A long text in the user's own editor: the terminal goes there and comes back.

use crate::pty::Pty;
use crate::ways_out::{DEMO, assert_given_back, is_list};
use rstest::rstest;

const CTRL_E: &str = "\x05";
const CTRL_S: &str = "\x13";

/// The box of the first contact's notes.
fn notes(editor: &str) -> Pty {
    let mut pty = Pty::start_with(DEMO, 100, 30, &[("EDITOR", editor), ("PATH", "/usr/bin:/bin")]);
    pty.wait_for("the list", is_list).press("\r").wait_for_text("Contacts ›");
    pty.press(":").wait_for_text("Commands and records").press("edit a prop\r").wait_for_text("Edit a property of");
    pty.press("notes\r").wait_for_text("in $EDITOR");
    pty
}

#[test]
fn a_text_comes_back_and_is_saved() {
    let mut pty =
        notes("sh -c 'echo ready > /dev/tty; cat > /dev/null; stty -a > /dev/tty; echo from outside > \"$0\"'");
    pty.press(CTRL_E)
        .wait_for("the shell's screen", |screen| !screen.alternate_screen() && screen.contents().contains("ready"));
    // What is typed meanwhile is for the editor.
    pty.press("qqq\n\x04")
        .wait_for("the page", |screen| screen.alternate_screen() && screen.contents().contains("from outside"));
    pty.press(CTRL_S).wait_for_text("Changed ").press("qq");
    assert_given_back(&pty.end(), 0);
}

#[rstest]
#[case("false", "false ended with an error")]
#[case("/not/there", "could not be started")]
fn an_editor_that_fails_keeps_the_text(#[case] editor: &str, #[case] said: &str) {
    let mut pty = notes(editor);
    pty.press(&format!("still here{CTRL_E}")).wait_for_text(said);
    pty.wait_for_text("still here").press("\x03\x03");
    assert_given_back(&pty.end(), 0);
}
