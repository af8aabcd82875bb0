//! What record pages say of the timeline of a few activities.

use super::*;
use crate::domain::activity::{Activity, Details, LoggedFrom, Target};
use crate::domain::change::{Act, Author, Commit, Op, Origin, Reason, Verb};
use crate::domain::id::{ActNo, ActivityId};
use crate::domain::record::{Record, Stamp, Values};
use crate::store::Store;
use crate::store::memory::Memory;
use uuid::Uuid;

const HOME: RecordId = RecordId { object: Object::CONTACT, uuid: Uuid::from_u128(1) };

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn stamp() -> Stamp {
    Stamp { at: now(), by: Author::Program, origin: Origin::Demo, act: ActNo(1) }
}

fn call(direction: Direction) -> (ActivityKind, Details) {
    (ActivityKind::Call, Details::Call { direction, outcome: None, duration: None })
}

/// A store with one contact and these activities, each so many days ago.
fn with(activities: Vec<(i64, (ActivityKind, Details))>) -> Memory {
    let record = Record { id: HOME, version: 1, created: stamp(), updated: now(), values: Values::default() };
    let mut ops = vec![(Op::Create(Box::new(record)), Reason::Asked)];
    for (number, (days, (kind, details))) in (100..).zip(activities) {
        let at = now() - Duration::days(days);
        let activity = Activity {
            id: ActivityId(Uuid::from_u128(number)),
            version: 1,
            kind,
            at,
            subject: String::new(),
            text: String::new(),
            details,
            logged_on: HOME,
            logged_from: LoggedFrom::RecordPage,
            stamp: stamp(),
            targets: vec![Target { record: HOME, at, why: Reason::Asked }],
        };
        ops.push((Op::Log(Box::new(activity)), Reason::Asked));
    }
    let act = Act {
        no: ActNo(1),
        by: Author::Program,
        at: now(),
        origin: Origin::Demo,
        verb: Verb::Did,
        what: String::new(),
        done: 1,
        total: 1,
        finished: true,
    };
    let store = Memory::new();
    store.apply(&Commit { id: Uuid::from_u128(9), act, ops, expect: Vec::new(), intent: None }).unwrap();
    store
}

fn outreach_of(store: &Memory) -> Outreach {
    detail(store, &Timelines::default(), HOME, &Viewer::EVERYTHING, now(), 0).unwrap().unwrap().outreach
}

#[test]
fn outreach_counts_what_went_out_lately() {
    let meeting = Details::Meeting { end: None, attendees: Vec::new(), location: String::new(), outcome: None };
    let message = Details::Message { direction: Direction::Out, from: String::new(), to: Vec::new() };
    let store = with(vec![
        (1, call(Direction::Out)),
        (89, call(Direction::Out)),
        (2, call(Direction::In)),
        (91, call(Direction::Out)),
        (3, (ActivityKind::Meeting, meeting.clone())),
        (-3, (ActivityKind::Meeting, meeting)),
        (4, (ActivityKind::Sms, message)),
        (5, (ActivityKind::Note, Details::Note)),
    ]);
    let expected = Outreach { calls: 2, emails: 0, meetings: 1, messages: 1 };
    assert_eq!(outreach_of(&store), expected);
    let ever = detail(&store, &Timelines::default(), HOME, &Viewer::EVERYTHING, now(), 0).unwrap().unwrap().reached;
    assert_eq!(ever.outreach, Outreach { calls: 3, ..expected }, "R2.12");
    assert_eq!(ever.first, Some(now() - chrono::Duration::days(91)));
}
