//! The rows of the activities of a commit: each one, its lines on the timelines, its place in its thread.

use super::Work;
use crate::domain::activity::{Activity, Entry};
use crate::domain::agenda::Planned;
use crate::domain::id::ActivityId;
use crate::store::codec;
use crate::store::sled::blocks::Batch;
use crate::store::sled::keys;
use std::collections::BTreeMap;

impl Work<'_> {
    pub(super) fn put_activities(&mut self) {
        for (id, was) in &self.activities {
            let key = keys::activity(keys::ACTIVITY, *id);
            if was.before.as_ref() == was.after.as_deref() {
                continue;
            }
            match &was.after {
                Some(after) => self.batch.put(key, codec::encode_activity(after)),
                None => self.batch.delete(key),
            }
            put_thread(&mut self.batch, *id, was.before.as_ref(), was.after.as_deref());
            put_planned(&mut self.batch, was.before.as_ref(), was.after.as_deref());
            self.store.put_awaited(&mut self.batch, was.before.as_ref(), was.after.as_deref());
            put_unassociated(&mut self.batch, *id, was.before.as_ref(), was.after.as_deref());
            let lines = |activity: Option<&Activity>| -> BTreeMap<Vec<u8>, Vec<u8>> {
                let line = |activity: &Activity| {
                    let entry = Entry::from(activity);
                    let row = codec::encode_entry((&entry).into());
                    let targets = activity.targets.iter();
                    targets.map(|target| (keys::entry(target.record, &entry), row.clone())).collect::<Vec<_>>()
                };
                activity.map(line).unwrap_or_default().into_iter().collect()
            };
            let (before, after) = (lines(was.before.as_ref()), lines(was.after.as_deref()));
            for gone in before.keys().filter(|key| !after.contains_key(*key)) {
                self.batch.delete(gone.as_slice());
            }
            for (key, row) in after.into_iter().filter(|(key, row)| before.get(key) != Some(row)) {
                self.batch.put(key, row);
            }
        }
    }
}

fn put_planned(batch: &mut Batch, before: Option<&Activity>, after: Option<&Activity>) {
    let (before, after) = (before.and_then(Planned::of), after.and_then(Planned::of));
    if before == after {
        return;
    }
    if let Some(planned) = before {
        batch.delete(keys::planned(&planned));
    }
    if let Some(planned) = after {
        batch.put(keys::planned(&planned), codec::encode_planned(&(&planned).into()));
    }
}

/// What stands without a record has a row that says so, which stays with it in the bin: what went there along with its
/// last record has none. An event that awaits its record has one in the bin only, where it went by itself.
fn put_unassociated(batch: &mut Batch, id: ActivityId, before: Option<&Activity>, after: Option<&Activity>) {
    let is_alone = |activity: &Activity| activity.targets.is_empty() && !activity.is_event();
    let key = keys::activity(keys::UNASSOCIATED, id);
    let is_binned = |batch: &Batch| matches!(batch.get(&keys::activity(keys::BINNED_ACTIVITY, id)), Some(Some(_)));
    match (before.is_some_and(is_alone), after) {
        (false, Some(after)) if is_alone(after) => batch.put(key, Vec::new()),
        (true, Some(after)) if !is_alone(after) => batch.delete(key),
        (_, None) if before.is_some_and(|event| event.awaits().is_some()) && is_binned(batch) => {
            batch.put(key, Vec::new());
        }
        (_, Some(event)) if before.is_none() && event.is_event() => batch.delete(key),
        _ => {}
    }
}

fn put_thread(batch: &mut Batch, id: ActivityId, before: Option<&Activity>, after: Option<&Activity>) {
    let (before, after) = (before.and_then(Activity::thread), after.and_then(Activity::thread));
    if before == after {
        return;
    }
    if let Some(thread) = before {
        batch.delete(keys::of_thread(thread, id));
    }
    if let Some(thread) = after {
        batch.put(keys::of_thread(thread, id), Vec::new());
    }
}
