//! Whether the rows of awaited events and of registered records are those of what stands.

use super::super::blocks::Span;
use crate::domain::activity::Activity;
use crate::domain::graph::{Read, Unreadable};
use crate::domain::id::{RecordId, short};
use crate::domain::object::is;
use crate::store::codec::RecordView;
use crate::store::sled::{SledStore, awaited, keys};
use std::ops::ControlFlow;

/// Rows of a kind that belong to something, against all that there are.
pub(super) struct Told<'a> {
    store: &'a SledStore,
    kind: u8,
    found: u64,
}

impl<'a> Told<'a> {
    pub fn of_events(store: &'a SledStore) -> Told<'a> {
        Told { store, kind: keys::AWAITED, found: 0 }
    }

    pub fn of_records(store: &'a SledStore) -> Told<'a> {
        Told { store, kind: keys::REGISTERED, found: 0 }
    }

    fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, String> {
        self.store.blocks.get(key).map_err(|error| error.to_string())
    }

    /// Looks for the row of an event that nobody has.
    pub fn event(&mut self, activity: &Activity) -> Result<(), String> {
        let Some(whom) = activity.awaits() else { return Ok(()) };
        match self.row(&keys::awaited_by(whom, activity.id))?.map(|row| awaited::moment(&row)) {
            Some(at) if at == Some(activity.at) => {
                self.found += 1;
                Ok(())
            }
            Some(_) => Err(format!("the row of the awaited event {} says another time", short(activity.id.0))),
            None => Err(format!("the event {} is awaited, and no row says so", short(activity.id.0))),
        }
    }

    /// Looks for the row of a record that a partner claimed.
    pub fn record(&mut self, id: RecordId, record: &RecordView) -> Result<(), String> {
        if record.get(is::REGISTRATIONS).is_none() {
            return Ok(());
        }
        if self.row(&keys::record(keys::REGISTERED, id))?.is_none() {
            return Err(format!("{} is registered, and no row says so", id.short()));
        }
        self.found += 1;
        Ok(())
    }

    /// Rows that belong to none of them.
    pub fn finish(self) -> Read<Option<String>> {
        let mut rows = 0u64;
        let count = |_: &[u8], _: &[u8]| {
            rows += 1;
            ControlFlow::Continue(())
        };
        self.store.blocks.scan_blocks(Span::prefix(&[self.kind]), count).map_err(Unreadable::from)?;
        let over = rows.saturating_sub(self.found);
        let what = if self.kind == keys::AWAITED { "awaited events" } else { "registered records" };
        Ok((over > 0).then(|| format!("{over} rows of {what} belong to nothing that is there")))
    }
}
