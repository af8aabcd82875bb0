//! The list of acts: what was done, undoing any of it, and what stands in the way.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::object::is;
use lejek::workspace::Workspace;
use std::sync::Arc;

/// Rosalind moved twice, so the second move stands in the way of undoing the first.
fn moved_twice() -> Arc<Workspace> {
    let workspace = people::workspace();
    let rosalind = people::contact(&workspace, "Pym");
    for city in ["Leeds", "Bath"] {
        people::set(&workspace, rosalind, is::CITY, city);
    }
    workspace
}

fn acts() -> Pilot {
    let mut pilot = Pilot::start(&moved_twice(), 120, 36);
    pilot.press("g u");
    pilot
}

#[test]
fn r7_2_the_list_says_who_did_what_from_where() {
    let pilot = acts();
    assert_shows(&pilot, "▽  Acts");
    let row = pilot.cursor_row();
    for said in ["Changed Rosalind Pym", "Maja Sikorska", "interface"] {
        assert!(row.contains(said), "{said}: {row}");
    }
    assert_shows(&pilot, "demo");
    assert_shows(&pilot, "act 5 of 5");
}

#[test]
fn r7_2_any_act_is_undone_and_redone_from_the_list() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    pilot.press("j j x g u u");
    assert_shows(&pilot, "Undid: Deleted Jan Kowalski");
    assert!(pilot.cursor_row().contains("Deleted Jan Kowalski · undone"), "{}", pilot.screen());
    assert_shows(pilot.press("u"), "It is undone already, by act 5.");
    pilot.press("ctrl-r");
    assert!(pilot.cursor_row().contains("Deleted Jan Kowalski  "), "{}", pilot.screen());
    assert_shows(pilot.press("g c"), "29 contacts");
    pilot.press("g u u g c");
    assert_shows(&pilot, "30 contacts");
}

#[test]
fn r7_1_the_acts_that_stand_in_the_way_are_named_and_lead_on() {
    let mut pilot = acts();
    assert_shows(pilot.press("j u"), "Rosalind Pym was changed since");
    pilot.press("enter");
    assert_shows(&pilot, "In the way  act 5  Changed Rosalind Pym");
    assert_shows(&pilot, "Touched     ◉ Rosalind Pym");
    // Undone in their order, both go.
    pilot.press("j enter u");
    assert_hides(&pilot, "In the way");
    assert!(pilot.cursor_row().contains("undone"), "{}", pilot.screen());
    pilot.press("h j j j u");
    assert_shows(&pilot, "Undid: Changed Rosalind Pym");
}

#[test]
fn what_an_act_touched_can_be_visited() {
    let mut pilot = acts();
    pilot.press("enter j enter");
    assert_shows(&pilot, "Contacts › Rosalind Pym");
    pilot.press("esc");
    assert_shows(&pilot, "Touched     ◉ Rosalind Pym");
    pilot.press("h");
    assert_hides(&pilot, "Touched");
}

#[test]
fn r7_5_effects_are_counted_and_told() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    // Jan's only call goes along with him.
    pilot.press("j j x g u");
    assert!(pilot.cursor_row().contains(" 1 "), "{}", pilot.screen());
    pilot.press("enter");
    assert_shows(&pilot, "its only record went to the bin");
    assert_shows(&pilot, "R5.9");
    assert_shows(&pilot, "◉ Jan Kowalski  in the bin");
    assert_shows(pilot.press("j j enter"), "There is nothing to go to.");
}

#[test]
fn the_act_that_made_the_workspace_stays() {
    let mut pilot = acts();
    pilot.press("G");
    assert!(pilot.cursor_row().contains("Maja"), "{}", pilot.screen());
    assert_shows(pilot.press("u"), "It made the workspace.");
}

#[test]
fn search_narrows_by_what_and_by_whom() {
    let mut pilot = acts();
    pilot.press("/").type_in("pym");
    assert_shows(&pilot, "Changed Rosalind Pym");
    assert_hides(&pilot, "demo");
    pilot.press("enter");
    assert_shows(&pilot, "Search pym ×");
    pilot.press("j esc");
    assert_shows(&pilot, "demo");
    assert!(pilot.cursor_row().contains("act") || pilot.cursor_row().contains("Rosalind"), "{}", pilot.screen());
    pilot.press("/").type_in("nobody");
    assert_shows(&pilot, "No act names “nobody”.");
    pilot.press("esc esc esc");
    assert_shows(&pilot, "30 contacts");
}

#[test]
fn thousands_of_acts_are_read_in_pieces() {
    let workspace = people::named(&["Nowak"]);
    let nowak = people::contact(&workspace, "Nowak");
    for number in 0..3_000 {
        people::set(&workspace, nowak, is::CITY, &format!("Town {number}"));
    }
    let mut pilot = Pilot::start(&workspace, 80, 24);
    pilot.press("g u");
    assert_shows(&pilot, "act 3 002 of 3 002");
    for (keys, at) in [
        ("pagedown", "act 2 98"),
        ("G", "act 1 of"),
        ("k", "act 2 of"),
        ("1 5 0 0 G", "act 1 500 of"),
        ("5 0 0 j", "act 1 "),
        ("g g", "act 3 002 of"),
    ] {
        assert_shows(pilot.press(keys), at);
    }
    for _ in 0..400 {
        pilot.press("ctrl-d");
    }
    assert_shows(&pilot, "act 1 of 3 002");
    for _ in 0..400 {
        pilot.press("ctrl-u");
    }
    assert_shows(&pilot, "act 3 002 of 3 002");
    // Far back there is a hit too.
    pilot.press("/").type_in("created");
    pilot.press("esc esc");
}

#[test]
fn what_happens_meanwhile_leaves_the_cursor_on_its_act() {
    let workspace = moved_twice();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g u j");
    assert_shows(&pilot, "act 4 of 5");
    people::set(&workspace, people::contact(&workspace, "Pym"), is::CITY, "York");
    pilot.tell(lejek::workspace::request::Reply::Changed(Vec::new()));
    assert_shows(&pilot, "act 4 of 6");
    assert_shows(pilot.press("k k"), "act 6 of 6");
}
