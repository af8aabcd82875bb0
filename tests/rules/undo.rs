//! Acts, undo, reasons (R7).

use crate::bin::note;
use crate::world::{Kept, World, refusal};
use lejek::domain::answer::HistoryWhat;
use lejek::domain::change::{Change, Origin, Reason, Rule, Verb};
use lejek::domain::id::{ActNo, Object, Ref};
use lejek::store::history::history;
use lejek::workspace::Watch;
use rstest::rstest;

#[rstest]
fn r7_1_an_act_is_set_back_whole(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("city", "Łódź")]);
    let before = world.record(jan).unwrap().values;
    let done = world.set(jan, "city", "Gdańsk").unwrap();
    world.undo(done.act).unwrap();
    assert_eq!(world.record(jan).unwrap().values, before);
    let twice = refusal(world.undo(done.act));
    assert!(twice.to_string().contains("undone already"), "{twice}");
    world.redo(done.act).unwrap();
    assert_eq!(world.text(jan, "city").as_deref(), Some("Gdańsk"));
    world.undo(done.act).unwrap();
    assert_eq!(world.text(jan, "city").as_deref(), Some("Łódź"));
}

#[rstest]
fn r7_1_undo_names_what_stands_in_the_way(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let first = world.set(jan, "city", "Łódź").unwrap();
    let second = world.set(jan, "city", "Gdańsk").unwrap();
    let refused = refusal(world.undo(first.act));
    assert_eq!(refused.rule_id(), Some(Rule(7, 1)));
    assert!(refused.to_string().contains(&format!("act {}", second.act)), "{refused}");
    // With the later one set back, the way is free.
    world.undo(second.act).unwrap();
    world.undo(first.act).unwrap();
    assert_eq!(world.text(jan, "city"), None);
}

#[rstest]
fn r7_2_a_deletion_is_undone_and_redone_with_its_ties(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    note(&world, "he called", &[jan, acme]);
    let deleted = world.does(Change::Delete { what: vec![jan.into()] });
    for _ in 0..2 {
        world.undo(deleted.act).unwrap();
        assert_eq!(world.store.links(jan, None).unwrap().len(), 1);
        assert_eq!(world.store.entries(jan).unwrap().len(), 1);
        world.redo(deleted.act).unwrap();
        assert!(world.record(jan).is_none() && world.store.links(acme, None).unwrap().is_empty());
        assert_eq!(world.store.entries(acme).unwrap().len(), 1, "it stays with the company");
    }
}

#[rstest]
fn r7_1_nothing_is_tied_to_what_is_in_the_bin(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    let untied = world.does(Change::dissociate(jan, acme));
    let deleted = world.does(Change::Delete { what: vec![acme.into()] });
    let refused = refusal(world.undo(untied.act));
    assert!(refused.to_string().contains(&format!("act {}", deleted.act)), "{refused}");
    world.undo(deleted.act).unwrap();
    world.undo(untied.act).unwrap();
    assert_eq!(world.store.links(jan, None).unwrap().len(), 1);
}

#[rstest]
fn r7_1_what_was_made_goes_only_if_nothing_was_built_on_it(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let values = world.values(Object::CONTACT, &[("first_name", "Jan")]);
    let made = world.does(Change::Create { object: Object::CONTACT, values, associate: Vec::new() });
    let jan = crate::world::made(&made);
    let changed = world.set(jan, "city", "Łódź").unwrap();
    assert_eq!(refusal(world.undo(made.act)).rule_id(), Some(Rule(7, 1)));
    world.undo(changed.act).unwrap();
    let acme = world.company("Acme");
    let tied = world.tie(jan, acme);
    assert!(refusal(world.undo(made.act)).to_string().contains(&format!("act {}", tied.act)));
    world.undo(tied.act).unwrap();
    world.undo(made.act).unwrap();
    assert!(world.record(jan).is_none() && world.store.binned(jan).unwrap().is_some());
    world.redo(made.act).unwrap();
    assert_eq!(world.record(jan).unwrap().name(), "Jan");
    note(&world, "he called", &[jan]);
    assert!(refusal(world.undo(made.act)).to_string().contains("activities"));
}

#[rstest]
fn r7_1_ten_thousand_records_are_one_undo(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    // In memory every commit copies the model: fewer are enough there.
    let many = if matches!(kept, Kept::OnDisk) { 10_000 } else { 500 };
    let ids: Vec<Ref> = (0..many).map(|n| world.contact(&[("first_name", &format!("N{n}"))]).into()).collect();
    let acts = world.store.last_act();
    let done = world.does(Change::Delete { what: ids });
    assert_eq!(done.act, ActNo(acts.0 + 1));
    assert_eq!(world.store.last_act(), done.act);
    assert_eq!(world.store.bin(None).unwrap().len(), many);
    world.undo(done.act).unwrap();
    assert!(world.store.bin(None).unwrap().is_empty());
    assert_eq!(world.store.last_act(), ActNo(acts.0 + 2));
}

#[rstest]
fn r7_2_any_act_of_the_list_can_be_set_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    let of_jan = world.set(jan, "city", "Łódź").unwrap();
    world.set(eva, "city", "Gdańsk").unwrap();
    world.undo(of_jan.act).unwrap();
    assert_eq!(world.text(jan, "city"), None);
    assert_eq!(world.text(eva, "city").as_deref(), Some("Gdańsk"));
    let acts = world.store.acts(None, 2).unwrap();
    assert_eq!(acts[0].act.verb, Verb::Undid(of_jan.act));
    assert_eq!(world.store.act(of_jan.act).unwrap().unwrap().undone_by, Some(acts[0].act.no));
    // Undoing the undo is redoing.
    world.undo(acts[0].act.no).unwrap();
    assert_eq!(world.text(jan, "city").as_deref(), Some("Łódź"));
    assert_eq!(world.store.act(of_jan.act).unwrap().unwrap().undone_by, None);
}

struct StopsAfter(u64);

impl Watch for StopsAfter {
    fn progress(&mut self, _: u64, _: u64) {
        self.0 -= 1;
    }

    fn is_cancelled(&self) -> bool {
        self.0 == 0
    }
}

#[rstest]
fn r7_3_a_long_act_that_was_broken_off_is_there_to_be_set_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ids: Vec<Ref> = (0..500).map(|n| world.contact(&[("first_name", &format!("N{n}"))]).into()).collect();
    let delete = Change::Delete { what: ids };
    let done = world.workspace.perform_long(&delete, Origin::CommandLine, &mut StopsAfter(1)).unwrap();
    let head = world.store.act(done.act).unwrap().unwrap();
    assert!(!head.act.finished);
    assert_eq!((head.act.done, head.act.total), (200, 500));
    assert_eq!(world.store.bin(None).unwrap().len(), 200);
    world.undo(done.act).unwrap();
    assert!(world.store.bin(None).unwrap().is_empty());
}

#[rstest]
fn r7_4_everything_answers_why(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let acme = world.company("Acme");
    world.set(deal, "amount", "1200 EUR").unwrap();
    world.tie(deal, acme);
    let entries = history(world.store.as_ref(), deal.into()).unwrap();
    let stage = world.property(Object::DEAL, "stage");
    let amount = world.property(Object::DEAL, "amount");
    let why = |wanted: &dyn Fn(&HistoryWhat) -> bool| {
        entries.iter().find(|entry| wanted(&entry.what)).map(|entry| entry.why.clone()).unwrap()
    };
    let changed =
        |id| move |what: &HistoryWhat| matches!(what, HistoryWhat::Changed { property, .. } if *property == id);
    assert!(matches!(why(&changed(stage)), Reason::Rule(Rule(2, 2), _)));
    assert_eq!(why(&changed(amount)), Reason::Asked);
    let tied = why(&|what| matches!(what, HistoryWhat::Associated { .. }));
    assert!(matches!(tied, Reason::Rule(Rule(5, 4), _)));
    assert_eq!(entries.last().unwrap().what, HistoryWhat::Created);
    assert!(entries.is_sorted_by_key(|entry| std::cmp::Reverse(entry.act)));
}

#[rstest]
fn r7_5_an_answer_names_what_else_happened(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let values = world.values(Object::LEAD, &[("name", "Second site")]);
    let done = world.does(Change::Create { object: Object::LEAD, values, associate: world.needed(Object::LEAD) });
    assert_eq!(done.effects.len(), 2);
    assert_eq!(world.store.act(done.act).unwrap().unwrap().effects, 2);
    assert!(done.effects.iter().all(|effect| effect.record == done.refs.first().copied()));
}
