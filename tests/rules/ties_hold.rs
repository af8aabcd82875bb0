//! Random associations, labels and limits on both stores: what must hold of them holds after each step, and both stores
//! agree (R5.2 to R5.5, R7.1).

use crate::associations::{CHILD, limits};
use crate::stores_agree::{cases, seed};
use crate::world::{Kept, World, made};
use lejek::domain::association::{Labelling, Tying, has_primary};
use lejek::domain::change::Change;
use lejek::domain::id::{ActNo, LabelId, Object, RecordId};
use lejek::domain::label::PARENT;
use proptest::prelude::*;
use std::collections::BTreeSet;

const OBJECTS: [Object; 4] = [Object::CONTACT, Object::COMPANY, Object::DEAL, Object::LEAD];

/// One thing somebody does, by places in the list of what was made.
#[derive(Debug, Clone)]
enum Step {
    New(usize, usize),
    Save { one: usize, ties: Vec<(usize, u8)>, off: Option<usize> },
    Label(bool),
    Unlabel(u16),
    Limit(usize, usize, u8),
    Delete(usize, usize),
    Restore(usize, usize),
    Undo(u64),
    Redo(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let at = 0..10usize;
    let tie = (at.clone(), any::<u8>());
    prop_oneof![
        3 => (0..OBJECTS.len(), at.clone()).prop_map(|(object, with)| Step::New(object, with)),
        9 => (at.clone(), prop::collection::vec(tie, 1..4), prop::option::of(at.clone()))
            .prop_map(|(one, ties, off)| Step::Save { one, ties, off }),
        1 => any::<bool>().prop_map(Step::Label),
        1 => (0..4u16).prop_map(Step::Unlabel),
        2 => (0..OBJECTS.len(), 0..OBJECTS.len(), 0..4u8).prop_map(|(of, to, most)| Step::Limit(of, to, most)),
        2 => (at.clone(), at.clone()).prop_map(|(a, b)| Step::Delete(a, b)),
        2 => (at.clone(), at).prop_map(|(a, b)| Step::Restore(a, b)),
        4 => (1..40u64).prop_map(Step::Undo),
        2 => (1..40u64).prop_map(Step::Redo),
    ]
}

/// The labels that a number stands for: of companies the built-in one, of contacts those that were made.
fn labels(world: &World, one: RecordId, other: RecordId, bits: u8) -> Labelling {
    let settings = world.store.settings();
    let known: Vec<LabelId> = settings.labels_for(one.object, other.object).into_iter().map(|(id, _)| id).collect();
    let chosen = known.into_iter().enumerate().filter(|(at, _)| bits >> (2 + at % 4) & 1 == 1).map(|(_, id)| id);
    match bits & 3 {
        0 => Labelling::Keep,
        1 => Labelling::Exactly(chosen.collect()),
        _ => Labelling::Add(chosen.collect()),
    }
}

fn change(world: &World, made: &[RecordId], step: &Step) -> Option<Change> {
    let at = |at: usize| made.get(at % made.len().max(1)).copied();
    Some(match step {
        Step::New(object, with) => {
            let object = OBJECTS[*object];
            let values = world.values(object, &[("name", &format!("N{} L", made.len()))]);
            Change::Create { object, values, associate: at(*with).map(Tying::new).into_iter().collect() }
        }
        Step::Save { one, ties, off } => {
            let one = at(*one)?;
            let tying = |(other, bits): &(usize, u8)| {
                let other = at(*other)?;
                let (primary, replace) = (bits & 0x40 != 0 && has_primary(one.object, other.object), bits & 0x80 != 0);
                Some(Tying { labels: labels(world, one, other, *bits), primary, replace, ..Tying::new(other) })
            };
            Change::Associate {
                one,
                ties: ties.iter().filter_map(tying).collect(),
                off: off.and_then(at).into_iter().collect(),
            }
        }
        Step::Label(paired) => Change::AddLabel {
            from: Object::CONTACT,
            to: Object::CONTACT,
            name: format!("L{}", world.store.settings().labels.len()),
            inverse: paired.then(|| format!("I{}", world.store.settings().labels.len())),
        },
        Step::Unlabel(number) => {
            let base = if number % 2 == 0 { LabelId::PAIRED.0 + number } else { number - 1 };
            Change::DeleteLabel { id: LabelId(base + 100) }
        }
        Step::Limit(of, to, most) => {
            let settings = world.store.settings();
            let name = |at: usize| settings.object(OBJECTS[at]).unwrap().name.clone();
            let most = if *most == 0 { "none".to_owned() } else { most.to_string() };
            limits(&format!("{}>{}={most}", name(*of), name(*to)))
        }
        Step::Delete(a, b) => Change::Delete { what: vec![at(*a)?.into(), at(*b)?.into()] },
        Step::Restore(a, b) => Change::Restore { what: both(at(*a)?, at(*b)?), without: Vec::new() },
        Step::Undo(act) => Change::Undo { act: ActNo(*act) },
        Step::Redo(act) => Change::Redo { act: ActNo(*act) },
    })
}

fn both(a: RecordId, b: RecordId) -> Vec<lejek::domain::id::Ref> {
    if a == b { vec![a.into()] } else { vec![a.into(), b.into()] }
}

fn holds(world: &World, made: &[RecordId], step: &str) {
    let settings = world.store.settings();
    for id in made {
        let links = world.store.links(*id, None).unwrap();
        assert!(links.is_empty() || world.record(*id).is_some(), "{step}: what is in the bin has no ties");
        for link in &links {
            let back = world.store.link(link.other, *id).unwrap().expect("both ends");
            let mut mirrored: Vec<LabelId> = link.labels.iter().map(|label| label.other_way()).collect();
            mirrored.sort_unstable();
            assert_eq!(back.labels, mirrored, "{step}: labels mirror");
            assert_eq!((back.since, back.order, back.act), (link.since, link.order, link.act), "{step}");
            assert!(!link.labels.iter().any(|l| l.is_paired() && link.labels.contains(&l.other_way())), "{step}");
            assert!(link.labels.iter().all(|l| settings.label(*l).is_some()), "{step}: every label is known");
        }
        for to in OBJECTS {
            let of: Vec<_> = links.iter().filter(|link| link.other.object == to).collect();
            let primary = of.iter().filter(|link| link.primary).count();
            assert_eq!(primary, usize::from(has_primary(id.object, to) && !of.is_empty()), "{step}: {id:?} to {to:?}");
            let limit = settings.associations.limit(id.object, to);
            assert!(limit.is_none_or(|most| of.len() <= most), "{step}: {id:?} is above the limit of {to:?}");
        }
        is_below_none_of_its_own(world, *id, step);
    }
}

fn is_below_none_of_its_own(world: &World, id: RecordId, step: &str) {
    let (mut seen, mut at) = (BTreeSet::new(), id);
    loop {
        let links = world.store.links(at, Some(Object::COMPANY)).unwrap();
        let parents: Vec<_> = links.iter().filter(|link| link.labels.contains(&PARENT)).collect();
        assert!(parents.len() < 2, "{step}: two parents");
        let Some(parent) = parents.first() else { return };
        assert!(!parent.labels.contains(&CHILD), "{step}");
        assert!(seen.insert(parent.other) && parent.other != id, "{step}: {id:?} is above itself");
        at = parent.other;
    }
}

fn run(steps: &[Step]) {
    let (memory, disk) = (World::new(Kept::InMemory), World::new(Kept::OnDisk));
    let mut all: Vec<RecordId> = Vec::new();
    for (number, step) in (0i64..).zip(steps) {
        let outcomes = [&memory, &disk].map(|world| {
            world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(number));
            let change = change(world, &all, step)?;
            let is_new = matches!(change, Change::Create { .. });
            Some((is_new, world.perform(change).map_err(|failure| failure.to_string())))
        });
        assert_eq!(outcomes[0], outcomes[1], "step {number}: {step:?}");
        if let Some((true, Ok(done))) = &outcomes[0] {
            all.push(made(done));
        }
        holds(&memory, &all, &format!("step {number}: {step:?}"));
    }
    for id in &all {
        assert_eq!(memory.store.links(*id, None).unwrap(), disk.store.links(*id, None).unwrap());
        let history = |world: &World| lejek::store::history::history(world.store.as_ref(), (*id).into()).unwrap();
        assert_eq!(history(&memory), history(&disk));
    }
    assert_eq!(disk.store.check(true).unwrap().flaws, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), rng_seed: seed(), max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn associations_hold_whatever_is_done(steps in prop::collection::vec(step(), 1..45)) {
        run(&steps);
    }
}
