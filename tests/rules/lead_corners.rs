//! Where the rules of leads meet (R1, R2): one change that several of them follow from.

use crate::lead_sync::{call, lead, owner, settings};
use crate::pipelines::{asked, id};
use crate::world::{Kept, World};
use lejek::domain::change::Change;
use lejek::domain::id::{Object, RecordId};
use lejek::domain::query::Query;
use lejek::domain::user::Viewer;
use rstest::rstest;

const OLA: &str = "ola@lejek.example";
const MAJA: &str = "maja@lejek.example";

fn leads(world: &World) -> Vec<RecordId> {
    let query = Query::all(Object::LEAD, Viewer::EVERYTHING);
    world.workspace.prepare(&query).unwrap();
    world.store.ids(&query, world.workspace.now()).unwrap()
}

#[rstest]
fn r2_7_r2_16_a_stage_that_automation_names_is_deleted_and_brought_back(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let roof = lead(&world, "Roof", &[jan]);
    world.set(roof, "owner", MAJA).unwrap();
    let automation = || world.store.settings().shown("leads.stage_automation").unwrap();
    world.does(settings("leads.stage_automation", "Leads=Attempting>Connected"));
    let delete = asked(&world, Object::LEAD, |asked| {
        asked.forms[0].stages.retain(|stage| stage.name != "Attempting");
    });
    let done = world.does(delete);
    assert_eq!(automation(), "off", "it names no stage that is gone");
    let said = world.does(Change::log(call(jan)));
    assert_eq!((world.text(roof, "stage").unwrap().as_str(), said.effects.len()), ("New", 0));
    world.undo(done.act).unwrap();
    assert_eq!(automation(), "Leads=Attempting>Connected");
    world.does(Change::log(call(jan)));
    assert_eq!(world.text(roof, "stage").unwrap(), "Attempting");
}

#[rstest]
fn r2_7_leads_of_a_stage_that_goes_are_moved_by_no_automation(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("leads.require_reason", "true"));
    world.does(settings("leads.require_deal", "true"));
    world.does(settings("lifecycle.sync", "true"));
    let roof = world.create(Object::LEAD, &[("name", "Roof"), ("stage", "Attempting")]);
    let (gone, to) = (id(&world, Object::LEAD, "Attempting"), id(&world, Object::LEAD, "Qualified"));
    let delete = asked(&world, Object::LEAD, |asked| {
        asked.forms[0].stages.retain(|stage| stage.name != "Attempting");
        asked.moves = vec![(gone, to)];
    });
    let done = world.does(delete);
    assert_eq!((world.text(roof, "stage").unwrap().as_str(), done.effects.len()), ("Qualified", 0));
    world.undo(done.act).unwrap();
    assert_eq!(world.text(roof, "stage").unwrap(), "Attempting");
}

#[rstest]
fn r1_6_r2_4_a_lead_of_a_lifecycle_stage_follows_its_contact_from_then_on(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    world.add_user("Ola", |_| {});
    world.does(settings("leads.create_on_lifecycle", "Lead"));
    world.does(Change::SyncOwner { existing: false });
    let jan = world.contact(&[("first_name", "Jan"), ("owner", OLA), ("lifecycle_stage", "Lead")]);
    let [roof] = leads(&world)[..] else { panic!("one lead") };
    assert_eq!(owner(&world, roof).as_deref(), Some(OLA));
    let done = world.set(jan, "owner", MAJA).unwrap();
    assert_eq!(owner(&world, roof).as_deref(), Some(MAJA));
    world.undo(done.act).unwrap();
    assert_eq!(owner(&world, roof).as_deref(), Some(OLA));
    // Closed, it keeps its owner, and the contact gets another lead.
    world.set(roof, "stage", "Disqualified").unwrap();
    world.set(jan, "owner", "").unwrap();
    assert_eq!(owner(&world, roof).as_deref(), Some(OLA), "R1.9");
    world.set(jan, "lifecycle_stage", "Customer").unwrap();
    world.set(jan, "lifecycle_stage", "Lead").unwrap();
    assert_eq!((leads(&world).len(), owner(&world, roof).as_deref()), (2, Some(OLA)));
}

#[rstest]
fn r7_1_a_creation_is_taken_back_after_a_move_and_a_move_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("leads.create_on_lifecycle", "Lead"));
    let made = world.perform(Change::Create {
        object: Object::CONTACT,
        values: world.values(Object::CONTACT, &[("first_name", "Jan"), ("lifecycle_stage", "Lead")]),
        associate: Vec::new(),
    });
    let made = made.unwrap();
    let [roof] = leads(&world)[..] else { panic!("one lead") };
    world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(5));
    world.set(roof, "stage", "Attempting").unwrap();
    assert!(world.undo(made.act).is_err(), "the lead was moved since");
    world.set(roof, "stage", "New").unwrap();
    world.undo(made.act).unwrap();
    assert!(leads(&world).is_empty());
}
