//! Tying records together (R5.1 to R5.4, R5.8).

use super::permission::{self, Verb};
use super::record::existing;
use super::{Draft, Granted, NoPlan, Planned};
use crate::domain::association::{Association, Ends, Labelling, Tying, has_primary};
use crate::domain::change::{Op, Reason, Refusal, counted_names};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::record::Record;

/// One save of a picker (R5.6): what goes goes first, so that there is room for what comes.
pub(super) fn associate(draft: &mut Draft, one: RecordId, ties: &[Tying], off: &[RecordId]) -> Planned<Granted> {
    let record = existing(draft, one)?;
    permission::check(draft, Verb::Edit, &record)?;
    let (mut on, mut gone) = (Vec::new(), Vec::new());
    for other in off {
        gone.push(take_off(draft, &record, *other)?);
    }
    for tying in ties {
        let end = existing(draft, tying.other)?;
        permission::check(draft, Verb::View, &end)?;
        put(draft, one, tying)?;
        on.push(end.name());
    }
    draft.settle()?;
    let name = record.name();
    let what = match (on.as_slice(), gone.as_slice()) {
        (on, []) => format!("Associated {name} with {}", counted_names(on)),
        ([], gone) => format!("Took {} off {name}", counted_names(gone)),
        (on, gone) => format!("Associated {name} with {}, took {} off", counted_names(on), counted_names(gone)),
    };
    let others = ties.iter().map(|tying| tying.other).chain(off.iter().copied());
    Ok(Granted::new(what, std::iter::once(one).chain(others).map(Ref::Record).collect()))
}

/// Ties two records, or changes the tie that they have.
pub(super) fn put(draft: &mut Draft, one: RecordId, tying: &Tying) -> Planned {
    match draft.tie_of(one, tying.other)? {
        Some(standing) => change(draft, &standing, one, tying),
        None => tie(draft, one, tying),
    }
}

/// Ties two records, both ways; the first of an object becomes primary where one is due (R5.4).
pub(super) fn tie(draft: &mut Draft, one: RecordId, tying: &Tying) -> Planned {
    let other = tying.other;
    check_pair(one, other)?;
    existing(draft, other)?;
    make_room(draft, one, other, tying.replace)?;
    make_room(draft, other, one, tying.replace)?;
    let mut tie = draft.tie(one, other, Reason::Asked);
    if let Labelling::Add(labels) | Labelling::Exactly(labels) = &tying.labels {
        tie.ends.set_labels(one < other, labels);
    }
    for (end, far) in [(one, other), (other, one)] {
        if !has_primary(end.object, far.object) {
            continue;
        }
        let before = draft.links(end, Some(far.object))?.into_iter().find(|link| link.primary);
        let wanted = tying.primary && end == one;
        if let (Some(link), true) = (&before, wanted)
            && let Some(was) = draft.tie_of(end, link.other)?
        {
            mark(draft, &was, end, false, Reason::rule(5, 4, "another one was made primary"))?;
        }
        if before.is_none() || wanted {
            tie.ends.set_primary(end, far, true);
            tie.why = if wanted { Reason::Asked } else { Reason::rule(5, 4, "the first one is primary") };
        }
    }
    // What was asked for is no effect of a rule, even when it becomes primary by one.
    draft.grant(Op::Link(Box::new(tie)))?;
    Ok(())
}

/// Labels and primary mark of an association that stands; one that would stay as it is was asked for twice.
fn change(draft: &mut Draft, tie: &Association, one: RecordId, tying: &Tying) -> Planned {
    let link = tie.link_of(one);
    let labels = match &tying.labels {
        Labelling::Keep => link.labels.clone(),
        Labelling::Add(more) => link.labels.iter().chain(more).copied().collect(),
        Labelling::Exactly(labels) => labels.clone(),
    };
    let mut to = tie.ends.clone();
    to.set_labels(tie.a == one, &labels);
    let primary = tying.primary && !link.primary;
    if to == tie.ends && !primary {
        if matches!(tying.labels, Labelling::Exactly(_)) {
            return Ok(());
        }
        let (name, other) = (draft.name(one.into())?, draft.name(tying.other.into())?);
        return Err(Refusal::rule(5, 2, format!("{name} and {other} are associated already")).into());
    }
    if to != tie.ends {
        draft.grant(Op::Relabel { a: tie.a, b: tie.b, from: tie.ends.clone(), to })?;
    }
    match draft.tie_of(one, tying.other)? {
        Some(tie) if primary => make_primary(draft, &tie, one),
        _ => Ok(()),
    }
}

fn check_pair(one: RecordId, other: RecordId) -> Result<(), Refusal> {
    if one == other {
        return Err(Refusal::rule(5, 1, "A record can't be associated with itself"));
    }
    if one.object == Object::LEAD && other.object == Object::LEAD {
        return Err(Refusal::rule(5, 1, "Leads are not associated with leads"));
    }
    Ok(())
}

/// At a limit the new one replaces the old, or is refused (R5.3).
fn make_room(draft: &mut Draft, end: RecordId, far: RecordId, replace: bool) -> Planned {
    let Some(most) = draft.settings().associations.limit(end.object, far.object) else { return Ok(()) };
    let links = draft.links(end, Some(far.object))?;
    if links.len() < most {
        return Ok(());
    }
    if !replace {
        let have = links.iter().map(|link| draft.name(Ref::Record(link.other))).collect::<Read<Vec<_>>>()?;
        let name = draft.name(Ref::Record(end))?;
        let sentence =
            format!("{name} has {} already, and {most} is the limit. --replace replaces it", counted_names(&have));
        return Err(Refusal::rule(5, 3, sentence).into());
    }
    if let Some(link) = links.first()
        && let Some(tie) = draft.tie_of(end, link.other)?
    {
        draft.push(Op::Unlink(Box::new(tie)), Reason::rule(5, 3, "replaced at the limit"))?;
    }
    Ok(())
}

fn make_primary(draft: &mut Draft, tie: &Association, end: RecordId) -> Planned {
    let far = tie.other(end);
    if !has_primary(end.object, far.object) {
        return Err(Refusal::rule(5, 4, "These records have no primary one of that kind").into());
    }
    let before = draft.links(end, Some(far.object))?.into_iter().find(|link| link.primary);
    if let Some(link) = before
        && let Some(was) = draft.tie_of(end, link.other)?
    {
        mark(draft, &was, end, false, Reason::rule(5, 4, "another one was made primary"))?;
    }
    mark(draft, tie, end, true, Reason::Asked)
}

fn mark(draft: &mut Draft, tie: &Association, end: RecordId, primary: bool, why: Reason) -> Planned {
    let mut to = tie.ends.clone();
    to.set_primary(end, tie.other(end), primary);
    draft.push(Op::Relabel { a: tie.a, b: tie.b, from: tie.ends.clone(), to }, why)?;
    Ok(())
}

/// Takes one off, and answers its name.
fn take_off(draft: &mut Draft, record: &Record, other: RecordId) -> Planned<String> {
    let end = existing(draft, other)?;
    let Some(tie) = draft.tie_of(record.id, other)? else {
        return Err(Refusal::Missing(format!("{} and {} are not associated", record.name(), end.name())).into());
    };
    draft.grant(Op::Unlink(Box::new(tie)))?;
    Ok(end.name())
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
