//! The columns of a board, from the catalog; the cards that are seen are read from the disk.

use super::SledStore;
use crate::domain::board::{Column, Columns, Piece, sums};
use crate::domain::graph::{Graph, Read};
use crate::domain::query::Query;
use crate::store::catalog::Parted;
use crate::store::read::tell_deals;
use chrono::{DateTime, Utc};

impl SledStore {
    pub(super) fn columns_of(&self, query: &Query, pieces: &[Piece], now: DateTime<Utc>) -> Read<Columns> {
        let Some(parted) = self.catalog.by_stage(&self.reading(), query, &self.settings(), now)? else {
            return Ok(Columns::default());
        };
        let column = |piece: &Piece| self.column_of(&parted, query, piece, now);
        Ok(Columns { columns: pieces.iter().map(column).collect::<Read<_>>()?, sorted: true })
    }

    fn column_of(&self, parted: &Parted, query: &Query, piece: &Piece, now: DateTime<Utc>) -> Read<Column> {
        let stage = piece.stage;
        let from = piece.start(piece.around.and_then(|id| parted.position(stage, id)));
        let mut rows = Vec::with_capacity(piece.limit);
        for id in parted.ids(stage, from, piece.limit) {
            rows.extend(self.row(id, &query.viewer, now)?);
        }
        tell_deals(self, &query.viewer, stage, &mut rows)?;
        let settings = self.settings();
        let probability = settings.stage(stage).and_then(|(_, stage)| stage.probability);
        Ok(Column { stage, from, rows, count: parted.count(stage), sums: sums(parted.totals(stage), probability) })
    }
}
