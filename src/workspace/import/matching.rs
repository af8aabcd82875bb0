//! Whose row it is (R5.11), and who is meant by a cell that names another record.
//!
//! A small file looks in the store, key by key. A large one reads all keys once, and then asks memory.

use super::columns::Columns;
use super::lookup::preview;
use super::rows::{Named, Read};
use crate::domain::change::Refusal;
use crate::domain::email;
use crate::domain::fold::fold;
use crate::domain::graph::{self, Graph, Key};
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::merge::former_id;
use crate::domain::object::is;
use crate::domain::value::Value;
use crate::domain::web;
use crate::exchange::headers::By;
use crate::workspace::Failure;
use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use uuid::Uuid;

/// Records by what they can be known by.
pub(super) struct Matcher {
    /// Objects whose keys are all here; of the others, only those of this import are.
    complete: HashSet<Object>,
    keys: HashMap<u64, RecordId, BuildHasherDefault<Hashed>>,
    /// Records by folded name, of objects that were asked for by name.
    names: HashMap<Object, HashMap<u64, Vec<RecordId>>>,
}

/// How a record was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// By an id: what the row says of its addresses is what they are.
    ById(RecordId),
    /// By an address: further ones are added to those it has.
    ByAddress(RecordId),
    /// All values given are its values.
    Same(RecordId),
    /// It is new; the id is one that the file gave, if it did.
    New(Option<Uuid>),
}

/// Who has a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Is(RecordId),
    Nobody,
    /// Not all keys of the object are in memory: the store knows.
    Unknown,
}

/// Numbers that are hashes already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 ^= hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn is_known_by(property: PropertyId) -> bool {
    matches!(property, is::EMAIL | is::EMAILS | is::DOMAIN | is::DOMAINS | is::EXTERNAL_IDS)
}

/// The key that a text of such a property is for records of the object.
fn key_of(object: Object, property: PropertyId, text: &str) -> Option<Key> {
    match (object, property) {
        (Object::CONTACT, is::EMAIL | is::EMAILS) => Some(Key::email(text)),
        (Object::COMPANY, is::DOMAIN | is::DOMAINS) => Some(Key::domain(text)),
        (object, is::EXTERNAL_IDS) => Some(Key::External(object, text.to_owned())),
        _ => None,
    }
}

impl Matcher {
    pub fn new() -> Matcher {
        Matcher { complete: HashSet::new(), keys: HashMap::default(), names: HashMap::new() }
    }

    /// Reads all keys of an object into memory.
    pub fn load(&mut self, object: Object, graph: &dyn Graph) -> graph::Read<()> {
        if self.complete.insert(object) {
            let keys = &mut self.keys;
            graph.each(object, &mut |record| {
                keys.extend(Key::unique_of(&record).iter().map(|key| (hash(key), record.id)));
            })?;
        }
        Ok(())
    }

    /// Who has a key, as far as it can be told without asking the store.
    pub fn holder(&self, key: &Key) -> Holder {
        match self.is_complete(key) {
            true => self.keys.get(&hash(key)).map_or(Holder::Nobody, |id| Holder::Is(*id)),
            false => Holder::Unknown,
        }
    }

    /// Whether all keys of this kind are in memory.
    fn is_complete(&self, key: &Key) -> bool {
        match key {
            Key::Email(_) => self.complete.contains(&Object::CONTACT),
            Key::Domain(_) => self.complete.contains(&Object::COMPANY),
            Key::External(object, _) => self.complete.contains(object),
            Key::Phone(_) => false,
        }
    }

    /// Remembers a record that this import makes, or changes, with these values.
    pub fn add(&mut self, id: RecordId, values: &[(PropertyId, Value)]) {
        for (at, (property, value)) in values.iter().enumerate() {
            // Of two values for one property the later one counts.
            if is_known_by(*property) && values[at + 1..].iter().all(|(later, _)| later != property) {
                let texts = value.as_text().into_iter().chain(value.as_texts().iter().map(String::as_str));
                let keys = texts.filter_map(|text| key_of(id.object, *property, text));
                self.keys.extend(keys.map(|key| (hash(&key), id)));
            }
        }
        if let Some(names) = self.names.get_mut(&id.object) {
            let ids = names.entry(hash(&fold(&preview(id, values).name()))).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }

    fn by_key(&self, key: &Key, graph: &dyn Graph) -> graph::Read<Option<RecordId>> {
        match self.keys.get(&hash(key)) {
            Some(id) => Ok(Some(*id)),
            None if self.is_complete(key) => Ok(None),
            None => Ok(graph.find(key)?.first().copied()),
        }
    }

    /// By lejek's id, then by an external id, then by e-mail or domain; a row with no key by all that it says.
    pub fn find(&mut self, row: &Read, columns: &Columns, graph: &dyn Graph) -> Result<Found, Failure> {
        let object = columns.object();
        if let Some(uuid) = row.lejek_id {
            let id = RecordId::new(object, uuid);
            if graph.record(id)?.is_some() {
                return Ok(Found::ById(id));
            }
            if let Some(into) = self.by_key(&Key::External(object, former_id(id)), graph)? {
                return Ok(Found::ById(into));
            }
            if graph.binned(id)?.is_some() {
                let sentence = "What has this id is in the bin. Restore it, or leave the id empty";
                return Err(Failure::Refused(Refusal::rule(5, 11, sentence)));
            }
        }
        if let Some(external) = &row.external_id
            && let Some(id) = self.by_key(&Key::External(object, external.clone()), graph)?
        {
            return Ok(Found::ById(id));
        }
        let addresses = row.address_keys(object);
        for key in &addresses {
            if let Some(id) = self.by_key(key, graph)? {
                return Ok(Found::ByAddress(id));
            }
        }
        let has_key = row.lejek_id.is_some() || row.external_id.is_some() || !addresses.is_empty();
        match has_key {
            true => Ok(Found::New(row.lejek_id)),
            false => Ok(self.same(row, object, graph)?.map_or(Found::New(None), Found::Same)),
        }
    }

    /// A record that has all the values which the row gives.
    fn same(&mut self, row: &Read, object: Object, graph: &dyn Graph) -> graph::Read<Option<RecordId>> {
        let name = row.name();
        for id in self.named(object, &name, graph)? {
            let Some(record) = graph.record(id)? else { continue };
            if row.values.iter().all(|(property, value)| record.get(*property).as_deref() == Some(value)) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Records of that name, case and accents aside.
    pub fn named(&mut self, object: Object, name: &str, graph: &dyn Graph) -> graph::Read<Vec<RecordId>> {
        if let std::collections::hash_map::Entry::Vacant(e) = self.names.entry(object) {
            let mut names: HashMap<u64, Vec<RecordId>> = HashMap::new();
            graph.each(object, &mut |record| {
                names.entry(hash(&fold(&record.name()))).or_default().push(record.id);
            })?;
            e.insert(names);
        }
        let names = self.names.get(&object).and_then(|names| names.get(&hash(&fold(name))));
        Ok(names.cloned().unwrap_or_default())
    }

    /// Who a cell may mean: by an id, by e-mail or domain, else by name.
    pub fn meant(&mut self, named: &Named, source: &str, graph: &dyn Graph) -> graph::Read<Vec<RecordId>> {
        let (object, text) = (named.object, named.text.as_str());
        if let Ok(uuid) = Uuid::try_parse(text) {
            let id = RecordId::new(object, uuid);
            let now = match graph.record(id)? {
                Some(record) => Some(record.id),
                None => self.by_key(&Key::External(object, former_id(id)), graph)?,
            };
            return Ok(now.into_iter().collect());
        }
        let address = match object {
            Object::CONTACT if text.contains('@') => email::parse(text).ok().map(|email| Key::email(&email)),
            Object::COMPANY if text.contains('.') => web::domain(text).ok().map(|domain| Key::domain(&domain)),
            _ => None,
        };
        let external = Key::External(object, format!("{source}:{text}"));
        for key in address.iter().chain([&external]) {
            if let Some(id) = self.by_key(key, graph)? {
                return Ok(vec![id]);
            }
        }
        match named.by {
            By::Ids(_) => Ok(Vec::new()),
            By::Address | By::Name => self.named(object, text, graph),
        }
    }
}
