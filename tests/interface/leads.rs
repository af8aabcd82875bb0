//! Leads and whom they are about: what is asked before one goes (R2.13, R5.9).

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::association::Tying;
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::object::is;
use lejek::domain::value::Value;

/// On a contact that alone keeps a lead.
fn of_a_lead() -> Pilot {
    let workspace = people::workspace();
    let kessler = people::contact(&workspace, "Kessler");
    let values = vec![(is::NAME, Value::text("New hall"))];
    let associate = vec![Tying::new(kessler)];
    people::perform(&workspace, &Change::Create { object: Object::LEAD, values, associate });
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("/").type_in("kessler");
    pilot.press("enter");
    pilot
}

#[test]
fn r5_9_deleting_asks_about_the_lead_and_undo_brings_both_back() {
    let mut pilot = of_a_lead();
    pilot.press("x");
    assert_shows(&pilot, "Let the lead go too?");
    assert_shows(&pilot, "The lead New hall loses its last contact or company.");
    pilot.press("esc");
    assert_shows(&pilot, "Kessler");
    pilot.press("x y");
    assert_shows(&pilot, "Deleted");
    pilot.press("g l");
    assert_hides(&pilot, "New hall");
    pilot.press("u");
    assert_shows(&pilot, "New hall");
}

#[test]
fn r2_13_taking_the_last_one_off_in_the_panel_asks_too() {
    let mut pilot = of_a_lead();
    pilot.press("g l / ctrl-u").type_in("new hall");
    pilot.press("enter enter tab j x");
    assert_shows(&pilot, "Let the lead go too?");
    pilot.press("y");
    assert_hides(&pilot, "Let the lead go too?");
    pilot.press("g l");
    assert_shows(&pilot, "No lead holds “new hall”.");
}

fn page_of(lead: &str) -> Pilot {
    let workspace = people::workspace();
    crate::lead_settings::of_kessler(&workspace, lead);
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g l / ctrl-u").type_in(lead).press("enter enter");
    pilot
}

#[test]
fn r1_12_owners_stand_side_by_side_where_they_differ() {
    let mut pilot = page_of("New hall");
    for (label, owner) in [("Lead", "Maja Sikorska"), ("Contact", "Maja Sikorska")] {
        assert!(!pilot.rows().iter().any(|row| row.starts_with(label) && row.contains(owner)), "{}", pilot.screen());
    }
    let workspace = people::workspace();
    let lead = crate::lead_settings::of_kessler(&workspace, "New hall");
    people::perform(&workspace, &Change::Set { record: lead, values: vec![(is::OWNER, None)] });
    pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g l / ctrl-u").type_in("new hall").press("enter enter");
    assert_shows(&pilot, "Owners");
    let rows = pilot.rows();
    let row = |label: &str| rows.iter().find(|row| row.trim_start().starts_with(label)).expect("an owner");
    assert!(row("Lead  ").contains("nobody"), "{}", pilot.screen());
    assert!(row("Contact  ").contains("Maja Sikorska"), "{}", pilot.screen());
}

#[test]
fn r2_8_r2_10_a_lead_goes_on_out_and_back_from_its_page() {
    let mut pilot = page_of("New hall");
    pilot.press("O");
    assert_shows(&pilot, "It is in New already");
    pilot.press("D");
    assert_shows(&pilot, "Disqualify New hall");
    pilot.press("esc");
    assert_shows(&pilot, "New");
    assert_hides(&pilot, "Disqualified");
    pilot.press("D j enter");
    assert_shows(&pilot, "No budget");
    pilot.press("O");
    assert_shows(&pilot, "Time in stages");
    assert_hides(&pilot, "No budget");
    pilot.press("C enter");
    assert_shows(&pilot, "Deals 1");
    assert_shows(&pilot, "Qualified");
    pilot.press("u");
    assert_hides(&pilot, "Deals 1");
    pilot.press("u");
    assert_shows(&pilot, "No budget");
    pilot.press("u");
    assert_hides(&pilot, "Disqualified");
}
