//! Importing (R5.7, R5.11), rows to records.

use crate::world::{Kept, World};
use lejek::domain::graph::Key;
use lejek::domain::id::{Object, RecordId};
use lejek::workspace::import::{ImportAsk, Imported, Mode, ReportTo};
use rstest::rstest;
use std::path::PathBuf;
use tempfile::TempDir;

struct Files {
    folder: TempDir,
}

impl Files {
    fn new() -> Files {
        Files { folder: TempDir::new().unwrap() }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

pub fn import(world: &World, files: &[PathBuf]) -> Imported {
    import_as(world, &ImportAsk { files: files.to_vec(), ..ImportAsk::default() })
}

fn import_as(world: &World, ask: &ImportAsk) -> Imported {
    world.workspace.import(ask, &mut ()).unwrap()
}

fn all(world: &World, object: Object) -> Vec<RecordId> {
    let mut ids = Vec::new();
    world.store.each(object, &mut |record| ids.push(record.id)).unwrap();
    ids
}

fn counts(imported: &Imported) -> (u64, u64, u64, u64) {
    (imported.created, imported.updated, imported.unchanged, imported.skipped)
}

#[rstest]
fn r5_11_importing_twice_updates_and_never_doubles(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let path = files.write(
        "hubspot.csv",
        "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Associated Company,City\n\
         501,Zofia,Wierzbicka,zofia@nordhafen.example,+48 58 555 02 17,opportunity,Nordhafen Energie GmbH,Gdańsk\n\
         502,Jürgen,Kessler,j.kessler@kessler.example,,salesqualifiedlead,Kessler & Söhne,Köln\n\
         503,Jan,Kowalski,,,,Nordhafen Energie GmbH,\n",
    );
    let first = import(&world, std::slice::from_ref(&path));
    assert_eq!(first.errors, []);
    assert_eq!(counts(&first), (3, 0, 0, 0));
    assert_eq!(first.associated, 3);
    assert_eq!(all(&world, Object::COMPANY).len(), 2);
    let again = import(&world, &[path]);
    assert_eq!((counts(&again), again.act), ((0, 0, 3, 0), None));
    let changed = files.write("changed.csv", "Record ID,First Name,City\n501,Zofia,Elbląg\n");
    assert_eq!(counts(&import(&world, &[changed])), (0, 1, 0, 0));
    assert_eq!(all(&world, Object::CONTACT).len(), 3);
    let zofia = all(&world, Object::CONTACT)[0];
    assert_eq!(world.text(zofia, "city").as_deref(), Some("Elbląg"));
    assert_eq!(world.ties(zofia), ["Nordhafen Energie GmbH *"]);
    world.undo(first.act.unwrap()).unwrap_err();
    world.undo(lejek::domain::id::ActNo(first.act.unwrap().0 + 1)).unwrap();
    world.undo(first.act.unwrap()).unwrap();
    assert!(all(&world, Object::CONTACT).is_empty() && all(&world, Object::COMPANY).is_empty());
}

/// So many rows that they are read ahead, written in several commits, and their keys held back until the end.
#[rstest]
fn r5_11_a_long_import_finds_its_own_rows_and_is_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    const ROWS: usize = 6_500;
    let (world, files) = (World::new(kept), Files::new());
    let email = |n: usize| format!("p{n}@nordhafen.example");
    let mut text = String::new();
    for n in 0..ROWS {
        let late = if n == 700 { r#", "odd": "1", "city": "Łódź""# } else { "" };
        text += &format!("{{\"first_name\": \"N{n}\", \"email\": \"{}\"{late}}}\n", email(n));
    }
    // The addresses of rows near and far, with something new and with nothing new.
    text += &format!("{{\"email\": \"{}\", \"last_name\": \"Far\"}}\n", email(3).to_uppercase());
    text += &format!("{{\"email\": \"{}\", \"last_name\": \"Near\"}}\n", email(ROWS - 1));
    text += &format!("{{\"email\": \"{}\", \"first_name\": \"N5\"}}\n{{\"email\": \"no address\"}}\n", email(5));
    let imported = import(&world, &[files.write("long.jsonl", &text)]);
    assert_eq!(counts(&imported), (ROWS as u64, 2, 1, 1));
    let faults: Vec<_> = imported.errors.iter().map(|fault| (fault.row, fault.column.as_deref())).collect();
    assert_eq!(faults, [(0, Some("odd")), (ROWS as u64 + 4, Some("email"))]);
    let holder = |n: usize| world.store.find(&Key::email(&email(n))).unwrap();
    assert!((0..ROWS).step_by(97).all(|n| holder(n).len() == 1), "some can't be found by their e-mail");
    assert_eq!(world.text(holder(700)[0], "city").as_deref(), Some("Łódź"));
    assert_eq!(world.text(holder(3)[0], "name").as_deref(), Some("N3 Far"));
    assert_eq!(world.text(holder(ROWS - 1)[0], "name").as_deref(), Some("N6499 Near"));
    world.undo(imported.act.unwrap()).unwrap();
    assert!(all(&world, Object::CONTACT).is_empty() && holder(9).is_empty());
}

#[rstest]
fn r5_11_rows_match_by_id_then_address_then_all_they_say(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@x.example"), ("emails", "j@home.example")]);
    let keyless = world.contact(&[("first_name", "Tadeusz"), ("city", "Łódź")]);
    let new = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
    let text = format!(
        "id,first_name,email,city\n{jan},Jan,,Toruń\n,Jan,J@HOME.example,Sopot\n,Tadeusz,,Łódź\n,Tadeusz,,Kraków\n{new},Ola,,\n"
    );
    let imported = import(&world, &[files.write("rows.csv", &text)]);
    assert_eq!(counts(&imported), (2, 2, 1, 0), "{imported:?}");
    assert_eq!(world.text(jan, "city").as_deref(), Some("Sopot"));
    assert_eq!(world.text(jan, "email").as_deref(), Some("jan@x.example"), "a further address does not become main");
    assert_eq!(world.text(keyless, "city").as_deref(), Some("Łódź"));
    let ola = all(&world, Object::CONTACT).into_iter().find(|id| id.to_string() == new);
    assert!(ola.is_some(), "a lejek id that is unknown here becomes the new record's");
}

#[rstest]
fn r5_11_files_of_one_call_know_each_others_ids(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let contacts = files.write(
        "contacts.csv",
        "Record ID,First Name,Email,Associated Company IDs (Primary)\n1,Jan,jan@x.example,77\n2,Eva,eva@x.example,99\n",
    );
    let companies = files.write("companies.csv", "Record ID,Name,Company Domain Name\n77,Acme,acme.example\n");
    let deals = files.write(
        "deals.csv",
        "Record ID,Deal Name,Amount,Deal Stage,Associated Company IDs,Associated Contact IDs\n9,Roof,1200 EUR,Closed won,77,1;2\n",
    );
    let imported = import(&world, &[deals, contacts, companies]);
    assert_eq!(counts(&imported), (4, 0, 0, 0), "{imported:?}");
    assert_eq!(imported.errors.len(), 1, "{:?}", imported.errors);
    assert!(imported.errors[0].message.contains("99"));
    let deal = all(&world, Object::DEAL)[0];
    assert_eq!(world.ties(deal).len(), 3);
    assert!(world.ties(deal).contains(&"Acme *".to_owned()));
}

#[rstest]
fn r5_11_a_companys_name_ties_only_where_none_is(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let (jan, acme) =
        (world.contact(&[("first_name", "Jan"), ("email", "jan@x.example")]), world.company("Łódzka Fabryka"));
    world.tie(jan, acme);
    let path = files.write(
        "rows.csv",
        "First name,Email,Company\nJan,jan@x.example,Another Ltd\nEva,eva@x.example,LODZKA FABRYKA\n",
    );
    let imported = import(&world, &[path]);
    assert_eq!(counts(&imported), (1, 1, 0, 0), "{imported:?}");
    assert_eq!(world.ties(jan), ["Łódzka Fabryka *"]);
    assert_eq!(world.text(jan, "company_name").as_deref(), Some("Another Ltd"));
    assert_eq!(all(&world, Object::COMPANY), [acme], "found by its folded name");
    world.company("łódzka fabryka");
    let several = files.write("more.csv", "First name,Email,Company\nIwo,iwo@x.example,Łódzka Fabryka\n");
    let imported = import(&world, &[several]);
    assert!(imported.errors.iter().any(|fault| fault.message.contains("2 records are called")), "{imported:?}");
    // lejek's own header fills the property only.
    let own = files.write("own.csv", "first_name,email,company_name\nUla,ula@x.example,Brand New Ltd\n");
    assert_eq!(import(&world, &[own]).associated, 0);
}

#[rstest]
fn r5_11_an_unknown_user_leaves_the_field_empty(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let path = files.write("rows.csv", "First name,Contact owner\nJan,ghost@x.example\nEva,maja@lejek.example\n");
    let imported = import(&world, &[path]);
    assert_eq!(counts(&imported), (2, 0, 0, 0));
    assert_eq!(imported.errors.len(), 1);
    assert_eq!((imported.errors[0].row, imported.errors[0].column.as_deref()), (1, Some("Contact owner")));
    let ids = all(&world, Object::CONTACT);
    assert_eq!(world.text(ids[0], "owner"), None);
    assert_eq!(world.text(ids[1], "owner").as_deref(), Some("maja@lejek.example"));
}

#[rstest]
fn bad_rows_are_reported_and_can_be_imported_again(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let path = files.write(
        "rows.csv",
        "First name,Email,Created on\nJan,not an address,1\nEva,eva@x.example,2\nOla,\"ola@x.example,3\nIwo,iwo@x.example,4\n",
    );
    let report = files.folder.path().join("report.csv");
    let ask = ImportAsk { files: vec![path], report: ReportTo::File(report.clone()), ..ImportAsk::default() };
    let imported = import_as(&world, &ask);
    assert_eq!((imported.created, imported.skipped), (2, 2), "{imported:?}");
    assert_eq!(imported.errors[0].row, 0, "the unknown column comes first");
    assert!(imported.errors.iter().any(|f| f.row == 1 && f.column.as_deref() == Some("Email")));
    assert!(imported.errors.iter().any(|f| f.row == 3));
    let text = std::fs::read_to_string(&report).unwrap();
    let corrected = files.write("corrected.csv", &text.replace("not an address", "jan@x.example"));
    let imported = import(&world, &[corrected]);
    assert!(imported.created >= 1, "{imported:?} {text}");
    assert!(all(&world, Object::CONTACT).len() >= 3);
}

#[rstest]
fn modes_and_dry_runs_take_what_they_say(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let jan = world.contact(&[("email", "jan@x.example")]);
    let path = files.write("rows.csv", "Email,City\njan@x.example,Łódź\neva@x.example,Sopot\n");
    let ask = |mode, dry_run| ImportAsk { files: vec![path.clone()], mode, dry_run, ..ImportAsk::default() };
    let dry = import_as(&world, &ask(Mode::Both, true));
    assert_eq!((counts(&dry), dry.act), ((1, 1, 0, 0), None));
    assert_eq!(all(&world, Object::CONTACT), [jan]);
    assert_eq!(counts(&import_as(&world, &ask(Mode::Update, false))), (0, 1, 0, 1));
    assert_eq!(counts(&import_as(&world, &ask(Mode::Create, false))), (1, 0, 0, 1));
}

#[rstest]
fn many_addresses_of_one_person_come_in(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let (world, files) = (World::new(kept), Files::new());
    let path = files.write(
        "rows.csv",
        "first_name,email_work,email_home,phone_work,phone_home,phone_other\n\
         Jan,,jan@home.example,+48 58 555 01 44,+48 601 555 930,+48 602 555 931\n\
         Eva,eva@work.example,eva@home.example,,,\n",
    );
    let imported = import(&world, &[path]);
    assert_eq!(imported.created, 2);
    assert!(imported.errors.iter().all(|f| f.message.contains("third number")), "{imported:?}");
    let ids = all(&world, Object::CONTACT);
    assert_eq!(world.text(ids[0], "email").as_deref(), Some("jan@home.example"));
    assert!(world.text(ids[0], "mobile").is_some());
    assert_eq!(world.text(ids[1], "emails").as_deref(), Some("eva@home.example"));
}
