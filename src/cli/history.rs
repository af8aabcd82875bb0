//! `lejek history`: what happened to a record or an activity, the last thing first.

use super::Call;
use super::out::Table;
use super::session::Session;
use super::shape;
use super::trouble::Trouble;
use crate::domain::answer::{HistoryEntry, HistoryWhat, Seen};
use crate::domain::change::Author;
use crate::domain::id::{Object, PropertyId, RecordId, Ref};
use crate::domain::logging::fields;
use crate::domain::registration::Registration;
use crate::domain::value::{Value, json as value_json, plain};
use crate::workspace::find::Among;
use crate::workspace::request::{Reply, Request};
use clap::Args;
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
pub struct History {
    /// A record or an activity, also one in the bin
    #[arg(value_name = "REF")]
    pub what: String,
}

/// What an entry says, in words and in values.
pub struct Told {
    /// The property's internal name, or `created associated dissociated relabelled deleted restored`.
    pub what: String,
    pub old: Json,
    pub new: Json,
}

impl History {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let of = session.thing(&self.what, Among::All)?;
        let entries = match session.ask(&Request::History(of)) {
            Reply::History(entries) => entries,
            Reply::Failed(failure) => return Err(failure.into()),
            _ => Vec::new(),
        };
        let mut shown = Vec::new();
        for entry in entries.into_iter().map(|told| told.entry) {
            if let Some(told) = told(&session, of, &entry)? {
                shown.push((entry, told));
            }
        }
        if session.out.json {
            let entries = shown.iter().map(|(entry, told)| object(&session, entry, told));
            return session.out.value(&entries.collect::<Json>());
        }
        let rows: Vec<Vec<String>> = shown.iter().map(|(entry, told)| row(&session, of, entry, told)).collect();
        Table::print(&session.out, &["When", "Who", "Act", "What", "From", "To", "Rule"], &rows)
    }
}

/// `None`: it is about a record that the user may not see (R6.4).
pub fn told(session: &Session, of: Ref, entry: &HistoryEntry) -> Result<Option<Told>, Trouble> {
    let plain = |what: &str| Told { what: what.to_owned(), old: Json::Null, new: Json::Null };
    Ok(match &entry.what {
        HistoryWhat::Created => Some(plain("created")),
        HistoryWhat::Deleted => Some(plain("deleted")),
        HistoryWhat::Restored => Some(plain("restored")),
        HistoryWhat::Pinned(Some(activity)) => Some(Told { new: activity.0.to_string().into(), ..plain("pinned") }),
        HistoryWhat::Pinned(None) => Some(plain("unpinned")),
        HistoryWhat::Registered { old, new } => {
            let all = |all: &[Registration]| all.iter().map(|one| Json::Object(shape::registration(one))).collect();
            Some(Told { what: "registered".to_owned(), old: all(old), new: all(new) })
        }
        HistoryWhat::Followed(follows) => Some(plain(if *follows { "followed" } else { "unfollowed" })),
        HistoryWhat::Edited { field, old, new } => {
            let value = |value: &Option<Value>| value.as_ref().map_or(Json::Null, |value| of_field(session, value));
            Some(Told { what: field.clone(), old: value(old), new: value(new) })
        }
        HistoryWhat::Changed { property, old, new } => {
            let object = object_of(of);
            let value =
                |value: &Option<Value>| value.as_ref().map_or(Json::Null, |v| as_json(session, object, *property, v));
            Some(Told { what: name(session, object, *property), old: value(old), new: value(new) })
        }
        HistoryWhat::Associated { with, seen } => {
            other(session, *with)?.map(|new| Told { new: looking(session, new, seen), ..plain("associated") })
        }
        HistoryWhat::Dissociated { from } => other(session, *from)?.map(|old| Told { old, ..plain("dissociated") }),
        HistoryWhat::Relabelled { with, old, new } => other(session, *with)?.map(|with| Told {
            old: looking(session, with.clone(), old),
            new: looking(session, with, new),
            ..plain("relabelled")
        }),
    })
}

/// A value of an activity's field.
fn of_field(session: &Session, value: &Value) -> Json {
    match value {
        Value::Time(at) => shape::time(*at),
        Value::User(id) => session.author(Author::User(*id)),
        Value::Number(seconds) => Json::from(seconds.0 as i64),
        Value::Texts(texts) => texts.iter().cloned().collect(),
        value => value.as_text().into(),
    }
}

fn object_of(of: Ref) -> Option<Object> {
    match of {
        Ref::Record(id) => Some(id.object),
        Ref::Activity(_) => None,
    }
}

fn name(session: &Session, object: Option<Object>, property: PropertyId) -> String {
    let found = object.and_then(|object| session.settings.property_ever(object, property));
    found.map_or_else(|| format!("property {}", property.0), |property| property.name.clone())
}

fn as_json(session: &Session, object: Option<Object>, property: PropertyId, value: &Value) -> Json {
    let found = object.and_then(|object| session.settings.property_ever(object, property));
    found.map_or(Json::Null, |property| value_json(property, value, &session.settings))
}

/// The record of an association; one that is gone is named by its id only.
fn other(session: &Session, id: RecordId) -> Result<Option<Json>, Trouble> {
    match session.name_of(id)? {
        Some(name) => Ok(Some(Json::Object(session.head(id, &name)))),
        None if session.store().record(id)?.is_some() || session.store().binned(id)?.is_some() => Ok(None),
        None => Ok(Some(json!({ "id": id.to_string(), "object": session.object_name(id), "name": null }))),
    }
}

/// A record with what it is to the one whose history is told.
fn looking(session: &Session, mut record: Json, seen: &Seen) -> Json {
    let labels = Seen { primary: false, ..seen.clone() }.words(&session.settings);
    record["labels"] = labels.into();
    record["primary"] = seen.primary.into();
    record
}

fn object(session: &Session, entry: &HistoryEntry, told: &Told) -> Json {
    json!({
        "at": shape::time(entry.at),
        "by": session.author(entry.by),
        "origin": shape::origin(entry.origin),
        "act": entry.act.0,
        "what": told.what,
        "old": told.old,
        "new": told.new,
        "rule": shape::rule(&entry.why),
    })
}

fn row(session: &Session, of: Ref, entry: &HistoryEntry, told: &Told) -> Vec<String> {
    let clock = session.settings.clock(session.now);
    let (old, new) = match &entry.what {
        HistoryWhat::Changed { property, old, new } => {
            let text = |value: &Option<Value>| value.as_ref().map(|v| as_text(session, of, *property, v));
            (text(old), text(new))
        }
        HistoryWhat::Edited { old, new, .. } => {
            let text = |value: &Option<Value>| value.as_ref().map(|v| fields::shown(v, &session.settings, session.now));
            (text(old), text(new))
        }
        HistoryWhat::Registered { old, new } => (Some(partners(old)), Some(partners(new))),
        _ => (named(&told.old), named(&told.new)),
    };
    vec![
        crate::domain::when::moment_long(entry.at, &clock),
        session.email_of(entry.by).unwrap_or_default(),
        entry.act.to_string(),
        told.what.clone(),
        old.unwrap_or_default(),
        new.unwrap_or_default(),
        shape::rule(&entry.why).as_str().unwrap_or_default().to_owned(),
    ]
}

fn as_text(session: &Session, of: Ref, property: PropertyId, value: &Value) -> String {
    let found = object_of(of).and_then(|object| session.settings.property_ever(object, property));
    found.map(|property| plain(property, value, &session.settings)).unwrap_or_default()
}

/// `Acme, Beta`.
fn partners(all: &[Registration]) -> String {
    all.iter().map(|one| one.partner.as_str()).collect::<Vec<_>>().join(", ")
}

/// `Jan Kowalski (Manager, primary)`.
fn named(record: &Json) -> Option<String> {
    let text = |key: &str| record.get(key).and_then(Json::as_str).map(str::to_owned);
    let labels = record["labels"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let primary = record["primary"].as_bool().unwrap_or_default().then_some("primary");
    let words: Vec<&str> = labels.chain(primary).collect();
    let name = text("name").or_else(|| text("id"))?;
    Some(if words.is_empty() { name } else { format!("{name} ({})", words.join(", ")) })
}
