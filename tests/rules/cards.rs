//! vCards in and out (R5.7, R5.11).

use crate::world::{Kept, World};
use lejek::domain::change::Change;
use lejek::domain::graph::Key;
use lejek::domain::id::Object;
use lejek::domain::property::Kind;
use lejek::domain::property::form::PropertyForm;
use lejek::domain::query::Query;
use lejek::workspace::export::{Column, ExportAsk, Format, Wanted};
use lejek::workspace::import::{ImportAsk, Imported};
use rstest::rstest;
use tempfile::TempDir;

fn import(world: &World, cards: &str, dry_run: bool) -> Imported {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("cards.vcf");
    std::fs::write(&path, cards).unwrap();
    let ask = ImportAsk { files: vec![path], dry_run, ..ImportAsk::default() };
    world.workspace.import(&ask, &mut ()).unwrap()
}

fn export(world: &World, wanted: &Wanted) -> String {
    let settings = world.store.settings();
    let spec = settings.object(Object::CONTACT).unwrap();
    let columns = Column::wanted(wanted, Format::Vcf, spec, &settings);
    let query = Query::all(Object::CONTACT, world.workspace.viewer());
    let mut text = Vec::new();
    world.workspace.export(&ExportAsk { query, columns, format: Format::Vcf }, &mut text, &mut ()).unwrap();
    String::from_utf8(text).unwrap()
}

#[rstest]
fn r5_11_cards_make_contacts_and_the_same_again_changes_nothing(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let acme = world.company("Acme");
    let cards = "BEGIN:VCARD\nVERSION:3.0\nN:Kowalski;Jan;;;\nORG:acme\nEMAIL:jan@acme.pl\nEMAIL;TYPE=pref:j@acme.pl\n\
                 TEL;TYPE=CELL:600 100 200\nNOTE:One\\nTwo\nUID:42\nEND:VCARD\n\
                 BEGIN:VCARD\nVERSION:3.0\nFN:Ewa Nowak\nORG:Beta\nEND:VCARD\n\
                 BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n";
    let tried = import(&world, cards, true);
    assert_eq!((tried.created, tried.skipped, tried.act), (2, 1, None));
    let imported = import(&world, cards, false);
    assert_eq!((imported.created, imported.skipped, imported.associated), (2, 1, 2), "{:?}", imported.errors);
    assert_eq!(imported.errors[0].row, 3);
    let jan = world.store.find(&Key::email("j@acme.pl")).unwrap()[0];
    let text = |name| world.text(jan, name).unwrap_or_default();
    assert_eq!((text("email"), text("emails")), ("j@acme.pl".to_owned(), "jan@acme.pl".to_owned()));
    assert_eq!((text("mobile"), text("notes")), ("600 100 200".to_owned(), "One\nTwo".to_owned()));
    assert_eq!(world.ties(jan), ["Acme *"]);
    assert!(world.store.link(jan, acme).unwrap().is_some());

    let again = import(&world, cards, false);
    assert_eq!((again.created, again.updated, again.unchanged, again.act), (0, 0, 2, None), "{:?}", again.errors);
    let moved = import(&world, "BEGIN:VCARD\nN:Kowalski;Jan\nEMAIL:new@acme.pl\nUID:42\nEND:VCARD\n", false);
    assert_eq!((moved.updated, world.text(jan, "email").as_deref()), (1, Some("new@acme.pl")), "found by its id");
    world.undo(imported.act.unwrap()).unwrap_err();
    world.undo(moved.act.unwrap()).unwrap();
    world.undo(imported.act.unwrap()).unwrap();
    assert!(world.record(jan).is_none());
}

#[rstest]
fn r5_7_what_cards_carry_comes_back_unchanged(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let form = Box::new(PropertyForm::new("rozmiar_buta", Kind::Number));
    world.does(Change::AddProperty { object: Object::CONTACT, form });
    let jan = world.contact(&[
        ("first_name", "Jan, jr; \"J\""),
        ("last_name", "Żółw\\"),
        ("email", "jan@acme.pl"),
        ("emails", "j@acme.pl;jj@acme.pl"),
        ("phone", "+48 22 100 20 00 ext. 7"),
        ("mobile", "600 100 200"),
        ("street", "Długa 1, m. 2"),
        ("city", "Łódź"),
        ("notes", "One,\ntwo; three\\n \u{1f600}"),
        ("company_name", "Gamma"),
        ("lifecycle_stage", "Customer"),
        ("rozmiar_buta", "3"),
    ]);
    world.tie(jan, world.company("Acme, Sons"));
    world.contact(&[("email", "nobody@beta.pl")]);

    for wanted in [Wanted::Listed(Vec::new()), Wanted::All] {
        let text = export(&world, &wanted);
        let imported = import(&world, &text, false);
        assert_eq!((imported.act, imported.unchanged, imported.errors), (None, 2, Vec::new()), "{text}");
    }
    let text = export(&world, &Wanted::All);
    let other = World::new(kept);
    other.does(Change::AddProperty {
        object: Object::CONTACT,
        form: Box::new(PropertyForm::new("rozmiar_buta", Kind::Number)),
    });
    let imported = import(&other, &text, false);
    assert_eq!(imported.created, 2, "{:?}", imported.errors);
    for name in ["first_name", "last_name", "emails", "phone", "street", "notes", "company_name", "lifecycle_stage"] {
        assert_eq!(other.text(jan, name), world.text(jan, name), "{name}");
    }
    assert_eq!(other.text(jan, "rozmiar_buta").as_deref(), Some("3"));
}

#[test]
fn only_contacts_go_into_cards() {
    let world = World::new(Kept::InMemory);
    let query = Query::all(Object::DEAL, world.workspace.viewer());
    let ask = ExportAsk { query, columns: vec![Column::Id], format: Format::Vcf };
    let refused = world.workspace.export(&ask, &mut Vec::new(), &mut ()).unwrap_err();
    assert_eq!(refused.to_string(), "Only contacts go into vCards. Export the others as csv or jsonl");
}
