//! A random world in which two users may see little: nothing of a hidden record's name stands in any answer to any
//! question, and in no outcome of what they try (R6.4).

use crate::world::{Kept, World};
use lejek::domain::activity::{ActivityEdit, ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::agenda::{AgendaAsk, Part, Queue, Tending, Whose};
use lejek::domain::association::Tying;
use lejek::domain::candidate::Picking;
use lejek::domain::change::{Change, Origin};
use lejek::domain::fold::collate;
use lejek::domain::graph::Key;
use lejek::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, UserId};
use lejek::domain::logging::Logging;
use lejek::domain::logging::past::Timeframe;
use lejek::domain::object::is;
use lejek::domain::pair_rule::{By, PairRule, Side};
use lejek::domain::query::{Query, Sort, parse};
use lejek::domain::record::Record;
use lejek::domain::search::Search;
use lejek::domain::sight::{sees, sees_activity};
use lejek::domain::user::{Permissions, Reach};
use lejek::domain::value::Reading;
use lejek::workspace::Workspace;
use lejek::workspace::bin::{BinAsk, BinnedKind};
use lejek::workspace::pairs::PairsAsk;
use lejek::workspace::request::{Reply, Request, TimelineAsk};
use lejek::workspace::review::{ActsAsk, Anchor};
use lejek::workspace::why::About;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const OBJECTS: [Object; 5] = [Object::CONTACT, Object::COMPANY, Object::DEAL, Object::TICKET, Object::LEAD];
const PEOPLE: [&str; 3] = ["maja@lejek.example", "ola@lejek.example", "ben@lejek.example"];
/// In the name of every record and the subject of every activity, with its number between two of them.
const MARK: char = 'ż';

/// One thing somebody does, by places in the list of what was made; who, of [`PEOPLE`].
#[derive(Debug, Clone)]
enum Step {
    New(usize, usize, u8),
    Give(usize, usize, u8),
    Tie(usize, usize, usize),
    Untie(usize, usize, usize),
    Log(usize, usize, usize, u8),
    Amend(usize, usize, usize),
    Tend(usize, usize),
    Delete(usize, usize),
    DeleteActivity(usize, usize),
    Restore(usize, usize),
    Merge(usize, usize, usize),
    Erase(usize, usize),
    Undo(usize, u64),
    Redo(usize, u64),
}

fn step() -> impl Strategy<Value = Step> {
    let (who, at) = (0..3usize, 0..10usize);
    prop_oneof![
        6 => (who.clone(), 0..5usize, 0..4u8).prop_map(|(who, object, owner)| Step::New(who, object, owner)),
        4 => (who.clone(), at.clone(), 0..4u8).prop_map(|(who, at, owner)| Step::Give(who, at, owner)),
        5 => (who.clone(), at.clone(), at.clone()).prop_map(|(who, a, b)| Step::Tie(who, a, b)),
        2 => (who.clone(), at.clone(), at.clone()).prop_map(|(who, a, b)| Step::Untie(who, a, b)),
        4 => (who.clone(), at.clone(), at.clone(), 0..4u8).prop_map(|(who, a, b, kind)| Step::Log(who, a, b, kind)),
        2 => (who.clone(), at.clone(), at.clone()).prop_map(|(who, a, b)| Step::Amend(who, a, b)),
        1 => (who.clone(), at.clone()).prop_map(|(who, at)| Step::Tend(who, at)),
        3 => (who.clone(), at.clone()).prop_map(|(who, at)| Step::Delete(who, at)),
        1 => (who.clone(), at.clone()).prop_map(|(who, at)| Step::DeleteActivity(who, at)),
        1 => (who.clone(), at.clone()).prop_map(|(who, at)| Step::Restore(who, at)),
        2 => (who.clone(), at.clone(), at.clone()).prop_map(|(who, a, b)| Step::Merge(who, a, b)),
        1 => (who.clone(), at).prop_map(|(who, at)| Step::Erase(who, at)),
        2 => (who.clone(), 3..40u64).prop_map(|(who, act)| Step::Undo(who, act)),
        1 => (who, 3..40u64).prop_map(|(who, act)| Step::Redo(who, act)),
    ]
}

/// Reaches of the two, per object: view, edit.
fn reaches() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0..4u8, 0..4u8), 10)
}

struct Scene {
    world: World,
    users: [UserId; 3],
    made: Vec<RecordId>,
    logged: Vec<ActivityId>,
}

impl Scene {
    fn new(kept: Kept, reaches: &[(u8, u8)]) -> Scene {
        let world = World::new(kept);
        let narrow = |name: &str, reaches: &[(u8, u8)]| {
            world.add_user(name, |user| {
                user.team = Some("North".to_owned());
                for (object, (view, edit)) in OBJECTS.iter().zip(reaches) {
                    let reach = |at: u8| Reach::ROWS[usize::from(at)].0;
                    let may = Permissions { view: reach(*view), edit: reach(*edit), ..Permissions::ALL };
                    user.permissions.insert(object.0, may);
                }
            })
        };
        let users = [world.workspace.user(), narrow("Ola", &reaches[..5]), narrow("Ben", &reaches[5..])];
        for object in OBJECTS {
            world.store.prepare(object, world.workspace.now()).unwrap();
        }
        Scene { world, users, made: Vec::new(), logged: Vec::new() }
    }

    fn acting(&self, who: usize) -> Workspace {
        self.world.acting_as(self.users[who])
    }

    fn at(&self, at: usize) -> Option<RecordId> {
        self.made.get(at % self.made.len().max(1)).copied()
    }

    fn activity(&self, at: usize) -> Option<ActivityId> {
        self.logged.get(at % self.logged.len().max(1)).copied()
    }

    fn change(&self, step: &Step) -> Option<(usize, Change)> {
        let agreed = |change| Change::Agreed(Box::new(change));
        Some(match step {
            Step::New(who, object, owner) => {
                let object = OBJECTS[*object];
                let name = mark(self.made.len());
                let property = if object == Object::CONTACT { "first_name" } else { "name" };
                let mut values = self.world.values(object, &[(property, &name)]);
                if let Some(email) = PEOPLE.get(usize::from(*owner)) {
                    values.extend(self.world.values(object, &[("owner", email)]));
                }
                let whose = self.made.iter().rev().find(|id| OBJECTS[..2].contains(&id.object) && self.is_there(**id));
                let associate = if object == Object::LEAD { vec![Tying::new(*whose?)] } else { Vec::new() };
                (*who, Change::Create { object, values, associate })
            }
            Step::Give(who, at, owner) => {
                let record = self.at(*at)?;
                let owner = PEOPLE.get(usize::from(*owner));
                let owner = owner.map(|email| self.world.values(record.object, &[("owner", email)]).remove(0).1);
                (*who, Change::Set { record, values: vec![(is::OWNER, owner)] })
            }
            Step::Tie(who, a, b) => {
                (*who, Change::Associate { one: self.at(*a)?, ties: vec![Tying::new(self.at(*b)?)], off: Vec::new() })
            }
            Step::Untie(who, a, b) => (*who, agreed(Change::dissociate(self.at(*a)?, self.at(*b)?))),
            Step::Log(who, on, also, kind) => {
                (*who, Change::log(self.logging(*who, self.at(*on)?, self.at(*also)?, *kind)))
            }
            Step::Amend(who, activity, other) => {
                let (activity, edit) = (self.activity(*activity)?, Box::new(ActivityEdit::default()));
                let (attach, detach) = match other % 2 {
                    0 => (vec![self.at(*other)?], Vec::new()),
                    _ => (Vec::new(), vec![self.at(*other)?]),
                };
                (*who, agreed(Change::Amend { activity, edit, attach, detach }))
            }
            Step::Tend(who, at) => (*who, Change::Tend { what: vec![self.activity(*at)?], how: Tending::Done(true) }),
            Step::Delete(who, at) => (*who, agreed(Change::Delete { what: vec![self.at(*at)?.into()] })),
            Step::DeleteActivity(who, at) => (*who, Change::Delete { what: vec![self.activity(*at)?.into()] }),
            Step::Restore(who, at) => (*who, Change::Restore { what: vec![self.at(*at)?.into()], without: Vec::new() }),
            Step::Merge(who, a, b) => {
                let into = self.at(*a)?;
                let others = self.made.iter().cycle().skip(*b).take(self.made.len());
                let from = others.copied().find(|id| id.object == into.object && *id != into)?;
                (*who, Change::Merge { into, from, take: Vec::new() })
            }
            Step::Erase(who, at) => (*who, Change::Erase { what: vec![self.at(*at)?.into()], confirmed: true }),
            Step::Undo(who, act) => (*who, Change::Undo { act: ActNo(*act) }),
            Step::Redo(who, act) => (*who, Change::Redo { act: ActNo(*act) }),
        })
    }

    fn is_there(&self, id: RecordId) -> bool {
        self.world.record(id).is_some()
    }

    fn logging(&self, who: usize, on: RecordId, also: RecordId, kind: u8) -> Logging {
        let kind =
            [ActivityKind::Note, ActivityKind::Call, ActivityKind::Task, ActivityKind::Meeting][usize::from(kind)];
        let details = Details::empty(kind, Direction::Out, Some(self.users[who]));
        let subject = mark(1_000 + self.logged.len());
        let also = if also == on { Vec::new() } else { vec![also] };
        Logging { subject, also, ..Logging::new(kind, on, LoggedFrom::RecordPage, details) }
    }

    fn perform(&mut self, who: usize, change: &Change) -> String {
        let outcome = self.acting(who).perform_long(change, Origin::Interface, &mut ());
        if let (Ok(done), Change::Create { .. } | Change::Log { .. }) = (&outcome, change) {
            match done.refs.first() {
                Some(Ref::Record(id)) => self.made.push(*id),
                Some(Ref::Activity(id)) => self.logged.push(*id),
                None => {}
            }
        }
        match outcome {
            Ok(done) => serde_json::to_string(&done).unwrap(),
            Err(failure) => format!("{failure} {}", serde_json::to_string(&failure).unwrap()),
        }
    }

    fn record(&self, id: RecordId) -> Option<Record> {
        let binned = || self.world.store.binned(id).unwrap().map(|binned| binned.record);
        self.world.record(id).or_else(binned)
    }

    /// The marks of all that somebody may not see.
    fn hidden(&self, who: usize) -> Vec<String> {
        let viewer = self.acting(who).viewer();
        let store = self.world.store.as_ref();
        let records = self
            .made
            .iter()
            .enumerate()
            .filter(|(_, id)| self.record(**id).is_some_and(|record| !sees(&viewer, &record)));
        let activities = self.logged.iter().enumerate().filter(|(_, id)| {
            let activity = store.activity(**id).unwrap().or_else(|| store.binned_activity(**id).unwrap());
            activity.is_some_and(|activity| !sees_activity(store, &viewer, &activity).unwrap())
        });
        let records = records.map(|(at, _)| mark(at));
        records.chain(activities.map(|(at, _)| mark(1_000 + at))).collect()
    }
}

fn mark(number: usize) -> String {
    format!("{MARK}{number}{MARK}")
}

/// Every question there is, about everything there is.
fn questions(scene: &Scene, who: usize, hidden: &[String]) -> Vec<Request> {
    let world = &scene.world;
    let everything = lejek::domain::user::Viewer::EVERYTHING;
    let mut asked = vec![Request::Due, Request::Unassociated, Request::Bin(None), Request::BrokenOff];
    for id in &scene.made {
        asked.extend(of_record(scene, who, *id));
    }
    for id in &scene.logged {
        asked.extend([Request::Targets(*id), Request::History((*id).into())]);
        asked.push(Request::Why { of: (*id).into(), about: About::Itself });
        asked.extend(scene.made.iter().map(|with| Request::Why { of: (*id).into(), about: About::With(*with) }));
    }
    for object in OBJECTS {
        // Whoever put a query together may have seen more.
        let all = Query::all(object, everything.clone());
        asked.push(Request::Page { query: all.clone(), from: 0, limit: 50, around: scene.made.first().copied() });
        asked.push(Request::Similar { query: Query { search: mark(1), ..all.clone() }, limit: 9 });
        asked.extend([Request::Viewed(object), Request::Ids(all)]);
        let kind = BinnedKind::Records(object);
        asked.push(Request::BinPiece(BinAsk { kind, search: String::new(), from: 0, limit: 50 }));
        let side = Side { object, by: By::Property(is::NAME) };
        let rule = PairRule { one: side, other: Side { object: Object::COMPANY, by: By::Property(is::NAME) } };
        asked.push(Request::Pairs(Box::new(PairsAsk { rule, query: None, except: Vec::new(), replace: true })));
    }
    let kind = BinnedKind::Activities;
    asked.push(Request::BinPiece(BinAsk { kind, search: String::new(), from: 0, limit: 50 }));
    for whose in [Whose::Mine, Whose::Nobodys, Whose::Everybodys] {
        let parts = vec![Part::Overdue, Part::Today, Part::Upcoming, Part::NoDate, Part::DoneToday];
        let queue = Queue { whose, ..Queue::default() };
        asked.push(Request::Agenda(AgendaAsk { queue, parts, from: 0, limit: 100 }));
    }
    for text in ["", &MARK.to_string()].into_iter().chain(hidden.iter().map(String::as_str)) {
        let search = Search { text: text.to_owned(), scope: None, limit: 50 };
        asked.extend([Request::Find(search.clone()), Request::SimilarAll(search)]);
        asked.push(Request::Acts(ActsAsk { anchor: Anchor::Newest, limit: 200, search: text.to_owned() }));
    }
    asked.push(Request::Csv(scene.made.clone()));
    asked.push(Request::Holders(vec![Key::email("who@x.example")]));
    asked.extend((1..=world.store.last_act().0).map(|act| Request::Review(ActNo(act))));
    asked
}

fn of_record(scene: &Scene, who: usize, id: RecordId) -> Vec<Request> {
    let of = Ref::Record(id);
    let mut asked = vec![
        Request::Saw(id),
        Request::Detail { id, activities: 50 },
        Request::Timeline(TimelineAsk::first(id, 50)),
        Request::History(of),
        Request::Lookalikes(id),
        Request::PastActivities(vec![(id, Timeframe::All)]),
        Request::Why { of, about: About::Itself },
        Request::Aims(vec![scene.logging(who, id, id, 1)]),
    ];
    for property in [is::NAME, is::OWNER, is::COMPANY, is::LAST_ACTIVITY, is::UPDATED_AT] {
        asked.push(Request::Why { of, about: About::Value(property) });
    }
    for other in &scene.made {
        asked.push(Request::Why { of, about: About::With(*other) });
        if other.object == id.object {
            asked.push(Request::PreviewMerge { into: id, from: *other });
        }
    }
    for to in OBJECTS {
        for text in ["", "ż"] {
            asked.push(Request::Candidates(Box::new(Picking {
                one: id,
                to,
                text: text.into(),
                limit: 50,
                similar: false,
            })));
        }
    }
    asked
}

fn assert_hides(said: &str, hidden: &[String], what: &dyn std::fmt::Debug) {
    for mark in hidden {
        assert!(!said.contains(mark.as_str()), "{mark} is hidden, and stands in the answer to {what:?}:\n{said}");
    }
}

/// A filter on what a record is associated with lets none pass by what is hidden.
fn assert_no_oracle(scene: &Scene, acting: &Workspace, hidden: &[String]) {
    let settings = acting.settings();
    let cx = Reading { settings: &settings, now: acting.now(), me: None };
    for mark in hidden {
        for object in OBJECTS {
            for other in OBJECTS {
                let name = |object| settings.object(object).unwrap().name.clone();
                let Ok(filter) = parse::filter(
                    &format!("{}.name contains {mark}", name(other)),
                    settings.object(object).unwrap(),
                    &cx,
                ) else {
                    continue;
                };
                let query = Query { filters: vec![filter], ..Query::all(object, acting.viewer()) };
                scene.world.store.prepare(other, acting.now()).unwrap();
                let Reply::Counts(counts) = acting.ask(&Request::Counts(vec![query])) else { panic!("counts") };
                assert_eq!(counts, [0], "{} of {}", name(other), name(object));
            }
        }
    }
}

/// Where a row stands says nothing of a company that is hidden: rows stand by what they show.
fn assert_order_by_what_is_shown(scene: &Scene, acting: &Workspace) {
    for object in [Object::CONTACT, Object::DEAL, Object::TICKET, Object::LEAD] {
        for descending in [false, true] {
            let sort = vec![Sort { property: is::COMPANY, descending }];
            let query = Query { sort, ..Query::all(object, acting.viewer()) };
            scene.world.store.prepare(Object::COMPANY, acting.now()).unwrap();
            let asked = Request::Page { query, from: 0, limit: 100, around: None };
            let Reply::Page(page) = acting.ask(&asked) else { panic!("a page") };
            let shown = page.rows.iter().map(|row| row.get(is::COMPANY));
            let shown: Vec<Option<Vec<u8>>> =
                shown.map(|name| name.and_then(|name| name.as_text().map(collate))).collect();
            let is_last = shown.iter().skip_while(|name| name.is_some()).all(Option::is_none);
            let named: Vec<&Vec<u8>> = shown.iter().flatten().collect();
            let in_order = if descending { named.is_sorted_by(|a, b| a >= b) } else { named.is_sorted() };
            assert!(is_last && in_order, "{object:?}, descending {descending}: {shown:?}");
        }
    }
}

fn run(kept: Kept, reaches: &[(u8, u8)], steps: &[Step]) {
    let mut scene = Scene::new(kept, reaches);
    for (number, step) in (0i64..).zip(steps) {
        scene.world.clock.set(crate::world::noon() + chrono::TimeDelta::minutes(number));
        let Some((who, change)) = scene.change(step) else { continue };
        let before = scene.hidden(who);
        let said = scene.perform(who, &change);
        // What the act itself gives away or takes may be named.
        let after = scene.hidden(who);
        let still: Vec<String> = before.into_iter().filter(|mark| after.contains(mark)).collect();
        assert_hides(&said, &still, &change);
    }
    for who in [1, 2] {
        let (acting, hidden) = (scene.acting(who), scene.hidden(who));
        for question in questions(&scene, who, &hidden) {
            let said = serde_json::to_string(&acting.ask(&question)).unwrap();
            assert_hides(&said, &hidden, &question);
        }
        assert_no_oracle(&scene, &acting, &hidden);
        assert_order_by_what_is_shown(&scene, &acting);
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(64), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(60))]
    #[test]
    fn r6_4_nothing_of_what_is_hidden_stands_in_an_answer(
        reaches in reaches(), steps in prop::collection::vec(step(), 1..45),
    ) {
        run(Kept::InMemory, &reaches, &steps);
    }
}

proptest! {
    #![proptest_config(config(12))]
    #[test]
    fn r6_4_nothing_of_what_is_hidden_stands_in_an_answer_from_disk(
        reaches in reaches(), steps in prop::collection::vec(step(), 1..45),
    ) {
        run(Kept::OnDisk, &reaches, &steps);
    }
}
