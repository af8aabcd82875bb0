//! Filter expressions: `lifecycle_stage is Lead`, `amount > 1000`, `company.country is Poland`, `activity none 30d`;
//! `||` inside one is OR. Operators are rows of [`super::operators::OPERATORS`].

use super::operators::{Class, Operator, Takes, is_led, leading};
use super::phrase::{ACTIVITY, ID, Phrase, Subject};
use super::quote::{split, unquoted};
use super::{Filter, resolve};
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::settings::Settings;
use crate::domain::value::Reading;

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

/// Reads one expression about records of `spec`, as of now.
pub fn filter(text: &str, spec: &ObjectSpec, cx: &Reading) -> Result<Filter, FilterError> {
    let any = phrases(text, spec, cx.settings)?;
    let any = any.iter().map(|phrase| resolve::test(phrase, spec, cx)).collect::<Result<_, _>>()?;
    Ok(Filter { any, text: text.trim().to_owned() })
}

/// What one expression says, any of which holds.
pub fn phrases(text: &str, spec: &ObjectSpec, settings: &Settings) -> Result<Vec<Phrase>, FilterError> {
    split(text, "||").into_iter().map(|part| phrase(part.trim(), spec, settings)).collect()
}

fn phrase(text: &str, spec: &ObjectSpec, settings: &Settings) -> Result<Phrase, FilterError> {
    let (name, rest) = first_word(text);
    let of = subject(name, spec, settings).map_err(FilterError::Expression)?;
    let class = of.class(spec, settings).unwrap_or(Class::Text);
    let Some((operator, rest)) = leading(rest, class) else { return Err(unfit(text, name, rest, of, class)) };
    let nothing = || FilterError::Expression(format!("“{text}” says nothing to compare with"));
    let (operator, with) = operands(operator, rest, class)?;
    if with.iter().any(String::is_empty) || (with.is_empty() && operator.takes != Takes::Nothing) {
        return Err(nothing());
    }
    Ok(Phrase { of, operator, with })
}

/// What the operator follows.
fn first_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

fn subject(name: &str, spec: &ObjectSpec, settings: &Settings) -> Result<Subject, String> {
    if name == ACTIVITY {
        return Ok(Subject::Activity);
    }
    let unknown = |spec: &ObjectSpec, name: &str| {
        let names: Vec<&str> = spec.properties.iter().filter(|p| !p.hidden).map(|p| p.name.as_str()).collect();
        format!("{} have no property “{name}”. There are: {}", spec.plural, names.join(", "))
    };
    let Some((object, name)) = name.split_once('.') else {
        let own = spec.property_called(name).map(|property: &Property| Subject::Own(property.id));
        let tied = || settings.object_called(name).map(|other| Subject::Tied(other.object));
        return own.or_else(tied).ok_or_else(|| unknown(spec, name));
    };
    let other = settings.object_called(object).ok_or_else(|| format!("There is no object “{object}”"))?;
    match other.property_called(name) {
        Some(property) => Ok(Subject::Associated(other.object, property.id)),
        None if name == ID => Ok(Subject::Tied(other.object)),
        None => Err(unknown(other, name)),
    }
}

/// Why nothing of what may follow `name` does.
fn unfit(text: &str, name: &str, rest: &str, of: Subject, class: Class) -> FilterError {
    let forms: Vec<&str> = class.operators().map(|operator| operator.written).collect();
    match of {
        Subject::Activity => FilterError::Expression(resolve::ACTIVITY_USAGE.to_owned()),
        Subject::Tied(_) => FilterError::Expression(format!(
            "“{text}” names no property. Written so: {name} is known, or with a property: {name}.name contains …"
        )),
        _ if is_led(rest) => {
            FilterError::Value(format!("“{text}” asks what {name} can't answer. It takes: {}", forms.join(", ")))
        }
        _ => FilterError::Expression(format!(
            "“{text}” has no operator. After {name} stands one of: {}",
            forms.join(", ")
        )),
    }
}

type Operands = (&'static Operator, Vec<String>);

/// The pieces that an operator takes; `is` with several is `is any of`.
fn operands(operator: &'static Operator, rest: &str, class: Class) -> Result<Operands, FilterError> {
    let several = || split(rest, ";").into_iter().map(unquoted).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    Ok(match operator.takes {
        Takes::Nothing => (operator, Vec::new()),
        Takes::Values => (operator, several()),
        Takes::Text | Takes::Span => (operator, vec![unquoted(rest)]),
        Takes::Value => {
            let of_several = class.operators().find(|row| row.verb == operator.verb && row.takes == Takes::Values);
            match of_several.map(|row| (row, several())) {
                Some((row, parts)) if parts.len() > 1 => (row, parts),
                Some((_, parts)) => (operator, parts),
                None => (operator, vec![unquoted(rest)]),
            }
        }
        Takes::Two => match split(rest, " and ").as_slice() {
            [from, to] => (operator, vec![unquoted(from), unquoted(to)]),
            _ => return Err(FilterError::Value("Written so: between 1000 and 2000".to_owned())),
        },
    })
}
