//! The associations in the settings, and the question at a limit.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crate::settings::read_only;
use lejek::domain::association::{Labelling, Tying};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::workspace::Workspace;
use std::sync::Arc;

/// Contacts have a label among each other.
pub fn labelled() -> Arc<Workspace> {
    let workspace = people::workspace();
    let (from, name) = (Object::CONTACT, "Friend".to_owned());
    people::perform(&workspace, &Change::AddLabel { from, to: from, name, inverse: None });
    workspace
}

/// On the page, whose cursor is on the limit of contacts among each other.
fn page(workspace: &Arc<Workspace>, keys: &str) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g s G k k k enter").press(keys);
    pilot
}

fn limit(workspace: &Workspace) -> Option<usize> {
    workspace.settings().associations.limit(Object::CONTACT, Object::COMPANY)
}

#[test]
fn r5_3_limits_are_a_draft_until_they_are_saved() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "");
    assert_shows(&pilot, "Settings › Objects › Associations");
    assert_shows(&pilot, "Contacts among each other");
    assert_shows(&pilot, "1 company");
    pilot.press("j enter ctrl-u").type_in("lots").press("enter");
    assert_shows(&pilot, "“lots” is no limit");
    pilot.press("ctrl-u").type_in("3").press("enter");
    assert_shows(&pilot, "was 1 company, now 3 companies");
    assert_shows(&pilot, "1 unsaved change on Associations");
    assert_eq!(limit(&workspace), Some(1));
    pilot.press("ctrl-s");
    assert_hides(&pilot, "unsaved");
    assert_eq!(limit(&workspace), Some(3));
    let jan = people::contact(&workspace, "Wierzbicka");
    let extra = Change::associate(jan, people::company(&workspace, "Alpenglas AG"));
    people::perform(&workspace, &extra);
    pilot.press("enter ctrl-u").type_in("1").press("enter ctrl-s");
    assert_shows(&pilot, "1 contact has more than 1 company");
    assert_shows(&pilot, "1 unsaved change on Associations");
    pilot.press("D");
    assert_hides(&pilot, "unsaved");
    pilot.press("enter ctrl-u enter");
    assert_shows(&pilot, "● A contact has at most        any number of companies");
    pilot.press("ctrl-s u");
    assert_eq!(limit(&workspace), Some(3), "the save is one act");
}

#[test]
fn r5_5_labels_are_added_renamed_and_deleted() {
    let workspace = people::workspace();
    let mut pilot = page(&workspace, "n");
    assert_shows(&pilot, "New label of contacts among each other");
    pilot.type_in("Manager").press("tab").type_in("Report").press("ctrl-s");
    assert_shows(&pilot, "Added the label Manager / Report");
    assert_shows(&pilot, "▌  Label                        Manager / Report");
    let manager = workspace.settings().label_called(Object::CONTACT, Object::CONTACT, "Manager").unwrap();
    let one = people::contact(&workspace, "Wierzbicka");
    let other = people::contact(&workspace, "Kessler");
    let tying = Tying { labels: Labelling::Add(vec![manager]), ..Tying::new(other) };
    people::perform(&workspace, &Change::Associate { one, ties: vec![tying], off: Vec::new() });
    pilot.press("e ctrl-u").type_in("Boss").press("enter enter");
    assert_shows(&pilot, "Renamed the label Manager / Report to Boss / Report");
    pilot.press("x");
    assert_shows(&pilot, "Deleted the label Boss / Report, which 1 association carried");
    assert_eq!(workspace.settings().label_name(manager), None);
    pilot.press("u");
    assert_eq!(workspace.settings().label_name(manager), Some("Boss"));
    assert_eq!(workspace.store().link(one, other).unwrap().unwrap().labels, [manager]);
    pilot.press("n").type_in("boss").press("enter enter");
    assert_shows(&pilot, "There is a label Boss for these");
}

#[test]
fn r1_4_who_may_not_change_associations_reads_who_can() {
    let mut pilot = page(&read_only(), "");
    assert_shows(&pilot, "⊘ Needs Super Admin or Edit property settings. Maja Sikorska can change that.");
    for key in ["enter", "n", "x"] {
        pilot.press(key);
        assert_shows(&pilot, "It needs Super Admin or Edit property settings.");
        pilot.wait(std::time::Duration::from_secs(10));
    }
}

#[test]
fn r5_3_at_a_limit_the_interface_offers_to_replace() {
    let workspace = people::workspace();
    let contact = people::contact(&workspace, "Wierzbicka");
    let before = workspace.store().links(contact, Some(Object::COMPANY)).unwrap();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("/").type_in("Wierzbicka").press("enter enter c o").type_in("Zupełnie Nowa").press("ctrl-s");
    assert_shows(&pilot, "Replace ");
    assert_shows(&pilot, "the limit is 1");
    pilot.press("y");
    let after = workspace.store().links(contact, Some(Object::COMPANY)).unwrap();
    assert!(after.len() == 1 && before.len() == 1 && after[0].other != before[0].other);
    pilot.press("u");
    assert_eq!(workspace.store().links(contact, Some(Object::COMPANY)).unwrap(), before, "one undo");
}
