//! What the program does by itself waits until nobody does anything.

use crate::common::pilot::{Pilot, now};
use chrono::Duration as Days;
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Ids, Object, UserId};
use lejek::domain::object::is;
use lejek::domain::user::User;
use lejek::domain::value::Value;
use lejek::store::sled::SledStore;
use lejek::workspace::Workspace;
use lejek::workspace::clock::{CountedIds, FixedClock};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

fn on_disk(folder: &Path, clock: &Arc<FixedClock>) -> Arc<Workspace> {
    let store = Arc::new(SledStore::open(folder).expect("a store"));
    let mut ids = CountedIds(0);
    let first = User::new(UserId(ids.next()), "Maja Sikorska", "maja@example.com");
    Arc::new(Workspace::found(store, clock.clone(), Box::new(ids), first, Origin::Demo).expect("a new workspace"))
}

fn backups(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("backups")).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn create(workspace: &Workspace) {
    let values = vec![(is::LAST_NAME, Value::text("Kowalski"))];
    let change = Change::Create { object: Object::CONTACT, values, associate: Vec::new() };
    workspace.perform(&change, Origin::Interface).expect("it is granted");
}

#[test]
fn a_backup_is_written_after_a_minute_without_a_key_and_once_on_each_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(FixedClock::at(now()));
    let workspace = on_disk(folder.path(), &clock);
    create(&workspace);
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.look_after();
    pilot.wait(Duration::from_secs(50)).press("j").wait(Duration::from_secs(50));
    assert_eq!(backups(folder.path()), Vec::<String>::new(), "a key begins the minute anew");
    pilot.wait(Duration::from_secs(11));
    assert_eq!(backups(folder.path()), ["2026-11-19.lejek-backup"]);

    create(&workspace);
    clock.set(now() + Days::days(1));
    pilot.wait(Duration::from_mins(30));
    assert_eq!(backups(folder.path()).len(), 1, "a new day is looked for once an hour");
    pilot.wait(Duration::from_mins(31));
    assert_eq!(backups(folder.path()), ["2026-11-19.lejek-backup", "2026-11-20.lejek-backup"]);
}

#[test]
fn r5_9_what_lies_in_the_bin_for_90_days_goes_from_a_session_that_stays_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(FixedClock::at(now()));
    let workspace = on_disk(folder.path(), &clock);
    create(&workspace);
    let mut what = Vec::new();
    workspace.store().each(Object::CONTACT, &mut |record| what.push(record.id.into())).expect("readable");
    workspace.perform(&Change::Delete { what }, Origin::Interface).expect("it is granted");
    let mut pilot = Pilot::start(&workspace, 120, 36);
    pilot.wait(Duration::from_mins(2));
    assert_eq!(workspace.store().bin(None).expect("the bin").len(), 1);
    clock.set(now() + Days::days(91));
    pilot.wait(Duration::from_hours(2));
    assert!(pilot.shows("1 thing was erased"), "{}", pilot.screen());
    assert_eq!(workspace.store().bin(None).expect("the bin").len(), 0);
}
