//! Saving: one batch after the other, durable when it returns, and what is done when the disk fails.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use super::batch::Batch;
use super::merge::{self, Plan};
use super::{Blocks, lock};
use crate::store::error::{Bytes, OpenError, StoreError};
use crate::store::sled::files::{self, Room};

/// sled takes two to three times what is written before it reuses space.
const AMPLE: u64 = 3;
const SPARE: u64 = 4 << 20;

/// What only the one who writes may touch.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// Why sled takes no more writes until it is opened again.
    pub stopped: Option<String>,
    /// Keys written since the copy that runs began.
    pub touched: Option<BTreeSet<Vec<u8>>>,
}

impl Blocks {
    /// Saves the batch whole or not at all. When this returns, it is on the disk.
    pub fn write(&self, batch: Batch) -> Result<(), StoreError> {
        self.commit(batch, true)
    }

    /// For many batches in a row: each whole or not at all, but safe from a power cut or a full disk only after `sync`.
    pub fn write_unsynced(&self, batch: Batch) -> Result<(), StoreError> {
        self.commit(batch, false)
    }

    /// Makes all that was written durable.
    pub fn sync(&self) -> Result<(), StoreError> {
        let mut writer = lock(&self.writer);
        writer.may_write()?;
        let synced = self.sync_engine();
        self.outcome(&mut writer, self.saves(), synced)
    }

    /// Closes sled and opens it again. After a bulk load this takes the time that the next start would need, and
    /// after a failed write it lets the store write again. Readers wait.
    pub fn reopen(&self) -> Result<(), OpenError> {
        let mut writer = lock(&self.writer);
        let Room { free, total } = files::room(self.folder());
        if free < Bytes(SPARE) && !self.home.drop_ballast() {
            return Err(OpenError::Full { free, total });
        }
        self.exchange(&mut writer, |_| Ok(()))?;
        self.home.keep_ballast();
        Ok(())
    }

    /// A full disk is better not tried: sled reads and writes no more after it.
    pub(super) fn has_room(&self, bytes: u64) -> Result<(), StoreError> {
        let Room { free, total } = files::room(self.folder());
        if free < Bytes(bytes.saturating_mul(AMPLE).saturating_add(SPARE)) {
            return Err(StoreError::Full { free, total });
        }
        Ok(())
    }

    fn commit(&self, batch: Batch, durable: bool) -> Result<(), StoreError> {
        batch.check()?;
        if batch.is_empty() {
            return Ok(());
        }
        let mut writer = lock(&self.writer);
        writer.may_write()?;
        if let Some(touched) = &mut writer.touched {
            touched.extend(batch.changes.keys().cloned());
        }
        let plan = {
            let gate = self.gate();
            merge::plan(gate.engine()?, &gate.tally, batch.changes)?
        };
        self.has_room(plan.bytes)?;
        let number = plan.tally.saves;
        let saved = self.apply(plan).and_then(|()| if durable { self.sync_engine() } else { Ok(()) });
        self.outcome(&mut writer, number, saved)
    }

    /// After a full disk sled neither reads nor writes well; opened again it stands at what was saved last.
    pub(super) fn rescue(&self) -> bool {
        // Whoever writes right now will meet the full disk too, and is the one to do it.
        self.writer.try_lock().is_ok_and(|mut writer| self.open_on_ballast(&mut writer))
    }

    fn open_on_ballast(&self, writer: &mut Writer) -> bool {
        self.home.drop_ballast() && self.exchange(writer, |_| Ok(())).is_ok()
    }

    fn apply(&self, plan: Plan) -> Result<(), StoreError> {
        let mut gate = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        gate.now.0 += 1;
        gate.engine()?.apply(plan.batch)?;
        gate.tally = plan.tally;
        Ok(())
    }

    fn sync_engine(&self) -> Result<(), StoreError> {
        self.read(|engine, _| engine.sync())
    }

    /// What became of the save with this number. After a failure sled may hold in memory what is not on the disk: it is
    /// opened again if that is possible, else nothing more is written.
    fn outcome(&self, writer: &mut Writer, number: u64, saved: Result<(), StoreError>) -> Result<(), StoreError> {
        let full = matches!(saved, Err(StoreError::Full { .. }));
        if full && self.open_on_ballast(writer) {
            let is_there = self.saves() >= number && self.sync_engine().is_ok();
            return if is_there { Ok(()) } else { saved };
        }
        writer.watch(saved)
    }
}

impl Writer {
    fn may_write(&self) -> Result<(), StoreError> {
        self.stopped.clone().map_or(Ok(()), |why| Err(StoreError::Stopped { why }))
    }

    fn watch(&mut self, saved: Result<(), StoreError>) -> Result<(), StoreError> {
        if let Err(error) = &saved {
            self.stopped = Some(match error {
                StoreError::Full { .. } => "the disk was full".into(),
                StoreError::Io { source, .. } => format!("the disk failed ({source})"),
                other => format!("an earlier save failed ({other})"),
            });
        }
        saved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sled::blocks::tests::{all, filled, key, store};

    #[test]
    fn a_disk_without_room_is_not_written_to() {
        let (_temp, blocks) = store();
        assert!(matches!(blocks.has_room(u64::MAX / 2), Err(StoreError::Full { .. })));
        filled(&blocks, 1, 0..1, 1);
    }

    #[test]
    fn after_a_failed_write_reads_go_on_and_writes_say_why() {
        let (_temp, blocks) = store();
        filled(&blocks, 1, 0..10, 1);
        let failed = StoreError::Io { doing: "Using the data folder", source: std::io::Error::other("cable") };
        assert!(blocks.outcome(&mut lock(&blocks.writer), 2, Err(failed)).is_err());
        let mut batch = Batch::new();
        batch.put(key(1, 1), "x");
        assert_eq!(
            blocks.write(batch.clone()).unwrap_err().to_string(),
            "Nothing can be saved since the disk failed (cable). What was saved before is kept; close lejek and start it again."
        );
        assert_eq!(all(&blocks).len(), 10);
        blocks.reopen().unwrap();
        blocks.write(batch).unwrap();
    }

    #[test]
    fn on_a_full_disk_the_ballast_makes_room_to_open_again() {
        let (temp, blocks) = store();
        filled(&blocks, 1, 0..10, 1);
        let full = || Err(StoreError::Full { free: Bytes(0), total: Bytes(1) });
        assert!(temp.path().join("ballast").exists());
        assert!(matches!(blocks.outcome(&mut lock(&blocks.writer), 2, full()), Err(StoreError::Full { .. })));
        assert!(!temp.path().join("ballast").exists() && !blocks.rescue());
        filled(&blocks, 1, 10..20, 1);
        blocks.reopen().unwrap();
        assert!(temp.path().join("ballast").exists());
        assert!(blocks.outcome(&mut lock(&blocks.writer), 2, full()).is_ok(), "the save is there after all");
        assert!(matches!(blocks.outcome(&mut lock(&blocks.writer), 2, full()), Err(StoreError::Full { .. })));
        let mut batch = Batch::new();
        batch.put(key(1, 1), "x");
        assert!(matches!(blocks.write(batch), Err(StoreError::Stopped { .. })));
        assert_eq!(all(&blocks).len(), 20);
        blocks.reopen().unwrap();
        assert!(blocks.rescue());
        assert_eq!(all(&blocks).len(), 20);
    }
}
