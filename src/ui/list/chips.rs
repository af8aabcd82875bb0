//! Filters as people read them: the words of a chip for each expression.

use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::query::operators::{Class, Operator, Takes};
use crate::domain::query::parse::{filter, phrases};
use crate::domain::query::phrase::{Phrase, Subject};
use crate::domain::value::{read, shown};
use crate::domain::when::{Span, parse_span};
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{Chip, Part};

/// Of several values so many are named.
const NAMED: usize = 3;

/// The chip of one expression; one that can't be asked shows what is written.
pub fn chip(text: &str, spec: &ObjectSpec, cx: &Cx) -> Chip<'static> {
    let can_be_asked = filter(text, spec, &cx.reading()).is_ok();
    match phrases(text, spec, cx.settings).ok().filter(|_| can_be_asked) {
        Some(any) => {
            let any = any.iter().map(|phrase| part(phrase, spec, cx)).collect();
            Chip { any, ..Chip::default() }.removable()
        }
        None => Chip { broken: true, ..Chip::new("", clean(text).into_owned()) }.removable(),
    }
}

fn part(phrase: &Phrase, spec: &ObjectSpec, cx: &Cx) -> Part<'static> {
    let subject = subject(phrase.of, spec, cx);
    let test = format!("{} {}", phrase.operator.label, value(phrase, spec, cx));
    Part { property: clean(&subject).into_owned().into(), test: clean(test.trim_end()).into_owned().into() }
}

/// `Country`, `Company › Country`, `Deal`, `Activity`.
pub fn subject(of: Subject, spec: &ObjectSpec, cx: &Cx) -> String {
    let name = |object| cx.settings.object(object).map_or("", |spec| spec.singular.as_str());
    let label = || of.property(spec, cx.settings).map_or("", |property| property.label.as_str());
    match of {
        Subject::Own(_) => label().to_owned(),
        Subject::Associated(object, _) => format!("{} {} {}", name(object), cx.look.glyphs.crumb, label()),
        Subject::Tied(object) => name(object).to_owned(),
        Subject::Activity => "Activity".to_owned(),
    }
}

fn value(phrase: &Phrase, spec: &ObjectSpec, cx: &Cx) -> String {
    let property = phrase.of.property(spec, cx.settings);
    let one = |text: &String| worded(text, phrase.operator, property, cx);
    let between = if phrase.operator.takes == Takes::Two { " and " } else { ", " };
    let named: Vec<String> = phrase.with.iter().take(NAMED).map(one).collect();
    let rest = phrase.with.len() - named.len();
    let more = if rest > 0 { format!(" +{rest}") } else { String::new() };
    named.join(between) + &more
}

/// One value: an option by its label, a colleague by name, a span in words.
pub fn worded(text: &str, operator: &Operator, property: Option<&Property>, cx: &Cx) -> String {
    if operator.takes == Takes::Span {
        return parse_span(text).ok().and_then(span).unwrap_or_else(|| text.to_owned());
    }
    let Some(property) = property.filter(|property| names(property) && !text.eq_ignore_ascii_case("me")) else {
        return text.to_owned();
    };
    let value = read(property, text, &cx.reading()).ok().flatten();
    value.map_or_else(|| text.to_owned(), |value| shown(property, &value, cx.settings, cx.now))
}

/// Whether its values are names of something that may be called otherwise by now.
fn names(property: &Property) -> bool {
    matches!(Class::of(property.kind), Class::Choice | Class::YesNo)
}

/// `30 days`; `None`: it is no round one.
fn span(span: Span) -> Option<String> {
    let of = |count: u32, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match span {
        Span { months, days: 0, minutes: 0 } if months % 12 == 0 && months > 0 => Some(of(months / 12, "year")),
        Span { months, days: 0, minutes: 0 } if months > 0 => Some(of(months, "month")),
        Span { months: 0, days, minutes: 0 } => Some(of(days, "day")),
        Span { months: 0, days: 0, minutes } if minutes % 60 == 0 => Some(of(minutes / 60, "hour")),
        Span { months: 0, days: 0, minutes } => Some(of(minutes, "minute")),
        _ => None,
    }
}
