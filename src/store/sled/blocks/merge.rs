//! From changes of rows to changes of sled's entries: each block that is touched is read and written once.

use std::iter::Peekable;

use ::sled::IVec;

use super::batch::Changes;
use super::block::{self, Block, Row, Stored};
use super::engine::{Engine, Entry};
use super::fences;
use super::pack::{self, Growth, MOST_BYTES, MOST_VALUE};
use super::parts;
use super::tally::Tally;
use super::{FENCES, damaged};
use crate::store::error::StoreError;

/// What is to be written, ready: nothing can fail any more but the disk.
#[derive(Debug)]
pub(super) struct Plan {
    pub batch: ::sled::Batch,
    pub tally: Tally,
    /// Keys and values in `batch`.
    pub bytes: u64,
}

/// `tally` is that of the store before the changes.
pub(super) fn plan(engine: &Engine, tally: &Tally, changes: Changes) -> Result<Plan, StoreError> {
    let mut merge = Merge {
        engine,
        plan: Plan { batch: ::sled::Batch::default(), tally: tally.clone(), bytes: 0 },
        fences: Changes::new(),
    };
    merge.all(changes)?;
    let fences = std::mem::take(&mut merge.fences);
    merge.all(fences)?;
    let mut plan = merge.plan;
    plan.tally.saves += 1;
    let (key, value) = plan.tally.entry();
    plan.bytes += (key.len() + value.len()) as u64;
    plan.batch.insert(&key, value);
    Ok(plan)
}

struct Merge<'a> {
    engine: &'a Engine,
    plan: Plan,
    fences: Changes,
}

type Coming = Peekable<std::collections::btree_map::IntoIter<Vec<u8>, Option<Vec<u8>>>>;

impl Merge<'_> {
    fn all(&mut self, changes: Changes) -> Result<(), StoreError> {
        let mut coming = changes.into_iter().peekable();
        while let Some((key, _)) = coming.peek() {
            let key = key.clone();
            self.stretch(&key, &mut coming)?;
        }
        Ok(())
    }

    /// One block with all changes that fall into it, and its neighbours as long as they are few.
    fn stretch(&mut self, first: &[u8], coming: &mut Coming) -> Result<(), StoreError> {
        let kind = first[0];
        let mut rows = Vec::new();
        let mut old = Vec::new();
        let mut growth = Growth::Scattered;
        let mut home = self.home(first)?;
        loop {
            let next = match &home {
                Some((key, _)) => self.engine.after(key)?.filter(|(next, _)| next.first() == Some(&kind)),
                None => None,
            };
            let before = match &home {
                Some((key, value)) => Block::open(key, value).and_then(Block::to_rows).map_err(damaged(kind))?,
                None => Vec::new(),
            };
            let (had, start) = (before.len(), rows.len());
            let last = before.last().map(|row| row.key.clone());
            self.weave(kind, before, next.as_ref(), coming, &mut rows);
            let all_behind = last.is_none_or(|last| rows.get(had - 1).is_some_and(|row| row.key == last));
            if next.is_none() && start == 0 && all_behind {
                growth = Growth::Appended;
            }
            let shrunk = rows.len() - start < had;
            old.extend(home);
            if next.is_none() || !shrunk || !pack::are_few(&rows) {
                break;
            }
            home = next;
        }
        self.replace(&old, &rows, growth);
        Ok(())
    }

    /// The block that holds `key` or would hold it.
    fn home(&self, key: &[u8]) -> Result<Option<Entry>, StoreError> {
        let of_kind = |(found, _): &Entry| found.first() == key.first();
        match self.engine.at_or_before(key)?.filter(of_kind) {
            Some(entry) => Ok(Some(entry)),
            None => Ok(self.engine.after(key)?.filter(of_kind)),
        }
    }

    /// Merges the rows of one block with the changes below the next one.
    fn weave(&mut self, kind: u8, before: Vec<Row>, next: Option<&Entry>, coming: &mut Coming, rows: &mut Vec<Row>) {
        let mut before = before.into_iter().peekable();
        let belongs = |key: &Vec<u8>| key[0] == kind && next.is_none_or(|(next, _)| key[..] < next[..]);
        while let Some((key, value)) = coming.next_if(|(key, _)| belongs(key)) {
            while let Some(row) = before.next_if(|row| row.key < key) {
                rows.push(row);
            }
            let replaced = before.next_if(|row| row.key == key);
            rows.extend(self.settle(kind, key, value, replaced.as_ref()));
        }
        rows.extend(before);
    }

    /// The row that stands under `key` after the change, if any; its parts are written or removed on the way.
    fn settle(&mut self, kind: u8, key: Vec<u8>, value: Option<Vec<u8>>, replaced: Option<&Row>) -> Option<Row> {
        self.plan.tally.count(kind, i64::from(value.is_some()) - i64::from(replaced.is_some()));
        if let Some(Stored::Parts(long)) = replaced.map(|row| &row.value) {
            for (key, len) in parts::places(&key, *long) {
                self.remove(&key, len);
            }
        }
        let value = value?;
        if value.len() <= MOST_VALUE {
            return Some(Row { key, value: Stored::Here(value) });
        }
        for (key, part) in parts::split(&key, &value) {
            self.put(&key, part);
        }
        Some(Row { value: Stored::Parts(parts::long(&value)), key })
    }

    fn replace(&mut self, old: &[Entry], rows: &[Row], growth: Growth) {
        for (key, value) in old {
            self.remove(key, value.len());
            self.fence(key, false);
        }
        for part in pack::cut(rows, growth) {
            let key = &rows[part.start].key;
            let value = block::encode(&rows[part.clone()], MOST_BYTES);
            self.put(key, value);
            let stays = old.iter().any(|(old, _)| old == key);
            if stays {
                self.fences.remove(&fences::key(key));
            } else {
                self.fence(key, true);
            }
        }
    }

    fn fence(&mut self, key: &[u8], stands: bool) {
        if key[0] != FENCES && fences::is_post(key) {
            self.fences.insert(fences::key(key), stands.then(Vec::new));
        }
    }

    /// A later `put` of the same key wins.
    fn remove(&mut self, key: &[u8], len: usize) {
        self.plan.tally.live = self.plan.tally.live.saturating_sub((key.len() + len) as u64);
        self.plan.batch.remove(key);
    }

    fn put(&mut self, key: &[u8], value: Vec<u8>) {
        let size = (key.len() + value.len()) as u64;
        self.plan.tally.live += size;
        self.plan.bytes += size;
        self.plan.batch.insert(key, IVec::from(value));
    }
}
