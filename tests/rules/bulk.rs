//! Many records associated at once (R5.7).

use crate::world::{Kept, World, noon};
use chrono::Duration;
use lejek::domain::change::{Change, ImportRow, ImportTarget, Origin};
use lejek::domain::id::{ActNo, Object, RecordId};
use lejek::workspace::Watch;
use lejek::workspace::request::{Reply, Request};
use rstest::rstest;

/// Stops an act after so many batches.
struct StopsAfter(u64);

impl Watch for StopsAfter {
    fn progress(&mut self, _: u64, _: u64) {
        self.0 = self.0.saturating_sub(1);
    }

    fn is_cancelled(&self) -> bool {
        self.0 == 0
    }
}

fn contacts(world: &World, count: usize) -> Vec<RecordId> {
    let ids: Vec<RecordId> = world.workspace.with_ids(|ids| (0..count).map(|_| ids.record(Object::CONTACT)).collect());
    let row = |(n, id): (u64, &RecordId)| ImportRow {
        number: n,
        target: ImportTarget::Create(*id),
        values: world.values(Object::CONTACT, &[("first_name", &format!("N{n}"))]),
        associate: Vec::new(),
    };
    world.does(Change::Import { rows: (1..).zip(&ids).map(row).collect(), replace: false });
    ids
}

fn with_one(ids: &[RecordId], other: RecordId) -> Change {
    let pairs = ids.iter().map(|id| (*id, other)).collect();
    Change::AssociateMany { pairs, labels: Vec::new(), replace: false }
}

fn tied_to(world: &World, id: RecordId) -> usize {
    world.store.links(id, None).unwrap().len()
}

#[rstest]
fn r5_7_marked_records_are_associated_and_taken_back_as_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ids = contacts(&world, 5);
    let (acme, beta) = (world.company("Acme"), world.company("Beta"));
    world.tie(ids[0], acme);
    world.tie(ids[1], beta);
    let done = world.does(with_one(&ids, acme));
    assert_eq!(done.what, "Associated N3 and 2 more with Acme");
    assert_eq!(done.skipped.len(), 2, "{:?}", done.skipped);
    assert_eq!(done.skipped[0], "N1 and Acme are associated already");
    assert!(done.skipped[1].starts_with("N2 has Beta already"), "{:?}", done.skipped);
    assert_eq!((tied_to(&world, acme), world.ties(ids[2])), (4, vec!["Acme *".to_owned()]));
    world.undo(done.act).unwrap();
    assert_eq!((tied_to(&world, acme), tied_to(&world, ids[2])), (1, 0));
    world.redo(done.act).unwrap();
    assert_eq!(tied_to(&world, acme), 4);

    let pairs = vec![(ids[1], acme)];
    world.does(Change::AssociateMany { pairs, labels: Vec::new(), replace: true });
    assert_eq!(world.ties(ids[1]), ["Acme *"], "asked to, it takes the place of the one at the limit");
}

#[rstest]
fn r5_7_where_all_are_left_out_there_is_no_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    let gone = world.contact(&[("first_name", "Gone")]);
    world.does(Change::Delete { what: vec![gone.into()] });
    let done = world.does(with_one(&[jan, gone], acme));
    assert_eq!((done.act, done.what.as_str()), (ActNo::NONE, "Nothing was associated"));
    assert_eq!(done.skipped[1], "Gone is in the bin. Restore it first");
}

#[rstest]
fn r5_7_a_long_one_is_one_act_that_goes_on_where_it_was_broken_off(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ids = contacts(&world, 700);
    let acme = world.company("Acme");
    let change = with_one(&ids, acme);
    let begun = world.workspace.perform_long(&change, Origin::CommandLine, &mut StopsAfter(2)).unwrap();
    assert_eq!(
        (begun.what.as_str(), tied_to(&world, acme)),
        ("Associated 700 contacts with Acme, 400 of 700 records so far", 400)
    );
    let Reply::BrokenOff(found) = world.workspace.ask(&Request::BrokenOff) else { panic!("no answer") };
    assert_eq!((found[0].head.act.no, found[0].head.act.done, found[0].total), (begun.act, 400, Some(700)));

    world.tie(ids[650], acme);
    world.clock.set(noon() + Duration::hours(1));
    let done = world.does(Change::Resume { act: begun.act });
    assert_eq!((done.act, done.skipped.len(), tied_to(&world, acme)), (begun.act, 0, 700));
    world.undo(begun.act).unwrap();
    assert_eq!(tied_to(&world, acme), 1, "what somebody tied meanwhile stays");
}
