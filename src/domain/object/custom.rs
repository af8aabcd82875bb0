//! Objects that users make: what they say of one, and the row of the settings that keeps it. What is checked here needs
//! no record; what rests on records is checked by the rules.

use super::{ObjectSpec, is, properties};
use crate::domain::change::Rule;
use crate::domain::fold::fold;
use crate::domain::id::Object;
use crate::domain::property::form::{clean, name_for};
use crate::domain::property::{Property, capitalised};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An object as a user wants it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ObjectForm {
    /// Internal name; stays for good.
    pub name: String,
    pub singular: String,
    pub plural: String,
}

/// The row of an object: `object/<number>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectRow {
    #[serde(flatten)]
    pub form: ObjectForm,
    /// It is nowhere to be seen, and its number stays taken.
    #[serde(default)]
    pub deleted: bool,
}

/// What an object holds that is to be deleted, until somebody agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    pub object: Object,
    pub plural: String,
    pub records: usize,
    /// Those that users made.
    pub properties: usize,
    pub associations: usize,
}

impl Holding {
    pub(in crate::domain) const RULE: Rule = Rule(5, 1);

    pub fn is_empty(&self) -> bool {
        (self.records, self.properties, self.associations) == (0, 0, 0)
    }

    /// `12 records, 3 properties and 40 associations`; what there is none of is not named.
    pub fn counted(&self) -> String {
        let counts = [(self.records, "record"), (self.properties, "property"), (self.associations, "association")];
        let said: Vec<String> = counts
            .iter()
            .filter_map(|(count, word)| match (count, *word) {
                (0, _) => None,
                (1, word) => Some(format!("1 {word}")),
                (count, "property") => Some(format!("{count} properties")),
                (count, word) => Some(format!("{count} {word}s")),
            })
            .collect();
        match said.as_slice() {
            [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            said => said.concat(),
        }
    }
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holding { plural, records, .. } = self;
        let hold = if *records > 0 { ". The records go to the bin" } else { "" };
        write!(f, "{plural} hold {}{hold}. --yes deletes all of it, and undo brings it back", self.counted())
    }
}

/// Words that mean something else where an object is named.
const RESERVED: &[&str] = &["activity", "activities", "record", "records", "object", "objects", "user", "users", "id"];

impl From<&ObjectSpec> for ObjectForm {
    fn from(spec: &ObjectSpec) -> Self {
        ObjectForm { name: spec.name.clone(), singular: spec.singular.clone(), plural: spec.plural.clone() }
    }
}

impl ObjectForm {
    /// As somebody calls one thing of it: `Project`, or by an internal name, `sales_project`.
    pub fn new(called: &str, plural: &str) -> ObjectForm {
        let called = called.trim();
        let name = name_for(called);
        let singular = if name == called { capitalised(&called.replace('_', " ")) } else { called.to_owned() };
        ObjectForm { name, singular, plural: plural.trim().to_owned() }
    }

    /// The form without blanks around its words, as long as nothing in it stands against it; the error is a sentence.
    /// `own`: the object that is changed.
    pub fn checked(&self, own: Option<Object>, objects: &[ObjectSpec]) -> Result<ObjectForm, String> {
        let (singular, plural) = (clean("A name", &self.singular)?, clean("A plural", &self.plural)?);
        if own.is_none() {
            check_name(&self.name, objects)?;
        }
        for word in [&singular, &plural] {
            free(word, own, objects)?;
        }
        Ok(ObjectForm { name: self.name.clone(), singular, plural })
    }
}

/// Whether a new object may be called so in scripts: lower case, digits and `_`, not taken, meaning nothing else.
pub fn check_name(name: &str, objects: &[ObjectSpec]) -> Result<(), String> {
    if name.is_empty() || name_for(name) != name {
        let like = name_for(name);
        let like = if like.is_empty() { "project".to_owned() } else { like };
        return Err(format!("“{name}” is no internal name of an object: lower case, digits and _, such as {like}"));
    }
    free(name, None, objects)
}

/// Whether no other object is called so, in scripts or on screens.
fn free(word: &str, own: Option<Object>, objects: &[ObjectSpec]) -> Result<(), String> {
    if RESERVED.contains(&fold(word).as_str()) {
        return Err(format!("“{word}” means something else already. Choose another name"));
    }
    match objects.iter().filter(|spec| Some(spec.object) != own).find(|spec| spec.is_called(word)) {
        Some(other) => Err(format!("There are {} already ({})", other.plural, other.name)),
        None => Ok(()),
    }
}

/// Of an object's own properties, how many a list shows at first.
const SHOWN_AT_FIRST: usize = 4;

impl ObjectSpec {
    /// An object of a user, before its own properties.
    pub fn custom(object: Object, form: ObjectForm) -> ObjectSpec {
        ObjectSpec {
            object,
            name: form.name,
            singular: form.singular,
            plural: form.plural,
            properties: properties::CUSTOM_ROWS.iter().map(Property::from).collect(),
            columns: vec![is::NAME, is::OWNER, is::LAST_ACTIVITY, is::CREATED_AT],
            sorted_by: is::CREATED_AT,
        }
    }

    /// Made by a user.
    pub fn is_custom(&self) -> bool {
        self.object >= Object::FIRST_CUSTOM
    }

    /// The first of its own properties that fit into a row.
    pub fn telling(&self) -> impl Iterator<Item = &Property> {
        use crate::domain::property::Kind;
        let fits = |property: &&Property| property.is_custom() && property.kind != Kind::LongText;
        self.properties.iter().filter(fits).take(SHOWN_AT_FIRST)
    }

    /// Its own properties stand among the columns of its list.
    pub(in crate::domain) fn show_own(&mut self) {
        let own: Vec<_> = self.telling().map(|property| property.id).collect();
        self.columns.splice(1..1, own);
    }
}

#[cfg(test)]
mod tests;
