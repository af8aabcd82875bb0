//! Tying records together (R5.1 to R5.4, R5.8).

use super::permission::{self, Verb};
use super::record::existing;
use super::{Draft, Granted, NoPlan, Planned};
use crate::domain::association::{Association, Ends, has_primary};
use crate::domain::change::{Op, Reason, Refusal, counted_names};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId, Ref};

/// How many records of an object one may be associated with (R5.3): of companies, a contact has one.
pub(super) fn limit(of: Object, to: Object) -> Option<usize> {
    (of == Object::CONTACT && to == Object::COMPANY).then_some(1)
}

pub(super) fn associate(
    draft: &mut Draft,
    one: RecordId,
    other: RecordId,
    primary: bool,
    replace: bool,
) -> Planned<Granted> {
    let record = existing(draft, one)?;
    permission::check(draft, Verb::Edit, &record)?;
    let end = existing(draft, other)?;
    permission::check(draft, Verb::View, &end)?;
    let names = (record.name(), end.name());
    match draft.tie_of(one, other)? {
        Some(tie) if primary && !tie.link_of(one).primary => make_primary(draft, &tie, one)?,
        Some(_) => {
            return Err(Refusal::rule(5, 2, format!("{} and {} are associated already", names.0, names.1)).into());
        }
        None => tie(draft, one, other, primary, replace)?,
    }
    draft.settle()?;
    Ok(Granted::new(format!("Associated {} with {}", names.0, names.1), vec![one.into(), other.into()]))
}

/// Ties two records, both ways; the first of an object becomes primary where one is due (R5.4).
pub(super) fn tie(draft: &mut Draft, one: RecordId, other: RecordId, primary: bool, replace: bool) -> Planned {
    check_pair(one, other)?;
    existing(draft, other)?;
    make_room(draft, one, other, replace)?;
    make_room(draft, other, one, replace)?;
    let mut tie = draft.tie(one, other, Reason::Asked);
    for (end, far) in [(one, other), (other, one)] {
        if !has_primary(end.object, far.object) {
            continue;
        }
        let before = draft.links(end, Some(far.object))?.into_iter().find(|link| link.primary);
        let wanted = primary && end == one;
        if let (Some(link), true) = (&before, wanted)
            && let Some(was) = draft.tie_of(end, link.other)?
        {
            relabel(draft, &was, end, false, Reason::rule(5, 4, "another one was made primary"))?;
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
    let Some(most) = limit(end.object, far.object) else { return Ok(()) };
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
        relabel(draft, &was, end, false, Reason::rule(5, 4, "another one was made primary"))?;
    }
    relabel(draft, tie, end, true, Reason::Asked)
}

fn relabel(draft: &mut Draft, tie: &Association, end: RecordId, primary: bool, why: Reason) -> Planned {
    let mut to = tie.ends.clone();
    to.set_primary(end, tie.other(end), primary);
    draft.push(Op::Relabel { a: tie.a, b: tie.b, from: tie.ends.clone(), to }, why)?;
    Ok(())
}

pub(super) fn dissociate(draft: &mut Draft, one: RecordId, other: RecordId) -> Planned<Granted> {
    let (record, end) = (existing(draft, one)?, existing(draft, other)?);
    permission::check(draft, Verb::Edit, &record)?;
    let Some(tie) = draft.tie_of(one, other)? else {
        let sentence = format!("{} and {} are not associated", record.name(), end.name());
        return Err(Refusal::Missing(sentence).into());
    };
    draft.grant(Op::Unlink(Box::new(tie)))?;
    draft.settle()?;
    let what = format!("Took {} off {}", end.name(), record.name());
    Ok(Granted::new(what, vec![one.into(), other.into()]))
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
