//! Timelines that were read lately. A store that keeps them tells when something of one changes; a new one for each
//! question keeps nothing.

use super::{Arranged, Sought, passing};
use crate::domain::activity::Entry;
use crate::domain::answer::TimelineFilter;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::RecordId;
use chrono::{DateTime, Utc};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Records whose entries are kept, and arrangements of them.
const RECORDS: usize = 4;
const ARRANGED: usize = 8;

#[derive(Default)]
pub struct Timelines {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Raised by every change: what was read before one is not kept after it.
    changes: u64,
    entries: VecDeque<(RecordId, Arc<Vec<Entry>>)>,
    arranged: VecDeque<Arc<Arranged>>,
}

impl Timelines {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something of these records' timelines changed.
    pub fn forget(&self, records: impl IntoIterator<Item = RecordId>) {
        let mut kept = self.kept();
        kept.changes += 1;
        for id in records {
            kept.entries.retain(|(of, _)| *of != id);
            kept.arranged.retain(|arranged| arranged.record != id);
        }
    }

    /// All entries of a record, as [`Graph::entries`] gives them.
    pub fn entries(&self, graph: &dyn Graph, record: RecordId) -> Read<Arc<Vec<Entry>>> {
        let changes = {
            let kept = self.kept();
            if let Some((_, entries)) = kept.entries.iter().find(|(of, _)| *of == record) {
                return Ok(Arc::clone(entries));
            }
            kept.changes
        };
        let entries = Arc::new(graph.entries(record)?);
        let mut kept = self.kept();
        if kept.changes == changes && kept.entries.iter().all(|(of, _)| *of != record) {
            kept.entries.truncate(RECORDS - 1);
            kept.entries.push_front((record, Arc::clone(&entries)));
        }
        Ok(entries)
    }

    pub(super) fn arranged(&self, graph: &dyn Graph, sought: &Sought, now: DateTime<Utc>) -> Read<Arc<Arranged>> {
        let Sought { record, filter, pinned } = *sought;
        let zone = graph.settings().general.time_zone;
        let (changes, wider) = {
            let kept = self.kept();
            let of = |arranged: &&Arc<Arranged>| arranged.record == record;
            let same = |arranged: &&Arc<Arranged>| {
                arranged.filter == *filter
                    && arranged.pinned == pinned
                    && arranged.zone == zone
                    && arranged.stands_at(now)
            };
            if let Some(arranged) = kept.arranged.iter().filter(of).find(same) {
                return Ok(Arc::clone(arranged));
            }
            (kept.changes, kept.arranged.iter().filter(of).find(|arranged| is_wider(&arranged.filter, filter)).cloned())
        };
        let all = match &wider {
            Some(wider) => Arc::clone(&wider.all),
            None => self.entries(graph, record)?,
        };
        let passing = passing(graph, &all, wider.as_ref().map(|wider| wider.order.as_slice()), filter)?;
        let arranged = Arc::new(Arranged::of(all, passing, sought, zone, now));
        let mut kept = self.kept();
        if kept.changes == changes {
            kept.arranged.truncate(ARRANGED - 1);
            kept.arranged.push_front(Arc::clone(&arranged));
        }
        Ok(arranged)
    }
}

/// Whether all that passes `filter` passes `other` too, whose words begin those of `filter`: while one types, each letter
/// is looked for only in what held those before it.
fn is_wider(other: &TimelineFilter, filter: &TimelineFilter) -> bool {
    let narrows = !other.text.is_empty() && filter.text.starts_with(&other.text);
    narrows
        && TimelineFilter { text: String::new(), ..other.clone() }
            == TimelineFilter { text: String::new(), ..filter.clone() }
}
