//! What rules read of the model.

use super::{Memory, sorted_entries};
use crate::domain::activity::{Activity, Entry};
use crate::domain::association::Link;
use crate::domain::change::ActHead;
use crate::domain::event::Whom;
use crate::domain::graph::{Graph, Key, Logged, Read};
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq, UserId};
use crate::domain::notification::{Notification, NotificationId};
use crate::domain::record::{Binned, Record};
use crate::domain::settings::Settings;
use crate::store::agenda;
use crate::store::log::touches;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Graph for Memory {
    fn record(&self, id: RecordId) -> Read<Option<Record>> {
        Ok(self.state().records.get(&id).cloned())
    }

    fn links(&self, id: RecordId, to: Option<Object>) -> Read<Vec<Link>> {
        let state = self.state();
        let others = state.tied.get(&id).into_iter().flatten().filter(|other| to.is_none_or(|o| other.object == o));
        let mut links: Vec<Link> = others.map(|other| state.ties[&pair(id, *other)].link_of(id)).collect();
        links.sort_by_key(|link| (link.other.object, link.since, link.order, link.other));
        Ok(links)
    }

    fn activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        Ok(self.state().activities.get(&id).cloned())
    }

    fn entries(&self, record: RecordId) -> Read<Vec<Entry>> {
        let state = self.state();
        let on = state.activities.values().filter(|a| a.targets.iter().any(|target| target.record == record));
        Ok(sorted_entries(on.map(Entry::from).collect()))
    }

    fn find(&self, key: &Key) -> Read<Vec<RecordId>> {
        let country = self.settings().general.phone_country.clone();
        let state = self.state();
        let has = |record: &&Record| Key::of(record, &country).contains(key);
        Ok(state.records.values().filter(has).map(|record| record.id).collect())
    }

    fn thread(&self, thread: &str) -> Read<Vec<ActivityId>> {
        let state = self.state();
        let of_it = state.activities.values().filter(|activity| activity.thread() == Some(thread));
        Ok(of_it.map(|activity| activity.id).collect())
    }

    fn awaited(&self, whom: &Whom) -> Read<Vec<ActivityId>> {
        let state = self.state();
        let waits = |activity: &&Activity| activity.awaits() == Some(whom);
        Ok(state.activities.values().filter(waits).map(|activity| activity.id).collect())
    }

    fn open_tasks(&self, of: UserId) -> Read<Vec<ActivityId>> {
        agenda::open_tasks(self, of)
    }

    fn binned(&self, id: RecordId) -> Read<Option<Binned>> {
        Ok(self.state().bin.get(&id).cloned())
    }

    fn binned_activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        Ok(self.state().binned_activities.get(&id).map(|binned| binned.activity.clone()))
    }

    fn notification(&self, id: NotificationId) -> Read<Option<Notification>> {
        Ok(self.state().notifications.get(&id).cloned())
    }

    fn settings(&self) -> Arc<Settings> {
        let mut state = self.state();
        state.settings.get_or_insert_with(|| Arc::new(Settings::from_rows(BTreeMap::new()))).clone()
    }

    fn act(&self, no: ActNo) -> Read<Option<ActHead>> {
        Ok(self.state().acts.get(&no).cloned())
    }

    fn logged(&self, seq: Seq) -> Read<Option<Logged>> {
        Ok(self.state().log.get(seq.0 as usize - 1).cloned())
    }

    fn touched(&self, of: Ref) -> Read<Vec<Seq>> {
        use crate::domain::graph::LoggedOp;
        let state = self.state();
        let touching = |logged: &&Logged| {
            logged.ops.iter().any(|(op, _)| match op {
                LoggedOp::Whole(op) => touches(op).contains(&of),
                _ => false,
            })
        };
        Ok(state.log.iter().rev().filter(touching).map(|logged| logged.seq).collect())
    }

    fn each(&self, object: Object, visit: &mut dyn FnMut(Record)) -> Read<()> {
        let records: Vec<Record> = self.state().records.values().filter(|r| r.id.object == object).cloned().collect();
        records.into_iter().for_each(visit);
        Ok(())
    }
}

/// The key of a pair, whichever way it is named.
pub(super) fn pair(one: RecordId, other: RecordId) -> (RecordId, RecordId) {
    if one < other { (one, other) } else { (other, one) }
}
