//! Building a table from a scan, in two threads, while commits go on: what they do meanwhile waits and is applied at
//! the end. Rare columns and ties come about the same way, at first use.

use super::chunked::Chunked;
use super::column::{Column, Scratch};
use super::ids::Walk;
use super::moments::Timelines;
use super::table::Table;
use super::ties::Ties;
use super::{Catalog, Part, Slot, Source, State, locked};
use crate::domain::association::has_primary;
use crate::domain::graph::Read;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::ObjectSpec;
use crate::domain::property::Kind;
use crate::domain::settings::Settings;
use crate::store::codec::RecordView;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Parts of a scan: many, so that both threads are busy to the end and little waits to be put together.
pub(super) const PARTS: usize = 64;

/// Visits all records of `object` in two threads, parted at `bounds`. Each part starts with a state of its own; states are folded into
/// `whole` in the order of parts, while other parts are still being read.
pub(super) fn scan<S: Send, W: Send>(
    source: &dyn Source,
    object: Object,
    bounds: &[Uuid],
    whole: W,
    start: impl Fn() -> S + Sync,
    visit: impl Fn(&mut S, Uuid, &RecordView) + Sync,
    fold: impl Fn(&mut W, &S) + Sync,
) -> Read<W> {
    let next = AtomicUsize::new(0);
    let read: Mutex<BTreeMap<usize, Read<S>>> = Mutex::default();
    let whole = Mutex::new((0, Ok(whole)));
    let put_together = |(done, whole): &mut (usize, Read<W>)| {
        while let Some(part) = locked(&read).remove(done) {
            *done += 1;
            match (&mut *whole, part) {
                (Ok(whole), Ok(part)) => fold(whole, &part),
                (whole, Err(unreadable)) => *whole = Err(unreadable),
                (Err(_), Ok(_)) => {}
            }
        }
    };
    let work = || {
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part > bounds.len() {
                break;
            }
            let ids = Part { from: part.checked_sub(1).map(|at| bounds[at]), before: bounds.get(part).copied() };
            let mut state = start();
            let done = source.records(object, ids, &mut |uuid, record| visit(&mut state, uuid, record));
            locked(&read).insert(part, done.map(|()| state));
            if let Ok(mut whole) = whole.try_lock() {
                put_together(&mut whole);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let mut whole = whole.into_inner().unwrap_or_else(PoisonError::into_inner);
    put_together(&mut whole);
    whole.1
}

impl Catalog {
    /// Builds the table of `object`, after those that it refers to; does nothing where one stands.
    pub fn build(&self, source: &dyn Source, settings: &Settings, object: Object, now: DateTime<Utc>) -> Read<()> {
        for to in [Object::COMPANY, Object::CONTACT].into_iter().filter(|to| has_primary(object, *to)) {
            self.build(source, settings, to, now)?;
        }
        let Some(spec) = settings.object(object) else { return Ok(()) };
        let _one_at_a_time = locked(&self.building);
        let slot = self.slot(object);
        if slot.table().is_some() {
            return Ok(());
        }
        let state = || slot.state.write().unwrap_or_else(PoisonError::into_inner);
        *state() = State::Building(Vec::new());
        let mut table = match self.collect(source, spec, now) {
            Ok(table) => table,
            Err(unreadable) => {
                *state() = State::Absent;
                return Err(unreadable);
            }
        };
        let mut scratch = Scratch::default();
        loop {
            // Outside of the lock, since it may be long; then once more for what came meanwhile.
            let waiting = match &mut *state() {
                State::Building(waiting) if !waiting.is_empty() => mem::take(waiting),
                state => {
                    *state = State::Ready(Arc::new(table));
                    return Ok(());
                }
            };
            for (uuid, fact) in waiting {
                let other = self.row_told(&fact);
                self.take_in(&mut table, uuid, &fact, other, now, &mut scratch);
            }
        }
    }

    fn collect(&self, source: &dyn Source, spec: &ObjectSpec, now: DateTime<Utc>) -> Read<Table> {
        let start = || (Table::empty(spec), Scratch::default());
        let put = |(part, scratch): &mut (Table, Scratch), uuid, record: &RecordView| {
            part.put(uuid, record, &self.users, scratch);
        };
        let bounds = source.split(spec.object, PARTS)?;
        let append = |table: &mut Table, (part, _): &(Table, Scratch)| table.append(part);
        let mut table = scan(source, spec.object, &bounds, Table::empty(spec), start, put, append)?;
        let (primaries, timelines) = std::thread::scope(|scope| {
            let timelines = scope.spawn(|| timelines(source, &table, now.timestamp_millis()));
            let primaries = self.primaries(source, &table);
            (primaries, timelines.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        table.finish(primaries?, timelines?);
        Ok(table)
    }

    fn primaries(&self, source: &dyn Source, table: &Table) -> Read<Vec<(Object, Chunked<u32>)>> {
        let mut found = table.blank_primaries(table.rows());
        if found.is_empty() {
            return Ok(found);
        }
        let others: Vec<_> = found.iter().map(|(to, _)| self.slot(*to).table()).collect();
        let mut walk = Walk::default();
        source.primaries(table.object, &mut |uuid, primary| {
            let Some(at) = found.iter().position(|(to, _)| *to == primary.object) else { return };
            let other = others[at].as_ref().and_then(|others| others.ids.row(primary.uuid));
            if let (Some(row), Some(other)) = (walk.row(&table.ids, uuid), other) {
                found[at].1.set(row, other);
            }
        })?;
        Ok(found)
    }

    /// The column of a property that isn't in memory from the start: collected at first use.
    pub(super) fn build_column(&self, source: &dyn Source, slot: &Slot, property: PropertyId, kind: Kind) -> Read<()> {
        let is_there = || slot.table().is_none_or(|table| table.column(property).is_some());
        if is_there() {
            return Ok(());
        }
        let _one_at_a_time = locked(&slot.scanning);
        loop {
            if is_there() {
                return Ok(());
            }
            slot.change(|table| table.begin_column(property, kind));
            let Some(table) = slot.table() else { return Ok(()) };
            let scanned = self.scan_column(source, &table, property, kind)?;
            let version = table.version;
            drop(table);
            if slot.change(|table| table.end_column(scanned, version)) == Some(true) {
                return Ok(());
            }
        }
    }

    fn scan_column(&self, source: &dyn Source, table: &Table, property: PropertyId, kind: Kind) -> Read<Column> {
        let start = || (Column::blank(property, kind, table.rows()), Walk::default(), Scratch::default());
        let put = |(column, walk, scratch): &mut (Column, Walk, Scratch), uuid, record: &RecordView| {
            if let Some(row) = walk.row(&table.ids, uuid) {
                column.put(row, uuid, record, &self.users, scratch);
            }
        };
        let whole = Column::blank(property, kind, table.rows());
        let bounds = table.ids.split(PARTS);
        let mut column = scan(source, table.object, &bounds, whole, start, put, |whole, (part, ..)| whole.merge(part))?;
        column.shrink();
        Ok(column)
    }

    /// Which records of `to` the records of a table are associated with: collected at first use.
    pub(super) fn build_ties(&self, source: &dyn Source, slot: &Slot, to: Object) -> Read<()> {
        let is_there = || slot.table().is_none_or(|table| table.ties(to).is_some());
        if is_there() {
            return Ok(());
        }
        let _one_at_a_time = locked(&slot.scanning);
        if is_there() {
            return Ok(());
        }
        let others = self.slot(to);
        slot.change(|table| table.begin_ties(to));
        // Taken after that: a record that is in neither was told of later, and so were its ties.
        let (Some(table), Some(others)) = (slot.table(), others.table()) else { return Ok(()) };
        let mut pairs = Vec::new();
        let mut walk = Walk::default();
        source.links(table.object, to, &mut |uuid, other| {
            if let (Some(row), Some(other)) = (walk.row(&table.ids, uuid), others.ids.row(other)) {
                pairs.push((row, other));
            }
        })?;
        let scanned = Ties::of(table.rows(), pairs);
        drop(table);
        slot.change(|table| table.end_ties(to, scanned));
        Ok(())
    }
}

fn timelines(source: &dyn Source, table: &Table, now: i64) -> Read<Timelines> {
    let mut timelines = Timelines::of(table.rows());
    let mut walk = Walk::default();
    source.activity_times(table.object, &mut |uuid, at, open_task| {
        if let Some(row) = walk.row(&table.ids, uuid) {
            timelines.add(row, at, open_task, now);
        }
    })?;
    Ok(timelines)
}
