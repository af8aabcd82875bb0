//! The notification centre (R4.9), what arrives while one works, and following (R4.14).

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::UserId;
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::ui::app::Order;
use lejek::workspace::Workspace;
use lejek::workspace::request::{Reply, Request};
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
    give(&workspace, "Śnieżka");
    give(&workspace, "Thornbury");
    workspace
}

/// The same, and two more.
pub fn much_told() -> Arc<Workspace> {
    let workspace = told();
    give(&workspace, "Groß");
    give(&workspace, "Pritchard");
    workspace
}

#[test]
fn r4_9_what_one_is_told_stands_in_the_centre_with_a_jump_to_its_record() {
    let mut pilot = Pilot::start(&told(), 120, 36);
    assert_shows(&pilot, "● 2");
    pilot.press("g n");
    assert_shows(&pilot, "Unread 2");
    assert_shows(&pilot, "What to do");
    pilot.press("enter");
    assert_shows(&pilot, "Contacts › Harriet Thornbury");
    pilot.press("ctrl-o");
    assert_shows(&pilot, "Unread 1");
}

#[test]
fn r4_9_what_arrives_while_one_works_is_counted_and_said() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    assert_hides(&pilot, "g enter");
    give(&workspace, "Thornbury");
    pilot.settled();
    assert_shows(&pilot, "● 1");
    assert_shows(&pilot, "g enter goes there");
    pilot.press("g enter");
    assert_shows(&pilot, "Contacts › Harriet Thornbury");
    assert_hides(&pilot, "● 1");
}

#[test]
fn what_is_pressed_before_the_centre_is_read_is_done_then() {
    let mut pilot = Pilot::start(&told(), 120, 36);
    pilot.press_at_once("g n enter");
    assert_shows(&pilot, "Contacts › Harriet Thornbury");
}

#[test]
fn r4_9_read_unread_and_all_read() {
    let mut pilot = Pilot::start(&told(), 120, 36);
    pilot.go("g n ] space");
    assert_shows(&pilot, "● 1");
    pilot.go("k space");
    assert_shows(&pilot, "● 2");
    pilot.press("A");
    assert_shows(&pilot, "Unread 0");
    assert_hides(&pilot, "● 2");
    pilot.press("A");
    assert_shows(&pilot, "All of them are read");
}

#[test]
fn r4_12_what_stands_in_the_centre_is_found_by_words_and_by_section() {
    let mut pilot = Pilot::start(&told(), 120, 36);
    pilot.go("g n / 'thornbury' enter");
    assert_hides(&pilot, "Śnieżka");
    pilot.go("esc alt-5");
    assert_shows(&pilot, "Nothing of this was told yet");
    pilot.press("alt-4");
    assert_shows(&pilot, "Records 2");
}

#[test]
fn r4_7_a_box_that_is_ticked_and_saved_is_obeyed_and_a_muted_topic_is_not() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g s / 'assigned a record: desktop' enter space");
    assert_shows(&pilot, "1 unsaved change");
    pilot.press("ctrl-s");
    give(&workspace, "Thornbury");
    pilot.settled();
    let noticed = |pilot: &Pilot| pilot.orders.iter().filter(|order| matches!(order, Order::Notice(_))).count();
    assert_eq!(noticed(&pilot), 1, "the terminal tells it itself");
    pilot.go("g n");
    assert_shows(&pilot, "Delivered by");
    pilot.press("m");
    assert_shows(&pilot, "Changed the setting");
    give(&workspace, "Groß");
    pilot.settled();
    assert_eq!(noticed(&pilot), 1, "off is off");
    assert_shows(&pilot, "● 2");
}

#[test]
fn r4_8_a_test_that_does_not_arrive_says_why() {
    let mut pilot = Pilot::start(&people::workspace(), 120, 36);
    pilot.go("g s G enter");
    assert_shows(&pilot, "Co-selling prospect activity");
    assert_shows(&pilot, "No mail server is set");
    pilot.press("t");
    assert_shows(&pilot, "The test did not arrive");
}

#[test]
fn r4_14_a_record_is_followed_by_one_key_and_its_page_says_who_does() {
    let mut pilot = Pilot::start(&people::workspace(), 160, 45);
    pilot.go("/ 'thornbury' enter enter *");
    assert_shows(&pilot, "Followers");
    assert_shows(&pilot, "Follows Harriet Thornbury");
    pilot.press("*");
    assert_hides(&pilot, "Followers");
}

#[test]
fn r4_14_a_name_is_offered_after_an_at_sign_and_chosen() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("/ 'thornbury' enter enter a 'Ask @adl'");
    assert_shows(&pilot, "j.adler@example.com");
    pilot.press("tab");
    assert_shows(&pilot, "Ask @Jürgen Adler");
    pilot.press("enter");
    let other = workspace.acting_as(UserId(Uuid::from_u128(77)));
    let Reply::Unread(unread) = other.ask(&Request::Unread) else { panic!("no count") };
    assert_eq!(unread, 1);
}
