//! What the forms of new records insist on (R2.14), whichever way somebody makes one.

use crate::lead_sync::settings;
use crate::world::{Kept, World, refusal};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Origin, Refusal, Rule};
use lejek::domain::id::{Object, OptionId};
use lejek::domain::moving::{Given, Move};
use lejek::domain::object::custom::ObjectForm;
use lejek::domain::property::Kind;
use lejek::domain::property::form::PropertyForm;
use rstest::rstest;

fn needs(refused: &Refusal, label: &str) {
    let said = refused.to_string();
    assert!(said.starts_with(&format!("{label} is needed: the form of new ")), "{said}");
}

fn create(world: &World, object: Object, written: &[(&str, &str)]) -> Change {
    Change::Create { object, values: world.values(object, written), associate: world.needed(object) }
}

#[rstest]
#[case(Object::DEAL, "deals.create_form", "name;amount*;stage*", &[("name", "Roof")], ("amount", "1200 EUR"), "Amount")]
#[case(Object::TICKET, "tickets.create_form", "name;priority*", &[("name", "Leak")], ("priority", "High"), "Priority")]
#[case(Object::CONTACT, "contacts.create_form", "email*;last_name", &[("last_name", "Kos")], ("email", "a@b.pl"), "E-mail")]
#[case(Object::COMPANY, "companies.create_form", "name*;city*", &[("domain", "b.pl")], ("city", "Łódź"), "City")]
#[case(Object::LEAD, "leads.create_form", "name;lead_label*", &[("name", "Wall")], ("lead_label", "Hot"), "Label")]
fn r2_14_every_form_insists_on_what_was_chosen(
    #[case] object: Object,
    #[case] key: &str,
    #[case] form: &str,
    #[case] written: &[(&str, &str)],
    #[case] with: (&str, &str),
    #[case] label: &str,
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let act = world.does(settings(key, form)).act;
    needs(&world.refuses(create(&world, object, written)), label);
    let whole: Vec<_> = written.iter().copied().chain([with]).collect();
    world.does(create(&world, object, &whole));
    world.undo(act).unwrap();
    world.does(create(&world, Object::TICKET, &[("name", "as before")]));
}

#[rstest]
fn r2_14_an_object_of_a_user_has_a_form_too(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(Change::AddObject { form: Box::new(ObjectForm::new("Boat", "Boats")) });
    let boat = Object::FIRST_CUSTOM;
    world.does(Change::AddProperty { object: boat, form: Box::new(PropertyForm::new("length", Kind::Number)) });
    world.does(settings("boat.create_form", "name;length*"));
    needs(&world.refuses(create(&world, boat, &[("name", "Ark")])), "Length");
    world.does(create(&world, boat, &[("name", "Ark"), ("length", "12")]));
    // What is deleted is asked for no more.
    let id = world.property(boat, "length");
    world.does(Change::DeleteProperty { object: boat, id, confirmed: true });
    world.does(create(&world, boat, &[("name", "Raft")]));
    assert!(matches!(world.refuses(settings("ship.create_form", "name")), Refusal::Missing(_)));
}

#[rstest]
fn r2_8_the_deal_of_a_lead_has_what_its_form_insists_on(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("deals.create_form", "name;close_date*"));
    let (roof, wall) =
        (world.create(Object::LEAD, &[("name", "Roof")]), world.create(Object::LEAD, &[("name", "Wall")]));
    let to = |deal| Change::Move(Box::new(Move { deal, ..Move::to(vec![roof], OptionId(4)) }));
    let refused = world.refuses(to(Given::This(Vec::new())));
    assert!(matches!(&refused, Refusal::Rule { rule: Some(Rule(2, 8)), field: Some(_), .. }), "{refused}");
    assert!(refused.to_string().contains("Close date is needed") && refused.to_string().contains("--deal close_date="));
    let date = world.values(Object::DEAL, &[("close_date", "2026-12-24")]).remove(0);
    world.does(to(Given::This(vec![(date.0, Some(date.1))])));
    // Of several, those that lack it stay and are listed.
    let both = Move { deal: Given::This(Vec::new()), ..Move::to(vec![wall], OptionId(4)) };
    world.refuses(Change::Move(Box::new(both)));
}

#[rstest]
fn r2_1_who_may_shape_an_object_changes_its_form(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let seat = world.add_user("Sales", |user| user.seat = lejek::domain::user::Seat::Sales);
    let sales = world.acting_as(seat);
    sales.perform(&settings("leads.create_form", "name"), Origin::Interface).unwrap();
    let refused = refusal(sales.perform(&settings("deals.create_form", "name"), Origin::Interface));
    assert!(matches!(refused, Refusal::Rule { rule: Some(Rule(6, 2)), .. }), "{refused}");
    let act = world.does(settings("deals.create_form", "name")).act;
    assert!(refusal(sales.perform(&Change::Undo { act }, Origin::Interface)).to_string().contains("Needs"));
}

#[rstest]
fn r2_14_what_rules_make_fills_in_no_form(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("leads.create_form", "name;lead_label*"));
    world.does(settings("leads.create_on_lifecycle", "Lead"));
    let ewa = world.contact(&[("first_name", "Ewa"), ("lifecycle_stage", "Lead")]);
    assert_eq!(world.ties(ewa).len(), 1, "a lead of R2.4 fills in no form");
    world.does(Change::Create {
        object: Object::DEAL,
        values: world.values(Object::DEAL, &[("name", "Roof")]),
        associate: vec![Tying::new(ewa)],
    });
}
