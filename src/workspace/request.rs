//! What screens and scripts ask a workspace, and what it answers: plain data. To add a question, add a [`Request`], its
//! [`Reply`] and a row in [`Workspace::ask`].

use super::{Failure, Workspace};
use crate::domain::answer::{Detail, HistoryEntry, Page, Row, TimelinePage};
use crate::domain::change::{ActHead, Done};
use crate::domain::id::{ActNo, Object, RecordId, Ref};
use crate::domain::query::Query;
use crate::domain::record::Binned;
use crate::domain::search::{Hits, Search};
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
    /// All records that a query takes in, in its order, for acts on all of a list.
    Ids(Query),
    /// How many records each query takes in, for the tabs of a list.
    Counts(Vec<Query>),
    /// Records of all objects by words, the best first.
    Find(Search),
    /// Records of all objects that are almost called so.
    SimilarAll(Search),
    /// What is almost called as a list searches, within its filters.
    Similar {
        query: Query,
        limit: usize,
    },
    /// Records as a file would hold them: CSV with a head.
    Csv(Vec<RecordId>),
    /// A record page, with this many activities.
    Detail {
        id: RecordId,
        activities: usize,
    },
    Timeline(TimelineAsk),
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
    Ids(Vec<RecordId>),
    Counts(Vec<usize>),
    Found(Hits),
    Similar(Vec<Row>),
    Csv {
        text: String,
        rows: u64,
    },
    /// `None`: it is not there, or not for this user.
    Detail(Option<Box<Detail>>),
    Timeline(TimelinePage),
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
            Request::Ids(query) => {
                self.prepare(query)?;
                Reply::Ids(store.ids(query, now)?)
            }
            Request::Counts(queries) => {
                let count = |query| store.page(query, now, 0, 0).map(|page| page.matching);
                Reply::Counts(queries.iter().map(count).collect::<Result<_, _>>()?)
            }
            Request::Find(search) => Reply::Found(store.search(search, &self.viewer(), now)?),
            Request::SimilarAll(search) => Reply::Similar(store.similar_all(search, &self.viewer(), now)?),
            Request::Similar { query, limit } => Reply::Similar(store.similar(query, now, *limit)?),
            Request::Csv(ids) => {
                let (text, rows) = self.csv(ids)?;
                Reply::Csv { text, rows }
            }
            Request::Detail { id, activities } => {
                Reply::Detail(store.detail(*id, &self.viewer(), now, *activities)?.map(Box::new))
            }
            Request::Timeline(ask) => Reply::Timeline(store.timeline(ask, &self.viewer(), now)?),
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
}
