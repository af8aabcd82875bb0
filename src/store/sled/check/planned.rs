//! Whether the rows of agendas are those of the tasks and meetings that stand.

use super::super::blocks::Span;
use crate::domain::activity::Activity;
use crate::domain::agenda::Planned;
use crate::domain::graph::{Read, Unreadable};
use crate::domain::id::short;
use crate::store::codec;
use crate::store::sled::{SledStore, keys};
use std::ops::ControlFlow;

pub(super) struct Agendas<'a> {
    store: &'a SledStore,
    planned: u64,
}

impl<'a> Agendas<'a> {
    pub fn new(store: &'a SledStore) -> Agendas<'a> {
        Agendas { store, planned: 0 }
    }

    /// Looks for the row of an activity.
    pub fn look(&mut self, activity: &Activity) -> Result<(), String> {
        let Some(planned) = Planned::of(activity) else { return Ok(()) };
        let row = self.store.blocks.get(&keys::planned(&planned)).map_err(|error| error.to_string())?;
        match row {
            Some(row) if row == codec::encode_planned(&(&planned).into()) => {
                self.planned += 1;
                Ok(())
            }
            Some(_) => Err(format!("the agenda says something else of {} than it says itself", short(activity.id.0))),
            None => Err(format!("{} is on no agenda", short(activity.id.0))),
        }
    }

    /// Rows that belong to none of them.
    pub fn finish(self) -> Read<Option<String>> {
        let mut rows = 0u64;
        let count = |_: &[u8], _: &[u8]| {
            rows += 1;
            ControlFlow::Continue(())
        };
        self.store.blocks.scan_blocks(Span::prefix(&[keys::PLANNED]), count).map_err(Unreadable::from)?;
        let over = rows.saturating_sub(self.planned);
        Ok((over > 0).then(|| format!("{over} rows of agendas belong to nothing that is planned")))
    }
}
