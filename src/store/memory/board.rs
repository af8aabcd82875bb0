//! The columns of a board by walking through all records.

use super::Memory;
use crate::domain::answer::Row;
use crate::domain::board::{Column, Columns, Piece, sums};
use crate::domain::graph::{Graph, Read};
use crate::domain::object::is;
use crate::domain::query::Query;
use crate::domain::value::{Currency, Value};
use crate::store::read::tell_deals;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

impl Memory {
    pub(super) fn columns_of(&self, query: &Query, pieces: &[Piece], now: DateTime<Utc>) -> Read<Columns> {
        let rows = self.matching(query, now)?.0;
        let mut columns: Vec<Column> = pieces.iter().map(|piece| self.column_of(&rows, piece)).collect();
        for column in &mut columns {
            tell_deals(self, &query.viewer, column.stage, &mut column.rows)?;
        }
        Ok(Columns { columns, sorted: true })
    }

    fn column_of(&self, all: &[Row], piece: &Piece) -> Column {
        let stage = |row: &&Row| row.record.values.get(is::STAGE).and_then(Value::as_option);
        let cards: Vec<&Row> = all.iter().filter(|row| stage(row) == Some(piece.stage)).collect();
        let mut totals: BTreeMap<Currency, i64> = BTreeMap::new();
        for row in &cards {
            if let Some(Value::Money(money)) = row.record.values.get(is::AMOUNT) {
                *totals.entry(money.currency).or_default() += money.minor;
            }
        }
        let place = piece.around.and_then(|id| cards.iter().position(|row| row.record.id == id));
        let from = piece.start(place);
        let settings = self.settings();
        let probability = settings.stage(piece.stage).and_then(|(_, stage)| stage.probability);
        Column {
            stage: piece.stage,
            from,
            count: cards.len(),
            rows: cards.into_iter().skip(from).take(piece.limit).cloned().collect(),
            sums: sums(totals, probability),
        }
    }
}
