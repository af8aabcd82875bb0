//! Importing a file by keys alone, and the first start.

use crate::common::people;
use crate::common::pilot::{Pilot, dark};
use crate::screens::assert_picture;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use lejek::domain::change::Change;
use lejek::domain::id::{Object, RecordId};
use lejek::domain::mapping::Mapping;
use lejek::domain::query::Query;
use lejek::domain::user::Viewer;
use lejek::domain::user::leaving::Heir;
use lejek::glyphs;
use lejek::ui::first_start::FirstStart;
use lejek::ui::terminal::Input;
use lejek::ui::widgets::Look;
use lejek::workspace::Workspace;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// Two rows are wrong, one column is known to nobody.
const CONTACTS: &str = "First name,Last name,Email,Phone,Shoe size,Klient od\n\
    Łucja,Kowalska,lucja@example.com,+48 501 222 333,38,2024-01-05\n\
    Jan,Nowak,jan@,+48 501 222 334,43,2024-02-05\n\
    Hans,Müller,hans@example.com,12,44,2023-11-30\n\
    Róża,Lis,roza@example.com,+48 501 222 336,37,2025-03-01\n";

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder of files");
    fs::write(folder.path().join("contacts.csv"), CONTACTS).expect("a folder of files");
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n").expect("a folder of files");
    fs::write(folder.path().join(".hidden.csv"), "Email\n").expect("a folder of files");
    fs::create_dir(folder.path().join("older")).expect("a folder of files");
    fs::write(folder.path().join("older/deals.csv"), "Deal name,Amount\nRoof,1200 EUR\n").expect("a folder of files");
    folder
}

fn contacts(workspace: &Workspace) -> Vec<RecordId> {
    let store = workspace.store();
    store.prepare(Object::CONTACT, workspace.now()).expect("the catalog");
    store.ids(&Query::all(Object::CONTACT, Viewer::EVERYTHING), workspace.now()).expect("the catalog")
}

#[track_caller]
fn assert_shows(pilot: &Pilot, text: &str) {
    assert!(pilot.shows(text), "`{text}` is not seen:\n{}", pilot.screen());
}

#[track_caller]
fn assert_hides(pilot: &Pilot, text: &str) {
    assert!(!pilot.shows(text), "`{text}` is seen:\n{}", pilot.screen());
}

fn importing(folder: &Path, workspace: &Arc<Workspace>) -> Pilot {
    let mut pilot = Pilot::start_in(folder, workspace, 120, 36);
    pilot.press("g i");
    pilot
}

/// The screen without the name of the folder, which is another one each time.
fn screen(pilot: &Pilot, folder: &Path) -> String {
    pilot.screen().replace(&*folder.to_string_lossy(), "FOLDER")
}

#[test]
fn a_file_is_chosen_checked_imported_mended_and_undone() {
    let (folder, workspace) = (folder(), people::empty());
    let mut pilot = importing(folder.path(), &workspace);
    assert_shows(&pilot, "contacts.csv");
    assert_shows(&pilot, "older/");
    assert_hides(&pilot, "picture.png");
    assert_hides(&pilot, ".hidden.csv");
    pilot.type_in("cont").press("enter");
    assert_shows(&pilot, "Shoe size");
    assert_shows(&pilot, "nothing is called so");
    assert_shows(&pilot, "lucja@example.com, jan@, hans@example.com");
    pilot.press("]");
    assert_shows(&pilot, "2 created");
    assert_shows(&pilot, "2 left out");
    assert_shows(&pilot, "import 2 rows");
    assert_shows(&pilot, "Email");
    assert!(contacts(&workspace).is_empty(), "a check writes nothing");
    pilot.press("enter");
    assert_shows(&pilot, "contacts-left-out.csv");
    assert_eq!(contacts(&workspace).len(), 2);

    let report = folder.path().join("contacts-left-out.csv");
    let mended = fs::read_to_string(&report).unwrap().replace("jan@,", "jan@example.com,");
    fs::write(&report, mended).unwrap();
    pilot.press("r");
    assert_shows(&pilot, "1 created");
    assert_shows(&pilot, "1 left out");
    pilot.press("enter");
    assert_eq!(contacts(&workspace).len(), 3);
    let rest = fs::read_to_string(folder.path().join("contacts-left-out-2.csv")).unwrap();
    assert!(rest.contains("Hans") && !rest.contains("Nowak"), "{rest}");

    pilot.press("u");
    assert_eq!(contacts(&workspace).len(), 2, "an import is one act");
    assert_shows(&pilot, "Undid");
    assert_shows(&pilot, "1 created");
}

#[test]
fn when_every_row_comes_in_one_lands_on_the_list() {
    let (folder, workspace) = (folder(), people::empty());
    fs::write(folder.path().join("good.csv"), "First name,Email\nÉva,eva@example.com\n").unwrap();
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("good").press("enter ] enter");
    assert_shows(&pilot, "All contacts");
    assert_shows(&pilot, "Éva");
    assert_shows(&pilot, "Imported 1 contact");
    assert!(!folder.path().join("good-left-out.csv").exists());
    pilot.press("u");
    assert_hides(&pilot, "Éva");
}

#[test]
fn what_a_column_is_can_be_changed_and_saved_by_a_name() {
    let (folder, workspace) = (folder(), people::empty());
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("contacts").press("enter 4 j enter").type_in("note").press("enter");
    assert_shows(&pilot, "Notes");
    pilot.press("k -");
    assert_shows(&pilot, "left out");
    pilot.press("-");
    assert_hides(&pilot, "left out");
    pilot.press("- M").press("ctrl-u").type_in("Shoe shop").press("enter");
    assert_shows(&pilot, "Saved the mapping Shoe shop");
    let settings = workspace.settings();
    let mapping = settings.mapping("shoe SHOP").unwrap();
    let is = |column: &str, property: &str| mapping.pairs.contains(&(column.to_owned(), property.to_owned()));
    assert!(is("Shoe size", "notes") && is("Phone", "-") && is("Email", "email"), "{:?}", mapping.pairs);

    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("contacts").press("enter");
    assert_hides(&pilot, "Notes");
    pilot.press("m enter");
    assert_shows(&pilot, "Notes");
    assert_shows(&pilot, "left out");
    pilot.press("] enter");
    assert_eq!(contacts(&workspace).len(), 3, "without the phone no number is wrong");
}

#[test]
fn a_mapping_is_deleted_and_comes_back() {
    let (folder, workspace) = (folder(), people::empty());
    let mapping = Mapping { name: "Old".into(), object: Object::DEAL, pairs: Vec::new() };
    people::perform(&workspace, &Change::SaveMapping { mapping: Box::new(mapping) });
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("contacts").press("enter m ctrl-x");
    assert_shows(&pilot, "Deleted the mapping Old");
    assert!(workspace.settings().mappings.is_empty());
    pilot.press("m");
    assert_shows(&pilot, "No mapping is saved");
    pilot.press("u");
    assert_eq!(workspace.settings().mappings.len(), 1);
}

#[test]
fn a_mapping_that_does_not_fit_any_more_changes_nothing() {
    let (folder, workspace) = (folder(), people::empty());
    let pairs = vec![("Email".to_owned(), "gone".to_owned())];
    let mapping = Mapping { name: "Old".into(), object: Object::CONTACT, pairs };
    people::perform(&workspace, &Change::SaveMapping { mapping: Box::new(mapping) });
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("contacts").press("enter m enter");
    assert_shows(&pilot, "have no property “gone”");
    pilot.press("esc ]");
    assert_shows(&pilot, "2 created");
}

#[test]
fn what_the_rows_are_and_which_are_taken_can_be_changed() {
    let (folder, workspace) = (folder(), people::empty());
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("contacts").press("enter o down enter");
    assert_shows(&pilot, "The rows are Companies");
    pilot.press("o up enter t t");
    assert_shows(&pilot, "known rows only");
    pilot.press("]");
    assert_shows(&pilot, "0 created");
    assert_shows(&pilot, "4 left out");
    pilot.press("enter");
    assert_shows(&pilot, "No row would make or change anything");
    pilot.press("[ R");
    assert_shows(&pilot, "replace the old");
}

#[test]
fn folders_are_walked_and_paths_completed() {
    let (folder, workspace) = (folder(), people::empty());
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("old").press("tab");
    assert_shows(&pilot, "> older/");
    assert_shows(&pilot, "deals.csv");
    pilot.press("tab");
    assert_shows(&pilot, "> older/deals.csv");
    pilot.press("enter");
    assert_shows(&pilot, "The rows are Deals");
    pilot.press("esc ctrl-u").type_in("none/");
    assert_shows(&pilot, "there is no such folder");
    pilot.press("ctrl-u").type_in(".hid");
    assert_shows(&pilot, ".hidden.csv");
    pilot.press("ctrl-u").type_in("picture.png").press("enter");
    assert_shows(&pilot, "✕ picture.png");
    pilot.press("ctrl-u").type_in("nothing.csv").press("enter");
    assert_shows(&pilot, "there is no such file");
    pilot.press("ctrl-u").type_in("older/").press("up enter");
    assert_shows(&pilot, "contacts.csv");
    assert_hides(&pilot, "deals.csv");
    pilot.press("esc");
    assert_shows(&pilot, "All contacts");
}

#[cfg(unix)]
#[test]
fn hostile_names_and_cells_stay_in_their_cells() {
    use std::os::unix::ffi::OsStrExt;
    let (folder, workspace) = (folder(), people::empty());
    let name = std::ffi::OsStr::from_bytes(b"ev\x1b[31mil\xff\n\xe2\x80\xae");
    fs::create_dir(folder.path().join(name)).unwrap();
    let text = "First \x1b[2Jname,\u{202e}Email,\"a\nb\"\n\x1b]0;x\x07Jan,\u{202e}jan@example.com,\"1\n\n\n2\"\n";
    fs::write(folder.path().join(name).join("x\u{7}y.csv"), text).unwrap();
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("ev").press("enter down enter");
    assert_shows(&pilot, "First [2Jname");
    let is_clean = |pilot: &Pilot| !pilot.screen().chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}');
    assert!(is_clean(&pilot));
    pilot.press("o").type_in("contacts").press("enter enter").type_in("first name").press("enter ]");
    assert!(is_clean(&pilot), "{:?}", pilot.screen());
    pilot.press("enter");
    assert!(is_clean(&pilot), "{:?}", pilot.screen());
}

#[test]
fn a_check_that_is_left_holds_for_nothing_else() {
    let (folder, workspace) = (folder(), people::empty());
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("contacts").press("enter").press_at_once("] esc t t ]");
    assert_shows(&pilot, "0 created");
}

#[test]
fn an_import_is_stopped_and_is_still_one_act() {
    let (folder, workspace) = (TempDir::new().unwrap(), people::empty());
    let rows: Vec<String> = (0..30_000).map(|n| format!("Nr {n},p{n}@example.com")).collect();
    fs::write(folder.path().join("long.csv"), format!("Last name,Email\n{}\n", rows.join("\n"))).unwrap();
    let mut pilot = importing(folder.path(), &workspace);
    pilot.press("enter").press_at_once("] esc");
    assert_shows(&pilot, "Comes in as");
    pilot.press("]");
    assert_shows(&pilot, "30 000 created");
    pilot.press_at_once("enter esc");
    assert_shows(&pilot, "It was stopped");
    let came_in = contacts(&workspace).len();
    assert!(came_in < 30_000);
    if came_in > 0 {
        pilot.press("u");
        assert_eq!(contacts(&workspace).len(), 0);
    }
}

#[test]
fn who_may_not_import_is_told_so() {
    let (folder, workspace) = (folder(), people::workspace());
    let mut user = workspace.settings().users.iter().find(|user| !user.super_admin).unwrap().clone();
    let may = lejek::domain::user::Permissions { import: false, ..user.may(Object::CONTACT) };
    user.permissions.insert(Object::CONTACT.0, may);
    people::perform(&workspace, &Change::SetUser { user: Box::new(user.clone()), heir: Heir::Ask });
    let store = Arc::clone(workspace.store());
    let clock = Arc::new(lejek::workspace::clock::FixedClock::at(crate::common::pilot::now()));
    let ids = Box::new(lejek::workspace::clock::CountedIds(1 << 40));
    let theirs = Arc::new(Workspace::new(store, clock, ids, user.id));
    let mut pilot = importing(folder.path(), &theirs);
    pilot.type_in("contacts").press("enter");
    assert_shows(&pilot, "Needs the permission to import contacts");
}

#[test]
fn r6_3_the_first_start_has_three_doors() {
    let folder = folder();
    let mut pilot = Pilot::first_start(folder.path(), &people::empty(), 120, 36);
    assert_picture("doors_120x36", pilot.screen());
    pilot.press("enter");
    assert_shows(&pilot, "contacts.csv");
    let mut pilot = Pilot::first_start(folder.path(), &people::empty(), 80, 24);
    assert_picture("doors_80x24", pilot.screen());
    pilot.press("j enter");
    assert_eq!((pilot.exit(), pilot.wants_demo()), (Some(0), true));
    for keys in ["j j enter", "esc"] {
        let mut pilot = Pilot::first_start(folder.path(), &people::empty(), 80, 24);
        pilot.press(keys);
        assert_eq!(pilot.exit(), None);
        assert_hides(&pilot, "Try the demo");
    }
}

#[test]
fn the_first_start_asks_who_works_here() {
    for (width, height) in [(80, 24), (120, 36), (60, 15)] {
        let mut form = FirstStart::new("/home/lucja/.local/share/lejek", "");
        let mut press = |code| form.input(&Input::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        press(KeyCode::Enter);
        "Łucja Kowalska".chars().for_each(|c| _ = press(KeyCode::Char(c)));
        press(KeyCode::Enter);
        "lucja@example".chars().for_each(|c| _ = press(KeyCode::Char(c)));
        press(KeyCode::Enter);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let theme = dark().theme;
        let look = Look::new(&theme, &glyphs::UNICODE);
        terminal.draw(|frame| form.draw(frame, look)).unwrap();
        let screen = terminal.backend().to_string().replace('"', "");
        assert_picture(&format!("first_start_{width}x{height}"), screen);
    }
}

#[test]
fn each_step_in_two_widths() {
    for (width, height) in [(80, 24), (120, 36)] {
        let (folder, workspace) = (folder(), people::workspace());
        let mut pilot = Pilot::start_in(folder.path(), &workspace, width, height);
        let picture = |name: &str, pilot: &Pilot| {
            assert_picture(&format!("import_{name}_{width}x{height}"), screen(pilot, folder.path()));
        };
        picture("file", pilot.press("g i"));
        picture("columns", pilot.type_in("contacts").press("enter 2 j"));
        picture("meaning", pilot.press("enter"));
        picture("check", pilot.press("esc ] j"));
        pilot.press("enter");
        pilot.wait(std::time::Duration::from_secs(5));
        picture("result", &pilot);
    }
}

#[test]
fn activities_are_an_object_among_others() {
    let (folder, workspace) = (folder(), people::empty());
    fs::write(folder.path().join("people.csv"), "First name,Email\nÉva,eva@example.com\n").unwrap();
    let text = "time,contact,text,direction\n2026-11-18 14:20,eva@example.com,asked for a quote,in\n\
                03/04/2026,eva@example.com,when was this,in\n";
    fs::write(folder.path().join("talks.csv"), text).unwrap();
    importing(folder.path(), &workspace).type_in("people").press("enter ] enter");
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("talks").press("enter o down down down down down enter");
    assert_shows(&pilot, "Activities");
    assert_shows(&pilot, "Contacts by e-mail or name");
    pilot.press("]");
    assert_shows(&pilot, "Nothing says what type this is");
    fs::rename(folder.path().join("talks.csv"), folder.path().join("calls.csv")).unwrap();
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("calls").press("enter");
    assert_shows(&pilot, "Activities");
    assert_shows(&pilot, "Direction");
    pilot.press("]");
    assert_shows(&pilot, "1 created");
    assert_shows(&pilot, "may be");
    pilot.press("enter");
    assert_shows(&pilot, "Imported 1 activity, left out 1 row");
    assert_eq!(workspace.store().entries(contacts(&workspace)[0]).unwrap().len(), 1);
    pilot.press("enter");
    assert_shows(&pilot, "All contacts");
}

#[test]
fn r2_4_an_import_says_how_many_leads_it_would_make_and_asks() {
    let (folder, workspace) = (folder(), people::empty());
    let on = vec![("leads.create_on_lifecycle".to_owned(), "Lead".to_owned())];
    people::perform(&workspace, &Change::Settings { values: on });
    let rows =
        "First name,Email,Lifecycle stage\nÉva,eva@example.com,Lead\nOla,ola@example.com,Lead\nJan,jan@example.com,\n";
    fs::write(folder.path().join("new.csv"), rows).unwrap();
    let leads = || {
        let (store, query) = (workspace.store(), Query::all(Object::LEAD, Viewer::EVERYTHING));
        store.prepare(Object::LEAD, workspace.now()).expect("the catalog");
        store.ids(&query, workspace.now()).expect("the catalog").len()
    };
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("new.csv").press("enter ] enter");
    assert_shows(&pilot, "The rows would make 2 leads");
    pilot.press("esc");
    assert_hides(&pilot, "The rows would make");
    assert_eq!((contacts(&workspace).len(), leads()), (0, 0), "esc imports nothing");
    pilot.press("enter down enter");
    assert_eq!((contacts(&workspace).len(), leads()), (3, 0));
    pilot.press("u");
    let mut pilot = importing(folder.path(), &workspace);
    pilot.type_in("new.csv").press("enter ] enter enter");
    assert_eq!((contacts(&workspace).len(), leads()), (3, 2));
    pilot.press("u");
    assert_eq!((contacts(&workspace).len(), leads()), (0, 0), "undo takes all of it back");
}
