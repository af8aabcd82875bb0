//! A workspace to try rules on: over the model in memory or over a real folder, with a clock that stands still.

use chrono::{DateTime, TimeZone, Utc};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Done, Origin, Refusal};
use lejek::domain::id::{ActNo, Ids, Object, PropertyId, RecordId, Ref, UserId};
use lejek::domain::record::Record;
use lejek::domain::user::User;
use lejek::domain::value::{Reading, Value, read};
use lejek::store::Store;
use lejek::store::memory::Memory;
use lejek::store::sled::SledStore;
use lejek::workspace::clock::{CountedIds, FixedClock};
use lejek::workspace::{Failure, Workspace};
use std::sync::Arc;
use tempfile::TempDir;

/// Which store is under test.
#[derive(Debug, Clone, Copy)]
pub enum Kept {
    InMemory,
    OnDisk,
}

pub struct World {
    pub workspace: Workspace,
    pub store: Arc<dyn Store>,
    pub clock: Arc<FixedClock>,
    /// Held for as long as the store is open.
    pub folder: Option<TempDir>,
}

pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 12, 0, 0).unwrap()
}

impl World {
    pub fn new(kept: Kept) -> World {
        let (store, folder): (Arc<dyn Store>, _) = match kept {
            Kept::InMemory => (Arc::new(Memory::new()), None),
            Kept::OnDisk => {
                let folder = TempDir::new().unwrap();
                (Arc::new(SledStore::open(folder.path()).unwrap()), Some(folder))
            }
        };
        let clock = Arc::new(FixedClock::at(noon()));
        let mut ids = CountedIds(0);
        let first = User::new(UserId(ids.next()), "Maja Sikorska", "maja@lejek.example");
        let workspace = Workspace::found(Arc::clone(&store), clock.clone(), Box::new(ids), first, Origin::CommandLine);
        World { workspace: workspace.unwrap(), store, clock, folder }
    }

    /// The same workspace, as somebody else.
    pub fn acting_as(&self, user: UserId) -> Workspace {
        let ids = Box::new(CountedIds(1_000_000 + self.store.last_act().0 * 1_000));
        Workspace::new(Arc::clone(&self.store), self.clock.clone(), ids, user)
    }

    pub fn property(&self, object: Object, name: &str) -> PropertyId {
        self.store.settings().object(object).unwrap().named(name).unwrap().id
    }

    /// Values as the command line writes them.
    pub fn values(&self, object: Object, written: &[(&str, &str)]) -> Vec<(PropertyId, Value)> {
        let settings = self.store.settings();
        let spec = settings.object(object).unwrap();
        let cx = Reading { settings: &settings, now: self.workspace.now(), me: Some(self.workspace.user()) };
        let one = |(name, text): &(&str, &str)| {
            let property = spec.named(name).unwrap();
            (property.id, read(property, text, &cx).unwrap().unwrap())
        };
        written.iter().map(one).collect()
    }

    pub fn perform(&self, change: Change) -> Result<Done, Failure> {
        self.workspace.perform_long(&change, Origin::CommandLine, &mut ())
    }

    /// Performs and must be granted.
    pub fn does(&self, change: Change) -> Done {
        self.perform(change).unwrap()
    }

    /// Performs and must be refused.
    pub fn refuses(&self, change: Change) -> Refusal {
        refusal(self.perform(change))
    }

    pub fn create(&self, object: Object, written: &[(&str, &str)]) -> RecordId {
        let values = self.values(object, written);
        made(&self.does(Change::Create { object, values, associate: self.needed(object) }))
    }

    /// What a new record of an object can't do without: a lead has a company (R2.13).
    pub fn needed(&self, object: Object) -> Vec<Tying> {
        if object == Object::LEAD { vec![Tying::new(self.company("Whose lead"))] } else { Vec::new() }
    }

    pub fn contact(&self, written: &[(&str, &str)]) -> RecordId {
        self.create(Object::CONTACT, written)
    }

    pub fn company(&self, name: &str) -> RecordId {
        self.create(Object::COMPANY, &[("name", name)])
    }

    pub fn set(&self, record: RecordId, name: &str, text: &str) -> Result<Done, Failure> {
        let value = match text {
            "" => (self.property(record.object, name), None),
            text => {
                let (id, value) = self.values(record.object, &[(name, text)]).remove(0);
                (id, Some(value))
            }
        };
        self.perform(Change::Set { record, values: vec![value] })
    }

    pub fn tie(&self, one: RecordId, other: RecordId) -> Done {
        self.does(Change::associate(one, other))
    }

    pub fn record(&self, id: RecordId) -> Option<Record> {
        self.store.record(id).unwrap()
    }

    pub fn text(&self, id: RecordId, name: &str) -> Option<String> {
        let property = self.property(id.object, name);
        let record = self.record(id).unwrap();
        let value = record.get(property).map(std::borrow::Cow::into_owned);
        let settings = self.store.settings();
        let property = settings.object(id.object).unwrap().property(property).unwrap().clone();
        value.map(|value| lejek::domain::value::plain(&property, &value, &settings))
    }

    /// The others that a record is tied to, with a star at the primary one.
    pub fn ties(&self, id: RecordId) -> Vec<String> {
        let links = self.store.links(id, None).unwrap();
        let name = |other: RecordId| self.record(other).map_or_else(|| "?".to_owned(), |record| record.name());
        links.iter().map(|l| format!("{}{}", name(l.other), if l.primary { " *" } else { "" })).collect()
    }

    pub fn undo(&self, act: ActNo) -> Result<Done, Failure> {
        self.perform(Change::Undo { act })
    }

    pub fn redo(&self, act: ActNo) -> Result<Done, Failure> {
        self.perform(Change::Redo { act })
    }

    pub fn add_user(&self, name: &str, change: impl FnOnce(&mut User)) -> UserId {
        let id = self.workspace.with_ids(|ids| UserId(ids.next()));
        let mut user = User::new(id, name, format!("{}@lejek.example", name.to_lowercase()));
        change(&mut user);
        self.does(Change::AddUser { user: Box::new(user) });
        id
    }
}

pub fn made(done: &Done) -> RecordId {
    match done.refs.first() {
        Some(Ref::Record(id)) => *id,
        other => panic!("no record was made: {other:?}"),
    }
}

pub fn refusal(outcome: Result<Done, Failure>) -> Refusal {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("this should have been refused: {other:?}"),
    }
}
