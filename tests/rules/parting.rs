//! A merge and its undo, of random pairs: everything is as it was.

use crate::bin::note;
use crate::merging::later;
use crate::world::{Kept, World};
use lejek::domain::association::{Labelling, Tying};
use lejek::domain::change::{Change, Op};
use lejek::domain::id::{LabelId, Object, RecordId};
use proptest::prelude::*;

/// What can be seen of some records but when they were last changed.
fn seen(world: &World, made: &[RecordId]) -> String {
    let mut seen = String::new();
    for id in made {
        let record = world.record(*id).map(|record| (record.values, record.created));
        let entries = world.store.entries(*id).unwrap();
        let targets: Vec<_> =
            entries.iter().map(|entry| world.store.activity(entry.id).unwrap().unwrap().targets).collect();
        seen += &format!("{record:?}\n{:?}\n{targets:?}\n", world.store.links(*id, None).unwrap());
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn r7_1_a_merge_and_its_undo_leave_everything_as_it_was(
        object in prop::sample::select(vec![Object::CONTACT, Object::COMPANY, Object::DEAL, Object::LEAD]),
        ties in prop::collection::vec((0..2usize, 0..9usize, any::<bool>(), 0..3u16), 0..16),
        values in prop::collection::vec((0..2usize, 0..3usize, 0..4u8), 0..8),
        notes in prop::collection::vec((0..2usize, 0..2usize, any::<bool>()), 0..5),
        raised in any::<bool>(),
        taken in 0..3usize,
    ) {
        let world = World::new(Kept::InMemory);
        if raised {
            let limits = world.store.settings().associations.clone().with_limit(Object::CONTACT, Object::COMPANY, Some(3));
            let key = lejek::domain::settings::LIMITS.to_owned();
            world.does(Change::Seed { ops: vec![Op::Setting { key, from: None, to: Some(limits.row()) }] });
        }
        let pair = [world.create(object, &[("name", "First One")]), world.create(object, &[("name", "Second One")])];
        let mut made = pair.to_vec();
        for kind in [Object::CONTACT, Object::COMPANY, Object::DEAL] {
            made.extend((0..3).map(|n| world.create(kind, &[("name", &format!("Other {n}"))])));
        }
        for (which, property, value) in values {
            let (name, value) = [("owner", "maja@lejek.example".into()), ("external_ids", format!("x:{which}{value}")), ("email", format!("e{value}@{which}.example"))][property].clone();
            if name != "email" || object == Object::CONTACT {
                let _ = world.set(pair[which], name, &value);
            }
        }
        for (which, other, primary, label) in ties {
            later(&world);
            let labels = Labelling::Add(if label == 0 { Vec::new() } else { vec![LabelId(100 + label), LabelId(0x8100 + label)] });
            let tying = Tying { primary, labels, ..Tying::new(made[other]) };
            let _ = world.perform(Change::Associate { one: pair[which], ties: vec![tying], off: Vec::new() });
        }
        for (home, second, both) in notes {
            note(&world, "n", &if both && home != second { vec![pair[home], pair[second]] } else { vec![pair[home]] });
        }
        let take = ["owner", "name", "last_name"].iter().take(taken);
        let take = take.filter_map(|name| world.store.settings().object(object).unwrap().named(name).map(|p| p.id)).collect();
        let before = seen(&world, &made);
        later(&world);
        let done = world.does(Change::Merge { into: pair[0], from: pair[1], take });
        let merged = seen(&world, &made);
        later(&world);
        let undone = world.undo(done.act).unwrap();
        prop_assert_eq!(seen(&world, &made), before);
        later(&world);
        world.undo(undone.act).unwrap();
        prop_assert_eq!(seen(&world, &made), merged);
    }
}
