//! What lists, boards and search run on: per object, columns in memory, built by a scan and kept by commits. It knows
//! nothing of the disk; a store lends it a [`Source`] and tells it [`Fact`]s. A new kind of property: `column`.
//!
//! Questions look at a snapshot of a table, whose chunks are shared until a commit writes to them. So the lock of an
//! object is held for a pointer's copy by questions and for a row's writing by commits, and a question of 200 ms keeps
//! nobody waiting. A commit that meets a snapshot copies the chunks that it writes to: about 0.1 ms.
//!
//! Room for a million contacts with 71 bytes of searched text and names of 18: text and its entries 79 MB, names as
//! sort keys 41, ids 16, last and next activity, created and updated 32, company 4, owner and lifecycle stage 4: 176 MB.
//! Each of the last six orders adds 4 MB, a rare column what its values take, texts twice their length.

mod arena;
mod bits;
mod board;
mod build;
mod cache;
mod chunked;
mod column;
mod condition;
mod find;
mod found;
mod ids;
mod moments;
mod needs;
mod order;
mod ranked;
mod searched;
mod similar;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod ties;
mod users;

use crate::domain::activity::{ActivityKind, Entry};
use crate::domain::answer::Derived;
use crate::domain::graph::Read;
use crate::domain::id::{Object, RecordId};
use crate::domain::record::Record;
use crate::domain::user::Viewer;
use crate::store::codec::RecordView;
use cache::Cache;
use chrono::{DateTime, Utc};
use column::Scratch;
use moments::Moments;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use table::{NO_ROW, Table};
use users::Users;
use uuid::Uuid;

pub use board::Parted;
pub use found::Found;

/// What the catalog is built from: a store as it is now. Read outside of any lock of the catalog.
pub trait Source: Sync {
    /// Ids, rising, that part the records of `object` into about `parts` equal parts, so that two threads share them.
    fn split(&self, object: Object, parts: usize) -> Read<Vec<Uuid>>;
    /// Every record of `object` in a part, in the order of ids.
    fn records(&self, object: Object, part: Part, visit: &mut dyn FnMut(Uuid, &RecordView)) -> Read<()>;
    /// Each record of `object` with each primary record that it has; best in the order of ids.
    fn primaries(&self, object: Object, visit: &mut dyn FnMut(Uuid, RecordId)) -> Read<()>;
    /// Each activity of each record of `object`: record, time in milliseconds, whether it is an open task; best in the
    /// order of ids.
    fn activity_times(&self, object: Object, visit: &mut dyn FnMut(Uuid, i64, bool)) -> Read<()>;
    /// Each record of `object` with each record of `to` that it is associated with; best in the order of ids.
    fn links(&self, object: Object, to: Object, visit: &mut dyn FnMut(Uuid, Uuid)) -> Read<()>;
}

/// Ids from the first one on and before the second one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub from: Option<Uuid>,
    pub before: Option<Uuid>,
}

/// What a commit made of a record, told after it is durable.
#[derive(Debug, Clone)]
pub enum Fact<'a> {
    /// The record as it is now: new, changed, or back from the bin.
    Stands(Cow<'a, Record>),
    /// It is in the bin, or erased. Its ties are told too, as untied.
    Gone,
    /// Its primary record of that object.
    Primary(Object, Option<Uuid>),
    Tied(RecordId),
    Untied(RecordId),
    /// Its whole timeline or, of that, at least the latest past activity that is no open task, the earliest open task,
    /// and all that lies ahead.
    Timeline(Cow<'a, [Entry]>),
}

/// The columns of all objects.
#[derive(Default)]
pub struct Catalog {
    slots: RwLock<BTreeMap<Object, Arc<Slot>>>,
    users: Users,
    /// One table is built at a time.
    building: Mutex<()>,
}

#[derive(Default)]
struct Slot {
    state: RwLock<State>,
    cache: Mutex<Cache>,
    /// One rare column is collected at a time.
    scanning: Mutex<()>,
}

#[derive(Default)]
enum State {
    #[default]
    Absent,
    /// What commits did since the scan began.
    Building(Vec<(Uuid, Fact<'static>)>),
    Ready(Arc<Table>),
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Slot {
    fn table(&self) -> Option<Arc<Table>> {
        match &*self.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Ready(table) => Some(Arc::clone(table)),
            _ => None,
        }
    }

    /// Changes the table, if it stands; a snapshot that is being looked at stays as it is.
    fn change<R>(&self, change: impl FnOnce(&mut Table) -> R) -> Option<R> {
        match &mut *self.state.write().unwrap_or_else(PoisonError::into_inner) {
            State::Ready(table) => Some(change(Arc::make_mut(table))),
            _ => None,
        }
    }

    /// The table with what has come due by `now` in the past.
    fn table_at(&self, now: DateTime<Utc>) -> Option<Arc<Table>> {
        let table = self.table()?;
        if !table.is_due(now.timestamp_millis()) {
            return Some(table);
        }
        drop(table);
        self.change(|table| table.advance(now.timestamp_millis()))?;
        self.table()
    }
}

impl Catalog {
    fn slot(&self, object: Object) -> Arc<Slot> {
        let slots = self.slots.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(&object) {
            return Arc::clone(slot);
        }
        drop(slots);
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(object).or_default())
    }

    /// Whether lists of `object` can be searched, sorted and filtered by now.
    pub fn is_ready(&self, object: Object) -> bool {
        self.slot(object).table().is_some()
    }

    /// Whether a table of `object` stands or is being built: before that, nothing needs to be told about it.
    pub fn listens(&self, object: Object) -> bool {
        !matches!(*self.slot(object).state.read().unwrap_or_else(PoisonError::into_inner), State::Absent)
    }

    /// Takes in what a commit did, in its order. Objects that aren't built yet get it when they are.
    pub fn apply<'a>(&self, facts: impl IntoIterator<Item = (RecordId, Fact<'a>)>, now: DateTime<Utc>) {
        let mut scratch = Scratch::default();
        for (id, fact) in facts {
            let slot = self.slot(id.object);
            let other = self.row_told(&fact);
            match &mut *slot.state.write().unwrap_or_else(PoisonError::into_inner) {
                State::Absent => {}
                State::Building(waiting) => waiting.push((id.uuid, fact.into_owned())),
                State::Ready(table) => {
                    let table = Arc::make_mut(table);
                    self.take_in(table, id.uuid, &fact, other, now, &mut scratch);
                }
            }
        }
    }

    /// Row of the other record that a fact names, looked up before the record's own table is locked.
    fn row_told(&self, fact: &Fact) -> Option<u32> {
        let other = match fact {
            Fact::Primary(to, Some(uuid)) => RecordId::new(*to, *uuid),
            Fact::Tied(other) | Fact::Untied(other) => *other,
            _ => return None,
        };
        let slot = self.slot(other.object);
        let known = slot.table()?.ids.row(other.uuid);
        known.or_else(|| slot.change(|table| table.row_of(other.uuid)))
    }

    fn take_in(
        &self,
        table: &mut Table,
        uuid: Uuid,
        fact: &Fact,
        other: Option<u32>,
        now: DateTime<Utc>,
        scratch: &mut Scratch,
    ) {
        match fact {
            Fact::Stands(record) => table.put(uuid, &RecordView::from(record.as_ref()), &self.users, scratch),
            Fact::Gone => table.remove(uuid),
            Fact::Primary(to, primary) => {
                let row = table.row_of(uuid);
                table.put_primary(row, *to, primary.and(other).unwrap_or(NO_ROW));
            }
            Fact::Tied(id) | Fact::Untied(id) => {
                let row = table.row_of(uuid);
                if let Some(other) = other {
                    table.put_tie(row, id.object, other, matches!(fact, Fact::Tied(_)));
                }
            }
            Fact::Timeline(entries) => {
                let mut moments = Moments::default();
                for entry in entries.iter().filter(|entry| entry.kind != ActivityKind::Event) {
                    moments.add(entry.at.timestamp_millis(), entry.open_task, now.timestamp_millis());
                }
                let row = table.row_of(uuid);
                table.put_moments(row, moments);
            }
        }
    }

    /// How many records of `object` the viewer sees; `None` before its table stands.
    pub fn count(&self, object: Object, viewer: &Viewer) -> Option<usize> {
        let slot = self.slot(object);
        let table = slot.table()?;
        Some(self.seen(&slot, &table, viewer).count)
    }

    /// What a record's surroundings say of it; `None` when it isn't there, or before the tables stand.
    pub fn derived(&self, id: RecordId, now: DateTime<Utc>) -> Option<Derived> {
        let table = self.slot(id.object).table_at(now)?;
        let row = table.ids.row(id.uuid).filter(|row| table.alive.get(*row))?;
        Some(find::derived(&table, row, self.slot(Object::COMPANY).table().as_deref()))
    }
}

impl Fact<'_> {
    fn into_owned(self) -> Fact<'static> {
        match self {
            Fact::Stands(record) => Fact::Stands(Cow::Owned(record.into_owned())),
            Fact::Gone => Fact::Gone,
            Fact::Primary(to, primary) => Fact::Primary(to, primary),
            Fact::Tied(other) => Fact::Tied(other),
            Fact::Untied(other) => Fact::Untied(other),
            Fact::Timeline(entries) => Fact::Timeline(Cow::Owned(entries.into_owned())),
        }
    }
}
