//! Associating by a rule (R5.7): which pairs it finds, and which it leaves to people.

use crate::world::{Kept, World};
use lejek::domain::change::Change;
use lejek::domain::id::{Object, RecordId};
use lejek::domain::pair_rule::PairRule;
use lejek::domain::property::Kind;
use lejek::domain::property::form::PropertyForm;
use lejek::domain::query::Query;
use lejek::domain::query::parse::filter;
use lejek::domain::settings::EXCLUDED_DOMAINS;
use lejek::domain::user::{Permissions, Reach};
use lejek::domain::value::Reading;
use lejek::workspace::Failure;
use lejek::workspace::pairs::{Paired, PairsAsk};
use rstest::rstest;

fn ask(world: &World, rule: &str) -> PairsAsk {
    let rule = PairRule::parse(rule, &world.store.settings()).unwrap();
    PairsAsk { rule, query: None, except: Vec::new(), replace: false }
}

fn paired(world: &World, ask: &PairsAsk) -> Paired {
    world.workspace.pairs(ask).unwrap()
}

fn names(paired: &Paired) -> Vec<String> {
    let mut names: Vec<_> =
        paired.pairs.iter().map(|pair| format!("{} + {} ({})", pair.one.1, pair.other.1, pair.value)).collect();
    names.sort();
    names
}

fn contact(world: &World, name: &str, email: &str) -> RecordId {
    world.contact(&[("first_name", name), ("email", email)])
}

fn company(world: &World, name: &str, domain: &str) -> RecordId {
    world.create(Object::COMPANY, &[("name", name), ("domain", domain)])
}

#[rstest]
fn r5_7_e_mail_domains_pair_contacts_with_companies(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = contact(&world, "Jan", "Jan@Acme.PL");
    let eva = contact(&world, "Eva", "eva@acme.pl");
    contact(&world, "Ola", "ola@gmail.com");
    contact(&world, "Iwo", "iwo@shop.acme.pl");
    contact(&world, "Ula", "ula@agency.example");
    let acme = company(&world, "Acme", "acme.pl");
    company(&world, "Mail", "gmail.com");
    company(&world, "Agency", "agency.example");
    world.tie(eva, acme);
    world.does(Change::Settings { values: vec![(EXCLUDED_DOMAINS.into(), "agency.example".into())] });
    let found = paired(&world, &ask(&world, "contact.email_domain=company.domain"));
    assert_eq!(names(&found), ["Jan + Acme (acme.pl)"]);
    assert_eq!((found.already, found.left_out.len()), (1, 0));
    let turned = paired(&world, &ask(&world, "company.domain=contact.email_domain"));
    assert_eq!(names(&turned), ["Acme + Jan (acme.pl)"]);
    let pairs = found.pairs.iter().map(|pair| (pair.one.0, pair.other.0));
    let done = world.does(Paired::change(pairs, false));
    assert_eq!(world.ties(jan), ["Acme *"]);
    world.undo(done.act).unwrap();
    assert_eq!(world.ties(jan), Vec::<String>::new());
}

#[rstest]
fn r5_7_equal_values_pair_case_and_accents_aside(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    for (object, name) in [(Object::TICKET, "order_no"), (Object::DEAL, "order")] {
        world.does(Change::AddProperty { object, form: Box::new(PropertyForm::new(name, Kind::Text)) });
    }
    world.create(Object::TICKET, &[("name", "Leak"), ("order_no", "łódź-7")]);
    world.create(Object::TICKET, &[("name", "Empty")]);
    for name in ["Roof", "Wall"] {
        world.create(Object::DEAL, &[("name", name), ("order", "LODZ-7")]);
    }
    world.create(Object::DEAL, &[("name", "Other"), ("order", "8")]);
    let found = paired(&world, &ask(&world, "ticket.order_no=deal.order"));
    assert_eq!(names(&found), ["Leak + Roof (lodz-7)", "Leak + Wall (lodz-7)"], "there is no limit, so both");
    let within = paired(&world, &ask(&world, "deal.order=deal.order"));
    assert_eq!(within.pairs.len(), 1, "two of one object are one pair");
}

#[rstest]
fn r5_7_several_matches_at_a_limit_are_reported_not_guessed(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("city", "Sopot")]);
    let eva = world.contact(&[("first_name", "Eva"), ("city", "Gdynia")]);
    for (name, city) in [("Acme", "sopot"), ("Beta", "SOPOT"), ("Gamma", "Gdynia")] {
        world.create(Object::COMPANY, &[("name", name), ("city", city)]);
    }
    world.tie(eva, world.company("Delta"));
    let found = paired(&world, &ask(&world, "contact.city=company.city"));
    assert_eq!(found.pairs, []);
    let said: Vec<_> = found.left_out.iter().map(|unpaired| (unpaired.record.0, unpaired.why.as_str())).collect();
    let about_jan = "Jan matches Acme and 1 more, and has room for 1. Associate the one that is meant";
    assert_eq!(said, [(jan, about_jan), (eva, "Eva has Delta already, and 1 is the limit")]);
    let replacing = PairsAsk { replace: true, ..ask(&world, "contact.city=company.city") };
    assert_eq!(names(&paired(&world, &replacing)), ["Eva + Gamma (gdynia)"]);
    let turned = paired(&world, &ask(&world, "company.city=contact.city"));
    assert_eq!((turned.pairs.len(), turned.left_out.len()), (0, 2), "the limit counts from either side");
}

#[rstest]
fn r5_7_a_dry_run_can_be_narrowed(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = contact(&world, "Jan", "jan@acme.pl");
    contact(&world, "Eva", "eva@acme.pl");
    let acme = company(&world, "Acme", "acme.pl");
    let all = ask(&world, "contact.email_domain=company.domain");
    let except = |id| PairsAsk { except: vec![id], ..all.clone() };
    assert_eq!(names(&paired(&world, &except(jan))), ["Eva + Acme (acme.pl)"]);
    assert_eq!(paired(&world, &except(acme)).pairs, []);
    let settings = world.store.settings();
    let cx = Reading { settings: &settings, now: world.workspace.now(), me: None };
    let filters = vec![filter("first_name is Jan", settings.object(Object::CONTACT).unwrap(), &cx).unwrap()];
    let query = Some(Query { filters, ..Query::all(Object::CONTACT, world.workspace.viewer()) });
    assert_eq!(names(&paired(&world, &PairsAsk { query, ..all })), ["Jan + Acme (acme.pl)"]);
}

#[rstest]
fn r6_4_a_rule_pairs_only_what_one_may_see(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    contact(&world, "Jan", "jan@acme.pl");
    company(&world, "Acme", "acme.pl");
    let ewa = world.add_user("Ewa", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::None, ..Permissions::ALL });
    });
    let all = ask(&world, "contact.email_domain=company.domain");
    assert_eq!(paired(&world, &all).pairs.len(), 1);
    assert_eq!(world.acting_as(ewa).pairs(&all).unwrap(), Paired::default());
}

#[test]
fn r5_7_what_half_the_workspace_shares_is_refused() {
    let world = World::new(Kept::InMemory);
    for n in 0..320 {
        world.create(Object::TICKET, &[("name", &format!("T{n}")), ("priority", "High")]);
        world.create(Object::DEAL, &[("name", "High")]);
    }
    match world.workspace.pairs(&ask(&world, "ticket.priority=deal.name")) {
        Err(Failure::Refused(refusal)) => {
            let said = refusal.to_string();
            assert!(said.contains("pairs match. Compare what fewer records share"), "{said}");
        }
        other => panic!("{other:?}"),
    }
}
