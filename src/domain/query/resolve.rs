//! What a phrase means now: values are read, days in words and spans become moments. To make a verb mean something, add
//! its arm to [`test`].

use super::operators::Verb;
use super::parse::FilterError;
use super::phrase::{Phrase, Subject};
use super::{Check, Path, Range, Test, days, measure};
use crate::domain::fold::fold;
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Kind, Property};
use crate::domain::value::{Currency, Reading, Value, read};
use crate::domain::when;
use chrono::{DateTime, Days, Utc};

pub(super) const ACTIVITY_USAGE: &str = "Written so: activity none 30d, activity within 30d";

/// The comparison that `phrase` asks for at the moment of `cx`.
pub fn test(phrase: &Phrase, spec: &ObjectSpec, cx: &Reading) -> Result<Test, FilterError> {
    let negated = phrase.operator.verb.is_negated();
    let (of, property) = match phrase.of {
        Subject::Activity => {
            let since = ago(first(phrase), cx).ok_or_else(|| FilterError::Expression(ACTIVITY_USAGE.to_owned()))?;
            return Ok(Test { of: Path::Activity, check: Check::ActiveSince(since), negated });
        }
        // Every record was made once.
        Subject::Tied(object) => {
            return Ok(Test { of: Path::Associated(object, is::CREATED_AT), check: Check::Known, negated });
        }
        Subject::Own(id) => (Path::Own(id), spec.property(id)),
        Subject::Associated(object, id) => {
            (Path::Associated(object, id), cx.settings.object(object).and_then(|other| other.property(id)))
        }
    };
    let property = property.ok_or_else(|| FilterError::Expression("This property is not there any more".to_owned()))?;
    Ok(Test { of, check: check(phrase, property, cx).map_err(FilterError::Value)?, negated })
}

fn first(phrase: &Phrase) -> &str {
    phrase.with.first().map_or("", String::as_str)
}

fn ago(span: &str, cx: &Reading) -> Option<DateTime<Utc>> {
    when::parse_span(span).ok()?.before(&cx.clock())
}

fn check(phrase: &Phrase, property: &Property, cx: &Reading) -> Result<Check, String> {
    let text = first(phrase);
    let bound = || bound(text, property, cx);
    Ok(match phrase.operator.verb {
        Verb::Known | Verb::Unknown => Check::Known,
        Verb::Is | Verb::IsNot => equals(&phrase.with, property, cx)?,
        Verb::Contains | Verb::ContainsNot => Check::Contains(fold(text)),
        Verb::StartsWith => Check::StartsWith(fold(text)),
        Verb::EndsWith => Check::EndsWith(fold(text)),
        Verb::More => above(&bound()?, true),
        Verb::AtLeast => above(&bound()?, false),
        Verb::Less => below(&bound()?, true),
        Verb::AtMost => below(&bound()?, false),
        Verb::Between => between(&phrase.with, property, cx)?,
        Verb::WithinLast => within(text, property, cx, when::Span::before)?,
        Verb::WithinNext => within(text, property, cx, when::Span::after)?,
        Verb::HadWithin | Verb::HadNone => Check::ActiveSince(ago(text, cx).ok_or(ACTIVITY_USAGE)?),
    })
}

fn equals(with: &[String], property: &Property, cx: &Reading) -> Result<Check, String> {
    if property.kind == Kind::DateTime {
        let bound = bound(with.first().map_or("", String::as_str), property, cx)?;
        return Ok(Check::Within(Range { from: Some(bound.first), to: Some(bound.last), currency: None }));
    }
    // A value that holds several is compared entry by entry.
    let single = Property { kind: single(property.kind), ..property.clone() };
    let mut wanted = Vec::new();
    for part in with {
        wanted.extend(lenient(part, &single, cx)?);
    }
    Ok(Check::OneOf(wanted))
}

fn single(kind: Kind) -> Kind {
    match kind {
        Kind::Options => Kind::Option,
        Kind::Users => Kind::User,
        // A filter compares what is written; it need not be a whole address.
        Kind::Emails
        | Kind::Domains
        | Kind::Texts
        | Kind::Email
        | Kind::Domain
        | Kind::Url
        | Kind::Phone
        | Kind::LongText => Kind::Text,
        kind => kind,
    }
}

/// Stages of the same name stand in several pipelines: all of them are meant.
fn lenient(text: &str, property: &Property, cx: &Reading) -> Result<Vec<Value>, String> {
    if property.kind != Kind::Stage {
        return Ok(read(property, text, cx)?.into_iter().collect());
    }
    let wanted = fold(text);
    let stages = cx.settings.pipelines.iter().flat_map(|p| &p.stages);
    let found: Vec<Value> = stages.filter(|s| fold(&s.name) == wanted).map(|s| Value::Option(s.id)).collect();
    if found.is_empty() { Err(format!("“{text}” is no stage")) } else { Ok(found) }
}

/// First and last size that a written value covers: a day is all of its milliseconds.
struct Bound {
    first: f64,
    last: f64,
    currency: Option<Currency>,
}

fn bound(text: &str, property: &Property, cx: &Reading) -> Result<Bound, String> {
    let past = matches!(property.kind, Kind::Date | Kind::DateTime).then(|| ago(text, cx)).flatten();
    if let Some(at) = past {
        let size = day_or_moment(at, property, cx);
        return Ok(Bound { first: size, last: size, currency: None });
    }
    if property.kind == Kind::DateTime {
        return moment(text, cx);
    }
    let value = read(property, text, cx)?.ok_or_else(|| "There is nothing to compare with".to_owned())?;
    let size = measure(&value).unwrap_or_default();
    let currency = match value {
        Value::Money(money) => Some(money.currency),
        _ => None,
    };
    Ok(Bound { first: size, last: size, currency })
}

fn moment(text: &str, cx: &Reading) -> Result<Bound, String> {
    let moment = when::parse_moment(text, &cx.clock()).map_err(|e| e.to_string())?;
    if moment.has_time {
        let size = moment.at.timestamp_millis() as f64;
        return Ok(Bound { first: size, last: size, currency: None });
    }
    let clock = cx.clock();
    let day = clock.day_of(moment.at);
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let midnight = |day| clock.start_of(day).timestamp_millis() as f64;
    Ok(Bound { first: midnight(day), last: midnight(next) - 1.0, currency: None })
}

fn above(bound: &Bound, strictly: bool) -> Check {
    let from = if strictly { bound.last.next_up() } else { bound.first };
    Check::Within(Range { from: Some(from), to: None, currency: bound.currency })
}

fn below(bound: &Bound, strictly: bool) -> Check {
    let to = if strictly { bound.first.next_down() } else { bound.last };
    Check::Within(Range { from: None, to: Some(to), currency: bound.currency })
}

fn between(with: &[String], property: &Property, cx: &Reading) -> Result<Check, String> {
    let [from, to] = with else { return Err("Written so: between 1000 and 2000".to_owned()) };
    let (from, to) = (bound(from, property, cx)?, bound(to, property, cx)?);
    if let (Some(one), Some(other)) = (from.currency, to.currency)
        && one != other
    {
        return Err(format!("{} and {} can't be compared", one.code(), other.code()));
    }
    Ok(Check::Within(Range { from: Some(from.first), to: Some(to.last), currency: from.currency }))
}

/// From now to the far end of a span, on either side.
fn within(
    text: &str,
    property: &Property,
    cx: &Reading,
    far: fn(when::Span, &when::Clock) -> Option<DateTime<Utc>>,
) -> Result<Check, String> {
    let usage = || format!("“{text}” is no span. Written so: within last 30d, within next 2w");
    let span = when::parse_span(text).map_err(|_| usage())?;
    let far = far(span, &cx.clock()).ok_or_else(usage)?;
    let size = |at: DateTime<Utc>| Some(day_or_moment(at, property, cx));
    Ok(Check::Within(Range { from: size(far.min(cx.now)), to: size(far.max(cx.now)), currency: None }))
}

fn day_or_moment(at: DateTime<Utc>, property: &Property, cx: &Reading) -> f64 {
    match property.kind {
        Kind::Date => f64::from(days(at.with_timezone(&cx.settings.general.time_zone).date_naive())),
        _ => at.timestamp_millis() as f64,
    }
}
