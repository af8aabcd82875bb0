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

pub(super) fn direction(details: &Details) -> Option<Value> {
    match details {
        Details::Call { direction, .. } | Details::Email { direction, .. } | Details::Message { direction, .. } => {
            Some(Value::text(direction.label()))
        }
        _ => None,
    }
}

pub(super) fn sender(details: &Details) -> Option<Value> {
    match details {
        Details::Email { from, .. } | Details::Message { from, .. } => text(from),
        _ => None,
    }
}

pub(super) fn recipients(details: &Details) -> Option<Value> {
    match details {
        Details::Email { to: all, .. } | Details::Message { to: all, .. } | Details::Meeting { attendees: all, .. } => {
            (!all.is_empty()).then(|| Value::Texts(all.clone()))
        }
        _ => None,
    }
}

pub(super) fn thread(details: &Details) -> Option<Value> {
    match details {
        Details::Email { thread, .. } => thread.as_deref().and_then(text),
        _ => None,
    }
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

/// A value of a field as it could have been written; the only number is a length of time in seconds.
pub(super) fn written(value: &Value, settings: &Settings) -> String {
    match value {
        Value::Time(at) => moment_written(*at, settings),
        Value::User(id) => settings.user(*id).map_or_else(String::new, |user| user.email.clone()),
        Value::Number(seconds) => {
            let seconds = seconds.0 as u64;
            let parts = [(seconds / 3600, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's')];
            let parts = parts.into_iter().filter(|(count, _)| *count > 0);
            parts.map(|(count, unit)| format!("{count}{unit}")).collect::<Vec<_>>().join(" ")
        }
        Value::Texts(texts) => texts.join(", "),
        value => value.as_text().unwrap_or_default().to_owned(),
    }
}

/// `2026-11-19 14:05`, in the workspace's zone.
pub fn moment_written(at: DateTime<Utc>, settings: &Settings) -> String {
    at.with_timezone(&settings.general.time_zone).format("%Y-%m-%d %H:%M").to_string()
}
