//! E-mails from files, folders and standard input (R3.3, R3.6, R3.7, R5.11).

use crate::world::{Kept, World};
use lejek::domain::activity::{Activity, Details, Direction, LoggedFrom};
use lejek::domain::change::Change;
use lejek::domain::graph::Key;
use lejek::domain::id::{ActivityId, Object, RecordId};
use lejek::workspace::Watch;
use lejek::workspace::import::{ImportAsk, Imported, StandardInput};
use lejek::workspace::request::{Reply, Request};
use rstest::rstest;
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

/// Who writes as the user of the world.
fn me(world: &World) -> String {
    world.store.settings().users[0].email.clone()
}

fn letter(id: &str, day: u32, more: &str) -> String {
    format!("Message-ID: <{id}>\nDate: {day} Nov 2026 10:00:00 +0000\n{more}\n\nHello from {id}\n")
}

fn import(world: &World, letters: &[String], change: impl FnOnce(&mut ImportAsk)) -> Imported {
    let folder = TempDir::new().unwrap();
    for (at, letter) in letters.iter().enumerate() {
        fs::write(folder.path().join(format!("{at}.eml")), letter).unwrap();
    }
    let mut ask = ImportAsk { files: vec![folder.path().to_owned()], ..ImportAsk::default() };
    change(&mut ask);
    world.workspace.import(&ask, &mut ()).unwrap()
}

fn mails(world: &World, of: RecordId) -> Vec<Activity> {
    let entries = world.store.entries(of).unwrap();
    let mut mails: Vec<_> = entries.iter().map(|entry| world.store.activity(entry.id).unwrap().unwrap()).collect();
    mails.sort_by_key(|mail| mail.at);
    mails
}

fn reaches(mail: &Activity) -> Vec<RecordId> {
    sorted(mail.targets.iter().map(|target| target.record).collect())
}

fn sorted(mut records: Vec<RecordId>) -> Vec<RecordId> {
    records.sort();
    records
}

#[rstest]
fn r3_3_an_imported_mail_is_logged_on_the_first_known_contact(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let me = me(&world);
    let (jan, eva) = (world.contact(&[("email", "jan@acme.pl")]), world.contact(&[("email", "eva@acme.pl")]));
    let acme = world.company("Acme");
    world.tie(jan, acme);
    let letters = [
        letter(
            "out@me",
            1,
            &format!("From: Me <{me}>\nTo: nobody@x.pl, Jan <JAN@acme.pl>\nCc: eva@acme.pl\nSubject: Offer"),
        ),
        letter("in@acme", 2, &format!("From: eva@acme.pl\nTo: {me}, jan@acme.pl\nSubject: \x1b[31mHi")),
    ];
    let imported = import(&world, &letters, |_| {});
    assert_eq!((imported.created, imported.skipped), (2, 0), "{:?}", imported.errors);
    assert!(imported.errors.iter().any(|fault| fault.message.contains("nobody@x.pl is no contact here")));

    let of_jan = mails(&world, jan);
    let [out, came] = of_jan.as_slice() else { panic!("{of_jan:?}") };
    assert_eq!((out.logged_on, out.logged_from, out.direction()), (jan, LoggedFrom::Import, Some(Direction::Out)));
    assert_eq!(reaches(out), sorted(vec![jan, acme, eva]), "primary company (R3.4) and whom it was sent to (R3.6)");
    let Details::Email { from, to, cc, thread, .. } = &out.details else { panic!() };
    assert_eq!((from, to.len(), cc.join(",").as_str()), (&me, 2, "eva@acme.pl"));
    assert_eq!(thread.as_deref(), Some("out@me"));
    assert_eq!((out.subject.as_str(), out.text.as_str()), ("Offer", "Hello from out@me"));
    assert_eq!((came.logged_on, came.direction()), (eva, Some(Direction::In)));
    assert_eq!(came.subject, "[31mHi", "an escape sequence does not come in");
}

#[rstest]
fn r3_7_a_reply_goes_where_the_thread_began_whatever_the_order_of_the_files(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = world.contact(&[("email", "jan@acme.pl")]);
    let eva = world.contact(&[("email", "eva@beta.pl")]);
    let (acme, beta) = (world.company("Acme"), world.company("Beta"));
    world.tie(jan, acme);
    world.tie(eva, beta);
    let to_me = format!("To: {}", me(&world));
    let letters = [
        letter("3@x", 3, &format!("From: eva@beta.pl\n{to_me}\nIn-Reply-To: <2@x>")),
        letter("2@x", 2, &format!("From: jan@acme.pl\n{to_me}\nReferences: <0@gone> <1@x>")),
        letter("1@x", 1, &format!("From: jan@acme.pl\n{to_me}")),
    ];
    assert_eq!(import(&world, &letters, |_| {}).created, 3);
    let of_eva = mails(&world, eva);
    assert_eq!(of_eva[0].thread(), Some("1@x"));
    assert_eq!(reaches(&of_eva[0]), sorted(vec![eva, jan, acme]), "not to her own company");
    assert_eq!(mails(&world, jan).iter().filter(|mail| mail.thread() == Some("1@x")).count(), 3);
}

#[rstest]
fn r3_7_a_mailbox_in_any_order_is_read_oldest_first(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("email", "jan@acme.pl")]);
    let eva = world.contact(&[("email", "eva@beta.pl")]);
    let (acme, beta) = (world.company("Acme"), world.company("Beta"));
    world.tie(jan, acme);
    world.tie(eva, beta);
    let to_me = format!("To: {}", me(&world));
    let text = [
        letter("2@x", 2, &format!("From: eva@beta.pl\n{to_me}\nReferences: <1@x>")),
        "Subject: without a date\n\nlost\n".to_owned(),
        letter("1@x", 1, &format!("From: jan@acme.pl\n{to_me}")),
    ];
    let text = text.map(|letter| format!("From somebody Thu Nov 19 14:20:00 2026\n{letter}\n")).concat();
    let input = StandardInput::new(move || Box::new(std::io::Cursor::new(text.clone())));
    let ask = ImportAsk { files: vec!["-".into()], input, ..ImportAsk::default() };
    let imported = world.workspace.import(&ask, &mut ()).unwrap();
    assert_eq!((imported.created, imported.skipped), (2, 1), "{:?}", imported.errors);
    let of_eva = mails(&world, eva);
    assert_eq!((of_eva[0].thread(), reaches(&of_eva[0])), (Some("1@x"), sorted(vec![eva, jan, acme])));
}

/// Stops an import at its first batch.
struct Stops(bool);

impl Watch for Stops {
    fn progress(&mut self, _: u64, _: u64) {
        self.0 = true;
    }

    fn is_cancelled(&self) -> bool {
        self.0
    }
}

#[rstest]
fn r7_3_a_folder_goes_on_where_it_was_broken_off(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let me = me(&world);
    let folder = TempDir::new().unwrap();
    let path = |n: u32| folder.path().join(format!("{n}.eml"));
    for n in 0..1_500 {
        let more = format!("From: nr{}@acme.pl\nTo: {me}\nReferences: <{}@x>", n % 7, n / 3 * 3);
        fs::write(path(n), letter(&format!("{n}@x"), 1 + n / 100, &more)).unwrap();
    }
    let ask = ImportAsk { files: vec![folder.path().to_owned()], create_contacts: true, ..ImportAsk::default() };
    let begun = world.workspace.import(&ask, &mut Stops(false)).unwrap();
    assert_eq!((begun.created, begun.stopped), (1_000, true), "{:?}", begun.errors);
    let ways_on = || match world.workspace.ask(&Request::BrokenOff) {
        Reply::BrokenOff(found) => found.into_iter().map(|act| act.way_on).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    fs::write(path(1_500), "Subject: one more\n\n").unwrap();
    let why = ways_on().remove(0).expect_err("a mail came to the folder");
    assert!(why.contains("was changed since"), "{why}");
    fs::remove_file(path(1_500)).unwrap();
    assert_eq!(ways_on(), [Ok(())]);
    let act = begun.act.unwrap();
    world.perform(Change::Resume { act }).unwrap();
    let contacts = (0..7).map(|n| world.store.find(&Key::email(&format!("nr{n}@acme.pl"))).unwrap());
    let contacts: Vec<RecordId> = contacts.map(|found| <[RecordId; 1]>::try_from(found).unwrap()[0]).collect();
    let logged = contacts.iter().flat_map(|of| mails(&world, *of).into_iter().map(|mail| mail.id));
    assert_eq!((logged.collect::<BTreeSet<_>>().len(), ways_on()), (1_500, Vec::new()));
    world.undo(act).unwrap();
    assert!(world.record(contacts[0]).is_none());
}

#[rstest]
fn r5_11_the_same_mail_twice_is_once_and_a_folder_is_one_undo(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("email", "jan@acme.pl")]);
    let letters = [
        letter("1@x", 1, "From: jan@acme.pl\nTo: a@x.pl"),
        letter("1@x", 1, "From: jan@acme.pl\nTo: a@x.pl"),
        "From: jan@acme.pl\nTo: a@x.pl\nDate: 2 Nov 2026 10:00:00 +0000\n\nno id".to_owned(),
        "From: jan@acme.pl\nTo: a@x.pl\n\nno date".to_owned(),
        letter("4@x", 1, "From: stranger@x.pl\nTo: a@x.pl"),
    ];
    let tried = import(&world, &letters, |ask| ask.dry_run = true);
    assert_eq!((tried.created, tried.unchanged, tried.skipped, tried.act), (2, 1, 2, None), "{:?}", tried.errors);
    let imported = import(&world, &letters, |_| {});
    assert_eq!((imported.created, imported.unchanged, imported.skipped), (2, 1, 2), "{:?}", imported.errors);
    assert!(imported.errors.iter().any(|fault| fault.message.contains("--create-contacts")), "{:?}", imported.errors);
    let again = import(&world, &letters, |_| {});
    assert_eq!((again.created, again.unchanged, again.act), (0, 3, None), "{:?}", again.errors);
    assert_eq!(mails(&world, jan).len(), 2);
    world.undo(imported.act.unwrap()).unwrap();
    assert!(mails(&world, jan).is_empty());
}

#[rstest]
fn r3_6_unknown_addresses_become_contacts_where_that_is_wanted(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let me = me(&world);
    let letters = [
        letter("1@x", 1, &format!("From: Jan Kowalski <jan@acme.pl>\nTo: {me}")),
        letter("2@x", 2, &format!("From: {me}\nTo: \"JAN@ACME.PL\" <jan@acme.pl>, eva@acme.pl")),
        letter("3@x", 2, &format!("From: {me}\nTo: {me}")),
    ];
    let tried = import(&world, &letters, |ask| (ask.dry_run, ask.create_contacts) = (true, true));
    assert_eq!((tried.created, tried.skipped, tried.act), (2, 1, None), "{:?}", tried.errors);
    let imported = import(&world, &letters, |ask| ask.create_contacts = true);
    assert_eq!((imported.created, imported.skipped), (2, 1), "{:?}", imported.errors);
    assert_eq!(imported.errors[0].message, "It made 2 contacts for addresses that nobody had");
    let one = |address: &str| world.store.find(&Key::email(address)).unwrap()[0];
    let (jan, eva) = (one("jan@acme.pl"), one("eva@acme.pl"));
    assert_eq!(world.record(jan).unwrap().name(), "Jan Kowalski");
    assert_eq!((mails(&world, jan).len(), mails(&world, eva).len()), (2, 1));
    world.undo(imported.act.unwrap()).unwrap();
    assert!(world.record(jan).is_none() && world.record(eva).is_none());
}

#[rstest]
fn r5_11_a_mail_may_come_from_standard_input(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("email", "jan@acme.pl")]);
    let text = letter("1@x", 1, "From: jan@acme.pl\nTo: a@x.pl").replace('\n', "\r\n");
    let input = StandardInput::new(move || Box::new(std::io::Cursor::new(text.clone())));
    for object in [None, Some(Object::ACTIVITY)] {
        let ask = ImportAsk { files: vec!["-".into()], input: input.clone(), object, ..ImportAsk::default() };
        assert_eq!(world.workspace.import(&ask, &mut ()).unwrap().skipped, 0);
    }
    let all: Vec<ActivityId> = mails(&world, jan).iter().map(|mail| mail.id).collect();
    assert_eq!(all.len(), 1);
}
