//! A filter as people put it together: what is compared, how, with what. Read from expressions by `parse`, written back
//! as one here; what it means now is told by `resolve`.

use super::operators::{Class, Operator, Takes, leading};
use super::quote::{is_plain, quoted};
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::settings::Settings;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Own(PropertyId),
    /// A property of any associated record of that object.
    Associated(Object, PropertyId),
    /// Whether any record of that object is associated: `deal is known`.
    Tied(Object),
    /// What happened with the record: `activity none 30d`.
    Activity,
}

/// One comparison, still in words: `30d` is thirty days before whenever it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub of: Subject,
    pub operator: &'static Operator,
    /// As many as the operator takes, each without quotes.
    pub with: Vec<String>,
}

impl Subject {
    /// The property that is compared; `spec` is the object of the list.
    pub fn property<'a>(self, spec: &'a ObjectSpec, settings: &'a Settings) -> Option<&'a Property> {
        match self {
            Subject::Own(id) => spec.property(id),
            Subject::Associated(object, id) => settings.object(object)?.property(id),
            Subject::Tied(_) | Subject::Activity => None,
        }
    }

    /// What decides which operators fit; `None`: it is not there any more.
    pub fn class(self, spec: &ObjectSpec, settings: &Settings) -> Option<Class> {
        match self {
            Subject::Own(_) | Subject::Associated(..) => {
                self.property(spec, settings).map(|property| Class::of(property.kind))
            }
            Subject::Tied(_) => Some(Class::Tie),
            Subject::Activity => Some(Class::Activity),
        }
    }

    fn written(self, spec: &ObjectSpec, settings: &Settings) -> Option<String> {
        let of = |object| settings.object(object).map(|spec| spec.name.as_str());
        let property = || self.property(spec, settings).map(|property| property.name.as_str());
        Some(match self {
            Subject::Own(_) => property()?.to_owned(),
            Subject::Associated(object, _) => format!("{}.{}", of(object)?, property()?),
            // A property may have the name of an object; every record has an id.
            Subject::Tied(object) => format!("{}.{ID}", of(object)?),
            Subject::Activity => ACTIVITY.to_owned(),
        })
    }
}

pub(super) const ACTIVITY: &str = "activity";
pub(super) const ID: &str = "id";

impl Phrase {
    /// The expression, which reads back as this phrase; `None`: its property is not there any more.
    pub fn written(&self, spec: &ObjectSpec, settings: &Settings) -> Option<String> {
        let (of, class) = (self.of.written(spec, settings)?, self.of.class(spec, settings)?);
        let between = match self.operator.takes {
            Takes::Two => " and ",
            _ => ";",
        };
        let bare = |text: &String| if is_plain(text) { text.clone() } else { quoted(text) };
        let all = |each: fn(&String) -> String| self.with.iter().map(each).collect::<Vec<_>>().join(between);
        let said = |with: &str| format!("{} {with}", self.operator.written).trim_end().to_owned();
        let plain = all(bare);
        // `name is not` with the value `known` would be another operator.
        let reads_back =
            leading(&said(&plain), class).is_some_and(|(operator, rest)| operator == self.operator && rest == plain);
        let with = if reads_back { plain } else { all(|text| quoted(text)) };
        Some(format!("{of} {}", said(&with)))
    }
}

/// The expression of phrases of which any holds.
pub fn written(any: &[Phrase], spec: &ObjectSpec, settings: &Settings) -> Option<String> {
    let parts: Option<Vec<String>> = any.iter().map(|phrase| phrase.written(spec, settings)).collect();
    parts.map(|parts| parts.join(" || "))
}
