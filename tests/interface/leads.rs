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
