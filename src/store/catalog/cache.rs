//! What was answered lately for one object: sets of rows, orders, whole answers. All of it can be made again.

use super::bits::Bits;
use super::board::Parted;
use super::condition::Condition;
use super::found::Found;
use super::order::Order;
use crate::domain::id::Object;
use crate::domain::query::Query;
use std::sync::Arc;

const SETS: usize = 48;
/// Of 4 MB each at a million rows.
const ORDERS: usize = 6;
const ANSWERS: usize = 8;
const PARTED: usize = 2;

/// The rows for which a condition held.
#[derive(Clone)]
pub struct Held {
    pub condition: Condition,
    /// The rows of another table that it rests on.
    pub inner: Option<Arc<Bits>>,
    pub version: u64,
    pub rows: Arc<Bits>,
}

/// All living rows in an order.
#[derive(Clone)]
pub struct Sorted {
    pub order: Order,
    pub version: u64,
    /// `Table::renamed` of companies, where their names decide.
    pub renamed: u64,
    pub rows: Arc<Vec<u32>>,
}

struct Answer {
    query: Query,
    order: Order,
    versions: Vec<(Object, u64)>,
    found: Arc<Found>,
}

/// The latest last; the one that was not asked for longest goes first.
#[derive(Default)]
pub struct Cache {
    sets: Vec<Held>,
    orders: Vec<Sorted>,
    answers: Vec<Answer>,
    parted: Vec<Arc<Parted>>,
}

fn latest<T>(kept: &mut Vec<T>, is_it: impl FnMut(&T) -> bool) -> Option<&T> {
    let at = kept.iter().rposition(is_it)?;
    let it = kept.remove(at);
    kept.push(it);
    kept.last()
}

fn keep<T>(kept: &mut Vec<T>, most: usize, it: T, is_it: impl Fn(&T) -> bool) {
    kept.retain(|other| !is_it(other));
    kept.push(it);
    if kept.len() > most {
        kept.remove(0);
    }
}

impl Cache {
    pub fn held(&mut self, condition: &Condition, inner: Option<&Bits>) -> Option<Held> {
        latest(&mut self.sets, |held| {
            held.condition == *condition
                && match (&held.inner, inner) {
                    (Some(one), Some(other)) => one.is_same(other),
                    (one, other) => one.is_none() && other.is_none(),
                }
        })
        .cloned()
    }

    pub fn hold(&mut self, held: Held) {
        let condition = held.condition.clone();
        keep(&mut self.sets, SETS, held, |other| other.condition == condition);
    }

    /// The rows of a search that finds all that `words` find, and at most `most` rows.
    pub fn wider(&self, words: &[String], version: u64, most: usize) -> Option<Arc<Bits>> {
        let is_wider = |held: &&Held| match &held.condition {
            Condition::Words(wider) => {
                let finds = |word: &String| words.iter().any(|longer| longer.contains(word.as_str()));
                held.version == version && wider.iter().all(finds) && held.rows.count() <= most
            }
            _ => false,
        };
        self.sets.iter().rev().find(is_wider).map(|held| Arc::clone(&held.rows))
    }

    pub fn sorted(&mut self, order: &Order, renamed: u64) -> Option<Sorted> {
        latest(&mut self.orders, |sorted| sorted.order == *order && sorted.renamed == renamed).cloned()
    }

    pub fn keep_sorted(&mut self, sorted: Sorted) {
        let order = sorted.order.clone();
        keep(&mut self.orders, ORDERS, sorted, |other| other.order == order);
    }

    pub fn answer(&mut self, query: &Query, order: &Order, versions: &[(Object, u64)]) -> Option<Arc<Found>> {
        let is_it = |a: &Answer| a.versions == versions && a.query == *query && a.order == *order;
        latest(&mut self.answers, is_it).map(|answer| Arc::clone(&answer.found))
    }

    pub fn keep_answer(&mut self, query: Query, order: Order, versions: Vec<(Object, u64)>, found: Arc<Found>) {
        // Those of older versions can't be asked for any more; they would only take room.
        self.answers.retain(|answer| answer.versions.first() == versions.first());
        keep(&mut self.answers, ANSWERS, Answer { query, order, versions, found }, |_| false);
    }

    pub fn parted(&mut self, found: &Arc<Found>) -> Option<Arc<Parted>> {
        latest(&mut self.parted, |parted| parted.is_of(found)).map(Arc::clone)
    }

    pub fn keep_parted(&mut self, parted: Arc<Parted>) {
        keep(&mut self.parted, PARTED, parted, |_| false);
    }
}
