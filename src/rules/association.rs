//! Tying records together (R5.1 to R5.4, R5.8). How many one may have is in `association/limits.rs`, what they are to
//! each other in `association/labels.rs`, what must hold whatever was set back in `association/whole.rs`.

pub(super) mod labels;
mod limits;
mod whole;

use super::permission::{self, Verb};
use super::record::existing;
use super::{Draft, Granted, NoPlan, Planned, lead};
use crate::domain::association::{Association, Ends, Full, Labelling, Tying, has_primary};
use crate::domain::change::{Op, Question, Reason, Refusal, counted_names};
use crate::domain::graph::Graph;
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::record::Record;

pub(super) use labels::fits;
pub(super) use limits::{lowered, set as set_limits};
pub(super) use whole::flaw;

/// One save of a picker (R5.6): what goes goes first, so that there is room for what comes.
pub(super) fn associate(draft: &mut Draft, one: RecordId, ties: &[Tying], off: &[RecordId]) -> Planned<Granted> {
    let record = existing(draft, one)?;
    permission::check(draft, Verb::Edit, &record)?;
    let kept: Vec<RecordId> = ties.iter().map(|tying| tying.other).collect();
    for other in kept.iter().chain(off) {
        permission::check(draft, Verb::View, &existing(draft, *other)?)?;
    }
    let (mut on, mut changed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for other in off {
        gone.push(take_off(draft, &record, *other)?);
    }
    // Whoever is left takes over before anyone comes (R5.4).
    draft.settle()?;
    let relabelled = labels::let_go(draft, one, ties)?;
    let mut full = Vec::new();
    for tying in ties {
        let name = draft.name(Ref::Record(tying.other))?;
        let Some(standing) = draft.tie_of(one, tying.other)? else {
            tie_or_ask(draft, one, tying, &kept, &mut full)?;
            on.push(name);
            continue;
        };
        if change(draft, &standing, one, tying)? || relabelled.contains(&tying.other) {
            changed.push(name);
        }
    }
    if !full.is_empty() {
        return Err(Refusal::Needs(Question::Replace(full)).into());
    }
    draft.settle()?;
    let leads = lead::lost(draft, std::iter::once(one).chain(off.iter().copied()).filter(|_| !off.is_empty()))?;
    lead::go_along(draft, &leads)?;
    draft.settle()?;
    let refs = std::iter::once(one).chain(kept.iter().copied()).chain(off.iter().copied());
    Ok(Granted::new(said(&record.name(), &on, &changed, &gone), refs.map(Ref::Record).collect()))
}

/// `Associated Jan with Acme, took Beta off`.
fn said(name: &str, on: &[String], changed: &[String], gone: &[String]) -> String {
    let mut parts = Vec::new();
    if !on.is_empty() {
        parts.push(format!("associated {name} with {}", counted_names(on)));
    }
    if !changed.is_empty() {
        parts.push(format!("changed the association of {name} with {}", counted_names(changed)));
    }
    if !gone.is_empty() {
        let off = if parts.is_empty() { format!(" {name}") } else { String::new() };
        parts.push(format!("took {} off{off}", counted_names(gone)));
    }
    let said = if parts.is_empty() { format!("changed nothing of {name}") } else { parts.join(", ") };
    let mut letters = said.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// What a new record is to be associated with.
pub(super) fn tie_new(draft: &mut Draft, one: RecordId, ties: &[Tying]) -> Planned {
    let kept: Vec<RecordId> = ties.iter().map(|tying| tying.other).collect();
    for other in &kept {
        permission::check(draft, Verb::View, &existing(draft, *other)?)?;
    }
    let mut full = Vec::new();
    ties.iter().try_for_each(|tying| tie_or_ask(draft, one, tying, &kept, &mut full))?;
    if full.is_empty() { Ok(()) } else { Err(Refusal::Needs(Question::Replace(full)).into()) }
}

/// Goes on as if the answer were yes, so that one question names all that is in the way.
fn tie_or_ask(draft: &mut Draft, one: RecordId, tying: &Tying, kept: &[RecordId], asked: &mut Vec<Full>) -> Planned {
    match tie(draft, one, tying, kept) {
        Err(NoPlan::Refused(Refusal::Needs(Question::Replace(full)))) => {
            asked.extend(full);
            tie(draft, one, &Tying { replace: true, ..tying.clone() }, kept)
        }
        tied => tied,
    }
}

/// Ties two records, or changes the tie that they have.
pub(super) fn put(draft: &mut Draft, one: RecordId, tying: &Tying) -> Planned {
    match draft.tie_of(one, tying.other)? {
        Some(standing) => change(draft, &standing, one, tying).map(drop),
        None => tie(draft, one, tying, &[]),
    }
}

/// Ties two records, both ways; the first of an object becomes primary where one is due (R5.4). `kept`: what does not
/// give way at a limit, since it is asked for as well. Nothing is granted when it refuses.
pub(super) fn tie(draft: &mut Draft, one: RecordId, tying: &Tying, kept: &[RecordId]) -> Planned {
    let other = tying.other;
    check_pair(one, other)?;
    existing(draft, other)?;
    if tying.primary {
        check_primary(draft, one, other)?;
    }
    let wanted: &[_] = match &tying.labels {
        Labelling::Keep => &[],
        Labelling::Add(labels) | Labelling::Exactly(labels) => labels,
    };
    labels::check(draft, one, other, &[], wanted)?;
    let full = [limits::full(draft, one, other, kept)?, limits::full(draft, other, one, &[])?];
    let full: Vec<Full> = full.into_iter().flatten().collect();
    if !full.is_empty() && !tying.replace {
        return Err(Refusal::Needs(Question::Replace(full)).into());
    }
    full.iter().try_for_each(|full| limits::make_room(draft, full))?;
    let mut tie = draft.tie(one, other, Reason::Asked);
    tie.ends.set_labels(one < other, wanted);
    for (end, far) in [(one, other), (other, one)] {
        if !has_primary(end.object, far.object) {
            continue;
        }
        let wanted = tying.primary && end == one;
        let before = if wanted { step_back(draft, end, far.object)? } else { has_one(draft, end, far.object)? };
        if wanted || !before {
            tie.ends.set_primary(end, far, true);
            tie.why = if wanted { Reason::Asked } else { Reason::rule(5, 4, "the first one is primary") };
        }
    }
    // What was asked for is no effect of a rule, even when it becomes primary by one.
    draft.grant(Op::Link(Box::new(tie)))?;
    Ok(())
}

fn has_one(draft: &Draft, end: RecordId, far: Object) -> Planned<bool> {
    Ok(draft.links(end, Some(far))?.iter().any(|link| link.primary))
}

/// The one that is primary makes way for another; answers whether there is one.
fn step_back(draft: &mut Draft, end: RecordId, far: Object) -> Planned<bool> {
    let before = draft.links(end, Some(far))?.into_iter().find(|link| link.primary);
    let Some(link) = before else { return Ok(false) };
    mark(draft, end, link.other, false, Reason::rule(5, 4, "another one was made primary"))?;
    Ok(true)
}

/// Labels and primary mark of an association that stands; answers whether anything of it is another now. One that is
/// merely asked for again is refused.
fn change(draft: &mut Draft, tie: &Association, one: RecordId, tying: &Tying) -> Planned<bool> {
    let link = tie.link_of(one);
    let labels = match &tying.labels {
        Labelling::Keep => link.labels.clone(),
        Labelling::Add(more) => link.labels.iter().chain(more).copied().collect(),
        Labelling::Exactly(labels) => labels.iter().copied().chain(labels::hidden(draft, &link.labels)).collect(),
    };
    if tying.primary {
        check_primary(draft, one, tying.other)?;
    }
    labels::check(draft, one, tying.other, &link.labels, &labels)?;
    let mut to = tie.ends.clone();
    to.set_labels(tie.a == one, &labels);
    let primary = tying.primary && !link.primary;
    if to == tie.ends && !primary {
        if tying.labels == Labelling::Keep && !tying.primary {
            let (name, other) = (draft.name(one.into())?, draft.name(tying.other.into())?);
            return Err(Refusal::rule(5, 2, format!("{name} and {other} are associated already")).into());
        }
        return Ok(false);
    }
    if primary {
        step_back(draft, one, tying.other.object)?;
        to.set_primary(one, tying.other, true);
    }
    draft.grant(Op::Relabel { a: tie.a, b: tie.b, from: tie.ends.clone(), to })?;
    Ok(true)
}

/// Which objects are associated at all (R5.1).
pub(super) fn check_objects(one: Object, other: Object) -> Result<(), Refusal> {
    if (one, other) == (Object::LEAD, Object::LEAD) {
        return Err(Refusal::rule(5, 1, "Leads are not associated with leads"));
    }
    Ok(())
}

fn check_pair(one: RecordId, other: RecordId) -> Result<(), Refusal> {
    if one == other {
        return Err(Refusal::rule(5, 1, "A record can't be associated with itself"));
    }
    check_objects(one.object, other.object)
}

fn check_primary(draft: &Draft, one: RecordId, other: RecordId) -> Result<(), Refusal> {
    if has_primary(one.object, other.object) {
        return Ok(());
    }
    let settings = draft.settings();
    let name = |object| settings.object(object).map_or("record", |spec| spec.singular.as_str()).to_lowercase();
    Err(Refusal::rule(5, 4, format!("A {} has no primary {}", name(one.object), name(other.object))))
}

/// Marks `other` as the primary one for `end`, or takes the mark away.
pub(super) fn mark(draft: &mut Draft, end: RecordId, other: RecordId, primary: bool, why: Reason) -> Planned {
    if let Some(tie) = draft.tie_of(end, other)? {
        let mut to = tie.ends.clone();
        to.set_primary(end, other, primary);
        draft.push(Op::Relabel { a: tie.a, b: tie.b, from: tie.ends, to }, why)?;
    }
    Ok(())
}

/// Takes one off, and answers its name.
fn take_off(draft: &mut Draft, record: &Record, other: RecordId) -> Planned<String> {
    let name = draft.name(Ref::Record(other))?;
    let Some(tie) = draft.tie_of(record.id, other)? else {
        return Err(Refusal::Missing(format!("{} and {name} are not associated", record.name())).into());
    };
    draft.grant(Op::Unlink(Box::new(tie)))?;
    Ok(name)
}

/// Taking the primary one away makes the oldest remaining one primary (R5.4).
pub(super) fn oldest_takes_over(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    let Op::Unlink(gone) = op else { return Ok(Vec::new()) };
    let mut ops = Vec::new();
    for end in [gone.a, gone.b] {
        let far = gone.other(end);
        if !gone.link_of(end).primary || draft.record(end)?.is_none() {
            continue;
        }
        let links = draft.links(end, Some(far.object))?;
        if links.iter().any(|link| link.primary) {
            continue;
        }
        let Some(oldest) = links.first() else { continue };
        if let Some(tie) = draft.tie_of(end, oldest.other)? {
            let mut to: Ends = tie.ends.clone();
            to.set_primary(end, oldest.other, true);
            let why = Reason::rule(5, 4, "the oldest one left is primary");
            ops.push((Op::Relabel { a: tie.a, b: tie.b, from: tie.ends, to }, why));
        }
    }
    Ok(ops)
}
