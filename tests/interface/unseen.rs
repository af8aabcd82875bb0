//! What somebody sees who may not view or edit all (R6.4): counts, reasons, never names.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows, now};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::object::is;
use lejek::domain::user::leaving::Heir;
use lejek::domain::user::{Permissions, Reach, User};
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use std::sync::Arc;

/// As Jürgen Adler, who owns neither Zofia Wierzbicka nor Heike Löwenthal, nor their company.
fn as_adler(permissions: &[(Object, Permissions)]) -> Arc<Workspace> {
    let workspace = people::workspace();
    let settings = workspace.settings();
    let adler = settings.users.iter().find(|user| !user.super_admin).expect("a second user");
    let permissions = permissions.iter().map(|(object, may)| (object.0, *may)).collect();
    let adler = User { permissions, ..adler.clone() };
    people::perform(&workspace, &Change::SetUser { user: Box::new(adler.clone()), heir: Heir::Ask });
    let (store, clock) = (Arc::clone(workspace.store()), Arc::new(FixedClock::at(now())));
    Arc::new(Workspace::new(store, clock, Box::new(CountedIds(9_000)), adler.id))
}

fn of_company(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g o /").type_in("nordhafen").press("enter enter");
    assert_shows(&pilot, "Nordhafen Energie GmbH");
    pilot
}

const OWN: Permissions = Permissions { view: Reach::Own, ..Permissions::ALL };

#[test]
fn r6_4_a_panel_counts_what_may_not_be_seen() {
    let mut pilot = of_company(&as_adler(&[(Object::CONTACT, OWN)]));
    assert_shows(&pilot, "Contacts 0");
    assert_shows(&pilot, "2 more you may not see");
    assert_hides(&pilot, "Wierzbicka");
    pilot.press("tab A").type_in("wierz");
    assert_hides(&pilot, "Zofia");
    assert_shows(&pilot, "1 of 8");
}

#[test]
fn r6_4_a_company_in_the_way_is_not_named() {
    let workspace = as_adler(&[(Object::COMPANY, OWN)]);
    let values = vec![(is::NAME, Value::text("Adler & Co")), (is::OWNER, Value::User(workspace.user()))];
    people::perform(&workspace, &Change::Create { object: Object::COMPANY, values, associate: Vec::new() });
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g o enter A enter").type_in("zofia");
    assert_shows(&pilot, "a contact has one company");
    pilot.press("ctrl-r");
    assert_shows(&pilot, "replaces one you may not see");
    assert_hides(&pilot, "Nordhafen Energie GmbH");
}

#[test]
fn r6_2_in_the_picker_a_row_says_what_permission_it_wants() {
    let edits_own = Permissions { edit: Reach::Own, ..Permissions::ALL };
    let mut pilot = of_company(&as_adler(&[(Object::COMPANY, edits_own), (Object::CONTACT, edits_own)]));
    pilot.press("tab A").type_in("kowalski");
    assert_shows(&pilot, "[–]");
    assert_shows(&pilot, "you may not edit Nordhafen Energie GmbH");
    pilot.press("ctrl-space");
    assert_hides(&pilot, "Save 1 change");
}

#[test]
fn r6_5_the_top_line_names_who_acts_wherever_there_are_several() {
    for (width, height, name) in [(120, 36, "Maja Sikorska"), (80, 24, "Maja S."), (60, 15, "Maja S.")] {
        let mut pilot = Pilot::start(&people::workspace(), width, height);
        for keys in ["", "g d", "g b", "enter", "g s"] {
            pilot.press(keys);
            assert!(pilot.rows()[0].ends_with(name), "{keys} at {width}:\n{}", pilot.screen());
        }
    }
    assert_hides(&Pilot::start(&people::empty(), 80, 24), "Maja S.");
}
