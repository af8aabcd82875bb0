//! Logging activities (R3.1 to R3.11): what is checked, and the records that it goes to with the reason of each. What
//! becomes of them later is in `activity/amend.rs` and `activity/pin.rs`.

mod aim;
mod amend;
mod bin;
mod check;
mod import;
mod leads;
mod limit;
mod past;
mod pin;
mod tend;

use super::permission::{self, Verb};
use super::record::{existing, leave_out};
use super::{Asking, Draft, Granted, NoPlan, Planned};
use crate::domain::activity::{Activity, Details, Target};
use crate::domain::change::{Op, Reason, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{ActivityId, NoIds, RecordId, Ref};
use crate::domain::logging::{Aimed, Aims, Logging};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

pub(super) use amend::{amend, check_edit, put};
pub(super) use bin::{delete, lonely_goes_along, restore};
pub(super) use import::import;
pub(super) use leads::reach;
pub use past::{along, past, with_past};
pub(super) use past::{attach, bring};
pub(super) use pin::{pin, unpinned};
pub(super) use tend::tend;

/// On several records those that refuse are named, and what follows on them stays out with the first.
pub(super) fn log(draft: &mut Draft, activities: &[Logging]) -> Planned<Granted> {
    let Some(first) = activities.first() else {
        return Err(Refusal::rule(3, 1, "There is nothing to log").into());
    };
    let is_on_several = activities.iter().any(|asked| asked.on != first.on);
    let (mut refs, mut said, mut left) = (Vec::new(), Vec::new(), BTreeSet::new());
    for asked in activities {
        if left.contains(&asked.on) {
            continue;
        }
        match log_one(draft, asked) {
            Ok((id, name)) => {
                refs.push(Ref::Activity(id));
                said.push((asked.kind.row().one, name));
            }
            Err(NoPlan::Refused(refusal)) if is_on_several => {
                let name = draft.name(Ref::Record(asked.on))?;
                leave_out(draft, &name, &refusal);
                left.insert(asked.on);
            }
            Err(no) => return Err(no),
        }
    }
    let what = match said.as_slice() {
        [] => "Logged nothing".to_owned(),
        [(kind, name)] => format!("Logged {kind} on {name}"),
        [(kind, name), rest @ ..] if rest.iter().all(|(_, other)| other == name) => {
            let rest: Vec<&str> = rest.iter().map(|(kind, _)| *kind).collect();
            format!("Logged {kind} and {} on {name}", rest.join(", "))
        }
        [(kind, name), rest @ ..] => format!("Logged {kind} on {name} and {} more", rest.len()),
    };
    draft.settle()?;
    Ok(Granted::new(what, refs))
}

/// Its id, and the name of the record that it was logged on.
fn log_one(draft: &mut Draft, asked: &Logging) -> Planned<(ActivityId, String)> {
    let record = existing(draft, asked.on)?;
    permission::check(draft, Verb::Edit, &record)?;
    let at = check::asked(draft, asked)?;
    let aimed = aimed(draft, asked)?;
    let id = ActivityId(draft.new_uuid());
    draft.kept_off.extend(asked.except.iter().map(|record| (id, *record)));
    let (by_hand, follows): (Vec<Aimed>, Vec<Aimed>) =
        aimed.records.into_iter().partition(|one| one.why == Reason::Asked);
    draft.grant(Op::Log(Box::new(entered(draft, id, asked, at, by_hand))))?;
    for Aimed { record, why } in follows {
        let target = Box::new(Target { record, at: draft.asking.now, why: why.clone() });
        draft.push(Op::Attach { activity: id, target }, why)?;
    }
    draft.skipped.extend(aimed.unknown.iter().map(|address| unknown(address)));
    for Aimed { record, why } in aimed.left_out {
        let name = draft.name(Ref::Record(record))?;
        draft.skipped.push(format!("{name}: {}", why.sentence()));
    }
    Ok((id, record.name()))
}

/// The activity with the record that it is logged on and others, each with its reason.
fn entered(
    draft: &Draft,
    id: ActivityId,
    asked: &Logging,
    at: DateTime<Utc>,
    others: impl IntoIterator<Item = Aimed>,
) -> Activity {
    let target = |record: RecordId, why: Reason| Target { record, at: draft.asking.now, why };
    let home = target(asked.on, Reason::rule(3, 2, "logged here"));
    Activity {
        id,
        version: 1,
        kind: asked.kind,
        at,
        subject: asked.subject.trim().to_owned(),
        text: asked.text.trim().to_owned(),
        details: asked.details.clone(),
        logged_on: asked.on,
        logged_from: asked.from,
        stamp: draft.stamp(),
        targets: std::iter::once(home).chain(others.into_iter().map(|one| target(one.record, one.why))).collect(),
    }
}

fn unknown(address: &str) -> String {
    let (property, key) = if address.contains('@') { ("email", address) } else { ("phone", address) };
    format!("Nobody has {address}. `lejek new contact {property}={key}` makes them")
}

/// What logging it now would do.
pub fn aims(graph: &dyn Graph, asking: Asking, asked: &Logging) -> Planned<Aims> {
    let draft = Draft::new(graph, asking, NoIds);
    let record = existing(&draft, asked.on)?;
    permission::check(&draft, Verb::Edit, &record)?;
    check::asked(&draft, asked)?;
    aimed(&draft, asked)
}

fn aimed(draft: &Draft, asked: &Logging) -> Planned<Aims> {
    for other in asked.also.iter().chain(&asked.conversation) {
        permission::check(draft, Verb::View, &existing(draft, *other)?)?;
    }
    if asked.except.contains(&asked.on) {
        let name = draft.name(Ref::Record(asked.on))?;
        let sentence = format!("It is logged on {name} and stays there. Log it on another record instead");
        return Err(Refusal::rule(3, 2, sentence).into());
    }
    let mut aims = aim::automatic(draft, asked)?;
    aims.records.extend(asked.also.iter().map(|record| Aimed { record: *record, why: Reason::Asked }));
    aims.records.retain(|aimed| !asked.except.contains(&aimed.record));
    leads::along(draft, asked.on, &mut aims)?;
    let mut seen = BTreeSet::from([asked.on]);
    seen.extend(&asked.except);
    aims.records.retain(|aimed| seen.insert(aimed.record));
    limit::within(draft, asked, aims)
}

/// The addresses that it went to or came from.
fn reached(asked: &Logging) -> impl Iterator<Item = &String> {
    let own: &[String] = match &asked.details {
        Details::Email { to, .. } | Details::Message { to, .. } => to,
        _ => &[],
    };
    asked.with.iter().chain(own)
}
