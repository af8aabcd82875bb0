//! Random changes on both stores: equal answers to every question, and what must always hold, holds.

use crate::agenda::page;
use crate::world::{Kept, World};
use lejek::domain::activity::{ActivityEdit, ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::agenda::{Queue, Snooze, Tending, Whose};
use lejek::domain::association::Tying;
use lejek::domain::association::has_primary;
use lejek::domain::board::{ORDER, Piece};
use lejek::domain::change::{Change, Done, Origin};
use lejek::domain::id::{ActNo, Object, RecordId, Ref};
use lejek::domain::logging::Logging;
use lejek::domain::notification::{ChannelKind, InboxAsk, InboxFilter, Topic};
use lejek::domain::object::custom::ObjectForm;
use lejek::domain::object::{ObjectSpec, is};
use lejek::domain::query::{Query, Sort};
use lejek::domain::search::Search;
use lejek::domain::user::Viewer;
use lejek::domain::value::Value;
use lejek::store::Store as _;
use lejek::store::history::history;
use lejek::store::notifications::Notifications as _;
use lejek::store::sled::SledStore;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// One thing somebody does, by places in the list of what was made.
#[derive(Debug, Clone)]
enum Step {
    New(u8, u8),
    Set(usize, u8),
    Email(usize, u8),
    Tie(usize, usize, bool, bool),
    Untie(usize, usize),
    Delete(usize),
    Merge(usize, usize),
    Restore(usize),
    Erase(usize),
    Undo(u64),
    Redo(u64),
    Note(usize, usize),
    Mail(usize, u8),
    Task(usize, u8),
    Tend(usize, u8),
    /// Of the timeline of one, an activity: edited, put on another, taken off, pinned, deleted.
    Edit(usize, usize, u8),
    Attach(usize, usize, usize),
    Detach(usize, usize),
    Pin(usize, usize),
    Drop(usize, usize),
    /// One of the activities in the bin.
    Bring(usize),
    DeleteObject,
    /// Whom, to which stage, with answers; between which others.
    Move(usize, usize, bool, Option<(usize, usize)>),
    /// Which object, which stage, what becomes of it.
    Stage(u8, usize, u8),
    /// One of the settings of leads.
    Automate(usize),
    /// A lifecycle stage, of contacts and companies.
    Life(usize, u8),
    /// A call or an answer.
    Call(usize, bool),
    /// Of one of the addresses or domains, with an id that may come again.
    Event(u8, u8),
    /// By Maja, or no more.
    Follow(usize, bool),
    /// Claimed by one of the partners, or not any more.
    Claim(usize, u8),
}

/// What leads may do by themselves (R1, R2): mostly on.
const AUTOMATIC: &[(&str, &str)] = &[
    ("leads.sync_owner", "true"),
    ("leads.sync_owner", "false"),
    ("leads.sync_activities", "true"),
    ("leads.sync_activities", "true"),
    ("leads.sync_activities", "false"),
    ("leads.create_on_lifecycle", "Lead;Customer;Opportunity"),
    ("leads.create_on_lifecycle", "Sales qualified lead"),
    ("leads.create_on_lifecycle", "off"),
    ("leads.lifecycle_on_associate", "Sales qualified lead"),
    ("leads.lifecycle_on_associate", "Lead"),
    ("leads.lifecycle_on_associate", "off"),
    ("leads.lifecycle_on_associate_back", "true"),
    ("leads.lifecycle_on_associate_back", "false"),
    ("lifecycle.sync", "true"),
    ("lifecycle.sync", "true"),
    ("lifecycle.sync", "false"),
    ("leads.stage_automation", "Leads=Attempting>Connected"),
    ("leads.stage_automation", "off"),
];

/// Of one change, whatever is switched on: each rule does each thing once.
const EFFECTS_AT_MOST: usize = 200;

fn step() -> impl Strategy<Value = Step> {
    let at = 0..12usize;
    prop_oneof![
        4 => (0..6u8, any::<u8>()).prop_map(|(object, name)| Step::New(object, name)),
        3 => (at.clone(), any::<u8>()).prop_map(|(at, city)| Step::Set(at, city % 3)),
        2 => (at.clone(), any::<u8>()).prop_map(|(at, who)| Step::Email(at, who % 4)),
        5 => (at.clone(), at.clone(), any::<bool>(), any::<bool>()).prop_map(|(a, b, p, r)| Step::Tie(a, b, p, r)),
        2 => (at.clone(), at.clone()).prop_map(|(a, b)| Step::Untie(a, b)),
        3 => at.clone().prop_map(Step::Delete),
        2 => (at.clone(), at.clone()).prop_map(|(a, b)| Step::Merge(a, b)),
        2 => at.clone().prop_map(Step::Restore),
        1 => at.clone().prop_map(Step::Erase),
        4 => (1..40u64).prop_map(Step::Undo),
        2 => (1..40u64).prop_map(Step::Redo),
        2 => (at.clone(), at.clone()).prop_map(|(a, b)| Step::Note(a, b)),
        3 => (at.clone(), 0..4u8).prop_map(|(at, who)| Step::Mail(at, who)),
        3 => (at.clone(), 0..4u8).prop_map(|(at, day)| Step::Task(at, day)),
        2 => (at.clone(), 0..4u8).prop_map(|(at, how)| Step::Tend(at, how)),
        2 => (at.clone(), 0..4usize, any::<u8>()).prop_map(|(at, nth, how)| Step::Edit(at, nth, how)),
        2 => (at.clone(), 0..4usize, at.clone()).prop_map(|(at, nth, other)| Step::Attach(at, nth, other)),
        2 => (at.clone(), 0..4usize).prop_map(|(at, nth)| Step::Detach(at, nth)),
        1 => (at.clone(), 0..4usize).prop_map(|(at, nth)| Step::Pin(at, nth)),
        1 => (at.clone(), 0..4usize).prop_map(|(at, nth)| Step::Drop(at, nth)),
        1 => (0..4usize).prop_map(Step::Bring),
        1 => Just(Step::DeleteObject),
        5 => (at.clone(), at.clone(), any::<bool>(), prop::option::of((at.clone(), at.clone())))
            .prop_map(|(which, stage, answers, between)| Step::Move(which, stage, answers, between)),
        4 => (0..AUTOMATIC.len()).prop_map(Step::Automate),
        4 => (at.clone(), 1..9u8).prop_map(|(at, stage)| Step::Life(at, stage)),
        3 => (at.clone(), any::<bool>()).prop_map(|(at, connected)| Step::Call(at, connected)),
        4 => (0..6u8, 0..6u8).prop_map(|(who, id)| Step::Event(who, id)),
        2 => (at.clone(), 0..4u8).prop_map(|(at, partner)| Step::Claim(at, partner)),
        1 => (at.clone(), any::<bool>()).prop_map(|(at, follow)| Step::Follow(at, follow)),
        2 => (0..3u8, at, any::<u8>()).prop_map(|(object, stage, how)| Step::Stage(object, stage, how)),
    ]
}

/// The last one is a user's own.
const OBJECTS: [Object; 6] =
    [Object::CONTACT, Object::COMPANY, Object::DEAL, Object::TICKET, Object::LEAD, Object::FIRST_CUSTOM];

fn change(world: &World, made: &[RecordId], step: &Step) -> Option<Change> {
    let at = |at: usize| made.get(at % made.len().max(1)).copied();
    Some(match step {
        Step::New(object, name) => {
            let object = OBJECTS[usize::from(*object)];
            world.store.settings().object(object)?;
            let values = world.values(object, &[("name", &format!("N{name} L"))]);
            // A lead needs one of those (R2.13).
            let whose = made.iter().rev().find(|id| OBJECTS[..2].contains(&id.object) && world.record(**id).is_some());
            let associate = if object == Object::LEAD { vec![Tying::new(*whose?)] } else { Vec::new() };
            Change::Create { object, values, associate }
        }
        Step::Set(which, owner) => {
            let id = at(*which)?;
            world.store.settings().object(id.object)?;
            let property = world.property(id.object, "owner");
            let whose = if *owner == 1 { "maja@lejek.example" } else { "ola@lejek.example" };
            let value = world.values(id.object, &[("owner", whose)]).remove(0).1;
            Change::Set { record: id, values: vec![(property, (*owner > 0).then_some(value))] }
        }
        Step::Email(which, who) => {
            let id = at(*which).filter(|id| id.object == Object::CONTACT)?;
            let values = world.values(id.object, &[("email", &format!("p{who}@x.example"))]);
            Change::Set { record: id, values: values.into_iter().map(|(id, value)| (id, Some(value))).collect() }
        }
        Step::Tie(a, b, primary, replace) => {
            let tying = Tying { primary: *primary, replace: *replace, ..Tying::new(at(*b)?) };
            Change::Associate { one: at(*a)?, ties: vec![tying], off: Vec::new() }
        }
        Step::Untie(a, b) => Change::dissociate(at(*a)?, at(*b)?),
        // Leads that lose their last contact or company go along.
        Step::Delete(which) => Change::Agreed(Box::new(Change::Delete { what: vec![at(*which)?.into()] })),
        Step::Merge(a, b) => {
            let into = at(*a)?;
            world.store.settings().object(into.object)?;
            // Most pairs are of two objects: the next one of the first's own is taken.
            let from = made.iter().cycle().skip(b % made.len()).take(made.len());
            let from = from.copied().find(|id| id.object == into.object && *id != into)?;
            Change::Merge { into, from, take: vec![world.property(into.object, "owner")] }
        }
        Step::Restore(which) => Change::Restore { what: vec![at(*which)?.into()], without: Vec::new() },
        Step::Erase(which) => Change::Erase { what: vec![at(*which)?.into()], confirmed: true },
        Step::Undo(act) => Change::Undo { act: ActNo(*act) },
        Step::Redo(act) => Change::Redo { act: ActNo(*act) },
        Step::Mail(which, who) => Change::log(mail(at(*which)?, *who)),
        Step::DeleteObject => Change::DeleteObject { object: Object::FIRST_CUSTOM, confirmed: true },
        Step::Move(which, stage, answers, between) => {
            let between = between.map(|(above, below)| (at(above), at(below)));
            crate::moving::some_move(world, at(*which)?, *stage, *answers, between)?
        }
        Step::Stage(object, stage, how) => crate::pipelines::some_change(world, *object, *stage, *how),
        Step::Automate(which) => match AUTOMATIC[*which] {
            ("leads.sync_owner", "true") => Change::SyncOwner { existing: which % 2 == 0 },
            (key, value) => crate::lead_sync::settings(key, value),
        },
        Step::Life(which, stage) => {
            let id = at(*which).filter(|id| OBJECTS[..2].contains(&id.object))?;
            let stage = Value::Option(lejek::domain::id::OptionId(u16::from(*stage)));
            Change::Set { record: id, values: vec![(is::LIFECYCLE_STAGE, Some(stage))] }
        }
        Step::Event(who, id) => {
            let whom = if *who < 4 { format!("p{who}@x.example") } else { "x.example".to_owned() };
            let id = (*id > 1).then(|| format!("e{id}"));
            Change::Events { rows: vec![crate::events::row(world, "sign_up", &whom, id.as_deref())] }
        }
        Step::Follow(which, follow) => Change::Follow { record: at(*which)?, follow: *follow },
        Step::Claim(which, partner) => {
            let (record, partner) = (at(*which)?, format!("P{}", partner % 2));
            match partner.as_str() {
                "P0" => Change::Deregister { record, partner: None },
                _ => Change::Register { record, partner, from: None, until: None },
            }
        }
        Step::Note(..) => return None,
        of_activity => return activity_change(world, made, of_activity),
    })
}

/// A change of an activity, where the step is one.
fn activity_change(world: &World, made: &[RecordId], step: &Step) -> Option<Change> {
    let at = |at: usize| made.get(at % made.len().max(1)).copied();
    let of = |which: usize, nth: usize| {
        let entries = world.store.entries(at(which)?).unwrap();
        entries.get(nth % entries.len().max(1)).map(|entry| entry.id)
    };
    let amend = |activity, edit, attach, detach| {
        Change::Agreed(Box::new(Change::Amend { activity, edit: Box::new(edit), attach, detach }))
    };
    Some(match step {
        Step::Call(which, is_connected) => {
            let outcome = is_connected.then_some(lejek::domain::activity::CallOutcome::Connected);
            let details = Details::Call { direction: Direction::Out, outcome, duration: None };
            Change::log(Logging { details, ..crate::lead_sync::call(at(*which)?) })
        }
        Step::Task(which, day) => Change::log(task(world, at(*which)?, *day)),
        Step::Tend(which, how) => {
            let page = page(world, Queue::default());
            let what = page.items.get(which % page.items.len().max(1))?.activity.id;
            let clock = world.store.settings().clock(world.workspace.now());
            let how = [
                Tending::Done(true),
                Tending::Done(false),
                Snooze::Tomorrow.tending(&clock),
                Snooze::Hour.tending(&clock),
            ][usize::from(*how)];
            Change::Tend { what: vec![what], how }
        }
        Step::Edit(which, nth, how) => {
            let activity = of(*which, *nth)?;
            let hours = chrono::Duration::hours(i64::from(*how) - 128);
            let edit = ActivityEdit {
                at: (how % 2 == 0).then(|| crate::world::noon() + hours),
                subject: (how % 3 == 0).then(|| format!("S{how}")),
                details: (how % 5 == 0).then(|| mail(made[0], how % 4).details),
                ..ActivityEdit::default()
            };
            amend(activity, edit, Vec::new(), Vec::new())
        }
        Step::Attach(which, nth, other) => {
            amend(of(*which, *nth)?, ActivityEdit::default(), vec![at(*other)?], Vec::new())
        }
        Step::Detach(which, nth) => amend(of(*which, *nth)?, ActivityEdit::default(), Vec::new(), vec![at(*which)?]),
        Step::Pin(which, nth) => Change::Pin { record: at(*which)?, activity: of(*which, *nth) },
        Step::Drop(which, nth) => Change::Delete { what: vec![of(*which, *nth)?.into()] },
        Step::Bring(nth) => {
            let bin = world.store.binned_activities().unwrap();
            let binned = bin.get(nth % bin.len().max(1))?;
            Change::Restore { what: vec![binned.activity.id.into()], without: Vec::new() }
        }
        _ => return None,
    })
}

/// A task of the user, some days from now; of day 0 none is said.
fn task(world: &World, on: RecordId, day: u8) -> Logging {
    let mut details = Details::empty(ActivityKind::Task, Direction::Out, Some(world.workspace.user()));
    if let Details::Task { has_due, .. } = &mut details {
        *has_due = day > 0;
    }
    let at = (day > 0).then(|| world.workspace.now() + chrono::TimeDelta::days(i64::from(day) - 2));
    Logging { kind: ActivityKind::Task, at, subject: "Call".to_owned(), details, ..mail(on, 0) }
}

/// An e-mail to one of four people, in one of two threads.
fn mail(on: RecordId, who: u8) -> Logging {
    let mut details = Details::empty(ActivityKind::Email, Direction::Out, None);
    if let Details::Email { to, thread, .. } = &mut details {
        to.push(format!("p{who}@x.example"));
        *thread = Some(format!("t{}", who % 2));
    }
    Logging {
        kind: ActivityKind::Email,
        on,
        from: LoggedFrom::RecordPage,
        at: None,
        subject: "Offer".to_owned(),
        text: String::new(),
        details,
        with: Vec::new(),
        conversation: Vec::new(),
        also: Vec::new(),
        except: Vec::new(),
    }
}

/// Everything that can be asked about what was made, in one text.
fn told(world: &World, made: &[RecordId]) -> String {
    let store = &world.store;
    let mut told = String::new();
    for id in made {
        let detail = store.detail(*id, &Viewer::EVERYTHING, world.workspace.now(), 50).unwrap();
        let history = history(store.as_ref(), Ref::Record(*id)).unwrap();
        told += &format!("{detail:?}\n{history:?}\n{:?}\n", store.binned(*id).unwrap());
    }
    let loose = store.unassociated(&Viewer::EVERYTHING).unwrap();
    told += &format!("{loose:?}\n{:?}\n", store.binned_activities().unwrap());
    let awaited = world.workspace.awaited(0, 100).unwrap();
    told += &format!("{awaited:?}\n{:?}\n", world.workspace.registrations("", 0, 100).unwrap());
    let entries = made.iter().flat_map(|id| store.entries(*id).unwrap()).map(|entry| entry.id);
    for id in entries.chain(loose.iter().map(|activity| activity.id)) {
        told += &format!("{:?}\n{:?}\n", store.activity(id).unwrap(), history(store.as_ref(), id.into()).unwrap());
    }
    for thread in ["t0", "t1"] {
        let mut mails = store.thread(thread).unwrap();
        mails.sort();
        told += &format!("{mails:?}\n");
    }
    for head in store.acts(None, 500).unwrap() {
        told += &format!("{head:?}\n");
    }
    told += &format!("{:?}", store.bin(None).unwrap());
    told += &format!(
        "{:?}\n{:?}",
        page(world, Queue::default()),
        page(world, Queue { whose: Whose::Everybodys, ..Queue::default() })
    );
    let settings = store.settings();
    for object in settings.objects.iter().map(|spec| spec.object) {
        let sort = [world.property(object, "owner"), world.property(object, "last_activity")];
        let sort = sort.into_iter().map(|property| Sort { property, descending: true }).collect();
        let query = Query { sort, search: "n1".into(), ..Query::all(object, Viewer::EVERYTHING) };
        told += &format!("{:?}\n", store.page(&query, world.workspace.now(), 0, 50).unwrap());
        told += &columns(world, object);
        let query = Query { search: "n121 l".into(), ..Query::all(object, Viewer::EVERYTHING) };
        told += &format!("{:?}\n", store.similar(&query, world.workspace.now(), 5).unwrap());
    }
    for (text, viewed, scope) in [("n1", 3, None), ("L", 0, None), ("n121", 2, Some(Object::DEAL)), ("", 5, None)] {
        let viewed: Vec<RecordId> = made.iter().rev().take(viewed).copied().collect();
        let search = Search { text: text.into(), scope, limit: 7 };
        told += &format!("{:?}\n", store.similar_all(&search, &Viewer::EVERYTHING, world.workspace.now()).unwrap());
        told += &format!("{:?}\n", store.search(&search, &viewed, &Viewer::EVERYTHING, world.workspace.now()).unwrap());
    }
    told + &centres(world)
}

/// Ola is told of everything by mail.
fn told_by_mail(world: &World) {
    let ola = world.acting_as(world.add_user("Ola", |_| {}));
    let topics = Topic::ROWS.iter().filter(|row| row.has_boxes);
    let values = topics.map(|row| (format!("notifications.{}.email", row.name), "true".to_owned())).collect();
    ola.perform(&Change::Settings { values }, Origin::CommandLine).unwrap();
}

/// The centres of all users, and what waits for mail.
fn centres(world: &World) -> String {
    let ask = InboxAsk { filter: InboxFilter::default(), from: 0, limit: 1_000 };
    let users = world.store.settings().users.clone();
    let centres: Vec<_> = users.iter().map(|user| world.store.inbox(user.id, &ask).unwrap()).collect();
    format!("{centres:?}\n{:?}\n", world.store.outbox(ChannelKind::Email, 1_000).unwrap())
}

/// The board of an object, if it has one.
fn columns(world: &World, object: Object) -> String {
    let (settings, now) = (world.store.settings(), world.workspace.now());
    let stages = settings.pipelines_of(object).flat_map(|pipeline| &pipeline.stages);
    let pieces: Vec<Piece> = stages.map(|stage| Piece { stage: stage.id, from: 0, limit: 50, around: None }).collect();
    let query = Query { sort: ORDER.to_vec(), ..Query::all(object, Viewer::EVERYTHING) };
    format!("{:?}\n", world.store.columns(&query, &pieces, now).unwrap())
}

/// R5.2 and R5.4: both directions agree, and there is exactly one primary where one is due.
fn holds(world: &World, made: &[RecordId]) {
    let settings = world.store.settings();
    for id in made {
        assert!(
            settings.object(id.object).is_some() || world.record(*id).is_none(),
            "R5.1: no record without its object"
        );
        if let Some(record) =
            world.record(*id).filter(|_| settings.object(id.object).is_some_and(ObjectSpec::is_staged))
        {
            let option = |id| record.values.get(id).and_then(Value::as_option);
            let stage = option(is::STAGE).and_then(|id| settings.stage_now(id));
            let pipeline = stage.map(|(pipeline, _)| (pipeline.id, pipeline.object));
            assert_eq!(pipeline, option(is::PIPELINE).map(|own| (own, id.object)), "R2.2: a stage of its own pipeline");
        }
        let links = world.store.links(*id, None).unwrap();
        assert!(links.is_empty() || world.record(*id).is_some(), "what is in the bin has no ties");
        for link in &links {
            let back = world.store.link(link.other, *id).unwrap().expect("both ends");
            assert_eq!((back.since, back.act, &back.why), (link.since, link.act, &link.why));
        }
        for to in OBJECTS {
            let of: Vec<_> = links.iter().filter(|link| link.other.object == to).collect();
            let primary = of.iter().filter(|link| link.primary).count();
            assert_eq!(primary, usize::from(has_primary(id.object, to) && !of.is_empty()), "{id:?} to {to:?}");
        }
        let companies = links.iter().filter(|link| link.other.object == Object::COMPANY).count();
        assert!(id.object != Object::CONTACT || companies <= 1, "R5.3");
    }
}

/// What always holds of the settings of leads, looked at where a change may have broken it.
fn follow(world: &World, step: &Step, done: &Done) {
    let settings = world.store.settings();
    if let (Step::Automate(which), true) = (step, settings.leads.sync_owner) {
        let asked_all = AUTOMATIC[*which] == ("leads.sync_owner", "true") && which % 2 == 0;
        let astray = lejek::rules::astray(world.store.as_ref()).unwrap();
        assert!(!asked_all || astray.is_empty(), "R1.7: every open lead has its owner: {astray:?}");
    }
    for effect in &done.effects {
        let off = match (effect.rule.0, effect.rule.1) {
            (1, 6) => !settings.leads.sync_owner,
            (1, 10) => !settings.leads.sync_activities,
            (2, 4) => settings.leads.create_on.is_empty(),
            (2, 6) => settings.leads.lifecycle_on_associate.is_none(),
            (2, 16) => settings.leads.stage_automation.is_empty(),
            (2, 18) => !settings.leads.lifecycle_sync,
            _ => false,
        };
        assert!(!off, "R1.11: what is off does nothing: {effect:?}");
        let is_back = matches!(step, Step::Undo(_) | Step::Redo(_) | Step::Restore(_));
        assert!(!is_back || effect.rule.0 > 2, "R7.1: {step:?} runs no automation: {effect:?}");
    }
}

fn run(steps: &[Step]) {
    let (memory, disk) = (World::new(Kept::InMemory), World::new(Kept::OnDisk));
    let mut made: Vec<RecordId> = Vec::new();
    for world in [&memory, &disk] {
        told_by_mail(world);
        world.does(Change::AddObject { form: Box::new(ObjectForm::new("Project", "Projects")) });
    }
    for object in OBJECTS {
        disk.store.prepare(object, disk.workspace.now()).unwrap();
    }
    for (number, step) in (0i64..).zip(steps) {
        let outcomes = [&memory, &disk].map(|world| {
            world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(number));
            if let (Step::Note(a, b), false) = (step, made.is_empty()) {
                let mut on = vec![made[a % made.len()], made[b % made.len()]];
                on.retain(|id| world.record(*id).is_some());
                on.dedup();
                if !on.is_empty() {
                    crate::bin::note(world, "n", &on);
                }
                return None;
            }
            let change = change(world, &made, step)?;
            Some((
                matches!(change, Change::Create { .. }),
                world.perform(change).map_err(|failure| failure.to_string()),
            ))
        });
        assert_eq!(outcomes[0], outcomes[1], "step {number}: {step:?}");
        if let Some((is_new, Ok(done))) = &outcomes[0] {
            made.extend(is_new.then(|| crate::world::made(done)));
            assert!(done.effects.len() <= EFFECTS_AT_MOST, "step {number}: {step:?}: {:?}", done.effects);
            follow(&memory, step, done);
        }
        holds(&memory, &made);
    }
    assert_eq!(told(&memory, &made), told(&disk, &made));
    let World { workspace, store, folder, .. } = disk;
    let checked = store.check(true).unwrap();
    assert_eq!(checked.flaws, Vec::<String>::new());
    drop((workspace, store));
    // What was saved is there after the folder was opened again.
    let folder = folder.unwrap();
    let reopened = SledStore::open(folder.path()).unwrap();
    for id in &made {
        use lejek::domain::graph::Graph;
        assert_eq!(reopened.record(*id).unwrap(), memory.record(*id));
        assert_eq!(reopened.links(*id, None).unwrap(), memory.store.links(*id, None).unwrap());
        assert_eq!(reopened.entries(*id).unwrap(), memory.store.entries(*id).unwrap());
    }
    assert_eq!(reopened.last_act(), memory.store.last_act());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), rng_seed: seed(), max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn both_stores_answer_alike_whatever_is_done(steps in prop::collection::vec(step(), 1..45)) {
        run(&steps);
    }
}

/// More than the suite needs: `LEJEK_CASES=2000 cargo test`.
pub fn cases() -> u32 {
    std::env::var("LEJEK_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60)
}

/// The suite runs the same cases each time; `LEJEK_CASES` looks for new ones.
pub fn seed() -> RngSeed {
    if std::env::var_os("LEJEK_CASES").is_some() { RngSeed::Random } else { RngSeed::Fixed(60) }
}
