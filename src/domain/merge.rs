//! Two records of one object become one: which value each property has then (R5.11), and what the preview of a merge
//! says. Properties of which both sides are kept whole are named in [`is_united`].

use super::change::Refusal;
use super::graph::{Graph, Key, Read};
use super::id::{Object, PropertyId, RecordId};
use super::object::{ObjectSpec, is};
use super::record::Record;
use super::value::Value;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The external id under which the record that stays is found by the id of the one that went.
pub fn former_id(id: RecordId) -> String {
    format!("{FORMER}{id}")
}

const FORMER: &str = "lejek:";

/// Ids of records that were merged into this one, and into those.
pub fn former_ids(record: &Record) -> impl Iterator<Item = RecordId> {
    let texts = record.external_ids().iter().filter_map(|text| text.strip_prefix(FORMER));
    texts.filter_map(|text| Uuid::try_parse(text).ok()).map(|uuid| RecordId::new(record.id.object, uuid))
}

/// The record that another one was merged into, as long as that stands.
pub fn successor(graph: &dyn Graph, id: RecordId) -> Read<Option<RecordId>> {
    Ok(graph.find(&Key::External(id.object, former_id(id)))?.into_iter().find(|found| *found != id))
}

/// What both have is kept of both, so there is nothing to choose.
pub fn is_united(property: PropertyId) -> bool {
    matches!(property, is::EMAILS | is::DOMAINS | is::EXTERNAL_IDS)
}

/// Properties whose value comes from one record together: a stage belongs to its pipeline.
pub fn together(property: PropertyId) -> &'static [PropertyId] {
    match property {
        is::PIPELINE | is::STAGE => &[is::PIPELINE, is::STAGE],
        _ => &[],
    }
}

/// The properties that are taken, with what goes together; the name of a contact is its first and last name.
pub fn taken(spec: &ObjectSpec, take: &[PropertyId]) -> Result<Vec<PropertyId>, Refusal> {
    let mut taken = Vec::with_capacity(take.len());
    for id in take {
        let named: &[PropertyId] = match (spec.property(*id), together(*id)) {
            (_, []) if *id == is::NAME && spec.object == Object::CONTACT => &[is::FIRST_NAME, is::LAST_NAME],
            (Some(property), _) if property.derived => {
                let sentence = format!("{} is worked out by lejek and can't be chosen", property.label);
                return Err(Refusal::field(None, *id, sentence));
            }
            (Some(_), []) => std::slice::from_ref(id),
            (Some(_), several) => several,
            (None, _) => return Err(Refusal::field(None, *id, format!("{} have no such property", spec.plural))),
        };
        taken.extend(named);
    }
    Ok(taken)
}

/// What the properties of the record that stays become, those that change only. Its own values stay unless the other's
/// are taken; blanks are filled from the other; addresses and external ids of both are kept, the main address is that of
/// the record that stays. A blank never takes the place of a value.
pub fn united(spec: &ObjectSpec, into: &Record, from: &Record, take: &[PropertyId]) -> Vec<(PropertyId, Value)> {
    let mut values = Vec::new();
    for property in spec.properties.iter().filter(|property| !property.derived) {
        let id = property.id;
        let (own, other) = (into.values.get(id), from.values.get(id));
        let value = match id {
            is::EMAIL | is::DOMAIN | is::EMAILS | is::DOMAINS => address(id, into, from, take),
            is::EXTERNAL_IDS => {
                let former = former_id(from.id);
                let all = into.external_ids().iter().chain(from.external_ids()).chain([&former]);
                Some(Value::Texts(each_once(all.map(String::as_str))))
            }
            _ if take.contains(&id) => other.or(own).cloned(),
            _ => own.or(other).cloned(),
        };
        values.extend(value.filter(|value| own != Some(value)).map(|value| (id, value)));
    }
    values
}

/// The main address, or the further ones.
fn address(id: PropertyId, into: &Record, from: &Record, take: &[PropertyId]) -> Option<Value> {
    let (main, own, others): (_, Vec<&str>, Vec<&str>) = match id {
        is::EMAIL | is::EMAILS => (is::EMAIL, into.emails().collect(), from.emails().collect()),
        _ => (is::DOMAIN, into.domains().collect(), from.domains().collect()),
    };
    let taken = take.contains(&main) && from.values.get(main).is_some();
    let first = if taken { others.first() } else { own.first().or(others.first()) };
    let all = each_once(first.into_iter().chain(&own).chain(&others).copied());
    if id == main {
        return all.into_iter().next().map(Value::Text);
    }
    (all.len() > 1).then(|| Value::Texts(all[1..].to_vec()))
}

fn each_once<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(text)) {
            all.push(text.to_owned());
        }
    }
    all
}

/// What a merge would do, before it is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub into: Record,
    pub from: Record,
    /// Associations that move to the record that stays, by object; those that both have are not among them.
    pub moved: Vec<(Object, usize)>,
    /// Associations that both have.
    pub shared: usize,
    /// Activities of the one that goes.
    pub activities: usize,
    /// What does not fit, and why.
    pub skipped: Vec<String>,
}

/// A record that may be the same as another, and what speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lookalike {
    pub row: super::answer::Row,
    /// The strongest first.
    pub why: Vec<Likeness>,
}

/// What two records have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Likeness {
    Phone,
    /// Their names are the same, case and accents aside.
    Name,
    /// Almost the same name, at the same e-mail domain.
    AddressAndName,
    SimilarName,
}

impl Likeness {
    pub fn label(self) -> &'static str {
        match self {
            Likeness::Phone => "same phone",
            Likeness::Name => "same name",
            Likeness::AddressAndName => "similar name and same e-mail domain",
            Likeness::SimilarName => "similar name",
        }
    }
}

#[cfg(test)]
mod tests;
