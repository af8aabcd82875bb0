//! Lifecycle stages: what they make and what sets them (R2.4 to R2.6, R2.17, R2.18), and where these rules meet.

use crate::lead_sync::{call, effects, lead, logged, owner, settings};
use crate::world::{Kept, World, made};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Done};
use lejek::domain::id::{Object, RecordId};
use lejek::workspace::import::ImportAsk;
use rstest::rstest;
use std::fmt::Write as _;
use tempfile::TempDir;

const MAJA: &str = "maja@lejek.example";
const OLA: &str = "ola@lejek.example";

fn all(world: &World, object: Object) -> Vec<RecordId> {
    let mut ids = Vec::new();
    world.store.each(object, &mut |record| ids.push(record.id)).unwrap();
    ids
}

fn leads(world: &World) -> usize {
    all(world, Object::LEAD).len()
}

fn stage(world: &World, id: RecordId) -> String {
    world.text(id, "lifecycle_stage").unwrap_or_default()
}

fn become_(world: &World, id: RecordId, stage: &str) -> Done {
    world.set(id, "lifecycle_stage", stage).unwrap()
}

/// How many effects each rule had.
fn count(done: &Done, rule: &str) -> usize {
    effects(done).iter().filter(|effect| effect.starts_with(&format!("{rule} "))).count()
}

#[rstest]
fn r2_4_a_contact_that_comes_to_a_chosen_stage_gets_a_lead(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan"), ("owner", MAJA)]), world.company("Acme"));
    world.tie(jan, acme);
    world.does(settings("leads.create_on_lifecycle", "Lead;Customer"));
    become_(&world, jan, "Subscriber");
    assert_eq!(leads(&world), 0);
    let done = become_(&world, jan, "Lead");
    assert_eq!(
        effects(&done),
        [
            "R2.4 a lead was made, as the lifecycle stage became Lead",
            "R2.4 the lead was made, as the lifecycle stage became Lead",
            "R2.4 the lead was made, as the lifecycle stage became Lead",
        ]
    );
    let [roof] = all(&world, Object::LEAD)[..] else { panic!("one lead") };
    assert_eq!(world.ties(roof), ["Jan *", "Acme *"]);
    assert_eq!((world.text(roof, "name").unwrap(), owner(&world, roof).unwrap()), ("Jan".into(), MAJA.into()));
    assert_eq!(world.text(roof, "stage").unwrap(), "New");
    become_(&world, jan, "Customer");
    assert_eq!(leads(&world), 1, "it has an open one");
    world.set(roof, "stage", "Disqualified").unwrap();
    become_(&world, jan, "Lead");
    assert_eq!(leads(&world), 2, "a closed one is no open one");

    let made = world.does(Change::Create {
        object: Object::CONTACT,
        values: world.values(Object::CONTACT, &[("first_name", "Ewa"), ("lifecycle_stage", "Customer")]),
        associate: vec![Tying::new(acme)],
    });
    assert_eq!((count(&made, "R2.4"), leads(&world)), (3, 3), "by creation too");
    world.undo(made.act).unwrap();
    assert_eq!(leads(&world), 2);
    world.undo(done.act).unwrap_err();
}

#[rstest]
fn r2_4_undo_and_restore_make_no_leads(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("lifecycle_stage", "Lead")]);
    let moved = become_(&world, jan, "Subscriber");
    world.does(settings("leads.create_on_lifecycle", "Lead"));
    world.undo(moved.act).unwrap();
    world.does(Change::Delete { what: vec![jan.into()] });
    world.does(Change::Restore { what: vec![jan.into()], without: Vec::new() });
    assert_eq!((stage(&world, jan).as_str(), leads(&world)), ("Lead", 0), "R7.1");
}

#[rstest]
fn r2_4_an_import_makes_leads_when_it_is_told_to(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, folder) = (World::new(kept), TempDir::new().unwrap());
    world.does(settings("leads.create_on_lifecycle", "Lead"));
    let path = folder.path().join("people.csv");
    std::fs::write(&path, "Email,Lifecycle Stage,Company\na@x.example,Lead,Acme\nb@x.example,Customer,\n").unwrap();
    let ask = ImportAsk { files: vec![path.clone()], ..ImportAsk::default() };
    let tried = world.workspace.import(&ImportAsk { dry_run: true, ..ask.clone() }, &mut ()).unwrap();
    assert_eq!((tried.created, tried.leads, leads(&world)), (2, 1, 0), "it says how many it would make");
    let without = world.workspace.import(&ask, &mut ()).unwrap();
    assert_eq!((without.created, without.leads, leads(&world)), (2, 1, 0));
    world.undo(without.act.unwrap()).unwrap();
    let with = world.workspace.import(&ImportAsk { create_leads: true, ..ask }, &mut ()).unwrap();
    assert_eq!((with.created, with.leads, leads(&world)), (2, 1, 1));
    assert_eq!(world.ties(all(&world, Object::LEAD)[0]), ["a@x.example *", "Acme *"]);
    world.undo(with.act.unwrap()).unwrap();
    assert_eq!((leads(&world), all(&world, Object::CONTACT).len()), (0, 0));
}

#[rstest]
fn r2_5_stages_that_come_by_themselves_make_no_leads(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    for (key, value) in [
        ("leads.create_on_lifecycle", "Customer;Opportunity;Sales qualified lead"),
        ("leads.lifecycle_on_associate", "Sales qualified lead"),
        ("lifecycle.sync", "true"),
    ] {
        world.does(settings(key, value));
    }
    let (jan, ewa, acme) =
        (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Ewa")]), world.company("Acme"));
    world.tie(jan, acme);
    let done = become_(&world, acme, "Customer");
    assert_eq!((stage(&world, jan), leads(&world), count(&done, "R2.18")), ("Customer".to_owned(), 0, 1));
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    world.tie(deal, ewa);
    world.set(deal, "stage", "Closed won").unwrap();
    assert_eq!((stage(&world, ewa), leads(&world)), ("Customer".to_owned(), 0));
    let iza = world.contact(&[("first_name", "Iza")]);
    lead(&world, "By hand", &[iza]);
    assert_eq!((stage(&world, iza).as_str(), leads(&world)), ("Sales qualified lead", 1), "R2.6 makes no second one");
}

#[rstest]
#[case(false, "Customer", "Other")]
#[case(true, "Lead", "Other")]
fn r2_6_a_lead_brings_its_stage_along(
    #[case] back: bool,
    #[case] of_customer: &str,
    #[case] of_other: &str,
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let contact = |name: &str, stage: &[(&str, &str)]| world.contact(&[&[("first_name", name)], stage].concat());
    let (new, customer) = (contact("New", &[]), contact("Old", &[("lifecycle_stage", "Customer")]));
    let (other, later) = (contact("Other", &[("lifecycle_stage", "Other")]), contact("Later", &[]));
    let acme = world.company("Acme");
    world.does(settings("leads.lifecycle_on_associate", "Lead"));
    world.does(settings("leads.lifecycle_on_associate_back", if back { "true" } else { "false" }));
    let roof = lead(&world, "Roof", &[new, customer, other, acme]);
    let stages = [new, customer, other, acme, later].map(|id| stage(&world, id));
    assert_eq!(stages, ["Lead", of_customer, of_other, "Lead", ""]);
    let done = world.tie(roof, later);
    assert_eq!(effects(&done), ["R2.6 a lead was associated: Lead"]);
    world.undo(done.act).unwrap();
    assert_eq!(stage(&world, later), "");
}

#[rstest]
fn r2_18_a_companys_stage_flows_to_its_contacts(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("associations.limits", "contact>company=3"));
    let (jan, ewa) = (
        world.contact(&[("first_name", "Jan")]),
        world.contact(&[("first_name", "Ewa"), ("lifecycle_stage", "Evangelist")]),
    );
    let (acme, beta) = (world.company("Acme"), world.company("Beta"));
    let iza = world.contact(&[("first_name", "Iza"), ("lifecycle_stage", "Other")]);
    for id in [jan, ewa, iza] {
        world.tie(id, acme);
    }
    world.tie(jan, beta);
    become_(&world, acme, "Lead");
    assert_eq!(stage(&world, jan), "", "off");
    world.does(settings("lifecycle.sync", "true"));
    become_(&world, acme, "Opportunity");
    assert_eq!([jan, ewa, iza].map(|id| stage(&world, id)), ["Opportunity", "Evangelist", "Other"], "forwards only");
    become_(&world, beta, "Customer");
    assert_eq!(stage(&world, jan), "Opportunity", "Beta is not the primary one");
    let done = world.does(Change::dissociate(jan, acme));
    assert_eq!((stage(&world, jan).as_str(), count(&done, "R2.18")), ("Customer", 1), "now it is");
    become_(&world, acme, "Lead");
    assert_eq!(stage(&world, ewa), "Evangelist");
    become_(&world, acme, "Other");
    assert_eq!(stage(&world, ewa), "Evangelist", "R2.17");
}

#[rstest]
fn r2_18_deals_bring_opportunity_and_customer(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("lifecycle.sync", "true"));
    let (jan, ewa, acme) =
        (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Ewa")]), world.company("Acme"));
    world.tie(ewa, acme);
    let values = world.values(Object::DEAL, &[("name", "Roof")]);
    let associate = vec![Tying::new(jan), Tying::new(acme)];
    let done = world.does(Change::Create { object: Object::DEAL, values, associate });
    let deal = made(&done);
    assert_eq!([jan, acme, ewa].map(|id| stage(&world, id)), ["Opportunity"; 3], "and on to Acme's contacts");
    assert_eq!(count(&done, "R2.18"), 3);
    let won = world.set(deal, "stage", "Closed won").unwrap();
    assert_eq!([jan, acme, ewa].map(|id| stage(&world, id)), ["Customer"; 3]);
    world.undo(won.act).unwrap();
    assert_eq!([jan, acme, ewa].map(|id| stage(&world, id)), ["Opportunity"; 3]);
    let values = world.values(Object::DEAL, &[("name", "Won"), ("stage", "Closed won")]);
    let from_the_start = world.does(Change::Create { object: Object::DEAL, values, associate: vec![Tying::new(ewa)] });
    assert_eq!(stage(&world, ewa), "Customer");
    world.undo(from_the_start.act).unwrap();
    assert_eq!((stage(&world, ewa).as_str(), all(&world, Object::DEAL).len()), ("Opportunity", 1), "withdrawn whole");
}

#[rstest]
fn r2_8_a_deal_of_a_qualified_lead_is_a_deal(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let roof = lead(&world, "Roof", &[jan]);
    world.does(settings("lifecycle.sync", "true"));
    world.does(settings("leads.require_deal", "true"));
    let done = world.set(roof, "stage", "Qualified").unwrap();
    assert_eq!((stage(&world, jan).as_str(), count(&done, "R2.18")), ("Opportunity", 1));
    world.undo(done.act).unwrap();
    assert_eq!((stage(&world, jan).as_str(), all(&world, Object::DEAL).len()), ("", 0));
}

/// A lead of R2.4 while the sync of owners is on belongs to the contact's owner, whoever changed the stage.
#[rstest]
fn r1_8_lets_leads_of_lifecycle_stages_be_made(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.add_user("Ola", |_| {});
    let jan = world.contact(&[("first_name", "Jan"), ("owner", OLA)]);
    for (key, value) in [
        ("leads.create_on_lifecycle", "Lead"),
        ("leads.sync_activities", "true"),
        ("leads.lifecycle_on_associate", "Sales qualified lead"),
    ] {
        world.does(settings(key, value));
    }
    world.does(Change::SyncOwner { existing: false });
    let done = become_(&world, jan, "Lead");
    let [of_stage] = all(&world, Object::LEAD)[..] else { panic!("one lead: {done:?}") };
    assert_eq!(owner(&world, of_stage).as_deref(), Some(OLA));
    assert_eq!(stage(&world, jan), "Sales qualified lead", "its association is one like others (R2.6)");
    assert_eq!((count(&done, "R2.4"), count(&done, "R2.6"), count(&done, "R1.6")), (2, 1, 0));
    let activity = world.store.activity(logged(&world.does(Change::log(call(jan))))).unwrap().unwrap();
    assert!(activity.targets.iter().any(|target| target.record == of_stage));
    // The owner's change goes along with the stage's: the lead is made of the new owner.
    let values = [("owner", MAJA), ("lifecycle_stage", "Lead")];
    let ewa = world.contact(&[("first_name", "Ewa"), ("owner", OLA)]);
    let values = world.values(Object::CONTACT, &values).into_iter().map(|(id, value)| (id, Some(value))).collect();
    world.does(Change::Set { record: ewa, values });
    let new = *all(&world, Object::LEAD).iter().find(|id| **id != of_stage).unwrap();
    assert_eq!(owner(&world, new).as_deref(), Some(MAJA));
}

#[test]
fn r2_18_ten_thousand_contacts_are_one_act() {
    let (world, folder) = (World::new(Kept::OnDisk), TempDir::new().unwrap());
    let mut rows = "Email,Company\n".to_owned();
    for number in 0..10_000 {
        writeln!(rows, "p{number}@x.example,Acme").unwrap();
    }
    let path = folder.path().join("people.csv");
    std::fs::write(&path, rows).unwrap();
    let imported = world.workspace.import(&ImportAsk { files: vec![path], ..ImportAsk::default() }, &mut ()).unwrap();
    assert_eq!(imported.created, 10_000);
    world.does(settings("lifecycle.sync", "true"));
    let acme = all(&world, Object::COMPANY)[0];
    let done = become_(&world, acme, "Customer");
    assert_eq!(done.effects.len(), 10_000);
    world.undo(done.act).unwrap();
    assert!(all(&world, Object::CONTACT).iter().all(|id| stage(&world, *id).is_empty()));
}
