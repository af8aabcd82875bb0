//! One op of the log read backwards: what sets it back as things are now, or what stands in the way.

use crate::domain::activity::Activity;
use crate::domain::association::{Association, Ends};
use crate::domain::change::Op;
use crate::domain::graph::{Graph, Logged, LoggedOp, Read};
use crate::domain::id::{ActivityId, RecordId, Ref};
use crate::domain::label::LABELS;
use crate::domain::object::is;
use crate::domain::pipeline::PIPELINES;
use crate::domain::settings::{LIMITS, object_of_key, property_of_key};
use crate::domain::sight::first_in_sentence;
use crate::domain::value::Value;
use crate::rules::{Draft, association, label, moving, object, pipeline, property};
use std::collections::{BTreeMap, HashSet};

/// The ops that set one op back, or why they can't.
pub(super) type Back = Read<Result<Vec<Op>, Stuck>>;

/// What can't be set back as things are: which thing, in words, and what of the log may tell why.
pub(super) struct Stuck {
    pub of: Ref,
    pub sentence: String,
}

/// The ops that set one op back, or why they can't.
pub(super) fn inverse(draft: &Draft, logged: &Logged, op: &LoggedOp) -> Back {
    let stuck = |of: Ref, why: &str| -> Back {
        Ok(Err(Stuck { of, sentence: format!("{} {why}", first_in_sentence(draft.name(of)?)) }))
    };
    let one = |op: Op| Ok(Ok(vec![op]));
    match op {
        LoggedOp::Erased => Ok(Ok(Vec::new())),
        LoggedOp::Notified(id) => {
            let standing = draft.notification(*id)?.filter(|told| !told.withdrawn);
            Ok(Ok(standing.map(|told| Op::Withdraw(Box::new(told))).into_iter().collect()))
        }
        LoggedOp::Withdrawn(id) => {
            let withdrawn = draft.notification(*id)?.filter(|told| told.withdrawn);
            let again = withdrawn.map(|told| Op::Notify(Box::new(told.due_again(draft.asking.now))));
            Ok(Ok(again.into_iter().collect()))
        }
        LoggedOp::Created(id) => uncreate(draft, *id, logged),
        LoggedOp::Linked(a, b) => match draft.tie_of(*a, *b)? {
            Some(tie) if tie.act == logged.act && ends_given(draft, &tie, logged)? != tie.ends => {
                stuck(Ref::Record(*a), "has other labels or another primary one since")
            }
            Some(tie) if tie.act == logged.act => one(Op::Unlink(Box::new(tie))),
            _ => stuck(Ref::Record(*a), "is not associated as it was"),
        },
        LoggedOp::Logged(id) => match draft.activity(*id)? {
            Some(activity) if amended_since(draft, &activity, logged)? => {
                stuck(Ref::Activity(*id), "was changed since")
            }
            Some(_) => one(Op::Bin(Ref::Activity(*id))),
            None => stuck(Ref::Activity(*id), "is in the bin"),
        },
        LoggedOp::Whole(op @ (Op::Unlink(_) | Op::Attach { .. } | Op::Detach { .. })) => {
            inverse_of_tie(draft, logged, op, &stuck)
        }
        LoggedOp::Whole(op) => inverse_of_whole(draft, logged, op, &stuck),
    }
}

/// What was taken apart is tied again, if both ends are there or come back with the same commit, whose log has the
/// ties after the records.
fn inverse_of_tie(draft: &Draft, logged: &Logged, op: &Op, stuck: &dyn Fn(Ref, &str) -> Back) -> Back {
    let one = |op: Op| Ok(Ok(vec![op]));
    let gone = |what: Ref| -> Read<bool> {
        let comes_back = || logged.ops.iter().any(|(op, _)| matches!(op, LoggedOp::Whole(Op::Bin(of)) if *of == what));
        Ok(!is_there(draft, what)? && !comes_back())
    };
    // What came out of the bin goes back there with what it had in it.
    let goes_back = |activity: ActivityId| {
        let of = Ref::Activity(activity);
        logged.ops.iter().any(|(op, _)| matches!(op, LoggedOp::Whole(Op::Unbin(what)) if *what == of))
    };
    let has = |activity: ActivityId, record: RecordId| -> Read<bool> {
        Ok(draft.activity(activity)?.is_some_and(|found| found.targets.iter().any(|target| target.record == record)))
    };
    match op {
        Op::Unlink(tie) if gone(tie.a.into())? => stuck(tie.a.into(), "is not there any more"),
        Op::Unlink(tie) if gone(tie.b.into())? => stuck(tie.b.into(), "is not there any more"),
        Op::Unlink(tie) if draft.tie_of(tie.a, tie.b)?.is_some() => stuck(tie.a.into(), "was associated again since"),
        Op::Unlink(tie) => one(Op::Link(tie.clone())),
        Op::Attach { activity, target } if has(*activity, target.record)? => {
            one(Op::Detach { activity: *activity, target: target.clone() })
        }
        Op::Attach { activity, .. } => stuck(Ref::Activity(*activity), "was taken off since"),
        Op::Detach { activity, .. } if gone(Ref::Activity(*activity))? => {
            stuck(Ref::Activity(*activity), "is not there any more")
        }
        Op::Detach { activity, target } if gone(target.record.into())? && !goes_back(*activity) => {
            stuck(target.record.into(), "is not there any more")
        }
        Op::Detach { activity, target } if has(*activity, target.record)? => {
            stuck(Ref::Activity(*activity), "was associated again since")
        }
        Op::Detach { activity, target } => one(Op::Attach { activity: *activity, target: target.clone() }),
        _ => Ok(Ok(Vec::new())),
    }
}

fn inverse_of_whole(draft: &Draft, logged: &Logged, op: &Op, stuck: &dyn Fn(Ref, &str) -> Back) -> Back {
    let one = |op: Op| Ok(Ok(vec![op]));
    match op {
        Op::Set { record: id, property, from, to } => match draft.record(*id)? {
            Some(_) if *property == is::STAGE && is_gone(draft, from.as_ref()) && !goes_again(logged, *id) => {
                stuck(Ref::Record(*id), "was in a stage that was deleted since")
            }
            Some(record) if record.values.get(*property) == to.as_ref() => {
                one(Op::Set { record: *id, property: *property, from: to.clone(), to: from.clone() })
            }
            Some(_) => stuck(Ref::Record(*id), "was changed since"),
            None => stuck(Ref::Record(*id), "is not there any more"),
        },
        Op::Link(tie) => match draft.tie_of(tie.a, tie.b)? {
            Some(now) if now == **tie => one(Op::Unlink(tie.clone())),
            _ => stuck(Ref::Record(tie.a), "is not associated as it was"),
        },
        Op::Relabel { a, b, from, to } => match draft.tie_of(*a, *b)? {
            Some(tie) if tie.ends == *to => one(Op::Relabel { a: *a, b: *b, from: to.clone(), to: from.clone() }),
            _ => stuck(Ref::Record(*a), "has other labels since"),
        },
        Op::Edit { activity: id, from, to } => match draft.activity(*id)? {
            Some(activity) if activity.is_so(to) => one(Op::Edit { activity: *id, from: to.clone(), to: from.clone() }),
            Some(_) => stuck(Ref::Activity(*id), "was changed since"),
            None => stuck(Ref::Activity(*id), "is not there any more"),
        },
        Op::Bin(what) => unbin(draft, *what, stuck),
        Op::Unbin(what) if !is_there(draft, *what)? => stuck(*what, "is not there any more"),
        Op::Unbin(Ref::Record(id)) if has_more_since(draft, *id, logged)? => {
            stuck(Ref::Record(*id), "has associations or activities since")
        }
        Op::Unbin(what) => one(Op::Bin(*what)),
        Op::Setting { key, from, to } => inverse_of_setting(draft, key, from.as_deref(), to.as_deref()),
        _ => Ok(Ok(Vec::new())),
    }
}

/// Rows that keep numbers which are never given twice are put together anew; others become what they were.
fn inverse_of_setting(draft: &Draft, key: &str, from: Option<&str>, to: Option<&str>) -> Back {
    let settings = draft.settings();
    let set_back =
        |row: Option<String>| vec![Op::Setting { key: key.to_owned(), from: to.map(str::to_owned), to: row }];
    let back = if key.starts_with(LABELS) {
        label::row_before(&settings, key, from, to).map_err(nobody)
    } else if property_of_key(key).is_some() {
        property::row_before(&settings, key, from, to).map_err(nobody)
    } else if key.starts_with(PIPELINES) {
        pipeline::row_before(draft, key, from, to)?.map_err(nobody)
    } else if object_of_key(key).is_some() {
        object::row_before(draft, key, from, to)?.map_err(|(of, sentence)| match of {
            Some(id) => Stuck { of: Ref::Record(id), sentence },
            None => nobody(sentence),
        })
    } else {
        return inverse_of_plain(draft, key, from, to);
    };
    Ok(back.map(|row| set_back(Some(row))))
}

fn inverse_of_plain(draft: &Draft, key: &str, from: Option<&str>, to: Option<&str>) -> Back {
    let settings = draft.settings();
    let back = settings.with(key, from);
    if key == LIMITS
        && let Some(sentence) = association::lowered(draft, &settings, &back.associations)?
    {
        return Ok(Err(nobody(sentence)));
    }
    let has_admin = back.users.iter().any(|user| user.super_admin && user.active);
    if settings.row(key) == to && has_admin {
        let (from, to) = (to.map(str::to_owned), from.map(str::to_owned));
        return Ok(Ok(vec![Op::Setting { key: key.to_owned(), from, to }]));
    }
    Ok(Err(nobody(match has_admin {
        true => format!("The setting {key} was changed since"),
        false => "Somebody must stay Super Admin".to_owned(),
    })))
}

/// Whether a stage was deleted, and does not come back with what is set back.
fn is_gone(draft: &Draft, stage: Option<&Value>) -> bool {
    stage.and_then(Value::as_option).is_some_and(|id| draft.settings().stage_now(id).is_none())
}

/// Whether the commit brought a record out of the bin, where it lies again when that is set back.
fn goes_again(logged: &Logged, id: RecordId) -> bool {
    logged.ops.iter().any(|(op, _)| matches!(op, LoggedOp::Whole(Op::Unbin(Ref::Record(back))) if *back == id))
}

/// Whether a record that came out of the bin has ties besides those that came back with it.
fn has_more_since(draft: &Draft, id: RecordId, logged: &Logged) -> Read<bool> {
    let other = |a: RecordId, b: RecordId| [(a, b), (b, a)].iter().find(|(end, _)| *end == id).map(|(_, far)| *far);
    let came_back: HashSet<Ref> = logged
        .ops
        .iter()
        .filter_map(|(op, _)| match op {
            LoggedOp::Linked(a, b) => other(*a, *b).map(Ref::Record),
            LoggedOp::Whole(Op::Link(tie)) => other(tie.a, tie.b).map(Ref::Record),
            LoggedOp::Whole(Op::Attach { activity, target }) if target.record == id => Some(Ref::Activity(*activity)),
            _ => None,
        })
        .collect();
    Ok(draft.links(id, None)?.iter().any(|link| !came_back.contains(&link.other.into()))
        || draft.entries(id)?.iter().any(|entry| !came_back.contains(&entry.id.into())))
}

/// What is stuck is no record and no activity.
fn nobody(sentence: String) -> Stuck {
    Stuck { of: Ref::Activity(ActivityId(uuid::Uuid::nil())), sentence }
}

fn is_there(draft: &Draft, what: Ref) -> Read<bool> {
    Ok(match what {
        Ref::Record(id) => draft.record(id)?.is_some(),
        Ref::Activity(id) => draft.activity(id)?.is_some(),
    })
}

fn unbin(draft: &Draft, what: Ref, stuck: &dyn Fn(Ref, &str) -> Back) -> Back {
    let record = match what {
        Ref::Record(id) => draft.binned(id)?.map(|binned| binned.record),
        Ref::Activity(id) if draft.binned_activity(id)?.is_some() => return Ok(Ok(vec![Op::Unbin(what)])),
        Ref::Activity(_) => None,
    };
    let Some(record) = record else { return stuck(what, "is not in the bin any more") };
    let settings = draft.settings();
    if settings.object(record.id.object).is_none() {
        return stuck(what, "belongs to an object that was deleted");
    }
    if let Some(stage) = moving::gone_stage(&settings, &record) {
        return stuck(what, &format!("was in the stage {stage}, which was deleted since"));
    }
    let country = settings.general.phone_country.clone();
    for key in crate::domain::graph::Key::of(&record, &country) {
        use crate::domain::graph::Key;
        if matches!(key, Key::Email(_) | Key::Domain(_)) && draft.find(&key)?.iter().any(|id| *id != record.id) {
            return stuck(what, "has an address that another record has by now");
        }
    }
    Ok(Ok(vec![Op::Unbin(what)]))
}

/// A record that was made goes to the bin, if nothing was built on it since.
fn uncreate(draft: &Draft, id: RecordId, logged: &Logged) -> Back {
    let sentence = |why: &str| -> Back {
        let of = Ref::Record(id);
        Ok(Err(Stuck { of, sentence: format!("{} {why}", first_in_sentence(draft.name(of)?)) }))
    };
    if draft.record(id)?.is_none() {
        return sentence("is not there any more");
    }
    if draft.links(id, None)?.iter().any(|link| link.act != logged.act) {
        return sentence("was associated since");
    }
    for entry in draft.entries(id)? {
        if draft.activity(entry.id)?.is_some_and(|activity| activity.stamp.act != logged.act) {
            return sentence("has activities since");
        }
    }
    if changed_since(draft, id, logged)? {
        return sentence("was changed since");
    }
    Ok(Ok(vec![Op::Bin(Ref::Record(id))]))
}

/// Whether later acts left a value of the record other than the act that made it did.
fn changed_since(draft: &Draft, id: RecordId, made: &Logged) -> Read<bool> {
    let Some(record) = draft.record(id)? else { return Ok(true) };
    let mut first = BTreeMap::new();
    for seq in draft.touched(Ref::Record(id))? {
        let Some(logged) = draft.logged(seq)? else { continue };
        if logged.act == made.act {
            continue;
        }
        // From the last to the first: what stays is what the first later change found.
        for (op, _) in logged.ops.iter().rev() {
            if let LoggedOp::Whole(Op::Set { record, property, from, .. }) = op
                && *record == id
            {
                first.insert(*property, from.clone());
            }
        }
    }
    Ok(first.into_iter().any(|(property, was)| record.values.get(property) != was.as_ref()))
}

/// Whether later acts left an activity otherwise than the act that logged it did.
fn amended_since(draft: &Draft, activity: &Activity, made: &Logged) -> Read<bool> {
    let mut before = activity.clone();
    for seq in draft.touched(Ref::Activity(activity.id))?.into_iter().filter(|seq| *seq > made.seq) {
        let Some(logged) = draft.logged(seq)?.filter(|logged| logged.act != made.act) else { continue };
        for (op, _) in logged.ops.iter().rev() {
            match op {
                LoggedOp::Whole(Op::Edit { activity: id, from, .. }) if *id == activity.id => {
                    before.put(from.as_ref().clone());
                }
                LoggedOp::Whole(Op::Attach { activity: id, target }) if *id == activity.id => {
                    before.targets.retain(|own| own.record != target.record);
                }
                LoggedOp::Whole(Op::Detach { activity: id, target }) if *id == activity.id => {
                    before.attach(target.as_ref().clone());
                }
                _ => {}
            }
        }
    }
    Ok(before != *activity)
}

/// The ends that an act gave to a tie: what the first change of them by a later act found.
fn ends_given(draft: &Draft, tie: &Association, made: &Logged) -> Read<Ends> {
    let mut given = tie.ends.clone();
    for seq in draft.touched(Ref::Record(tie.a))?.into_iter().filter(|seq| *seq > made.seq) {
        let Some(logged) = draft.logged(seq)?.filter(|logged| logged.act != made.act) else { continue };
        // From the last to the first: what stays is what the first later change found.
        for (op, _) in logged.ops.iter().rev() {
            if let LoggedOp::Whole(Op::Relabel { a, b, from, .. }) = op
                && (*a, *b) == (tie.a, tie.b)
            {
                given = from.clone();
            }
        }
    }
    Ok(given)
}
