//! **Settings > Objects > Leads** and the pipelines of deals: setup, stages, reasons, what forms and cards show.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Object, OptionId, RecordId};
use lejek::domain::moving::{Given, Move};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use std::sync::Arc;

/// On a page of the settings, by its name in the search.
fn on(workspace: &Arc<Workspace>, page: &str) -> Pilot {
    let mut pilot = Pilot::start(workspace, 120, 36);
    pilot.press("g s /").type_in(page).press("enter");
    pilot
}

fn stages(workspace: &Workspace, object: Object) -> Vec<String> {
    let settings = workspace.settings();
    let stages = settings.pipelines_of(object).flat_map(|pipeline| &pipeline.stages);
    stages.map(|stage| stage.name.clone()).collect()
}

/// A lead of a contact, whose owner is another one.
pub fn of_kessler(workspace: &Workspace, name: &str) -> RecordId {
    let kessler = people::contact(workspace, "Kessler");
    let values = vec![(is::NAME, Value::text(name)), (is::OWNER, Value::User(workspace.user()))];
    let associate = vec![Tying::new(kessler)];
    let change = Change::Create { object: Object::LEAD, values, associate };
    let reply = workspace.perform(&change, Origin::Interface).expect("a lead");
    match reply.refs.first() {
        Some(lejek::domain::id::Ref::Record(id)) => *id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn r2_7_stages_are_renamed_added_and_moved_in_one_draft() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "leads: pipeline");
    assert_shows(&pilot, "In progress");
    pilot.press("j e ctrl-u").type_in("Fresh").press("enter");
    assert_shows(&pilot, "1 unsaved change on Pipeline");
    pilot.press("n").type_in("Called").press("enter");
    assert_shows(&pilot, "2 unsaved changes on Pipeline");
    assert_eq!(stages(&workspace, Object::LEAD)[0], "New", "nothing is changed before it is saved");
    pilot.press("J ctrl-s");
    assert_shows(&pilot, "Changed the pipelines of leads");
    assert_hides(&pilot, "unsaved");
    assert_eq!(stages(&workspace, Object::LEAD)[..4], ["Fresh", "Attempting", "Called", "Connected"]);
    pilot.press("u");
    assert_eq!(stages(&workspace, Object::LEAD)[..3], ["New", "Attempting", "Connected"], "it was one act");
}

#[test]
fn r2_2_two_stages_of_one_name_and_empty_groups_are_told_in_place() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "leads: pipeline");
    pilot.press("j n").type_in("attempting").press("enter");
    assert_shows(&pilot, "✕ Leads has two stages called");
    pilot.press("esc");
    assert_hides(&pilot, "unsaved");
    pilot.press("G x");
    assert_shows(&pilot, "Each group has one stage at least");
}

#[test]
fn r2_2_a_second_pipeline_has_its_own_stages() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "leads: pipeline");
    pilot.press("p");
    assert_shows(&pilot, "There is one pipeline, N makes another");
    pilot.press("N").type_in("Partners").press("enter");
    assert_shows(&pilot, "2 of 2");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Added the pipeline Partners");
    assert_eq!(workspace.settings().pipelines_of(Object::LEAD).count(), 2);
    pilot.press("p up enter");
    assert_shows(&pilot, "1 of 2");
    assert_shows(&pilot, "Attempting");
}

#[test]
fn r2_7_deleting_a_stage_says_at_once_what_it_does_and_asks_when_saved() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "leads: pipeline");
    pilot.press("j j j x");
    assert_shows(&pilot, "! Connected holds 1 lead:");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "1 record is in Connected");
    pilot.press("esc");
    assert_shows(&pilot, "1 unsaved change on Pipeline");
    pilot.press("ctrl-s enter");
    assert_hides(&pilot, "unsaved");
    assert_eq!(stages(&workspace, Object::LEAD).len(), 4);
    pilot.press("u");
    assert_eq!(stages(&workspace, Object::LEAD).len(), 5);
}

#[test]
fn a_probability_is_no_more_than_a_hundred() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "deals: pipeline");
    pilot.press("j % ctrl-u").type_in("140").press("enter");
    assert_shows(&pilot, "✕ 140 is no probability: 0 to 100 percent are taken");
    pilot.press("ctrl-u").type_in("25").press("enter");
    assert_shows(&pilot, "25 %");
    pilot.press("ctrl-s");
    let settings = workspace.settings();
    let first = settings.pipelines_of(Object::DEAL).next().and_then(|pipeline| pipeline.stages.first());
    assert_eq!(first.and_then(|stage| stage.probability), Some(25));
}

#[test]
fn r2_11_reasons_show_their_use_and_are_edited_beside_the_stages() {
    let workspace = people::workspace();
    let lead = of_kessler(&workspace, "New hall");
    let disqualified = Move { reason: Given::This(OptionId(2)), ..Move::to(vec![lead], OptionId(5)) };
    people::perform(&workspace, &Change::Move(Box::new(disqualified)));
    let mut pilot = on(&workspace, "leads: pipeline");
    let row = pilot.rows().into_iter().find(|row| row.contains("No budget")).expect("the reason");
    assert!(row.trim_end().ends_with('1'), "{row}");
    pilot.press("R j e ctrl-u").type_in("No money").press("enter esc");
    assert_shows(&pilot, "2  No money");
    pilot.press("R j x esc");
    assert_hides(&pilot, "No money");
}

#[test]
fn r2_3_the_setup_is_a_draft_and_is_one_act() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "create lead based");
    pilot.press("space");
    assert_shows(&pilot, "Choose lifecycle stages");
    pilot.press("j j space enter");
    assert_shows(&pilot, "Marketing qualified lead");
    assert_shows(&pilot, "1 unsaved change on Setup");
    pilot.press("j enter up up up enter");
    assert_shows(&pilot, "2 unsaved changes on Setup");
    pilot.press("j space j space j enter up enter");
    assert_shows(&pilot, "Attempting, then Connected");
    assert!(workspace.settings().leads.create_on.is_empty());
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Changed 5 settings");
    let leads = workspace.settings().leads.clone();
    assert_eq!(leads.create_on, [OptionId(3)]);
    assert!(leads.lifecycle_on_associate.is_some() && leads.lifecycle_back && leads.lifecycle_sync);
    assert_eq!(leads.stage_automation.len(), 1);
    pilot.press("j space g d");
    assert_shows(&pilot, "Save before you leave?");
    pilot.press("d g s");
    pilot.press("u");
    assert!(workspace.settings().leads.create_on.is_empty(), "all of it was one act");
}

#[test]
fn r1_5_the_leads_have_three_tabs_and_the_setup_holds_all_of_it() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 160, 45);
    pilot.press("g s /").type_in("create lead based").press("enter");
    for tab in ["Settings › Objects › Leads", "Setup", "Pipeline", "Preview customization"] {
        assert_shows(&pilot, tab);
    }
    for row in ["Sync lead owner with contact and company owner", "Sync lead activities with lead owner"] {
        assert_shows(&pilot, row);
    }
    assert_shows(&pilot, "Create lead based on lifecycle stage");
}

#[test]
fn r1_7_the_toggles_of_ownership_act_at_once() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "sync lead activities");
    pilot.press("space");
    assert_shows(&pilot, "Changed the setting Sync lead activities with lead owner");
    assert_hides(&pilot, "unsaved");
    assert!(workspace.settings().leads.sync_activities);
    pilot.press("space");
    assert!(!workspace.settings().leads.sync_activities);
}

#[test]
fn r1_7_the_dialog_says_how_many_and_takes_yes_no_and_esc() {
    let workspace = people::workspace();
    let lead = of_kessler(&workspace, "New hall");
    people::perform(&workspace, &Change::Set { record: lead, values: vec![(is::OWNER, None)] });
    let owner = || workspace.store().record(lead).unwrap().unwrap().values.get(is::OWNER).cloned();
    let is_on = || workspace.settings().leads.sync_owner;
    let mut pilot = on(&workspace, "sync lead owner");
    pilot.press("space");
    assert_shows(&pilot, "1 open lead would change");
    assert_shows(&pilot, "Its owner is not that of its contact or company.");
    assert_shows(&pilot, "Yes, update 1 lead");
    pilot.press("esc");
    assert!(!is_on(), "esc leaves it off");
    pilot.press("space down enter");
    assert!(is_on() && owner().is_none(), "no leaves the leads until the next change");
    pilot.press("space");
    assert!(!is_on());
    pilot.press("space enter");
    assert!(is_on() && owner() == Some(Value::User(workspace.user())), "yes updates them at once");
    assert_shows(&pilot, "Turned on the sync of lead owners and gave ");
    pilot.press("u");
    assert!(!is_on() && owner().is_none(), "as one act");
}

#[test]
fn r1_4_r2_1_who_may_not_change_the_setup_reads_who_can() {
    let workspace = crate::settings::read_only();
    let mut pilot = on(&workspace, "create lead based");
    assert_shows(&pilot, "⊘ Needs a Sales seat, Super Admin or Edit property settings.");
    pilot.press("space");
    assert_shows(&pilot, "It needs a Sales seat, Super Admin or Edit property settings.");
    pilot.press("] j n");
    assert_shows(&pilot, "It needs a Sales seat, Super Admin or Edit property settings.");
    assert_hides(&pilot, "unsaved");
}

#[test]
fn r2_14_the_form_of_a_new_lead_asks_what_was_chosen() {
    let workspace = people::workspace();
    let mut pilot = on(&workspace, "create lead based");
    pilot.press("g g j enter");
    assert_shows(&pilot, "Fields of the form");
    pilot.press("x");
    assert_shows(&pilot, "Leads need a name");
    // Label above the rest and required, the type and the source left out.
    pilot.press("j j j K K space j j j x x ctrl-s");
    assert_shows(&pilot, "Changed the setting Create lead form");
    pilot.press("esc");
    assert_shows(&pilot, "5 fields, 2 required");
    pilot.press("g c /").type_in("kessler").press("enter enter c l");
    assert_shows(&pilot, "Create lead");
    let rows = pilot.rows();
    let at = |text: &str| rows.iter().position(|row| row.contains(text));
    assert!(at("Name *") < at("Label *") && at("Label *") < at("Stage"), "{}", pilot.screen());
    assert_hides(&pilot, "Lead source");
    assert_shows(&pilot, "Kessler");
    pilot.press("ctrl-s");
    assert_shows(&pilot, "Label needs a value");
}

#[test]
fn r2_15_a_card_shows_what_was_chosen() {
    let workspace = people::workspace();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g b");
    assert_shows(&pilot, "◌ 20 d");
    pilot.press("g s /").type_in("properties of a card").press("enter");
    pilot.press("x x n").type_in("type").press("enter");
    assert_shows(&pilot, "1 unsaved change on Preview customization");
    pilot.press("ctrl-s");
    assert_eq!(workspace.settings().leads.card, [is::LEAD_LABEL, is::LEAD_TYPE, is::OWNER]);
    pilot.press("x x x");
    assert_shows(&pilot, "Only the name");
    pilot.press("D");
    assert_hides(&pilot, "Only the name");
    pilot.press("g b");
    assert_shows(&pilot, "■ Warm");
    assert_hides(&pilot, "◌ 20 d");
}
