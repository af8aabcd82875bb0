//! Importing with columns that associate (R5.7).

use crate::world::{Kept, World};
use lejek::domain::association::{Labelling, Tying};
use lejek::domain::change::Change;
use lejek::domain::graph::Key;
use lejek::domain::id::{Object, RecordId};
use lejek::domain::label::PARENT;
use lejek::domain::query::Query;
use lejek::workspace::export::{Column, ExportAsk, Format, Wanted};
use lejek::workspace::import::{ImportAsk, Imported};
use rstest::rstest;
use std::path::PathBuf;
use tempfile::TempDir;

fn import(world: &World, object: Object, text: &str) -> Imported {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, text).unwrap();
    let ask = ImportAsk { files: vec![path], object: Some(object), ..ImportAsk::default() };
    world.workspace.import(&ask, &mut ()).unwrap()
}

fn faults(imported: &Imported) -> Vec<String> {
    imported.errors.iter().map(ToString::to_string).collect()
}

fn all(world: &World, object: Object) -> Vec<RecordId> {
    let mut ids = Vec::new();
    world.store.each(object, &mut |record| ids.push(record.id)).unwrap();
    ids
}

fn sorted(world: &World, id: RecordId) -> Vec<String> {
    let mut ties = world.ties(id);
    ties.sort();
    ties
}

#[rstest]
fn r5_7_records_are_named_by_id_address_external_id_or_name(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@acme.pl"), ("emails", "jan@home.example")]);
    world.contact(&[("first_name", "Eva"), ("last_name", "Nowak")]);
    let acme = world.create(Object::COMPANY, &[("name", "Acme"), ("domain", "acme.pl"), ("external_ids", "file:77")]);
    world.create(Object::COMPANY, &[("name", "Smith; Sons")]);
    let ticket = world.create(Object::TICKET, &[("name", "Leak")]);
    world.create(Object::LEAD, &[("name", "Roofer")]);
    let text = format!(
        "Deal name,Associated Contact,Associated Contact IDs,Associated Company,Associated Company IDs,\
         Associated Ticket,Associated Ticket IDs,Associated Lead\n\
         Roof,JAN@home.example; Eva Nowak,,acme.pl; Smith; Sons,,Leak,,roofer\n\
         Wall,,{jan},Smith; Sons,77,,{ticket},\n\
         Door,,,77,{acme},,,\n"
    );
    let imported = import(&world, Object::DEAL, &text);
    assert_eq!(faults(&imported), Vec::<String>::new());
    let deals = all(&world, Object::DEAL);
    // “Smith; Sons” is one name, unless something else stands before it.
    assert_eq!(sorted(&world, deals[0])[..2], ["Acme *", "Eva Nowak"]);
    assert!(
        sorted(&world, deals[0]).contains(&"Jan".to_owned()) && sorted(&world, deals[0]).contains(&"Leak".to_owned())
    );
    assert!(sorted(&world, deals[0]).contains(&"Roofer".to_owned()));
    assert_eq!(sorted(&world, deals[1]), ["Acme *", "Jan", "Leak"]);
    assert_eq!(sorted(&world, deals[2]), ["Acme *"]);
    world.undo(imported.act.unwrap()).unwrap();
    assert_eq!(world.ties(jan), Vec::<String>::new());
}

#[rstest]
fn r5_7_unknown_and_unclear_ones_are_explained_row_by_row(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    for _ in 0..2 {
        world.company("Acme");
    }
    let gone = world.create(Object::COMPANY, &[("name", "Gone"), ("domain", "gone.example")]);
    world.does(Change::Delete { what: vec![gone.into()] });
    let text = "Ticket name,Associated Company,Associated Contact,Associated Deal IDs\n\
                A,Acme,,\n\
                B,,nobody@acme.pl,9\n\
                C,0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000,,\n";
    let imported = import(&world, Object::TICKET, text);
    assert_eq!((imported.created, imported.associated), (3, 0));
    let nobody = |what: &str| format!("{what} names nobody here: the row came in without it");
    assert_eq!(
        faults(&imported),
        [
            "Row 1: Associated Company: 2 records are called Acme: name the one meant by its id".to_owned(),
            format!("Row 2: Associated Contact: {}", nobody("nobody@acme.pl")),
            format!("Row 2: Associated Deal IDs: {}", nobody("9")),
            format!("Row 3: Associated Company: {}", nobody("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000")),
        ]
    );
    assert_eq!(all(&world, Object::COMPANY).len(), 2, "no third one of that name");
}

#[rstest]
fn r5_3_a_limit_reports_the_row_unless_it_is_replaced(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@x.example")]);
    let (acme, beta) = (world.company("Acme"), world.company("Beta"));
    world.tie(jan, acme);
    let text = format!("Email,City,Associated Company IDs\njan@x.example,Łódź,{beta}\n");
    let imported = import(&world, Object::CONTACT, &text);
    assert!(faults(&imported)[0].contains("Acme already"), "{:?}", imported.errors);
    assert_eq!(imported.errors[0].column.as_deref(), Some("Associated Company IDs"));
    assert_eq!((world.ties(jan), world.text(jan, "city").as_deref()), (vec!["Acme *".to_owned()], Some("Łódź")));
    let folder = TempDir::new().unwrap();
    let path: PathBuf = folder.path().join("rows.csv");
    std::fs::write(&path, text).unwrap();
    let ask = ImportAsk { files: vec![path], replace: true, ..ImportAsk::default() };
    assert_eq!(world.workspace.import(&ask, &mut ()).unwrap().errors, []);
    assert_eq!(world.ties(jan), ["Beta *"]);
}

#[rstest]
fn r5_11_a_company_that_a_row_makes_is_known_by_the_id_beside_its_name(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let rows =
        "Record ID,First Name,Associated Company,Associated Company IDs\n1,Jan,Acme,77\n2,Ewa,,77\n3,Ida,Acme,78\n";
    let imported = import(&world, Object::CONTACT, rows);
    assert_eq!((imported.created, imported.associated, faults(&imported)), (3, 3, Vec::new()));
    let [acme] = all(&world, Object::COMPANY).try_into().unwrap();
    assert_eq!(sorted(&world, acme).len(), 3);
    let rows = "Record ID,First Name,Associated Company IDs\n4,Jo,77\n";
    assert_eq!(import(&world, Object::CONTACT, rows).errors, []);
    assert_eq!(world.ties(acme).len(), 4);
}

fn exported(world: &World, object: Object, format: Format) -> String {
    let settings = world.store.settings();
    let spec = settings.object(object).unwrap();
    let columns = Column::wanted(&Wanted::All, format, spec, &settings);
    let mut text = Vec::new();
    let query = Query::all(object, world.workspace.viewer());
    world.workspace.export(&ExportAsk { query, columns, format }, &mut text, &mut ()).unwrap();
    String::from_utf8(text).unwrap()
}

/// In the order in which they go out and come in.
const OBJECTS: [Object; 4] = [Object::COMPANY, Object::CONTACT, Object::DEAL, Object::TICKET];

#[rstest]
fn r5_7_what_export_writes_comes_back_unchanged(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
    #[values(Format::Csv, Format::Jsonl)] format: Format,
) {
    let world = World::new(kept);
    let (acme, beta) = (world.company("Acme"), world.company("Beta"));
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@acme.pl")]);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    world.create(Object::TICKET, &[("name", "Leak")]);
    world.tie(jan, acme);
    for tying in [Tying::new(acme), Tying { primary: true, ..Tying::new(beta) }, Tying::new(jan)] {
        world.does(Change::Associate { one: deal, ties: vec![tying], off: Vec::new() });
    }
    let labels = Labelling::Add(vec![PARENT]);
    world.does(Change::Associate { one: beta, ties: vec![Tying { labels, ..Tying::new(acme) }], off: Vec::new() });
    let texts = OBJECTS.map(|object| exported(&world, object, format));
    assert!(texts[0].contains(&format!("{acme}=Parent company")), "{}", texts[0]);
    assert!(texts[0].contains(&format!("{beta}=Child company")), "{}", texts[0]);

    let folder = TempDir::new().unwrap();
    let ending = if format == Format::Csv { "csv" } else { "jsonl" };
    for (object, text) in OBJECTS.iter().zip(&texts) {
        std::fs::write(folder.path().join(format!("{}.{ending}", object.0)), text).unwrap();
    }
    let bring = |into: &World| {
        OBJECTS.map(|object| {
            let files = vec![folder.path().join(format!("{}.{ending}", object.0))];
            into.workspace.import(&ImportAsk { files, object: Some(object), ..ImportAsk::default() }, &mut ()).unwrap()
        })
    };
    for imported in bring(&world) {
        assert_eq!((imported.act, imported.errors), (None, Vec::new()), "nothing is new here");
    }
    let other = World::new(kept);
    // What comes later in another file is named before it is there.
    let first = bring(&other);
    bring(&other);
    assert!(first[3].errors.is_empty(), "{first:?}");
    for (object, text) in OBJECTS.iter().zip(&texts) {
        let mut lines: Vec<_> = text.lines().collect();
        let again = exported(&other, *object, format);
        let mut again: Vec<_> = again.lines().collect();
        let dated = |line: &str| line.split([',', '{', '}']).filter(|cell| !cell.contains("2026-")).collect::<String>();
        lines.sort_unstable();
        again.sort_unstable();
        assert_eq!(
            again.into_iter().map(dated).collect::<Vec<_>>(),
            lines.into_iter().map(dated).collect::<Vec<_>>(),
            "{object:?}"
        );
    }
    assert!(other.store.find(&Key::email("jan@acme.pl")).unwrap() == [jan]);
}
