//! Last and next activity (the timeline's view of now). What lies ahead is kept in the order it comes due, so that it
//! moves over to the past without a look at the rows that wait.

use super::chunked::Chunked;
use super::column::NO_SIZE;
use std::collections::{BTreeMap, BTreeSet};

/// What the timeline of one record says: milliseconds, [`NO_SIZE`] for never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moments {
    /// Latest activity up to now that is no open task.
    pub last: i64,
    /// Earliest open task, due or not.
    open: i64,
    /// Other activities after now, sorted.
    ahead: Vec<i64>,
}

impl Default for Moments {
    fn default() -> Self {
        Moments { last: NO_SIZE, open: NO_SIZE, ahead: Vec::new() }
    }
}

fn earlier(one: i64, other: i64) -> i64 {
    if one == NO_SIZE || other == NO_SIZE { one.max(other) } else { one.min(other) }
}

impl Moments {
    /// Counts in one activity.
    pub fn add(&mut self, at: i64, open_task: bool, now: i64) {
        if open_task {
            self.open = earlier(self.open, at);
        } else if at > now {
            let place = self.ahead.partition_point(|other| *other <= at);
            self.ahead.insert(place, at);
        } else {
            self.last = self.last.max(at);
        }
    }

    pub fn next(&self) -> i64 {
        earlier(self.open, self.ahead.first().copied().unwrap_or(NO_SIZE))
    }
}

/// The rows that something lies ahead of.
#[derive(Clone, Default)]
pub struct Agenda {
    due: BTreeSet<(i64, u32)>,
    rows: BTreeMap<u32, Moments>,
}

impl Agenda {
    /// What lies ahead of a row, in place of what did.
    pub fn put(&mut self, row: u32, moments: Moments) {
        for at in self.rows.remove(&row).into_iter().flat_map(|old| old.ahead) {
            self.due.remove(&(at, row));
        }
        if !moments.ahead.is_empty() {
            self.due.extend(moments.ahead.iter().map(|at| (*at, row)));
            self.rows.insert(row, moments);
        }
    }

    /// Whether something has come due by `now`.
    pub fn is_due(&self, now: i64) -> bool {
        self.due.first().is_some_and(|(at, _)| *at <= now)
    }

    /// Rows whose moments are others now than they were, with what they are.
    pub fn advance(&mut self, now: i64) -> Vec<(u32, Moments)> {
        let mut moved = BTreeSet::new();
        while let Some((at, row)) = self.due.first().copied().filter(|(at, _)| *at <= now) {
            self.due.remove(&(at, row));
            moved.insert(row);
        }
        let mut changed = Vec::with_capacity(moved.len());
        for row in moved {
            let Some(mut moments) = self.rows.remove(&row) else { continue };
            let past = moments.ahead.partition_point(|at| *at <= now);
            let latest = moments.ahead.drain(..past).next_back();
            moments.last = moments.last.max(latest.unwrap_or(NO_SIZE));
            if !moments.ahead.is_empty() {
                self.rows.insert(row, moments.clone());
            }
            changed.push((row, moments));
        }
        changed
    }
}

/// The timelines of all records, as a scan goes through them.
pub struct Timelines {
    last: Chunked<i64>,
    open: Chunked<i64>,
    ahead: Vec<(u32, i64)>,
}

impl Timelines {
    pub fn of(rows: usize) -> Timelines {
        Timelines { last: Chunked::filled(&NO_SIZE, rows), open: Chunked::filled(&NO_SIZE, rows), ahead: Vec::new() }
    }

    /// Counts in one activity of one record.
    pub fn add(&mut self, row: u32, at: i64, open_task: bool, now: i64) {
        if open_task {
            let open = self.open.cell(row);
            *open = earlier(*open, at);
        } else if at > now {
            self.ahead.push((row, at));
        } else {
            let last = self.last.cell(row);
            *last = at.max(*last);
        }
    }

    /// Last and next activity of each row, and what lies ahead.
    pub fn into_columns(mut self) -> (Chunked<i64>, Chunked<i64>, Agenda) {
        let mut agenda = Agenda::default();
        self.ahead.sort_unstable();
        let mut next = self.open;
        for times in self.ahead.chunk_by(|one, other| one.0 == other.0) {
            let row = times[0].0;
            let (last, open) = (*self.last.get(row), *next.get(row));
            let moments = Moments { last, open, ahead: times.iter().map(|(_, at)| *at).collect() };
            next.set(row, moments.next());
            agenda.put(row, moments);
        }
        (self.last, next, agenda)
    }
}
