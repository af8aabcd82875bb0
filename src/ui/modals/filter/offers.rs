//! What each step of a filter offers: properties, operators, values. Values that are not chosen are typed.

use super::{FilterBox, Step};
use crate::domain::fold::fold;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::ObjectSpec;
use crate::domain::property::{Kind, Property};
use crate::domain::query::operators::{Class, Operator, Takes};
use crate::domain::query::phrase::Subject;
use crate::ui::layer::Cx;
use crate::ui::list::chips::subject;

#[derive(Debug, Clone)]
pub enum Pick {
    /// The properties of an associated object.
    Into(Object),
    Subject(Subject),
    Operator(&'static Operator),
    /// As it is written in an expression.
    Value(String),
}

/// When an offer is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Always,
    /// As long as nothing is typed: it leads to others.
    Before,
    /// Only once something is typed: there are too many.
    Typed,
}

#[derive(Debug, Clone)]
pub struct Offer {
    pub pick: Pick,
    pub label: String,
    /// Dim, at the right.
    pub aside: String,
    folded: String,
    seen: Seen,
}

impl Offer {
    fn new(pick: Pick, label: impl Into<String>, aside: impl Into<String>) -> Offer {
        let (label, aside) = (label.into(), aside.into());
        Offer { folded: fold(&label), pick, label, aside, seen: Seen::Always }
    }

    fn seen(self, seen: Seen) -> Offer {
        Offer { seen, ..self }
    }

    /// Whether it is offered, as long as nothing is typed or since something is.
    pub fn is_seen(&self, is_blank: bool) -> bool {
        match self.seen {
            Seen::Always => true,
            Seen::Before => is_blank,
            Seen::Typed => !is_blank,
        }
    }

    pub fn holds(&self, word: &str) -> bool {
        self.folded.contains(word)
    }

    pub fn value(&self) -> Option<String> {
        match &self.pick {
            Pick::Value(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether an expression that says `text` means it.
    pub fn is_written(&self, text: &str) -> bool {
        self.value().is_some_and(|value| fold(&value) == fold(text)) || self.folded == fold(text)
    }
}

impl FilterBox {
    pub(super) fn offered(&self, cx: &Cx) -> Vec<Offer> {
        let Some(spec) = self.spec(cx) else { return Vec::new() };
        match self.step {
            Step::Subject => match self.within.and_then(|object| cx.settings.object(object)) {
                Some(other) => of_associated(spec, other, cx),
                None => subjects(spec, cx),
            },
            Step::Operator => {
                let all = self.class(cx).into_iter().flat_map(Class::operators);
                all.map(|operator| Offer::new(Pick::Operator(operator), operator.label, takes(operator))).collect()
            }
            Step::Value => self.property(cx).map_or_else(Vec::new, |property| values(property, self.subject, spec, cx)),
        }
    }
}

/// Shown properties, those of the list's columns first.
fn properties(spec: &ObjectSpec) -> Vec<&Property> {
    let is_column = |id: PropertyId| spec.columns.iter().position(|column| *column == id).unwrap_or(usize::MAX);
    let mut properties: Vec<&Property> = spec.properties.iter().filter(|property| !property.hidden).collect();
    properties.sort_by_key(|property| is_column(property.id));
    properties
}

fn kind(property: &Property) -> String {
    property.kind.label().to_lowercase()
}

fn subjects(spec: &ObjectSpec, cx: &Cx) -> Vec<Offer> {
    let own =
        |property: &Property| Offer::new(Pick::Subject(Subject::Own(property.id)), &property.label, kind(property));
    let mut offers: Vec<Offer> = properties(spec).into_iter().map(own).collect();
    let others = || cx.settings.objects.iter().filter(|other| other.object != spec.object);
    for other in others() {
        let label = format!("{} {}", other.singular, cx.look.glyphs.crumb);
        let aside = format!("any associated {}", other.singular.to_lowercase());
        offers.push(Offer::new(Pick::Into(other.object), label, aside).seen(Seen::Before));
    }
    offers.push(Offer::new(Pick::Subject(Subject::Activity), "Activity", "what happened with it"));
    for other in others() {
        offers.extend(of_associated(spec, other, cx).into_iter().map(|offer| offer.seen(Seen::Typed)));
    }
    offers
}

fn of_associated(spec: &ObjectSpec, other: &ObjectSpec, cx: &Cx) -> Vec<Offer> {
    let offer = |of: Subject, aside: String| Offer::new(Pick::Subject(of), subject(of, spec, cx), aside);
    let any = offer(Subject::Tied(other.object), "whether there is one".to_owned());
    let each = |property: &Property| offer(Subject::Associated(other.object, property.id), kind(property));
    [any].into_iter().chain(properties(other).into_iter().map(each)).collect()
}

/// What has to be said after an operator.
fn takes(operator: &Operator) -> &'static str {
    match operator.takes {
        Takes::Nothing => "",
        Takes::Text => "a piece of text",
        Takes::Value => "one value",
        Takes::Values => "several values",
        Takes::Two => "two values",
        Takes::Span => "a length of time",
    }
}

/// The values of what is chosen from a list.
fn values(property: &Property, of: Option<Subject>, spec: &ObjectSpec, cx: &Cx) -> Vec<Offer> {
    let value = |text: &str, aside: &str| Offer::new(Pick::Value(text.to_owned()), text, aside);
    let object = match of {
        Some(Subject::Associated(object, _)) => object,
        _ => spec.object,
    };
    match property.kind {
        Kind::YesNo => vec![value("yes", ""), value("no", "")],
        Kind::Option | Kind::Options => property.choices.iter().map(|choice| value(&choice.label, "")).collect(),
        Kind::User | Kind::Users => {
            let me = value("me", &cx.user.name);
            let users = cx.settings.users.iter().filter(|user| user.active);
            let users = users.map(|user| Offer::new(Pick::Value(user.email.clone()), &user.name, &user.email));
            [me].into_iter().chain(users).collect()
        }
        Kind::Pipeline => cx.settings.pipelines_of(object).map(|pipeline| value(&pipeline.name, "")).collect(),
        Kind::Stage => {
            let mut stages: Vec<Offer> = Vec::new();
            for pipeline in cx.settings.pipelines_of(object) {
                for stage in &pipeline.stages {
                    // Stages of one name are meant together.
                    if stages.iter().all(|known| !known.is_written(&stage.name)) {
                        stages.push(value(&stage.name, &pipeline.name));
                    }
                }
            }
            stages
        }
        _ => Vec::new(),
    }
}
