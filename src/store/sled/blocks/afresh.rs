//! Copies of a store that others go on writing to, and the rewrite of its file that is one of them.

use std::collections::BTreeSet;
use std::io;
use std::ops::ControlFlow;
use std::sync::MutexGuard;

use super::pile::Pile;
use super::{Blocks, Span, Writer, lock};
use crate::store::error::{OpenError, StoreError};

/// Told the number of rows done now and then; `Break` cancels.
pub type Progress<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

/// Rows between two calls of a `Progress`.
pub(super) const STEP: u64 = 1_000;

impl Blocks {
    /// Copies all rows into a new file and lets it take the place of the old one, which is removed with all that was
    /// deleted from it. Others may read and write meanwhile. A crash at any point leaves all rows.
    pub fn rewrite_afresh(&self, progress: Progress) -> Result<(), StoreError> {
        self.has_room(self.live_bytes())?;
        self.alone(|| match self.pile_up(progress) {
            Ok(mut writer) => self.exchange(&mut writer, super::Home::swap).map_err(unswapped),
            Err(error) => {
                // What remains of it is removed at the next start.
                let _ = self.home.discard_fresh();
                Err(error)
            }
        })
    }

    fn pile_up(&self, progress: Progress) -> Result<MutexGuard<'_, Writer>, StoreError> {
        let mut pile = Pile::begin(&self.home).map_err(unswapped)?;
        self.copy(progress, |key, value| pile.take(key, value))?;
        let mut pile = pile.settle().map_err(unswapped)?;
        let writer = self.catch_up(|key, value| pile.take(key, value))?;
        pile.finish(self.saves())?;
        Ok(writer)
    }

    /// Runs `work` as the only copy, with the keys remembered that are written meanwhile.
    pub(super) fn alone<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let _copying = lock(&self.copying);
        lock(&self.writer).touched = Some(BTreeSet::new());
        let done = work();
        lock(&self.writer).touched = None;
        done
    }

    /// Hands over all rows in order, each as it is at some moment of the copy.
    pub(super) fn copy(
        &self,
        progress: Progress,
        mut take: impl FnMut(&[u8], Option<&[u8]>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut rows = 0;
        let mut taken = Ok(());
        self.scan_blocks(Span::all(), |key, value| {
            rows += 1;
            taken = if rows % STEP == 0 && progress(rows).is_break() {
                Err(StoreError::Cancelled)
            } else {
                take(key, Some(value))
            };
            if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        taken
    }

    /// Hands over, once more, the rows that were written during the copy. With them it is the store as it is while
    /// the writer that this returns is held.
    pub(super) fn catch_up(
        &self,
        mut take: impl FnMut(&[u8], Option<&[u8]>) -> Result<(), StoreError>,
    ) -> Result<MutexGuard<'_, Writer>, StoreError> {
        let mut writer = lock(&self.writer);
        for key in writer.touched.take().unwrap_or_default() {
            take(&key, self.get(&key)?.as_deref())?;
        }
        Ok(writer)
    }
}

fn unswapped(error: OpenError) -> StoreError {
    match error {
        OpenError::Full { free, total } => StoreError::Full { free, total },
        OpenError::Io { source, .. } => StoreError::Io { doing: "Rewriting the file", source },
        other => StoreError::Io { doing: "Rewriting the file", source: io::Error::other(other.to_string()) },
    }
}
