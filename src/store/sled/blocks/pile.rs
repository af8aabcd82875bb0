//! A second store that is filled beside the one that stands, to take its place.

use super::batch::{Batch, Changes};
use super::engine::Engine;
use super::merge;
use super::tally::Tally;
use crate::store::error::{OpenError, StoreError};
use crate::store::sled::files::Home;

/// Bytes of rows that are written in one batch. Measured: four times as many take half as long again.
const LOT: usize = 1 << 20;

#[derive(Debug)]
pub(super) struct Pile<'a> {
    home: &'a Home,
    engine: Engine,
    tally: Tally,
    pending: Batch,
    bytes: usize,
}

impl<'a> Pile<'a> {
    pub(super) fn begin(home: &'a Home) -> Result<Self, OpenError> {
        home.discard_fresh().map_err(|source| crate::store::sled::files::refusal(home.folder(), source))?;
        let engine = Engine::open(home.folder(), &home.fresh())?;
        Ok(Self { home, engine, tally: Tally::default(), pending: Batch::new(), bytes: 0 })
    }

    /// Rows that come in the order of their keys leave full blocks.
    pub(super) fn take(&mut self, key: &[u8], value: Option<&[u8]>) -> Result<(), StoreError> {
        self.pending.changes.insert(key.to_vec(), value.map(<[u8]>::to_vec));
        self.bytes += key.len() + value.map_or(0, <[u8]>::len);
        if self.bytes >= LOT { self.put_down() } else { Ok(()) }
    }

    /// Makes all that was taken durable, and the next opening of it quick.
    pub(super) fn settle(mut self) -> Result<Self, OpenError> {
        let put_down = self.put_down().and_then(|()| self.engine.sync());
        put_down.map_err(|error| super::refused(self.home, error))?;
        drop(self.engine);
        let engine = Engine::open(self.home.folder(), &self.home.fresh())?;
        Ok(Self { engine, ..self })
    }

    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The folder is whole and closed when this returns; `saves` is the number the store goes on from.
    pub(super) fn finish(mut self, saves: u64) -> Result<(), StoreError> {
        self.tally.saves = saves;
        self.put_down()?;
        self.engine.sync()
    }

    fn put_down(&mut self) -> Result<(), StoreError> {
        let changes: Changes = std::mem::take(&mut self.pending).changes;
        let plan = merge::plan(&self.engine, &self.tally, changes)?;
        self.engine.apply(plan.batch)?;
        self.tally = plan.tally;
        self.bytes = 0;
        Ok(())
    }
}
