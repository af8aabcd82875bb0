//! The model: records with their links and timelines, the source that the catalog is built from, and the same
//! questions answered by looking at each record.

use crate::domain::activity::{ActivityKind, AuthorMark, Entry, LoggedFrom};
use crate::domain::answer::{Derived, Row};
use crate::domain::association::has_primary;
use crate::domain::change::{Author, Origin};
use crate::domain::fold::fold;
use crate::domain::graph::Read;
use crate::domain::id::{ActNo, ActivityId, Object, PropertyId, RecordId, UserId};
use crate::domain::query::order::SortKey;
use crate::domain::query::{Facts, Query};
use crate::domain::record::{Record, Stamp, Values};
use crate::domain::settings::{Settings, user_key};
use crate::domain::user::{User, Viewer};
use crate::domain::value::Value;
use crate::store::catalog::{Catalog, Fact, Part, Source};
use crate::store::codec::RecordView;
use crate::store::read::sees;
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub const USERS: [UserId; 3] = [UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)), UserId(Uuid::from_u128(3))];

pub fn settings() -> Settings {
    let names = ["Zofia Ćwik", "adam Nowak", "Łukasz Lis"];
    let user = |(id, name): (UserId, &str)| {
        let user = User::new(id, name, format!("{}@example.com", id.0));
        (user_key(id), serde_json::to_string(&user).unwrap())
    };
    Settings::from_rows(USERS.into_iter().zip(names).map(user).collect())
}

pub fn time(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap()
}

/// The id of the `n`th record in the order of ids.
pub fn id(object: Object, n: u32) -> RecordId {
    RecordId::new(object, Uuid::from_u128(u128::from(n) << 80 | 0x7000 << 64))
}

pub fn record(id: RecordId, at: i64, values: impl IntoIterator<Item = (PropertyId, Value)>) -> Record {
    let stamp = Stamp { at: time(at), by: Author::User(USERS[0]), origin: Origin::CommandLine, act: ActNo(1) };
    Record { id, version: 1, created: stamp, updated: time(at), values: values.into_iter().collect::<Values>() }
}

#[derive(Default)]
pub struct Model {
    pub records: BTreeMap<RecordId, Record>,
    /// Both ways.
    pub links: BTreeSet<(RecordId, RecordId)>,
    /// Record and object to the primary record.
    pub primaries: BTreeMap<(RecordId, Object), RecordId>,
    pub timelines: BTreeMap<RecordId, Vec<(i64, bool)>>,
}

/// The model with a catalog that is told all that happens.
pub struct Pair {
    pub model: Model,
    pub catalog: Catalog,
    pub settings: Settings,
    pub now: i64,
}

impl Pair {
    pub fn new(model: Model) -> Pair {
        let pair = Pair { model, catalog: Catalog::default(), settings: settings(), now: 1_000_000 };
        pair.build();
        pair
    }

    pub fn build(&self) {
        for spec in &self.settings.objects {
            self.catalog.build(&self.model, &self.settings, spec.object, time(self.now)).unwrap();
        }
    }

    fn tell(&self, id: RecordId, fact: Fact) {
        self.catalog.apply([(id, fact)], time(self.now));
    }

    pub fn put(&mut self, record: Record) {
        self.tell(record.id, Fact::Stands(Cow::Borrowed(&record)));
        self.model.records.insert(record.id, record);
    }

    pub fn remove(&mut self, id: RecordId) {
        let others: Vec<RecordId> = self.model.links.iter().filter(|(one, _)| *one == id).map(|(_, o)| *o).collect();
        for other in others {
            self.untie(id, other);
        }
        self.model.records.remove(&id);
        self.model.timelines.remove(&id);
        self.tell(id, Fact::Gone);
    }

    pub fn tie(&mut self, one: RecordId, other: RecordId, primary: bool) {
        for (one, other) in [(one, other), (other, one)] {
            self.model.links.insert((one, other));
            self.tell(one, Fact::Tied(other));
            if primary && has_primary(one.object, other.object) {
                self.model.primaries.insert((one, other.object), other);
                self.tell(one, Fact::Primary(other.object, Some(other.uuid)));
            }
        }
    }

    pub fn untie(&mut self, one: RecordId, other: RecordId) {
        for (one, other) in [(one, other), (other, one)] {
            self.model.links.remove(&(one, other));
            self.tell(one, Fact::Untied(other));
            if self.model.primaries.get(&(one, other.object)) == Some(&other) {
                self.model.primaries.remove(&(one, other.object));
                self.tell(one, Fact::Primary(other.object, None));
            }
        }
    }

    pub fn timeline(&mut self, id: RecordId, times: &[(i64, bool)]) {
        let entry = |(at, open_task): &(i64, bool)| Entry {
            id: ActivityId(Uuid::nil()),
            kind: ActivityKind::Call,
            at: time(*at),
            open_task: *open_task,
            direction: None,
            by: AuthorMark(0),
            from: LoggedFrom::RecordPage,
        };
        self.tell(id, Fact::Timeline(times.iter().map(entry).collect::<Vec<_>>().into()));
        self.model.timelines.insert(id, times.to_vec());
    }

    /// What the catalog finds: all ids in order, and of how many.
    pub fn found(&self, query: &Query) -> (Vec<RecordId>, usize) {
        let found = self.catalog.find(&self.model, query, &self.settings, time(self.now)).unwrap().unwrap();
        (found.ids(0, usize::MAX), found.of())
    }

    pub fn expected(&self, query: &Query) -> (Vec<RecordId>, usize) {
        self.model.find(query, &self.settings, self.now)
    }

    pub fn agree(&self, query: &Query) {
        assert_eq!(self.found(query), self.expected(query), "{query:?}");
    }
}

impl Model {
    pub fn derived(&self, id: RecordId, now: i64) -> Derived {
        let company = self.primaries.get(&(id, Object::COMPANY)).and_then(|id| self.records.get(id));
        let times = self.timelines.get(&id).map(Vec::as_slice).unwrap_or_default();
        let last = times.iter().filter(|(at, open)| !open && *at <= now).map(|(at, _)| *at).max();
        let next = times.iter().filter(|(at, open)| *open || *at > now).map(|(at, _)| *at).min();
        Derived {
            company: company.map(|company| (company.id, company.name())),
            last_activity: last.map(time),
            next_activity: next.map(time),
            ..Derived::default()
        }
    }

    /// Without the name of a company that the viewer may not see.
    fn seen_by(&self, row: &Row, viewer: &Viewer) -> Row {
        let mut row = row.clone();
        row.derived.company.take_if(|(id, _)| !self.records.get(id).is_some_and(|company| sees(viewer, company)));
        row
    }

    fn find(&self, query: &Query, settings: &Settings, now: i64) -> (Vec<RecordId>, usize) {
        let spec = settings.object(query.object).unwrap();
        let seen: Vec<Row> = self
            .records
            .values()
            .filter(|r| r.id.object == query.object)
            .filter(|r| sees(&query.viewer, r))
            .map(|r| Row { record: r.clone(), derived: self.derived(r.id, now) })
            .collect();
        let words = query.words();
        let has_words = |row: &&Row| {
            let texts: Vec<String> = spec
                .properties
                .iter()
                .filter(|p| p.searched)
                .filter_map(|p| row.get(p.id))
                .flat_map(|v| {
                    v.as_text().map(fold).into_iter().chain(v.as_texts().iter().map(|t| fold(t))).collect::<Vec<_>>()
                })
                .collect();
            words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
        };
        let passes = |row: &&Row| {
            let row = self.seen_by(row, &query.viewer);
            let facts = RowFacts { model: self, row: &row, viewer: &query.viewer, now };
            query.filters.iter().all(|filter| filter.holds(&facts))
        };
        let mut rows: Vec<&Row> = seen.iter().filter(has_words).filter(passes).collect();
        rows.sort_by(|one, other| {
            for sort in &query.sort {
                let property = spec.property(sort.property).unwrap();
                let key = |row: &Row| SortKey::of(property, row.get(sort.property).as_ref(), settings);
                let order = key(one).compare(&key(other), sort.descending);
                if order.is_ne() {
                    return order;
                }
            }
            other.record.id.cmp(&one.record.id)
        });
        if let Some(ids) = &query.within {
            let place = |row: &&Row| ids.iter().position(|id| *id == row.record.id);
            rows.retain(|row| place(row).is_some());
            if query.sort.is_empty() {
                rows.sort_by_key(place);
            }
        }
        (rows.into_iter().map(|row| row.record.id).collect(), seen.len())
    }
}

struct RowFacts<'m> {
    model: &'m Model,
    row: &'m Row,
    viewer: &'m Viewer,
    now: i64,
}

impl Facts for RowFacts<'_> {
    fn value(&self, property: PropertyId) -> Option<Cow<'_, Value>> {
        self.row.get(property).map(Cow::Owned)
    }

    fn any_associated(&self, object: Object, property: PropertyId, test: &dyn Fn(Option<&Value>) -> bool) -> bool {
        let links = self.model.links.iter().filter(|(one, other)| *one == self.row.record.id && other.object == object);
        links.filter_map(|(_, other)| self.model.records.get(other)).filter(|r| sees(self.viewer, r)).any(|record| {
            let row = Row { record: record.clone(), derived: self.model.derived(record.id, self.now) };
            let row = self.model.seen_by(&row, self.viewer);
            test(row.get(property).as_ref())
        })
    }

    fn last_activity(&self) -> Option<DateTime<Utc>> {
        self.row.derived.last_activity
    }
}

impl Source for Model {
    fn split(&self, object: Object, parts: usize) -> Read<Vec<Uuid>> {
        let all: Vec<Uuid> = self.records.keys().filter(|id| id.object == object).map(|id| id.uuid).collect();
        Ok((1..parts.min(all.len())).map(|part| all[all.len() * part / parts.min(all.len())]).collect())
    }

    fn records(&self, object: Object, part: Part, visit: &mut dyn FnMut(Uuid, &RecordView)) -> Read<()> {
        let within = |id: Uuid| part.from.is_none_or(|from| id >= from) && part.before.is_none_or(|end| id < end);
        let found = self.records.values().filter(|record| record.id.object == object && within(record.id.uuid));
        found.for_each(|record| visit(record.id.uuid, &RecordView::from(record)));
        Ok(())
    }

    fn primaries(&self, object: Object, visit: &mut dyn FnMut(Uuid, RecordId)) -> Read<()> {
        let found = self.primaries.iter().filter(|((id, _), _)| id.object == object);
        found.for_each(|((id, _), primary)| visit(id.uuid, *primary));
        Ok(())
    }

    fn activity_times(&self, object: Object, visit: &mut dyn FnMut(Uuid, i64, bool)) -> Read<()> {
        for (id, times) in self.timelines.iter().filter(|(id, _)| id.object == object) {
            for (at, open) in times {
                visit(id.uuid, *at, *open);
            }
        }
        Ok(())
    }

    fn links(&self, object: Object, to: Object, visit: &mut dyn FnMut(Uuid, Uuid)) -> Read<()> {
        let found = self.links.iter().filter(|(one, other)| one.object == object && other.object == to);
        found.for_each(|(one, other)| visit(one.uuid, other.uuid));
        Ok(())
    }
}
