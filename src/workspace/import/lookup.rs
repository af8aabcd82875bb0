//! The store as an import sees it: with the rows of the batch at hand laid over it, and with keys answered from memory
//! where all of them are known.

use super::matching::{Holder, Matcher};
use crate::domain::activity::{Activity, Entry};
use crate::domain::association::Link;
use crate::domain::change::ActHead;
use crate::domain::graph::{Graph, Key, Logged, Read};
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq};
use crate::domain::record::{Binned, Record};
use crate::domain::settings::Settings;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) struct Lookup<'a> {
    pub base: &'a dyn Graph,
    pub matcher: Option<&'a Matcher>,
    /// Records that rows of this batch make; they are not stored yet.
    pub made: &'a HashMap<RecordId, Record>,
    /// Whether those are shown; the rules see them in their own draft.
    pub shows_made: bool,
}

impl Graph for Lookup<'_> {
    fn record(&self, id: RecordId) -> Read<Option<Record>> {
        match self.made.get(&id) {
            Some(record) => Ok(self.shows_made.then(|| record.clone())),
            None => self.base.record(id),
        }
    }

    fn links(&self, id: RecordId, to: Option<Object>) -> Read<Vec<Link>> {
        if self.made.contains_key(&id) { Ok(Vec::new()) } else { self.base.links(id, to) }
    }

    fn link(&self, id: RecordId, other: RecordId) -> Read<Option<Link>> {
        if self.made.contains_key(&id) || self.made.contains_key(&other) {
            return Ok(None);
        }
        self.base.link(id, other)
    }

    fn find(&self, key: &Key) -> Read<Vec<RecordId>> {
        match self.matcher.map_or(Holder::Unknown, |matcher| matcher.holder(key)) {
            Holder::Is(id) if !self.made.contains_key(&id) => Ok(vec![id]),
            Holder::Is(_) | Holder::Nobody => Ok(Vec::new()),
            Holder::Unknown => self.base.find(key),
        }
    }

    fn activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        self.base.activity(id)
    }

    fn entries(&self, record: RecordId) -> Read<Vec<Entry>> {
        self.base.entries(record)
    }

    fn binned(&self, id: RecordId) -> Read<Option<Binned>> {
        self.base.binned(id)
    }

    fn binned_activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        self.base.binned_activity(id)
    }

    fn settings(&self) -> Arc<Settings> {
        self.base.settings()
    }

    fn act(&self, no: ActNo) -> Read<Option<ActHead>> {
        self.base.act(no)
    }

    fn logged(&self, seq: Seq) -> Read<Option<Logged>> {
        self.base.logged(seq)
    }

    fn touched(&self, of: Ref) -> Read<Vec<Seq>> {
        self.base.touched(of)
    }

    fn each(&self, object: Object, visit: &mut dyn FnMut(Record)) -> Read<()> {
        self.base.each(object, visit)?;
        if self.shows_made {
            self.made.values().filter(|record| record.id.object == object).cloned().for_each(visit);
        }
        Ok(())
    }
}
