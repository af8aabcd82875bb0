//! Answering a query: each of its conditions is a set of rows, the sets are laid over each other, and what is left is
//! read in the order that was asked for.

use super::bits::Bits;
use super::cache::Sorted;
use super::condition::Condition;
use super::found::Found;
use super::needs::World;
use super::order::Order;
use super::table::{NO_ROW, Table};
use super::texts::text_of;
use super::{Catalog, Slot, Source, locked};
use crate::domain::answer::Derived;
use crate::domain::graph::Read;
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::query::{Filter, Query};
use crate::domain::settings::Settings;
use crate::domain::user::{Sight, Viewer};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// One in so many rows: up to that, what was found is sorted by itself rather than picked from all rows in order.
const SPARSE: usize = 4;
/// Changed rows above which an order is made anew.
const MENDED: usize = 1 << 14;

/// The living rows that a viewer sees.
pub(super) struct Seen {
    pub rows: Arc<Bits>,
    pub count: usize,
}

impl Catalog {
    /// The records that a query asks for, in its order; `None` while the tables that it needs are being built. A
    /// property that isn't in memory is read from `source` first. `now` never goes back between two questions.
    pub fn find(
        &self,
        source: &dyn Source,
        query: &Query,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Read<Option<Arc<Found>>> {
        let world = self.world(source, query, settings, now)?;
        Ok(world.and_then(|world| self.find_in(&world, query, settings)))
    }

    /// The same in tables that are there already.
    pub(super) fn find_in(&self, world: &World, query: &Query, settings: &Settings) -> Option<Arc<Found>> {
        let (slot, table) = world.of(query.object)?;
        let spec = settings.object(query.object)?;
        let order = self.seen_by(Order::of(&query.sort, spec, settings, &self.users), world, &query.viewer);
        let versions = world.versions();
        if let Some(found) = locked(&slot.cache).answer(query, &order, &versions) {
            return Some(found);
        }
        let seen = self.seen_in(world, table, &query.viewer);
        let mut rows = Bits::clone(&seen.rows);
        let words = query.words();
        if !words.is_empty() {
            rows.keep(&self.rows(world, query.object, &Condition::Words(words)), false);
        }
        for filter in &query.filters {
            rows.keep(&self.passing(world, table, filter, &query.viewer), false);
        }
        let rows = match &query.within {
            Some(ids) => among(world, table, &order, &rows, ids),
            None => in_order(world, slot, table, &order, &rows),
        };
        let found = Arc::new(Found { object: query.object, rows, of: seen.count, ids: table.ids.clone() });
        locked(&slot.cache).keep_answer(query.clone(), order, versions, Arc::clone(&found));
        Some(found)
    }

    /// Where rows stand tells nothing of companies that the viewer may not see (R6.4).
    fn seen_by(&self, order: Order, world: &World, viewer: &Viewer) -> Order {
        let hides = order.is_by_company() && *viewer.sight(Object::COMPANY) != Sight::All;
        match world.table(Object::COMPANY).filter(|_| hides) {
            Some(companies) => order.with_companies(self.seen_in(world, companies, viewer).rows),
            None => order,
        }
    }

    /// The rows for which one of a filter's tests holds; rows that aren't alive may be among them.
    fn passing(&self, world: &World, table: &Table, filter: &Filter, viewer: &Viewer) -> Bits {
        let mut rows = Bits::none(table.rows());
        for test in &filter.any {
            let condition = Condition::test(test.of, test.check.clone(), viewer);
            rows.add(&self.rows(world, table.object, &condition), test.negated);
        }
        rows
    }

    pub(super) fn seen(&self, slot: &Arc<Slot>, table: &Arc<Table>, viewer: &Viewer) -> Seen {
        self.seen_in(&World::only(Arc::clone(slot), Arc::clone(table)), table, viewer)
    }

    pub(super) fn seen_in(&self, world: &World, table: &Table, viewer: &Viewer) -> Seen {
        let mut rows = table.alive.clone();
        let count = match viewer.sight(table.object) {
            Sight::All => table.living,
            Sight::OwnedBy(users) => {
                rows.keep(&self.rows(world, table.object, &Condition::OwnedBy(users.clone())), false);
                rows.count()
            }
        };
        Seen { rows: Arc::new(rows), count }
    }
}

/// The rows of these records, in the order in which they are named unless another was asked for.
fn among(world: &World, table: &Table, order: &Order, rows: &Bits, ids: &[RecordId]) -> Arc<Vec<u32>> {
    let named = ids.iter().filter(|id| id.object == table.object).filter_map(|id| table.ids.row(id.uuid));
    let mut found: Vec<u32> = Vec::new();
    for row in named.filter(|row| rows.get(*row)) {
        if !found.contains(&row) {
            found.push(row);
        }
    }
    Arc::new(if order.is_by_id() { found } else { order.sort(world, table, &found, &table.ids.ages()) })
}

fn in_order(world: &World, slot: &Slot, table: &Table, order: &Order, rows: &Bits) -> Arc<Vec<u32>> {
    let ages = table.ids.ages();
    if order.is_by_id() {
        return Arc::new(ages.newest_first(rows.rows()));
    }
    if order.is_of_some() {
        return Arc::new(order.sort(world, table, &rows.rows(), &ages));
    }
    let count = rows.count();
    let renamed = renamed(world, order);
    let sorted = locked(&slot.cache).sorted(order, renamed);
    let mendable = sorted.and_then(|sorted| Some((table.changed_since(sorted.version)?, sorted)));
    let all = match mendable.filter(|(changed, _)| changed.len() < MENDED) {
        Some((changed, sorted)) if changed.is_empty() => sorted.rows,
        Some((changed, sorted)) => {
            let rows = order.mend(world, table, &ages, &sorted.rows, &changed, |row| table.alive.get(row));
            kept(slot, table, order, renamed, rows)
        }
        None if count * SPARSE <= table.living && !order.is_of_board() => {
            return Arc::new(order.sort(world, table, &rows.rows(), &ages));
        }
        None => kept(slot, table, order, renamed, order.sort(world, table, &table.alive.rows(), &ages)),
    };
    if count == all.len() {
        return all;
    }
    let mut picked = Vec::with_capacity(count);
    picked.extend(all.iter().copied().filter(|row| rows.get(*row)));
    Arc::new(picked)
}

fn kept(slot: &Slot, table: &Table, order: &Order, renamed: u64, rows: Vec<u32>) -> Arc<Vec<u32>> {
    let rows = Arc::new(rows);
    let sorted = Sorted { order: order.clone(), version: table.version, renamed, rows: Arc::clone(&rows) };
    locked(&slot.cache).keep_sorted(sorted);
    rows
}

fn renamed(world: &World, order: &Order) -> u64 {
    if order.is_by_company() { world.table(Object::COMPANY).map_or(0, |companies| companies.renamed) } else { 0 }
}

/// What a row's surroundings say of it.
pub(super) fn derived(table: &Table, row: u32, companies: Option<&Table>) -> Derived {
    let company = table.primary(Object::COMPANY).map_or(NO_ROW, |primaries| *primaries.get(row));
    let company = companies.and_then(|companies| {
        let name = text_of(companies.title(company)?).to_owned();
        Some((RecordId::new(Object::COMPANY, companies.ids.uuid(company)), name))
    });
    let time = |property| table.size(property, row).and_then(DateTime::from_timestamp_millis);
    let (last_activity, next_activity) = (time(is::LAST_ACTIVITY), time(is::NEXT_ACTIVITY));
    Derived { company, last_activity, next_activity, ..Derived::default() }
}
