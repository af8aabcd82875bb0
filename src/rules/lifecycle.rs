//! What follows from lifecycle stages and sets them (R2.4 to R2.6, R2.18), always along their order (R2.17).

use super::{Draft, NoPlan, auto_company, ownership};
use crate::domain::association::has_primary;
use crate::domain::change::{Op, Reason, Rule};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, OptionId, RecordId};
use crate::domain::lifecycle::{CUSTOMER, OPPORTUNITY, label, may_move};
use crate::domain::object::is;
use crate::domain::pipeline::Group;
use crate::domain::record::{Record, Values};
use crate::domain::value::Value;

type Follows = Result<Vec<(Op, Reason)>, NoPlan>;

/// Of leads that bring a stage with them, and of stages that flow: these make no leads (R2.5).
const QUIET: [Rule; 2] = [Rule(2, 6), Rule(2, 18)];

/// A contact that comes to one of the chosen stages gets a lead, unless it has an open one (R2.4).
pub(super) fn lead_of_stage(op: &Op, draft: &Draft) -> Follows {
    let settings = draft.settings();
    let (contact, stage) = match op {
        Op::Create(made) => (made.id, made.values.get(is::LIFECYCLE_STAGE)),
        Op::Set { record, property: is::LIFECYCLE_STAGE, to, .. } => (*record, to.as_ref()),
        _ => return Ok(Vec::new()),
    };
    let chosen = stage.and_then(Value::as_option).filter(|stage| settings.leads.create_on.contains(stage));
    let Some(stage) = chosen.filter(|_| contact.object == Object::CONTACT) else { return Ok(Vec::new()) };
    let is_quiet = matches!(draft.cause(), Some(Reason::Rule(rule, _)) if QUIET.contains(rule));
    let Some(record) = draft.record(contact)?.filter(|_| !is_quiet) else { return Ok(Vec::new()) };
    for link in draft.links(contact, Some(Object::LEAD))? {
        if ownership::open(draft, link.other)?.is_some() {
            return Ok(Vec::new());
        }
    }
    if let Some(without) = &draft.without_lead {
        without.borrow_mut().insert(contact);
        return Ok(Vec::new());
    }
    let lead = lead(draft, &record);
    let (id, became) = (lead.id, format!("the lifecycle stage became {}", label(stage)));
    let mut ops = vec![(Op::Create(Box::new(lead)), Reason::rule(2, 4, format!("a lead was made, as {became}")))];
    let company = primary_company(draft, contact)?;
    for other in std::iter::once(contact).chain(company) {
        if !auto_company::has_room(draft, id, other)? {
            // A lead needs its contact (R2.13).
            if other == contact {
                return Ok(Vec::new());
            }
            continue;
        }
        let why = Reason::rule(2, 4, format!("the lead was made, as {became}"));
        let mut tie = draft.tie(id, other, why.clone());
        tie.ends.set_primary(id, other, has_primary(id.object, other.object));
        ops.push((Op::Link(Box::new(tie)), why));
    }
    Ok(ops)
}

/// Called as its contact is, and of its owner.
fn lead(draft: &Draft, contact: &Record) -> Record {
    let settings = draft.settings();
    let mut values: Values = [(is::NAME, Value::Text(contact.name()))].into_iter().collect();
    values.put(is::OWNER, contact.values.get(is::OWNER).cloned());
    if let Some(pipeline) = settings.pipelines_of(Object::LEAD).next() {
        values.put(is::PIPELINE, Some(Value::Option(pipeline.id)));
        values.put(is::STAGE, pipeline.stages.first().map(|stage| Value::Option(stage.id)));
    }
    let (id, created, updated) = (draft.new_id(Object::LEAD), draft.stamp(), draft.asking.now);
    Record { id, version: 1, created, updated, values }
}

fn primary_company(draft: &Draft, of: RecordId) -> Read<Option<RecordId>> {
    Ok(draft.links(of, Some(Object::COMPANY))?.into_iter().find(|link| link.primary).map(|link| link.other))
}

/// A contact or company that a lead is associated with comes to the stage that the settings say (R2.6).
pub(super) fn stage_of_lead(op: &Op, draft: &Draft) -> Follows {
    let settings = draft.settings();
    let (Op::Link(tie), Some(to)) = (op, settings.leads.lifecycle_on_associate) else { return Ok(Vec::new()) };
    let of = match (tie.a.object, tie.b.object) {
        (Object::LEAD, Object::CONTACT | Object::COMPANY) => tie.b,
        (Object::CONTACT | Object::COMPANY, Object::LEAD) => tie.a,
        _ => return Ok(Vec::new()),
    };
    let why = || Reason::rule(2, 6, format!("a lead was associated: {}", label(to)));
    Ok(moved(draft, of, to, settings.leads.lifecycle_back)?.map(|op| (op, why())).into_iter().collect())
}

/// A company's stage flows to the contacts whose primary company it is, and a deal brings its own (R2.18).
pub(super) fn flows(op: &Op, draft: &Draft) -> Follows {
    let settings = draft.settings();
    if !settings.leads.lifecycle_sync {
        return Ok(Vec::new());
    }
    match op {
        Op::Set { record, property: is::LIFECYCLE_STAGE, to: Some(Value::Option(to)), .. }
            if record.object == Object::COMPANY =>
        {
            let mut ops = Vec::new();
            for link in draft.links(*record, Some(Object::CONTACT))? {
                if Graph::link(draft, link.other, *record)?.is_some_and(|back| back.primary) {
                    ops.extend(from_company(draft, link.other, *to)?);
                }
            }
            Ok(ops)
        }
        Op::Link(tie) => joined(draft, tie.a, tie.b),
        Op::Relabel { a, b, .. } => joined(draft, *a, *b),
        Op::Create(made) if made.id.object == Object::DEAL => {
            let stage = made.values.get(is::STAGE).and_then(Value::as_option);
            if is_won(draft, stage) {
                of_deal(draft, made.id, CUSTOMER, "was won")
            } else {
                of_deal(draft, made.id, OPPORTUNITY, "was made")
            }
        }
        Op::Set { record, property: is::STAGE, from, to } if record.object == Object::DEAL => {
            let won = |stage: &Option<Value>| is_won(draft, stage.as_ref().and_then(Value::as_option));
            if won(to) && !won(from) { of_deal(draft, *record, CUSTOMER, "was won") } else { Ok(Vec::new()) }
        }
        _ => Ok(Vec::new()),
    }
}

/// A contact that has got its primary company takes over the stage of that.
fn joined(draft: &Draft, a: RecordId, b: RecordId) -> Follows {
    let (contact, company) = match (a.object, b.object) {
        (Object::CONTACT, Object::COMPANY) => (a, b),
        (Object::COMPANY, Object::CONTACT) => (b, a),
        _ => return Ok(Vec::new()),
    };
    if !Graph::link(draft, contact, company)?.is_some_and(|link| link.primary) {
        return Ok(Vec::new());
    }
    let stage = draft.record(company)?.and_then(|record| stage_of(&record));
    Ok(stage.map_or(Ok(None), |stage| from_company(draft, contact, stage))?.into_iter().collect())
}

fn from_company(draft: &Draft, contact: RecordId, to: OptionId) -> Read<Option<(Op, Reason)>> {
    let why = || Reason::rule(2, 18, format!("the primary company is {}", label(to)));
    Ok(moved(draft, contact, to, false)?.map(|op| (op, why())))
}

/// Contacts and primary company of a deal.
fn of_deal(draft: &Draft, deal: RecordId, to: OptionId, what: &str) -> Follows {
    let contacts = draft.links(deal, Some(Object::CONTACT))?.into_iter().map(|link| link.other);
    let mut ops = Vec::new();
    for of in contacts.chain(primary_company(draft, deal)?) {
        let why = || Reason::rule(2, 18, format!("a deal {what}: {}", label(to)));
        ops.extend(moved(draft, of, to, false)?.map(|op| (op, why())));
    }
    Ok(ops)
}

fn is_won(draft: &Draft, stage: Option<OptionId>) -> bool {
    stage.and_then(|id| draft.settings().stage(id).map(|(_, stage)| stage.group)) == Some(Group::Won)
}

fn stage_of(record: &Record) -> Option<OptionId> {
    record.values.get(is::LIFECYCLE_STAGE).and_then(Value::as_option)
}

/// What brings a record to a stage, where something automatic may.
fn moved(draft: &Draft, of: RecordId, to: OptionId, back: bool) -> Read<Option<Op>> {
    let Some(record) = draft.record(of)?.filter(|record| may_move(stage_of(record), to, back)) else {
        return Ok(None);
    };
    let from = record.values.get(is::LIFECYCLE_STAGE).cloned();
    Ok(Some(Op::Set { record: of, property: is::LIFECYCLE_STAGE, from, to: Some(Value::Option(to)) }))
}
