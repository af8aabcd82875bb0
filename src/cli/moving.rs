//! `lejek move`: leads, deals and tickets to another stage.

use super::Call;
use super::answer;
use super::new::past;
use super::session::{Pairs, Session, property};
use super::stage::no_stage;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::fold::fold;
use crate::domain::id::{Object, OptionId, RecordId};
use crate::domain::moving::{Given, Move as Asked};
use crate::domain::object::is;
use crate::domain::pipeline::Group;
use crate::domain::value::{Value, read};
use crate::workspace::permit::Verb;
use clap::Args;

#[derive(Debug, Args)]
pub struct Move {
    /// Leads, deals or tickets of one pipeline, then the name of the stage
    #[arg(value_name = "REF… STAGE", required = true, num_args = 2..)]
    what: Vec<String>,
    /// Why leads are disqualified, such as "No budget"
    #[arg(long)]
    reason: Option<String>,
    /// A note on why leads are disqualified
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// What the deal of a qualified lead has otherwise than the lead says
    #[arg(long, value_name = "PROPERTY=VALUE")]
    deal: Vec<String>,
    /// Past activities of a contact or the company of one qualified lead come along onto its deal; the timeframe is 30d,
    /// 60d, 90d, 1y, all or FROM..TO
    #[arg(long, value_name = "REF=TIMEFRAME")]
    past_activities: Vec<String>,
}

impl Move {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let Some((stage, refs)) = self.what.split_last() else {
            return Err(Trouble::usage("What to move, and where?"));
        };
        let mut what: Vec<RecordId> = Vec::with_capacity(refs.len());
        for text in refs {
            let id = session.record(text)?;
            session.permit(Verb::Edit, id)?;
            if !what.contains(&id) {
                what.push(id);
            }
        }
        let Some(first) = what.first() else { return Err(Trouble::usage("What to move, and where?")) };
        let stage = stage_of(&session, *first, stage)?;
        let asked = Asked {
            reason: self.reason.as_ref().map_or(Ok(Given::Skip), |text| reason(&session, text).map(Given::This))?,
            note: self.note.clone(),
            deal: self.deal(&session, stage)?,
            ..Asked::to(what, stage)
        };
        let past = self.past_activities.iter().map(|text| past(&session, text)).collect::<Result<Vec<_>, _>>()?;
        let moving = Box::new(asked);
        let change = if past.is_empty() { Change::Move(moving) } else { Change::Qualify { moving, past } };
        let done = session.perform_now(&change)?;
        answer::act(&session, &done, &[])
    }

    /// Where a deal is required or something is to come along onto it, it is filled in.
    fn deal(&self, session: &Session, stage: OptionId) -> Result<Given<Pairs>, Trouble> {
        let values = session.values(&session.spec("deal")?, &self.deal)?;
        let is_qualified = session.settings.stage_now(stage).is_some_and(|(_, stage)| stage.group == Group::Qualified);
        let is_due = is_qualified && (session.settings.leads.require_deal || !self.past_activities.is_empty());
        Ok(if is_due || !self.deal.is_empty() { Given::This(values) } else { Given::Skip })
    }
}

/// The stage of that name in the pipeline that a record is in.
fn stage_of(session: &Session, id: RecordId, name: &str) -> Result<OptionId, Trouble> {
    let record = session.store().record(id)?;
    let own = record.and_then(|record| record.values.get(is::PIPELINE).and_then(Value::as_option));
    let first = session.settings.pipelines_of(id.object).next();
    let Some(pipeline) = own.and_then(|id| session.settings.pipeline(id)).or(first) else {
        return Err(Trouble::refused("Only leads, deals and tickets move through stages"));
    };
    let found = pipeline.stages.iter().find(|stage| fold(&stage.name) == fold(name));
    found.map(|stage| stage.id).ok_or_else(|| no_stage(pipeline, name))
}

/// A reason by its label or internal name.
fn reason(session: &Session, text: &str) -> Result<OptionId, Trouble> {
    let spec = session.settings.object(Object::LEAD).cloned().ok_or_else(|| Trouble::refused("There are no leads"))?;
    let reasons = property(&spec, "disqualification_reason")?;
    let value = read(reasons, text, &session.cx()).map_err(Trouble::refused)?;
    value
        .as_ref()
        .and_then(Value::as_option)
        .ok_or_else(|| Trouble::usage("--reason takes a reason such as “No budget”"))
}
