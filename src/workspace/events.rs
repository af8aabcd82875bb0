//! What is asked of events and of partners: the events that nobody has yet (R4.1), and the list of registrations (R4.4).

mod stream;

use super::Workspace;
use crate::domain::answer::Item;
use crate::domain::fold::{collate, fold_into, words};
use crate::domain::graph::Read;
use crate::domain::id::Object;
use crate::domain::registration::Registered;
use crate::store::read::{item, sees};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

pub use stream::{Flow, LINE_MOST, TakenIn};

/// A piece of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Excerpt<T> {
    pub from: usize,
    pub rows: Vec<T>,
    /// How many there are in all.
    pub matching: usize,
}

impl Workspace {
    /// The last one first; of contacts and of companies for whoever sees those that nobody owns.
    pub fn awaited(&self, from: usize, limit: usize) -> Read<Excerpt<Item>> {
        let (store, viewer) = (self.store().as_ref(), self.viewer());
        let mut all = Vec::new();
        for object in [Object::CONTACT, Object::COMPANY] {
            if viewer.sees(object, None) {
                store.each_awaited(object, &mut |at, id| all.push(Reverse((at, id))))?;
            }
        }
        all.sort_unstable();
        let mut rows = Vec::new();
        for Reverse((_, id)) in all.iter().skip(from).take(limit) {
            if let Some(event) = store.activity(*id)? {
                rows.push(item(store, &viewer, event)?);
            }
        }
        Ok(Excerpt { from, rows, matching: all.len() })
    }

    pub fn registrations(&self, text: &str, from: usize, limit: usize) -> Read<Excerpt<Registered>> {
        let (store, viewer, now) = (self.store().as_ref(), self.viewer(), self.now());
        let words = words(text);
        let mut all = Vec::new();
        for id in store.registered()? {
            let Some(record) = store.record(id)?.filter(|record| sees(&viewer, record)) else { continue };
            let standing = record.registrations().into_iter().filter(|one| one.stands_at(now));
            all.extend(standing.map(|registration| Registered { record: id, name: record.name(), registration }));
        }
        all.retain(|one| {
            let mut text = String::new();
            fold_into(&one.name, &mut text);
            text.push('\n');
            fold_into(&one.registration.partner, &mut text);
            words.iter().all(|word| text.contains(word.as_str()))
        });
        all.sort_by_cached_key(|one| (collate(&one.name), one.record, one.registration.from));
        let matching = all.len();
        Ok(Excerpt { from, rows: all.into_iter().skip(from).take(limit).collect(), matching })
    }
}
