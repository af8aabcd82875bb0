//! Filter expressions: `lifecycle_stage is Lead`, `amount > 1000`, `company.country is Poland`, `activity none 30d`;
//! `||` inside one is OR. To add an operator, add a row to [`OPERATORS`].

use super::{Check, Filter, Path, Range, Test, days, measure};
use crate::domain::fold::fold;
use crate::domain::object::ObjectSpec;
use crate::domain::property::{Kind, Property};
use crate::domain::value::{Reading, Value, read, several};
use crate::domain::when;
use chrono::{DateTime, Days, Utc};

/// What an operator does with the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Known,
    Unknown,
    Is,
    IsNot,
    Contains,
    ContainsNot,
    StartsWith,
    More,
    AtLeast,
    Less,
    AtMost,
    Before,
    After,
    Within,
    Between,
}

/// As it is written, longer ones before those they begin with.
const OPERATORS: &[(&str, Operator)] = &[
    ("is not known", Operator::Unknown),
    ("is unknown", Operator::Unknown),
    ("is empty", Operator::Unknown),
    ("is known", Operator::Known),
    ("is none of", Operator::IsNot),
    ("is any of", Operator::Is),
    ("is before", Operator::Before),
    ("is after", Operator::After),
    ("is between", Operator::Between),
    ("is not", Operator::IsNot),
    ("is", Operator::Is),
    ("does not contain", Operator::ContainsNot),
    ("contains", Operator::Contains),
    ("starts with", Operator::StartsWith),
    ("before", Operator::Before),
    ("after", Operator::After),
    ("within", Operator::Within),
    ("between", Operator::Between),
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("!=", Operator::IsNot),
    (">", Operator::More),
    ("<", Operator::Less),
    ("=", Operator::Is),
];

/// What is wrong with an expression, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// It is not written right, or names what there is not.
    #[error("{0}")]
    Expression(String),
    /// Its property does not take the value.
    #[error("{0}")]
    Value(String),
}

/// Reads one expression about records of `spec`.
pub fn filter(text: &str, spec: &ObjectSpec, cx: &Reading) -> Result<Filter, FilterError> {
    let any = alternatives(text).into_iter().map(|part| test(part.trim(), spec, cx));
    Ok(Filter { any: any.collect::<Result<_, _>>()?, text: text.trim().to_owned() })
}

/// The parts between `||`, those in quotes left whole.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted) = (Vec::new(), 0, false);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => quoted = !quoted,
            b'|' if !quoted && bytes.get(at + 1) == Some(&b'|') => {
                parts.push(&text[start..at]);
                start = at + 2;
                at += 1;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(&text[start..]);
    parts
}

fn test(text: &str, spec: &ObjectSpec, cx: &Reading) -> Result<Test, FilterError> {
    let (subject, rest) = subject(text);
    if subject == "activity" {
        return activity(rest, cx).map_err(FilterError::Expression);
    }
    let (of, property) = path(subject, spec, cx).map_err(FilterError::Expression)?;
    let (operator, value) = operator(rest).ok_or_else(|| {
        FilterError::Expression(format!(
            "“{text}” has no operator. Written so: {subject} is …, {subject} contains …, {subject} is known"
        ))
    })?;
    let value = unquoted(value);
    if value.is_empty() && !matches!(operator, Operator::Known | Operator::Unknown) {
        return Err(FilterError::Expression(format!("“{text}” says nothing to compare with")));
    }
    let negated = matches!(operator, Operator::Unknown | Operator::IsNot | Operator::ContainsNot);
    let check = check(operator, value, property, cx).map_err(FilterError::Value)?;
    Ok(Test { of, check, negated })
}

/// The first word, or what the operator follows.
fn subject(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

fn operator(rest: &str) -> Option<(Operator, &str)> {
    OPERATORS.iter().find_map(|(written, operator)| {
        let head = rest.get(..written.len())?;
        let tail = &rest[written.len()..];
        let ends = written.ends_with(|c: char| !c.is_alphabetic()) || tail.is_empty() || tail.starts_with([' ', '"']);
        (head.eq_ignore_ascii_case(written) && ends).then(|| (*operator, tail.trim()))
    })
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text)
}

fn path<'a>(subject: &str, spec: &'a ObjectSpec, cx: &Reading<'a>) -> Result<(Path, &'a Property), String> {
    let unknown = |spec: &ObjectSpec, name: &str| {
        let names: Vec<&str> = spec.properties.iter().filter(|p| !p.hidden).map(|p| p.name.as_str()).collect();
        format!("{} have no property “{name}”. There are: {}", spec.plural, names.join(", "))
    };
    let Some((object, name)) = subject.split_once('.') else {
        let property = spec.property_called(subject).ok_or_else(|| unknown(spec, subject))?;
        return Ok((Path::Own(property.id), property));
    };
    let other = cx.settings.object_called(object).ok_or_else(|| format!("There is no object “{object}”"))?;
    let property = other.property_called(name).ok_or_else(|| unknown(other, name))?;
    Ok((Path::Associated(other.object, property.id), property))
}

fn activity(rest: &str, cx: &Reading) -> Result<Test, String> {
    let usage = || "Written so: activity none 30d, activity any 30d".to_owned();
    let (word, span) = rest.split_once(' ').ok_or_else(usage)?;
    let negated = match word {
        "none" => true,
        "any" => false,
        _ => return Err(usage()),
    };
    let since = ago(span.trim(), cx).ok_or_else(usage)?;
    Ok(Test { of: Path::Activity, check: Check::ActiveSince(since), negated })
}

fn ago(span: &str, cx: &Reading) -> Option<DateTime<Utc>> {
    when::parse_span(span).ok()?.before(&cx.clock())
}

fn check(operator: Operator, text: &str, property: &Property, cx: &Reading) -> Result<Check, String> {
    match operator {
        Operator::Known | Operator::Unknown => Ok(Check::Known),
        Operator::Is | Operator::IsNot => equals(text, property, cx),
        Operator::Contains | Operator::ContainsNot => Ok(Check::Contains(fold(text))),
        Operator::StartsWith => Ok(Check::StartsWith(fold(text))),
        _ if !property.kind.is_measured() => {
            Err(format!("{} has no order. Use is, is not, contains, is known, is unknown", property.label))
        }
        Operator::Between => between(text, property, cx),
        Operator::Within => within(text, property, cx),
        Operator::More | Operator::After => Ok(above(&bound(text, property, cx)?, true)),
        Operator::AtLeast => Ok(above(&bound(text, property, cx)?, false)),
        Operator::Less | Operator::Before => Ok(below(&bound(text, property, cx)?, true)),
        Operator::AtMost => Ok(below(&bound(text, property, cx)?, false)),
    }
}

fn equals(text: &str, property: &Property, cx: &Reading) -> Result<Check, String> {
    if property.kind == Kind::DateTime {
        let bound = bound(text, property, cx)?;
        return Ok(Check::Within(Range { from: Some(bound.first), to: Some(bound.last), currency: None }));
    }
    // A value that holds several is compared entry by entry.
    let single = Property { kind: single(property.kind), ..property.clone() };
    let mut wanted = Vec::new();
    for part in several(text).map(unquoted) {
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
    currency: Option<crate::domain::value::Currency>,
}

fn bound(text: &str, property: &Property, cx: &Reading) -> Result<Bound, String> {
    let past = matches!(property.kind, Kind::Date | Kind::DateTime).then(|| ago(text, cx)).flatten();
    if let Some(at) = past {
        let size = match property.kind {
            Kind::Date => f64::from(days(at.with_timezone(&cx.settings.general.time_zone).date_naive())),
            _ => at.timestamp_millis() as f64,
        };
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
    let from = if strictly { just_above(bound.last) } else { bound.first };
    Check::Within(Range { from: Some(from), to: None, currency: bound.currency })
}

fn below(bound: &Bound, strictly: bool) -> Check {
    let to = if strictly { just_below(bound.first) } else { bound.last };
    Check::Within(Range { from: None, to: Some(to), currency: bound.currency })
}

fn just_above(size: f64) -> f64 {
    size.next_up()
}

fn just_below(size: f64) -> f64 {
    size.next_down()
}

fn between(text: &str, property: &Property, cx: &Reading) -> Result<Check, String> {
    let (from, to) = text.split_once(" and ").ok_or_else(|| "Written so: between 1000 and 2000".to_owned())?;
    let (from, to) = (bound(unquoted(from.trim()), property, cx)?, bound(unquoted(to.trim()), property, cx)?);
    if let (Some(one), Some(other)) = (from.currency, to.currency)
        && one != other
    {
        return Err(format!("{} and {} can't be compared", one.code(), other.code()));
    }
    Ok(Check::Within(Range { from: Some(from.first), to: Some(to.last), currency: from.currency }))
}

/// `within 30d`: the last 30 days up to now; `within next 30d`: the coming ones.
fn within(text: &str, property: &Property, cx: &Reading) -> Result<Check, String> {
    let usage = || format!("“{text}” is no span. Written so: within 30d, within next 2w");
    let (text, ahead) = text.strip_prefix("next ").map_or((text, false), |rest| (rest, true));
    let span = when::parse_span(text.trim()).map_err(|_| usage())?;
    let (from, to) =
        if ahead { (Some(cx.now), span.after(&cx.clock())) } else { (span.before(&cx.clock()), Some(cx.now)) };
    let (from, to) = from.zip(to).ok_or_else(usage)?;
    let size = |at: DateTime<Utc>| match property.kind {
        Kind::Date => f64::from(days(at.with_timezone(&cx.settings.general.time_zone).date_naive())),
        _ => at.timestamp_millis() as f64,
    };
    Ok(Check::Within(Range { from: Some(size(from)), to: Some(size(to)), currency: None }))
}
