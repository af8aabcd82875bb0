//! What a query found: all of it, in order, to be read in pieces.

use super::ids::Ids;
use crate::domain::id::{Object, RecordId};
use std::sync::Arc;

pub struct Found {
    pub(super) object: Object,
    pub(super) rows: Arc<Vec<u32>>,
    pub(super) of: usize,
    pub(super) ids: Ids,
}

impl Found {
    /// Records that match.
    pub fn matching(&self) -> usize {
        self.rows.len()
    }

    /// Records of the object that the viewer sees.
    pub fn of(&self) -> usize {
        self.of
    }

    /// At most `limit` records, from place `from` on.
    pub fn ids(&self, from: usize, limit: usize) -> Vec<RecordId> {
        let rows = self.rows.iter().skip(from).take(limit);
        rows.map(|row| RecordId::new(self.object, self.ids.uuid(*row))).collect()
    }

    /// Where a record stands.
    pub fn position(&self, id: RecordId) -> Option<usize> {
        let row = self.ids.row(id.uuid).filter(|_| id.object == self.object)?;
        self.rows.iter().position(|other| *other == row)
    }
}
