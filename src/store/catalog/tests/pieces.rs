//! The parts of a table, each by itself.

use super::model::{id, record, settings, time};
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;
use crate::domain::property::Kind;
use crate::domain::value::Value;
use crate::store::catalog::arena::{Arena, Words};
use crate::store::catalog::chunked::{Chunked, ROWS};
use crate::store::catalog::column::{Column, Scratch, in_order};
use crate::store::catalog::ids::{Ids, Walk};
use crate::store::catalog::moments::{Agenda, Moments};
use crate::store::catalog::texts::{Texts, text_of, write_keys};
use crate::store::catalog::ties::Ties;
use crate::store::catalog::users::Users;
use crate::store::catalog::{Catalog, Fact};
use crate::store::codec::RecordView;
use std::borrow::Cow;
use uuid::Uuid;

fn uuid(n: u32) -> Uuid {
    id(Object::CONTACT, n).uuid
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let mut column = Chunked::filled(&0_u16, ROWS + 5);
    let snapshot = column.clone();
    assert!(column.set(3, 7));
    assert!(!column.set(3, 7));
    column.push(9);
    assert_eq!((*snapshot.get(3), snapshot.len()), (0, ROWS + 5));
    assert_eq!((*column.get(3), *column.get(ROWS as u32 + 5)), (7, 9));
    // Equal chunks were one: the other one must not have changed with it.
    assert_eq!(*column.get(4), 0);
}

#[test]
fn columns_are_put_together_over_chunk_ends() {
    let numbers = |from: usize, to: usize| Chunked::of(&(from..to).collect::<Vec<_>>());
    let mut column = numbers(0, ROWS - 3);
    column.append(&numbers(ROWS - 3, 3 * ROWS + 1));
    assert_eq!(column.len(), 3 * ROWS + 1);
    assert!((0..column.len()).all(|row| *column.get(row as u32) == row));
    column.push(3 * ROWS + 1);
    assert_eq!(*column.get(3 * ROWS as u32 + 1), 3 * ROWS + 1);
}

#[test]
fn parts_of_a_scan_are_merged() {
    let mut one = Chunked::filled(&-1, 2 * ROWS);
    let mut other = one.clone();
    (0..10).for_each(|row| assert!(one.set(row, 1)));
    (10..2 * ROWS as u32).for_each(|row| assert!(other.set(row, 2)));
    one.merge(&other, &-1);
    assert_eq!((*one.get(9), *one.get(10), *one.get(ROWS as u32)), (1, 2, 2));
}

#[test]
fn ids_that_come_out_of_order_are_found_and_stand_in_their_place() {
    let mut ids = Ids::default();
    for n in [10, 20, 15, 30, 5, 16, 40] {
        ids.push(uuid(n));
    }
    let rows = [(10, 0), (20, 1), (15, 2), (30, 3), (5, 4), (16, 5), (40, 6)];
    let mut walk = Walk::default();
    for (n, row) in rows {
        assert_eq!((ids.row(uuid(n)), ids.uuid(row)), (Some(row), uuid(n)));
        assert_eq!(walk.row(&ids, uuid(n)), Some(row));
    }
    assert_eq!((ids.row(uuid(17)), ids.row(uuid(50)), ids.row(uuid(1))), (None, None, None));
    let ages = ids.ages();
    assert_eq!(ages.newest_first((0..7).collect()), [6, 3, 1, 5, 2, 0, 4]);
    assert!((0..7).all(|row| ages.row(ages.age(row)) == row));
}

#[test]
fn ids_of_parts_are_appended_even_when_they_overlap() {
    let of = |numbers: &[u32]| {
        let mut ids = Ids::default();
        for n in numbers {
            ids.push(uuid(*n));
        }
        ids
    };
    for (first, second) in [(&[1, 2][..], &[3, 4][..]), (&[1, 5], &[3, 9]), (&[1, 2], &[7, 6, 8])] {
        let mut ids = of(first);
        ids.append(&of(second));
        let all: Vec<Uuid> = (0..ids.len() as u32).map(|row| ids.uuid(row)).collect();
        assert_eq!(all, first.iter().chain(second).map(|n| uuid(*n)).collect::<Vec<_>>());
        assert!(all.iter().zip(0..).all(|(uuid, row)| ids.row(*uuid) == Some(row)));
    }
}

fn search(arena: &Arena, words: &[&str]) -> Vec<u32> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    arena.search(&Words::new(&words)).rows()
}

#[test]
fn search_finds_each_row_once_and_never_over_the_end_of_an_entry() {
    let mut arena = Arena::default();
    for (row, text) in (0..).zip(["anna anna", "", "an", "na bana", "x\u{1f}annax"]) {
        arena.push_none();
        arena.set(row, Some(text));
    }
    assert_eq!(search(&arena, &["a"]), [0, 2, 3, 4]);
    assert_eq!(search(&arena, &["anna"]), [0, 4]);
    assert_eq!(search(&arena, &["na", "an"]), [0, 3, 4]);
    assert_eq!(search(&arena, &["anna", "x"]), [4]);
    assert_eq!(search(&arena, &["xanna"]), [] as [u32; 0]);
}

#[test]
fn edits_of_texts_are_found_and_dead_ones_are_cleared_away() {
    let mut arena = Arena::default();
    for row in 0..ROWS as u32 + 10 {
        arena.push_none();
        arena.set(row, Some(&format!("row {row} of many")));
    }
    let at_first = arena.bytes();
    let snapshot = arena.clone();
    for round in 0..20 {
        for row in 0..ROWS as u32 {
            arena.set(row, Some(&format!("row {row} in {round}")));
        }
    }
    arena.set(7, None);
    assert!(arena.bytes() < at_first * 5 / 4, "{} of {at_first}", arena.bytes());
    assert_eq!(search(&arena, &["row 7 in"]), [] as [u32; 0]);
    assert_eq!(search(&arena, &["many"]), (ROWS as u32..ROWS as u32 + 10).collect::<Vec<_>>());
    assert_eq!(search(&arena, &["19", "in", "row"]).len(), ROWS - 1);
    assert_eq!(search(&snapshot, &["many"]).len(), ROWS + 10);
}

#[test]
fn texts_keep_what_was_written_and_clear_away_what_was_replaced() {
    let mut texts = Texts::blank(3);
    let keys = |all: &[&str]| {
        let mut keys = Vec::new();
        write_keys(all.iter().copied(), &mut keys);
        keys
    };
    assert!(texts.set(1, Some(&keys(&["Łódź", "b"]))));
    assert!(!texts.set(1, Some(&keys(&["Łódź", "b"]))));
    assert_eq!(texts.texts(1).collect::<Vec<_>>(), ["Łódź", "b"]);
    assert_eq!(texts.first(1).map(text_of), Some("Łódź"));
    assert_eq!((texts.get(0), texts.get(2)), (None, None));
    for round in 0..10_000 {
        texts.set(2, Some(&keys(&[&format!("text number {round}")])));
    }
    assert_eq!(texts.texts(2).collect::<Vec<_>>(), ["text number 9999"]);
    assert_eq!(texts.texts(1).count(), 2);
    assert!(texts.bytes() < 200, "{}", texts.bytes());
}

#[test]
fn cells_of_every_kind_hold_what_was_put_and_can_be_cleared() {
    let users = Users::default();
    let property = PropertyId(1_000);
    let contact = id(Object::CONTACT, 1);
    for (kind, ..) in Kind::ROWS {
        let mut column = Column::blank(property, *kind, 2);
        let mut scratch = Scratch::default();
        for seed in [1, 2, 2, 200] {
            let value = super::random::value(*kind, seed);
            let record = record(contact, 0, [(property, value.clone())]);
            column.put(1, contact.uuid, &RecordView::from(&record), &users, &mut scratch);
            assert_eq!(column.value(1, &users), Some(value), "{kind:?}");
        }
        assert!(column.put(1, contact.uuid, &RecordView::from(&record(contact, 0, [])), &users, &mut scratch));
        assert_eq!((column.value(1, &users), column.is_known(1), column.is_known(0)), (None, false, false), "{kind:?}");
    }
}

#[test]
fn whole_numbers_sort_as_their_numbers_do() {
    let numbers = [f64::MIN, -1.5, -0.0, 0.0, f64::MIN_POSITIVE, 1.0, 1e300];
    assert!(numbers.windows(2).all(|pair| in_order(pair[0]) < in_order(pair[1])));
}

#[test]
fn what_comes_due_moves_from_next_to_last() {
    let mut moments = Moments::default();
    for (at, open_task) in [(5, false), (20, false), (30, false), (12, true)] {
        moments.add(at, open_task, 10);
    }
    assert_eq!((moments.last, moments.next()), (5, 12));
    let mut agenda = Agenda::default();
    agenda.put(3, moments);
    assert!(!agenda.is_due(19));
    assert!(agenda.is_due(20));
    let moved = agenda.advance(25);
    assert_eq!(moved.iter().map(|(row, m)| (*row, m.last, m.next())).collect::<Vec<_>>(), [(3, 20, 12)]);
    let moved = agenda.advance(100);
    assert_eq!(moved.iter().map(|(row, m)| (*row, m.last, m.next())).collect::<Vec<_>>(), [(3, 30, 12)]);
    assert!(!agenda.is_due(i64::MAX));
}

#[test]
fn what_was_ahead_is_forgotten_when_the_timeline_changes() {
    let mut agenda = Agenda::default();
    let mut moments = Moments::default();
    moments.add(20, false, 10);
    agenda.put(3, moments);
    agenda.put(3, Moments::default());
    assert!(!agenda.is_due(i64::MAX));
}

#[test]
fn ties_come_and_go_while_they_are_collected() {
    let mut ties = Ties::waiting();
    assert!(!ties.put(0, 5, true));
    assert!(!ties.put(1, 8, false));
    assert!(!ties.put(3, 9, true));
    ties.complete(Ties::of(3, vec![(1, 8), (0, 4), (1, 7), (1, 8)]), 4);
    assert_eq!((ties.get(0), ties.get(1), ties.get(2), ties.get(3)), (&[4, 5][..], &[7][..], &[][..], &[9][..]));
    assert!(!ties.put(0, 5, true));
    assert!(ties.put(3, 9, false));
    assert_eq!(ties.get(3), [] as [u32; 0]);
}

#[test]
fn nothing_is_answered_before_a_table_stands() {
    let catalog = Catalog::default();
    let contact = id(Object::CONTACT, 1);
    let named = record(contact, 0, [(is::FIRST_NAME, Value::text("Anna"))]);
    catalog.apply([(contact, Fact::Stands(Cow::Owned(named)))], time(0));
    let query = crate::domain::query::Query::all(Object::CONTACT, crate::domain::user::Viewer::EVERYTHING);
    let found = catalog.find(&super::model::Model::default(), &query, &settings(), time(0));
    assert!(found.unwrap().is_none());
    assert!(!catalog.is_ready(Object::CONTACT));
    assert_eq!(catalog.count(Object::CONTACT, &query.viewer), None);
}
