//! When a record came to its stages, and how long it was in each.

use super::*;
use crate::domain::change::{Author, Origin};
use crate::domain::id::{ActNo, Object, RecordId};
use crate::domain::record::{Stamp, Values};

fn day(day: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(day)
}

fn record() -> Record {
    Record {
        id: RecordId::new(Object::LEAD, uuid::Uuid::from_u128(1)),
        version: 1,
        created: Stamp { at: day(0), by: Author::Program, origin: Origin::Demo, act: ActNo(1) },
        updated: day(0),
        values: [(is::STAGE, Value::Option(OptionId(1)))].into_iter().collect::<Values>(),
    }
}

fn moved(record: &Record, stage: u16, at: i64) -> Record {
    let mut next = record.clone();
    next.values.put(is::STAGE_VISITS, left(record, day(at)));
    next.values.put(is::STAGE_ENTERED, Some(Value::Time(day(at))));
    next.values.put(is::STAGE, Some(Value::Option(OptionId(stage))));
    next
}

fn told(record: &Record, now: i64) -> Vec<(u16, i64, i64)> {
    let told = |visit: &Visit| (visit.stage.0, (visit.entered - day(0)).num_days(), visit.spent.num_days());
    visits(record, day(now)).iter().map(told).collect()
}

#[test]
fn a_record_that_never_moved_came_when_it_was_made() {
    assert_eq!(told(&record(), 5), [(1, 0, 5)]);
}

#[test]
fn time_in_a_stage_adds_up_over_its_visits() {
    let there = moved(&moved(&record(), 2, 3), 3, 4);
    assert_eq!(told(&there, 10), [(1, 0, 3), (2, 3, 1), (3, 4, 6)]);
    let back = moved(&there, 1, 20);
    assert_eq!(told(&back, 22), [(2, 3, 1), (3, 4, 16), (1, 20, 5)]);
    assert_eq!(entered(&back), day(20));
}

#[test]
fn a_clock_that_was_set_back_takes_no_time_away() {
    assert_eq!(told(&moved(&record(), 2, -3), -5), [(2, -3, 0), (1, 0, 0)]);
}
