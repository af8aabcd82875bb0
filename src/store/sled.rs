//! The store on disk. What a row is called stands in `keys`, how it looks in `codec`, how rows lie on the disk in
//! `blocks`; this file opens it and answers, `apply` writes.

pub mod blocks;
mod board;
pub mod files;

mod apply;
mod awaited;
mod check;
mod erase;
mod graph;
mod keys;
mod notifications;
mod pending;
mod planned;
mod search;
mod source;

use self::blocks::{Batch, Blocks, Direction, Span};
use self::pending::PendingKeys;
use super::catalog::Catalog;
use super::error::{OpenError, StoreError};
use super::{Applied, ApplyError, Checked, GoesOn, Store, TimelineAsk, Traces, codec, read};
use crate::domain::activity::Activity;
use crate::domain::agenda::{Planned, Stand};
use crate::domain::answer::{Derived, Detail, Page, Row, TimelinePage};
use crate::domain::board::{Columns, Piece};
use crate::domain::change::{ActHead, Commit};
use crate::domain::graph::{Graph, Read, Unreadable};
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq, UserId};
use crate::domain::intent::Intent;
use crate::domain::query::Query;
use crate::domain::record::{Binned, BinnedActivity};
use crate::domain::search::{Hits, Search};
use crate::domain::settings::Settings;
use crate::domain::user::{Sight, Viewer};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// An open workspace folder, held by this process alone.
pub struct SledStore {
    blocks: Blocks,
    catalog: Catalog,
    settings: RwLock<Arc<Settings>>,
    timelines: read::Timelines,
    awaiting: awaited::Awaiting,
    /// What only the writer changes, and its lock.
    writer: Mutex<Writer>,
}

struct Writer {
    last_seq: Seq,
    last_act: ActNo,
    counts: BTreeMap<Object, u64>,
    pending: PendingKeys,
}

impl From<StoreError> for Unreadable {
    fn from(error: StoreError) -> Self {
        Unreadable(error.to_string())
    }
}

fn damaged(what: impl std::fmt::Display) -> Unreadable {
    Unreadable(format!(
        "The store is damaged: {what}. `lejek check` says how much; `lejek restore-backup FILE` brings a backup back."
    ))
}

impl SledStore {
    /// Opens the workspace in `folder`, or makes one there.
    pub fn open(folder: &Path) -> Result<SledStore, OpenError> {
        let blocks = Blocks::open(folder)?;
        let at = |what: Unreadable| OpenError::Damaged { folder: folder.to_owned(), what: what.0 };
        let settings = read_settings(&blocks).map_err(at)?;
        let writer = Writer::read(&blocks).map_err(at)?;
        let store = SledStore {
            blocks,
            catalog: Catalog::default(),
            settings: RwLock::new(Arc::new(settings)),
            timelines: read::Timelines::default(),
            awaiting: awaited::Awaiting::default(),
            writer: Mutex::new(writer),
        };
        store.catch_up_keys().map_err(at)?;
        store.look_for_awaited().map_err(at)?;
        Ok(store)
    }

    pub fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of_object(&self, object: Object) -> u64 {
        self.writer().counts.get(&object).copied().unwrap_or(0)
    }

    /// A row of a list, with what the catalog or, before it stands, the store knows of its surroundings.
    fn row(&self, id: RecordId, viewer: &Viewer, now: DateTime<Utc>) -> Read<Option<Row>> {
        let Some(record) = self.record(id)? else { return Ok(None) };
        let derived = match self.catalog.derived(id, now) {
            Some(derived) if *viewer.sight(Object::COMPANY) == Sight::All => derived,
            Some(derived) => Derived { company: read::primary_company(self, id, viewer)?, ..derived },
            None => {
                Derived { company: read::primary_company(self, id, viewer)?, ..read::times(&self.entries(id)?, now) }
            }
        };
        Ok(Some(Row { record, derived }))
    }

    /// The newest records, for as long as there is no catalog.
    fn newest(&self, query: &Query, now: DateTime<Utc>, from: usize, limit: usize) -> Read<Page> {
        let of = self.of_object(query.object) as usize;
        let mut rows = Vec::with_capacity(limit);
        let span = Span::prefix(&keys::of_object(keys::RECORD, query.object));
        let mut seen = 0;
        for pair in self.blocks.scan(span, Direction::Down) {
            if rows.len() == limit {
                break;
            }
            let (key, value) = pair.map_err(Unreadable::from)?;
            let id = keys::first_id(&key).ok_or_else(|| damaged("a key of a record"))?;
            let record = codec::decode_record(id, &value).map_err(damaged)?;
            if read::sees(&query.viewer, &record) {
                if seen >= from
                    && let Some(row) = self.row(id, &query.viewer, now)?
                {
                    rows.push(row);
                }
                seen += 1;
            }
        }
        Ok(Page { from, rows, matching: of, of, sorted: false })
    }
}

impl Writer {
    fn read(blocks: &Blocks) -> Read<Writer> {
        let last = |kind| blocks.last(Span::prefix(&[kind])).map_err(Unreadable::from);
        let number = |pair: Option<(Vec<u8>, Vec<u8>)>| {
            pair.and_then(|(key, _)| key.get(1..9)?.try_into().ok().map(u64::from_be_bytes)).unwrap_or(0)
        };
        let mut counts = BTreeMap::new();
        for pair in blocks.scan(Span::prefix(&[keys::META]), Direction::Up) {
            let (key, value) = pair.map_err(Unreadable::from)?;
            let object = key.strip_prefix(&[&[keys::META], &b"count"[..]].concat()[..]);
            if let (Some(Ok(object)), Ok(count)) = (object.map(<[u8; 2]>::try_from), <[u8; 8]>::try_from(&value[..])) {
                counts.insert(Object(u16::from_be_bytes(object)), u64::from_be_bytes(count));
            }
        }
        Ok(Writer {
            last_seq: Seq(number(last(keys::LOG)?)),
            last_act: ActNo(number(last(keys::ACT)?)),
            counts,
            pending: PendingKeys::default(),
        })
    }
}

fn read_settings(blocks: &Blocks) -> Read<Settings> {
    let mut rows = BTreeMap::new();
    for pair in blocks.scan(Span::prefix(&[keys::SETTING]), Direction::Up) {
        let (key, value) = pair.map_err(Unreadable::from)?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(damaged);
        rows.insert(text(&key[1..])?, text(&value)?);
    }
    Ok(Settings::from_rows(rows))
}

impl Store for SledStore {
    fn page(&self, query: &Query, now: DateTime<Utc>, from: usize, limit: usize) -> Read<Page> {
        let Some(found) = self.catalog.find(&self.reading(), query, &self.settings(), now)? else {
            return self.newest(query, now, from, limit);
        };
        let mut rows = Vec::with_capacity(limit.min(found.matching()));
        for id in found.ids(from, limit) {
            rows.extend(self.row(id, &query.viewer, now)?);
        }
        Ok(Page { from, rows, matching: found.matching(), of: found.of(), sorted: true })
    }

    fn ids(&self, query: &Query, now: DateTime<Utc>) -> Read<Vec<RecordId>> {
        let found = self.catalog.find(&self.reading(), query, &self.settings(), now)?;
        let soon = || Unreadable("The list is still being prepared. Repeat it in a moment.".to_owned());
        found.map(|found| found.ids(0, usize::MAX)).ok_or_else(soon)
    }

    fn position(&self, query: &Query, now: DateTime<Utc>, id: RecordId) -> Read<Option<usize>> {
        let found = self.catalog.find(&self.reading(), query, &self.settings(), now)?;
        Ok(found.and_then(|found| found.position(id)))
    }

    fn columns(&self, query: &Query, pieces: &[Piece], now: DateTime<Utc>) -> Read<Columns> {
        self.columns_of(query, pieces, now)
    }

    fn search(&self, search: &Search, lately: &[RecordId], viewer: &Viewer, now: DateTime<Utc>) -> Read<Hits> {
        self.search_all(search, lately, viewer, now)
    }

    fn similar_all(&self, search: &Search, viewer: &Viewer, now: DateTime<Utc>) -> Read<Vec<Row>> {
        self.similar_anywhere(search, viewer, now)
    }

    fn similar(&self, query: &Query, now: DateTime<Utc>, limit: usize) -> Read<Vec<Row>> {
        self.similar_to(query, now, limit)
    }

    fn detail(&self, id: RecordId, viewer: &Viewer, now: DateTime<Utc>, limit: usize) -> Read<Option<Detail>> {
        read::detail(self, &self.timelines, id, viewer, now, limit)
    }

    fn timeline(&self, ask: &TimelineAsk, viewer: &Viewer, now: DateTime<Utc>) -> Read<TimelinePage> {
        read::timeline(self, &self.timelines, ask, viewer, now)
    }

    fn each_planned(
        &self,
        whose: Option<UserId>,
        from: Stand,
        see: &mut dyn FnMut(Planned) -> ControlFlow<()>,
    ) -> Read<()> {
        self.planned(whose, from, see)
    }

    fn each_awaited(&self, object: Object, see: &mut dyn FnMut(DateTime<Utc>, ActivityId)) -> Read<()> {
        self.see_awaited(object, see)
    }

    fn registered(&self) -> Read<Vec<RecordId>> {
        self.all_registered()
    }

    fn each_binned(&self, object: Option<Object>, see: &mut dyn FnMut(Binned)) -> Read<()> {
        let prefix = object.map_or_else(|| vec![keys::BIN], |object| keys::of_object(keys::BIN, object));
        for pair in self.blocks.scan(Span::prefix(&prefix), Direction::Up) {
            let (key, value) = pair.map_err(Unreadable::from)?;
            let id = keys::first_id(&key).ok_or_else(|| damaged("a key in the bin"))?;
            see(codec::decode_binned(id, &value).map_err(damaged)?);
        }
        Ok(())
    }

    fn binned_activities(&self) -> Read<Vec<BinnedActivity>> {
        let mut found = Vec::new();
        for pair in self.blocks.scan(Span::prefix(&[keys::BINNED_ACTIVITY]), Direction::Up) {
            let (key, value) = pair.map_err(Unreadable::from)?;
            let id = uuid::Uuid::from_slice(&key[1..]).map_err(damaged)?;
            found.push(codec::decode_binned_activity(ActivityId(id), &value).map_err(damaged)?);
        }
        found.sort_by_key(|binned| std::cmp::Reverse((binned.at, binned.activity.id)));
        Ok(found)
    }

    fn activity_in_bin(&self, id: ActivityId) -> Read<Option<BinnedActivity>> {
        let row = self.blocks.get(&keys::activity(keys::BINNED_ACTIVITY, id)).map_err(Unreadable::from)?;
        row.map(|row| codec::decode_binned_activity(id, &row).map_err(damaged)).transpose()
    }

    fn unassociated(&self, viewer: &Viewer) -> Read<Vec<Activity>> {
        let mut found = Vec::new();
        for pair in self.blocks.scan(Span::prefix(&[keys::UNASSOCIATED]), Direction::Up) {
            let (key, _) = pair.map_err(Unreadable::from)?;
            let id = keys::activity_id(&key).ok_or_else(|| damaged("a key of an unassociated activity"))?;
            found.extend(self.activity(id)?);
        }
        read::those_seen(self, viewer, found)
    }

    fn is_unassociated(&self, id: ActivityId) -> Read<bool> {
        self.blocks.contains(&keys::activity(keys::UNASSOCIATED, id)).map_err(Unreadable::from)
    }

    fn ending(&self, digits: &str) -> Read<Vec<Ref>> {
        let mut found = Vec::new();
        let ends = |uuid: uuid::Uuid| uuid.simple().to_string().ends_with(digits);
        for kind in [keys::RECORD, keys::BIN, keys::ACTIVITY, keys::BINNED_ACTIVITY] {
            self.blocks
                .scan_blocks(Span::prefix(&[kind]), |key, _| {
                    let of = match kind {
                        keys::RECORD | keys::BIN => keys::first_id(key).map(Ref::Record),
                        _ => uuid::Uuid::from_slice(&key[1..]).ok().map(|id| Ref::Activity(ActivityId(id))),
                    };
                    found.extend(of.filter(|of| ends(of.uuid())));
                    ControlFlow::Continue(())
                })
                .map_err(Unreadable::from)?;
        }
        Ok(found)
    }

    fn acts(&self, before: Option<ActNo>, limit: usize) -> Read<Vec<ActHead>> {
        let mut span = Span::prefix(&[keys::ACT]);
        if let Some(before) = before {
            span = span.before(&keys::act(before));
        }
        let rows = self.blocks.scan(span, Direction::Down).take(limit);
        rows.map(|pair| codec::decode_act(&pair.map_err(Unreadable::from)?.1).map_err(damaged)).collect()
    }

    fn intents(&self) -> Read<Vec<(ActNo, Intent)>> {
        let rows = self.blocks.scan(Span::prefix(&[keys::INTENT]), Direction::Up);
        rows.map(|pair| {
            let (key, value) = pair.map_err(Unreadable::from)?;
            let no = keys::act_of_intent(&key).ok_or_else(|| damaged("a key of a broken-off act"))?;
            Ok((no, codec::decode_intent(&value).map_err(damaged)?))
        })
        .collect()
    }

    fn last_seq(&self) -> Seq {
        self.writer().last_seq
    }

    fn last_act(&self) -> ActNo {
        self.writer().last_act
    }

    fn is_sorted(&self, object: Object) -> bool {
        self.catalog.is_ready(object)
    }

    fn check(&self, deep: bool) -> Read<Checked> {
        check::check(self, deep)
    }

    fn backup(&self, to: &mut dyn std::io::Write) -> Read<u64> {
        self.blocks.dump(to, &mut |_| ControlFlow::Continue(())).map_err(Unreadable::from)
    }

    fn traces(&self) -> Read<Traces> {
        Ok(match (self.wants_afresh()?, self.blocks.is_bloated().map_err(Unreadable::from)?) {
            (true, _) => Traces::Erased,
            (false, true) => Traces::Bloated,
            (false, false) => Traces::None,
        })
    }

    fn folder(&self) -> Option<&Path> {
        Some(self.blocks.folder())
    }

    fn mark(&self, name: &str) -> Read<Option<u64>> {
        let row = self.blocks.get(&keys::mark(name)).map_err(Unreadable::from)?;
        Ok(row.and_then(|row| <[u8; 8]>::try_from(&row[..]).ok()).map(u64::from_be_bytes))
    }

    fn set_mark(&self, name: &str, number: u64) -> Read<()> {
        let _only_writer = self.writer();
        let mut batch = Batch::new();
        batch.put(keys::mark(name), number.to_be_bytes());
        write(&self.blocks, batch)
    }

    fn tidy(&self, goes_on: GoesOn) -> Read<bool> {
        if self.traces()? == Traces::None {
            return Ok(false);
        }
        self.rewrite_afresh(goes_on)?;
        Ok(true)
    }

    fn settle(&self) -> Read<()> {
        self.blocks.reopen().map_err(|error| Unreadable(error.to_string()))
    }

    fn prepare_while(&self, object: Object, now: DateTime<Utc>, goes_on: GoesOn) -> Read<()> {
        self.catalog.build(&source::Reading { store: self, goes_on }, &self.settings(), object, now)
    }

    fn apply(&self, commit: &Commit) -> Result<Applied, ApplyError> {
        self.apply_commit(commit)
    }
}

/// Writes a batch that is no commit of the log.
fn write(blocks: &Blocks, batch: Batch) -> Read<()> {
    blocks.write(batch).map_err(Unreadable::from)
}
