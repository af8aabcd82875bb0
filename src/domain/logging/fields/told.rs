//! The fields of an activity's details as values, for its history; how such a value looks.

use crate::domain::activity::Details;
use crate::domain::settings::Settings;
use crate::domain::value::{Number, Value};
use crate::domain::when;
use chrono::{DateTime, Utc};

/// Of what stands beside the details.
pub(super) fn beside(_: &Details) -> Option<Value> {
    None
}

pub(super) fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::text(text))
}

pub(super) fn outcome(details: &Details) -> Option<Value> {
    match details {
        Details::Call { outcome, .. } => outcome.map(|outcome| Value::text(outcome.label())),
        Details::Meeting { outcome, .. } => outcome.map(|outcome| Value::text(outcome.label())),
        _ => None,
    }
}

pub(super) fn duration(details: &Details) -> Option<Value> {
    match details {
        Details::Call { duration, .. } => duration.map(|seconds| Value::Number(Number(f64::from(seconds)))),
        _ => None,
    }
}

pub(super) fn end(details: &Details) -> Option<Value> {
    match details {
        Details::Meeting { end, .. } => end.map(Value::Time),
        _ => None,
    }
}

pub(super) fn location(details: &Details) -> Option<Value> {
    match details {
        Details::Meeting { location, .. } => text(location),
        _ => None,
    }
}

pub(super) fn copies(details: &Details) -> Option<Value> {
    match details {
        Details::Email { cc, .. } if !cc.is_empty() => Some(Value::Texts(cc.clone())),
        _ => None,
    }
}

pub(super) fn priority(details: &Details) -> Option<Value> {
    match details {
        Details::Task { priority, .. } => Some(Value::text(priority.label())),
        _ => None,
    }
}

pub(super) fn queue(details: &Details) -> Option<Value> {
    match details {
        Details::Task { queue, .. } => text(queue),
        _ => None,
    }
}

pub(super) fn assignee(details: &Details) -> Option<Value> {
    match details {
        Details::Task { assignee, .. } => assignee.map(Value::User),
        _ => None,
    }
}

pub(super) fn task_type(details: &Details) -> Option<Value> {
    match details {
        Details::Task { task, .. } => Some(Value::text(task.label())),
        _ => None,
    }
}

pub(super) fn done(details: &Details) -> Option<Value> {
    match details {
        Details::Task { done, .. } => done.map(Value::Time),
        _ => None,
    }
}

/// A value of a field as a person reads it.
pub fn shown(value: &Value, settings: &Settings, now: DateTime<Utc>) -> String {
    match value {
        Value::Time(at) => when::moment_long(*at, &settings.clock(now)),
        Value::User(id) => settings.user(*id).map_or_else(String::new, |user| user.name.clone()),
        Value::Number(seconds) => seconds.0.to_string(),
        Value::Texts(texts) => texts.join(", "),
        value => value.as_text().unwrap_or_default().to_owned(),
    }
}
