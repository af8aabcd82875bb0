//! Ids in an order, with a quick answer to whether one is among them.

use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::hash::Hash;

/// Each id once. A million take a fifth of a second to gather: do that off the thread that draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    from = "Vec<T>",
    into = "Vec<T>",
    bound(serialize = "T: Serialize + Clone", deserialize = "T: Deserialize<'de> + Copy + Eq + Hash")
)]
pub struct Selection<T: Eq + Hash> {
    order: Vec<T>,
    set: HashSet<T>,
}

impl<T: Eq + Hash> Default for Selection<T> {
    fn default() -> Self {
        Selection { order: Vec::new(), set: HashSet::new() }
    }
}

impl<T: Copy + Eq + Hash> From<Vec<T>> for Selection<T> {
    fn from(ids: Vec<T>) -> Self {
        let mut selection = Selection { order: Vec::with_capacity(ids.len()), set: HashSet::with_capacity(ids.len()) };
        for id in ids {
            selection.insert(id);
        }
        selection
    }
}

impl<T: Eq + Hash> From<Selection<T>> for Vec<T> {
    fn from(selection: Selection<T>) -> Self {
        selection.order
    }
}

impl<T: Copy + Eq + Hash> Selection<T> {
    pub fn ids(&self) -> &[T] {
        &self.order
    }

    pub fn contains(&self, id: T) -> bool {
        self.set.contains(&id)
    }

    pub fn insert(&mut self, id: T) {
        if self.set.insert(id) {
            self.order.push(id);
        }
    }

    /// Whether it was there.
    pub fn remove(&mut self, id: T) -> bool {
        let was_there = self.set.remove(&id);
        if was_there {
            self.order.retain(|other| *other != id);
        }
        was_there
    }

    /// Keeps the first ones only.
    pub fn truncate(&mut self, len: usize) {
        for id in self.order.drain(len.min(self.order.len())..) {
            self.set.remove(&id);
        }
    }

    /// Both together; the fewer are put behind the more, which is quick.
    pub fn join(&mut self, mut other: Selection<T>) {
        if other.order.len() > self.order.len() {
            std::mem::swap(self, &mut other);
        }
        for id in other.order {
            self.insert(id);
        }
    }
}
