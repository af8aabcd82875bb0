//! Associations (R5.1 to R5.10): limits, primary marks, labels, and what undo and the bin make of them.

use crate::world::{Kept, World, made};
use lejek::domain::association::{Labelling, Tying};
use lejek::domain::change::{Change, Done, Question, Refusal, Rule};
use lejek::domain::id::{LabelId, Object, RecordId};
use lejek::domain::label::PARENT;
use lejek::domain::user::{Permissions, Reach};
use rstest::rstest;

pub const CHILD: LabelId = LabelId(PARENT.0 + 1);

pub fn limits(text: &str) -> Change {
    Change::Settings { values: vec![("associations.limits".into(), text.into())] }
}

fn save(one: RecordId, ties: Vec<Tying>, off: Vec<RecordId>) -> Change {
    Change::Associate { one, ties, off }
}

fn labelled(other: RecordId, labels: Labelling) -> Tying {
    Tying { labels, ..Tying::new(other) }
}

/// Adds a label between two objects and answers its number.
fn label(world: &World, from: Object, to: Object, name: &str, inverse: Option<&str>) -> LabelId {
    world.does(Change::AddLabel { from, to, name: name.into(), inverse: inverse.map(Into::into) });
    world.store.settings().label_called(from, to, name).unwrap()
}

fn labels(world: &World, id: RecordId, other: RecordId) -> Vec<String> {
    let settings = world.store.settings();
    let link = world.store.link(id, other).unwrap().unwrap();
    link.labels.iter().filter_map(|id| settings.label_name(*id)).map(str::to_owned).collect()
}

fn companies(world: &World, names: &[&str]) -> Vec<RecordId> {
    names.iter().map(|name| world.company(name)).collect()
}

/// Which rule says no, and that its sentence holds these words.
#[track_caller]
fn says(refusal: &Refusal, rule: (u8, u8), words: &[&str]) {
    assert_eq!(refusal.rule_id(), Some(Rule(rule.0, rule.1)), "{refusal}");
    for word in words {
        assert!(refusal.to_string().contains(word), "`{word}` is not in: {refusal}");
    }
}

fn effects(done: &Done) -> Vec<String> {
    done.effects.iter().map(|effect| format!("{} {}", effect.rule, effect.what)).collect()
}

#[rstest]
fn r5_1_every_pair_of_objects_can_be_associated(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(limits("contact>company=none"));
    let objects = [Object::CONTACT, Object::COMPANY, Object::DEAL, Object::TICKET, Object::LEAD];
    let two = |object| [1, 2].map(|number| world.create(object, &[("name", &format!("N{number}"))]));
    let made = objects.map(two);
    for (at, [one, _]) in made.iter().enumerate() {
        for [_, other] in &made[at..] {
            if (one.object, other.object) == (Object::LEAD, Object::LEAD) {
                says(&world.refuses(Change::associate(*one, *other)), (5, 1), &["Leads"]);
            } else {
                world.tie(*one, *other);
                assert!(world.store.link(*other, *one).unwrap().is_some());
            }
        }
    }
    says(&world.refuses(limits("lead>lead=2")), (5, 1), &["Leads"]);
}

#[rstest]
fn r5_3_raising_the_limit_lets_a_contact_have_several_companies(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let all = companies(&world, &["A", "B", "C"]);
    world.tie(jan, all[0]);
    says(&world.refuses(Change::associate(jan, all[1])), (5, 3), &["Jan has A already", "1 company", "--replace"]);
    says(&world.refuses(Change::associate(all[1], jan)), (5, 3), &["Jan has A already"]);
    world.does(limits("contact>company=2"));
    world.tie(all[1], jan);
    assert_eq!(world.ties(jan), ["A *", "B"]);
    let refused = world.refuses(limits("contact>company=1"));
    says(&refused, (5, 3), &["1 contact has more than 1 company", "2"]);
    // Of the two the one that is not primary gives way.
    let done = world.does(Change::associate(jan, all[2]).replacing());
    assert_eq!(world.ties(jan), ["A *", "C"]);
    assert_eq!(effects(&done), ["R5.3 B gave way to C: the limit of Jan is 2 companies"]);
    assert_eq!(done.effects[0].record, Some(all[1].into()));
    // Undo brings back the one that gave way, with its own time.
    let since = world.store.link(jan, all[0]).unwrap().unwrap().since;
    world.undo(done.act).unwrap();
    assert_eq!(world.ties(jan), ["A *", "B"]);
    assert_eq!(world.store.link(jan, all[0]).unwrap().unwrap().since, since);
}

#[rstest]
fn r5_3_one_question_names_all_that_are_at_a_limit(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let [jan, ewa] = ["Jan", "Ewa"].map(|name| world.contact(&[("first_name", name)]));
    let all = companies(&world, &["Old", "New"]);
    world.tie(jan, all[0]);
    world.tie(ewa, all[0]);
    let change = save(all[1], vec![Tying::new(jan), Tying::new(ewa)], Vec::new());
    let Refusal::Needs(Question::Replace(full)) = world.refuses(change.clone()) else { panic!("it should ask") };
    assert_eq!(full.iter().map(|full| full.name.as_str()).collect::<Vec<_>>(), ["Jan", "Ewa"]);
    assert_eq!(full[0].has, ["Old"]);
    assert_eq!(world.ties(all[0]), ["Jan", "Ewa"], "nothing was done");
    let done = world.does(change.replacing());
    assert_eq!(done.effects.len(), 2);
    assert_eq!(world.ties(all[1]), ["Jan", "Ewa"]);
    // What one save brings together can't be more than the limit either.
    let both = save(jan, all.iter().map(|id| Tying::new(*id)).collect(), all[1..].to_vec()).replacing();
    says(&world.refuses(both), (5, 3), &["1 company"]);
    let values = world.values(Object::CONTACT, &[("first_name", "Ola")]);
    let associate = all.iter().map(|id| Tying::new(*id)).collect();
    let new = Change::Create { object: Object::CONTACT, values, associate }.replacing();
    says(&world.refuses(new), (5, 3), &["Choose fewer"]);
}

#[rstest]
fn r5_3_the_limit_of_the_other_end_counts_too(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(limits("deal>contact=1; contact>contact=1"));
    let [jan, ewa, ola] = ["Jan", "Ewa", "Ola"].map(|name| world.contact(&[("first_name", name)]));
    let roof = world.create(Object::DEAL, &[("name", "Roof")]);
    world.tie(jan, roof);
    says(&world.refuses(Change::associate(ewa, roof)), (5, 3), &["Roof has Jan already"]);
    world.does(Change::associate(ewa, roof).replacing());
    assert_eq!(world.ties(roof), ["Ewa"]);
    world.tie(jan, ewa);
    says(&world.refuses(Change::associate(ola, jan)), (5, 3), &["Jan has Ewa already"]);
    world.does(Change::associate(ola, jan).replacing());
    assert_eq!((world.ties(ewa), world.ties(ola)), (vec!["Roof".into()], vec!["Jan".into()]));
    assert!(world.store.settings().limits_written().contains("contact>contact=1"));
    for wrong in ["deal>contact=0", "deal>boat=1", "deal", "", "deal>contact=many"] {
        says(&world.refuses(limits(wrong)), (5, 3), &[]);
    }
}

#[rstest]
fn r5_3_undo_does_not_go_below_what_exists(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let all = companies(&world, &["A", "B"]);
    let raised = world.does(limits("contact>company=2"));
    world.tie(jan, all[0]);
    let second = world.tie(jan, all[1]);
    let refused = crate::world::refusal(world.undo(raised.act));
    says(&refused, (7, 1), &["1 contact has more than 1 company"]);
    let off = world.does(Change::dissociate(jan, all[1]));
    world.undo(raised.act).unwrap();
    let refused = crate::world::refusal(world.undo(off.act));
    says(&refused, (7, 1), &["Jan would have more than 1 company"]);
    assert_eq!(world.ties(jan), ["A *"]);
    assert!(second.effects.is_empty());
}

#[rstest]
fn r5_4_a_save_keeps_one_primary(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let all = companies(&world, &["A", "B", "C"]);
    world.does(save(deal, all[..2].iter().map(|id| Tying::new(*id)).collect(), Vec::new()));
    assert_eq!(world.ties(deal), ["A *", "B"]);
    // Who is left takes over before anyone comes.
    let swapped = world.does(save(deal, vec![Tying::new(all[2])], vec![all[0]]));
    assert_eq!(world.ties(deal), ["B *", "C"]);
    world.undo(swapped.act).unwrap();
    assert_eq!(world.ties(deal), ["A *", "B"]);
    world.clock.set(crate::world::noon() + chrono::TimeDelta::hours(1));
    let tied = world.does(save(deal, vec![Tying { primary: true, ..Tying::new(all[2]) }], Vec::new()));
    assert_eq!(world.ties(deal), ["A", "B", "C *"]);
    world.undo(tied.act).unwrap();
    assert_eq!(world.ties(deal), ["A *", "B"], "an undo that leaves one primary is granted");
    world.redo(tied.act).unwrap();
    assert_eq!(world.ties(deal), ["A", "B", "C *"]);
    let contact = world.contact(&[("first_name", "Jan")]);
    let no_such = save(deal, vec![Tying { primary: true, ..Tying::new(contact) }], Vec::new());
    says(&world.refuses(no_such), (5, 4), &["A deal has no primary contact"]);
}

#[rstest]
fn r5_4_a_lead_has_a_primary_contact_too(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let [jan, ewa] = ["Jan", "Ewa"].map(|name| world.contact(&[("first_name", name)]));
    let acme = world.company("Acme");
    let values = world.values(Object::LEAD, &[("name", "Retrofit")]);
    let lead = made(&world.does(Change::Create { object: Object::LEAD, values, associate: vec![Tying::new(acme)] }));
    for other in [jan, ewa] {
        world.tie(lead, other);
    }
    assert_eq!(world.ties(lead), ["Jan *", "Ewa", "Acme *"]);
    let done = world.does(Change::dissociate(jan, lead));
    assert_eq!(world.ties(lead), ["Ewa *", "Acme *"]);
    assert_eq!(effects(&done), ["R5.4 the oldest one left is primary"]);
}

#[rstest]
fn r5_4_undo_says_what_stands_in_the_way_of_one_primary(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let all = companies(&world, &["A", "B"]);
    let first = world.tie(deal, all[0]);
    let off = world.does(Change::dissociate(deal, all[0]));
    let second = world.tie(deal, all[1]);
    let refused = crate::world::refusal(world.undo(off.act));
    says(&refused, (7, 1), &["another primary one", &format!("act {}", second.act)]);
    world.undo(second.act).unwrap();
    world.undo(off.act).unwrap();
    assert_eq!(world.ties(deal), ["A *"]);
    assert!(world.store.link(deal, all[0]).unwrap().unwrap().act == first.act, "it came back as it was");
}

#[rstest]
fn r5_5_labels_read_from_both_ends(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (contact, company) = (Object::CONTACT, Object::COMPANY);
    let manager = label(&world, contact, contact, "Manager", Some("Report"));
    let friend = label(&world, contact, contact, "Friend", None);
    let billing = label(&world, company, contact, "Billing contact", None);
    let [jan, ewa] = ["Jan", "Ewa"].map(|name| world.contact(&[("first_name", name)]));
    let acme = world.company("Acme");
    world.does(save(jan, vec![labelled(ewa, Labelling::Add(vec![manager]))], Vec::new()));
    assert_eq!((labels(&world, jan, ewa), labels(&world, ewa, jan)), (vec!["Manager".into()], vec!["Report".into()]));
    let since = world.store.link(jan, ewa).unwrap().unwrap().since;
    world.clock.set(crate::world::noon() + chrono::TimeDelta::hours(1));
    let added = world.does(save(ewa, vec![labelled(jan, Labelling::Add(vec![friend]))], Vec::new()));
    assert_eq!(labels(&world, jan, ewa), ["Friend", "Manager"]);
    assert_eq!(added.what, "Changed the association of Ewa with Jan");
    assert_eq!(world.store.link(ewa, jan).unwrap().unwrap().since, since, "it is as old as it was");
    let settled = vec![labelled(jan, Labelling::Exactly(vec![manager.other_way(), friend]))];
    let same = world.does(save(ewa, settled, Vec::new()));
    assert_eq!(same.act.0, 0, "a save that changes nothing is no act");
    world.undo(added.act).unwrap();
    assert_eq!(labels(&world, ewa, jan), ["Report"]);
    world.redo(added.act).unwrap();
    assert_eq!(labels(&world, ewa, jan), ["Friend", "Report"]);
    assert_eq!(world.store.link(ewa, jan).unwrap().unwrap().since, since);

    world.does(save(jan, vec![labelled(acme, Labelling::Exactly(vec![billing]))], Vec::new()));
    assert_eq!((labels(&world, jan, acme), labels(&world, acme, jan)).0, ["Billing contact"]);
    let both = labelled(ewa, Labelling::Add(vec![manager.other_way()]));
    says(&world.refuses(save(jan, vec![both], Vec::new())), (5, 5), &["Ewa can't be both Report and Manager of Jan"]);
    let foreign = labelled(ewa, Labelling::Add(vec![billing]));
    says(&world.refuses(save(jan, vec![foreign], Vec::new())), (5, 5), &["Billing contact is a label of companies"]);
    let unknown = labelled(ewa, Labelling::Add(vec![LabelId(777)]));
    says(&world.refuses(save(jan, vec![unknown], Vec::new())), (5, 5), &["no such label"]);
}

#[rstest]
fn r5_5_labels_are_made_renamed_and_deleted_as_one_undo_each(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let contact = Object::CONTACT;
    let add = |name: &str, inverse: Option<&str>| Change::AddLabel {
        from: contact,
        to: contact,
        name: name.into(),
        inverse: inverse.map(Into::into),
    };
    let added = world.does(add(" Manager ", Some("Report")));
    let manager = world.store.settings().label_called(contact, contact, "manager").unwrap();
    let [jan, ewa] = ["Jan", "Ewa"].map(|name| world.contact(&[("first_name", name)]));
    world.does(save(jan, vec![labelled(ewa, Labelling::Add(vec![manager]))], Vec::new()));
    for taken in ["report", "MANAGER"] {
        says(&world.refuses(add(taken, None)), (5, 5), &["There is a label"]);
    }
    for wrong in ["", "a;b", "a=b", &"x".repeat(61)] {
        says(&world.refuses(add(wrong, None)), (5, 5), &[]);
    }
    let renamed = Change::SetLabel { id: manager.other_way(), name: "Boss".into(), inverse: Some("Report".into()) };
    world.does(renamed);
    assert_eq!(labels(&world, jan, ewa), ["Boss"]);
    let single = Change::SetLabel { id: manager, name: "Boss".into(), inverse: None };
    says(&world.refuses(single), (5, 5), &["paired"]);
    let built_in = Change::SetLabel { id: PARENT, name: "Mother".into(), inverse: Some("Daughter".into()) };
    says(&world.refuses(built_in), (5, 5), &["built in"]);
    let deleted = world.does(Change::DeleteLabel { id: manager });
    assert_eq!(deleted.what, "Deleted the label Boss / Report, which 1 association carried");
    assert!(labels(&world, jan, ewa).is_empty());
    // A save while it is deleted leaves its number where it is.
    let exactly = world.does(save(jan, vec![labelled(ewa, Labelling::Exactly(Vec::new()))], Vec::new()));
    assert_eq!(exactly.act.0, 0);
    world.does(add("Boss", None));
    let refused = crate::world::refusal(world.undo(deleted.act));
    says(&refused, (7, 1), &["There is a label Boss"]);
    let boss = world.store.settings().label_called(contact, contact, "Boss").unwrap();
    world.does(Change::DeleteLabel { id: boss });
    world.undo(deleted.act).unwrap();
    assert_eq!((labels(&world, jan, ewa), labels(&world, ewa, jan)), (vec!["Boss".into()], vec!["Report".into()]));
    let refused = crate::world::refusal(world.undo(added.act));
    says(&refused, (7, 1), &["Manager / Report was changed since"]);
    // No number is given twice.
    let next = label(&world, contact, contact, "Mentor", Some("Mentee"));
    assert_eq!(next, LabelId(manager.0 + 2));
}

#[rstest]
fn r5_5_labels_need_the_right_to_edit_property_settings(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ewa = world.add_user("Ewa", |_| {});
    let piotr = world.add_user("Piotr", |user| user.edit_property_settings = true);
    let add = Change::AddLabel { from: Object::CONTACT, to: Object::CONTACT, name: "Friend".into(), inverse: None };
    for change in [add.clone(), limits("deal>contact=3"), limits("nonsense")] {
        let refused = crate::world::refusal(world.acting_as(ewa).perform_long(&change, ORIGIN, &mut ()));
        says(&refused, (6, 2), &["Maja"]);
    }
    for change in [add, limits("deal>contact=3")] {
        world.acting_as(piotr).perform_long(&change, ORIGIN, &mut ()).unwrap();
    }
}

const ORIGIN: lejek::domain::change::Origin = lejek::domain::change::Origin::CommandLine;

#[rstest]
fn r5_5_a_company_has_one_parent_and_none_below_it(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let all = companies(&world, &["A", "B", "C", "D"]);
    let parent =
        |child: usize, of: usize| save(all[child], vec![labelled(all[of], Labelling::Add(vec![PARENT]))], Vec::new());
    for (child, of) in [(0, 1), (1, 2)] {
        world.does(parent(child, of));
    }
    says(&world.refuses(parent(0, 3)), (5, 5), &["A has the parent company B already"]);
    says(&world.refuses(parent(2, 0)), (5, 5), &["A is below C"]);
    let from_above = save(all[0], vec![labelled(all[2], Labelling::Add(vec![CHILD]))], Vec::new());
    says(&world.refuses(from_above), (5, 5), &["A is below C"]);
    // Another parent in one save, whichever stands first.
    let ties = vec![labelled(all[3], Labelling::Exactly(vec![PARENT])), labelled(all[1], Labelling::Exactly(vec![]))];
    let moved = world.does(save(all[0], ties, Vec::new()));
    assert_eq!(labels(&world, all[0], all[3]), ["Parent company"]);
    world.does(parent(2, 0));
    let refused = crate::world::refusal(world.undo(moved.act));
    assert!(refused.to_string().contains("would be its own parent company"), "{refused}");
    assert_eq!(labels(&world, all[3], all[0]), ["Child company"]);
}

#[rstest]
fn r5_9_restore_leaves_out_a_parent_that_another_took_over(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let all = companies(&world, &["Child", "Old", "New"]);
    let parent = |of: RecordId| save(all[0], vec![labelled(of, Labelling::Add(vec![PARENT]))], Vec::new());
    world.does(parent(all[1]));
    let since = world.store.link(all[0], all[1]).unwrap().unwrap().since;
    world.clock.set(crate::world::noon() + chrono::TimeDelta::hours(1));
    world.does(Change::Delete { what: vec![all[1].into()] });
    world.does(parent(all[2]));
    let restored = world.does(Change::Restore { what: vec![all[1].into()], without: Vec::new() });
    assert!(restored.skipped[0].contains("another parent company"), "{:?}", restored.skipped);
    assert_eq!(labels(&world, all[0], all[1]), Vec::<String>::new());
    assert_eq!(world.store.link(all[0], all[1]).unwrap().unwrap().since, since, "it is as old as it was");
}

#[rstest]
fn r5_9_what_comes_back_together_is_associated_again(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    let both = vec![jan.into(), acme.into()];
    world.does(Change::Delete { what: both.clone() });
    let restored = world.does(Change::Restore { what: both, without: Vec::new() });
    assert_eq!(restored.skipped, Vec::<String>::new());
    assert_eq!(world.ties(jan), ["Acme *"]);
}

#[rstest]
fn r5_9_a_lowered_limit_leaves_one_primary_on_restore(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let all = companies(&world, &["A", "B"]);
    for id in &all {
        world.tie(deal, *id);
    }
    world.does(Change::Delete { what: vec![all[0].into()] });
    world.does(limits("deal>company=1"));
    let restored = world.does(Change::Restore { what: vec![all[0].into()], without: Vec::new() });
    assert!(restored.skipped[0].contains("limit"), "{:?}", restored.skipped);
    assert_eq!(world.ties(deal), ["B *"]);
}

#[rstest]
fn r6_4_a_question_names_nothing_that_one_may_not_see(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ewa = world.add_user("Ewa", |user| {
        user.permissions.insert(Object::COMPANY.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    let jan = world.contact(&[("first_name", "Jan")]);
    let secret = world.company("Secret");
    world.tie(jan, secret);
    let own = world.create(Object::COMPANY, &[("name", "Own"), ("owner", "ewa@lejek.example")]);
    let change = Change::associate(jan, own);
    let refused = crate::world::refusal(world.acting_as(ewa).perform_long(&change, ORIGIN, &mut ()));
    says(&refused, (5, 3), &["you may not see", "Own"]);
    assert!(!refused.to_string().contains("Secret"));
    // What she may not see, she can't name either.
    let hidden = Change::associate(jan, secret);
    let refused = crate::world::refusal(world.acting_as(ewa).perform_long(&hidden, ORIGIN, &mut ()));
    assert!(matches!(refused, Refusal::Missing(_)), "{refused}");
}

#[rstest]
fn r5_10_a_deal_and_a_ticket_of_the_same_people(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let acme = world.company("Acme");
    let people = ["Jan", "Ewa", "Ola"].map(|name| {
        let values = world.values(Object::CONTACT, &[("first_name", name)]);
        made(&world.does(Change::Create { object: Object::CONTACT, values, associate: vec![Tying::new(acme)] }))
    });
    let roof = world.create(Object::DEAL, &[("name", "Roof")]);
    let ties = people.iter().chain([&acme]).map(|id| Tying::new(*id)).collect();
    let tied = world.does(save(roof, ties, Vec::new()));
    let leak = world.create(Object::TICKET, &[("name", "Leak")]);
    let ties = people[..2].iter().chain([&roof]).map(|id| Tying::new(*id)).collect();
    world.does(save(leak, ties, Vec::new()));
    assert_eq!(world.ties(roof), ["Jan", "Ewa", "Ola", "Acme *", "Leak"]);
    assert_eq!(world.ties(leak), ["Jan", "Ewa", "Roof"]);
    assert_eq!(world.ties(people[0]), ["Acme *", "Roof", "Leak"]);
    assert_eq!(world.ties(acme), ["Jan", "Ewa", "Ola", "Roof"]);
    world.undo(tied.act).unwrap();
    assert_eq!(world.ties(roof), ["Leak"], "one save is one undo");
}
