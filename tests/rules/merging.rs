//! Two records become one, and two again by undo.

use crate::bin::note;
use crate::world::{Kept, World, noon};
use chrono::TimeDelta;
use lejek::domain::association::{Labelling, Tying};
use lejek::domain::change::{Change, Refusal, Rule};
use lejek::domain::id::{ActivityId, LabelId, Object, RecordId, Ref};
use lejek::domain::label::PARENT;
use lejek::domain::merge::Likeness;
use lejek::domain::user::{Permissions, Reach, Viewer};
use lejek::store::TimelineAsk;
use lejek::workspace::bin::InBin;
use lejek::workspace::find::{Among, Unfound};
use lejek::workspace::request::{Reply, Request};
use rstest::rstest;

fn merge(into: RecordId, from: RecordId) -> Change {
    Change::Merge { into, from, take: Vec::new() }
}

fn labelled(world: &World, one: RecordId, other: RecordId, labels: Vec<LabelId>) {
    let tying = Tying { labels: Labelling::Exactly(labels), ..Tying::new(other) };
    world.does(Change::Associate { one, ties: vec![tying], off: Vec::new() });
}

pub fn later(world: &World) {
    world.clock.set(world.workspace.now() + TimeDelta::minutes(1));
}

#[rstest]
fn r5_11_the_first_stays_and_gets_what_it_lacks(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@a.example"), ("city", "Łódź")]);
    let second = world.contact(&[
        ("first_name", "Jasiu"),
        ("last_name", "Kowalski"),
        ("email", "jan@b.example"),
        ("city", "Sopot"),
        ("external_ids", "hubspot:7"),
    ]);
    let take = vec![world.property(Object::CONTACT, "city")];
    let done = world.does(Change::Merge { into: jan, from: second, take });
    assert_eq!(
        (done.what.as_str(), done.refs.as_slice()),
        ("Merged Jasiu Kowalski into Jan", [Ref::Record(jan)].as_slice())
    );
    assert_eq!((done.effects.len(), done.skipped.len()), (0, 0));
    let text = |name| world.text(jan, name).unwrap();
    assert_eq!((text("name"), text("city")), ("Jan Kowalski".into(), "Sopot".into()));
    assert_eq!((text("email"), text("emails")), ("jan@a.example".into(), "jan@b.example".into()));
    assert_eq!(world.workspace.find("contact:jan@b.example", Among::Standing).unwrap().uuid(), jan.uuid);
    assert!(world.record(second).is_none());
    assert_eq!(
        world
            .store
            .page(&lejek::domain::query::Query::all(Object::CONTACT, Viewer::EVERYTHING), noon(), 0, 9)
            .unwrap()
            .of,
        1
    );
}

#[rstest]
fn r5_11_associations_go_over_as_they_were(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let deals = ["Roof", "Wall", "Door"].map(|name| world.create(Object::DEAL, &[("name", name)]));
    world.tie(second, deals[0]);
    world.tie(deals[1], second);
    later(&world);
    world.tie(jan, deals[1]);
    world.tie(jan, deals[2]);
    let acme = world.company("Acme");
    world.tie(second, acme);
    let (old, shared) = (world.store.link(second, deals[0]).unwrap(), world.store.link(second, deals[1]).unwrap());
    later(&world);

    world.does(merge(jan, second));
    assert_eq!(world.ties(jan), ["Acme *", "Roof", "Wall", "Door"]);
    assert_eq!(world.store.link(jan, deals[0]).unwrap(), old, "since when, by whom and why stay");
    assert_eq!(world.store.link(jan, deals[1]).unwrap(), shared, "of two the older one");
    assert_eq!(world.ties(deals[1]), ["Jan"]);
}

#[rstest]
fn r5_3_what_does_not_fit_is_left_out_and_named(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let (acme, other) = (world.company("Acme"), world.company("Other"));
    world.tie(jan, acme);
    world.tie(second, other);
    let done = world.does(merge(jan, second));
    assert_eq!(done.skipped, ["Other: not associated, since Jan has Acme and 1 is the limit"]);
    assert_eq!((world.ties(jan), world.ties(other).len()), (vec!["Acme *".to_owned()], 0));
    world.undo(done.act).unwrap();
    assert_eq!(world.ties(second), ["Other *"]);
}

#[rstest]
fn r5_4_companies_that_become_one_stay_primary_where_they_were(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let (acme, twin, third) = (world.company("Acme"), world.company("Acme SA"), world.company("Third"));
    for company in [twin, third, acme] {
        world.tie(deal, company);
        later(&world);
    }
    let before = world.store.links(deal, None).unwrap();
    assert_eq!(world.ties(deal), ["Acme SA *", "Third", "Acme"]);
    let done = world.does(merge(acme, twin));
    assert_eq!(world.ties(deal), ["Acme *", "Third"]);
    assert!(done.effects.is_empty(), "nobody had to take over");
    let undone = world.undo(done.act).unwrap();
    assert_eq!(world.store.links(deal, None).unwrap(), before);
    world.undo(undone.act).unwrap();
    assert_eq!(world.ties(deal), ["Acme *", "Third"]);
}

#[rstest]
fn r5_5_labels_of_both_are_kept(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let [decides, pays] = ["Decides", "Pays"].map(|name| {
        let (from, to) = (Object::CONTACT, Object::DEAL);
        world.does(Change::AddLabel { from, to, name: name.into(), inverse: None });
        world.store.settings().label_called(from, to, name).unwrap()
    });
    labelled(&world, jan, deal, vec![decides]);
    labelled(&world, second, deal, vec![pays]);
    world.does(merge(jan, second));
    assert_eq!(world.store.link(jan, deal).unwrap().unwrap().labels, [decides, pays]);
}

#[rstest]
fn r5_5_a_company_keeps_one_parent_and_none_below_it(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let [group, daughter, twin, other] = ["Group", "Daughter", "Twin", "Other"].map(|name| world.company(name));
    labelled(&world, daughter, group, vec![PARENT]);
    labelled(&world, twin, other, vec![PARENT]);
    let done = world.does(merge(daughter, twin));
    assert_eq!(done.skipped, ["Other: no longer parent company, a company has one parent"]);
    assert!(world.store.link(daughter, other).unwrap().unwrap().labels.is_empty());
    world.undo(done.act).unwrap();

    // With its own parent: what tied the two goes, the grandparent becomes the parent.
    labelled(&world, group, other, vec![PARENT]);
    let done = world.does(merge(daughter, group));
    assert!(done.skipped.is_empty(), "{:?}", done.skipped);
    assert_eq!(world.store.link(daughter, other).unwrap().unwrap().labels, [PARENT]);
    assert_eq!(world.ties(daughter), ["Other"]);
    world.undo(done.act).unwrap();

    // Into its own grandparent: the one between would be above and below.
    let done = world.does(merge(other, daughter));
    assert_eq!(done.skipped, ["Group: no longer parent company, a company has one parent"]);
}

fn on(world: &World, activity: ActivityId) -> Vec<RecordId> {
    world.store.activity(activity).unwrap().unwrap().targets.iter().map(|target| target.record).collect()
}

#[rstest]
fn r3_2_activities_go_over_once_and_know_where_they_were_logged(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let eva = world.contact(&[("first_name", "Eva")]);
    let (alone, both, with) =
        (note(&world, "a", &[second]), note(&world, "b", &[jan, second]), note(&world, "c", &[second, eva]));
    let targets = world.store.activity(alone).unwrap().unwrap().targets;
    let done = world.does(merge(jan, second));
    assert!(done.effects.is_empty());
    assert_eq!((on(&world, alone), on(&world, both)), (vec![jan], vec![jan]));
    let target = &world.store.activity(alone).unwrap().unwrap().targets[0];
    assert_eq!((target.at, &target.why), (targets[0].at, &targets[0].why));
    assert_eq!(world.store.entries(jan).unwrap().len(), 3);
    let ask = TimelineAsk::first(eva, 9);
    let page = world.store.timeline(&ask, &Viewer::EVERYTHING, noon()).unwrap();
    assert_eq!((page.items[0].activity.id, page.items[0].activity.logged_on), (with, jan));
    assert_eq!(page.items[0].names[0].as_deref(), Some("Jan"), "the record it was logged on first");

    world.undo(done.act).unwrap();
    assert_eq!((on(&world, alone), on(&world, with)), (vec![second], vec![second, eva]));
}

#[rstest]
fn r7_1_undo_parts_them_again_and_redo_merges_them(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@a.example")]);
    let second = world.contact(&[("first_name", "Jasiu"), ("email", "jan@b.example")]);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    world.tie(second, deal);
    note(&world, "a", &[second]);
    let values = |id| world.record(id).map(|record| record.values);
    let before = (values(jan), values(second), world.store.links(second, None).unwrap());
    let done = world.does(merge(jan, second));
    let merged = (values(jan), world.store.links(jan, None).unwrap());
    world.undo(done.act).unwrap();
    assert_eq!((values(jan), values(second), world.store.links(second, None).unwrap()), before);
    world.redo(done.act).unwrap();
    assert_eq!((values(jan), world.store.links(jan, None).unwrap()), merged);
    assert!(world.record(second).is_none());
}

#[rstest]
fn r7_1_what_came_after_stands_in_the_way(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("email", "jan@b.example")]));
    let made = world.store.last_act();
    let done = world.does(merge(jan, second));
    let refused = crate::world::refusal(world.undo(made));
    assert!(refused.to_string().contains(&format!("act {} (Merged jan@b.example into Jan)", done.act)), "{refused}");
    world.set(jan, "email", "new@b.example").unwrap();
    let refused = crate::world::refusal(world.undo(done.act));
    assert!(refused.to_string().contains("was changed since"), "{refused}");
}

#[rstest]
fn r5_9_only_undo_brings_it_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let eva = world.contact(&[("first_name", "Eva")]);
    let done = world.does(merge(jan, second));
    let restore = |what: &[RecordId]| Change::Restore {
        what: what.iter().map(|id| Ref::Record(*id)).collect(),
        without: Vec::new(),
    };
    let sentence = format!("Jasiu was merged into Jan. To part them, undo act {}", done.act);
    assert_eq!(world.refuses(restore(&[second])).to_string(), sentence);
    world.does(Change::Delete { what: vec![eva.into()] });
    let several = world.does(restore(&[second, eva]));
    assert_eq!((several.what.as_str(), several.skipped), ("Restored Eva", vec![sentence.clone()]));
    let Reply::Bin(bin) = world.workspace.ask(&Request::Bin(None)) else { panic!("no bin") };
    let InBin::Record { merged_into, .. } = &bin[0] else { panic!("{bin:?}") };
    assert_eq!(merged_into, &Some((jan, Some("Jan".to_owned()))));
    // Also while the first is in the bin itself.
    world.does(Change::Delete { what: vec![jan.into()] });
    assert_eq!(world.refuses(restore(&[second])).to_string(), sentence);
}

#[rstest]
fn r5_9_erasing_the_first_says_what_remains(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let shared = note(&world, "a", &[second]);
    world.does(merge(jan, second));
    let erase =
        |what: &[RecordId]| Change::Erase { what: what.iter().map(|id| Ref::Record(*id)).collect(), confirmed: true };
    let done = world.does(erase(&[jan]));
    let short = second.short();
    assert_eq!(done.skipped, [format!("Jasiu, which was merged into it, is still in the bin. `lejek erase {short}`")]);
    assert!(world.store.binned_activity(shared).unwrap().is_none(), "its activities were those of the first");
    // Nothing can be undone any more: it is a record like others in the bin.
    world.does(Change::Restore { what: vec![second.into()], without: Vec::new() });
    assert_eq!(world.record(second).unwrap().merged_into(), None);
}

#[rstest]
fn r5_9_erasing_the_second_leaves_the_activities_of_the_first(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let logged = note(&world, "a", &[second]);
    let done = world.does(merge(jan, second));
    world.does(Change::Delete { what: vec![jan.into()] });
    world.does(Change::Erase { what: vec![second.into()], confirmed: true });
    world.does(Change::Restore { what: vec![jan.into()], without: Vec::new() });
    assert_eq!(on(&world, logged), [jan]);
    assert_eq!(crate::world::refusal(world.undo(done.act)).rule_id(), Some(Rule(5, 9)));
    let gone = world.workspace.find(&second.to_string(), Among::Standing).unwrap_err();
    assert!(
        matches!(gone, Unfound::Missing(sentence) if sentence.ends_with(&format!("merged into Jan ({})", jan.short())))
    );
}

#[rstest]
fn r5_11_a_reference_to_the_second_says_where_it_went(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    world.does(merge(jan, second));
    let sentence = |text: &str| match world.workspace.find(text, Among::Standing) {
        Err(Unfound::Missing(sentence)) => sentence,
        other => panic!("{other:?}"),
    };
    let (short, went) = (second.short(), format!("was merged into Jan ({})", jan.short()));
    assert_eq!(sentence(&short), format!("What “{short}” names {went}"));
    let refused = crate::world::refusal(world.set(second, "city", "Łódź"));
    assert_eq!(refused.to_string(), "Jasiu was merged into Jan");
    // A merge into a third one carries it on.
    let third = world.contact(&[("first_name", "Third")]);
    world.does(merge(third, jan));
    assert!(sentence(&short).contains("merged into Jan"));
    world.does(Change::Erase { what: vec![second.into()], confirmed: true });
    assert!(sentence(&second.to_string()).contains("merged into Third"));
}

#[rstest]
fn r5_11_what_cant_become_one_says_why(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let eva = world.contact(&[("first_name", "Eva")]);
    let said = |change| world.refuses(change).to_string();
    assert_eq!(said(merge(jan, jan)), "A record can't be merged with itself");
    assert_eq!(said(merge(jan, acme)), "A contact and a company can't become one record");
    world.does(Change::Delete { what: vec![eva.into()] });
    assert_eq!(said(merge(jan, eva)), "Eva is in the bin. Restore it first");
    let nobody = RecordId::new(Object::CONTACT, uuid::Uuid::from_u128(9));
    assert!(matches!(world.refuses(merge(jan, nobody)), Refusal::Missing(_)));
    let take = vec![world.property(Object::CONTACT, "created_at")];
    let anna = world.contact(&[("first_name", "Anna")]);
    let derived = said(Change::Merge { into: jan, from: anna, take });
    assert_eq!(derived, "Created is worked out by lejek and can't be chosen");
}

#[rstest]
fn r2_2_the_pipeline_is_the_firsts_unless_its_stage_is_taken(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = |name, stage| world.create(Object::DEAL, &[("name", name), ("stage", stage)]);
    let (roof, wall, door) =
        (deal("Roof", "Contract sent"), deal("Wall", "Qualified to buy"), deal("Door", "Closed won"));
    world.does(merge(roof, wall));
    assert_eq!(world.text(roof, "stage").as_deref(), Some("Contract sent"));
    let take = vec![world.property(Object::DEAL, "stage")];
    world.does(Change::Merge { into: roof, from: door, take });
    assert_eq!(world.text(roof, "stage").as_deref(), Some("Closed won"));
}

#[rstest]
fn r6_2_it_needs_edit_on_the_first_and_delete_on_the_second(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let may = |edit, delete| {
        let user = world.add_user(&format!("U{}", world.store.last_act()), |user| {
            user.permissions.insert(Object::CONTACT.0, Permissions { edit, delete, ..Permissions::ALL });
        });
        let outcome = world.acting_as(user).preview_merge(jan, second, &[]);
        outcome.map(|_| ()).map_err(|failure| failure.to_string())
    };
    let no_edit = may(Reach::None, Reach::All).unwrap_err();
    assert!(no_edit.starts_with("Needs the permission to edit contacts"), "{no_edit}");
    let no_delete = may(Reach::All, Reach::None).unwrap_err();
    assert!(no_delete.starts_with("Needs the permission to delete contacts"), "{no_delete}");
    assert_eq!(may(Reach::All, Reach::All), Ok(()));
}

#[rstest]
fn a_preview_counts_what_would_go_over(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, second) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Jasiu")]));
    let deals = ["Roof", "Wall", "Door"].map(|name| world.create(Object::DEAL, &[("name", name)]));
    for deal in deals {
        world.tie(second, deal);
    }
    world.tie(jan, deals[0]);
    world.tie(jan, second);
    note(&world, "a", &[second]);
    let act = world.store.last_act();
    let (preview, _) = world.workspace.preview_merge(jan, second, &[]).unwrap();
    assert_eq!((preview.moved.as_slice(), preview.shared), ([(Object::DEAL, 2)].as_slice(), 1));
    assert_eq!((preview.activities, preview.skipped.len()), (1, 0));
    assert_eq!(world.store.last_act(), act, "nothing is written");
}

#[rstest]
fn lookalikes_share_a_phone_a_name_or_nearly(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("name", "Jan Kowalski"), ("email", "jan@acme.example"), ("phone", "+48 600 100 200")]);
    let phone = world.contact(&[("name", "Zofia Nowak"), ("mobile", "600100200")]);
    let name = world.contact(&[("name", "Ján Kowalski")]);
    let address = world.contact(&[("name", "J. Kowalski"), ("email", "j.kowalski@acme.example")]);
    let nearly = world.contact(&[("name", "Jan Kowalsky")]);
    world.contact(&[("name", "Eva Kowalski"), ("email", "eva@acme.example")]);
    world.contact(&[("name", "Jan Nowak")]);
    world.store.prepare(Object::CONTACT, noon()).unwrap();
    let found = world.workspace.lookalikes(jan).unwrap();
    let told: Vec<_> = found.iter().map(|one| (one.row.record.id, one.why.clone())).collect();
    assert_eq!(
        told,
        [
            (phone, vec![Likeness::Phone]),
            (name, vec![Likeness::Name]),
            (address, vec![Likeness::AddressAndName]),
            (nearly, vec![Likeness::SimilarName]),
        ]
    );
    let (acme, long) = (world.company("Acme"), world.company("Acme Sp. z o.o."));
    world.company("Acmeland");
    world.store.prepare(Object::COMPANY, noon()).unwrap();
    for (one, other) in [(acme, long), (long, acme)] {
        let found = world.workspace.lookalikes(one).unwrap();
        assert_eq!(found.iter().map(|one| one.row.record.id).collect::<Vec<_>>(), [other]);
    }
}

#[test]
fn r5_11_an_import_by_the_ids_of_the_second_finds_the_first() {
    let world = World::new(Kept::InMemory);
    let (jan, second) =
        (world.contact(&[("first_name", "Jan")]), world.contact(&[("external_ids", "hubspot:7"), ("first_name", "J")]));
    world.does(merge(jan, second));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.csv");
    std::fs::write(&file, format!("id,city\n{second},Sopot\n")).unwrap();
    let done = crate::import::import(&world, &[file]);
    assert_eq!((done.updated, done.created, done.errors.len()), (1, 0, 0));
    assert_eq!(world.text(jan, "city").as_deref(), Some("Sopot"));
}
