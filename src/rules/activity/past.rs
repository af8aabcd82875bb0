//! Past activities of a company or contact come along onto a new deal or ticket (R3.17).

use super::limit;
use crate::domain::activity::Target;
use crate::domain::association::Tying;
use crate::domain::change::{Op, Reason, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActivityId, RecordId};
use crate::domain::logging::past::{FROM, ONTO, Timeframe};
use crate::rules::{Draft, Planned};
use chrono::{DateTime, Utc};

/// The activities of a record that a timeframe takes in.
pub fn past(graph: &dyn Graph, of: RecordId, timeframe: Timeframe, now: DateTime<Utc>) -> Read<Vec<ActivityId>> {
    let clock = graph.settings().clock(now);
    let entries = graph.entries(of)?.into_iter();
    Ok(entries.filter(|entry| timeframe.takes_in(entry, &clock)).map(|entry| entry.id).collect())
}

/// Puts what the ties of a new record ask for onto its timeline; answers how many that are.
pub(in crate::rules) fn bring(draft: &mut Draft, onto: RecordId, ties: &[Tying]) -> Planned<usize> {
    let (mut brought, mut left) = (0, 0);
    for tying in ties {
        let Some(timeframe) = tying.past else { continue };
        if !ONTO.contains(&onto.object) || !FROM.contains(&tying.other.object) {
            let sentence = "Past activities come along from a company or a contact onto a new deal or ticket only";
            return Err(Refusal::rule(3, 17, sentence).into());
        }
        let from = draft.settings().object(tying.other.object).map_or_else(String::new, |s| s.singular.to_lowercase());
        let why = Reason::rule(3, 17, format!("past activity of its {from}, {}", timeframe.words()));
        for id in past(draft, tying.other, timeframe, draft.asking.now)? {
            let Some(activity) = draft.activity(id)? else { continue };
            if activity.targets.iter().any(|target| target.record == onto) {
                continue;
            }
            if limit::in_the_way(draft, activity.kind, &activity.targets, onto).is_some() {
                left += 1;
                continue;
            }
            let target = Target { record: onto, at: draft.asking.now, why: why.clone() };
            draft.grant(Op::Attach { activity: id, target: Box::new(target) })?;
            brought += 1;
        }
    }
    if left > 0 {
        let plural = if left == 1 { "1 past activity has" } else { "past activities have" };
        let count = if left == 1 { String::new() } else { format!("{left} ") };
        draft.skipped.push(format!("{count}{plural} as many records as the limits let them (R3.20)"));
    }
    Ok(brought)
}

/// `with 6 past activities`.
pub(in crate::rules) fn with_past(brought: usize) -> Option<String> {
    match brought {
        0 => None,
        1 => Some("with 1 past activity".to_owned()),
        many => Some(format!("with {many} past activities")),
    }
}
