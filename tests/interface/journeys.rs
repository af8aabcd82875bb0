//! What one does with the interface, by keys and mouse, and what one sees.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crossterm::event::MouseEventKind;
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::keys::rows::{EVERYWHERE, LIST};
use lejek::keys::rows_of;
use lejek::ui::app::Order;
use lejek::ui::terminal::Input;
use lejek::workspace::request::Reply;
use ratatui::style::Modifier;
use std::time::Duration;

fn contacts() -> Pilot {
    Pilot::start(&people::workspace(), 120, 36)
}

/// Whether the cursor stands on the row that begins so.
fn is_at(pilot: &Pilot, name: &str) -> bool {
    pilot.cursor_row().starts_with(name)
}

#[track_caller]
fn assert_at(pilot: &Pilot, name: &str) {
    assert!(is_at(pilot, name), "the cursor is not on {name}:\n{}", pilot.screen());
}

#[test]
fn the_cursor_moves() {
    let mut pilot = contacts();
    assert_at(&pilot, "Zofia Wierzbicka");
    assert_at(pilot.press("j j"), "Jan Kowalski");
    assert_at(pilot.press("5 j"), "Anneliese Groß");
    assert_at(pilot.press("k up"), "Łukasz Śnieżka");
    assert_at(pilot.press("G"), "Róża Sikowska");
    assert_at(pilot.press("home"), "Zofia Wierzbicka");
    assert_at(pilot.press("ctrl-d"), "Tadeusz Gołąb");
    assert_at(pilot.press("ctrl-u"), "Zofia Wierzbicka");
    assert_at(pilot.press("1 0 G"), "Małgorzata");
}

#[test]
fn a_list_of_thousands_is_read_in_pieces() {
    let names: Vec<String> = (0..3_000).map(|number| format!("Nr {number:04}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut pilot = Pilot::start(&people::named(&names), 80, 24);
    assert_shows(&pilot, "3 000 contacts");
    for (keys, row) in [("pagedown", "Nr 0016"), ("G", "Nr 2999"), ("k", "Nr 2998"), ("1 5 0 0 g g", "Nr 1499")] {
        assert_at(pilot.press(keys), row);
        assert_hides(&pilot, "▒");
    }
    for _ in 0..40 {
        pilot.press("j");
        assert_hides(&pilot, "▒");
    }
    assert_at(&pilot, "Nr 1539");
    pilot.press("1 0 0 0 ctrl-u");
    assert_at(&pilot, "Nr 0000");
}

#[test]
fn search_narrows_while_one_types() {
    let mut pilot = contacts();
    pilot.press("j j j /").type_in("kow");
    assert_shows(&pilot, "6 of 30");
    assert_at(&pilot, "Jan Kowalski");
    let hits = pilot.marked(Modifier::UNDERLINED);
    assert_eq!(hits.to_lowercase(), "kow".repeat(8), "in names and in addresses that are not cut there");
    pilot.press("down down");
    assert_shows(pilot.press("enter"), "Search kow ×");
    assert_at(&pilot, "Jan Kowalski");
    assert_at(pilot.press("n"), "Dorota Nowakowska");
    assert_at(pilot.press("N N"), "Jan Kowalski");
}

#[test]
fn enter_means_what_was_searched_however_fast_it_comes() {
    let mut pilot = contacts();
    pilot.press_at_once("/ n o w a k enter enter");
    assert_shows(&pilot, "Contacts › Dorota Nowakowska");
    pilot.press("esc esc").press_at_once("s n enter");
    assert_shows(&pilot, "Contacts › Agnieszka Żurawska");
    pilot.press("esc").press_at_once(": w i e r z b i c k a enter");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    pilot.press("esc").press_at_once("/ x y z enter enter j");
    assert_shows(&pilot, "No contact holds “xyz”.");
}

#[test]
fn letters_are_found_without_their_marks() {
    let mut pilot = contacts();
    pilot.press("/").type_in("loew");
    assert_at(&pilot, "Heike Löwenthal");
    pilot.press("ctrl-u").type_in("zofia wierz");
    assert_shows(&pilot, "1 of 30");
    pilot.press("ctrl-u").type_in("SNIEZ");
    assert_at(&pilot, "Łukasz Śnieżka");
}

#[test]
fn esc_leaves_the_box_then_clears_and_never_quits() {
    let mut pilot = contacts();
    pilot.press("/").type_in("nowak");
    pilot.press("esc");
    assert_shows(&pilot, "Search nowak ×");
    assert_shows(&pilot, "1 of 30");
    pilot.press("esc");
    assert_shows(&pilot, "30 contacts");
    assert_at(&pilot, "Dorota Nowakowska");
    pilot.press("esc esc esc");
    assert_eq!(pilot.exit(), None);
}

#[test]
fn letters_type_while_one_searches() {
    let mut pilot = contacts();
    pilot.press("/").type_in("q?gs:5");
    assert_shows(&pilot, "/ q?gs:5");
    assert_eq!(pilot.exit(), None);
    assert_shows(&pilot, "No contact holds “q?gs:5”.");
    assert_shows(pilot.press("f1"), "Keys of the contact list");
}

#[test]
fn pasted_text_is_searched_as_one_line() {
    let mut pilot = contacts();
    pilot.press("/").input(Input::Paste("nowa\x1b[31mk\nowska\n".into()));
    assert_shows(&pilot, "/ nowa[31mk owska");
}

#[test]
fn an_empty_search_says_what_helps() {
    let mut pilot = contacts();
    pilot.press("/").type_in("xyz");
    pilot.press("enter");
    assert_shows(&pilot, "No contact holds “xyz”.");
    assert_shows(&pilot, "esc clears the search");
    assert_shows(pilot.press("enter"), "The list is empty.");
    assert_shows(pilot.press("esc"), "30 contacts");
}

#[test]
fn any_column_sorts() {
    let mut pilot = contacts();
    pilot.press("s");
    assert_shows(&pilot, "waiting for the second key");
    assert_shows(&pilot, "sort by…");
    pilot.press("n");
    assert_shows(&pilot, "Name ↑");
    assert_shows(&pilot, "All contacts * 30");
    assert_at(&pilot, "Agnieszka Żurawska");
    assert_at(pilot.press("G"), "nobody@nowhere.example");
    assert_at(pilot.press("k"), "高瀬");
    pilot.press("s s");
    assert_shows(&pilot, "Name ↓");
    assert_at(&pilot, "高瀬");
    pilot.press("s l s l");
    assert_shows(&pilot, "Lifecycle stage ↓");
    pilot.press("s a");
    assert_shows(&pilot, "Activity ↓");
    assert_hides(&pilot, "All contacts *");
}

#[test]
fn each_object_has_its_list() {
    let mut pilot = contacts();
    assert_shows(pilot.press("g d"), "Retrofit Gdańsk");
    assert_shows(&pilot, "48 000 €");
    assert_shows(&pilot, "● ");
    assert_shows(pilot.press("g l"), "▲ Hot");
    assert_shows(pilot.press("g o"), "Thornbury Mills");
    assert_shows(pilot.press("g t"), "There are no tickets yet.");
    assert_shows(pilot.press("g t"), "It is open already.");
    assert_shows(pilot.press("g c"), "Zofia Wierzbicka");
}

#[test]
fn back_brings_the_list_back_as_it_was() {
    let mut pilot = contacts();
    pilot.press("/").type_in("kow");
    pilot.press("enter j j j");
    let before = pilot.screen();
    pilot.press("g d j g o");
    pilot.press("ctrl-o");
    assert_at(&pilot, "Switchgear");
    pilot.press("alt-left");
    assert_eq!(pilot.screen(), before);
    pilot.press("alt-right");
    assert_at(&pilot, "Switchgear");
    assert_shows(pilot.press("alt-right alt-right"), "Nothing was left by going back.");
    pilot.press("g c");
    assert_at(&pilot, "Dorota Nowakowska");
}

#[test]
fn a_record_opens_and_closes() {
    let mut pilot = contacts();
    pilot.press("j j enter");
    assert_shows(&pilot, "Contacts › Jan Kowalski");
    pilot.press("esc");
    assert_at(&pilot, "Jan Kowalski");
    pilot.press("enter q");
    assert_at(&pilot, "Jan Kowalski");
    assert_eq!(pilot.exit(), None);
    pilot.press("q");
    assert_eq!(pilot.exit(), Some(0));
}

#[test]
fn tabs_ask_other_questions() {
    let mut pilot = contacts();
    pilot.press("j j [");
    assert_shows(&pilot, "Owner is me");
    assert_shows(&pilot, "15 of 30");
    assert_at(&pilot, "Zofia Wierzbicka");
    assert_hides(&pilot, "Jürgen A.");
    pilot.press("alt-3");
    assert_at(&pilot, "Róża Sikowska");
    pilot.press("] ]");
    assert_shows(&pilot, "Owner is me");
    assert_shows(pilot.press("alt-9"), "There are 4 tabs.");
}

#[test]
fn the_palette_runs_commands() {
    let mut pilot = contacts();
    pilot.press("ctrl-p").type_in("sort owner");
    assert_shows(&pilot, "Sort by owner");
    pilot.press("enter");
    assert_hides(&pilot, "Commands and records");
    assert_shows(&pilot, "Owner ↑");
    pilot.press(":").type_in("deals");
    pilot.press("enter");
    assert_shows(&pilot, "Retrofit Gdańsk");
}

#[test]
fn the_palette_says_why_not() {
    let mut pilot = contacts();
    pilot.press(":").type_in("next hit");
    assert_shows(&pilot, "Next hit  ! nothing is searched, / searches");
    pilot.press("enter");
    assert_shows(&pilot, "Commands and records");
    pilot.press("esc");
    assert_hides(&pilot, "Commands and records");
}

#[test]
fn the_palette_finds_records_of_every_object() {
    let mut pilot = contacts();
    pilot.press(":").type_in("baltic");
    assert_shows(&pilot, "0 commands, 3 records");
    assert_shows(&pilot, "▦ Baltic Freight");
    pilot.press("enter");
    assert_shows(&pilot, "Companies › Baltic Freight");
    pilot.press("ctrl-o :").type_in(">sort");
    assert_hides(&pilot, "Records");
    pilot.press("ctrl-u").type_in("@sort");
    assert_shows(&pilot, "Nothing is called so");
}

/// All that a page of the help says, from its top to its end.
fn scrolled_through(pilot: &mut Pilot) -> String {
    let mut text = pilot.screen();
    for _ in 0..10 {
        text += &pilot.press("pagedown").screen();
    }
    text
}

#[test]
fn help_shows_every_row_and_closes() {
    let mut pilot = contacts();
    pilot.press("?");
    let text = scrolled_through(&mut pilot);
    for row in rows_of(LIST).filter(|row| !row.label.is_empty()) {
        assert!(text.contains(&*row.label), "{}:\n{text}", row.label);
    }
    assert!(text.contains("! nothing is"), "{text}");
    pilot.press("]");
    let text = scrolled_through(&mut pilot);
    for row in rows_of(EVERYWHERE).filter(|row| !row.label.is_empty()) {
        assert!(text.contains(&row.label.replace('`', "")), "{}:\n{text}", row.label);
    }
    pilot.press("] ]");
    assert_shows(&pilot, "scroll what is under the pointer");
    pilot.press("esc");
    assert_hides(&pilot, "Keys of the contact list");
    assert_hides(pilot.press("? q"), "Keys of the contact list");
    assert_eq!(pilot.exit(), None);
}

#[test]
fn a_smaller_window_keeps_the_record() {
    let mut pilot = Pilot::start(&people::workspace(), 160, 45);
    pilot.press("2 0 j");
    for (width, height) in [(80, 24), (60, 15), (140, 40), (120, 36)] {
        pilot.resize(width, height);
        assert_at(&pilot, "Nathaniel Goss");
        assert_hides(&pilot, "▒");
    }
    pilot.resize(48, 12);
    assert_shows(&pilot, "Need 60×15, have 48×12");
    pilot.press("j j enter").resize(120, 36);
    assert_at(&pilot, "Nathaniel Goss");
}

#[test]
fn in_a_window_too_small_only_the_ways_out_work() {
    let mut pilot = Pilot::start(&people::workspace(), 40, 10);
    pilot.press("ctrl-c ctrl-c");
    assert_eq!(pilot.exit(), Some(0));
    let mut pilot = Pilot::start(&people::workspace(), 40, 10);
    assert_eq!(pilot.press("q").exit(), Some(0));
}

#[test]
fn the_preview_follows_and_hides() {
    let mut pilot = Pilot::start(&people::workspace(), 160, 45);
    assert_shows(&pilot, "z.wierzbicka@nordhafen");
    assert_shows(pilot.press("j j"), "j.kowalski@balticfreight.example");
    assert_hides(&pilot, "stage        E-mail");
    assert_hides(pilot.press("z p"), "Preview");
    assert_shows(pilot.resize(139, 45).press("z p"), "It needs 140 columns, here are 139.");
}

#[test]
fn the_mouse_selects_opens_scrolls_and_sorts() {
    let mut pilot = contacts();
    assert_at(pilot.click(10, 10), "Jan Kowalski");
    assert_shows(pilot.click(10, 10), "Contacts › Jan Kowalski");
    pilot.press("esc").mouse(MouseEventKind::ScrollDown, 10, 10);
    assert!(!pilot.shows("Zofia Wierzbicka"), "{}", pilot.screen());
    pilot.click(6, 7);
    assert_shows(&pilot, "Name ↑");
    pilot.click(4, 2);
    assert_shows(&pilot, "Owner is me");
    pilot.press("/").type_in("kow");
    pilot.press("enter").click(20, 5);
    assert_shows(&pilot, "Search kow ×");
    pilot.click(30, 5);
    assert_hides(&pilot, "Search kow ×");
}

#[test]
fn a_click_that_only_brings_the_window_back_does_nothing() {
    let mut pilot = contacts();
    pilot.input(Input::Focus(false)).input(Input::Focus(true));
    assert_at(pilot.click(10, 10), "Zofia Wierzbicka");
    assert_at(pilot.click(10, 10), "Jan Kowalski");
    pilot.input(Input::Focus(true)).wait(Duration::from_secs(5));
    assert_at(pilot.click(10, 12), "Jürgen Kessler");
}

#[test]
fn orders_to_the_terminal_are_given() {
    let mut pilot = contacts();
    pilot.press("f12 ctrl-z");
    assert_eq!(pilot.orders, [Order::ToggleMouse, Order::Suspend]);
}

#[test]
fn one_ctrl_c_warns_and_two_quit() {
    let mut pilot = contacts();
    assert_shows(pilot.press("ctrl-c"), "ctrl-c again quits");
    pilot.wait(Duration::from_secs(3)).press("ctrl-c");
    assert_eq!(pilot.exit(), None);
    pilot.press("ctrl-c");
    assert_eq!(pilot.exit(), Some(0));
}

#[test]
fn toasts_go_and_errors_stay_until_they_are_dismissed() {
    let mut pilot = contacts();
    assert_shows(pilot.press("n"), "Nothing is searched");
    assert_hides(pilot.wait(Duration::from_secs(5)), "Nothing is searched");
    let failure = lejek::workspace::Failure::Failed("The disk went away. Mount it again.".into());
    pilot.tell(Reply::Failed(failure)).wait(Duration::from_mins(1));
    assert_shows(&pilot, "The disk went away. Mount it again.");
    assert_hides(pilot.press("esc"), "The disk went away");
}

#[test]
fn a_prefix_can_be_left() {
    let mut pilot = contacts();
    assert_shows(pilot.press("g"), "go to…");
    assert_hides(pilot.press("esc"), "go to…");
    assert_shows(pilot.press("1 2"), " 12  times the next key");
    assert_at(pilot.press("esc j"), "佐伯 美咲");
    assert_hides(pilot.press("g w"), "go to…");
}

#[test]
fn the_cursor_stays_on_its_record_when_the_list_changes() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("s n 3 j");
    let row = pilot.cursor_row();
    assert_at(&pilot, "Dorota Nowakowska");
    let values = vec![(is::LAST_NAME, Value::text("Aaron"))];
    people::perform(&workspace, &Change::Create { object: Object::CONTACT, values, associate: Vec::new() });
    pilot.tell(Reply::Changed(Vec::new()));
    assert_shows(&pilot, "31 contacts");
    assert_eq!(pilot.cursor_row(), row);
    assert_at(pilot.press("4 k"), "Aaron");
}

#[test]
fn a_page_that_was_away_shows_what_changed_meanwhile() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g d");
    let values = vec![(is::LAST_NAME, Value::text("Aaron"))];
    people::perform(&workspace, &Change::Create { object: Object::CONTACT, values, associate: Vec::new() });
    pilot.tell(Reply::Changed(Vec::new()));
    assert_shows(pilot.press("ctrl-o"), "31 contacts");
}

#[test]
fn while_sort_and_search_are_coming_the_keys_are_live() {
    let mut pilot = Pilot::asleep(&people::workspace(), 120, 36);
    assert_shows(&pilot, "sort and search are coming");
    assert_hides(&pilot, "Activity ↓");
    pilot.press("j j j s n /").type_in("kow");
    assert_shows(&pilot, "sort and search are coming");
    pilot.wake();
    assert_hides(&pilot, "coming");
    assert_shows(&pilot, "6 of 30");
    assert_shows(&pilot, "Name ↑");
    assert_shows(&pilot, "My contacts 15");
}

#[test]
fn somebody_without_colleagues_is_not_named() {
    assert_hides(&Pilot::start(&people::empty(), 120, 36), "Maja Sikorska");
    assert_shows(&contacts(), "Maja Sikorska");
}

#[test]
fn r7_2_what_was_deleted_comes_back_by_one_key() {
    let mut pilot = contacts();
    pilot.press("j j x");
    assert_shows(&pilot, "Deleted Jan Kowalski");
    assert_shows(&pilot, "29 contacts");
    pilot.press("u");
    assert_shows(&pilot, "Undid: Deleted Jan Kowalski");
    assert_shows(&pilot, "30 contacts");
    pilot.press("ctrl-r");
    assert_shows(&pilot, "29 contacts");
    pilot.press("u");
    assert_shows(&pilot, "30 contacts");
}

#[test]
fn a_record_that_is_deleted_on_its_page_leaves_the_page() {
    let mut pilot = contacts();
    pilot.press("enter");
    assert_shows(&pilot, "Contacts › Zofia Wierzbicka");
    pilot.press("shift-tab x");
    assert_shows(&pilot, "29 contacts");
    assert_shows(&pilot, "Deleted Zofia Wierzbicka");
    pilot.press("u");
    assert_shows(&pilot, "30 contacts");
}
