//! Whose leads are (R1.6 to R1.9): while the sync is on, an open lead has the owner of its contact, or of its company,
//! and one makes leads of one's own contacts and companies.

use super::permission::check_right;
use super::settings::put;
use super::{Draft, Granted, NoPlan, Planned};
use crate::domain::association::{Association, Ends, Tying};
use crate::domain::change::{Author, Op, Question, Reason, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::settings::{SYNC_OWNER, Spec};
use crate::domain::user::Right;
use crate::domain::value::Value;

/// What a lead follows.
const OF: [Object; 2] = [Object::CONTACT, Object::COMPANY];

/// The record whose owner a lead takes: its primary contact, without a contact its primary company.
pub(super) fn followed(graph: &dyn Graph, lead: RecordId) -> Read<Option<RecordId>> {
    let mut links = graph.links(lead, Some(Object::CONTACT))?;
    if links.is_empty() {
        links = graph.links(lead, Some(Object::COMPANY))?;
    }
    Ok(links.into_iter().find(|link| link.primary).map(|link| link.other))
}

/// Open leads take over the owner of what they follow whenever that owner or that association changes (R1.6); a closed
/// lead keeps its own (R1.9).
pub(super) fn follows(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    if !draft.settings().leads.sync_owner {
        return Ok(Vec::new());
    }
    let mut ops = Vec::new();
    for lead in concerned(op, draft)? {
        let Some(record) = open(draft, lead)? else { continue };
        ops.extend(taken(draft, &record)?.map(|(op, sentence)| (op, Reason::rule(1, 6, sentence))));
    }
    Ok(ops)
}

/// The leads whose followed record, or its owner, is another one with this op, or that are open again.
fn concerned(op: &Op, draft: &Draft) -> Read<Vec<RecordId>> {
    Ok(match op {
        Op::Set { record, property: is::OWNER, .. } if OF.contains(&record.object) => {
            let mut leads = Vec::new();
            for link in draft.links(*record, Some(Object::LEAD))? {
                if followed(draft, link.other)? == Some(*record) {
                    leads.push(link.other);
                }
            }
            leads
        }
        Op::Set { record, property: is::STAGE, from: Some(from), .. } if record.object == Object::LEAD => {
            let was_closed = !draft.settings().is_open_lead(from.as_option());
            was_closed.then_some(*record).into_iter().collect()
        }
        Op::Link(tie) | Op::Unlink(tie) => led(draft, tie, |lead| tie.link_of(lead).primary)?,
        Op::Relabel { a, b, from, to } => match draft.tie_of(*a, *b)? {
            Some(tie) => led(draft, &tie, |lead| {
                let is_primary = |ends: &_| if lead == *a { primary(ends).0 } else { primary(ends).1 };
                is_primary(from) != is_primary(to)
            })?,
            None => Vec::new(),
        },
        _ => Vec::new(),
    })
}

/// Whether `b` is primary for `a`, and the other way round.
fn primary(ends: &Ends) -> (bool, bool) {
    (ends.b_primary_for_a, ends.a_primary_for_b)
}

/// The lead of a tie, if it follows the other end, or did: a company only where it has no contact.
fn led(draft: &Draft, tie: &Association, is_primary: impl Fn(RecordId) -> bool) -> Read<Vec<RecordId>> {
    for (lead, other) in [(tie.a, tie.b), (tie.b, tie.a)] {
        if lead.object != Object::LEAD || !OF.contains(&other.object) || !is_primary(lead) {
            continue;
        }
        if other.object == Object::CONTACT || draft.links(lead, Some(Object::CONTACT))?.is_empty() {
            return Ok(vec![lead]);
        }
    }
    Ok(Vec::new())
}

/// A lead that stands and is open.
pub(super) fn open(graph: &dyn Graph, lead: RecordId) -> Read<Option<Record>> {
    let stage = |record: &Record| record.values.get(is::STAGE).and_then(Value::as_option);
    Ok(graph.record(lead)?.filter(|record| graph.settings().is_open_lead(stage(record))))
}

/// What gives a lead the owner of what it follows, with how it came to it; `None` if it has that owner.
fn taken(graph: &dyn Graph, lead: &Record) -> Read<Option<(Op, String)>> {
    let Some(from) = followed(graph, lead.id)? else { return Ok(None) };
    let Some(followed) = graph.record(from)? else { return Ok(None) };
    let (now, to) = (lead.values.get(is::OWNER).cloned(), followed.values.get(is::OWNER).cloned());
    if now == to {
        return Ok(None);
    }
    let what = if from.object == Object::CONTACT { "contact" } else { "company" };
    let sentence = match to {
        Some(_) => format!("the lead has the owner of its {what}"),
        None => format!("the lead has no owner, as its {what} has none"),
    };
    Ok(Some((Op::Set { record: lead.id, property: is::OWNER, from: now, to }, sentence)))
}

/// While the sync is on, a lead comes from what its maker owns (R1.8), judged by what it will follow.
pub(super) fn check_new(draft: &Draft, lead: RecordId, ties: &[Tying]) -> Planned {
    let Author::User(user) = draft.asking.by else { return Ok(()) };
    if lead.object != Object::LEAD || !draft.settings().leads.sync_owner {
        return Ok(());
    }
    let first = |object: Object| {
        let mut of = ties.iter().filter(|tying| tying.other.object == object);
        of.clone().rfind(|tying| tying.primary).or_else(|| of.next()).map(|tying| tying.other)
    };
    let Some(from) = first(Object::CONTACT).or_else(|| first(Object::COMPANY)) else { return Ok(()) };
    let owner = draft.record(from)?.and_then(|record| record.values.get(is::OWNER).and_then(Value::as_user));
    if owner == Some(user) {
        return Ok(());
    }
    let settings = draft.settings();
    let whose = match owner.map(|owner| settings.user(owner)) {
        Some(Some(owner)) => format!("belongs to {}", owner.name),
        Some(None) => "belongs to somebody else".to_owned(),
        None => "has no owner".to_owned(),
    };
    let sentence = format!(
        "{} {whose}. While leads follow the owner of their contact or company, you make them of your own ones",
        draft.name(from.into())?
    );
    Err(Refusal::rule(1, 8, sentence).into())
}

/// Open leads that have another owner than what they follow.
pub fn astray(graph: &dyn Graph) -> Read<Vec<RecordId>> {
    let (settings, mut open, mut astray) = (graph.settings(), Vec::new(), Vec::new());
    graph.each(Object::LEAD, &mut |record| {
        if settings.is_open_lead(record.values.get(is::STAGE).and_then(Value::as_option)) {
            open.push(record);
        }
    })?;
    for lead in open {
        if taken(graph, &lead)?.is_some() {
            astray.push(lead.id);
        }
    }
    Ok(astray)
}

/// Turning the sync on asks about the leads that are there (R1.7).
pub(super) fn ask(draft: &Draft) -> Planned {
    match draft.settings().leads.sync_owner {
        true => Ok(()),
        false => Err(Refusal::Needs(Question::ExistingLeads { count: astray(draft)?.len() }).into()),
    }
}

fn check(draft: &Draft) -> Planned {
    check_right(draft, Spec::of(SYNC_OWNER).map_or(Right::SuperAdmin, Spec::right))
}

/// Turns it on (R1.4); `existing`: the leads that are there take over their owners at once.
pub(super) fn turn_on(draft: &mut Draft, existing: bool) -> Planned<Granted> {
    check(draft)?;
    let leads = if existing { astray(draft)? } else { Vec::new() };
    put(draft, SYNC_OWNER, Some(serde_json::Value::from("true").to_string()))?;
    take_over(draft, &leads)?;
    let updated = match leads.len() {
        0 => String::new(),
        count => format!(" and gave {count} open {} their owner", if count == 1 { "lead" } else { "leads" }),
    };
    Ok(Granted::new(format!("Turned on the sync of lead owners{updated}"), Vec::new()))
}

/// One batch of the leads that are there; none once the sync is off again.
pub(super) fn take_over(draft: &mut Draft, leads: &[RecordId]) -> Planned<Granted> {
    check(draft)?;
    let mut refs = Vec::new();
    for lead in leads {
        let Some(record) = open(draft, *lead)?.filter(|_| draft.settings().leads.sync_owner) else { continue };
        if let Some((op, sentence)) = taken(draft, &record)? {
            draft.push(op, Reason::rule(1, 7, sentence))?;
            refs.push((*lead).into());
        }
    }
    Ok(Granted::new(String::new(), refs))
}
