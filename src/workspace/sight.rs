//! What the acting user sees, whatever a question says of who asks it (R6.4).

use super::find::wherever;
use super::{Failure, Workspace};
use crate::domain::answer::TimelinePage;
use crate::domain::change::Done;
use crate::domain::graph::Read;
use crate::domain::id::{RecordId, Ref};
use crate::domain::query::Query;
use crate::store::TimelineAsk;
use crate::store::read::sees;
use std::borrow::Cow;

impl Workspace {
    /// The query with the user's own eyes: what they may has perhaps changed since somebody put it together.
    pub(super) fn as_seen<'q>(&self, query: &'q Query) -> Cow<'q, Query> {
        let viewer = self.viewer();
        if query.viewer == viewer { Cow::Borrowed(query) } else { Cow::Owned(Query { viewer, ..query.clone() }) }
    }

    /// All records that a query takes in, in its order.
    pub(super) fn ids(&self, query: &Query) -> Result<Vec<RecordId>, Failure> {
        let query = &*self.as_seen(query);
        self.prepare(query)?;
        Ok(self.store().ids(query, self.now())?)
    }

    /// How many records each query takes in.
    pub(super) fn counts(&self, queries: &[Query]) -> Read<Vec<usize>> {
        let count = |query| self.store().page(&self.as_seen(query), self.now(), 0, 0).map(|page| page.matching);
        queries.iter().map(count).collect()
    }

    /// Whether it is there, in the bin or out of it, for this user. What was erased has nothing left to hide.
    pub(super) fn is_in_sight(&self, of: Ref) -> Read<bool> {
        let store = self.store().as_ref();
        Ok(match of {
            Ref::Record(id) => wherever(store, id)?.is_none_or(|record| sees(&self.viewer(), &record)),
            Ref::Activity(id) => {
                let binned = || store.binned_activity(id);
                let activity = store.activity(id)?.map_or_else(binned, |found| Ok(Some(found)))?;
                activity.map_or(Ok(true), |activity| self.sees_activity(&activity))?
            }
        })
    }

    /// What was set back calls itself as the user may know of it.
    pub(super) fn told_done(&self, mut done: Done) -> Read<Done> {
        if let Some(head) = self.store().act(done.act)? {
            done.what = self.told_act(head)?.act.what;
        }
        Ok(done)
    }

    pub(super) fn timeline(&self, ask: &TimelineAsk) -> Read<TimelinePage> {
        if !self.is_in_sight(Ref::Record(ask.record))? {
            return Ok(TimelinePage { from: ask.from, matching: 0, months: Vec::new(), items: Vec::new() });
        }
        self.store().timeline(ask, &self.viewer(), self.now())
    }
}
