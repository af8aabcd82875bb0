//! Keys of records that an import made and that don't stand in the store yet. Their rows come in random order, so
//! they are written many at a time; until then they are here, and a mark in the store says from which commit on.

use super::blocks::Batch;
use super::keys::{self, HeldKey};
use crate::domain::graph::Key;
use crate::domain::id::RecordId;
use std::collections::BTreeSet;

/// Rows that are held back before they are written, at most.
pub(super) const MOST: usize = 400_000;

#[derive(Default)]
pub(super) struct PendingKeys {
    rows: BTreeSet<HeldKey>,
}

impl PendingKeys {
    pub fn hold(&mut self, key: &Key, id: RecordId) {
        self.rows.insert(keys::held(key, id));
    }

    pub fn drop(&mut self, key: &Key, id: RecordId) {
        self.rows.remove(&keys::held(key, id));
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn is_full(&self) -> bool {
        self.rows.len() >= MOST
    }

    pub fn find(&self, key: &Key) -> Vec<RecordId> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let holders = keys::holders(key);
        let from = keys::first_held(key);
        let rows = self.rows.range(from..).take_while(|row| row.starts_with(&holders));
        rows.filter_map(|row| keys::holder(row)).collect()
    }

    /// Everything that was held back goes into `batch`.
    pub fn pour(&mut self, batch: &mut Batch) {
        for row in std::mem::take(&mut self.rows) {
            batch.put(row, Vec::new());
        }
    }
}
