//! Two records become one (R5.11, R7.1): the first stays with its values, the second fills its blanks and goes to the
//! bin, from where only undo brings it back. What becomes of the values is in `domain/merge.rs`, of the associations in
//! `merge/ties.rs`.

mod ties;

use super::permission::{self, Verb};
use super::record::{self, existing};
use super::{Draft, Granted, Planned, partner};
use crate::domain::activity::Target;
use crate::domain::change::{Op, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{PropertyId, RecordId, Ref};
use crate::domain::merge::{former_ids, successor, taken, united};
use crate::domain::object::is;
use crate::domain::record::{Binned, Record};
use crate::domain::settings::Settings;
use crate::domain::value::Value;

pub(super) fn merge(draft: &mut Draft, into: RecordId, from: RecordId, take: &[PropertyId]) -> Planned<Granted> {
    let (stays, goes) = (existing(draft, into)?, existing(draft, from)?);
    permission::check(draft, Verb::Edit, &stays)?;
    permission::check(draft, Verb::Delete, &goes)?;
    let settings = draft.settings();
    check_pair(&settings, into, from)?;
    let spec = record::spec(&settings, into.object)?;
    let take = taken(spec, take)?;
    // It goes first: its addresses are free then, and no rule looks after ties of something that is leaving.
    let mark = Some(Value::text(into.to_string()));
    draft.grant(Op::Set { record: from, property: is::MERGED_INTO, from: None, to: mark })?;
    draft.grant(Op::Bin(from.into()))?;
    let values = united(spec, &stays, &goes, &take).into_iter().map(|(id, value)| (id, Some(value)));
    record::change(draft, &stays, values.collect())?;
    ties::hand_over(draft, into, from)?;
    hand_over_activities(draft, into, from)?;
    if stays.pinned().is_none()
        && let Some(pinned) = goes.values.get(is::PINNED)
    {
        let to = Some(pinned.clone());
        draft.grant(Op::Set { record: into, property: is::PINNED, from: None, to })?;
    }
    hand_over_followers(draft, &stays, &goes)?;
    partner::hand_over(draft, &stays, &goes)?;
    draft.settle()?;
    Ok(Granted::new(format!("Merged {} into {}", goes.name(), stays.name()), vec![into.into()]))
}

/// Whoever followed the one that goes follows the one that stays.
fn hand_over_followers(draft: &mut Draft, stays: &Record, goes: &Record) -> Planned {
    let mut users = stays.followers().to_vec();
    users.extend(goes.followers().iter().filter(|user| !stays.followers().contains(user)));
    if users.len() > stays.followers().len() {
        let (from, to) = (stays.values.get(is::FOLLOWERS).cloned(), Some(Value::Users(users)));
        draft.grant(Op::Set { record: stays.id, property: is::FOLLOWERS, from, to })?;
    }
    Ok(())
}

fn check_pair(settings: &Settings, into: RecordId, from: RecordId) -> Result<(), Refusal> {
    if into == from {
        return Err(Refusal::rule(5, 11, "A record can't be merged with itself"));
    }
    if into.object != from.object {
        let name = |id: RecordId| settings.object(id.object).map_or("record", |spec| spec.singular.as_str());
        let (first, second) = (name(into).to_lowercase(), name(from).to_lowercase());
        return Err(Refusal::rule(5, 11, format!("A {first} and a {second} can't become one record")));
    }
    Ok(())
}

/// On the timeline of the one that stays, with the same time and reason; what is on both stays there once.
fn hand_over_activities(draft: &mut Draft, into: RecordId, from: RecordId) -> Planned {
    for entry in draft.entries(from)? {
        let Some(activity) = draft.activity(entry.id)? else { continue };
        let is_on_both = activity.targets.iter().any(|target| target.record == into);
        let Some(target) = activity.targets.into_iter().find(|target| target.record == from) else { continue };
        if !is_on_both {
            let target = Box::new(Target { record: into, ..target.clone() });
            draft.grant(Op::Attach { activity: entry.id, target })?;
        }
        draft.grant(Op::Detach { activity: entry.id, target: Box::new(target) })?;
    }
    Ok(())
}

/// Why a record in the bin does not come back by itself, if it was merged: two would have the same addresses. Once the
/// merge has no way back, since something of it was erased, it is a record like others there.
pub(super) fn only_by_undo(draft: &Draft, binned: &Binned) -> Read<Option<Refusal>> {
    let Some(into) = binned.record.merged_into() else { return Ok(None) };
    if draft.act(binned.act)?.is_none_or(|head| head.erased) {
        return Ok(None);
    }
    let (name, other) = (binned.record.name(), draft.name(into.into())?);
    let sentence = format!("{name} was merged into {other}. To part them, undo act {}", binned.act);
    Ok(Some(Refusal::rule(5, 9, sentence)))
}

/// What was merged into a record that is being erased, and stays where it is.
pub(super) fn name_remains(draft: &mut Draft, erased: &Record, gone: &[Ref]) -> Read<()> {
    for id in former_ids(erased).filter(|id| !gone.contains(&Ref::Record(*id))) {
        if let Some(binned) = draft.binned(id)? {
            let (name, short) = (binned.record.name(), id.short());
            let sentence = format!("{name}, which was merged into it, is still in the bin. `lejek erase {short}`");
            draft.skipped.push(sentence);
        }
    }
    Ok(())
}

/// The record on which something was logged, or the one that it was merged into.
pub(super) fn home(draft: &Draft, logged_on: RecordId) -> Read<Option<Record>> {
    if let Some(record) = draft.record(logged_on)? {
        return Ok(Some(record));
    }
    successor(draft, logged_on)?.map_or(Ok(None), |id| draft.record(id))
}
