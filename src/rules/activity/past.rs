//! Past activities of a company or contact come along onto a new deal or ticket (R3.17).

use super::limit;
use crate::domain::activity::Target;
use crate::domain::association::Tying;
use crate::domain::change::{Op, Reason, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActivityId, RecordId};
use crate::domain::logging::past::{Along, FROM, ONTO, Timeframe};
use crate::rules::record::existing;
use crate::rules::{Draft, Granted, Planned};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// The activities of a record that a timeframe takes in.
pub fn past(graph: &dyn Graph, of: RecordId, timeframe: Timeframe, now: DateTime<Utc>) -> Read<Vec<ActivityId>> {
    let clock = graph.settings().clock(now);
    let entries = graph.entries(of)?.into_iter();
    Ok(entries.filter(|entry| timeframe.takes_in(entry, &clock)).map(|entry| entry.id).collect())
}

/// What the ties of a new record bring along, each activity once.
pub fn along(graph: &dyn Graph, past: &[(RecordId, Timeframe)], now: DateTime<Utc>) -> Read<Vec<Along>> {
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    for (of, timeframe) in past {
        let found = self::past(graph, *of, *timeframe, now)?.into_iter();
        let new = found.filter(|activity| seen.insert(*activity));
        all.extend(new.map(|activity| Along { activity, of: of.object, timeframe: *timeframe }));
    }
    Ok(all)
}

/// Puts what the ties of a new record ask for onto its timeline; answers how many that are.
pub(in crate::rules) fn bring(draft: &mut Draft, onto: RecordId, ties: &[Tying]) -> Planned<usize> {
    let past: Vec<_> = ties.iter().filter_map(|tying| Some((tying.other, tying.past?))).collect();
    let is_out = |(of, _): &(RecordId, Timeframe)| !ONTO.contains(&onto.object) || !FROM.contains(&of.object);
    if past.iter().any(is_out) {
        let sentence = "Past activities come along from a company or a contact onto a new deal or ticket only";
        return Err(Refusal::rule(3, 17, sentence).into());
    }
    let all = along(draft, &past, draft.asking.now)?;
    if let Some(later) = &mut draft.later {
        later.extend(all);
        return Ok(0);
    }
    put(draft, onto, &all)
}

/// One batch of what comes along.
pub(in crate::rules) fn attach(draft: &mut Draft, onto: RecordId, all: &[Along]) -> Planned<Granted> {
    let name = existing(draft, onto)?.name();
    let brought = put(draft, onto, all)?;
    draft.settle()?;
    Ok(Granted { updated: brought as u64, ..Granted::new(format!("Added past activities to {name}"), Vec::new()) })
}

fn put(draft: &mut Draft, onto: RecordId, all: &[Along]) -> Planned<usize> {
    let (mut brought, mut left) = (0, 0);
    let settings = draft.settings();
    for Along { activity: id, of, timeframe } in all {
        let Some(activity) = draft.activity(*id)? else { continue };
        if activity.targets.iter().any(|target| target.record == onto) {
            continue;
        }
        if limit::in_the_way(draft, activity.kind, &activity.targets, onto).is_some() {
            left += 1;
            continue;
        }
        let from = settings.object(*of).map_or_else(String::new, |spec| spec.singular.to_lowercase());
        let why = Reason::rule(3, 17, format!("past activity of its {from}, {}", timeframe.words()));
        let target = Target { record: onto, at: draft.asking.now, why };
        draft.grant(Op::Attach { activity: *id, target: Box::new(target) })?;
        brought += 1;
    }
    if left > 0 {
        let plural = if left == 1 { "1 past activity has" } else { "past activities have" };
        let count = if left == 1 { String::new() } else { format!("{left} ") };
        draft.skipped.push(format!("{count}{plural} as many records as the limits let them (R3.20)"));
    }
    Ok(brought)
}

/// `with 6 past activities`.
pub fn with_past(brought: usize) -> Option<String> {
    match brought {
        0 => None,
        1 => Some("with 1 past activity".to_owned()),
        many => Some(format!("with {many} past activities")),
    }
}
