//! Into the bin, out of it, and gone for good (R5.9).

use super::permission::{self, Verb};
use super::record::{existing, leave_out};
use super::{Draft, Granted, NoPlan, Planned, activity, association, event, lead, merge, moving, object, sentence};
use crate::domain::association::{Association, has_primary};
use crate::domain::change::{Op, Question, Reason, Refusal, Rule};
use crate::domain::graph::{Graph, Key, Logged, LoggedOp};
use crate::domain::id::{ActNo, ActivityId, PropertyId, RecordId, Ref, Seq};
use crate::domain::label::PARENT;
use crate::domain::object::is;
use crate::domain::record::Record;
use std::collections::BTreeSet;

/// Of several, one by one; what refuses is left out and named.
pub(super) fn delete(draft: &mut Draft, what: &[Ref]) -> Planned<Granted> {
    let (mut names, mut refs) = (Vec::new(), Vec::new());
    let leads = lead::bereft(draft, what)?;
    for one in what {
        let name = draft.name(*one)?;
        let deleted = match one {
            Ref::Record(id) => delete_record(draft, *id),
            Ref::Activity(id) => activity::delete(draft, *id),
        };
        match deleted {
            Ok(()) => {
                names.push(name);
                refs.push(*one);
            }
            Err(NoPlan::Refused(refusal)) if what.len() > 1 => leave_out(draft, &name, &refusal),
            Err(no_plan) => return Err(no_plan),
        }
    }
    let leads = lead::lost(draft, leads)?;
    lead::go_along(draft, &leads)?;
    draft.settle()?;
    Ok(Granted::new(sentence("Deleted", &names), refs))
}

pub(super) fn delete_record(draft: &mut Draft, id: RecordId) -> Planned {
    let record = existing(draft, id)?;
    permission::check(draft, Verb::Delete, &record)?;
    put_away(draft, id, &Reason::Asked)
}

/// A record with its ties, off its activities.
pub(super) fn put_away(draft: &mut Draft, id: RecordId, why: &Reason) -> Planned {
    // The record goes first, so that no rule looks after ties of something that is leaving.
    draft.push(Op::Bin(Ref::Record(id)), why.clone())?;
    for link in draft.links(id, None)? {
        if let Some(tie) = draft.tie_of(id, link.other)? {
            draft.push(Op::Unlink(Box::new(tie)), why.clone())?;
        }
    }
    for entry in draft.entries(id)? {
        let Some(activity) = draft.activity(entry.id)? else { continue };
        let targets = activity.targets.into_iter().filter(|target| target.record == id);
        for target in targets {
            draft.push(Op::Detach { activity: entry.id, target: Box::new(target) }, why.clone())?;
        }
    }
    Ok(())
}

/// Of several, one by one; what refuses is left out and named.
pub(super) fn restore(draft: &mut Draft, what: &[Ref], without: &[PropertyId]) -> Planned<Granted> {
    let (mut names, mut refs, mut acts) = (Vec::new(), Vec::new(), Vec::new());
    for one in what {
        let name = draft.name(*one)?;
        let restored = match one {
            Ref::Record(id) => unbin(draft, *id, without).map(|act| acts.push((*id, act))),
            Ref::Activity(id) => activity::restore(draft, *id),
        };
        match restored {
            Ok(()) => {
                names.push(name);
                refs.push(*one);
            }
            Err(NoPlan::Refused(refusal)) if what.len() > 1 => leave_out(draft, &name, &in_short(refusal)),
            Err(no_plan) => return Err(no_plan),
        }
    }
    // Records that come back together find each other.
    for (id, act) in &acts {
        let (id, act) = (*id, *act);
        let Some(head) = draft.act(act)? else { continue };
        for seq in (head.first.0..=head.last.0).rev() {
            if let Some(logged) = super::undo::of_act(draft, Seq(seq), act)? {
                bring_back(draft, id, &logged)?;
            }
        }
    }
    for (id, _) in acts {
        event::join(draft, id)?;
    }
    draft.skip_settling();
    Ok(Granted::new(sentence("Restored", &names), refs))
}

/// Of many nobody is asked one by one: who wants one of them without what is taken restores it alone.
fn in_short(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Needs(Question::RestoreWithout { property, value, taken_by, .. }) => {
            Refusal::field(Some(Rule(5, 9)), property, format!("{taken_by} has {value} by now"))
        }
        refusal => refusal,
    }
}

pub(super) fn not_in_bin(name: &str) -> Refusal {
    Refusal::Missing(format!("{name} is not in the bin"))
}

/// Takes a record out of the bin, without what surrounded it; answers the act that put it there.
fn unbin(draft: &mut Draft, id: RecordId, without: &[PropertyId]) -> Planned<ActNo> {
    let name = draft.name(Ref::Record(id))?;
    let binned = draft.binned(id)?.ok_or_else(|| not_in_bin(&name))?;
    permission::check(draft, Verb::Delete, &binned.record)?;
    if let Some(refusal) = merge::only_by_undo(draft, &binned)? {
        return Err(refusal.into());
    }
    let taken = taken(draft, &binned.record, without)?;
    object::check_there(&draft.settings(), id.object)?;
    draft.grant(Op::Unbin(Ref::Record(id)))?;
    if let Some(mark) = binned.record.values.get(is::MERGED_INTO) {
        draft.grant(Op::Set { record: id, property: is::MERGED_INTO, from: Some(mark.clone()), to: None })?;
    }
    for property in taken {
        if let Some(from) = binned.record.values.get(property) {
            draft.grant(Op::Set { record: id, property, from: Some(from.clone()), to: None })?;
        }
    }
    moving::out_of_gone_stage(draft, id)?;
    Ok(binned.act)
}

/// What another record has by now is left out if that was agreed to, else asked about.
fn taken(draft: &Draft, record: &Record, without: &[PropertyId]) -> Planned<BTreeSet<PropertyId>> {
    let settings = draft.settings();
    let mut taken = BTreeSet::new();
    for key in Key::of(record, &settings.general.phone_country) {
        let (main, further, value) = match &key {
            Key::Email(text) => (is::EMAIL, is::EMAILS, text.clone()),
            Key::Domain(text) => (is::DOMAIN, is::DOMAINS, text.clone()),
            Key::Phone(_) | Key::External(..) => continue,
        };
        let Some(holder) = draft.find(&key)?.into_iter().find(|id| *id != record.id) else { continue };
        if !without.contains(&main) {
            let name = settings.object(record.id.object).and_then(|s| s.property(main)).map(|p| p.name.clone());
            let taken_by = draft.name(Ref::Record(holder))?;
            let name = name.unwrap_or_default();
            let question = Question::RestoreWithout { record: record.id, property: main, name, value, taken_by };
            return Err(Refusal::Needs(question).into());
        }
        taken.extend([main, further]);
    }
    Ok(taken)
}

/// Sets back what the deletion did to the surroundings of the record, as far as they are still there.
fn bring_back(draft: &mut Draft, id: RecordId, logged: &Logged) -> Planned {
    let own: BTreeSet<ActivityId> = whole(logged)
        .filter_map(|(op, _)| match op {
            Op::Detach { activity, target } if target.record == id => Some(*activity),
            _ => None,
        })
        .collect();
    for (op, _) in whole(logged) {
        match op {
            Op::Bin(Ref::Activity(activity))
                if own.contains(activity) && draft.binned_activity(*activity)?.is_some() =>
            {
                draft.grant(Op::Unbin(Ref::Activity(*activity)))?;
            }
            Op::Detach { activity, target }
                if target.record == id
                    && draft.activity(*activity)?.is_some_and(|a| a.targets.iter().all(|t| t.record != id)) =>
            {
                draft.grant(Op::Attach { activity: *activity, target: target.clone() })?;
            }
            Op::Unlink(tie) if tie.a == id || tie.b == id => tie_again(draft, id, tie, logged)?,
            _ => {}
        }
    }
    Ok(())
}

/// Ops that are logged whole, the last one first.
fn whole(logged: &Logged) -> impl Iterator<Item = (&Op, &Reason)> {
    logged.ops.iter().rev().filter_map(|(op, why)| match op {
        LoggedOp::Whole(op) => Some((op, why)),
        _ => None,
    })
}

fn tie_again(draft: &mut Draft, id: RecordId, tie: &Association, logged: &Logged) -> Planned {
    let other = tie.other(id);
    let name = draft.name(Ref::Record(other))?;
    if draft.record(other)?.is_none() {
        let where_to = if draft.binned(other)?.is_some() { "is in the bin" } else { "is gone" };
        draft.skipped.push(format!("{name} {where_to}: not associated again"));
        return Ok(());
    }
    if draft.tie_of(id, other)?.is_some() {
        return Ok(());
    }
    let mut tie = tie.clone();
    for (end, far) in [(tie.a, tie.b), (tie.b, tie.a)] {
        let links = draft.links(end, Some(far.object))?;
        if draft.settings().associations.limit(end.object, far.object).is_some_and(|most| links.len() >= most) {
            draft.skipped.push(format!("{name}: the limit is reached, not associated again"));
            return Ok(());
        }
    }
    for (end, far) in [(tie.a, tie.b), (tie.b, tie.a)] {
        let primary = primary_again(draft, &tie, end, logged)?;
        tie.ends.set_primary(end, far, primary);
    }
    if !association::fits(draft, tie.a, tie.b, &tie.ends.labels)? {
        draft.skipped.push(format!("{name}: another parent company came meanwhile, associated without that label"));
        tie.ends.labels.retain(|label| label.other_way() != PARENT && *label != PARENT);
    }
    draft.grant(Op::Link(Box::new(tie)))?;
    Ok(())
}

/// Whether the other end of a tie that comes back is primary for `end`: if there is no other, or one that stood in for
/// it since and steps back now.
fn primary_again(draft: &mut Draft, tie: &Association, end: RecordId, logged: &Logged) -> Planned<bool> {
    let (was, far) = (tie.link_of(end).primary, tie.other(end));
    if !has_primary(end.object, far.object) {
        return Ok(false);
    }
    let links = draft.links(end, Some(far.object))?;
    let Some(now) = links.into_iter().find(|link| link.primary) else { return Ok(true) };
    let stood_in = |(op, why): (&Op, &Reason)| match op {
        Op::Relabel { a, b, .. } => *why != Reason::Asked && [(*a, *b), (*b, *a)].contains(&(end, now.other)),
        _ => false,
    };
    if !was || !whole(logged).any(stood_in) {
        return Ok(false);
    }
    association::mark(draft, end, now.other, false, Reason::Asked)?;
    Ok(true)
}

pub(super) fn erase(draft: &mut Draft, what: &[Ref], confirmed: bool) -> Planned<Granted> {
    let (mut names, mut gone) = (Vec::new(), Vec::new());
    for one in what {
        names.push(draft.name(*one)?);
        gone.push(*one);
        match one {
            Ref::Record(id) => gone.extend(prepare_erase(draft, *id, what)?),
            Ref::Activity(id) => {
                if draft.binned_activity(*id)?.is_none() {
                    activity::delete(draft, *id)?;
                }
            }
        }
    }
    if !confirmed {
        let activities = gone.iter().filter(|one| matches!(one, Ref::Activity(_))).count();
        return Err(Refusal::Needs(Question::Erase { what: what.to_vec(), names, activities }).into());
    }
    for one in gone {
        draft.grant(Op::Erase(one))?;
    }
    draft.skip_settling();
    let plural = if what.len() == 1 { "one record or activity" } else { "records or activities" };
    let what_said =
        if what.len() == 1 { format!("Erased {plural}") } else { format!("Erased {} {plural}", what.len()) };
    Ok(Granted::new(what_said, what.to_vec()))
}

/// Puts a record that is not in the bin there first, and names the activities that go with it.
fn prepare_erase(draft: &mut Draft, id: RecordId, all: &[Ref]) -> Planned<Vec<Ref>> {
    if let Some(binned) = draft.binned(id)? {
        permission::check(draft, Verb::Delete, &binned.record)?;
        merge::name_remains(draft, &binned.record, all)?;
        if binned.record.merged_into().is_some() {
            // Its activities are those of the record that stayed.
            return Ok(Vec::new());
        }
        let Some(head) = draft.act(binned.act)? else { return Ok(Vec::new()) };
        let mut along = Vec::new();
        for seq in head.first.0..=head.last.0 {
            if let Some(logged) = super::undo::of_act(draft, Seq(seq), binned.act)? {
                along.extend(detached(&logged, id));
            }
        }
        let mut gone: Vec<Ref> = Vec::new();
        let events = event::forgotten(draft, &binned.record, &along)?;
        along.retain(|activity| !events.contains(activity));
        gone.extend(events.into_iter().map(Ref::Activity));
        for activity in along {
            if draft.binned_activity(activity)?.is_some_and(|a| a.targets.is_empty()) {
                gone.push(Ref::Activity(activity));
            }
        }
        return Ok(gone);
    }
    let entries = draft.entries(id)?;
    let record = existing(draft, id)?;
    merge::name_remains(draft, &record, all)?;
    let leads = lead::bereft(draft, all)?;
    delete_record(draft, id)?;
    // Erasing asks anyway, and its leads stay in the bin.
    draft.agreed = true;
    let leads = lead::lost(draft, leads)?;
    lead::go_along(draft, &leads)?;
    draft.settle()?;
    let own: Vec<ActivityId> = entries.into_iter().map(|entry| entry.id).collect();
    let mut gone = event::forgotten(draft, &record, &own)?;
    for id in own {
        if draft.activity(id)?.is_none() {
            gone.insert(id);
        }
    }
    Ok(gone.into_iter().map(Ref::Activity).collect())
}

fn detached(logged: &Logged, id: RecordId) -> impl Iterator<Item = ActivityId> {
    logged.ops.iter().filter_map(move |(op, _)| match op {
        LoggedOp::Whole(Op::Detach { activity, target }) if target.record == id => Some(*activity),
        _ => None,
    })
}
