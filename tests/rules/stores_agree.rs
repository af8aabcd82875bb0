//! Random changes on both stores: equal answers to every question, and what must always hold, holds.

use crate::agenda::page;
use crate::world::{Kept, World};
use lejek::domain::activity::{ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::agenda::{Queue, Snooze, Tending, Whose};
use lejek::domain::association::Tying;
use lejek::domain::association::has_primary;
use lejek::domain::change::Change;
use lejek::domain::id::{ActNo, Object, RecordId, Ref};
use lejek::domain::logging::Logging;
use lejek::domain::object::custom::ObjectForm;
use lejek::domain::query::{Query, Sort};
use lejek::domain::search::Search;
use lejek::domain::user::Viewer;
use lejek::store::Store as _;
use lejek::store::history::history;
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
    DeleteObject,
}

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
        2 => (at, 0..4u8).prop_map(|(at, how)| Step::Tend(at, how)),
        1 => Just(Step::DeleteObject),
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
            Change::Create { object, values, associate: Vec::new() }
        }
        Step::Set(which, owner) => {
            let id = at(*which)?;
            world.store.settings().object(id.object)?;
            let property = world.property(id.object, "owner");
            let value = world.values(id.object, &[("owner", "maja@lejek.example")]).remove(0).1;
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
        Step::DeleteObject => Change::DeleteObject { object: Object::FIRST_CUSTOM, confirmed: true },
        Step::Note(..) => return None,
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
        let query = Query { search: "n121 l".into(), ..Query::all(object, Viewer::EVERYTHING) };
        told += &format!("{:?}\n", store.similar(&query, world.workspace.now(), 5).unwrap());
    }
    for (text, viewed, scope) in [("n1", 3, None), ("L", 0, None), ("n121", 2, Some(Object::DEAL)), ("", 5, None)] {
        let viewed: Vec<RecordId> = made.iter().rev().take(viewed).copied().collect();
        let search = Search { text: text.into(), scope, limit: 7 };
        told += &format!("{:?}\n", store.similar_all(&search, &Viewer::EVERYTHING, world.workspace.now()).unwrap());
        told += &format!("{:?}\n", store.search(&search, &viewed, &Viewer::EVERYTHING, world.workspace.now()).unwrap());
    }
    told
}

/// R5.2 and R5.4: both directions agree, and there is exactly one primary where one is due.
fn holds(world: &World, made: &[RecordId]) {
    let settings = world.store.settings();
    for id in made {
        assert!(
            settings.object(id.object).is_some() || world.record(*id).is_none(),
            "R5.1: no record without its object"
        );
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

fn run(steps: &[Step]) {
    let (memory, disk) = (World::new(Kept::InMemory), World::new(Kept::OnDisk));
    let mut made: Vec<RecordId> = Vec::new();
    for world in [&memory, &disk] {
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
        if let Some((true, Ok(done))) = &outcomes[0] {
            made.push(crate::world::made(done));
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
