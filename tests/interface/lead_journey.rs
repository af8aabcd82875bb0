//! A salesperson's whole way with leads by keys alone, from an empty folder and all the way back.

use crate::board::cards;
use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};

/// Makes a contact, and brings it to Marketing qualified lead on its page.
fn qualified_contact(pilot: &mut Pilot, first: &str, last: &str) {
    pilot.go(&format!("g c c c '{first}' tab '{last}' ctrl-s"));
    assert_shows(pilot, &format!("Created {first} {last}"));
    assert_shows(pilot, &format!("Contacts › {first} {last}"));
    pilot.go(": 'edit a prop' enter 'lifecycle' enter 'marketing' enter");
    assert_shows(pilot, "3 effects");
    assert_shows(pilot, "Sales qual");
    assert_shows(pilot, "Leads 1");
}

fn set_up(pilot: &mut Pilot) {
    pilot.go("g s / 'create lead based' enter space j j space enter");
    assert_shows(pilot, "Marketing qualified lead");
    pilot.go("/ 'set lifecycle stage when' enter enter 'sales qual' enter");
    pilot.go("/ 'require deal' enter space / 'require disq' enter space");
    assert_shows(pilot, "4 unsaved changes on Setup");
    pilot.go("ctrl-s");
    assert_shows(pilot, "Changed 4 settings");
}

#[test]
fn r2_settings_leads_stages_deals_and_reasons_by_keys_alone_and_all_the_way_back() {
    let mut pilot = Pilot::start(&people::empty(), 120, 36);
    set_up(&mut pilot);

    qualified_contact(&mut pilot, "Ada", "Adamska");
    pilot.go("g b");
    assert_eq!(cards(&pilot, "New"), ["Ada Adamska"]);
    pilot.go("L");
    assert_eq!(cards(&pilot, "Attempting"), ["Ada Adamska"]);
    pilot.go("L");
    assert_eq!(cards(&pilot, "Connected"), ["Ada Adamska"]);
    pilot.go("L");
    assert_shows(&pilot, "Create deal of ▽ Ada Adamska");
    assert_shows(&pilot, "With Ada Adamska");
    pilot.go("enter");
    assert_eq!(cards(&pilot, "Qualified"), ["Ada Adamska"]);
    assert_shows(&pilot, "● deal made");
    pilot.go("g d");
    assert_shows(&pilot, "All deals 1");

    qualified_contact(&mut pilot, "Bob", "Bobrowski");
    pilot.go("g b g g h h h m d");
    assert_shows(&pilot, "Disqualify ▽ Bob Bobrowski");
    assert_hides(&pilot, "No reason");
    pilot.go("2 enter");
    assert_eq!(cards(&pilot, "Disqualified"), ["Bob Bobrowski"]);
    assert_shows(&pilot, "✕ No budget");

    pilot.go("u");
    assert_eq!(cards(&pilot, "New"), ["Bob Bobrowski"]);
    assert_hides(&pilot, "No budget");
    pilot.go("u");
    assert_shows(&pilot, "All leads 1");
    assert_shows(&pilot, "New 0");
    pilot.go("g c");
    assert_shows(&pilot, "All contacts 2");
    pilot.go("u");
    assert_shows(&pilot, "All contacts 1");
    pilot.go("g b u");
    assert_eq!(cards(&pilot, "Connected"), ["Ada Adamska"]);
    assert_hides(&pilot, "● deal made");
    pilot.go("g d");
    assert_shows(&pilot, "All deals 0");
    pilot.go("g b u");
    assert_eq!(cards(&pilot, "Attempting"), ["Ada Adamska"]);
    pilot.go("u");
    assert_eq!(cards(&pilot, "New"), ["Ada Adamska"]);
    pilot.go("u");
    assert_shows(&pilot, "All leads 0");
    pilot.go("g c");
    assert_shows(&pilot, "All contacts 1");
    assert_hides(&pilot, "Sales qual");
    pilot.go("u");
    assert_shows(&pilot, "All contacts 0");
    pilot.go("u g s / 'require deal' enter");
    assert_hides(&pilot, "━━●");
    pilot.go("u");
    assert_shows(&pilot, "There is no act of yours to undo");
}
