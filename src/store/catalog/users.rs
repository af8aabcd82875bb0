//! Small numbers for users, so that an owner takes two bytes a record.

use super::column::NO_CODE;
use crate::domain::id::UserId;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

#[derive(Default)]
pub struct Users {
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    numbers: HashMap<UserId, u16>,
    ids: Vec<UserId>,
}

impl Users {
    /// The number of a user, given now if there was none. After 65,535 users all are nobody.
    pub fn number(&self, id: UserId) -> u16 {
        if let Some(number) = self.known(id) {
            return number;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let next = known.ids.len().min(usize::from(NO_CODE)) as u16;
        if let Some(number) = known.numbers.get(&id) {
            return *number;
        }
        if next != NO_CODE {
            known.numbers.insert(id, next);
            known.ids.push(id);
        }
        next
    }

    pub fn known(&self, id: UserId) -> Option<u16> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).numbers.get(&id).copied()
    }

    pub fn id(&self, number: u16) -> Option<UserId> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).ids.get(usize::from(number)).copied()
    }

    pub fn all(&self) -> Vec<UserId> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).ids.clone()
    }
}
