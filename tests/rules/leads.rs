//! A lead needs a contact or a company (R2.13), and goes to the bin with its last one, after asking (R5.9).

use crate::world::{Kept, World, made};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Question, Refusal};
use lejek::domain::id::{Object, RecordId};
use rstest::rstest;

fn lead(world: &World, name: &str, of: &[RecordId]) -> RecordId {
    let values = world.values(Object::LEAD, &[("name", name)]);
    let associate = of.iter().map(|id| Tying::new(*id)).collect();
    made(&world.does(Change::Create { object: Object::LEAD, values, associate }))
}

fn agreed(change: Change) -> Change {
    Change::Agreed(Box::new(change))
}

fn asks(world: &World, change: Change) -> (Vec<String>, usize) {
    match world.refuses(change) {
        Refusal::Needs(Question::LeadsGo { names, count }) => (names, count),
        other => panic!("{other:?}"),
    }
}

#[rstest]
fn r5_9_a_lead_goes_along_with_its_last_contact_after_asking(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let (alone, both) = (lead(&world, "Roof", &[jan]), lead(&world, "Wall", &[jan, acme]));
    let delete = Change::Delete { what: vec![jan.into()] };
    assert_eq!(asks(&world, delete.clone()), (vec!["Roof".to_owned()], 1));
    assert!(world.record(jan).is_some() && world.record(alone).is_some(), "nothing happened yet");
    let done = world.does(agreed(delete));
    assert_eq!(done.refs, [jan.into()]);
    assert!(done.effects.iter().any(|effect| effect.record == Some(alone.into())), "{:?}", done.effects);
    assert!(world.record(alone).is_none() && world.record(both).is_some());
    world.undo(done.act).unwrap();
    assert!(world.record(alone).is_some());
    assert_eq!(
        (world.ties(alone), world.ties(both)),
        (vec!["Jan *".to_owned()], vec!["Jan *".into(), "Acme *".into()])
    );
}

#[rstest]
fn r5_9_of_several_that_go_together_only_what_is_left_counts(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let roof = lead(&world, "Roof", &[jan, acme]);
    let both = Change::Delete { what: vec![jan.into(), acme.into()] };
    assert_eq!(asks(&world, both), (vec!["Roof".to_owned()], 1));
    world.does(Change::Delete { what: vec![jan.into(), acme.into(), roof.into()] });
    assert!(world.record(roof).is_none());
}

#[rstest]
fn r5_9_a_long_act_asks_once_before_it_begins(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let many: Vec<RecordId> = (0..450).map(|n| world.company(&format!("C{n}"))).collect();
    let (first, last) = (lead(&world, "First", &[many[0]]), lead(&world, "Last", &[many[449], many[1]]));
    let what = many.iter().map(|id| (*id).into()).collect();
    let delete = Change::Delete { what };
    assert_eq!(asks(&world, delete.clone()).1, 2);
    assert!(world.record(many[0]).is_some(), "nothing happened yet");
    let done = world.does(agreed(delete));
    assert!(world.record(first).is_none() && world.record(last).is_none());
    world.undo(done.act).unwrap();
    assert_eq!(world.ties(last).len(), 2);
}

#[rstest]
fn r2_13_taking_away_the_last_one_asks_first(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let roof = lead(&world, "Roof", &[jan, acme]);
    world.does(Change::dissociate(roof, acme));
    // From either end, and not where another one comes in the same save.
    assert_eq!(asks(&world, Change::dissociate(roof, jan)).1, 1);
    assert_eq!(asks(&world, Change::dissociate(jan, roof)).1, 1);
    world.does(Change::Associate { one: roof, ties: vec![Tying::new(acme)], off: vec![jan] });
    assert_eq!(world.ties(roof), ["Acme *"]);
    let done = world.does(agreed(Change::dissociate(acme, roof)));
    assert!(world.record(roof).is_none());
    world.undo(done.act).unwrap();
    assert_eq!(world.ties(roof), ["Acme *"]);
}
