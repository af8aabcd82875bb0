//! The first start in an empty folder, by keys alone.

use crate::pty::Pty;
use vt100::Screen;

fn asks(screen: &Screen) -> bool {
    screen.alternate_screen() && screen.contents().contains("Who works here")
}

#[test]
fn r6_3_the_first_start_asks_and_ends_on_the_imported_list() {
    let mut pty = Pty::start(&[], 100, 30);
    std::fs::write(pty.folder().join("people.csv"), "First name,Email\nÉva,eva@example.com\n").unwrap();
    pty.wait_for("the form", asks).press("Łucja Kowalska\r");
    pty.press("lucja\r").wait_for_text("✕").press("@example.com\r");
    pty.wait_for_text("Import a file").wait_for_text("Start empty").press("\r");
    pty.wait_for_text("people.csv").press("peo").press("\r");
    pty.wait_for_text("Comes in as").press("]");
    pty.wait_for_text("1 created").press("\r");
    pty.wait_for("the list", |screen| screen.contents().contains("All contacts") && screen.contents().contains("Éva"));
    pty.press("q").wait_for_text("Import").press("\x03\x03");
    assert_eq!(pty.end().code, 0);
}

#[test]
fn escape_makes_nothing() {
    let mut pty = Pty::start(&[], 80, 24);
    pty.wait_for("the form", asks).press("Jan\r").press("\x1b");
    let left = pty.end();
    assert_eq!(left.code, 0);
    assert!(!left.parser.screen().alternate_screen() && left.as_before);
    assert!(!left.has_workspace);
}

#[test]
fn the_demo_of_the_first_start_is_gone_again() {
    let mut pty = Pty::start(&[], 100, 30);
    pty.wait_for("the form", asks).press("Jan\r").press("jan@example.com\r");
    pty.wait_for_text("Try the demo").press("j\r");
    pty.wait_for_text("2 000").press("q");
    let left = pty.end();
    assert_eq!(left.code, 0);
    assert!(left.parser.screen().contents().contains("`lejek` opens your own workspace"));
    assert_eq!(left.temporary, Vec::<String>::new());
    assert!(left.has_workspace, "one's own is there, and empty");
}

#[test]
fn a_signal_during_the_first_start_gives_the_terminal_back() {
    let mut pty = Pty::start(&[], 80, 24);
    pty.wait_for("the form", asks).signal("TERM");
    let left = pty.end();
    assert_eq!(left.code, 143);
    assert!(!left.parser.screen().alternate_screen() && left.as_before);
}
