//! Two records become one: found, laid side by side, chosen line by line, merged and parted again.

use crate::common::people;
use crate::common::pilot::{Pilot, assert_hides, assert_shows};
use crate::screens::assert_picture;
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Object, RecordId};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::Workspace;
use std::sync::Arc;

/// Three people are called Jan Kowalski; two of them have a city and a job.
pub fn jans() -> Arc<Workspace> {
    let workspace = people::workspace();
    let mut jans: Vec<RecordId> = Vec::new();
    let mut look = |record: lejek::domain::record::Record| {
        jans.extend((record.text(is::LAST_NAME) == Some("Kowalski")).then_some(record.id));
    };
    workspace.store().each(Object::CONTACT, &mut look).expect("readable");
    for (jan, city) in jans.iter().zip(["Gdynia", "Łódź"]) {
        people::set(&workspace, *jan, is::CITY, city);
        people::set(&workspace, *jan, is::JOB_TITLE, "Head of Purchase");
    }
    let values = vec![(is::NAME, Value::text("Racking, second hall"))];
    let associate = vec![lejek::domain::association::Tying::new(jans[1])];
    let deal = Change::Create { object: Object::DEAL, values, associate };
    workspace.perform(&deal, Origin::Interface).expect("granted");
    workspace
}

/// On the page of the first one.
fn page(width: u16, height: u16) -> Pilot {
    let mut pilot = Pilot::start(&jans(), width, height);
    pilot.press("/").type_in("kowalski balticfreight");
    pilot.press("enter enter");
    assert_shows(&pilot, "Contacts › Jan Kowalski");
    pilot
}

/// The first one beside the second one.
fn side_by_side(width: u16, height: u16) -> Pilot {
    let mut pilot = page(width, height);
    pilot.press("M").type_in("hanse");
    pilot.press("enter");
    assert_shows(&pilot, "Merge 2 contacts");
    pilot
}

/// The row that begins with this label.
fn line(pilot: &Pilot, label: &str) -> String {
    let rows = pilot.rows();
    let inside = rows.iter().filter_map(|row| row.split_once('│')?.1.rsplit_once('│'));
    let mut lines = inside.map(|(row, _)| row.trim_start_matches([' ', '▌']).trim_end().to_owned());
    let found = lines.find(|row| row.starts_with(label));
    found.unwrap_or_else(|| panic!("no line {label}:\n{}", pilot.screen()))
}

#[test]
fn r5_11_those_that_may_be_the_same_are_offered_first() {
    let mut pilot = page(120, 36);
    pilot.press("M");
    assert_shows(&pilot, "Merge with Jan Kowalski");
    assert_shows(&pilot, "May be the same");
    assert!(pilot.rows().iter().filter(|row| row.contains("same name")).count() == 2, "{}", pilot.screen());
    pilot.type_in("thornbury");
    assert_shows(&pilot, "Harriet Thornbury");
    assert_hides(&pilot, "same name");
    pilot.press("ctrl-u").type_in("nobody is called so");
    assert_shows(&pilot, "No other contact holds these words.");
    assert_hides(pilot.press("esc"), "Merge with");
}

#[test]
fn r5_11_a_record_is_merged_and_parted_by_keys() {
    let mut pilot = side_by_side(120, 36);
    assert_shows(&pilot, "Goes over  1 deal, 1 activity");
    assert_shows(&pilot, "Hanse Logistik KG: not associated, since Jan Kowalski has Baltic Freight and 1 is the limit");
    assert!(line(&pilot, "City").contains("● Gdynia"), "{}", line(&pilot, "City"));
    assert!(line(&pilot, "City").ends_with("Gdynia"));
    assert!(line(&pilot, "Further e-mails").contains("jan.kowalski@hanse"), "{}", pilot.screen());
    // E-mail, further ones, stage, city.
    pilot.press("j j j space");
    assert!(line(&pilot, "City").contains("○ Gdynia"), "{}", line(&pilot, "City"));
    assert!(line(&pilot, "City").ends_with("Łódź"));
    pilot.press("enter");
    assert_shows(&pilot, "Merged Jan Kowalski into Jan Kowalski");
    assert_shows(&pilot, "Left out: Hanse Logistik KG");
    assert_shows(&pilot, "Contacts › Jan Kowalski");
    assert_shows(&pilot, "Łódź");
    assert_shows(&pilot, "Racking, second hall");
    pilot.press("g c");
    assert_shows(&pilot, "1 of 29");
    pilot.press("u");
    assert_shows(&pilot, "1 of 30");
}

#[test]
fn r5_11_the_other_one_stays_after_a_swap() {
    let mut pilot = side_by_side(120, 36);
    pilot.press("ctrl-x");
    assert!(line(&pilot, "City").contains("● Łódź"), "{}", pilot.screen());
    pilot.press("enter");
    assert_shows(&pilot, "Contacts › Jan Kowalski");
    assert_shows(&pilot, "Hanse Logistik KG");
    assert_hides(&pilot, "This record is not there");
}

#[test]
fn r5_11_exactly_two_marked_rows_are_merged() {
    let mut pilot = Pilot::start(&jans(), 120, 36);
    pilot.press("/").type_in("kowalski jan");
    pilot.press("enter space space");
    pilot.press("M");
    assert_shows(&pilot, "Merge 2 contacts");
    pilot.press("esc space M");
    assert_shows(&pilot, "Two records become one, here 3 are marked.");
    pilot.press("k space M enter");
    assert_shows(&pilot, "Merged Jan Kowalski into Jan Kowalski");
    assert_hides(&pilot, "selected");
    pilot.press("g x");
    assert_shows(&pilot, "merged into Jan Kowalski");
    pilot.press("enter");
    assert_shows(&pilot, "was merged into Jan Kowalski. To part them, undo act");
}

#[test]
fn r6_2_what_may_not_be_merged_says_why() {
    let workspace = jans();
    let user = people::workspace().user();
    let guest = lejek::domain::user::User {
        permissions: [(
            Object::CONTACT.0,
            lejek::domain::user::Permissions {
                delete: lejek::domain::user::Reach::None,
                ..lejek::domain::user::Permissions::ALL
            },
        )]
        .into(),
        ..lejek::domain::user::User::new(
            lejek::domain::id::UserId(uuid::Uuid::from_u128(99)),
            "Guest",
            "guest@example.com",
        )
    };
    assert_ne!(user, guest.id);
    people::perform(&workspace, &Change::AddUser { user: Box::new(guest.clone()) });
    let mut pilot = Pilot::start(&Arc::new(workspace.acting_as(guest.id)), 120, 36);
    pilot.press("/").type_in("kowalski");
    pilot.press("enter space space M");
    assert_shows(&pilot, "Needs the permission to delete contacts of others.");
    pilot.press("enter");
    assert_hides(&pilot, "Merged");
}

#[test]
fn how_a_merge_looks() {
    for (width, height) in [(80, 24), (120, 36)] {
        let mut pilot = side_by_side(width, height);
        pilot.press("j j space");
        assert_picture(&format!("merge_{width}x{height}"), pilot.screen());
        assert_picture(&format!("twin_{width}x{height}"), page(width, height).press("M").screen());
    }
}
