//! How a draft answers: what the store has, with what was granted laid over it.

use super::Draft;
use crate::domain::activity::{Activity, Entry};
use crate::domain::association::Link;
use crate::domain::change::ActHead;
use crate::domain::event::Whom;
use crate::domain::graph::{Graph, Key, Logged, Read};
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq, UserId};
use crate::domain::notification::{Notification, NotificationId};
use crate::domain::record::{Binned, Record};
use crate::domain::settings::Settings;
use std::sync::Arc;

impl Graph for Draft<'_> {
    fn record(&self, id: RecordId) -> Read<Option<Record>> {
        match self.records.get(&id) {
            Some(laid) => Ok(self.standing(laid).cloned()),
            None => self.base_record(id),
        }
    }

    fn links(&self, id: RecordId, to: Option<Object>) -> Read<Vec<Link>> {
        let mut links = self.base.links(id, to)?;
        let Some(over) = self.links.get(&id) else { return Ok(links) };
        links.retain(|link| !over.contains_key(&link.other));
        let wanted = over.values().flatten().filter(|link| to.is_none_or(|object| link.other.object == object));
        links.extend(wanted.cloned());
        links.sort_by_key(|link| (link.other.object, link.since, link.order, link.other));
        Ok(links)
    }

    fn link(&self, id: RecordId, other: RecordId) -> Read<Option<Link>> {
        Draft::link(self, id, other)
    }

    fn activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        match self.activities.get(&id) {
            Some(activity) => Ok(activity.clone()),
            None => self.base_activity(id),
        }
    }

    fn entries(&self, record: RecordId) -> Read<Vec<Entry>> {
        let mut entries = self.base.entries(record)?;
        entries.retain(|entry| !self.activities.contains_key(&entry.id));
        let over = self.logged.get(&record).into_iter().flatten().filter_map(|id| self.activities.get(id)?.as_ref());
        entries.extend(over.filter(|a| a.targets.iter().any(|t| t.record == record)).map(Entry::from));
        entries.sort_by_key(|e| (!e.open_task, std::cmp::Reverse(e.at), e.id));
        Ok(entries)
    }

    fn find(&self, key: &Key) -> Read<Vec<RecordId>> {
        let mut found = self.base.find(key)?;
        found.extend(
            self.keys.get(key).into_iter().flatten().filter(|id| !found.contains(id)).copied().collect::<Vec<_>>(),
        );
        let country = &self.settings.general.phone_country;
        let mut held = Vec::new();
        for id in found {
            let has = match self.records.get(&id) {
                Some(laid) => self.standing(laid).is_some_and(|record| Key::of(record, country).contains(key)),
                None => true,
            };
            if has {
                held.push(id);
            }
        }
        Ok(held)
    }

    fn thread(&self, thread: &str) -> Read<Vec<ActivityId>> {
        let mut mails = self.base.thread(thread)?;
        mails.retain(|id| !self.activities.contains_key(id));
        let over = self.activities.values().flatten().filter(|activity| activity.thread() == Some(thread));
        mails.extend(over.map(|activity| activity.id));
        Ok(mails)
    }

    fn awaited(&self, whom: &Whom) -> Read<Vec<ActivityId>> {
        let mut events = self.base.awaited(whom)?;
        events.retain(|id| !self.activities.contains_key(id));
        let waits = |activity: &&Activity| activity.awaits() == Some(whom);
        events.extend(self.activities.values().flatten().filter(waits).map(|activity| activity.id));
        Ok(events)
    }

    /// As they are stored: whoever looks for them does so before anything else is granted.
    fn open_tasks(&self, of: UserId) -> Read<Vec<ActivityId>> {
        self.base.open_tasks(of)
    }

    fn binned(&self, id: RecordId) -> Read<Option<Binned>> {
        match self.bin.get(&id) {
            Some(binned) => Ok(binned.clone()),
            None => self.base.binned(id),
        }
    }

    fn binned_activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        match self.binned_activities.get(&id) {
            Some(activity) => Ok(activity.clone()),
            None => self.base.binned_activity(id),
        }
    }

    fn notification(&self, id: NotificationId) -> Read<Option<Notification>> {
        match self.notifications.get(&id) {
            Some(one) => Ok(one.clone()),
            None => self.base.notification(id),
        }
    }

    fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings)
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

    /// As they are stored: whoever counts them does so before anything else is granted.
    fn each_tie(&self, of: Object, to: Object, visit: &mut dyn FnMut(RecordId, &Link)) -> Read<()> {
        self.base.each_tie(of, to, visit)
    }

    fn each(&self, object: Object, visit: &mut dyn FnMut(Record)) -> Read<()> {
        self.base.each(object, visit)
    }
}
