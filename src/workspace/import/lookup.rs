//! The store as an import sees it: with the rows of the batch at hand laid over it, and with keys answered from memory
//! where all of them are known.

use super::matching::{Holder, Matcher};
use super::run::Pending;
use crate::domain::activity::{Activity, Entry};
use crate::domain::association::Link;
use crate::domain::change::{ActHead, Author, ImportTarget, Origin};
use crate::domain::event::Whom;
use crate::domain::graph::{Graph, Key, Logged, Read};
use crate::domain::id::{ActNo, ActivityId, Object, PropertyId, RecordId, Ref, Seq, UserId};
use crate::domain::notification::{Notification, NotificationId};
use crate::domain::record::{Binned, Record, Stamp};
use crate::domain::settings::Settings;
use crate::domain::value::Value;
use chrono::DateTime;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) struct Lookup<'a> {
    pub base: &'a dyn Graph,
    pub matcher: Option<&'a Matcher>,
    /// Records that rows of this batch make, with the places of those rows; they are not stored yet.
    pub made: &'a HashMap<RecordId, usize>,
    /// The rows; empty for the rules, which see what they make in their own draft.
    pub batch: &'a [Pending],
}

impl Graph for Lookup<'_> {
    fn record(&self, id: RecordId) -> Read<Option<Record>> {
        match self.made.get(&id) {
            Some(at) => Ok(self.batch.get(*at).map(|pending| preview(id, &pending.row.values))),
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

    fn notification(&self, id: NotificationId) -> Read<Option<Notification>> {
        self.base.notification(id)
    }

    fn thread(&self, thread: &str) -> Read<Vec<ActivityId>> {
        self.base.thread(thread)
    }

    fn awaited(&self, whom: &Whom) -> Read<Vec<ActivityId>> {
        self.base.awaited(whom)
    }

    fn activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        self.base.activity(id)
    }

    fn entries(&self, record: RecordId) -> Read<Vec<Entry>> {
        self.base.entries(record)
    }

    fn open_tasks(&self, of: UserId) -> Read<Vec<ActivityId>> {
        self.base.open_tasks(of)
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
        for pending in self.batch {
            match pending.row.target {
                ImportTarget::Create(id) if id.object == object => visit(preview(id, &pending.row.values)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A record as a row will make it, as far as matching needs to know.
pub(super) fn preview(id: RecordId, values: &[(PropertyId, Value)]) -> Record {
    let (by, origin, act) = (Author::Program, Origin::Import, ActNo(0));
    Record {
        id,
        version: 0,
        created: Stamp { at: DateTime::UNIX_EPOCH, by, origin, act },
        updated: DateTime::UNIX_EPOCH,
        values: values.iter().cloned().collect(),
    }
}
