//! Activities that a file brings (R3.3, R5.11): new ones are logged as on a record page, unless their row names all
//! their records; those that stand get what the row says besides.

use super::{aimed, check, check_edit, entered, existing, limit};
use crate::domain::activity::{Activity, Target};
use crate::domain::change::{Author, Op, Reason, Refusal};
use crate::domain::graph::Graph;
use crate::domain::logging::import::ImportActivity;
use crate::domain::logging::{Aimed, Aims, Logging};
use crate::rules::permission::{self, Verb, Whole};
use crate::rules::{Draft, Granted, NoPlan, Planned, Rejected};
use std::collections::BTreeSet;

pub(in crate::rules) fn import(draft: &mut Draft, rows: &[ImportActivity]) -> Planned<Granted> {
    let mut granted = Granted::new("Imported", Vec::new());
    for row in rows {
        let count = match one(draft, row) {
            Ok(Outcome::Created) => &mut granted.created,
            Ok(Outcome::Updated) => &mut granted.updated,
            Ok(Outcome::Unchanged) => &mut granted.unchanged,
            Err(NoPlan::Refused(refusal)) => {
                granted.rejected.push(Rejected { row: row.number, refusal, other: None });
                continue;
            }
            Err(unreadable) => return Err(unreadable),
        };
        *count += 1;
    }
    draft.settle()?;
    Ok(granted)
}

enum Outcome {
    Created,
    Updated,
    Unchanged,
}

fn one(draft: &mut Draft, row: &ImportActivity) -> Planned<Outcome> {
    let home = existing(draft, row.logging.on)?;
    permission::check_whole(draft, Whole::Import, home.id.object)?;
    permission::check(draft, Verb::Edit, &home)?;
    for other in &row.logging.also {
        permission::check(draft, Verb::View, &existing(draft, *other)?)?;
    }
    match draft.activity(row.id)? {
        Some(standing) => update(draft, row, &standing),
        None if draft.binned_activity(row.id)?.is_some() => {
            Err(Refusal::rule(5, 11, "The activity is in the bin. Restore it, or leave the id empty").into())
        }
        None => create(draft, row),
    }
}

fn create(draft: &mut Draft, row: &ImportActivity) -> Planned<Outcome> {
    let asked = &row.logging;
    let at = check::asked(draft, asked)?;
    let aims = match row.is_whole {
        true => limit::within(draft, asked, Aims { records: named(asked), ..Aims::default() })?,
        false => aimed(draft, asked)?,
    };
    // Nobody is told of each effect of an import: the reasons stand with the activity, and the log keeps its id only.
    let mut activity = entered(draft, row.id, asked, at, aims.records);
    activity.stamp.by = row.author.map_or(draft.asking.by, Author::User);
    draft.grant(Op::Log(Box::new(activity)))?;
    Ok(Outcome::Created)
}

/// Just the records that the row names.
fn named(asked: &Logging) -> Vec<Aimed> {
    let mut seen = BTreeSet::from([asked.on]);
    let others = asked.also.iter().filter(|record| seen.insert(**record));
    others.map(|record| Aimed { record: *record, why: Reason::Asked }).collect()
}

/// What the row says besides; the records that it names are added, and none is taken off.
fn update(draft: &mut Draft, row: &ImportActivity, standing: &Activity) -> Planned<Outcome> {
    let (was, is) = (standing.kind, row.logging.kind);
    if was != is {
        let sentence =
            format!("It is {} there, and {} here. The type of an activity stays", was.row().one, is.row().one);
        return Err(Refusal::rule(3, 1, sentence).into());
    }
    check_edit(draft, standing)?;
    let next = row.over(standing);
    check::content(draft, next.kind, next.at, &next.details)?;
    let comes = added(draft, row, standing)?;
    let mut outcome = Outcome::Unchanged;
    for (from, to) in standing.aspects().into_iter().zip(next.aspects()).filter(|(from, to)| from != to) {
        draft.grant(Op::Edit { activity: row.id, from: Box::new(from), to: Box::new(to) })?;
        outcome = Outcome::Updated;
    }
    for target in comes {
        draft.grant(Op::Attach { activity: row.id, target: Box::new(target) })?;
        outcome = Outcome::Updated;
    }
    Ok(outcome)
}

/// The records that the row names and the activity does not have yet, as far as there is room for all of them (R3.20).
fn added(draft: &Draft, row: &ImportActivity, standing: &Activity) -> Planned<Vec<Target>> {
    let mut targets = standing.targets.clone();
    for record in std::iter::once(row.logging.on).chain(row.logging.also.iter().copied()) {
        if targets.iter().any(|target| target.record == record) {
            continue;
        }
        if let Some(sentence) = limit::in_the_way(draft, standing.kind, &targets, record) {
            return Err(Refusal::rule(3, 20, sentence).into());
        }
        targets.push(Target { record, at: draft.asking.now, why: Reason::Asked });
    }
    Ok(targets.split_off(standing.targets.len()))
}
