//! Making and changing records, and tying them.

use crate::world::{Kept, World, made};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Refusal, Rule};
use lejek::domain::graph::Key;
use lejek::domain::id::Object;
use rstest::rstest;

#[rstest]
fn r2_2_a_new_record_begins_in_the_first_stage(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    for (object, pipeline, stage) in [
        (Object::LEAD, "Leads", "New"),
        (Object::DEAL, "Sales", "Appointment scheduled"),
        (Object::TICKET, "Support", "New"),
    ] {
        let values = world.values(object, &[("name", "One")]);
        let done = world.does(Change::Create { object, values, associate: world.needed(object) });
        let id = made(&done);
        assert_eq!(world.text(id, "pipeline").as_deref(), Some(pipeline));
        assert_eq!(world.text(id, "stage").as_deref(), Some(stage));
        assert!(done.effects.iter().all(|effect| effect.rule == Rule(2, 2)));
    }
    // A stage that is named the same in several pipelines is the one of the record's own.
    let ticket = world.create(Object::TICKET, &[("name", "Two"), ("stage", "New")]);
    assert_eq!(world.text(ticket, "pipeline").as_deref(), Some("Support"));
    let deal = world.create(Object::DEAL, &[("name", "Three"), ("stage", "Closed won")]);
    assert_eq!(world.text(deal, "stage").as_deref(), Some("Closed won"));
    let refused = world.set(deal, "stage", "Waiting on us");
    assert!(refused.unwrap_err().to_string().contains("Support"));
}

#[rstest]
fn r5_2_an_association_is_seen_from_both_ends(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    assert_eq!(world.ties(jan), ["Acme *"]);
    assert_eq!(world.ties(acme), ["Jan"]);
    let again = world.refuses(Change::associate(acme, jan));
    assert_eq!(again.rule_id(), Some(Rule(5, 2)));
    world.does(Change::dissociate(acme, jan));
    assert!(world.ties(jan).is_empty() && world.ties(acme).is_empty());
    assert!(world.record(jan).is_some() && world.record(acme).is_some());
}

#[rstest]
fn r5_3_a_contact_has_one_company_unless_it_is_replaced(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, old, new) = (world.contact(&[("first_name", "Jan")]), world.company("Old"), world.company("New"));
    world.tie(jan, old);
    let change =
        |replace| Change::Associate { one: jan, ties: vec![Tying { replace, ..Tying::new(new) }], off: Vec::new() };
    let refused = world.refuses(change(false));
    assert_eq!(refused.rule_id(), Some(Rule(5, 3)));
    assert!(refused.to_string().contains("--replace") && refused.to_string().contains("Old"));
    assert_eq!(world.ties(jan), ["Old *"]);
    world.does(change(true));
    assert_eq!(world.ties(jan), ["New *"]);
    assert!(world.ties(old).is_empty());
}

#[rstest]
fn r5_4_the_first_becomes_primary_and_the_oldest_takes_over(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    let companies: Vec<_> = ["A", "B", "C"].into_iter().map(|name| world.company(name)).collect();
    for (minutes, company) in (0..).zip(&companies) {
        world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(minutes));
        world.tie(deal, *company);
    }
    assert_eq!(world.ties(deal), ["A *", "B", "C"]);
    let primary = Tying { primary: true, ..Tying::new(companies[2]) };
    world.does(Change::Associate { one: deal, ties: vec![primary], off: Vec::new() });
    assert_eq!(world.ties(deal), ["A", "B", "C *"]);
    let done = world.does(Change::dissociate(deal, companies[2]));
    assert_eq!(world.ties(deal), ["A *", "B"]);
    assert_eq!(done.effects.len(), 1);
    assert_eq!(done.effects[0].rule, Rule(5, 4));
    // A company has no primary contact: the mark is the deal's.
    assert_eq!(world.ties(companies[0]), ["Roof"]);
}

#[rstest]
fn r5_11_an_address_belongs_to_one_record(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "Jan@Acme.example"), ("emails", "j@home.example")]);
    for taken in ["jan@acme.example", "J@home.example"] {
        let values = world.values(Object::CONTACT, &[("first_name", "Eva"), ("email", taken)]);
        let refused = world.refuses(Change::Create { object: Object::CONTACT, values, associate: Vec::new() });
        assert_eq!(refused.rule_id(), Some(Rule(5, 11)));
        assert!(refused.to_string().starts_with("Jan has "), "{refused}");
    }
    assert_eq!(world.store.find(&Key::email("J@HOME.example")).unwrap(), [jan]);
    // Phones may be shared.
    let one = world.contact(&[("first_name", "Eva"), ("phone", "+48 58 555 01 44")]);
    let two = world.contact(&[("first_name", "Ewa"), ("phone", "58 555 01 44")]);
    let mut shared = world.store.find(&Key::Phone("+48585550144".into())).unwrap();
    if shared.is_empty() {
        shared = world.store.find(&Key::Phone("48585550144".into())).unwrap();
    }
    assert_eq!(shared, [one, two]);
    // What is given up is free again.
    world.set(jan, "emails", "").unwrap();
    world.contact(&[("email", "j@home.example")]);
}

#[rstest]
fn r5_11_further_addresses_have_a_main_one(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("emails", "a@x.example;b@x.example")]);
    assert_eq!(world.text(jan, "email").as_deref(), Some("a@x.example"));
    assert_eq!(world.text(jan, "emails").as_deref(), Some("b@x.example"));
    world.set(jan, "email", "b@x.example").unwrap();
    assert_eq!(world.text(jan, "emails"), None);
}

#[rstest]
fn a_contact_is_called_by_first_and_last_name(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("name", "Jan Maria Kowalski")]);
    assert_eq!(world.text(jan, "first_name").as_deref(), Some("Jan Maria"));
    assert_eq!(world.text(jan, "last_name").as_deref(), Some("Kowalski"));
    assert_eq!(world.text(jan, "name").as_deref(), Some("Jan Maria Kowalski"));
}

#[rstest]
fn what_lejek_works_out_itself_is_not_set(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let values = world.values(Object::CONTACT, &[("created_at", "2020-01-01")]);
    let values = values.into_iter().map(|(id, value)| (id, Some(value))).collect();
    let refused = world.refuses(Change::Set { record: jan, values });
    assert!(matches!(refused, Refusal::Rule { field: Some(_), .. }));
    let empty = world.refuses(Change::Create { object: Object::CONTACT, values: Vec::new(), associate: Vec::new() });
    assert!(empty.to_string().contains("needs a name"));
}

#[rstest]
fn r5_1_what_may_not_be_tied_is_refused(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    let lead = |name| world.create(Object::LEAD, &[("name", name)]);
    let (one, two) = (lead("One"), lead("Two"));
    for (one, other) in [(jan, jan), (one, two)] {
        let refused = world.refuses(Change::associate(one, other));
        assert_eq!(refused.rule_id(), Some(Rule(5, 1)));
    }
    world.tie(jan, eva);
    assert_eq!(world.ties(jan), ["Eva"], "records of one object can be tied");
}

#[rstest]
fn r5_8_removing_an_association_leaves_both_records(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let before = (world.record(jan), world.record(acme));
    world.tie(jan, acme);
    world.does(Change::dissociate(jan, acme));
    assert_eq!((world.record(jan), world.record(acme)), before);
    assert!(world.ties(jan).is_empty() && world.ties(acme).is_empty());
}
