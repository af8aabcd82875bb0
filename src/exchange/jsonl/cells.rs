//! One JSON object as keys and texts.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Beside the fields of a record in a tree of Salesforce.
const ATTRIBUTES: &str = "attributes";
/// The column that its name in the tree comes to stand in; other records write it behind an `@`.
const REFERENCE: &str = "referenceId";

pub(super) struct Object {
    pub(super) cells: Vec<(String, String)>,
    pub(super) remarks: Vec<String>,
}

/// Reads one object; the error is a sentence.
pub(super) fn parse(text: &str) -> Result<Object, String> {
    let pairs = match serde_json::from_str::<Pairs>(text) {
        Ok(Pairs(pairs)) => pairs,
        Err(error) => return Err(sentence(text, &error)),
    };
    let mut object = Object { cells: Vec::with_capacity(pairs.len()), remarks: Vec::new() };
    for (key, value) in pairs {
        if key == ATTRIBUTES
            && let Some(name) = reference(value.get())
        {
            object.cells.extend((!name.is_empty()).then(|| (REFERENCE.to_owned(), format!("@{name}"))));
            continue;
        }
        let cell = match cell(value.get()) {
            Ok(cell) if cell.contains('\0') => {
                object.remarks.push(format!("NUL characters of “{key}” were left out."));
                cell.replace('\0', "")
            }
            Ok(cell) => cell,
            Err(kind) => {
                object
                    .remarks
                    .push(format!("“{key}” holds {kind} and was left out. Write its values as keys of their own."));
                continue;
            }
        };
        match object.cells.iter_mut().find(|(known, _)| *known == key) {
            Some((_, earlier)) => {
                object.remarks.push(format!("“{key}” stands more than once. The last value was taken."));
                *earlier = cell;
            }
            None => object.cells.push((key, cell)),
        }
    }
    if object.cells.is_empty() && !object.remarks.is_empty() {
        return Err(format!("Nothing of this object can be read. {}", object.remarks.join(" ")));
    }
    Ok(object)
}

/// How the other records of a tree of Salesforce name one, whose type it says too; empty: they don't.
fn reference(raw: &str) -> Option<String> {
    let Pairs(pairs) = serde_json::from_str(raw).ok()?;
    let plain = |name: &str| {
        let (_, value) = pairs.iter().find(|(key, _)| key == name)?;
        value.get().starts_with('"').then(|| string(value.get()).into_owned())
    };
    plain("type").map(|_| plain(REFERENCE).unwrap_or_default())
}

fn sentence(text: &str, error: &serde_json::Error) -> String {
    if !text.trim_start().starts_with('{') {
        return "This is not a JSON object. Write each row like {\"name\": \"value\"}.".to_owned();
    }
    if error.is_eof() {
        return "The object is not closed. Close its braces and quotes, and write it on one line.".to_owned();
    }
    let full = error.to_string();
    let what = full.split(" at line ").next().unwrap_or_default();
    format!("The object is broken at character {}: {what}. Correct it there.", error.column())
}

/// The text of one value; the error says what kind of thing has none.
fn cell(raw: &str) -> Result<String, &'static str> {
    match raw.as_bytes().first() {
        Some(b'"') => Ok(string(raw).into_owned()),
        Some(b'{') => money(raw).ok_or("an object"),
        Some(b'[') => list(raw).ok_or("a list of objects or lists"),
        Some(b'n') => Ok(String::new()),
        _ => Ok(number(raw)),
    }
}

fn string(raw: &str) -> Cow<'_, str> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    serde_json::from_str::<Text>(raw).map_or(Cow::Borrowed(raw), |text| text.0)
}

/// A number as written; with exactly three decimals one zero more.
fn number(raw: &str) -> String {
    let three_decimals = raw.split_once('.').is_some_and(|(_, rest)| rest.len() == 3 && !rest.contains(['e', 'E']));
    if three_decimals { format!("{raw}0") } else { raw.to_owned() }
}

fn list(raw: &str) -> Option<String> {
    let values: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
    let mut parts = Vec::with_capacity(values.len());
    for value in values {
        if value.get().starts_with(['{', '[']) {
            return None;
        }
        parts.extend(cell(value.get()).ok().filter(|part| !part.is_empty()));
    }
    Some(parts.join(";"))
}

/// `{"amount": "1200.00", "currency": "EUR"}` as `1200.00 EUR`.
fn money(raw: &str) -> Option<String> {
    let Pairs(pairs) = serde_json::from_str(raw).ok()?;
    let plain = |name: &str| {
        let (_, value) = pairs.iter().find(|(key, _)| key == name)?;
        (!value.get().starts_with(['{', '['])).then(|| cell(value.get()).ok())?
    };
    let (amount, currency) = (plain("amount")?, plain("currency")?);
    match (pairs.len(), amount.is_empty()) {
        (2, true) => Some(String::new()),
        (2, false) => Some(format!("{} {currency}", number(&amount)).trim_end().to_owned()),
        _ => None,
    }
}

/// An object's keys and values in the order of the file, with keys that stand twice.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Pairs<'de>;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
