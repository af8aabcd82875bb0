//! Exports from a list: of what is marked, of all that it takes in; read back from the file.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use lejek::domain::change::Change;
use lejek::domain::id::Object;
use lejek::domain::id::UserId;
use lejek::domain::user::leaving::Heir;
use lejek::domain::user::{Permissions, User};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

fn contacts() -> Pilot {
    Pilot::start(&people::workspace(), 120, 36)
}

/// Opens the form and names a file in the folder.
fn export_to<'a>(pilot: &'a mut Pilot, folder: &Path, name: &str) -> &'a mut Pilot {
    pilot.press("X ctrl-u").type_in(&folder.join(name).display().to_string());
    pilot.press("enter")
}

fn lines(file: &Path) -> Vec<String> {
    std::fs::read_to_string(file).expect("a file").lines().map(str::to_owned).collect()
}

#[test]
fn the_marked_rows_are_exported_in_the_order_of_the_list() {
    let folder = TempDir::new().expect("a folder");
    let mut pilot = contacts();
    pilot.press("j j space k k k space");
    assert_shows(pilot.press("X"), "Export 2 contacts");
    assert_shows(&pilot, "contacts.csv");
    pilot.press("esc");
    export_to(&mut pilot, folder.path(), "two.csv");
    assert_shows(&pilot, "Exported 2 rows");
    let lines = lines(&folder.path().join("two.csv"));
    assert!(lines[0].starts_with("id,first_name,last_name"), "{lines:?}");
    let names: Vec<bool> = vec![lines[1].contains("Wierzbicka"), lines[2].contains("Kowalski")];
    assert_eq!((lines.len(), names), (3, vec![true, true]), "{lines:?}");
}

#[test]
fn all_that_the_list_takes_in_is_exported_as_json_lines_with_all_columns() {
    let folder = TempDir::new().expect("a folder");
    let mut pilot = contacts();
    pilot.press("/").type_in("kowal");
    pilot.press("enter X tab");
    assert_shows(&pilot, "every property and association");
    pilot.press("ctrl-u").type_in(&folder.path().join("k.jsonl").display().to_string());
    assert_shows(&pilot, "JSON lines");
    assert_shows(pilot.press("enter"), "Exported 3 rows");
    let lines = lines(&folder.path().join("k.jsonl"));
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.contains("\"last_name\":\"Kowalski\"")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("associated_company_ids")), "{lines:?}");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_that_is_confirmed() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("old.csv");
    std::fs::write(&file, "mine").expect("written");
    let mut pilot = contacts();
    export_to(&mut pilot, folder.path(), "old.csv");
    assert_shows(&pilot, "is there already");
    assert_eq!(lines(&file), ["mine"]);
    assert_hides(pilot.press("backspace"), "is there already");
    pilot.type_in("v");
    pilot.press("enter enter");
    assert_shows(&pilot, "Exported 30 rows");
    assert_eq!(lines(&file).len(), 31);
}

#[test]
fn what_can_not_be_written_says_why() {
    let folder = TempDir::new().expect("a folder");
    let mut pilot = contacts();
    export_to(&mut pilot, folder.path(), "nowhere/x.csv");
    assert_shows(&pilot, "could not be written");
    pilot.press("esc");
    assert_shows(pilot.press("X ctrl-u enter"), "Name a file, such as contacts.csv");
}

#[test]
fn r6_2_an_export_needs_its_permission() {
    let folder = TempDir::new().expect("a folder");
    let workspace = people::workspace();
    let mut user = User::new(UserId(Uuid::from_u128(77)), "Jürgen Adler", "j.adler@example.com");
    user.permissions.insert(Object::CONTACT.0, Permissions { export: false, ..Permissions::ALL });
    let id = user.id;
    people::perform(&workspace, &Change::SetUser { user: Box::new(user), heir: Heir::Ask });
    let mut pilot = Pilot::start(&Arc::new(workspace.acting_as(id)), 120, 36);
    export_to(&mut pilot, folder.path(), "mine.csv");
    assert_shows(&pilot, "That was not done");
    assert!(!folder.path().join("mine.csv").exists());
}

#[test]
fn a_name_alone_is_a_file_where_the_program_was_started() {
    let folder = tempfile::tempdir().unwrap();
    let mut pilot = Pilot::start_in(folder.path(), &people::workspace(), 120, 36);
    assert_shows(pilot.press("X enter"), "Exported 30 rows");
    assert!(folder.path().join("contacts.csv").exists());
}
