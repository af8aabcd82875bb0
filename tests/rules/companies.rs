//! **Create and associate companies with contacts** (R5.7).

use crate::world::{Kept, World, made};
use lejek::domain::change::{Change, Rule};
use lejek::domain::id::{Object, RecordId};
use lejek::domain::settings::{AUTO_COMPANY, EXCLUDED_DOMAINS};
use lejek::workspace::import::ImportAsk;
use rstest::rstest;

fn switched_on(kept: Kept) -> World {
    let world = World::new(kept);
    set(&world, AUTO_COMPANY, "true");
    world
}

fn set(world: &World, key: &str, value: &str) {
    world.does(Change::Settings { values: vec![(key.to_owned(), value.to_owned())] });
}

fn with_email(world: &World, email: &str) -> RecordId {
    world.contact(&[("email", email)])
}

fn companies(world: &World) -> Vec<RecordId> {
    let mut found = Vec::new();
    world.store.each(Object::COMPANY, &mut |record| found.push(record.id)).unwrap();
    found
}

#[rstest]
fn r5_7_a_contact_gets_the_company_of_its_domain(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    with_email(&world, "early@nordhafen.example");
    assert_eq!(companies(&world), [], "it is off until somebody switches it on");
    set(&world, AUTO_COMPANY, "on");
    let values = world.values(Object::CONTACT, &[("first_name", "Jan"), ("email", "jan@nordhafen-energie.example")]);
    let done = world.does(Change::Create { object: Object::CONTACT, values, associate: Vec::new() });
    assert_eq!(done.effects.iter().map(|effect| effect.rule).collect::<Vec<_>>(), [Rule(5, 7); 2]);
    assert_eq!(world.ties(made(&done)), ["Nordhafen Energie *"]);
    let company = companies(&world)[0];
    assert_eq!(world.text(company, "domain").as_deref(), Some("nordhafen-energie.example"));
    assert_eq!(world.text(company, "owner"), None, "nobody said whose it is");
    let eva = with_email(&world, "eva@nordhafen-energie.example");
    assert_eq!((world.ties(eva), companies(&world).len()), (vec!["Nordhafen Energie *".to_owned()], 1));
    world.undo(done.act).unwrap_err();
    world.does(Change::UndoLast);
    world.undo(done.act).unwrap();
    assert_eq!(companies(&world), [], "one undo takes contact and company back");
}

#[rstest]
fn r5_7_an_existing_company_comes_before_a_new_one(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = switched_on(kept);
    let acme = world.create(Object::COMPANY, &[("name", "Acme"), ("domain", "acme.pl"), ("domains", "acme.de")]);
    assert_eq!(world.ties(with_email(&world, "jan@acme.de")), ["Acme *"], "by any of its domains");
    assert_eq!(
        world.ties(with_email(&world, "eva@shop.acme.pl")),
        ["shop.acme.pl *"],
        "a subdomain is another company"
    );
    world.does(Change::Delete { what: vec![acme.into()] });
    let values = [("email", "ola@acme.pl"), ("company_name", "Acme Again")];
    let ola = world.contact(&values);
    assert_eq!(world.ties(ola), ["Acme Again *"], "what is in the bin does not match");
    assert_eq!(companies(&world).len(), 2);
}

#[rstest]
fn r5_7_free_mail_and_excluded_domains_are_left_out(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = switched_on(kept);
    set(&world, EXCLUDED_DOMAINS, " https://www.Agency.example , broker.example");
    assert_eq!(world.store.settings().shown(EXCLUDED_DOMAINS).as_deref(), Some("agency.example;broker.example"));
    for email in ["jan@gmail.com", "jan@wp.pl", "jan@agency.example", "jan@broker.example"] {
        assert_eq!(world.ties(with_email(&world, email)), Vec::<String>::new(), "{email}");
    }
    let further = world.contact(&[("email", "eva@gmail.com"), ("emails", "eva@nordhafen.example")]);
    assert_eq!(world.ties(further), ["Nordhafen *"], "a further address tells as well");
    let refusal = world.refuses(Change::Settings { values: vec![(EXCLUDED_DOMAINS.into(), "a.pl;no domain".into())] });
    assert_eq!(refusal.to_string(), "“no domain” is no domain. Write it like example.com.");
    world.refuses(Change::Settings { values: vec![(AUTO_COMPANY.into(), "perhaps".into())] });
}

#[rstest]
fn r5_7_it_never_replaces_and_acts_when_the_e_mail_changes(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = switched_on(kept);
    let beta = world.company("Beta");
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@gmail.com")]);
    world.tie(jan, beta);
    world.set(jan, "email", "jan@acme.pl").unwrap();
    assert_eq!((world.ties(jan), companies(&world)), (vec!["Beta *".to_owned()], vec![beta]));
    world.does(Change::dissociate(jan, beta));
    assert_eq!(world.ties(jan), Vec::<String>::new(), "taking it off makes no other");
    let done = world.set(jan, "email", "jan@acme.example").unwrap();
    assert_eq!(world.ties(jan), ["Acme *"]);
    assert_eq!(done.effects[0].rule, Rule(5, 7));
    world.does(Change::Delete { what: vec![jan.into()] });
    world.does(Change::Restore { what: vec![jan.into()], without: Vec::new() });
    assert_eq!(companies(&world).len(), 2, "bringing back makes nothing");
}

#[rstest]
fn r5_7_an_import_makes_companies_in_the_same_act(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
    #[values(4, 2_500)] rows: usize,
) {
    let world = switched_on(kept);
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("rows.csv");
    let mut text = "First name,Email,Company\nNamed,named@gamma.example,Gamma Ltd\n".to_owned();
    for n in 0..rows {
        let place = if n == rows / 2 { "gmail.com" } else { ["acme.example", "beta.example"][n % 2] };
        text += &format!("Somebody with a name,n{n}@{place},\n");
    }
    std::fs::write(&path, text).unwrap();
    let ask = |dry_run| ImportAsk { files: vec![path.clone()], dry_run, ..ImportAsk::default() };
    let dry = world.workspace.import(&ask(true), &mut ()).unwrap();
    assert_eq!(companies(&world), []);
    let imported = world.workspace.import(&ask(false), &mut ()).unwrap();
    for told in [&dry, &imported] {
        assert_eq!((told.created, told.associated), (rows as u64 + 1, rows as u64), "{:?}", told.errors);
    }
    let names: Vec<_> = companies(&world).into_iter().map(|id| world.record(id).unwrap().name()).collect();
    assert_eq!(names.len(), 3, "one for each, also across batches: {names:?}");
    world.undo(imported.act.unwrap()).unwrap();
    assert_eq!(companies(&world), []);
}
