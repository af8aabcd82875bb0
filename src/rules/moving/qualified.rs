//! The deal that a qualified lead gets (R2.8): filled in from the lead, its contacts and its company, and associated
//! with them (R2.9).

use crate::domain::association::{Tying, has_primary};
use crate::domain::change::{Op, Question, Reason, Refusal, Rule};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, PropertyId, RecordId, Ref};
use crate::domain::logging::past::Timeframe;
use crate::domain::moving::{Given, Move, Qualifying};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::domain::value::Value;
use crate::rules::permission::{self, Verb, Whole};
use crate::rules::{Draft, NoPlan, Planned, activity, auto_company, form, record};

/// A deal that is checked and not granted yet.
pub(super) struct NewDeal {
    deal: Record,
    ties: Vec<RecordId>,
    past: Vec<(RecordId, Timeframe)>,
}

/// The deal of a lead that becomes qualified; `None` where it gets none.
pub(super) fn deal(draft: &Draft, lead: &Record, asked: &Move) -> Planned<Option<NewDeal>> {
    let settings = draft.settings();
    let required = settings.leads.require_deal;
    let given = match &asked.deal {
        Given::Skip if !required => return Ok(None),
        Given::Ask | Given::Skip => return Err(question(draft, lead, required)?.into()),
        Given::This(given) => given,
    };
    if !required {
        permission::check_whole(draft, Whole::Create, Object::DEAL)?;
    }
    let mut values = filled(&settings, lead);
    for (property, value) in given {
        values.retain(|(known, _)| known != property);
        values.extend(value.clone().map(|value| (*property, value)));
    }
    let id = draft.new_id(Object::DEAL);
    let made = record::make(draft, id, values);
    let checked = made.and_then(|deal| form::check(draft, &deal).map(|()| deal).map_err(NoPlan::from));
    let deal = checked.map_err(|no| stays(&settings, no))?;
    Ok(Some(NewDeal { deal, ties: ties(draft, lead)?, past: Vec::new() }))
}

fn question(draft: &Draft, lead: &Record, required: bool) -> Planned<Refusal> {
    let named = |id: RecordId| Ok((id, draft.name(Ref::Record(id))?));
    let ties = ties(draft, lead)?.into_iter().map(named).collect::<Planned<_>>()?;
    let values = filled(&draft.settings(), lead);
    let question = Qualifying { lead: lead.id, name: lead.name(), values, ties, required };
    Ok(Refusal::Needs(Question::Deal(Box::new(question))))
}

/// The lead stays where it is, since its deal lacks something.
fn stays(settings: &Settings, no: NoPlan) -> NoPlan {
    let NoPlan::Refused(Refusal::Rule { sentence, field: Some(field), .. }) = no else { return no };
    let name =
        settings.object(Object::DEAL).and_then(|spec| spec.property(field)).map(|property| property.name.as_str());
    let sentence = format!("The new deal: {sentence}. --deal {}=… says it", name.unwrap_or("name"));
    Refusal::Rule { rule: Some(Rule(2, 8)), sentence, field: Some(field) }.into()
}

/// What the lead says of the deal.
fn filled(settings: &Settings, lead: &Record) -> Vec<(PropertyId, Value)> {
    let mut values = vec![(is::NAME, Value::Text(lead.name()))];
    if let Some(pipeline) = settings.pipelines_of(Object::DEAL).next() {
        values.push((is::PIPELINE, Value::Option(pipeline.id)));
        values.extend(pipeline.stages.first().map(|stage| (is::STAGE, Value::Option(stage.id))));
    }
    values.extend(lead.values.get(is::OWNER).map(|owner| (is::OWNER, owner.clone())));
    values
}

/// The lead's contacts and its company, else that of its primary contact.
fn ties(draft: &Draft, lead: &Record) -> Read<Vec<RecordId>> {
    let contacts = draft.links(lead.id, Some(Object::CONTACT))?;
    let company = |of: RecordId| -> Read<Option<RecordId>> {
        Ok(draft.links(of, Some(Object::COMPANY))?.into_iter().find(|link| link.primary).map(|link| link.other))
    };
    let primary = contacts.iter().find(|link| link.primary).map(|link| link.other);
    let company = match (company(lead.id)?, primary) {
        (None, Some(contact)) => company(contact)?,
        (company, _) => company,
    };
    Ok(contacts.into_iter().map(|link| link.other).chain(company).collect())
}

impl NewDeal {
    /// Activities come along from what it is associated with and whoever asks may view (R3.17).
    pub fn bring(&mut self, draft: &Draft, past: &[(RecordId, Timeframe)]) -> Planned {
        for (other, _) in past {
            permission::check(draft, Verb::View, &record::existing(draft, *other)?)?;
            if !self.ties.contains(other) {
                let name = draft.name(Ref::Record(*other))?;
                let sentence = format!("{name} is no contact of the lead and not its company: nothing comes along");
                return Err(Refusal::rule(3, 17, sentence).into());
            }
        }
        self.past = past.to_vec();
        Ok(())
    }

    /// Answers how many past activities came along.
    pub fn grant(self, draft: &mut Draft, lead: &Record) -> Planned<usize> {
        let NewDeal { deal, ties, mut past } = self;
        let (id, name) = (deal.id, deal.name());
        let why = Reason::rule(2, 8, "the lead was qualified");
        draft.push_told(Op::Create(Box::new(deal)), why, (id.into(), format!("Created the deal {name}")))?;
        for other in std::iter::once(lead.id).chain(ties) {
            if !auto_company::has_room(draft, id, other)? {
                past.retain(|(of, _)| *of != other);
                let other = draft.name(Ref::Record(other))?;
                draft.skipped.push(format!("{other} has as many deals as it may: not associated with {name}"));
                continue;
            }
            let mut tie = draft.tie(id, other, Reason::rule(2, 9, "the deal came from the lead"));
            tie.ends.set_primary(id, other, has_primary(id.object, other.object));
            let why = tie.why.clone();
            draft.push(Op::Link(Box::new(tie)), why)?;
        }
        let from = past.into_iter().map(|(other, timeframe)| Tying { past: Some(timeframe), ..Tying::new(other) });
        activity::bring(draft, id, &from.collect::<Vec<_>>())
    }
}
