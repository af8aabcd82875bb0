//! Long acts that were broken off, and going on with them (R7.3).

use crate::world::{Kept, World, noon, refusal};
use chrono::Duration;
use lejek::domain::association::Link;
use lejek::domain::change::{Change, Done, ImportRow, ImportTarget, Origin, Verb};
use lejek::domain::id::{ActNo, Object, OptionId, Ref};
use lejek::domain::intent::Intent;
use lejek::domain::property::form::{Instead, PropertyForm};
use lejek::domain::query::Query;
use lejek::domain::value::Value;
use lejek::store::Store;
use lejek::workspace::export::{ExportFile, Wanted};
use lejek::workspace::import::{ImportAsk, Mode};
use lejek::workspace::lanes::{Lanes, Ticket};
use lejek::workspace::request::{Reply, Request};
use lejek::workspace::resume::BrokenOff;
use lejek::workspace::window::Window;
use lejek::workspace::{Failure, Watch, Workspace};
use rstest::rstest;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// Stops an act after so many batches.
pub struct StopsAfter(pub u64);

impl Watch for StopsAfter {
    fn progress(&mut self, _: u64, _: u64) {
        self.0 = self.0.saturating_sub(1);
    }

    fn is_cancelled(&self) -> bool {
        self.0 == 0
    }
}

fn broken_off(workspace: &Workspace) -> Vec<BrokenOff> {
    match workspace.ask(&Request::BrokenOff) {
        Reply::BrokenOff(found) => found,
        other => panic!("{other:?}"),
    }
}

fn resume(world: &World, act: ActNo) -> Result<Done, Failure> {
    world.perform(Change::Resume { act })
}

fn contacts(world: &World, count: usize) -> Vec<Ref> {
    let row = |n: usize| ImportRow {
        number: n as u64 + 1,
        target: ImportTarget::Create(world.workspace.with_ids(|ids| ids.record(Object::CONTACT))),
        values: world.values(Object::CONTACT, &[("first_name", &format!("N{n}"))]),
        associate: Vec::new(),
    };
    let rows: Vec<ImportRow> = (0..count).map(row).collect();
    let made = |row: &ImportRow| match row.target {
        ImportTarget::Create(id) | ImportTarget::Update(id) => id.into(),
    };
    let ids = rows.iter().map(made).collect();
    world.does(Change::Import { rows, replace: false });
    ids
}

fn in_bin(world: &World) -> usize {
    world.store.bin(None).unwrap().len()
}

fn stopped(world: &World, change: &Change, batches: u64) -> Done {
    world.workspace.perform_long(change, Origin::CommandLine, &mut StopsAfter(batches)).unwrap()
}

#[rstest]
fn r7_3_the_rest_of_a_delete_belongs_to_the_same_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ids = contacts(&world, 500);
    let alone = ids[450];
    let begun = stopped(&world, &Change::Delete { what: ids }, 1);
    let found = broken_off(&world.workspace);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].head.act.no, found[0].head.act.done, found[0].total), (begun.act, 200, Some(500)));
    assert_eq!((&found[0].way_on, found[0].can_be_undone()), (&Ok(()), true));

    world.does(Change::Delete { what: vec![alone] });
    world.clock.set(noon() + Duration::hours(3));
    let done = resume(&world, begun.act).unwrap();
    assert_eq!((done.act, in_bin(&world)), (begun.act, 500));
    let head = world.store.act(begun.act).unwrap().unwrap();
    assert_eq!((head.act.finished, head.act.done, head.act.at), (true, 500, noon()), "it is as old as its beginning");
    assert_eq!(world.store.bin(None).unwrap()[0].at, noon() + Duration::hours(3));
    assert_eq!(broken_off(&world.workspace), []);
    assert!(refusal(resume(&world, begun.act)).to_string().contains("whole"));
    world.undo(begun.act).unwrap();
    assert_eq!(in_bin(&world), 1, "one undo brings all of it back, and nothing else");
}

#[rstest]
fn r7_3_a_restore_and_an_erase_go_on_too(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ids = contacts(&world, 410);
    world.does(Change::Delete { what: ids.clone() });
    let restored = stopped(&world, &Change::Restore { what: ids.clone(), without: Vec::new() }, 1);
    assert_eq!(in_bin(&world), 210);
    resume(&world, restored.act).unwrap();
    assert_eq!(in_bin(&world), 0);

    let erased = stopped(&world, &Change::Erase { what: ids.clone(), confirmed: true }, 2);
    let found = broken_off(&world.workspace);
    assert!(found[0].way_on.is_ok() && !found[0].can_be_undone());
    resume(&world, erased.act).unwrap();
    assert!(ids.iter().all(|one| matches!(one, Ref::Record(id) if world.record(*id).is_none())));
    assert_eq!(broken_off(&world.workspace), []);
}

/// So many commits that an undo takes several.
#[test]
fn r7_3_an_undo_goes_on_where_it_stopped() {
    let world = World::new(Kept::OnDisk);
    let deleted = world.does(Change::Delete { what: contacts(&world, 1_700) });
    let undo = Change::Undo { act: deleted.act };
    let first = stopped(&world, &undo, 3);
    assert_eq!(in_bin(&world), 1_200);
    assert_eq!(world.store.act(deleted.act).unwrap().unwrap().undone_by, None, "not before all is set back");
    world.contact(&[("first_name", "Between")]);
    assert_eq!(resume(&world, first.act).unwrap().act, first.act);
    assert_eq!(in_bin(&world), 0);
    assert_eq!(world.store.act(deleted.act).unwrap().unwrap().undone_by, Some(first.act));

    let again = stopped(&world, &Change::Redo { act: deleted.act }, 4);
    assert_eq!(world.store.act(again.act).unwrap().unwrap().act.verb, Verb::Redid(deleted.act));
    resume(&world, again.act).unwrap();
    assert_eq!((in_bin(&world), broken_off(&world.workspace)), (1_700, Vec::new()));
}

#[test]
fn r7_3_an_undo_that_was_broken_off_can_be_taken_back_itself() {
    let world = World::new(Kept::OnDisk);
    let deleted = world.does(Change::Delete { what: contacts(&world, 1_700) });
    let undo = stopped(&world, &Change::Undo { act: deleted.act }, 3);
    world.undo(undo.act).unwrap();
    assert_eq!((in_bin(&world), broken_off(&world.workspace)), (1_700, Vec::new()));
    assert!(refusal(resume(&world, undo.act)).to_string().contains("is undone"));
    world.undo(deleted.act).unwrap();
    assert_eq!(in_bin(&world), 0);
}

#[rstest]
fn r7_3_what_was_set_back_and_redone_is_offered_again(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let begun = stopped(&world, &Change::Delete { what: contacts(&world, 401) }, 1);
    world.undo(begun.act).unwrap();
    assert_eq!(broken_off(&world.workspace), []);
    world.redo(begun.act).unwrap();
    assert_eq!(broken_off(&world.workspace).len(), 1);
    resume(&world, begun.act).unwrap();
    assert_eq!(in_bin(&world), 401);
}

#[rstest]
fn r7_3_only_who_began_it_goes_on_with_it(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let adam = world.add_user("Adam", |user| user.super_admin = true);
    let begun = stopped(&world, &Change::Delete { what: contacts(&world, 401) }, 1);
    let as_adam = world.acting_as(adam);
    assert!(broken_off(&as_adam)[0].way_on.as_ref().unwrap_err().starts_with("Maja Sikorska began it"));
    let resumed = as_adam.perform_long(&Change::Resume { act: begun.act }, Origin::CommandLine, &mut ());
    assert!(refusal(resumed).to_string().contains("only they"));
    assert!(refusal(resume(&world, ActNo(4_711))).to_string().contains("no act"));
}

#[rstest]
fn r7_1_a_stopped_act_says_how_many_it_really_did(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ids = contacts(&world, 500);
    world.does(Change::Delete { what: vec![ids[7]] });
    let said = |act: ActNo| world.store.act(act).unwrap().unwrap().act.what;
    let begun = stopped(&world, &Change::Delete { what: ids.clone() }, 1);
    assert_eq!((begun.what.as_str(), begun.skipped.len()), ("Deleted 199 of 500 records", 1));
    assert_eq!(said(begun.act), "Deleted 199 of 500 records");
    let whole = resume(&world, begun.act).unwrap();
    assert_eq!((whole.what.as_str(), said(begun.act).as_str()), ("Deleted 499 records", "Deleted 499 records"));
    let nothing = world.perform(Change::Delete { what: ids[7..8].repeat(201) });
    assert_eq!(nothing.unwrap().what, "Deleted 0 of 201 records");
}

#[test]
fn r7_1_a_stopped_undo_says_how_far_it_came() {
    let world = World::new(Kept::OnDisk);
    let deleted = world.does(Change::Delete { what: contacts(&world, 1_700) });
    let undo = stopped(&world, &Change::Undo { act: deleted.act }, 3);
    assert!(undo.what.starts_with("Undid: Deleted 1700 records, "), "{}", undo.what);
    assert!(undo.what.ends_with(" of 1700 records so far"), "{}", undo.what);
    assert_eq!(resume(&world, undo.act).unwrap().what, "Undid: Deleted 1700 records");
}

/// Of all of them the lead status is set, whose options are then put in each other's place.
fn with_options(world: &World, count: usize) -> (Change, OptionId, OptionId) {
    let ids = contacts(world, count).into_iter().filter_map(|one| match one {
        Ref::Record(id) => Some(id),
        Ref::Activity(_) => None,
    });
    let id = world.property(Object::CONTACT, "lead_status");
    let settings = world.store.settings();
    let property = settings.object(Object::CONTACT).unwrap().property(id).unwrap();
    let (gone, stays) = (property.choices[0].id, property.choices[1].id);
    world.does(Change::SetMany { what: ids.collect(), values: vec![(id, Some(Value::Option(gone)))] });
    let mut form = Box::new(PropertyForm::from(property));
    form.options.retain(|option| option.id != Some(gone));
    (Change::SetProperty { object: Object::CONTACT, id, form, instead: Instead::Option(stays) }, gone, stays)
}

fn holding(world: &World, option: OptionId) -> usize {
    let id = world.property(Object::CONTACT, "lead_status");
    let mut count = 0;
    let mut see = |record: lejek::domain::record::Record| {
        count += usize::from(record.values.get(id) == Some(&Value::Option(option)));
    };
    world.store.each(Object::CONTACT, &mut see).unwrap();
    count
}

fn offers(world: &World, option: OptionId) -> bool {
    let id = world.property(Object::CONTACT, "lead_status");
    let settings = world.store.settings();
    settings.object(Object::CONTACT).unwrap().property(id).unwrap().choices.iter().any(|choice| choice.id == option)
}

#[rstest]
fn r7_3_replacing_options_goes_on_to_its_last_step(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
    #[values(1, 2, 3)] batches: u64,
) {
    let world = World::new(kept);
    let (change, gone, stays) = with_options(&world, 501);
    let begun = stopped(&world, &change, batches);
    let done = (batches * 200).min(501);
    assert_eq!(begun.what, format!("Changed the property Lead status, {done} of 501 records so far"));
    assert!(offers(&world, gone), "what is held somewhere is there");
    assert_eq!((holding(&world, gone) as u64, holding(&world, stays) as u64), (501 - done, done));
    let found = broken_off(&world.workspace);
    assert_eq!((found[0].head.act.no, &found[0].way_on, found[0].total), (begun.act, &Ok(()), Some(501)));

    let whole = resume(&world, begun.act).unwrap();
    assert_eq!((whole.act, whole.what.as_str()), (begun.act, "Changed the property Lead status"));
    assert!(!offers(&world, gone));
    assert_eq!((holding(&world, gone), holding(&world, stays)), (0, 501));
    assert_eq!(broken_off(&world.workspace), []);
    world.undo(begun.act).unwrap();
    assert!(offers(&world, gone));
    assert_eq!(holding(&world, gone), 501, "all of it is one undo");
}

/// Holds whoever tells progress until the window closes.
fn quits(world: World, start: impl FnOnce(&Lanes)) -> (Arc<dyn Store>, Vec<Reply>) {
    let window = Arc::new(Window::from(&Arc::new(world.workspace)));
    let (waits, replies) = (Arc::clone(&window), Arc::new(Mutex::new(Vec::new())));
    let (into, (going, goes)) = (Arc::clone(&replies), channel());
    let answer = move |_, reply| {
        if let Reply::Progress { .. } = reply {
            let _ = going.send(());
            while !waits.is_closing() {
                std::thread::yield_now();
            }
        }
        into.lock().unwrap().push(reply);
    };
    let lanes = Lanes::start(&window, Arc::new(answer));
    start(&lanes);
    goes.recv().unwrap();
    drop(lanes);
    drop(window);
    let replies = std::mem::take(&mut *replies.lock().unwrap());
    (world.store, replies)
}

const ONE: Ticket = Ticket { place: 1, generation: 1 };

#[rstest]
fn r7_3_quitting_ends_a_long_act_after_its_batch(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let what = contacts(&world, 900);
    let (store, _) = quits(world, |lanes| drop(lanes.perform(ONE, Change::Delete { what })));
    let (no, intent) = store.intents().unwrap().remove(0);
    assert_eq!(store.act(no).unwrap().unwrap().act.done, 200);
    assert!(matches!(intent, Intent::Delete { .. }), "it is offered at the next start");
}

#[test]
fn r7_3_quitting_ends_an_import_after_its_batch_and_a_dry_run_where_it_is() {
    let files = Files::new();
    for dry_run in [false, true] {
        let ask = Box::new(ImportAsk { dry_run, ..files.ask(Mode::Both) });
        let (store, replies) = quits(World::new(Kept::OnDisk), |lanes| drop(lanes.import(ONE, ask)));
        let ended = replies.iter().find_map(|reply| match reply {
            Reply::Imported(imported) => Some(imported.stopped),
            _ => None,
        });
        assert_eq!((ended, store.intents().unwrap().len()), (Some(true), usize::from(!dry_run)));
    }
}

#[test]
fn quitting_ends_an_export_and_leaves_no_file() {
    let (world, folder) = (World::new(Kept::OnDisk), TempDir::new().unwrap());
    contacts(&world, 1_200);
    let file = folder.path().join("all.csv");
    let query = Query::all(Object::CONTACT, world.workspace.viewer());
    let asked = ExportFile { query, wanted: Wanted::All, file };
    let (_, replies) = quits(world, |lanes| drop(lanes.export(ONE, asked)));
    assert!(matches!(replies.last(), Some(Reply::Withdrawn)), "{replies:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn sort_and_search_stop_getting_ready_when_nobody_waits() {
    let world = World::new(Kept::OnDisk);
    contacts(&world, 300);
    let asked = AtomicUsize::new(0);
    let goes_on = || asked.fetch_add(1, Ordering::SeqCst) < 100;
    assert!(world.store.prepare_while(Object::CONTACT, noon(), &goes_on).is_err());
    assert!(!world.store.is_sorted(Object::CONTACT));
    world.store.prepare(Object::CONTACT, noon()).unwrap();
    assert!(world.store.is_sorted(Object::CONTACT));
}

/// Companies that name contacts of the other file, which comes later.
struct Files {
    folder: TempDir,
}

const ROWS: usize = 2_300;

impl Files {
    fn new() -> Files {
        let files = Files { folder: TempDir::new().unwrap() };
        let mut companies = "Record ID,Company name,City,Associated Contact IDs\n".to_owned();
        let mut contacts = "Record ID,First Name,Email,City,Company\n".to_owned();
        for n in 0..ROWS {
            let tie = if n % 3 == 0 { format!("c{}", n + 1) } else { String::new() };
            writeln!(companies, "k{n},K{n},Łódź,{tie}").unwrap();
            // Some come twice, with something else to say; some have no key; some bring a company of their own.
            let (id, city) = if n % 50 == 7 { (n - 1, "Sopot") } else { (n, "Kraków") };
            let key = if n % 10 == 3 { ",N,".to_owned() } else { format!("c{id},N{id},n{id}@lejek.example") };
            let company = if n % 4 == 1 { format!("Own {}", n % 90) } else { String::new() };
            writeln!(contacts, "{key},{city},{company}").unwrap();
        }
        std::fs::write(files.path("companies.csv"), companies).unwrap();
        std::fs::write(files.path("contacts.csv"), contacts).unwrap();
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ask(&self, mode: Mode) -> ImportAsk {
        ImportAsk {
            files: vec![self.path("contacts.csv"), self.path("companies.csv")],
            mode,
            replace: true,
            ..ImportAsk::default()
        }
    }
}

/// All that stands, without ids and times.
fn content(world: &World) -> Vec<String> {
    let mut content = Vec::new();
    for object in [Object::CONTACT, Object::COMPANY] {
        let mut found = Vec::new();
        world.store.each(object, &mut |record| found.push(record)).unwrap();
        content.extend(found.into_iter().map(|record| {
            let links = world.store.links(record.id, None).unwrap();
            let end = |link: &Link| format!("{:?} {}", world.record(link.other).unwrap().values, link.primary);
            let mut ties: Vec<String> = links.iter().map(end).collect();
            ties.sort();
            format!("{:?} {ties:?}", record.values)
        }));
    }
    content.sort();
    content
}

/// On disk only: the model looks at every record for every row.
#[rstest]
fn r7_3_an_import_that_goes_on_ends_like_one_that_never_stopped(#[values(1, 2, 3, 4)] batches: u64) {
    let files = Files::new();
    let (whole, world) = (World::new(Kept::OnDisk), World::new(Kept::OnDisk));
    let ask = files.ask(if batches.is_multiple_of(2) { Mode::Create } else { Mode::Both });
    whole.workspace.import(&ask, &mut ()).unwrap();
    let begun = world.workspace.import(&ask, &mut StopsAfter(batches)).unwrap();
    let found = broken_off(&world.workspace);
    assert_eq!((found[0].head.act.no, found[0].total, &found[0].way_on), (begun.act.unwrap(), None, &Ok(())));
    assert_ne!(content(&world), content(&whole));
    let done = resume(&world, begun.act.unwrap()).unwrap();
    assert_eq!((done.act, world.store.last_act()), (begun.act.unwrap(), begun.act.unwrap()));
    assert_eq!(content(&world), content(&whole));
    assert_eq!(broken_off(&world.workspace), []);
    world.undo(done.act).unwrap();
    assert_eq!(content(&world), Vec::<String>::new());
}

#[test]
fn r7_3_an_import_goes_on_only_while_its_file_is_there_unchanged() {
    let (world, files) = (World::new(Kept::OnDisk), Files::new());
    let begun = world.workspace.import(&files.ask(Mode::Both), &mut StopsAfter(1)).unwrap().act.unwrap();
    let (path, other) = (files.path("contacts.csv"), files.path("elsewhere.csv"));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("Kraków", "Toruńń", 1)).unwrap();
    assert!(refusal(resume(&world, begun)).to_string().contains("contacts.csv was changed since"));
    std::fs::rename(&path, &other).unwrap();
    assert!(broken_off(&world.workspace)[0].way_on.as_ref().unwrap_err().contains("can't be read"));
    std::fs::write(&path, text).unwrap();
    resume(&world, begun).unwrap();
}

#[rstest]
fn r7_3_activities_go_on_where_their_import_was_broken_off(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@x.example")]);
    let folder = TempDir::new().unwrap();
    let (notes, ties) = (folder.path().join("notes.csv"), folder.path().join("engagement_contact.csv"));
    let (mut text, mut tied) = ("engagement_id,time,subject\n".to_owned(), "engagement_id,contact\n".to_owned());
    for n in 0..2_400 {
        writeln!(text, "{n},2026-11-18,Note {n}").unwrap();
        writeln!(tied, "{n},jan@x.example").unwrap();
    }
    std::fs::write(&notes, text).unwrap();
    std::fs::write(&ties, tied).unwrap();
    let ask = ImportAsk { files: vec![notes, ties], ..ImportAsk::default() };
    let begun = world.workspace.import(&ask, &mut StopsAfter(1)).unwrap();
    assert_eq!((begun.created, begun.stopped), (1_000, true), "{:?}", begun.errors);
    let act = begun.act.unwrap();
    assert_eq!(broken_off(&world.workspace).len(), 1);
    assert_eq!(resume(&world, act).unwrap().skipped, Vec::<String>::new());
    let timeline = || world.store.entries(jan).unwrap().len();
    assert_eq!((timeline(), broken_off(&world.workspace).len()), (2_400, 0));
    world.undo(act).unwrap();
    assert_eq!(timeline(), 0);
}
