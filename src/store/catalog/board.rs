//! What a query finds, parted by stages: the columns of a board. Parted once for each answer, read in pieces.

use super::column::{Cells, NO_SIZE};
use super::found::Found;
use super::table::Table;
use super::{Catalog, Source, locked};
use crate::domain::graph::Read;
use crate::domain::id::{Object, OptionId, RecordId};
use crate::domain::object::is;
use crate::domain::query::Query;
use crate::domain::settings::Settings;
use crate::domain::value::Currency;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All stages of what was found.
pub struct Parted {
    found: Arc<Found>,
    stages: BTreeMap<u16, Stack>,
}

/// One stage.
#[derive(Default)]
struct Stack {
    rows: Vec<u32>,
    totals: BTreeMap<Currency, i64>,
}

impl Parted {
    fn of(found: Arc<Found>, table: &Table) -> Parted {
        let mut stages: BTreeMap<u16, Stack> = BTreeMap::new();
        if let Some(Cells::Codes(codes)) = table.column(is::STAGE).map(|column| &column.cells) {
            let amounts = match table.column(is::AMOUNT).map(|column| &column.cells) {
                Some(Cells::Money(minor, currency)) => Some((minor, currency)),
                _ => None,
            };
            for row in found.rows.iter().copied() {
                let stack = stages.entry(*codes.get(row)).or_default();
                stack.rows.push(row);
                if let Some((minor, currency)) = amounts
                    && *minor.get(row) != NO_SIZE
                {
                    let total = stack.totals.entry(Currency(*currency.get(row))).or_default();
                    *total = total.saturating_add(*minor.get(row));
                }
            }
        }
        Parted { found, stages }
    }

    /// Whether it is this answer that was parted.
    pub fn is_of(&self, found: &Arc<Found>) -> bool {
        Arc::ptr_eq(&self.found, found)
    }

    fn rows(&self, stage: OptionId) -> &[u32] {
        self.stages.get(&stage.0).map_or(&[], |stack| &stack.rows)
    }

    pub fn count(&self, stage: OptionId) -> usize {
        self.rows(stage).len()
    }

    /// Amounts by currency.
    pub fn totals(&self, stage: OptionId) -> impl Iterator<Item = (Currency, i64)> {
        let totals = self.stages.get(&stage.0).map(|stack| &stack.totals);
        totals.into_iter().flatten().map(|(currency, minor)| (*currency, *minor))
    }

    /// At most `limit` records of a stage, from place `from` on.
    pub fn ids(&self, stage: OptionId, from: usize, limit: usize) -> Vec<RecordId> {
        let Found { object, ids, .. } = self.found.as_ref();
        let rows = self.rows(stage).iter().skip(from).take(limit);
        rows.map(|row| RecordId::new(*object, ids.uuid(*row))).collect()
    }

    /// Where a record stands in a stage.
    pub fn position(&self, stage: OptionId, id: RecordId) -> Option<usize> {
        let row = self.found.ids.row(id.uuid).filter(|_| id.object == self.found.object)?;
        self.rows(stage).iter().position(|other| *other == row)
    }
}

impl Catalog {
    /// What [`Catalog::find`] finds, parted by stages.
    pub fn by_stage(
        &self,
        source: &dyn Source,
        query: &Query,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Read<Option<Arc<Parted>>> {
        self.build_parting(source, query.object, settings)?;
        let Some(world) = self.world(source, query, settings, now)? else { return Ok(None) };
        let (Some((slot, table)), Some(found)) = (world.of(query.object), self.find_in(&world, query, settings)) else {
            return Ok(None);
        };
        if let Some(parted) = locked(&slot.cache).parted(&found) {
            return Ok(Some(parted));
        }
        let parted = Arc::new(Parted::of(found, table));
        locked(&slot.cache).keep_parted(Arc::clone(&parted));
        Ok(Some(parted))
    }

    /// The columns that parting looks at.
    fn build_parting(&self, source: &dyn Source, object: Object, settings: &Settings) -> Read<()> {
        let Some(spec) = settings.object(object).filter(|_| self.is_ready(object)) else { return Ok(()) };
        for property in [is::STAGE, is::AMOUNT].into_iter().filter_map(|id| spec.property(id)) {
            self.build_column(source, &self.slot(object), property.id, property.kind)?;
        }
        Ok(())
    }
}
