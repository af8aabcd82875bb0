//! Keys of records that an import made and that don't stand in the store yet. Their rows come in random order, and
//! written at once they would rewrite the same blocks again and again; until the import ends they are here, and a
//! mark in the store says from which commit on.

use super::blocks::Batch;
use super::keys::{self, HeldKey};
use super::{SledStore, Writer};
use crate::domain::graph::{Graph, Key, Read, Unreadable};
use crate::domain::id::{RecordId, Seq};
use crate::store::log;
use std::collections::BTreeSet;

/// Rows that are held back before they are written, at most: 70 MB of them, and what opening the store after a kill has to make up for.
const MOST: usize = 2_500_000;
/// Rows that are put in order together: so few that they stay in the processor's cache.
const RUN: usize = 16_384;
/// Rows that are written in one batch: about a megabyte of blocks.
const PART: usize = 32_768;

#[derive(Default)]
pub(super) struct PendingKeys {
    young: BTreeSet<HeldKey>,
    /// Older rows, each run in order and never empty.
    runs: Vec<Vec<HeldKey>>,
    count: usize,
}

impl PendingKeys {
    pub fn hold(&mut self, row: HeldKey) {
        self.count += usize::from(self.young.insert(row));
        if self.young.len() >= RUN {
            self.runs.push(std::mem::take(&mut self.young).into_iter().collect());
        }
    }

    pub fn drop(&mut self, row: &HeldKey) {
        let mut dropped = usize::from(self.young.remove(row));
        for run in &mut self.runs {
            if let Ok(at) = run.binary_search(row) {
                run.remove(at);
                dropped += 1;
            }
        }
        self.count -= dropped;
        self.runs.retain(|run| !run.is_empty());
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn is_full(&self) -> bool {
        self.count >= MOST
    }

    pub fn find(&self, key: &Key) -> Vec<RecordId> {
        if self.is_empty() {
            return Vec::new();
        }
        let holders = keys::holders(key);
        let from = keys::first_held(key);
        let mut found = Vec::new();
        for run in &self.runs {
            let rows = run[run.partition_point(|row| *row < from)..].iter();
            found.extend(rows.take_while(|row| row.starts_with(&holders)).filter_map(|row| keys::holder(row)));
        }
        let rows = self.young.range(from..).take_while(|row| row.starts_with(&holders));
        found.extend(rows.filter_map(|row| keys::holder(row)));
        found
    }

    /// Puts all rows into one run, in order.
    fn sort(&mut self) -> &[HeldKey] {
        let mut rows = Vec::with_capacity(self.count);
        for run in std::mem::take(&mut self.runs) {
            rows.extend(run);
        }
        rows.extend(std::mem::take(&mut self.young));
        rows.sort_unstable();
        self.runs.extend((!rows.is_empty()).then_some(rows));
        self.runs.first().map_or(&[], Vec::as_slice)
    }
}

impl SledStore {
    /// Writes all keys that were held back, in their order and in many batches: the mark stays until the caller takes it
    /// away, for a kill in between leaves some of them unwritten.
    pub(super) fn pour_keys(&self, writer: &mut Writer) -> Read<()> {
        for part in writer.pending.sort().chunks(PART) {
            let mut batch = Batch::new();
            for row in part {
                batch.put(*row, Vec::new());
            }
            super::write(&self.blocks, batch)?;
        }
        writer.pending = PendingKeys::default();
        Ok(())
    }

    /// Writes the keys that a broken-off import left behind.
    pub(super) fn catch_up_keys(&self) -> Read<()> {
        let Some(row) = self.blocks.get(&keys::keys_behind()).map_err(Unreadable::from)? else { return Ok(()) };
        let first = <[u8; 8]>::try_from(&row[..]).map_or(1, u64::from_be_bytes);
        let country = self.settings().general.phone_country.clone();
        let mut writer = self.writer();
        for seq in first..=writer.last_seq.0 {
            let Some(logged) = self.logged(Seq(seq))? else { continue };
            for id in logged.ops.iter().filter_map(|(op, _)| log::created(op)) {
                let record = self.record(id)?;
                for key in record.iter().flat_map(|record| Key::of(record, &country)) {
                    writer.pending.hold(keys::held(&key, id));
                }
            }
            if writer.pending.is_full() {
                self.pour_keys(&mut writer)?;
            }
        }
        self.pour_keys(&mut writer)?;
        let mut batch = Batch::new();
        batch.delete(keys::keys_behind());
        super::write(&self.blocks, batch)
    }
}

#[cfg(test)]
mod tests;
