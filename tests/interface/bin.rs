//! The bin: what lies in it, bringing it back, erasing it.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::Change;
use lejek::domain::id::{Object, Ref};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use std::sync::Arc;

/// Three contacts are in the bin, Rosalind last.
fn deleted() -> Arc<Workspace> {
    let workspace = people::workspace();
    for name in ["Goss", "Farrow", "Pym"] {
        let id = people::contact(&workspace, name);
        people::perform(&workspace, &Change::Delete { what: vec![id.into()] });
    }
    workspace
}

/// More contacts are in the bin than one key erases.
pub fn full() -> Arc<Workspace> {
    let names: Vec<String> = (0..120).map(|number| format!("Nr {number:03}")).collect();
    let workspace = people::named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut all: Vec<Ref> = Vec::new();
    workspace.store().each(Object::CONTACT, &mut |record| all.push(record.id.into())).expect("readable");
    people::perform(&workspace, &Change::Delete { what: all });
    workspace
}

fn bin(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g x");
    pilot
}

#[test]
fn r5_9_the_bin_says_who_deleted_what_when_and_until_when_it_stays() {
    let pilot = bin(&deleted());
    assert_shows(&pilot, "Contacts 3");
    assert_shows(&pilot, "3 in the bin");
    assert_shows(&pilot, "Maja Sikorska");
    assert_shows(&pilot, "90 d");
}

#[test]
fn r5_9_restore_brings_it_back() {
    let mut pilot = bin(&deleted());
    let name = pilot.cursor_row().split("  ").next().unwrap_or_default().to_owned();
    pilot.press("enter");
    assert_shows(&pilot, &format!("Restored {name}"));
    assert_shows(&pilot, "2 in the bin");
    assert_shows(pilot.press("u"), "3 in the bin");
    pilot.press("space space r");
    assert_shows(&pilot, "Restored");
    assert_shows(&pilot, "1 in the bin");
    assert_shows(pilot.press("g c"), "29 contacts");
}

#[test]
fn r5_9_a_taken_address_is_asked_about() {
    let workspace = people::workspace();
    let pym = people::contact(&workspace, "Pym");
    people::perform(&workspace, &Change::Delete { what: vec![pym.into()] });
    let values =
        vec![(is::LAST_NAME, Value::text("Other")), (is::EMAIL, Value::text("rosalind@pyminstruments.example"))];
    people::perform(&workspace, &Change::Create { object: Object::CONTACT, values, associate: Vec::new() });
    let mut pilot = bin(&workspace);
    assert_shows(pilot.press("r"), "Restore without it?");
    assert_shows(pilot.press("esc"), "1 in the bin");
    pilot.press("r y");
    assert_shows(&pilot, "Restored Rosalind Pym");
    assert_shows(&pilot, "The bin is empty.");
}

#[test]
fn r5_9_erase_asks_and_has_no_way_back() {
    let mut pilot = bin(&deleted());
    assert_shows(pilot.press("space space X"), "and 1 more for good?");
    assert_hides(pilot.press("n"), "for good?");
    assert_shows(&pilot, "2 selected");
    pilot.press("X y");
    assert_shows(&pilot, "Erased 2 records or activities");
    assert_hides(&pilot, "u undoes");
    assert_shows(&pilot, "1 in the bin");
    assert_hides(&pilot, "selected");
}

#[test]
fn r5_9_erasing_more_than_a_hundred_needs_the_word() {
    let names: Vec<String> = (0..120).map(|number| format!("Nr {number:03}")).collect();
    let workspace = people::named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut all: Vec<Ref> = Vec::new();
    workspace.store().each(Object::CONTACT, &mut |record| all.push(record.id.into())).expect("readable");
    people::perform(&workspace, &Change::Delete { what: all });
    let mut pilot = bin(&workspace);
    assert_shows(pilot.press("ctrl-a"), "120 selected");
    assert_shows(pilot.press("X"), "Type erase to erase 120");
    assert_shows(pilot.press("y"), "Type erase");
    pilot.press("ctrl-u").type_in("erase");
    assert_shows(&pilot, "Erased 120 records or activities");
    assert_shows(&pilot, "The bin is empty.");
}

#[test]
fn an_empty_bin_says_what_it_is_for() {
    let mut pilot = bin(&people::workspace());
    assert_shows(&pilot, "The bin is empty. What is deleted lies here for 90 days.");
    assert_shows(pilot.press("r"), "Nothing lies here.");
}

#[test]
fn where_something_lies_is_looked_at_first() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g d x g x");
    assert_shows(&pilot, "Deals 1");
    assert_shows(&pilot, "1 in the bin");
    assert_shows(pilot.press("["), "No company lies in the bin.");
}

#[test]
fn search_and_marks_in_the_bin() {
    let mut pilot = bin(&deleted());
    pilot.press("/").type_in("pyminstr");
    assert_shows(&pilot, "1 of 3");
    pilot.press("enter ctrl-a");
    assert_shows(&pilot, "1 selected");
    assert_hides(pilot.press("esc"), "selected");
    assert_shows(pilot.press("esc"), "3 in the bin");
    pilot.press("/").type_in("zzz");
    assert_shows(&pilot, "No contact in the bin holds “zzz”.");
}

#[test]
fn r7_4_the_bin_says_why() {
    let mut pilot = bin(&deleted());
    pilot.press("w");
    assert_shows(&pilot, "Deleted by Maja Sikorska");
    assert_shows(pilot.press("enter"), "▽  Acts");
    assert_shows(&pilot, "Touched");
}
