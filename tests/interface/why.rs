//! Why something is as it is, and its history, from wherever one looks at it.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::Change;
use lejek::domain::id::RecordId;
use lejek::domain::object::is;
use lejek::workspace::Workspace;
use std::sync::Arc;

/// Rosalind became somebody else twice.
fn promoted() -> (Arc<Workspace>, RecordId) {
    let workspace = people::workspace();
    let rosalind = people::contact(&workspace, "Pym");
    for title in ["Head of Purchase", "Director"] {
        people::set(&workspace, rosalind, is::JOB_TITLE, title);
    }
    (workspace, rosalind)
}

/// On Rosalind's page.
fn page(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("/").type_in("pym rosalind");
    pilot.press("enter enter");
    assert_shows(&pilot, "Contacts › Rosalind Pym");
    pilot
}

/// The same with the cursor on her job title, in the pane of properties.
fn on_job_title(workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = page(workspace);
    pilot.press("shift-tab g g");
    for _ in 0..20 {
        if pilot.rows().iter().any(|row| row.starts_with(" ▌Job title")) {
            return pilot;
        }
        pilot.press("j");
    }
    panic!("the job title is not there:\n{}", pilot.screen());
}

#[test]
fn r7_4_a_value_says_why_and_leads_to_its_act() {
    let (workspace, _) = promoted();
    let mut pilot = on_job_title(&workspace);
    pilot.press("w");
    assert_shows(&pilot, "Why Job title of Rosalind Pym");
    assert_shows(&pilot, "It is Director.");
    assert_shows(&pilot, "Changed from Head of Purchase to Director by Maja Sikorska");
    assert_shows(&pilot, "in the interface");
    assert_shows(&pilot, "Act 5: Changed Rosalind Pym.");
    pilot.press("enter");
    assert_shows(&pilot, "act 5 of 5");
    assert_shows(&pilot, "Touched");
    assert_shows(pilot.press("esc"), "Contacts › Rosalind Pym");
}

#[test]
fn r7_4_an_association_says_why() {
    let (workspace, rosalind) = promoted();
    let company = people::company(&workspace, "Pym Instruments");
    people::perform(&workspace, &Change::dissociate(rosalind, company));
    people::perform(&workspace, &Change::associate(rosalind, company));
    let mut pilot = page(&workspace);
    pilot.press("tab w");
    assert_shows(&pilot, "Why Rosalind Pym with Pym Instruments");
    assert_shows(&pilot, "Associated with Pym Instruments (primary) by Maja Sikorska");
    pilot.press("esc W");
    assert_shows(&pilot, "taken off Pym Instruments");
    assert_hides(&pilot, "Job title –");
}

#[test]
fn r7_4_an_activity_says_why_it_is_on_a_record() {
    let (workspace, _) = promoted();
    let mut pilot = page(&workspace);
    pilot.press("w");
    assert_shows(&pilot, "Connected, asked for a quote on Rosalind Pym");
    assert_shows(&pilot, "by lejek on Sun 8 Nov, 14:20");
}

#[test]
fn r7_4_a_row_of_a_list_says_who_made_it() {
    let (workspace, _) = promoted();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("w");
    assert_shows(&pilot, "Why Zofia Wierzbicka");
    assert_shows(&pilot, "Made by lejek");
    assert_hides(pilot.press("esc"), "Made by");
}

#[test]
fn the_history_of_a_value_and_of_a_whole_record() {
    let (workspace, _) = promoted();
    let mut pilot = on_job_title(&workspace);
    pilot.press("W");
    assert_shows(&pilot, "History of Job title of Rosalind Pym");
    assert_shows(&pilot, "Head of Purchase → Director");
    assert_shows(&pilot, "– → Head of Purchase");
    assert_hides(&pilot, "associated with");
    pilot.press("j enter");
    assert_shows(&pilot, "act 4 of 5");
    pilot.press("g c W");
    assert_shows(&pilot, "History of Rosalind Pym");
    assert_shows(&pilot, "associated with Pym Instruments");
    assert_shows(&pilot, "made");
}

#[test]
fn a_value_from_the_first_day_is_said_to_be_so() {
    let (workspace, _) = promoted();
    let mut pilot = on_job_title(&workspace);
    for _ in 0..20 {
        if pilot.rows().iter().any(|row| row.starts_with(" ▌E-mail")) {
            break;
        }
        pilot.press("k");
    }
    pilot.press("w");
    assert_shows(&pilot, "Given when it was made by lejek");
    pilot.press("esc W");
    assert_shows(&pilot, "made with rosalind@");
}
