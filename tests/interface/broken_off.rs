//! Acts that were broken off are offered at the start (R7.3).

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Object, Ref};
use lejek::workspace::{Watch, Workspace};
use std::sync::Arc;

/// Stops an act after its first batch.
struct Stopped(bool);

impl Watch for Stopped {
    fn progress(&mut self, _: u64, _: u64) {
        self.0 = true;
    }

    fn is_cancelled(&self) -> bool {
        self.0
    }
}

/// Of 500 contacts, 200 were deleted when it stopped.
pub fn stopped() -> Arc<Workspace> {
    let names: Vec<String> = (0..500).map(|number| format!("Nr {number:03}")).collect();
    let workspace = people::named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut what: Vec<Ref> = Vec::new();
    workspace.store().each(Object::CONTACT, &mut |record| what.push(record.id.into())).expect("readable");
    let done = workspace.perform_long(&Change::Delete { what }, Origin::Interface, &mut Stopped(false));
    done.expect("the first batch is granted");
    workspace
}

pub fn started(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.look_after();
    pilot
}

#[test]
fn r7_3_what_was_broken_off_is_offered_and_continued() {
    let mut pilot = started(&stopped());
    assert_shows(&pilot, "One act was broken off");
    assert_shows(&pilot, "Deleted 200 of 500 records");
    assert_shows(&pilot, "It can be continued where it stopped, or undone.");
    pilot.press("c");
    assert_hides(&pilot, "broken off");
    assert_shows(&pilot, "There are no contacts yet.");
    pilot.press("g x");
    assert_shows(&pilot, "500 in the bin");
}

#[test]
fn r7_3_what_was_broken_off_is_undone() {
    let mut pilot = started(&stopped());
    pilot.press("u");
    assert_shows(&pilot, "Undid: Deleted 200 of 500 records");
    assert_shows(&pilot, "500 contacts");
}

#[test]
fn r7_3_later_it_waits_in_the_list_of_acts() {
    let mut pilot = started(&stopped());
    assert_hides(pilot.press("esc"), "broken off");
    assert_shows(&pilot, "300 contacts");
    pilot.press("g u enter");
    assert_shows(&pilot, "Deleted 200 of 500 records · broken off");
    assert_shows(&pilot, "It was broken off after 200 of 500; c continues it");
    pilot.press("c g c");
    assert_shows(&pilot, "There are no contacts yet.");
}

#[test]
fn where_nothing_was_broken_off_nothing_is_offered() {
    let mut pilot = started(&people::workspace());
    assert_hides(&pilot, "broken off");
    assert_shows(pilot.press("g u c"), "It was not broken off.");
}

#[test]
fn r7_3_somebody_else_is_told_who_began_it() {
    let workspace = stopped();
    let other = lejek::domain::user::User {
        super_admin: true,
        ..lejek::domain::user::User::new(
            lejek::domain::id::UserId(uuid::Uuid::from_u128(77)),
            "Jürgen Adler",
            "j.adler@example.com",
        )
    };
    let id = other.id;
    people::perform(&workspace, &Change::AddUser { user: Box::new(other) });
    let clock = Arc::new(lejek::workspace::clock::FixedClock::at(crate::common::pilot::now()));
    let ids = Box::new(lejek::workspace::clock::CountedIds(1 << 40));
    let his = Arc::new(Workspace::new(Arc::clone(workspace.store()), clock, ids, id));
    let mut pilot = started(&his);
    assert_shows(&pilot, "Maja Sikorska began it: only they can continue it. It can be undone.");
    assert_shows(pilot.press("c"), "Maja Sikorska began it");
}
