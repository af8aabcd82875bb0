//! The board: ranges of cards, what it remembers, and what becomes of a qualification that is cancelled or refused.

use crate::board::{cards, of_leads};
use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows, now};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::pipeline::form::{PipelineForm, Pipelines};
use lejek::domain::user::leaving::Heir;
use lejek::domain::user::{Permissions, Reach, User};
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use std::sync::Arc;
use tempfile::TempDir;

/// The same workspace as the second user, whose permissions are these.
fn as_second(workspace: &Arc<Workspace>, of: Object, may: Permissions) -> Arc<Workspace> {
    let settings = workspace.settings();
    let second = settings.users.iter().find(|user| !user.super_admin).expect("a second user");
    let user = User { permissions: [(of.0, may)].into(), ..second.clone() };
    let id = user.id;
    people::perform(workspace, &Change::SetUser { user: Box::new(user), heir: Heir::default() });
    let ids = Box::new(CountedIds(1 << 40));
    Arc::new(Workspace::new(Arc::clone(workspace.store()), Arc::new(FixedClock::at(now())), ids, id))
}

#[test]
fn a_range_of_cards_is_marked_within_its_stage() {
    let mut pilot = Pilot::start(&of_leads(), 120, 36);
    pilot.press("g b v j");
    assert_shows(&pilot, "2 selected");
    pilot.press("j");
    assert_shows(&pilot, "3 selected");
    pilot.press("k v j j");
    assert_shows(&pilot, "2 selected");
    pilot.press("esc g g v G");
    assert_shows(&pilot, "4 selected");
    pilot.press("l h");
    assert_shows(&pilot, "4 selected");
    pilot.press("m c");
    assert_eq!(cards(&pilot, "Connected")[..3], ["Hel", "Sopot", "Gdynia"]);
}

#[test]
fn a_range_reaches_over_cards_that_were_never_seen() {
    let workspace = people::workspace();
    let kessler = people::contact(&workspace, "Kessler");
    for number in 0..120 {
        let values =
            vec![(lejek::domain::object::is::NAME, lejek::domain::value::Value::text(format!("Lead {number}")))];
        let associate = vec![lejek::domain::association::Tying::new(kessler)];
        people::perform(&workspace, &Change::Create { object: Object::LEAD, values, associate });
    }
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.press("g b v G");
    assert_shows(&pilot, "121 selected");
    pilot.press("m a");
    assert_shows(&pilot, "Attempting 121");
    assert_shows(&pilot, "New 0");
    pilot.press("u");
    assert_shows(&pilot, "New 121");
}

#[test]
fn the_pipeline_that_was_shown_last_is_remembered() {
    let workspace = of_leads();
    let mut draft = Pipelines::of(Object::LEAD, &workspace.settings().pipelines);
    let mut second: PipelineForm = draft.forms[0].clone();
    second.id = None;
    "Partners".clone_into(&mut second.name);
    second.stages.iter_mut().for_each(|stage| stage.id = None);
    draft.forms.push(second);
    people::perform(&workspace, &Change::SetPipelines(Box::new(draft)));
    let folder = TempDir::new().expect("a folder");
    let kept = folder.path().join("state.json");
    let mut pilot = Pilot::resumed(&workspace, &kept, 120, 36);
    pilot.press("g b");
    assert_shows(&pilot, "Sopot");
    pilot.press("tab");
    assert_hides(&pilot, "Sopot");
    drop(pilot);
    let mut pilot = Pilot::resumed(&workspace, &kept, 120, 36);
    pilot.press("g b");
    assert_hides(&pilot, "Sopot");
    pilot.press("z b z b");
    assert_hides(&pilot, "Sopot");
    pilot.press("tab");
    assert_shows(&pilot, "Sopot");
}

#[test]
fn r2_8_a_qualification_that_is_cancelled_half_way_changes_nothing_and_keeps_what_was_typed() {
    let workspace = of_leads();
    let required = vec![("leads.require_deal".to_owned(), "true".to_owned())];
    people::perform(&workspace, &Change::Settings { values: required });
    let last = workspace.store().last_act();
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.go("g b m q ' harbour' tab tab '12000' esc");
    assert_eq!(cards(&pilot, "New")[0], "Hel");
    assert_eq!(workspace.store().last_act(), last, "nothing was written");
    pilot.go("m q");
    assert_shows(&pilot, "Hel harbour");
    pilot.go("enter");
    assert_eq!(cards(&pilot, "Qualified"), ["Hel"]);
    assert_shows(&pilot, "● deal made");
    assert_shows(&pilot, "Moved Hel to Qualified");
    pilot.go("u");
    assert_eq!(cards(&pilot, "New")[0], "Hel");
    pilot.go("m q");
    assert_hides(&pilot, "Hel harbour");
}

#[test]
fn r2_8_what_was_typed_stays_when_the_rules_refuse_the_deal() {
    let workspace = of_leads();
    let may = Permissions { create: false, ..Permissions::ALL };
    let second = as_second(&workspace, Object::DEAL, may);
    let mut pilot = Pilot::start(&second, 120, 36);
    pilot.go("g b m q ' harbour' enter");
    assert_shows(&pilot, "✕ Needs the permission to create deals.");
    assert_shows(&pilot, "Hel harbour");
    assert_shows(&pilot, "Create deal of ▽ Hel");
    pilot.go("ctrl-r");
    assert_eq!(cards(&pilot, "Qualified"), ["Hel"]);
}

#[test]
fn r6_2_whoever_may_not_edit_leads_moves_none_and_reads_why() {
    let workspace = of_leads();
    let may = Permissions { edit: Reach::None, create: false, delete: Reach::None, ..Permissions::ALL };
    let second = as_second(&workspace, Object::LEAD, may);
    let mut pilot = Pilot::start(&second, 120, 36);
    for (keys, said) in [
        ("g b L", "Needs the permission to edit leads"),
        ("esc m q", "Needs the permission to edit leads"),
        ("esc m d", "Needs the permission to edit leads"),
        ("esc x", "Needs the permission to delete leads"),
        ("esc enter D", "Needs the permission to edit leads"),
        ("esc C", "Needs the permission to edit leads"),
    ] {
        pilot.press(keys);
        assert_shows(&pilot, said);
    }
    pilot.go("esc g c c L ctrl-s");
    assert_shows(&pilot, "Needs the permission to create leads");
}
