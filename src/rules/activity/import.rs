//! Activities that a file brings (R3.3, R5.11): new ones are logged as on a record page, unless their row names all
//! their records; those that stand get what the row says besides.

use super::{aimed, check, existing};
use crate::domain::activity::{Activity, Target};
use crate::domain::change::{Author, Op, Reason, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::RecordId;
use crate::domain::logging::import::ImportActivity;
use crate::domain::logging::{Aimed, Aims, Logging};
use crate::domain::record::Stamp;
use crate::rules::permission::{self, Verb, Whole};
use crate::rules::{Draft, Granted, NoPlan, Planned};
use std::collections::BTreeSet;

pub(in crate::rules) fn import(draft: &mut Draft, rows: &[ImportActivity]) -> Planned<Granted> {
    let mut granted = Granted::new("Imported", Vec::new());
    for row in rows {
        let count = match one(draft, row) {
            Ok(Outcome::Created) => &mut granted.created,
            Ok(Outcome::Updated) => &mut granted.updated,
            Ok(Outcome::Unchanged) => &mut granted.unchanged,
            Err(NoPlan::Refused(refusal)) => {
                granted.rejected.push((row.number, refusal));
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
    let at = check::checked(draft, asked)?;
    let aims = if row.is_whole { named(asked) } else { aimed(draft, asked)? };
    let target = |record: RecordId, why: Reason| Target { record, at: draft.asking.now, why };
    let (by_hand, follows): (Vec<Aimed>, Vec<Aimed>) =
        aims.records.into_iter().partition(|aimed| aimed.why == Reason::Asked);
    let mut targets = vec![target(asked.on, Reason::rule(3, 2, "logged here"))];
    targets.extend(by_hand.into_iter().map(|aimed| target(aimed.record, aimed.why)));
    let follows: Vec<Target> = follows.into_iter().map(|aimed| target(aimed.record, aimed.why)).collect();
    let by = row.author.map_or(draft.asking.by, Author::User);
    draft.grant(Op::Log(Box::new(Activity {
        id: row.id,
        version: 1,
        kind: asked.kind,
        at,
        subject: asked.subject.trim().to_owned(),
        text: asked.text.trim().to_owned(),
        details: asked.details.clone(),
        logged_on: asked.on,
        logged_from: asked.from,
        stamp: Stamp { by, ..draft.stamp() },
        targets,
    })))?;
    for target in follows {
        let why = target.why.clone();
        draft.push(Op::Attach { activity: row.id, target: Box::new(target) }, why)?;
    }
    Ok(Outcome::Created)
}

/// Just the records that the row names.
fn named(asked: &Logging) -> Aims {
    let mut seen = BTreeSet::from([asked.on]);
    let others = asked.also.iter().filter(|record| seen.insert(**record));
    Aims { records: others.map(|record| Aimed { record: *record, why: Reason::Asked }).collect(), unknown: Vec::new() }
}

/// What the row says besides; the records that it names are added, and none is taken off.
fn update(draft: &mut Draft, row: &ImportActivity, standing: &Activity) -> Planned<Outcome> {
    let (was, is) = (standing.kind, row.logging.kind);
    if was != is {
        let sentence =
            format!("It is {} there, and {} here. The type of an activity stays", was.row().one, is.row().one);
        return Err(Refusal::rule(3, 1, sentence).into());
    }
    let mut outcome = Outcome::Unchanged;
    for record in std::iter::once(row.logging.on).chain(row.logging.also.iter().copied()) {
        if standing.targets.iter().all(|target| target.record != record) {
            let target = Target { record, at: draft.asking.now, why: Reason::Asked };
            draft.grant(Op::Attach { activity: row.id, target: Box::new(target) })?;
            outcome = Outcome::Updated;
        }
    }
    Ok(outcome)
}
