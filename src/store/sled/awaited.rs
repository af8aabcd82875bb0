//! Events that wait for whom they name (R4.1), and records that a partner claimed (R4.4): rows of their own, written with
//! each event and each record.

use super::apply::Records;
use super::blocks::{Batch, Direction, Span};
use super::{SledStore, damaged, keys};
use crate::domain::activity::Activity;
use crate::domain::event::Whom;
use crate::domain::graph::{Graph, Read, Unreadable};
use crate::domain::id::{ActivityId, Object, RecordId};
use crate::domain::object::is;
use chrono::{DateTime, Utc};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether any event ever waited since the store was opened or when it was: an import asks for every address.
#[derive(Default)]
pub(super) struct Awaiting(AtomicBool);

impl SledStore {
    pub(super) fn look_for_awaited(&self) -> Read<()> {
        if self.blocks.last(Span::prefix(&[keys::AWAITED])).map_err(Unreadable::from)?.is_some() {
            self.awaiting.0.store(true, Ordering::Release);
        }
        Ok(())
    }

    pub(super) fn awaited_by(&self, whom: &Whom) -> Read<Vec<ActivityId>> {
        let mut events = Vec::new();
        if !self.awaiting.0.load(Ordering::Acquire) {
            return Ok(events);
        }
        for pair in self.blocks.scan(Span::prefix(&keys::awaited(whom)), Direction::Up) {
            let (row, _) = pair.map_err(Unreadable::from)?;
            let id = keys::awaiting(&row).ok_or_else(|| damaged("a row of awaited events"))?;
            // The same hash is not yet the same text.
            if self.activity(id)?.is_some_and(|event| event.awaits() == Some(whom)) {
                events.push(id);
            }
        }
        Ok(events)
    }

    pub(super) fn see_awaited(&self, object: Object, see: &mut dyn FnMut(DateTime<Utc>, ActivityId)) -> Read<()> {
        let mut broken = Ok(());
        let scanned = self.blocks.scan_blocks(Span::prefix(&keys::awaited_of(object)), |key, value| {
            match keys::awaiting(key).zip(moment(value)) {
                Some((id, at)) => {
                    see(at, id);
                    ControlFlow::Continue(())
                }
                None => {
                    broken = Err(damaged("a row of awaited events"));
                    ControlFlow::Break(())
                }
            }
        });
        scanned.map_err(Unreadable::from)?;
        broken
    }

    pub(super) fn all_registered(&self) -> Read<Vec<RecordId>> {
        let rows = self.blocks.scan(Span::prefix(&[keys::REGISTERED]), Direction::Up);
        let id = |pair: Result<(Vec<u8>, Vec<u8>), _>| {
            let (key, _) = pair.map_err(Unreadable::from)?;
            keys::first_id(&key).ok_or_else(|| damaged("a row of registrations"))
        };
        rows.map(id).collect()
    }

    /// The rows of an event that begins to wait, or ends to.
    pub(super) fn put_awaited(&self, batch: &mut Batch, before: Option<&Activity>, after: Option<&Activity>) {
        let row = |event: &Activity| Some((keys::awaited_by(event.awaits()?, event.id), event.at.timestamp_millis()));
        let (before, after) = (before.and_then(row), after.and_then(row));
        if before == after {
            return;
        }
        if let Some((key, _)) = before {
            batch.delete(key);
        }
        if let Some((key, at)) = after {
            self.awaiting.0.store(true, Ordering::Release);
            batch.put(key, at.to_be_bytes());
        }
    }
}

/// The rows of records that begin to be registered, or end to.
pub(super) fn put_registered(batch: &mut Batch, records: &Records) {
    for (id, was) in records {
        let before = was.before.as_ref().is_some_and(|record| record.values.get(is::REGISTRATIONS).is_some());
        let after = was.after.as_ref().is_some_and(|record| record.values.get(is::REGISTRATIONS).is_some());
        let key = keys::record(keys::REGISTERED, *id);
        match (before, after) {
            (false, true) => batch.put(key, Vec::new()),
            (true, false) => batch.delete(key),
            _ => {}
        }
    }
}

pub(super) fn moment(value: &[u8]) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(i64::from_be_bytes(value.try_into().ok()?))
}
