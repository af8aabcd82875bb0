//! What screens and scripts ask a workspace, and what it answers: plain data. To add a question, add a [`Request`], its
//! [`Reply`] and a row in [`Workspace::ask`].

use super::{Failure, Workspace};
use crate::domain::answer::{Detail, HistoryEntry, Page, TimelinePage};
use crate::domain::change::{ActHead, Done};
use crate::domain::graph::{Key, Read};
use crate::domain::id::{ActNo, Object, RecordId, Ref};
use crate::domain::query::Query;
use crate::domain::record::Binned;
use crate::domain::settings::Settings;
use crate::store::history;
use std::sync::Arc;

pub use crate::store::TimelineAsk;

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Rows of a list; with `around`, the piece that holds this record, if the list has it.
    Page {
        query: Query,
        from: usize,
        limit: usize,
        around: Option<RecordId>,
    },
    /// How many records each query takes in, for the tabs of a list.
    Counts(Vec<Query>),
    /// A record page, with this many activities.
    Detail {
        id: RecordId,
        activities: usize,
    },
    Timeline(TimelineAsk),
    /// The records that have one of these values already, for whoever is about to give it to another.
    Holders(Vec<Key>),
    History(Ref),
    Bin(Option<Object>),
    Acts {
        before: Option<ActNo>,
        limit: usize,
    },
    Settings,
}

/// An answer.
#[derive(Debug, Clone)]
pub enum Reply {
    Page(Page),
    Counts(Vec<usize>),
    /// `None`: it is not there, or not for this user.
    Detail(Option<Box<Detail>>),
    Timeline(TimelinePage),
    /// Each with its name, of those that the user may see.
    Holders(Vec<(RecordId, String)>),
    History(Vec<HistoryEntry>),
    Bin(Vec<Binned>),
    Acts(Vec<ActHead>),
    Settings(Arc<Settings>),
    /// What was asked to be done is done and durable.
    Done(Done),
    /// It was not done, or not found out.
    Failed(Failure),
    /// It needed an answer, and there was none: nothing was done.
    Withdrawn,
    /// How far a long act or job is.
    Progress {
        done: u64,
        total: u64,
    },
    /// Somebody changed these: whoever shows them asks again. Sent to all.
    Changed(Vec<Ref>),
    /// Sort and search of an object are there now. Sent to all.
    Sorted(Object),
}

impl Workspace {
    /// Answers a question; blocks.
    pub fn ask(&self, request: &Request) -> Reply {
        self.answer(request).unwrap_or_else(Reply::Failed)
    }

    fn answer(&self, request: &Request) -> Result<Reply, Failure> {
        let (store, now) = (self.store().as_ref(), self.now());
        Ok(match request {
            Request::Page { query, from, limit, around } => {
                let place = match around {
                    Some(id) => store.position(query, now, *id)?,
                    None => None,
                };
                let from = place.map_or(*from, |place| place.saturating_sub(limit / 2));
                Reply::Page(store.page(query, now, from, *limit)?)
            }
            Request::Counts(queries) => {
                let count = |query| store.page(query, now, 0, 0).map(|page| page.matching);
                Reply::Counts(queries.iter().map(count).collect::<Result<_, _>>()?)
            }
            Request::Detail { id, activities } => {
                Reply::Detail(store.detail(*id, &self.viewer(), now, *activities)?.map(Box::new))
            }
            Request::Timeline(ask) => Reply::Timeline(store.timeline(ask, &self.viewer(), now)?),
            Request::Holders(keys) => Reply::Holders(self.holders(keys)?),
            Request::History(of) => Reply::History(history::history(store, *of)?),
            Request::Bin(object) => {
                let viewer = self.viewer();
                let mut bin = store.bin(*object)?;
                bin.retain(|binned| crate::store::read::sees(&viewer, &binned.record));
                Reply::Bin(bin)
            }
            Request::Acts { before, limit } => Reply::Acts(store.acts(*before, *limit)?),
            Request::Settings => Reply::Settings(self.settings()),
        })
    }

    fn holders(&self, keys: &[Key]) -> Read<Vec<(RecordId, String)>> {
        let viewer = self.viewer();
        let mut found = Vec::new();
        for key in keys {
            for id in self.store().find(key)? {
                let record = self.store().record(id)?.filter(|record| crate::store::read::sees(&viewer, record));
                found.extend(record.map(|record| (record.id, record.name())));
            }
        }
        Ok(found)
    }
}
