//! Where activities go, in the settings: the table, the limits, and what would be.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crate::screens::assert_picture;
use crate::settings::read_only;
use lejek::domain::activity::{ActivityKind, LoggedFrom};
use lejek::domain::id::Object;
use lejek::domain::logging::{Aim, Sort};
use lejek::workspace::Workspace;
use std::sync::Arc;

/// On the page, whose cursor is on what is logged on contacts.
fn page(workspace: &Arc<Workspace>, keys: &str) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g s G k k k k k enter").press(keys);
    assert_shows(&pilot, "Settings › Objects › Activities");
    pilot
}

fn aims(workspace: &Workspace, kind: ActivityKind, from: LoggedFrom) -> Vec<Aim> {
    workspace.settings().activities.table.aims(Object::CONTACT, Sort::Of(kind), from).to_vec()
}

#[test]
fn r3_13_a_row_is_a_draft_until_it_is_saved() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "");
    assert_shows(&pilot, "primary company + 5 deals");
    pilot.press("enter");
    assert_shows(&pilot, "several with + between them");
    pilot.press("ctrl-u").type_in("primary company + 21 deals").press("enter");
    assert_shows(&pilot, "how many deals is a number from 0 to 20");
    pilot.press("ctrl-u").type_in("2 deals").press("enter");
    assert_shows(&pilot, "was primary company + 5 deals, now 2 deals");
    assert_shows(&pilot, "1 unsaved change on Activities");
    let now = || aims(&workspace, ActivityKind::Call, LoggedFrom::RecordPage);
    assert_eq!(now(), [Aim::PrimaryCompany, Aim::Deals(5)]);
    pilot.press("ctrl-s");
    assert_hides(&pilot, "unsaved");
    assert_eq!(now(), [Aim::Deals(2)]);
    pilot.press("x ctrl-s");
    assert_eq!(now(), [Aim::PrimaryCompany, Aim::Deals(5)], "as it was from the start");
    pilot.press("u");
    assert_eq!(now(), [Aim::Deals(2)], "a save is one act");
}

#[test]
fn r3_13_a_row_is_added_and_goes_and_all_is_reset() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "n");
    pilot.type_in("sms").press("enter").type_in("mobile").press("enter");
    assert_shows(&pilot, "SMS, mobile");
    pilot.press("ctrl-u enter");
    assert_shows(&pilot, "was not there, now no other record");
    pilot.press("ctrl-s");
    let now = || aims(&workspace, ActivityKind::Sms, LoggedFrom::Mobile);
    assert_eq!(now(), []);
    pilot.press("g g enter ctrl-u").type_in("1 deal").press("enter R");
    assert_shows(&pilot, "1 unsaved change on Activities");
    assert_hides(&pilot, "SMS, mobile");
    pilot.press("ctrl-s");
    assert_eq!(now(), [Aim::PrimaryCompany, Aim::Deals(5)]);
    pilot.press("R");
    assert_shows(&pilot, "Every row is as it was from the start");
}

#[test]
fn r3_20_a_limit_is_set_and_taken_off() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "G");
    assert_shows(&pilot, "Any activity goes to as many records as it likes");
    pilot.press("e");
    assert_shows(&pilot, "No limit is set, n sets one");
    pilot.press("n enter down down enter ctrl-u").type_in("none at all").press("enter");
    assert_shows(&pilot, "is no limit");
    pilot.press("ctrl-u").type_in("3").press("enter ctrl-s");
    assert_shows(&pilot, "3 deals");
    let limit = || workspace.settings().activities.limit(ActivityKind::Call, Object::DEAL);
    assert_eq!(limit(), Some(3));
    pilot.press("x ctrl-s");
    assert_eq!(limit(), None);
}

#[test]
fn r3_13_a_chosen_record_shows_where_an_activity_would_go() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "t");
    pilot.type_in("wierzbicka").press("enter");
    assert_shows(&pilot, "A note from record page, logged on ◉ Zofia Wierzbicka goes to");
    assert_shows(&pilot, "primary company");
    pilot.press("8 j");
    assert_shows(&pilot, "A task from sequence, logged on ◉ Zofia Wierzbicka goes to");
    assert_shows(&pilot, "no other record");
}

#[test]
fn r1_4_who_may_not_change_the_table_reads_who_can() {
    let mut pilot = page(&read_only(), "");
    assert_shows(&pilot, "⊘ Needs Super Admin. Maja Sikorska can change that.");
    for key in ["e", "n", "x", "R"] {
        pilot.press(key);
        assert_shows(&pilot, "It needs Super Admin.");
        pilot.wait(std::time::Duration::from_secs(10));
    }
}

#[test]
fn where_activities_go_in_three_sizes() {
    let workspace = people::workspace();
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let mut pilot = Pilot::start(&workspace, width, height);
        pilot.press("g s G k k k k k enter t").type_in("wierzbicka").press("enter");
        assert_picture(&format!("destinations_{width}x{height}"), pilot.screen());
    }
    let picture = page(&workspace, "enter ctrl-u").type_in("2 friends").press("enter").screen();
    assert_picture("destinations_refused_120x36", picture);
}
