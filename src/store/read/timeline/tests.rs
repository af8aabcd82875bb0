//! What timelines answer, through both stores, the one on disk with what it keeps.

use super::*;
use crate::domain::activity::{ActivityKind, Details, Direction, LoggedFrom, Target};
use crate::domain::change::{Act, Author, Commit, Op, Origin, Reason, Verb};
use crate::domain::id::{ActNo, ActivityId, Object, Ref, UserId};
use crate::domain::record::{Record, Stamp, Values};
use crate::store::Store;
use crate::store::memory::Memory;
use crate::store::sled::SledStore;
use chrono::{Duration, TimeZone};
use tempfile::TempDir;
use uuid::Uuid;

const HOME: RecordId = RecordId { object: Object::CONTACT, uuid: Uuid::from_u128(1) };
const EWA: UserId = UserId(Uuid::from_u128(0x7001));
const JAN: UserId = UserId(Uuid::from_u128(0x7002));

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 12, 0, 0).unwrap()
}

struct Kept {
    store: Box<dyn Store>,
    _folder: Option<TempDir>,
    commits: u128,
}

fn both() -> Vec<Kept> {
    let folder = TempDir::new().unwrap();
    let disk = SledStore::open(folder.path()).unwrap();
    let mut both = vec![
        Kept { store: Box::new(Memory::new()), _folder: None, commits: 0 },
        Kept { store: Box::new(disk), _folder: Some(folder), commits: 0 },
    ];
    for kept in &mut both {
        let created = stamp(EWA);
        let home = Record { id: HOME, version: 1, created, updated: now(), values: Values::default() };
        kept.apply(vec![Op::Create(Box::new(home))]);
    }
    both
}

fn stamp(by: UserId) -> Stamp {
    Stamp { at: now(), by: Author::User(by), origin: Origin::Interface, act: ActNo(1) }
}

/// A note of so many days ago, with what is to differ in its hand.
fn note(number: u128, days: i64, differ: impl FnOnce(&mut Activity)) -> Op {
    let at = now() - Duration::days(days);
    let mut activity = Activity {
        id: ActivityId(Uuid::from_u128(number)),
        version: 1,
        kind: ActivityKind::Note,
        at,
        subject: format!("Note {number}"),
        text: String::new(),
        details: Details::Note,
        logged_on: HOME,
        logged_from: LoggedFrom::RecordPage,
        stamp: stamp(EWA),
        targets: vec![Target { record: HOME, at, why: Reason::Asked }],
    };
    differ(&mut activity);
    Op::Log(Box::new(activity))
}

impl Kept {
    fn apply(&mut self, ops: Vec<Op>) {
        self.commits += 1;
        let no = ActNo(self.commits as u64);
        let act = Act {
            no,
            by: Author::Program,
            at: now(),
            origin: Origin::Demo,
            verb: Verb::Did,
            what: String::new(),
            done: 1,
            total: 1,
            finished: true,
        };
        let ops = ops.into_iter().map(|op| (op, Reason::Asked)).collect();
        let id = Uuid::from_u128(900 + self.commits);
        self.store.apply(&Commit { id, act, ops, expect: Vec::new(), intent: None }).unwrap();
    }

    fn page(&self, filter: TimelineFilter, at: DateTime<Utc>) -> TimelinePage {
        let ask = TimelineAsk { filter, ..TimelineAsk::first(HOME, 100) };
        self.store.timeline(&ask, &Viewer::EVERYTHING, at).unwrap()
    }

    /// Numbers of the activities, from the top.
    fn numbers(&self, filter: TimelineFilter) -> Vec<u128> {
        numbers(&self.page(filter, now()))
    }
}

fn numbers(page: &TimelinePage) -> Vec<u128> {
    page.items.iter().map(|item| item.activity.id.0.as_u128()).collect()
}

fn all() -> TimelineFilter {
    TimelineFilter::default()
}

#[test]
fn r3_19_filters_go_by_type_user_and_source_at_once() {
    for mut kept in both() {
        kept.apply(vec![
            note(1, 1, |_| {}),
            note(2, 2, |one| one.stamp = stamp(JAN)),
            note(3, 3, |one| one.logged_from = LoggedFrom::Mobile),
            note(4, 4, |one| {
                one.kind = ActivityKind::Call;
                one.details = Details::empty(ActivityKind::Call, Direction::Out, None);
                one.stamp = stamp(JAN);
                one.logged_from = LoggedFrom::Mobile;
            }),
        ]);
        assert_eq!(kept.numbers(all()), [1, 2, 3, 4]);
        let calls = vec![ActivityKind::Call];
        assert_eq!(kept.numbers(TimelineFilter { kinds: calls, ..all() }), [4]);
        assert_eq!(kept.numbers(TimelineFilter { users: vec![JAN], ..all() }), [2, 4]);
        assert_eq!(kept.numbers(TimelineFilter { users: vec![JAN, EWA], ..all() }), [1, 2, 3, 4]);
        let mobile = vec![LoggedFrom::Mobile];
        assert_eq!(kept.numbers(TimelineFilter { from: mobile.clone(), ..all() }), [3, 4]);
        assert_eq!(kept.numbers(TimelineFilter { from: mobile, users: vec![EWA], ..all() }), [3]);
    }
}

#[test]
fn r3_19_search_looks_into_subjects_texts_and_addresses() {
    for mut kept in both() {
        kept.apply(vec![
            note(1, 1, |one| one.subject = "Angebot für Łódź".to_owned()),
            note(2, 2, |one| one.text = "Sie wollen das ANGEBOT bis Freitag".to_owned()),
            note(3, 3, |one| {
                one.kind = ActivityKind::Email;
                one.details = Details::empty(ActivityKind::Email, Direction::Out, None);
                if let Details::Email { to, .. } = &mut one.details {
                    to.push("angebot@lodz.example".to_owned());
                }
            }),
        ]);
        let searched = |text: &str| kept.numbers(TimelineFilter { text: text.to_owned(), ..all() });
        // Letter by letter, as one types.
        assert_eq!(searched("an"), [1, 2, 3]);
        assert_eq!(searched("angebot"), [1, 2, 3]);
        assert_eq!(searched("angebot lodz"), [1, 3]);
        assert_eq!(searched("angebot freitag"), [2]);
        assert_eq!(searched("nothing of it"), []);
    }
}

#[test]
fn what_is_kept_of_a_timeline_follows_its_changes() {
    for mut kept in both() {
        kept.apply(vec![note(1, 1, |_| {}), note(2, 2, |_| {})]);
        assert_eq!(kept.numbers(all()), [1, 2]);
        kept.apply(vec![note(3, 0, |_| {})]);
        assert_eq!(kept.numbers(all()), [3, 1, 2]);
        kept.apply(vec![Op::Bin(Ref::Activity(ActivityId(Uuid::from_u128(1))))]);
        assert_eq!(kept.numbers(all()), [3, 2]);
        let detail = kept.store.detail(HOME, &Viewer::EVERYTHING, now(), 0).unwrap().unwrap();
        assert_eq!(detail.activities, 2);
        let away = Target { record: HOME, at: now(), why: Reason::Asked };
        kept.apply(vec![Op::Detach { activity: ActivityId(Uuid::from_u128(3)), target: Box::new(away) }]);
        assert_eq!(kept.numbers(all()), [2]);
    }
}

#[test]
fn what_is_upcoming_is_past_when_its_time_has_come() {
    for mut kept in both() {
        kept.apply(vec![note(1, 1, |_| {}), note(2, -2, |_| {}), note(3, -1, |_| {})]);
        let heads =
            |page: &TimelinePage| page.months.iter().map(|month| (month.period, month.count)).collect::<Vec<_>>();
        let page = kept.page(all(), now());
        assert_eq!(
            (numbers(&page), heads(&page)),
            (vec![3, 2, 1], vec![(Period::Upcoming, 2), (Period::Month(2026, 11), 1)])
        );
        let page = kept.page(all(), now() + Duration::days(1));
        assert_eq!(
            (numbers(&page), heads(&page)),
            (vec![2, 3, 1], vec![(Period::Upcoming, 1), (Period::Month(2026, 11), 2)])
        );
    }
}

#[test]
fn months_begin_where_the_workspace_is() {
    for mut kept in both() {
        let zone = kept.store.settings().general.time_zone;
        let at = |day, hour| zone.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap().with_timezone(&Utc);
        let october = zone.with_ymd_and_hms(2026, 10, 31, 23, 0, 0).unwrap().with_timezone(&Utc);
        kept.apply(vec![
            note(1, 0, |one| one.at = at(3, 9)),
            note(2, 0, |one| one.at = at(1, 0)),
            note(3, 0, |one| one.at = october),
            note(4, 0, |one| one.at = october - Duration::days(61)),
        ]);
        let months: Vec<_> = kept.page(all(), now()).months.iter().map(|month| (month.period, month.count)).collect();
        assert_eq!(months, [(Period::Month(2026, 11), 2), (Period::Month(2026, 10), 1), (Period::Month(2026, 8), 1)]);
    }
}

#[test]
fn r3_19_a_jump_goes_to_what_was_until_then() {
    for mut kept in both() {
        kept.apply((1..=9).map(|day| note(day, day as i64, |_| {})).chain([note(10, -3, |_| {})]).collect());
        let from = |days: i64| {
            let until = Some(now() - Duration::days(days));
            let ask = TimelineAsk { until, ..TimelineAsk::first(HOME, 2) };
            let page = kept.store.timeline(&ask, &Viewer::EVERYTHING, now()).unwrap();
            (page.from, numbers(&page))
        };
        assert_eq!(from(4), (4, vec![4, 5]));
        assert_eq!(from(0), (1, vec![1, 2]), "below what is upcoming");
        assert_eq!(from(400), (9, vec![9]), "the oldest, where nothing is older");
    }
}
