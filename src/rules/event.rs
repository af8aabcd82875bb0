//! Taking events in (R4.1): each finds its contact and that one's primary company, or its company; one that names nobody
//! waits for whoever gets that address, which is `event/joining.rs`.

mod joining;

use super::permission::{self, Verb, Whole};
use super::{Draft, Granted, NoPlan, Planned, Rejected, partner};
use crate::domain::activity::{Activity, ActivityKind, Details, LoggedFrom, Target};
use crate::domain::association::has_primary;
use crate::domain::change::{Op, Reason, Refusal};
use crate::domain::event::{EventKind, EventRow};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActivityId, Object, RecordId, Ref};
use crate::domain::record::Record;
use chrono::TimeDelta;

pub(super) use joining::{forgotten, join, joins};

/// How far ahead of this clock another program's may be.
const AHEAD_MOST: TimeDelta = TimeDelta::days(1);

pub(super) fn take_in(draft: &mut Draft, rows: &[EventRow]) -> Planned<Granted> {
    let mut granted = Granted::new(String::new(), Vec::new());
    for row in rows {
        match one(draft, row) {
            Ok(Some(taken)) => {
                granted.created += 1;
                granted.awaited += u64::from(taken.is_awaited);
                granted.what = said(&taken.label, &taken.of);
                granted.refs.push(Ref::Activity(taken.id));
            }
            Ok(None) => granted.unchanged += 1,
            Err(NoPlan::Refused(refusal)) if rows.len() > 1 => {
                draft.skipped.push(format!("Line {}: {refusal}", row.number));
                granted.rejected.push(Rejected { row: row.number, refusal, other: None });
            }
            Err(no) => return Err(no),
        }
    }
    if granted.refs.len() != 1 {
        granted.what = taken_in(granted.refs.len() as u64);
    }
    draft.settle()?;
    Ok(granted)
}

/// What an act is called that took in so many.
pub fn taken_in(events: u64) -> String {
    match events {
        1 => "Took in 1 event".to_owned(),
        many => format!("Took in {many} events"),
    }
}

/// An event that was not there yet.
struct Taken {
    id: ActivityId,
    label: String,
    /// The record, or the address that nobody has.
    of: String,
    is_awaited: bool,
}

fn said(label: &str, of: &str) -> String {
    format!("Took in the event {label} of {of}")
}

/// `None`: it is there already, standing or in the bin.
fn one(draft: &mut Draft, row: &EventRow) -> Planned<Option<Taken>> {
    let settings = draft.settings();
    let kind = settings.event_kind(&row.kind).ok_or_else(|| unknown(&row.kind))?;
    let at = row.at.unwrap_or(draft.asking.now);
    if at > draft.asking.now + AHEAD_MOST {
        return Err(Refusal::rule(4, 1, "It is more than a day ahead. Check the clock of whoever sent it").into());
    }
    let record = named(draft, row)?;
    match &record {
        Some(record) => permission::check(draft, Verb::Edit, record).map_err(|no| unseen(no, row.whom.text()))?,
        None => permission::check_whole(draft, Whole::Create, row.whom.object())?,
    }
    let id = match &row.id {
        Some(text) => ActivityId::of_event(text),
        None => ActivityId(draft.new_uuid()),
    };
    if row.id.is_some() && (draft.activity(id)?.is_some() || draft.binned_activity(id)?.is_some()) {
        return Ok(None);
    }
    let targets = match &record {
        Some(record) => targets(draft, record.id, "the event names it")?,
        None => Vec::new(),
    };
    let event = Activity {
        id,
        version: 1,
        kind: ActivityKind::Event,
        at,
        subject: kind.label.clone(),
        text: String::new(),
        details: Details::Event { kind: kind.name.clone(), whom: row.whom.clone(), data: row.data.clone() },
        logged_on: record.as_ref().map_or(row.whom.nowhere(), |record| record.id),
        logged_from: LoggedFrom::Integration,
        stamp: draft.stamp(),
        targets,
    };
    draft.grant(Op::Log(Box::new(event.clone())))?;
    if let Some(record) = &record {
        partner::tell(draft, &event, record, kind)?;
    }
    let of = record.as_ref().map_or_else(|| row.whom.text().to_owned(), Record::name);
    Ok(Some(Taken { id, label: kind.label.clone(), of, is_awaited: record.is_none() }))
}

/// Whose it is stays hidden (R6.4); that it is somebody's can't.
fn unseen(no: NoPlan, text: &str) -> NoPlan {
    match no {
        NoPlan::Refused(Refusal::Missing(_)) => {
            let sentence = format!("Whoever has {text} is nobody that you may see. Let somebody bring it in who may");
            Refusal::rule(6, 4, sentence).into()
        }
        no => no,
    }
}

/// The contact or company that has what the event names.
fn named(draft: &Draft, row: &EventRow) -> Read<Option<Record>> {
    let found = draft.find(&row.whom.key())?.into_iter().find(|id| id.object == row.whom.object());
    found.map_or(Ok(None), |id| draft.record(id))
}

/// The record, and of a contact its primary company at this moment.
fn targets(draft: &Draft, id: RecordId, why: &str) -> Read<Vec<Target>> {
    let target = |record, why: &str| Target { record, at: draft.asking.now, why: Reason::rule(4, 1, why) };
    let mut targets = vec![target(id, why)];
    targets.extend(company(draft, id)?.map(|company| target(company, "primary company of its contact")));
    Ok(targets)
}

fn company(draft: &Draft, id: RecordId) -> Read<Option<RecordId>> {
    if !has_primary(id.object, Object::COMPANY) {
        return Ok(None);
    }
    let links = draft.links(id, Some(Object::COMPANY))?;
    Ok(links.into_iter().find(|link| link.primary).map(|link| link.other))
}

fn unknown(name: &str) -> Refusal {
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let next = match EventKind::read(&name) {
        Ok(kind) => format!("`lejek settings events.kinds {}` adds it, with a * where it is of high value", kind.name),
        Err(_) => "`lejek settings events.kinds` names those that there are".to_owned(),
    };
    Refusal::rule(4, 1, format!("There is no kind of event “{name}”. {next}"))
}

/// What is read only.
pub(super) fn read_only() -> Refusal {
    Refusal::rule(4, 1, "An event says what happened and can't be changed. It can be deleted")
}
