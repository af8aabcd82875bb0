//! Rows of a file, matched to records already, become records and ties (R5.7, R5.11). A row that is refused is
//! reported; the others come in.

use super::permission::{self, Verb, Whole};
use super::{Draft, Granted, NoPlan, Planned, Rejected, association, lead, ownership, record};
use crate::domain::association::{Labelling, Link, Tying};
use crate::domain::change::{ImportRow, ImportTarget, Op, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{Object, RecordId};
use std::collections::BTreeSet;

pub(super) fn import(draft: &mut Draft, rows: Vec<ImportRow>, replace: bool) -> Planned<Granted> {
    let mut granted = Granted::new("Imported", Vec::new());
    check_permissions(draft, &rows)?;
    for row in rows {
        let (number, mut tied_to) = (row.number, None);
        match one(draft, row, replace, &mut tied_to) {
            Ok(Outcome::Created) => granted.created += 1,
            Ok(Outcome::Updated) => granted.updated += 1,
            Ok(Outcome::Unchanged) => granted.unchanged += 1,
            Err(NoPlan::Refused(refusal)) => {
                granted.rejected.push(Rejected { row: number, refusal, other: tied_to });
            }
            Err(unreadable) => return Err(unreadable),
        }
    }
    draft.settle()?;
    Ok(granted)
}

enum Outcome {
    Created,
    Updated,
    Unchanged,
}

fn check_permissions(draft: &Draft, rows: &[ImportRow]) -> Planned {
    let objects: BTreeSet<Object> = rows.iter().map(|row| target(row).object).collect();
    objects.into_iter().try_for_each(|object| permission::check_whole(draft, Whole::Import, object))
}

fn target(row: &ImportRow) -> RecordId {
    match row.target {
        ImportTarget::Create(id) | ImportTarget::Update(id) => id,
    }
}

/// `tied_to` is the record that an association was refused with.
fn one(draft: &mut Draft, row: ImportRow, replace: bool, tied_to: &mut Option<RecordId>) -> Planned<Outcome> {
    let id = target(&row);
    let (mut outcome, is_new) = match row.target {
        ImportTarget::Create(_) => {
            permission::check_whole(draft, Whole::Create, id.object)?;
            lead::check_tied(id, &row.associate)?;
            ownership::check_new(draft, id, &row.associate)?;
            let made = record::make(draft, id, row.values)?;
            draft.grant(Op::Create(Box::new(made)))?;
            (Outcome::Created, true)
        }
        ImportTarget::Update(_) => {
            let before = record::existing(draft, id)?;
            let values: Vec<_> = row.values.into_iter().map(|(id, value)| (id, Some(value))).collect();
            permission::check(draft, Verb::Edit, &before)?;
            let changed = record::change(draft, &before, values)?;
            (if changed { Outcome::Updated } else { Outcome::Unchanged }, false)
        }
    };
    for tying in row.associate {
        let tying = match draft.link(id, tying.other)? {
            Some(link) if !adds_labels(&tying, &link) => continue,
            Some(_) => Tying { primary: false, ..tying },
            None => Tying { replace, ..tying },
        };
        *tied_to = Some(tying.other);
        association::put(draft, id, &tying).map_err(|no| keep_row(no, is_new))?;
        *tied_to = None;
        if matches!(outcome, Outcome::Unchanged) {
            outcome = Outcome::Updated;
        }
    }
    Ok(outcome)
}

/// An association that stands gets the labels that it lacks; its primary mark stays as it is.
fn adds_labels(tying: &Tying, link: &Link) -> bool {
    match &tying.labels {
        Labelling::Keep => false,
        Labelling::Add(labels) | Labelling::Exactly(labels) => labels.iter().any(|label| !link.labels.contains(label)),
    }
}

/// The values of the row stand although one of its associations was refused; the sentence says so.
fn keep_row(no: NoPlan, is_new: bool) -> NoPlan {
    let kept = if is_new { "The record was made without it" } else { "The values came in without it" };
    match no {
        NoPlan::Refused(refusal @ (Refusal::Rule { .. } | Refusal::Needs(_))) => {
            let (rule, sentence) = (refusal.rule_id(), format!("{refusal}. {kept}"));
            NoPlan::Refused(Refusal::Rule { rule, sentence, field: None })
        }
        no => no,
    }
}
