//! What the program does by itself: the bin after 90 days (R5.9), the daily backup, the file after an erase.

use crate::bin::note;
use crate::world::{Kept, World, noon};
use chrono::Duration;
use lejek::domain::change::{Author, Change, Origin};
use lejek::domain::id::{ActNo, Ref};
use lejek::store::Traces;
use lejek::workspace::backup::{Existing, restore};
use lejek::workspace::lanes::{Lanes, Ticket};
use lejek::workspace::open;
use lejek::workspace::request::Reply;
use lejek::workspace::upkeep::News;
use lejek::workspace::window::Window;
use rstest::rstest;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

fn after(world: &World, days: i64) {
    world.clock.set(noon() + Duration::days(days));
}

fn expire(world: &World) -> Vec<Ref> {
    world.workspace.expire_bin(Origin::CommandLine).unwrap()
}

#[rstest]
fn r5_9_after_90_days_in_the_bin_a_record_is_gone(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    let (along, alone) = (note(&world, "only his", &[jan]), note(&world, "hers", &[eva]));
    world.does(Change::Delete { what: vec![jan.into(), alone.into()] });
    after(&world, 10);
    world.does(Change::Delete { what: vec![eva.into()] });
    after(&world, 89);
    assert_eq!(expire(&world), []);
    assert!(world.store.binned(jan).unwrap().is_some());

    after(&world, 90);
    let acts = world.store.last_act();
    assert_eq!(expire(&world), [Ref::Record(jan), Ref::Activity(alone)]);
    assert!(world.store.binned(jan).unwrap().is_none());
    assert!([along, alone].iter().all(|id| world.store.binned_activity(*id).unwrap().is_none()));
    assert!(world.store.binned(eva).unwrap().is_some(), "she lay there for 80 days");
    let head = world.store.act(ActNo(acts.0 + 1)).unwrap().unwrap();
    assert_eq!((head.act.by, head.erased), (Author::Program, true));
    assert_eq!(head.act.what, "Erased 2 records or activities after 90 days in the bin");
    assert!(world.workspace.review(1).unwrap()[0].head == head, "it stands among the acts");

    after(&world, 100);
    assert_eq!(expire(&world), [Ref::Record(eva)]);
    assert_eq!(expire(&world), []);
}

#[rstest]
fn r5_9_the_bin_is_looked_through_once_a_day(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    world.does(Change::Delete { what: vec![jan.into()] });
    world.clock.set(noon() + Duration::days(90) - Duration::hours(2));
    assert_eq!(expire(&world), []);
    after(&world, 90);
    assert_eq!(expire(&world), [], "it was looked through that day");
    after(&world, 91);
    assert_eq!(expire(&world), [Ref::Record(jan)]);
}

fn back_up(world: &World) -> Option<PathBuf> {
    world.workspace.daily_backup(&|| true).unwrap()
}

fn kept_in(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("backups")).unwrap().count()
}

#[test]
fn a_day_has_one_backup_and_only_if_something_changed() {
    let world = World::new(Kept::OnDisk);
    let folder = world.folder.as_ref().unwrap().path();
    world.contact(&[("first_name", "Jan")]);
    let file = back_up(&world).unwrap();
    assert_eq!(file, folder.join("backups/2026-11-19.lejek-backup"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    }
    let other = TempDir::new().unwrap();
    restore(&other.path().join("data"), &file, Existing::Keep, &mut |_| ()).unwrap();
    let back = open::open(&other.path().join("data")).unwrap().as_user(None).unwrap();
    assert_eq!(back.store().acts(None, 9).unwrap(), world.store.acts(None, 9).unwrap());

    world.contact(&[("first_name", "Eva")]);
    assert_eq!(back_up(&world), None, "today has one");
    after(&world, 1);
    assert!(back_up(&world).is_some());
    after(&world, 2);
    assert_eq!(back_up(&world), None, "nothing changed");
    std::fs::remove_dir_all(folder.join("backups")).unwrap();
    assert!(back_up(&world).is_some(), "there is none any more");
}

#[test]
fn the_last_seven_backups_are_kept() {
    let world = World::new(Kept::OnDisk);
    let folder = world.folder.as_ref().unwrap().path();
    for day in 0..9 {
        after(&world, day);
        world.contact(&[("first_name", "Jan")]);
        back_up(&world).unwrap();
    }
    assert_eq!(kept_in(folder), 7);
    assert!(!folder.join("backups/2026-11-20.lejek-backup").exists());
    assert!(folder.join("backups/2026-11-21.lejek-backup").exists());
}

#[test]
fn what_a_killed_backup_left_goes_with_the_next_one() {
    let world = World::new(Kept::OnDisk);
    let folder = world.folder.as_ref().unwrap().path();
    world.contact(&[("first_name", "Jan")]);
    std::fs::create_dir(folder.join("backups")).unwrap();
    std::fs::write(folder.join("backups/.lejek-Ab3xYz"), "half of one").unwrap();
    assert!(back_up(&world).is_some());
    assert_eq!(kept_in(folder), 1);
}

#[test]
fn a_backup_that_is_stopped_or_fails_leaves_nothing() {
    let world = World::new(Kept::OnDisk);
    let folder = world.folder.as_ref().unwrap().path();
    assert!(world.workspace.daily_backup(&|| false).is_err());
    assert_eq!(kept_in(folder), 0);
    std::fs::remove_dir_all(folder.join("backups")).unwrap();
    std::fs::write(folder.join("backups"), "in the way").unwrap();
    let failure = world.workspace.daily_backup(&|| true).unwrap_err();
    assert!(failure.to_string().contains("backups"), "{failure}");
    assert_eq!(World::new(Kept::InMemory).workspace.daily_backup(&|| true), Ok(None), "there is nowhere to put it");
}

/// The lanes of a workspace, and all that they answered.
struct Told {
    lanes: Lanes,
    replies: Arc<Mutex<Vec<Reply>>>,
}

impl Told {
    fn by(world: World) -> (Told, Option<TempDir>, Arc<dyn lejek::store::Store>) {
        let replies = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&replies);
        let answer = move |_, reply| into.lock().unwrap().push(reply);
        let lanes = Lanes::start(&Arc::new(Window::from(&Arc::new(world.workspace))), Arc::new(answer));
        (Told { lanes, replies }, world.folder, world.store)
    }

    fn news(&self) -> Vec<News> {
        while !self.lanes.is_idle() {
            std::thread::yield_now();
        }
        let replies = std::mem::take(&mut *self.replies.lock().unwrap());
        let news = |reply| if let Reply::Upkeep(news) = reply { Some(news) } else { None };
        replies.into_iter().filter_map(news).collect()
    }
}

#[test]
fn r5_9_after_an_erase_the_file_is_rewritten_and_says_so_until_it_is() {
    let world = World::new(Kept::OnDisk);
    let jan = world.contact(&[("first_name", "Zdzisława")]);
    let (told, folder, store) = Told::by(world);
    told.lanes.perform(Ticket { place: 1, generation: 1 }, Change::Erase { what: vec![jan.into()], confirmed: true });
    assert_eq!(told.news(), [News::Rewriting, News::Rewritten]);
    assert_eq!(store.traces().unwrap(), Traces::None);
    let db = folder.as_ref().unwrap().path().join("db");
    for entry in std::fs::read_dir(db).unwrap() {
        let path = entry.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        assert!(!bytes.windows(4).any(|window| window == "Zdzi".as_bytes()), "{}", path.display());
    }
}

#[test]
fn r5_9_what_an_erase_left_is_rewritten_after_the_next_start() {
    let world = World::new(Kept::OnDisk);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    world.does(Change::Erase { what: vec![jan.into()], confirmed: true });
    world.does(Change::Delete { what: vec![eva.into()] });
    after(&world, 90);
    let (told, folder, store) = Told::by(world);
    told.lanes.look_after();
    assert_eq!(told.news(), [News::Expired(vec![eva.into()]), News::Rewriting, News::Rewritten]);
    assert_eq!(store.traces().unwrap(), Traces::None);
    assert_eq!(kept_in(folder.as_ref().unwrap().path()), 1);
    told.lanes.look_after();
    assert_eq!(told.news(), []);
}
