//! An event as a line says it: `{"kind", "email" or "domain", "id", "at", "data"}`. Other fields are passed over.

use super::{EventRow, Whom};
use crate::domain::when::{Clock, parse_moment};
use crate::domain::{email, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Bytes of what an event carries besides, at most.
pub const DATA_MOST: usize = 64 << 10;
/// Characters of the name of a kind at most.
pub const KIND_MOST: usize = 60;
/// Characters of an id of another program at most.
const ID_MOST: usize = 200;

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    email: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    domain: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    at: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// An event in words, as arguments or a line give it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written<'a> {
    pub kind: &'a str,
    pub email: Option<&'a str>,
    pub domain: Option<&'a str>,
    pub id: Option<&'a str>,
    pub at: Option<&'a str>,
    pub data: Option<&'a str>,
}

impl EventRow {
    /// Reads one line; the error is a sentence.
    pub fn read(number: u64, line: &[u8], clock: &Clock) -> Result<EventRow, String> {
        let said: Line = serde_json::from_slice(line).map_err(|error| unread(&error))?;
        let id = said.id.map(|id| id_of(id)).transpose()?.flatten();
        let written = Written {
            kind: said.kind.as_deref().unwrap_or_default(),
            email: said.email.as_deref(),
            domain: said.domain.as_deref(),
            id: id.as_deref(),
            at: said.at.as_deref(),
            data: said.data.map(RawValue::get).filter(|data| *data != "null"),
        };
        EventRow::of(number, &written, clock)
    }

    pub fn of(number: u64, written: &Written, clock: &Clock) -> Result<EventRow, String> {
        let filled = |text: Option<&'_ str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let kind = filled(Some(written.kind)).filter(|kind| kind.chars().count() <= KIND_MOST);
        let kind = kind.ok_or("An event needs a kind such as sign_up")?;
        let whom = match (filled(written.email), filled(written.domain)) {
            (Some(text), _) => Whom::Email(email::key(&email::parse(&text)?)),
            (None, Some(text)) => Whom::Domain(web::domain(&text)?.to_lowercase()),
            (None, None) => return Err("An event needs the e-mail of a contact or the domain of a company".to_owned()),
        };
        let id = filled(written.id);
        if id.as_ref().is_some_and(|id| id.chars().count() > ID_MOST) {
            return Err(format!("The id is too long: {ID_MOST} characters at most"));
        }
        let data = written.data.unwrap_or_default();
        if data.len() > DATA_MOST {
            return Err(format!("The data is too long: {} KB at most", DATA_MOST >> 10));
        }
        let at = filled(written.at).map(|text| moment(&text, clock)).transpose()?;
        Ok(EventRow { number, kind, whom, id, at, data: data.to_owned() })
    }
}

fn unread(error: &serde_json::Error) -> String {
    const LIKE: &str = "Write it like {\"kind\": \"sign_up\", \"email\": \"jan@firma.pl\"}";
    match error.classify() {
        serde_json::error::Category::Data => format!("This is no event. {LIKE}"),
        _ => format!("This is no JSON. {LIKE}"),
    }
}

/// A text, or a number as it is written.
fn id_of(id: &RawValue) -> Result<Option<String>, String> {
    match serde_json::from_str(id.get()) {
        Ok(serde_json::Value::String(text)) => Ok(Some(text)),
        Ok(serde_json::Value::Number(_)) => Ok(Some(id.get().to_owned())),
        Ok(serde_json::Value::Null) => Ok(None),
        _ => Err("The id is neither a text nor a number".to_owned()),
    }
}

fn moment(text: &str, clock: &Clock) -> Result<DateTime<Utc>, String> {
    let at = match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.to_utc(),
        Err(_) => parse_moment(text, clock).map_err(|error| error.to_string())?.at,
    };
    DateTime::from_timestamp_millis(at.timestamp_millis()).ok_or_else(|| format!("“{text}” is too far away"))
}
