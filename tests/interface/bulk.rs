//! Many records associated at once (R5.7): what is marked with one record, the pairs of a rule, companies by e-mail.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use std::sync::Arc;

fn contacts() -> Pilot {
    Pilot::start(&people::workspace(), 120, 36)
}

/// The three contacts without a company are the last ones of the list.
fn marked() -> Pilot {
    let mut pilot = contacts();
    pilot.press("G space k space A");
    pilot
}

fn by_rule(pilot: &mut Pilot) {
    pilot.press("ctrl-p").type_in("associate by a rule");
    pilot.press("enter");
}

/// Two companies whose domains are those of contacts without a company.
pub fn with_companies() -> Arc<Workspace> {
    let workspace = people::workspace();
    for (name, domain) in [("Poczta", "poczta.example"), ("Nowhere", "nowhere.example")] {
        let values = vec![(is::NAME, Value::text(name)), (is::DOMAIN, Value::text(domain))];
        people::perform(&workspace, &Change::Create { object: Object::COMPANY, values, associate: Vec::new() });
    }
    workspace
}

#[test]
fn r5_7_marked_records_are_associated_with_one_and_taken_back() {
    let mut pilot = marked();
    assert_shows(&pilot, "Associate 2 contacts with…");
    pilot.type_in("alpenglas");
    assert_shows(&pilot, "Alpenglas AG");
    pilot.press("tab tab enter");
    assert_shows(&pilot, "Associated");
    assert_shows(&pilot, "with Alpenglas AG");
    assert_hides(&pilot, "2 selected");
    pilot.press("G enter");
    assert_shows(&pilot, "Alpenglas AG");
    pilot.press("esc u");
    assert_shows(&pilot, "Undid: Associated");
}

#[test]
fn r5_7_those_at_a_limit_are_left_out_and_named_or_replaced() {
    let mut pilot = contacts();
    pilot.press("space space space A").type_in("alpenglas");
    assert_shows(&pilot, "At a limit it leaves out those that are full.");
    pilot.press("tab tab enter");
    assert_shows(&pilot, "Nothing was associated");
    assert_shows(&pilot, "Zofia Wierzbicka has Nordhafen Energie GmbH already");
    pilot.press("esc");
    let mut pilot = contacts();
    pilot.press("space space space A ctrl-r").type_in("alpenglas");
    assert_shows(&pilot, "At a limit it takes the place of what is there.");
    pilot.press("tab tab enter");
    assert_shows(&pilot, "and 2 more with Alpenglas AG");
}

#[test]
fn r5_7_escape_leaves_the_marks_as_they_are() {
    let mut pilot = marked();
    pilot.press("esc");
    assert_shows(&pilot, "2 selected");
    assert_hides(&pilot, "Associate 2 contacts");
}

#[test]
fn r5_7_the_pairs_of_a_rule_are_shown_ticked_and_made() {
    let workspace = with_companies();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    by_rule(&mut pilot);
    assert_shows(&pilot, "Contacts by E-mail domain");
    assert_shows(&pilot, "Companies by Domain");
    assert_shows(&pilot, "2 of 2 pairs ticked");
    assert_shows(&pilot, "Associate 2 pairs");
    pilot.press("j j space");
    assert_shows(&pilot, "1 of 2 pairs ticked");
    assert_shows(&pilot, "Associate 1 pair");
    pilot.press("ctrl-a ctrl-s");
    assert_shows(&pilot, "Associated 2 pairs of records");
    by_rule(&mut pilot);
    assert_shows(&pilot, "No pairs to associate");
    pilot.press("esc u");
    by_rule(&mut pilot);
    assert_shows(&pilot, "2 of 2 pairs ticked");
}

#[test]
fn r5_7_what_is_compared_is_chosen_and_marks_narrow_it() {
    let mut pilot = Pilot::start(&with_companies(), 120, 36);
    pilot.press("space");
    by_rule(&mut pilot);
    assert_shows(&pilot, "1 contact: compared");
    assert_shows(&pilot, "No pairs to associate");
    pilot.press("enter").type_in("contact last name");
    pilot.press("enter j enter").type_in("company name");
    pilot.press("enter");
    assert_shows(&pilot, "Contacts by Last name");
    assert_shows(&pilot, "Companies by Name");
}

#[test]
fn r5_7_companies_by_e_mail_are_switched_on_in_the_settings() {
    let mut pilot = contacts();
    pilot.press("g s G k k enter");
    assert_shows(&pilot, "Create and associate companies with contacts");
    assert_shows(&pilot, "Off");
    pilot.press("e up enter");
    assert_shows(&pilot, "was Off, now On");
    pilot.press("j e").type_in("agency.example; no domain");
    assert_shows(pilot.press("enter"), "is no domain");
    pilot.press("ctrl-u").type_in("agency.example");
    assert_shows(pilot.press("enter"), "agency.example");
    assert_shows(pilot.press("ctrl-s"), "Changed 2 settings");
}
