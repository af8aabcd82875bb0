//! Deleting, restoring, erasing.

use crate::world::{Kept, World};
use lejek::domain::activity::{Activity, ActivityKind, Details, LoggedFrom, Target};
use lejek::domain::change::{Author, Change, Op, Origin, Question, Reason, Refusal, Rule};
use lejek::domain::graph::Key;
use lejek::domain::id::{ActNo, ActivityId, Object, RecordId, Ref};
use lejek::domain::record::Stamp;
use lejek::domain::user::{Permissions, Reach};
use lejek::workspace::Workspace;
use lejek::workspace::backup::{self, Existing};
use lejek::workspace::bin::{BinAsk, BinnedKind, InBin};
use lejek::workspace::request::{Reply, Request};
use rstest::rstest;
use std::path::Path;

/// A note on these records, put there as the demo puts its activities.
pub fn note(world: &World, text: &str, on: &[RecordId]) -> ActivityId {
    let id = world.workspace.with_ids(|ids| ActivityId(ids.next()));
    let at = world.workspace.now();
    let target = |record: &RecordId| Target { record: *record, at, why: Reason::rule(3, 2, "logged here") };
    let activity = Activity {
        id,
        version: 1,
        kind: ActivityKind::Note,
        at,
        subject: String::new(),
        text: text.to_owned(),
        details: Details::Note,
        logged_on: on[0],
        logged_from: LoggedFrom::RecordPage,
        stamp: Stamp { at, by: Author::Program, origin: Origin::Demo, act: ActNo(world.store.last_act().0 + 1) },
        targets: on.iter().map(target).collect(),
    };
    world.does(Change::Seed { ops: vec![Op::Log(Box::new(activity))] });
    id
}

fn delete(id: RecordId) -> Change {
    Change::Delete { what: vec![id.into()] }
}

fn restore(id: RecordId) -> Change {
    Change::Restore { what: vec![id.into()], without: Vec::new() }
}

#[rstest]
fn r5_9_delete_takes_associations_along_and_restore_brings_them_back(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    world.tie(deal, jan);
    world.tie(deal, eva);
    let (alone, shared) = (note(&world, "only his", &[jan]), note(&world, "of both", &[jan, eva]));
    let before = (world.store.links(jan, None).unwrap(), world.store.entries(jan).unwrap());

    let done = world.does(delete(jan));
    assert!(world.record(jan).is_none());
    assert_eq!(world.ties(deal), ["Eva"]);
    assert!(world.store.activity(alone).unwrap().is_none(), "its only record went");
    assert_eq!(world.store.activity(shared).unwrap().unwrap().targets.len(), 1);
    assert!(done.effects.iter().any(|effect| effect.rule == Rule(5, 9)));
    assert_eq!(world.store.bin(None).unwrap().len(), 1);

    world.does(restore(jan));
    assert_eq!((world.store.links(jan, None).unwrap(), world.store.entries(jan).unwrap()), before);
    assert!(world.store.bin(None).unwrap().is_empty());
}

#[rstest]
fn r5_9_restore_names_what_is_gone(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    world.does(delete(jan));
    world.does(delete(acme));
    let done = world.does(restore(jan));
    assert_eq!(done.skipped, ["Acme is in the bin: not associated again"]);
    // The tie comes back with the last of the two.
    world.does(delete(jan));
    world.does(restore(acme));
    world.does(restore(jan));
    assert!(world.ties(jan).is_empty(), "what was not there when it was deleted does not come");
}

#[rstest]
fn r5_9_the_one_that_stood_in_as_primary_steps_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let (first, second) = (world.company("First"), world.company("Second"));
    world.tie(deal, first);
    world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(1));
    world.tie(deal, second);
    world.does(delete(first));
    assert_eq!(world.ties(deal), ["Second *"]);
    world.does(restore(first));
    assert_eq!(world.ties(deal), ["First *", "Second"]);
}

#[rstest]
fn r5_9_a_taken_address_is_asked_about(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "office@acme.example")]);
    world.does(delete(jan));
    let eva = world.contact(&[("first_name", "Eva"), ("email", "office@acme.example")]);
    let refused = world.refuses(restore(jan));
    assert!(matches!(refused, Refusal::Needs(Question::RestoreWithout { .. })), "{refused:?}");
    assert!(refused.to_string().contains("--without email"));
    let without = vec![world.property(Object::CONTACT, "email")];
    world.does(Change::Restore { what: vec![jan.into()], without });
    assert_eq!(world.text(jan, "email"), None);
    assert_eq!(world.text(eva, "email").as_deref(), Some("office@acme.example"));
}

#[rstest]
fn r5_9_of_several_that_come_back_those_that_refuse_are_left_out_and_named(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "office@acme.example")]);
    let ola = world.contact(&[("first_name", "Ola"), ("email", "ola@acme.example")]);
    let acme = world.company("Acme");
    world.tie(jan, acme);
    world.tie(ola, acme);
    world.does(Change::Delete { what: vec![jan.into(), ola.into()] });
    world.contact(&[("first_name", "Eva"), ("email", "office@acme.example")]);
    let done = world.does(Change::Restore { what: vec![jan.into(), ola.into()], without: Vec::new() });
    assert_eq!((done.what.as_str(), done.refs.as_slice()), ("Restored Ola", &[Ref::Record(ola)][..]));
    assert_eq!(done.skipped, ["Jan: Eva has office@acme.example by now"]);
    assert!(world.record(jan).is_none() && world.store.binned(jan).unwrap().is_some());
    assert_eq!(world.ties(ola), ["Acme *"]);
    world.undo(done.act).unwrap();
    assert!(world.record(ola).is_none());

    let without = vec![world.property(Object::CONTACT, "email")];
    let done = world.does(Change::Restore { what: vec![jan.into(), ola.into()], without });
    assert_eq!((done.skipped.len(), world.text(jan, "email")), (0, None));
    assert_eq!(world.text(ola, "email").as_deref(), Some("ola@acme.example"), "nobody has hers");
}

#[rstest]
fn r5_9_two_of_the_bin_that_want_one_address_do_not_both_come_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let one = world.contact(&[("first_name", "One"), ("email", "x@acme.example")]);
    world.does(delete(one));
    let two = world.contact(&[("first_name", "Two"), ("email", "x@acme.example")]);
    world.does(delete(two));
    let done = world.does(Change::Restore { what: vec![one.into(), two.into()], without: Vec::new() });
    assert_eq!((done.refs.len(), done.skipped.len()), (1, 1), "{done:?}");
}

#[rstest]
fn the_pieces_of_the_bin_are_its_whole_and_follow_what_changes(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ids: Vec<Ref> = (0..25).map(|n| world.contact(&[("first_name", &format!("N{n:02}"))]).into()).collect();
    for (minute, one) in (0..).zip(&ids) {
        world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(minute));
        world.does(Change::Delete { what: vec![*one] });
    }
    let jan = world.contact(&[("first_name", "Jan")]);
    let alone = note(&world, "hers", &[jan]);
    world.does(Change::Delete { what: vec![alone.into()] });
    let piece = |kind, search: &str, from| {
        let ask = BinAsk { kind, search: search.to_owned(), from, limit: 10 };
        world.workspace.bin_piece(&ask).unwrap()
    };
    let contacts = BinnedKind::Records(Object::CONTACT);
    let mut whole = Vec::new();
    for from in [0, 10, 20, 30] {
        let page = piece(contacts, "", from);
        assert_eq!((page.from, page.matching), (from, 25));
        assert_eq!(page.counts, [(contacts, 25), (BinnedKind::Activities, 1)]);
        whole.extend(page.rows.iter().map(InBin::of));
    }
    assert_eq!(whole, ids.iter().rev().copied().collect::<Vec<_>>(), "the last one first");
    let found = piece(contacts, "n0", 0);
    assert_eq!((found.matching, found.rows.len()), (10, 10));
    assert_eq!(piece(BinnedKind::Activities, "", 0).rows[0].of(), Ref::Activity(alone));
    world.does(Change::Restore { what: ids[..5].to_vec(), without: Vec::new() });
    assert_eq!(piece(contacts, "n0", 0).matching, 5, "a change is seen at once");
}

#[test]
fn r5_9_an_erase_says_which_backups_still_hold_it_and_one_that_comes_back_says_so() {
    let world = World::new(Kept::OnDisk);
    let folder = world.folder.as_ref().unwrap().path().to_owned();
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    let erase = |id: RecordId| world.does(Change::Erase { what: vec![id.into()], confirmed: true });
    assert_eq!(erase(jan).remains, None, "there is none");
    let older = folder.join("older");
    world.workspace.back_up(&older).unwrap();
    world.workspace.daily_backup(&|| true).unwrap().unwrap();
    world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(1));
    let remains = erase(eva).remains.unwrap();
    assert_eq!((remains.backups, remains.folder.as_str()), (1, folder.join("backups").to_str().unwrap()));
    assert!(remains.to_string().starts_with("1 daily backup from before may still hold"), "{remains}");
    let newer = folder.join("newer");
    world.workspace.back_up(&newer).unwrap();
    let World { workspace, store, folder: kept, .. } = world;
    drop((workspace, store));
    let back = |file: &Path| backup::restore(&folder, file, Existing::Replace, &mut |_| ()).unwrap();
    assert!(!back(&newer).undoes_erase);
    assert!(back(&older).undoes_erase);
    drop(kept);
}

#[rstest]
fn r5_9_erase_asks_and_leaves_nothing(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("last_name", "Znikający"), ("email", "jan@acme.example")]);
    let (eva, acme) = (world.contact(&[("first_name", "Eva")]), world.company("Acme"));
    world.tie(jan, acme);
    world.set(jan, "city", "Gdańsk").unwrap();
    let (alone, shared) = (note(&world, "only his", &[jan]), note(&world, "of both", &[eva, jan]));
    let erase = |confirmed| Change::Erase { what: vec![jan.into()], confirmed };
    assert!(matches!(world.refuses(erase(false)), Refusal::Needs(Question::Erase { activities: 1, .. })));
    assert!(world.record(jan).is_some());

    let done = world.does(erase(true));
    assert!(world.record(jan).is_none() && world.store.binned(jan).unwrap().is_none());
    assert!(world.store.binned_activity(alone).unwrap().is_none());
    assert!(world.store.activity(shared).unwrap().is_some());
    assert!(world.store.find(&Key::email("jan@acme.example")).unwrap().is_empty());
    assert!(world.store.touched(jan.into()).unwrap().is_empty());
    for head in world.store.acts(None, 100).unwrap() {
        assert!(!head.act.what.contains("Znikający"), "{}", head.act.what);
        for seq in head.first.0..=head.last.0 {
            let logged = world.store.logged(lejek::domain::id::Seq(seq)).unwrap();
            assert!(!format!("{logged:?}").contains("Gdańsk"));
        }
    }
    let refused = crate::world::refusal(world.undo(done.act));
    assert_eq!(refused.rule_id(), Some(Rule(5, 9)));
    world.store.tidy(&|| true).unwrap();
    assert!(world.store.activity(shared).unwrap().is_some());
}

#[rstest]
fn r5_9_what_is_in_the_bin_says_so(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    world.does(delete(jan));
    let refused = crate::world::refusal(world.set(jan, "city", "Łódź"));
    assert!(refused.to_string().contains("is in the bin"), "{refused}");
    let twice = world.refuses(Change::Delete { what: vec![Ref::Record(jan)] });
    assert!(twice.to_string().contains("is in the bin"), "{twice}");
}

#[rstest]
fn r5_9_no_sentence_names_what_was_erased(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    world.set(jan, "first_name", "Iwo").unwrap();
    world.tie(jan, eva);
    world.does(Change::dissociate(eva, jan));
    for id in [eva, jan] {
        world.does(Change::Erase { what: vec![id.into()], confirmed: true });
    }
    for head in world.store.acts(None, 100).unwrap() {
        let said = &head.act.what;
        assert!(["Jan", "Iwo", "Eva"].iter().all(|name| !said.contains(name)), "{said}");
    }
}

pub fn bin_of(workspace: &Workspace, object: Option<Object>) -> Vec<InBin> {
    match workspace.ask(&Request::Bin(object)) {
        Reply::Bin(bin) => bin,
        other => panic!("{other:?}"),
    }
}

#[rstest]
fn r5_9_an_activity_in_the_bin_stands_alone_unless_it_went_along(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    let (alone, along) = (note(&world, "by itself", &[jan, eva]), note(&world, "goes along", &[jan]));
    let deleted = world.does(Change::Delete { what: vec![alone.into()] });
    world.clock.set(world.workspace.now() + chrono::Duration::hours(1));
    world.does(delete(jan));

    let bin = bin_of(&world.workspace, None);
    assert_eq!(bin.iter().map(InBin::of).collect::<Vec<_>>(), [Ref::Record(jan), Ref::Activity(alone)]);
    assert_eq!(bin[1].name(), "Note");
    let maja = Author::User(world.workspace.user());
    assert_eq!(bin[1].deleted(), (maja, crate::world::noon(), deleted.act));
    assert_eq!(bin_of(&world.workspace, Some(Object::CONTACT)).len(), 1);
    assert!(world.store.binned_activity(along).unwrap().is_some());

    world.does(Change::Restore { what: vec![alone.into()], without: Vec::new() });
    assert_eq!(bin_of(&world.workspace, None).len(), 1);
}

#[rstest]
fn r6_4_the_bin_shows_activities_of_records_that_one_sees(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let noted = note(&world, "by itself", &[jan]);
    world.does(Change::Delete { what: vec![noted.into()] });
    let adam = world.add_user("Adam", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    assert_eq!(bin_of(&world.acting_as(adam), None), []);
    let bert = world.add_user("Bert", |_| ());
    assert_eq!(bin_of(&world.acting_as(bert), None).len(), 1);
}
