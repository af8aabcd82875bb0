//! What rules read of the store on disk.

use super::blocks::{Direction, Span};
use super::{SledStore, damaged, keys};
use crate::domain::activity::{Activity, Entry};
use crate::domain::association::Link;
use crate::domain::change::ActHead;
use crate::domain::event::Whom;
use crate::domain::graph::{Graph, Key, Logged, Read, Unreadable};
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq, UserId};
use crate::domain::notification::{Notification, NotificationId};
use crate::domain::record::{Binned, Record};
use crate::domain::settings::Settings;
use crate::store::agenda;
use crate::store::codec::{self, EntryView};
use chrono::DateTime;
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};

impl SledStore {
    pub(super) fn get<T>(
        &self,
        key: &[u8],
        decode: impl FnOnce(&[u8]) -> Result<T, codec::CodecError>,
    ) -> Read<Option<T>> {
        let value = self.blocks.get(key).map_err(Unreadable::from)?;
        value.map(|value| decode(&value).map_err(damaged)).transpose()
    }
}

impl Graph for SledStore {
    fn record(&self, id: RecordId) -> Read<Option<Record>> {
        self.get(&keys::record(keys::RECORD, id), |row| codec::decode_record(id, row))
    }

    fn links(&self, id: RecordId, to: Option<Object>) -> Read<Vec<Link>> {
        let mut links = Vec::new();
        for pair in self.blocks.scan(Span::prefix(&keys::links(id, to)), Direction::Up) {
            let (key, value) = pair.map_err(Unreadable::from)?;
            let other = keys::second_id(&key).ok_or_else(|| damaged("a key of an association"))?;
            links.push(codec::decode_link(other, &value).map_err(damaged)?);
        }
        links.sort_by_key(|link| (link.other.object, link.since, link.order, link.other));
        Ok(links)
    }

    fn link(&self, id: RecordId, other: RecordId) -> Read<Option<Link>> {
        self.get(&keys::link(id, other), |row| codec::decode_link(other, row))
    }

    fn activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        self.get(&keys::activity(keys::ACTIVITY, id), |row| codec::decode_activity(id, row))
    }

    fn entries(&self, record: RecordId) -> Read<Vec<Entry>> {
        let mut entries = Vec::new();
        let mut broken = None;
        let span = Span::prefix(&keys::record(keys::ENTRY, record));
        let scanned = self.blocks.scan_blocks(span, |key, value| match entry(key, value) {
            Ok(entry) => {
                entries.push(entry);
                ControlFlow::Continue(())
            }
            Err(what) => {
                broken = Some(what);
                ControlFlow::Break(())
            }
        });
        scanned.map_err(Unreadable::from)?;
        broken.map_or(Ok(entries), Err)
    }

    fn find(&self, key: &Key) -> Read<Vec<RecordId>> {
        let country = self.settings().general.phone_country.clone();
        let mut found = self.writer().pending.find(key);
        for pair in self.blocks.scan(Span::prefix(&keys::holders(key)), Direction::Up) {
            let (row, _) = pair.map_err(Unreadable::from)?;
            found.push(keys::holder(&row).ok_or_else(|| damaged("a row of the keys"))?);
        }
        let mut held = Vec::new();
        for id in found {
            // The same hash is not yet the same text.
            if self.record(id)?.is_some_and(|record| Key::of(&record, &country).contains(key)) && !held.contains(&id) {
                held.push(id);
            }
        }
        held.sort();
        Ok(held)
    }

    fn thread(&self, thread: &str) -> Read<Vec<ActivityId>> {
        let mut mails = Vec::new();
        for pair in self.blocks.scan(Span::prefix(&keys::thread(thread)), Direction::Up) {
            let (row, _) = pair.map_err(Unreadable::from)?;
            let id = keys::mail(&row).ok_or_else(|| damaged("a row of the threads"))?;
            // The same hash is not yet the same text.
            if self.activity(id)?.is_some_and(|mail| mail.thread() == Some(thread)) {
                mails.push(id);
            }
        }
        Ok(mails)
    }

    fn awaited(&self, whom: &Whom) -> Read<Vec<ActivityId>> {
        self.awaited_by(whom)
    }

    fn open_tasks(&self, of: UserId) -> Read<Vec<ActivityId>> {
        agenda::open_tasks(self, of)
    }

    fn binned(&self, id: RecordId) -> Read<Option<Binned>> {
        self.get(&keys::record(keys::BIN, id), |row| codec::decode_binned(id, row))
    }

    fn binned_activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        self.get(&keys::activity(keys::BINNED_ACTIVITY, id), |row| {
            codec::decode_binned_activity(id, row).map(|binned| binned.activity)
        })
    }

    fn notification(&self, id: NotificationId) -> Read<Option<Notification>> {
        self.get(&keys::notification(id), |row| codec::decode_notification(id, row))
    }

    fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn act(&self, no: ActNo) -> Read<Option<ActHead>> {
        self.get(&keys::act(no), codec::decode_act)
    }

    fn logged(&self, seq: Seq) -> Read<Option<Logged>> {
        let row = self.get(&keys::log(seq), codec::decode_logged)?;
        Ok(row.map(|(act, ops)| Logged { seq, act, ops }))
    }

    fn touched(&self, of: Ref) -> Read<Vec<Seq>> {
        let rows = self.blocks.scan(Span::prefix(&keys::touched(of)), Direction::Up);
        rows.map(|pair| {
            let (key, _) = pair.map_err(Unreadable::from)?;
            keys::seq_of_touched(&key).ok_or_else(|| damaged("a row of the history"))
        })
        .collect()
    }

    fn each_tie(&self, of: Object, to: Object, visit: &mut dyn FnMut(RecordId, &Link)) -> Read<()> {
        let mut broken = None;
        self.reading().each_link(of, |from, other, row| {
            if other.object == to && broken.is_none() {
                match codec::decode_link(other, row) {
                    Ok(link) => visit(RecordId::new(of, from), &link),
                    Err(error) => broken = Some(damaged(error)),
                }
            }
        })?;
        broken.map_or(Ok(()), Err)
    }

    fn each(&self, object: Object, visit: &mut dyn FnMut(Record)) -> Read<()> {
        let mut broken = None;
        let span = Span::prefix(&keys::of_object(keys::RECORD, object));
        let scanned = self.blocks.scan_blocks(span, |key, value| {
            let id = keys::first_id(key).ok_or_else(|| damaged("a key of a record"));
            match id.and_then(|id| codec::decode_record(id, value).map_err(damaged)) {
                Ok(record) => visit(record),
                Err(what) => {
                    broken = Some(what);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        });
        scanned.map_err(Unreadable::from)?;
        broken.map_or(Ok(()), Err)
    }
}

fn entry(key: &[u8], value: &[u8]) -> Read<Entry> {
    let (millis, id) = keys::entry_parts(key).ok_or_else(|| damaged("a key of a timeline"))?;
    let view = codec::decode_entry(value).map_err(damaged)?;
    let at = DateTime::from_timestamp_millis(millis).ok_or_else(|| damaged("a time of a timeline"))?;
    let EntryView { kind, open_task, direction, from, by } = view;
    Ok(Entry { id, kind, at, open_task, direction, by, from })
}
