//! Marked rows: marking them, and acting on all of them at once.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::Change;
use lejek::domain::id::{Object, UserId};
use lejek::domain::user::leaving::Heir;
use lejek::domain::user::{Permissions, Reach, User};
use lejek::workspace::Workspace;
use std::sync::Arc;
use uuid::Uuid;

fn contacts() -> Pilot {
    Pilot::start(&people::workspace(), 120, 36)
}

/// So many contacts called `Nr 000` and so on.
fn many(count: usize) -> Arc<Workspace> {
    let names: Vec<String> = (0..count).map(|number| format!("Nr {number:03}")).collect();
    people::named(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Rows with the sign of a mark.
fn signs(pilot: &Pilot) -> usize {
    pilot.rows().iter().filter(|row| row.trim_start_matches([' ', '▌']).starts_with("✓ ")).count()
}

#[track_caller]
fn footer_begins(pilot: &Pilot, text: &str) {
    let rows = pilot.rows();
    let footer = rows.last().expect("a footer").trim_start();
    assert!(footer.starts_with(text), "{footer}");
}

#[test]
fn space_marks_and_moves_on() {
    let mut pilot = contacts();
    pilot.press("space space j space");
    assert_eq!(signs(&pilot), 3);
    footer_begins(&pilot, "3 selected    p set a property");
    assert!(pilot.cursor_row().starts_with("Jürgen Kessler"), "{}", pilot.cursor_row());
    pilot.press("k space");
    footer_begins(&pilot, "2 selected");
    assert_hides(pilot.press("esc"), "selected");
    assert_eq!(signs(&pilot), 0);
}

#[test]
fn marked_rows_lie_on_surface() {
    let mut pilot = contacts();
    let plain = pilot.style_of("Jan Kowalski").bg;
    pilot.press("j j space");
    assert_ne!(pilot.style_of("Jan Kowalski").bg, plain);
}

#[test]
fn escape_clears_the_marks_before_the_search() {
    let mut pilot = contacts();
    pilot.press("/").type_in("kowal");
    pilot.press("enter space");
    assert_shows(pilot.press("esc"), "Search kowal");
    assert_hides(&pilot, "selected");
    assert_hides(pilot.press("esc"), "Search kowal");
}

#[test]
fn a_range_follows_the_cursor_until_it_is_ended() {
    let mut pilot = contacts();
    pilot.press("j v j j j");
    footer_begins(&pilot, "4 selected");
    pilot.press("k");
    footer_begins(&pilot, "3 selected");
    pilot.press("v j j");
    footer_begins(&pilot, "3 selected");
    pilot.press("v G space k");
    footer_begins(&pilot, "28 selected");
    assert_eq!(signs(&pilot), 25, "{}", pilot.screen());
}

#[test]
fn a_range_takes_in_rows_that_were_never_read() {
    let mut pilot = Pilot::start(&many(300), 120, 36);
    pilot.press("j v G");
    footer_begins(&pilot, "299 selected");
    pilot.press("2 0 g g");
    footer_begins(&pilot, "19 selected");
    pilot.press("esc");
    pilot.press("g g").press_at_once("v G x");
    assert_shows(&pilot, "There are no contacts yet.");
    assert_shows(pilot.press("u"), "300 contacts");
}

#[test]
fn all_in_the_filter_are_marked() {
    let mut pilot = contacts();
    pilot.press("/").type_in("kowal");
    pilot.press("enter ctrl-a");
    footer_begins(&pilot, "3 selected");
    pilot.press("esc esc ctrl-a");
    footer_begins(&pilot, "30 selected");
}

#[test]
fn r7_1_all_marked_are_deleted_by_one_act_and_brought_back_by_one() {
    let mut pilot = Pilot::start(&many(100), 120, 36);
    pilot.press_at_once("ctrl-a x");
    assert_shows(&pilot, "Deleted Nr 000 and 99 more");
    assert_hides(&pilot, "selected");
    pilot.press("u");
    assert_shows(&pilot, "100 contacts");
    pilot.press("g x");
    assert_shows(&pilot, "The bin is empty.");
}

#[test]
fn a_property_is_set_on_all_marked_and_taken_back_by_one_undo() {
    let mut pilot = Pilot::start(&many(100), 120, 36);
    pilot.press("ctrl-a p").type_in("job");
    assert_shows(&pilot, "Set a property of 100 contacts");
    pilot.press("enter");
    assert_shows(&pilot, "sets Job title on 100 records");
    pilot.type_in("Miller");
    pilot.press("enter");
    assert_shows(&pilot, "Changed Nr 000 and 99 more");
    footer_begins(&pilot, "100 selected");
    pilot.press("esc 5 0 g g enter");
    assert_shows(&pilot, "Miller");
    pilot.press("u");
    assert_hides(&pilot, "Miller");
}

#[test]
fn a_cell_is_edited_for_all_marked() {
    let mut pilot = contacts();
    pilot.press("space space space l l e");
    assert_shows(&pilot, "sets Lifecycle stage on 3 records");
    pilot.type_in("evan");
    pilot.press("enter");
    assert_shows(&pilot, "Changed Zofia Wierzbicka and 2 more");
    let evangelists = pilot.rows().iter().filter(|row| row.contains("✓ ") && row.contains("Evangelist")).count();
    assert_eq!(evangelists, 3, "{}", pilot.screen());
    pilot.press("e enter");
    footer_begins(&pilot, "3 selected");
    assert_shows(pilot.press("u"), "Opportunity");
}

#[test]
fn a_value_is_cleared_on_all_marked() {
    let mut pilot = contacts();
    pilot.press("ctrl-a l l e");
    pilot.press("backspace");
    assert_shows(&pilot, "clears Lifecycle stage on 30 records");
    pilot.press("enter");
    assert_hides(&pilot, "Opportunity");
}

#[test]
fn marked_rows_are_copied_as_csv() {
    let mut pilot = contacts();
    pilot.press("space space y c");
    assert_shows(&pilot, "Copied 2 rows as CSV");
}

/// One who may edit and delete only what they own; they own every other of the first few.
pub fn limited() -> Arc<Workspace> {
    let workspace = people::workspace();
    let mut user = User::new(UserId(Uuid::from_u128(77)), "Jürgen Adler", "j.adler@example.com");
    let own = Permissions { edit: Reach::Own, delete: Reach::Own, ..Permissions::ALL };
    user.permissions.insert(Object::CONTACT.0, own);
    let id = user.id;
    people::perform(&workspace, &Change::SetUser { user: Box::new(user), heir: Heir::Ask });
    Arc::new(workspace.acting_as(id))
}

#[test]
fn r6_2_what_may_not_be_changed_is_listed_while_the_rest_is_done() {
    let mut pilot = Pilot::start(&limited(), 120, 36);
    pilot.press("space space space space space space space space l l e").type_in("evan");
    pilot.press("enter");
    assert_shows(&pilot, "Left out 6");
    assert_shows(&pilot, "Zofia Wierzbicka: ");
    pilot.press("enter");
    let evangelists = pilot.rows().iter().filter(|row| row.contains("Evangelist")).count();
    assert_eq!(evangelists, 2, "{}", pilot.screen());
}

#[test]
fn r6_2_what_may_not_be_deleted_is_named_while_the_rest_is() {
    let mut pilot = Pilot::start(&limited(), 120, 36);
    pilot.press("space space x");
    assert_shows(&pilot, "Deleted 佐伯 美咲");
    assert_shows(&pilot, "Left out: Zofia Wierzbicka: ");
    assert_shows(&pilot, "29 contacts");
    assert_shows(pilot.press("u"), "30 contacts");
}

#[test]
fn r7_3_a_long_act_on_marks_is_stopped_between_batches_and_still_one_act() {
    let mut pilot = Pilot::start(&many(2_000), 120, 36);
    pilot.press("ctrl-a");
    footer_begins(&pilot, "2 000 selected");
    pilot.press_at_once("x ctrl-c");
    assert_shows(&pilot, "Stopped after the batch");
    assert_hides(&pilot, "There are no contacts yet.");
    // It may have been stopped before the first batch: then there is nothing to set back.
    if !pilot.shows("2 000 contacts") {
        pilot.press("u");
    }
    assert_shows(&pilot, "2 000 contacts");
}
