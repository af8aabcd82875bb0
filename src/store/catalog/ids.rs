//! Ids of rows and rows of ids. Rows are numbered as they come; ids are `UUIDv7`, so they nearly always come in order.

use super::chunked::{Chunked, ROWS};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

type Id = [u8; 16];

/// A row is never given up: a record that comes back from the bin finds its own.
#[derive(Clone, Default)]
pub struct Ids {
    /// Never falling. Where a stray stands it repeats the id before, so that a binary search finds the real row first.
    rising: Chunked<Id>,
    strays: Arc<Strays>,
}

/// Rows whose id is smaller than one before them: two programs made records at the same time.
#[derive(Clone, Default)]
struct Strays {
    rows: BTreeMap<Id, u32>,
    ids: BTreeMap<u32, Id>,
}

impl Ids {
    pub fn len(&self) -> usize {
        self.rising.len()
    }

    pub fn row(&self, uuid: Uuid) -> Option<u32> {
        let id = uuid.into_bytes();
        let last = self.rising.get((self.len() as u32).checked_sub(1)?);
        if *last < id {
            return None;
        }
        let row = self.lower_bound(&id);
        if *self.rising.get(row) == id { Some(row) } else { self.strays.rows.get(&id).copied() }
    }

    /// The first row whose id is `id` or greater; there is one.
    fn lower_bound(&self, id: &Id) -> u32 {
        let (mut low, mut high) = (0, self.rising.chunks().len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.rising.chunk(middle).last().is_some_and(|last| last < id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low * ROWS + self.rising.chunk(low).partition_point(|one| one < id)) as u32
    }

    pub fn uuid(&self, row: u32) -> Uuid {
        let stray = if self.strays.ids.is_empty() { None } else { self.strays.ids.get(&row) };
        Uuid::from_bytes(*stray.unwrap_or_else(|| self.rising.get(row)))
    }

    /// Gives an id that isn't there yet a row.
    pub fn push(&mut self, uuid: Uuid) -> u32 {
        let (id, row) = (uuid.into_bytes(), self.len() as u32);
        let last = row.checked_sub(1).map(|last| *self.rising.get(last));
        match last.filter(|last| *last > id) {
            None => self.rising.push(id),
            Some(last) => {
                self.rising.push(last);
                let strays = Arc::make_mut(&mut self.strays);
                strays.rows.insert(id, row);
                strays.ids.insert(row, id);
            }
        }
        row
    }

    pub fn append(&mut self, other: &Ids) {
        let last = (self.len() as u32).checked_sub(1).map(|row| self.rising.get(row));
        let first = if other.len() == 0 { None } else { Some(other.rising.get(0)) };
        if other.strays.ids.is_empty() && first >= last {
            self.rising.append(&other.rising);
        } else {
            (0..other.len() as u32).for_each(|row| {
                self.push(other.uuid(row));
            });
        }
    }

    /// Ids that part the rows at ends of chunks, into at most about `parts`.
    pub fn split(&self, parts: usize) -> Vec<Uuid> {
        let step = self.rising.chunks().len().div_ceil(parts).max(1);
        let firsts = self.rising.chunks().step_by(step).skip(1).filter_map(<[Id]>::first);
        firsts.map(|id| Uuid::from_bytes(*id)).collect()
    }

    /// Where each row stands when the newest is first.
    pub fn ages(&self) -> Ages {
        let rows = self.len() as u32;
        if self.strays.ids.is_empty() {
            return Ages::Straight(rows);
        }
        let mut oldest_first = Vec::with_capacity(rows as usize);
        let mut strays = self.strays.rows.iter().peekable();
        for row in (0..rows).filter(|row| !self.strays.ids.contains_key(row)) {
            while let Some((_, stray)) = strays.next_if(|(id, _)| *id < self.rising.get(row)) {
                oldest_first.push(*stray);
            }
            oldest_first.push(row);
        }
        oldest_first.extend(strays.map(|(_, row)| *row));
        let mut age_of = vec![0; rows as usize];
        for (age, row) in oldest_first.iter().rev().enumerate() {
            age_of[*row as usize] = age as u32;
        }
        oldest_first.reverse();
        Ages::Mixed { age_of, row_at: oldest_first }
    }
}

/// The order of rows by id, newest first.
pub enum Ages {
    /// The last row is the newest.
    Straight(u32),
    Mixed {
        age_of: Vec<u32>,
        row_at: Vec<u32>,
    },
}

impl Ages {
    /// 0 is the newest.
    pub fn age(&self, row: u32) -> u32 {
        match self {
            Ages::Straight(rows) => rows - 1 - row,
            Ages::Mixed { age_of, .. } => age_of[row as usize],
        }
    }

    pub fn row(&self, age: u32) -> u32 {
        match self {
            Ages::Straight(rows) => rows - 1 - age,
            Ages::Mixed { row_at, .. } => row_at[age as usize],
        }
    }

    /// Rows in rising order, turned to newest first.
    pub fn newest_first(&self, mut rows: Vec<u32>) -> Vec<u32> {
        match self {
            Ages::Straight(_) => rows.reverse(),
            Ages::Mixed { age_of, .. } => rows.sort_unstable_by_key(|row| age_of[*row as usize]),
        }
        rows
    }
}

/// Looks up ids that come mostly in order, as scans visit them.
#[derive(Default)]
pub struct Walk {
    row: u32,
}

impl Walk {
    pub fn row(&mut self, ids: &Ids, uuid: Uuid) -> Option<u32> {
        let end = (self.row + 4).min(ids.len() as u32);
        let near = (self.row..end).find(|row| ids.rising.get(*row) == uuid.as_bytes());
        let found = near.or_else(|| ids.row(uuid))?;
        // A stray's place repeats the id before it: looking on from there would find the wrong row.
        if !ids.strays.ids.contains_key(&found) {
            self.row = found;
        }
        Some(found)
    }
}
