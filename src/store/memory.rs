//! A store in memory: plain maps and plain walks, right by being simple. Tests hold the others against it.

mod apply;
mod board;
mod graph;
mod notifications;
mod search;

use super::{Applied, ApplyError, Checked, GoesOn, Store, TimelineAsk, Traces, read};
use crate::domain::activity::{Activity, Entry};
use crate::domain::agenda::{Planned, Stand};
use crate::domain::answer::{Derived, Detail, Page, Row, TimelinePage};
use crate::domain::association::Association;
use crate::domain::board::{Columns, Piece};
use crate::domain::change::{ActHead, Commit};
use crate::domain::fold::fold_into;
use crate::domain::graph::{Graph, Logged, Read, Unreadable};
use crate::domain::id::{ActNo, ActivityId, Object, PropertyId, RecordId, Ref, Seq, UserId};
use crate::domain::intent::Intent;
use crate::domain::notification::{ChannelKind, LastTry, Notification, NotificationId};
use crate::domain::object::is;
use crate::domain::query::order::SortKey;
use crate::domain::query::{Facts, Query};
use crate::domain::record::{Binned, BinnedActivity, Record};
use crate::domain::search::{Hits, Search};
use crate::domain::settings::Settings;
use crate::domain::user::Viewer;
use crate::domain::value::Value;
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem::discriminant;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Everything a workspace holds.
#[derive(Default)]
pub struct Memory {
    state: Mutex<State>,
}

#[derive(Clone, Default)]
struct State {
    records: BTreeMap<RecordId, Record>,
    bin: BTreeMap<RecordId, Binned>,
    ties: BTreeMap<(RecordId, RecordId), Association>,
    tied: BTreeMap<RecordId, BTreeSet<RecordId>>,
    activities: BTreeMap<ActivityId, Activity>,
    binned_activities: BTreeMap<ActivityId, BinnedActivity>,
    /// Of both, those that were let lose their last record.
    unassociated: BTreeSet<ActivityId>,
    notifications: BTreeMap<NotificationId, Notification>,
    tries: BTreeMap<(UserId, ChannelKind), LastTry>,
    settings: Option<Arc<Settings>>,
    log: Vec<Logged>,
    acts: BTreeMap<ActNo, ActHead>,
    intents: BTreeMap<ActNo, Intent>,
    commits: HashMap<Uuid, Seq>,
    marks: BTreeMap<String, u64>,
}

impl Memory {
    pub fn new() -> Memory {
        Memory::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every record that a query takes in, in its order.
    fn matching(&self, query: &Query, now: DateTime<Utc>) -> Read<(Vec<Row>, usize)> {
        let settings = self.settings();
        let words = query.words();
        let (mut rows, mut of) = (Vec::new(), 0);
        let records: Vec<Record> =
            self.state().records.values().filter(|r| r.id.object == query.object).cloned().collect();
        for record in records {
            if !read::sees(&query.viewer, &record) {
                continue;
            }
            of += 1;
            let row = self.row(record, &query.viewer, now)?;
            let text = searched(&row.record, &settings);
            let facts = RowFacts { store: self, row: &row, viewer: &query.viewer, now };
            if words.iter().all(|word| text.contains(word.as_str())) && query.filters.iter().all(|f| f.holds(&facts)) {
                rows.push(row);
            }
        }
        rows.sort_by(|a, b| compare(a, b, query, &settings));
        if let Some(ids) = &query.within {
            let place = |row: &Row| ids.iter().position(|id| *id == row.record.id);
            rows.retain(|row| place(row).is_some());
            if query.sort.is_empty() {
                rows.sort_by_key(place);
            }
        }
        Ok((rows, of))
    }

    fn row(&self, record: Record, viewer: &Viewer, now: DateTime<Utc>) -> Read<Row> {
        let company = read::primary_company(self, record.id, viewer)?;
        let derived = Derived { company, ..read::times(&self.entries(record.id)?, now) };
        Ok(Row { record, derived })
    }
}

/// The folded text that search looks through: the searched properties, each on its own.
pub fn searched(record: &Record, settings: &Settings) -> String {
    let mut text = String::new();
    let Some(spec) = settings.object(record.id.object) else { return text };
    for property in spec.properties.iter().filter(|p| p.searched) {
        let Some(value) = record.get(property.id) else { continue };
        for part in value.as_text().into_iter().chain(value.as_texts().iter().map(String::as_str)) {
            fold_into(part, &mut text);
            text.push('\u{1f}');
        }
    }
    text
}

fn compare(a: &Row, b: &Row, query: &Query, settings: &Settings) -> Ordering {
    let spec = settings.object(query.object);
    for sort in &query.sort {
        let Some(property) = spec.and_then(|spec| spec.property(sort.property)) else { continue };
        let key = |row: &Row| SortKey::of(property, row.get(sort.property).as_ref(), settings);
        let order = key(a).compare(&key(b), sort.descending);
        if order != Ordering::Equal {
            return order;
        }
    }
    b.record.id.cmp(&a.record.id)
}

/// What filters ask, answered from the maps.
struct RowFacts<'a> {
    store: &'a Memory,
    row: &'a Row,
    /// Who asks: what they may not see lets no row pass (R6.4).
    viewer: &'a Viewer,
    now: DateTime<Utc>,
}

impl Facts for RowFacts<'_> {
    fn value(&self, property: PropertyId) -> Option<Cow<'_, Value>> {
        self.row.get(property).map(Cow::Owned)
    }

    fn any_associated(&self, object: Object, property: PropertyId, test: &dyn Fn(Option<&Value>) -> bool) -> bool {
        let links = self.store.links(self.row.record.id, Some(object)).unwrap_or_default();
        links.into_iter().any(|link| {
            let record = self.store.record(link.other).ok().flatten().filter(|record| read::sees(self.viewer, record));
            let row = record.and_then(|record| self.store.row(record, self.viewer, self.now).ok());
            row.is_some_and(|row| test(row.get(property).as_ref()))
        })
    }

    fn last_activity(&self) -> Option<DateTime<Utc>> {
        self.row.derived.last_activity
    }
}

impl Store for Memory {
    fn page(&self, query: &Query, now: DateTime<Utc>, from: usize, limit: usize) -> Read<Page> {
        let (rows, of) = self.matching(query, now)?;
        let matching = rows.len();
        let rows = rows.into_iter().skip(from).take(limit).collect();
        Ok(Page { from, rows, matching, of, sorted: true })
    }

    fn ids(&self, query: &Query, now: DateTime<Utc>) -> Read<Vec<RecordId>> {
        Ok(self.matching(query, now)?.0.into_iter().map(|row| row.record.id).collect())
    }

    fn position(&self, query: &Query, now: DateTime<Utc>, id: RecordId) -> Read<Option<usize>> {
        Ok(self.matching(query, now)?.0.iter().position(|row| row.record.id == id))
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
        read::detail(self, &read::Timelines::default(), id, viewer, now, limit)
    }

    fn timeline(&self, ask: &TimelineAsk, viewer: &Viewer, now: DateTime<Utc>) -> Read<TimelinePage> {
        read::timeline(self, &read::Timelines::default(), ask, viewer, now)
    }

    fn each_planned(
        &self,
        whose: Option<UserId>,
        from: Stand,
        see: &mut dyn FnMut(Planned) -> ControlFlow<()>,
    ) -> Read<()> {
        let stands_so = |stand: Stand| discriminant(&stand) == discriminant(&from) && stand >= from;
        let mut found: Vec<Planned> = {
            let state = self.state();
            let all = state.activities.values().filter_map(Planned::of);
            all.filter(|planned| planned.whose == whose && stands_so(planned.stand)).collect()
        };
        found.sort_by_key(|planned| (planned.stand, planned.id));
        let _stopped = found.into_iter().try_for_each(see);
        Ok(())
    }

    fn each_awaited(&self, object: Object, see: &mut dyn FnMut(DateTime<Utc>, ActivityId)) -> Read<()> {
        let found: Vec<(DateTime<Utc>, ActivityId)> = {
            let state = self.state();
            let waits = |event: &&Activity| event.awaits().is_some_and(|whom| whom.object() == object);
            state.activities.values().filter(waits).map(|event| (event.at, event.id)).collect()
        };
        found.into_iter().for_each(|(at, id)| see(at, id));
        Ok(())
    }

    fn registered(&self) -> Read<Vec<RecordId>> {
        let state = self.state();
        let claimed = |record: &&Record| record.values.get(is::REGISTRATIONS).is_some();
        Ok(state.records.values().filter(claimed).map(|record| record.id).collect())
    }

    fn each_binned(&self, object: Option<Object>, see: &mut dyn FnMut(Binned)) -> Read<()> {
        let found: Vec<Binned> = {
            let state = self.state();
            state.bin.values().filter(|b| object.is_none_or(|o| b.record.id.object == o)).cloned().collect()
        };
        found.into_iter().for_each(see);
        Ok(())
    }

    fn binned_activities(&self) -> Read<Vec<BinnedActivity>> {
        let mut found: Vec<BinnedActivity> = self.state().binned_activities.values().cloned().collect();
        found.sort_by_key(|binned| std::cmp::Reverse((binned.at, binned.activity.id)));
        Ok(found)
    }

    fn activity_in_bin(&self, id: ActivityId) -> Read<Option<BinnedActivity>> {
        Ok(self.state().binned_activities.get(&id).cloned())
    }

    fn unassociated(&self, viewer: &Viewer) -> Read<Vec<Activity>> {
        let found: Vec<Activity> = {
            let state = self.state();
            state.unassociated.iter().filter_map(|id| state.activities.get(id)).cloned().collect()
        };
        read::those_seen(self, viewer, found)
    }

    fn is_unassociated(&self, id: ActivityId) -> Read<bool> {
        Ok(self.state().unassociated.contains(&id))
    }

    fn ending(&self, digits: &str) -> Read<Vec<Ref>> {
        let state = self.state();
        let records = state.records.keys().chain(state.bin.keys()).map(|id| Ref::Record(*id));
        let activities = state.activities.keys().chain(state.binned_activities.keys()).map(|id| Ref::Activity(*id));
        let ends = |what: &Ref| what.uuid().simple().to_string().ends_with(digits);
        Ok(records.chain(activities).filter(ends).collect())
    }

    fn acts(&self, before: Option<ActNo>, limit: usize) -> Read<Vec<ActHead>> {
        let state = self.state();
        let acts = state.acts.values().rev().filter(|head| before.is_none_or(|no| head.act.no < no));
        Ok(acts.take(limit).cloned().collect())
    }

    fn intents(&self) -> Read<Vec<(ActNo, Intent)>> {
        Ok(self.state().intents.iter().map(|(no, intent)| (*no, intent.clone())).collect())
    }

    fn last_seq(&self) -> Seq {
        Seq(self.state().log.len() as u64)
    }

    fn last_act(&self) -> ActNo {
        self.state().acts.keys().next_back().copied().unwrap_or(ActNo(0))
    }

    fn is_sorted(&self, _: Object) -> bool {
        true
    }

    fn check(&self, _: bool) -> Read<Checked> {
        Ok(Checked { rows: self.state().records.len() as u64, flaws: Vec::new() })
    }

    fn backup(&self, _: &mut dyn std::io::Write) -> Read<u64> {
        Err(Unreadable("This workspace is in memory only: there is nothing to back up.".to_owned()))
    }

    fn traces(&self) -> Read<Traces> {
        Ok(Traces::None)
    }

    fn folder(&self) -> Option<&Path> {
        None
    }

    fn mark(&self, name: &str) -> Read<Option<u64>> {
        Ok(self.state().marks.get(name).copied())
    }

    fn set_mark(&self, name: &str, number: u64) -> Read<()> {
        self.state().marks.insert(name.to_owned(), number);
        Ok(())
    }

    fn tidy(&self, _: GoesOn) -> Read<bool> {
        Ok(false)
    }

    fn settle(&self) -> Read<()> {
        Ok(())
    }

    fn prepare_while(&self, _: Object, _: DateTime<Utc>, _: GoesOn) -> Read<()> {
        Ok(())
    }

    fn apply(&self, commit: &Commit) -> Result<Applied, ApplyError> {
        self.state().apply(commit)
    }
}

/// The entries of a record's timeline in the order that [`Graph::entries`] promises.
fn sorted_entries(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|e| (!e.open_task, std::cmp::Reverse(e.at), e.id));
    entries
}
