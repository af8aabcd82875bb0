//! Small stories: what a user would notice if it went wrong.

use super::model::{Model, Pair, USERS, id, record, time};
use crate::domain::graph::{Read, Unreadable};
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::object::is;
use crate::domain::query::{Check, Filter, Path, Query, Sort, Test};
use crate::domain::record::Record;
use crate::domain::user::{Permissions, Reach, Viewer};
use crate::domain::value::Value;
use crate::store::catalog::{Catalog, Fact, Part, Source};
use crate::store::codec::RecordView;
use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

fn contact(n: u32, name: &str) -> Record {
    record(id(Object::CONTACT, n), 0, [(is::FIRST_NAME, Value::text(name))])
}

fn company(n: u32, name: &str) -> Record {
    record(id(Object::COMPANY, n), 0, [(is::NAME, Value::text(name))])
}

fn model(records: impl IntoIterator<Item = Record>) -> Model {
    Model { records: records.into_iter().map(|record| (record.id, record)).collect(), ..Model::default() }
}

fn all(object: Object) -> Query {
    Query::all(object, Viewer::EVERYTHING)
}

fn by(property: PropertyId, descending: bool) -> Query {
    Query { sort: vec![Sort { property, descending }], ..all(Object::CONTACT) }
}

fn searching(search: &str) -> Query {
    Query { search: search.to_owned(), ..all(Object::CONTACT) }
}

fn testing(of: Path, check: Check) -> Query {
    let test = Test { of, check, negated: false };
    Query { filters: vec![Filter { any: vec![test], text: String::new() }], ..all(Object::CONTACT) }
}

impl Pair {
    fn numbers(&self, query: &Query) -> Vec<u32> {
        self.agree(query);
        self.found(query).0.iter().map(|id| (id.uuid.as_u128() >> 80) as u32).collect()
    }
}

#[test]
fn a_meeting_that_has_begun_becomes_the_last_activity() {
    let mut pair = Pair::new(model([contact(1, "Anna"), contact(2, "Jan"), contact(3, "Ewa")]));
    pair.timeline(id(Object::CONTACT, 1), &[(pair.now - 500, false), (pair.now + 100, false)]);
    pair.timeline(id(Object::CONTACT, 2), &[(pair.now - 10, false), (pair.now - 900, true)]);
    assert_eq!(pair.numbers(&by(is::LAST_ACTIVITY, true)), [2, 1, 3]);
    assert_eq!(pair.numbers(&by(is::NEXT_ACTIVITY, false)), [2, 1, 3]);
    pair.now += 100;
    assert_eq!(pair.numbers(&by(is::LAST_ACTIVITY, true)), [1, 2, 3]);
    assert_eq!(pair.numbers(&by(is::NEXT_ACTIVITY, false)), [2, 3, 1]);
    assert_eq!(pair.numbers(&testing(Path::Activity, Check::ActiveSince(time(pair.now)))), [1]);
}

#[test]
fn one_sees_only_the_records_of_owners_in_reach() {
    let owned = |n: u32, owner: Option<usize>| {
        let mut record = contact(n, "Anna");
        record.values.put(is::OWNER, owner.map(|owner| Value::User(USERS[owner])));
        record
    };
    let mut pair = Pair::new(model([owned(1, Some(0)), owned(2, Some(1)), owned(3, None), owned(4, Some(0))]));
    let mut user = pair.settings.users[0].clone();
    user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    let viewer = Viewer::of(&user, &pair.settings.users);
    let query = Query { viewer: viewer.clone(), ..searching("anna") };
    assert_eq!(pair.numbers(&query), [4, 1]);
    assert_eq!(pair.catalog.count(Object::CONTACT, &viewer), Some(2));
    pair.put(owned(2, Some(0)));
    assert_eq!(pair.numbers(&query), [4, 2, 1]);
    assert_eq!(pair.catalog.count(Object::CONTACT, &viewer), Some(3));
    assert_eq!(pair.catalog.count(Object::CONTACT, &Viewer::EVERYTHING), Some(4));
}

#[test]
fn a_record_made_earlier_but_told_later_stands_in_its_place() {
    let mut pair = Pair::new(model([contact(1, "Anna"), contact(9, "Anna")]));
    pair.put(contact(5, "Anna"));
    pair.put(contact(12, "Anna"));
    assert_eq!(pair.numbers(&all(Object::CONTACT)), [12, 9, 5, 1]);
    assert_eq!(pair.numbers(&by(is::NAME, false)), [12, 9, 5, 1]);
    pair.put(contact(7, "Anna"));
    assert_eq!(pair.numbers(&by(is::NAME, false)), [12, 9, 7, 5, 1]);
    assert_eq!(pair.numbers(&by(is::NAME, true)), [12, 9, 7, 5, 1]);
}

#[test]
fn a_company_that_is_renamed_moves_its_contacts() {
    let mut pair = Pair::new(model([contact(1, "Anna"), contact(2, "Jan"), company(1, "Alfa"), company(2, "Beta")]));
    pair.tie(id(Object::CONTACT, 1), id(Object::COMPANY, 1), true);
    pair.tie(id(Object::CONTACT, 2), id(Object::COMPANY, 2), true);
    assert_eq!(pair.numbers(&by(is::COMPANY, false)), [1, 2]);
    let alfa = testing(Path::Own(is::COMPANY), Check::Contains("alfa".into()));
    assert_eq!(pair.numbers(&alfa), [1]);
    pair.put(company(1, "Zeta"));
    assert_eq!(pair.numbers(&by(is::COMPANY, false)), [2, 1]);
    assert_eq!(pair.numbers(&alfa), [] as [u32; 0]);
    pair.remove(id(Object::COMPANY, 1));
    assert_eq!(pair.numbers(&by(is::COMPANY, false)), [2, 1]);
    assert_eq!(pair.catalog.derived(id(Object::CONTACT, 1), time(pair.now)).unwrap().company, None);
}

#[test]
fn a_filter_on_companies_looks_at_all_that_are_associated() {
    let mut pair = Pair::new(model([contact(1, "Anna"), contact(2, "Jan"), company(1, "Alfa"), company(2, "Beta")]));
    pair.tie(id(Object::CONTACT, 1), id(Object::COMPANY, 1), true);
    pair.tie(id(Object::CONTACT, 1), id(Object::COMPANY, 2), false);
    pair.tie(id(Object::CONTACT, 2), id(Object::COMPANY, 1), true);
    let beta = testing(Path::Associated(Object::COMPANY, is::NAME), Check::Contains("beta".into()));
    assert_eq!(pair.numbers(&beta), [1]);
    pair.tie(id(Object::CONTACT, 2), id(Object::COMPANY, 2), false);
    assert_eq!(pair.numbers(&beta), [2, 1]);
    pair.untie(id(Object::CONTACT, 1), id(Object::COMPANY, 2));
    assert_eq!(pair.numbers(&beta), [2]);
    pair.put(company(2, "Gamma"));
    assert_eq!(pair.numbers(&beta), [] as [u32; 0]);
}

#[test]
fn a_company_is_gone_even_before_its_ties_are_told_to_be() {
    let mut pair = Pair::new(model([contact(1, "Anna"), contact(2, "Jan"), company(1, "Alfa"), company(2, "Beta")]));
    let alfa = id(Object::COMPANY, 1);
    pair.tie(id(Object::CONTACT, 1), alfa, true);
    pair.tie(id(Object::CONTACT, 2), id(Object::COMPANY, 2), true);
    let known = testing(Path::Associated(Object::COMPANY, is::CREATED_AT), Check::Known);
    assert_eq!(pair.numbers(&by(is::COMPANY, false)), [1, 2]);
    assert_eq!(pair.numbers(&known), [2, 1]);
    pair.model.records.remove(&alfa);
    pair.catalog.apply([(alfa, Fact::Gone)], time(pair.now));
    assert_eq!(pair.numbers(&by(is::COMPANY, false)), [2, 1]);
    assert_eq!(pair.numbers(&known), [2]);
}

#[test]
fn a_record_comes_back_without_what_was_ahead_of_it() {
    let mut pair = Pair::new(model([contact(1, "Anna"), contact(2, "Jan")]));
    pair.timeline(id(Object::CONTACT, 1), &[(pair.now - 5, false), (pair.now + 5, false)]);
    pair.remove(id(Object::CONTACT, 1));
    pair.put(contact(1, "Anna"));
    pair.now += 10;
    assert_eq!(pair.numbers(&by(is::LAST_ACTIVITY, true)), [2, 1]);
}

/// More rows than one chunk holds, and so many that two threads share the work.
#[test]
fn all_goes_the_same_over_the_bounds_of_chunks_and_threads() {
    const ALL: u32 = 70_000;
    let place = |n: u32| n * 7_919 % ALL;
    let mailed = |n: u32| {
        let mail = Value::text(format!("{:05}@x.pl", place(n)));
        record(
            id(Object::CONTACT, n),
            0,
            [(is::EMAIL, mail), (is::FIRST_NAME, Value::text(["Anna", "Jan"][n as usize % 2]))],
        )
    };
    let pair = Pair::new(model((0..ALL).map(mailed)));
    let numbers =
        |query: &Query| pair.found(query).0.iter().map(|id| (id.uuid.as_u128() >> 80) as u32).collect::<Vec<_>>();
    let mut expected: Vec<u32> = (0..ALL).collect();
    expected.sort_by_key(|n| place(*n));
    assert_eq!(numbers(&by(is::EMAIL, false)), expected);
    expected.sort_by_key(|n| (std::cmp::Reverse(n % 2), std::cmp::Reverse(*n)));
    assert_eq!(numbers(&by(is::NAME, true)), expected);
    expected.retain(|n| format!("{:05}", place(*n)).contains("77"));
    expected.sort_by_key(|n| std::cmp::Reverse(*n));
    assert_eq!(numbers(&searching("77")), expected);
    assert_eq!(numbers(&testing(Path::Own(is::EMAIL), Check::Contains("77".into()))), expected);
    expected.retain(|n| n % 2 == 1);
    assert_eq!(numbers(&searching("77 jan")), expected);
    assert_eq!(
        pair.catalog.similar(Object::CONTACT, "amna", &Viewer::EVERYTHING, 2),
        [69_998, 69_996].map(|n| (1, id(Object::CONTACT, n)))
    );
}

#[test]
fn one_more_letter_looks_only_where_the_letters_before_were_found() {
    let names = (0..40).map(|n| contact(n, if n % 20 == 3 { "Kowalski" } else { "Nowak" }));
    let mut pair = Pair::new(model(names));
    assert_eq!(pair.numbers(&searching("kow")), [23, 3]);
    assert_eq!(pair.numbers(&searching("kowa")), [23, 3]);
    pair.put(contact(30, "Kowalczyk"));
    assert_eq!(pair.numbers(&searching("kowal")), [30, 23, 3]);
    assert_eq!(pair.numbers(&searching("kowalc")), [30]);
}

#[test]
fn pages_and_places_of_what_was_found() {
    let pair = Pair::new(model((0..10).map(|n| contact(n, "Anna"))));
    let found = pair.catalog.find(&pair.model, &all(Object::CONTACT), &pair.settings, time(0)).unwrap().unwrap();
    assert_eq!(found.ids(2, 2), [id(Object::CONTACT, 7), id(Object::CONTACT, 6)]);
    assert_eq!((found.matching(), found.ids(9, 5).len(), found.ids(20, 5).len()), (10, 1, 0));
    assert_eq!(found.position(id(Object::CONTACT, 7)), Some(2));
    assert_eq!(found.position(id(Object::CONTACT, 99)), None);
    assert_eq!(found.position(id(Object::COMPANY, 7)), None);
}

#[test]
fn the_same_question_is_answered_once() {
    let mut pair = Pair::new(model([contact(1, "Anna")]));
    let ask =
        |pair: &Pair| pair.catalog.find(&pair.model, &searching("anna"), &pair.settings, time(0)).unwrap().unwrap();
    let first = ask(&pair);
    assert!(std::sync::Arc::ptr_eq(&first, &ask(&pair)));
    pair.put(contact(2, "Anna"));
    assert_eq!((first.matching(), ask(&pair).matching()), (1, 2));
}

#[test]
fn names_of_users_decide_anew_when_settings_change() {
    let owned = |n: u32, owner: usize| {
        let mut record = contact(n, "Anna");
        record.values.put(is::OWNER, Some(Value::User(USERS[owner])));
        record
    };
    let mut pair = Pair::new(model([owned(1, 0), owned(2, 1)]));
    assert_eq!(pair.numbers(&by(is::OWNER, false)), [2, 1]);
    let key = crate::domain::settings::user_key(USERS[0]);
    let renamed = pair.settings.row(&key).unwrap().replace("Zofia", "Aaa");
    pair.settings = pair.settings.with(&key, Some(&renamed));
    assert_eq!(pair.numbers(&by(is::OWNER, false)), [1, 2]);
}

#[test]
fn similar_names_are_found_by_nearness_and_only_those_in_sight() {
    let names = ["Jan Kowalski", "Anna Kowalska", "Ewa Nowak", "Jan Kowlaski", "Piotr Kovalsky"];
    let mut records: Vec<Record> = (1..).zip(names).map(|(n, name)| contact(n, name)).collect();
    records[3].values.put(is::OWNER, Some(Value::User(USERS[0])));
    let pair = Pair::new(model(records));
    let similar = |text: &str, viewer: &Viewer| {
        let found = pair.catalog.similar(Object::CONTACT, text, viewer, 10);
        found.iter().map(|(_, id)| (id.uuid.as_u128() >> 80) as u32).collect::<Vec<_>>()
    };
    // Swapped neighbours are one mistake, as a wrong or a missing letter is.
    assert_eq!(similar("kowalski", &Viewer::EVERYTHING), [4, 2, 5]);
    assert_eq!(similar("kowalsk", &Viewer::EVERYTHING), [5, 4]);
    assert_eq!(similar("jan kowalksi", &Viewer::EVERYTHING), [1, 4]);
    assert_eq!(similar("jam", &Viewer::EVERYTHING), [] as [u32; 0]);
    let mut user = pair.settings.users[0].clone();
    user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    assert_eq!(similar("kowalski", &Viewer::of(&user, &pair.settings.users)), [4]);
}

/// A source that lets something happen while it is read, or can't be read.
struct Interrupted<'m> {
    model: &'m Model,
    happens: Box<dyn Fn() + Sync + 'm>,
    happened: AtomicBool,
    broken: bool,
}

impl<'m> Interrupted<'m> {
    fn by(model: &'m Model, happens: impl Fn() + Sync + 'm) -> Interrupted<'m> {
        Interrupted { model, happens: Box::new(happens), happened: AtomicBool::new(false), broken: false }
    }

    fn happen(&self) {
        if !self.happened.swap(true, Ordering::SeqCst) {
            (self.happens)();
        }
    }
}

impl Source for Interrupted<'_> {
    fn split(&self, object: Object, parts: usize) -> Read<Vec<Uuid>> {
        self.model.split(object, parts)
    }

    fn records(&self, object: Object, part: Part, visit: &mut dyn FnMut(Uuid, &RecordView)) -> Read<()> {
        self.happen();
        if self.broken {
            return Err(Unreadable("The disk is gone. Start again when it is back.".into()));
        }
        self.model.records(object, part, visit)
    }

    fn primaries(&self, object: Object, visit: &mut dyn FnMut(Uuid, RecordId)) -> Read<()> {
        self.model.primaries(object, visit)
    }

    fn activity_times(&self, object: Object, visit: &mut dyn FnMut(Uuid, i64, bool)) -> Read<()> {
        self.model.activity_times(object, visit)
    }

    fn links(&self, object: Object, to: Object, visit: &mut dyn FnMut(Uuid, Uuid)) -> Read<()> {
        self.happen();
        self.model.links(object, to, visit)
    }
}

#[test]
fn commits_during_a_build_are_in_the_table() {
    let model = model([contact(1, "Anna"), contact(2, "Jan")]);
    let (catalog, settings) = (Catalog::default(), super::model::settings());
    let commit = || {
        let later = [contact(2, "Ewa"), contact(3, "Nowy")];
        catalog.apply(later.iter().map(|record| (record.id, Fact::Stands(Cow::Borrowed(record)))), time(0));
        catalog.apply([(id(Object::CONTACT, 1), Fact::Gone)], time(0));
    };
    catalog.build(&Interrupted::by(&model, || {}), &settings, Object::COMPANY, time(0)).unwrap();
    catalog.build(&Interrupted::by(&model, commit), &settings, Object::CONTACT, time(0)).unwrap();
    let found = catalog.find(&model, &by(is::NAME, false), &settings, time(0)).unwrap().unwrap();
    assert_eq!(found.ids(0, 9), [id(Object::CONTACT, 2), id(Object::CONTACT, 3)]);
}

#[test]
fn commits_during_the_scan_of_a_column_are_in_the_column() {
    let mailed = |n: u32, mail: &str| {
        let mut record = contact(n, "Anna");
        record.values.put(is::EMAIL, Some(Value::text(mail)));
        record
    };
    let pair = Pair::new(model([mailed(1, "b@x.pl"), mailed(2, "c@x.pl")]));
    let commit = || {
        let later = [mailed(2, "a@x.pl"), mailed(3, "d@x.pl")];
        pair.catalog.apply(later.iter().map(|record| (record.id, Fact::Stands(Cow::Borrowed(record)))), time(0));
    };
    let source = Interrupted::by(&pair.model, commit);
    let found = pair.catalog.find(&source, &by(is::EMAIL, false), &pair.settings, time(0)).unwrap().unwrap();
    assert_eq!(found.ids(0, 9), [2, 1, 3].map(|n| id(Object::CONTACT, n)));
}

#[test]
fn commits_during_the_scan_of_ties_are_among_the_ties() {
    let mut pair = Pair::new(model([contact(1, "Anna"), contact(2, "Jan"), company(1, "Alfa")]));
    pair.tie(id(Object::CONTACT, 1), id(Object::COMPANY, 1), false);
    let commit = || {
        let (alfa, jan) = (id(Object::COMPANY, 1), id(Object::CONTACT, 2));
        pair.catalog.apply([(jan, Fact::Tied(alfa)), (alfa, Fact::Tied(jan))], time(0));
    };
    let source = Interrupted::by(&pair.model, commit);
    let alfa = testing(Path::Associated(Object::COMPANY, is::NAME), Check::Known);
    let found = pair.catalog.find(&source, &alfa, &pair.settings, time(0)).unwrap().unwrap();
    assert_eq!(found.ids(0, 9), [id(Object::CONTACT, 2), id(Object::CONTACT, 1)]);
}

#[test]
fn a_source_that_cannot_be_read_leaves_the_way_open_to_try_again() {
    let pair = Pair { catalog: Catalog::default(), ..Pair::new(model([contact(1, "Anna")])) };
    let broken = Interrupted { broken: true, ..Interrupted::by(&pair.model, || {}) };
    assert!(pair.catalog.build(&broken, &pair.settings, Object::CONTACT, time(0)).is_err());
    assert!(!pair.catalog.is_ready(Object::CONTACT));
    pair.build();
    assert!(pair.catalog.find(&broken, &by(is::EMAIL, false), &pair.settings, time(0)).is_err());
    assert_eq!(pair.numbers(&by(is::EMAIL, false)), [1]);
}

#[test]
fn orders_of_many_rows_are_mended_and_made_alike() {
    let name = |n: u32| format!("{} {}", ["Anna", "Jan", "Zoë", "anna"][n as usize % 4], n * 7_919 % 1_009);
    let mut pair = Pair::new(model((0..3_000).map(|n| contact(n, &name(n)))));
    pair.agree(&by(is::NAME, false));
    for n in (0..3_000).step_by(37) {
        pair.put(contact(n, &name(n + 1)));
    }
    pair.remove(id(Object::CONTACT, 5));
    pair.agree(&by(is::NAME, false));
    pair.agree(&by(is::NAME, true));
    pair.agree(&Query { search: "zoe 1".into(), ..by(is::NAME, false) });
}

#[test]
fn questions_and_commits_go_on_at_once() {
    let pair = Pair::new(model((0..50).map(|n| contact(n, "Anna"))));
    let (catalog, settings) = (&pair.catalog, &pair.settings);
    let ask = |query: &Query| catalog.find(&pair.model, query, settings, time(0)).unwrap().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 50..500 {
                let (one, other) = (contact(n, "Jan"), contact(n % 50, "Ewa"));
                catalog.apply([one, other].map(|record| (record.id, Fact::Stands(Cow::Owned(record)))), time(0));
            }
        });
        let mut before = 0;
        while before < 500 {
            let all = ask(&by(is::NAME, false));
            let mut ids = all.ids(0, usize::MAX);
            ids.sort_unstable();
            ids.dedup();
            assert_eq!((ids.len(), all.of()), (all.matching(), all.matching()));
            assert!(all.matching() >= before);
            before = all.matching();
        }
    });
    assert_eq!(ask(&searching("jan")).matching(), 450);
    assert_eq!(ask(&searching("anna")).matching(), 0);
}
