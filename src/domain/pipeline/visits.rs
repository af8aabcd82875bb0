//! When a record came to its stages and how long it was in each (R2.12), kept with the record: one entry per stage that
//! it was in, so that no answer needs its history. A record that never moved came to its stage when it was made.

use crate::domain::id::OptionId;
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::value::Value;
use chrono::{DateTime, TimeDelta, Utc};

/// A stage that a record is or was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    pub stage: OptionId,
    /// The last time that it came there.
    pub entered: DateTime<Utc>,
    /// All the time it was there, up to now.
    pub spent: TimeDelta,
}

/// The stages that a record was in, in the order it last came there; its own stage is the last one.
pub fn visits(record: &Record, now: DateTime<Utc>) -> Vec<Visit> {
    let mut visits = kept(record);
    if let Some(stage) = record.values.get(is::STAGE).and_then(Value::as_option) {
        let entered = entered(record);
        let visit = visit(&mut visits, stage);
        (visit.entered, visit.spent) = (entered, visit.spent + lasting(entered, now));
    }
    visits.sort_by_key(|visit| visit.entered);
    visits
}

/// When a record came to the stage that it is in.
pub fn entered(record: &Record) -> DateTime<Utc> {
    match record.values.get(is::STAGE_ENTERED) {
        Some(Value::Time(at)) => *at,
        _ => record.created.at,
    }
}

/// What is kept of the visits of a record that leaves its stage now.
pub fn left(record: &Record, now: DateTime<Utc>) -> Option<Value> {
    let text = |visit: &Visit| {
        format!("{} {} {}", visit.stage.0, visit.entered.timestamp_millis(), visit.spent.num_milliseconds())
    };
    let texts: Vec<String> = visits(record, now).iter().map(text).collect();
    (!texts.is_empty()).then_some(Value::Texts(texts))
}

fn lasting(from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
    (to - from).max(TimeDelta::zero())
}

fn visit(visits: &mut Vec<Visit>, stage: OptionId) -> &mut Visit {
    let at = visits.iter().position(|visit| visit.stage == stage).unwrap_or_else(|| {
        visits.push(Visit { stage, entered: DateTime::UNIX_EPOCH, spent: TimeDelta::zero() });
        visits.len() - 1
    });
    &mut visits[at]
}

/// Those that ended: stage, when it came there last, milliseconds in all.
fn kept(record: &Record) -> Vec<Visit> {
    let read = |text: &String| {
        let mut parts = text.split(' ');
        let stage = OptionId(parts.next()?.parse().ok()?);
        let entered = DateTime::from_timestamp_millis(parts.next()?.parse().ok()?)?;
        Some(Visit { stage, entered, spent: TimeDelta::try_milliseconds(parts.next()?.parse().ok()?)? })
    };
    let texts = record.values.get(is::STAGE_VISITS).map(Value::as_texts).unwrap_or_default();
    texts.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests;
