//! Changes that are saved together or not at all.

use std::collections::BTreeMap;

use super::{FIRST_KIND, LAST_KIND, MOST_KEY};
use crate::store::error::StoreError;

/// What is to become of each key: a value, or nothing.
pub(super) type Changes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// Rows to put and to delete. Of two changes to one key the later wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    pub(super) changes: Changes,
}

impl Batch {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn put(&mut self, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.changes.insert(key.into(), Some(value.into()));
    }

    pub fn delete(&mut self, key: impl Into<Vec<u8>>) {
        self.changes.insert(key.into(), None);
    }

    /// What this batch makes of `key`: `None` if it does not touch it, `Some(None)` if it deletes it.
    pub fn get(&self, key: &[u8]) -> Option<Option<&[u8]>> {
        self.changes.get(key).map(Option::as_deref)
    }

    pub fn len(&self) -> usize {
        self.changes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Adds the changes of a later batch.
    pub fn extend(&mut self, later: Self) {
        self.changes.extend(later.changes);
    }

    pub(super) fn check(&self) -> Result<(), StoreError> {
        for key in self.changes.keys() {
            let kind = key.first().copied().unwrap_or(0);
            if key.len() > MOST_KEY || !(FIRST_KIND..=LAST_KIND).contains(&kind) {
                return Err(StoreError::Key { len: key.len(), kind });
            }
        }
        Ok(())
    }
}
