//! What a user says of a property, and how it becomes one. What is checked here needs no record; what rests on the
//! values that records hold is checked by the rules.

use super::{Choice, Kind, Property, Tint, capitalised, internal_name};
use crate::domain::change::Rule;
use crate::domain::fold::fold;
use crate::domain::id::{Object, OptionId, PropertyId};
use crate::domain::object::ObjectSpec;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A property as a user wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyForm {
    /// Internal name; stays for good.
    pub name: String,
    pub label: String,
    pub kind: Kind,
    /// All of its options in their order; one that is left out is deleted.
    pub options: Vec<OptionForm>,
    pub required: bool,
    pub searched: bool,
}

/// An option as a user wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionForm {
    /// `None`: a new one.
    pub id: Option<OptionId>,
    pub label: String,
    pub tint: Tint,
}

/// What becomes of the values whose option is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Instead {
    /// The user is asked.
    Ask,
    Clear,
    Option(OptionId),
}

/// What stands in the way of deleting a property, or options of one, until somebody says what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub object: Object,
    pub property: PropertyId,
    pub label: String,
    /// Labels of the options; none: all of the property.
    pub options: Vec<String>,
    /// How many records hold values.
    pub records: usize,
}

impl Held {
    pub(in crate::domain) fn rule(&self) -> Rule {
        if self.options.is_empty() { Rule(1, 5) } else { Rule(2, 12) }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Held { label, options, records, .. } = self;
        let of = if *records == 1 { "1 record holds".to_owned() } else { format!("{records} records hold") };
        if options.is_empty() {
            return write!(f, "{of} {label}. --yes deletes it, and undo brings it and them back");
        }
        let options = options.join(", ");
        write!(f, "{of} {options} as {label}. --move-to OTHER gives them another option, --clear none")
    }
}

/// Characters of a label or a name.
const MOST: usize = 80;
/// Options of a property.
const OPTIONS_MOST: usize = 1_000;

/// Names that mean something else in files, filters and answers.
const RESERVED: &[&str] = &["id", "record_id", "object_id", "hs_object_id", "object", "activity", "activities"];
/// Columns that tie records begin so.
const TYING: &str = "associated_";

impl From<&Property> for PropertyForm {
    fn from(property: &Property) -> Self {
        let option =
            |choice: &Choice| OptionForm { id: Some(choice.id), label: choice.label.clone(), tint: choice.tint };
        PropertyForm {
            name: property.name.clone(),
            label: property.label.clone(),
            kind: property.kind,
            options: property.choices.iter().map(option).collect(),
            required: property.required,
            searched: property.searched,
        }
    }
}

impl PropertyForm {
    /// A plain property of that kind, called as its name says.
    pub fn new(name: &str, kind: Kind) -> PropertyForm {
        PropertyForm {
            name: name.to_owned(),
            label: capitalised(&name.replace('_', " ")),
            kind,
            options: Vec::new(),
            required: false,
            searched: false,
        }
    }

    /// Puts what the form says into `property`, which may be a new one of `spec`; the error is a sentence.
    pub fn write(&self, property: &mut Property, spec: &ObjectSpec) -> Result<(), String> {
        let label = clean("A label", &self.label)?;
        let other = |other: &&Property| other.id != property.id && fold(&other.label) == fold(&label);
        if let Some(other) = spec.properties.iter().find(other) {
            return Err(format!("{} have a property “{}” already ({})", spec.plural, other.label, other.name));
        }
        if !self.kind.can_be_custom() {
            return Err(format!("A property of your own can't be a {}", self.kind.label().to_lowercase()));
        }
        if self.searched && !self.kind.is_text() {
            return Err(format!("Search looks through text only, and {label} is {}", self.kind.label().to_lowercase()));
        }
        (property.label, property.kind) = (label, self.kind);
        (property.required, property.searched) = (self.required, self.searched);
        self.write_options(property)
    }

    /// Of a built-in property, only the options.
    pub fn write_options(&self, property: &mut Property) -> Result<(), String> {
        if !self.kind.has_options() {
            let none = self.options.is_empty();
            return if none { Ok(()) } else { Err(format!("{} takes no options: it is no list", property.label)) };
        }
        if self.options.is_empty() {
            return Err(format!("{} needs an option at least. Written so: options=A;B;C", property.label));
        }
        if self.options.len() > OPTIONS_MOST {
            return Err(format!("{} options are too many: {OPTIONS_MOST} are taken", self.options.len()));
        }
        let known: Vec<Choice> = property.choices.iter().chain(&property.retired).cloned().collect();
        let mut next = known.iter().map(|choice| choice.id.0).max().unwrap_or(0);
        let mut choices: Vec<Choice> = Vec::with_capacity(self.options.len());
        for option in &self.options {
            let label = clean("An option", &option.label)?;
            if label.contains(';') {
                return Err(format!("“{label}” has a ; in it, which parts options from each other"));
            }
            if choices.iter().any(|other| fold(&other.label) == fold(&label) || Some(other.id) == option.id) {
                return Err(format!("{} has the option {label} twice", property.label));
            }
            let before = known.iter().find(|choice| Some(choice.id) == option.id);
            let new = || {
                next = next.checked_add(1).filter(|next| *next < u16::MAX)?;
                Some(Choice { id: OptionId(next), name: String::new(), label: String::new(), tint: Tint::default() })
            };
            let choice = before.cloned().or_else(new).ok_or("There were too many options")?;
            choices.push(Choice { label, tint: option.tint, ..choice });
        }
        name_new(&mut choices);
        let is_gone = |choice: &Choice| !choices.iter().any(|kept| kept.id == choice.id);
        property.retired = known.into_iter().filter(is_gone).collect();
        property.choices = choices;
        Ok(())
    }
}

/// New options are called as their labels say, with a number where that is taken.
fn name_new(choices: &mut [Choice]) {
    for at in 0..choices.len() {
        if !choices[at].name.is_empty() {
            continue;
        }
        let plain = internal_name(&fold(&choices[at].label));
        let plain = if plain.is_empty() { "option".to_owned() } else { plain };
        let is_taken = |name: &String| choices.iter().any(|other| other.name == *name);
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !is_taken(name));
        choices[at].name = free.unwrap_or(plain);
    }
}

/// Whether a property of `spec` may be called so: lower case, digits and `_`, not taken, meaning nothing else.
pub fn check_name(name: &str, spec: &ObjectSpec) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(fits) || name.len() > MOST {
        let like = name_for(name);
        let like = if like.is_empty() { "shoe_size".to_owned() } else { like };
        return Err(format!("“{name}” is no name of a property: lower case, digits and _, such as {like}"));
    }
    if RESERVED.contains(&name) || name.starts_with(TYING) {
        return Err(format!("“{name}” means something else in files and filters. Choose another name"));
    }
    match spec.named(name) {
        Some(other) => Err(format!("{} have a property {name} already ({})", spec.plural, other.label)),
        None => Ok(()),
    }
}

/// `Wielkość buta` → `wielkosc_buta`.
pub fn name_for(label: &str) -> String {
    let name = internal_name(&fold(label));
    name.trim_start_matches(|c: char| !c.is_ascii_lowercase()).chars().filter(char::is_ascii).take(MOST).collect()
}

/// Without blanks around it, or a sentence about why it is no name.
pub(in crate::domain) fn clean(what: &str, text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(format!("{what} needs a letter at least")),
        _ if text.chars().any(char::is_control) => {
            Err(format!("“{}” has control characters in it", text.escape_debug()))
        }
        many if many > MOST => Err(format!("{what} takes {MOST} characters, and this has {many}")),
        _ => Ok(text.to_owned()),
    }
}
