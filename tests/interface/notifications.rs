//! The notification centre (R4.9), what arrives while one works, and following (R4.14).

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::{Change, Origin};
use lejek::domain::object::is;
use lejek::domain::id::UserId;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use rstest::rstest;
use std::sync::Arc;
use uuid::Uuid;

/// What Jürgen Adler does.
fn other(workspace: &Arc<Workspace>, change: &Change) {
    let other = workspace.acting_as(UserId(Uuid::from_u128(77)));
    other.perform(change, Origin::Interface).expect("the change is granted");
}

fn give(workspace: &Arc<Workspace>, last_name: &str) {
    let record = people::contact(workspace, last_name);
    let values = vec![(is::OWNER, Some(Value::User(workspace.user())))];
    other(workspace, &Change::Set { record, values });
}

/// Two contacts were given to the user by somebody else.
pub fn told() -> Arc<Workspace> {
    let workspace = people::workspace();
    give(&workspace, "Kowalski");
    give(&workspace, "Thornbury");
    workspace
}

#[test]
fn r4_9_what_one_is_told_stands_in_the_centre_with_a_jump_to_its_record() {
    let mut pilot = Pilot::start(told(), 120, 36);
    assert_shows(&pilot, "● 2");
    pilot.press("g n");
    assert_shows(&pilot, "Unread 2");
    println!("{}", pilot.screen());
}

#[rstest]
#[case(80, 24)]
#[case(120, 36)]
#[case(160, 45)]
fn the_centre_as_it_looks(#[case] width: u16, #[case] height: u16) {
    let mut pilot = Pilot::start(told(), width, height);
    pilot.press("g n");
    insta::assert_snapshot!(format!("centre_{width}x{height}"), pilot.screen());
}

#[test]
fn r4_9_what_arrives_while_one_works_is_counted_and_said() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    assert_hides(&pilot, "g enter");
    give(&workspace, "Thornbury");
    pilot.settled();
    println!("{}", pilot.screen());
    assert_shows(&pilot, "● 1");
    assert_shows(&pilot, "g enter goes there");
    pilot.press("g enter");
    assert_shows(&pilot, "Contacts › Harriet Thornbury");
    assert_hides(&pilot, "● 1");
}
