//! Mails and vCards imported by keys alone.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_shows};
use crate::screens::assert_picture;
use lejek::domain::graph::Key;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lis;Róża;;;\r\nFN:Róża Lis\r\nEMAIL:roza@example.com\r\nORG:Tartak\r\n\
    END:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ida Nowak\r\nEMAIL:ida@\r\nTEL:12\r\nEND:VCARD\r\n";

fn letter(id: &str, day: u32, from: &str, subject: &str) -> String {
    format!(
        "Message-ID: <{id}@x>\nDate: {day} Nov 2026 10:00:00 +0000\nFrom: {from}\nTo: somebody@else.example\n\
         Subject: {subject}\n\nHello from {id}\n"
    )
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder of files");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a folder of files");
    fs::create_dir(folder.path().join("letters")).expect("a folder of files");
    write("letters/1.eml", &letter("1", 2, "z.wierzbicka@nordhafen-energie.example", "Offer"));
    write("letters/2.eml", &letter("2", 3, "Stranger <who@unknown.example>", "Who am I"));
    write("letters/3.eml", "Subject: no date\n\nlost\n");
    write("one.eml", &letter("4", 4, "z.wierzbicka@nordhafen-energie.example", "Alone"));
    write("people.vcf", CARDS);
    folder
}

fn screen(pilot: &Pilot, folder: &Path) -> String {
    pilot.screen().replace(&*folder.to_string_lossy(), "FOLDER")
}

#[test]
fn r3_3_a_mail_comes_in_as_an_activity_of_its_contact() {
    let (folder, workspace) = (folder(), people::workspace());
    let mut pilot = Pilot::start_in(folder.path(), &workspace, 120, 36);
    pilot.press("g i").type_in("one.eml").press("enter");
    assert_shows(&pilot, "The rows are Activities");
    pilot.press("]");
    assert_shows(&pilot, "1 created");
    pilot.press("enter");
    assert_shows(&pilot, "Imported 1 activity");
    let zofia = people::contact(&workspace, "Wierzbicka");
    let newest = workspace.store().entries(zofia).unwrap().into_iter().map(|entry| entry.id);
    let subjects: Vec<_> = newest.map(|id| workspace.store().activity(id).unwrap().unwrap().subject).collect();
    assert!(subjects.contains(&"Alone".to_owned()), "{subjects:?}");
    pilot.press("u");
    assert_shows(&pilot, "Undid");
}

#[test]
fn r3_6_a_folder_of_mails_says_who_is_unknown_and_makes_contacts_where_that_is_wanted() {
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let (folder, workspace) = (folder(), people::workspace());
        let mut pilot = Pilot::start_in(folder.path(), &workspace, width, height);
        pilot.press("g i").type_in("letters").press("tab");
        let picture = |name: &str, pilot: &Pilot| {
            assert_picture(&format!("import_mails_{name}_{width}x{height}"), screen(pilot, folder.path()));
        };
        picture("folder", &pilot);
        assert_shows(&pilot, "all mails here");
        pilot.press("enter");
        picture("columns", &pilot);
        pilot.press("]");
        assert_shows(&pilot, "1 created");
        assert_shows(&pilot, "2 left out");
        picture("check", pilot.press("j j"));
        assert_shows(&pilot, "or --create-contacts");
        pilot.press("[ R ]");
        assert_shows(&pilot, "2 created");
        pilot.press("enter");
        assert_eq!(workspace.store().find(&Key::email("who@unknown.example")).unwrap().len(), 1);
    }
}

#[test]
fn contacts_come_from_cards_and_what_is_wrong_with_one_is_said() {
    let (folder, workspace) = (folder(), people::workspace());
    let mut pilot = Pilot::start_in(folder.path(), &workspace, 120, 36);
    pilot.press("g i").type_in("people.vcf").press("enter");
    assert_shows(&pilot, "The rows are Contacts");
    pilot.press("]");
    assert_picture("import_cards_check_120x36", screen(&pilot, folder.path()));
    pilot.press("enter");
    assert_eq!(workspace.store().find(&Key::email("roza@example.com")).unwrap().len(), 1);
}
