//! Moving records through stages (R2.8 to R2.12). What a lead needs to be qualified is in `moving/qualified.rs`, why it
//! is disqualified in `moving/disqualified.rs`.

mod disqualified;
mod qualified;

use super::activity::with_past;
use super::permission::{self, Verb};
use super::record::{self, existing, leave_out};
use super::{Asking, Draft, Granted, NoPlan, Planned};
use crate::domain::change::{Op, Reason, Refusal, Rule, counted_names};
use crate::domain::graph::Graph;
use crate::domain::id::{NoIds, OptionId, PropertyId, RecordId};
use crate::domain::logging::past::Timeframe;
use crate::domain::moving::place::{self, Place};
use crate::domain::moving::{Given, Move};
use crate::domain::object::is;
use crate::domain::pipeline::{Group, Pipeline, Stage, visits};
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::domain::value::Value;
use qualified::NewDeal;

/// Of several, one by one; what refuses stays where it is and is named. `past` comes along onto the deal of a single
/// lead (R3.17).
pub(super) fn perform(draft: &mut Draft, asked: &Move, past: &[(RecordId, Timeframe)]) -> Planned<Granted> {
    if asked.what.len() > 1 && !past.is_empty() {
        return Err(Refusal::rule(3, 17, "Past activities come along onto the deal of one lead at a time").into());
    }
    let settings = draft.settings();
    let (pipeline, stage) = aim(&settings, asked)?;
    let asked = &answered(&settings, asked)?;
    let (mut names, mut refs) = (Vec::new(), Vec::new());
    let (mut above, mut brought) = (None, 0);
    for id in &asked.what {
        match one(draft, (asked, past), *id, (pipeline, stage), &mut above) {
            Ok((name, along)) => {
                brought += along;
                names.push(name);
                refs.push((*id).into());
            }
            Err(NoPlan::Refused(refusal)) if asked.what.len() > 1 => {
                let name = draft.name((*id).into())?;
                leave_out(draft, &name, &refusal);
            }
            Err(no_plan) => return Err(no_plan),
        }
    }
    draft.settle()?;
    let moved = format!("Moved {} to {}", counted_names(&names), stage.name);
    let said = with_past(brought).map_or_else(|| moved.clone(), |with| format!("{moved}, its deal {with}"));
    Ok(Granted::new(said, refs))
}

/// The same move with nothing left to ask, or the question (R2.10); what several leads need is asked once.
pub fn settled(graph: &dyn Graph, asking: Asking, asked: &Move) -> Planned<Move> {
    let draft = Draft::new(graph, asking, NoIds);
    let settings = draft.settings();
    aim(&settings, asked)?;
    answered(&settings, asked)
}

fn aim<'a>(settings: &'a Settings, asked: &Move) -> Planned<(&'a Pipeline, &'a Stage)> {
    let gone = || Refusal::Missing("This stage is not there any more".to_owned());
    let aim = settings.stage_now(asked.stage).ok_or_else(gone)?;
    disqualified::check(settings, asked, aim.1)?;
    if matches!(asked.deal, Given::This(_)) && aim.1.group != Group::Qualified {
        return Err(
            Refusal::rule(2, 8, format!("A deal comes with a qualified lead, and {} is none", aim.1.name)).into()
        );
    }
    Ok(aim)
}

/// For several, what can be asked once is asked at once, and deals are filled in without a form.
fn answered(settings: &Settings, asked: &Move) -> Planned<Move> {
    let mut answered = asked.clone();
    if asked.what.len() < 2 {
        return Ok(answered);
    }
    let group = settings.stage_now(asked.stage).map(|(_, stage)| stage.group);
    if group == Some(Group::Disqualified) {
        disqualified::ask_for_all(settings, asked)?;
    }
    if group == Some(Group::Qualified) && !matches!(asked.deal, Given::This(_)) {
        answered.deal = if settings.leads.require_deal { Given::This(Vec::new()) } else { Given::Skip };
    }
    Ok(answered)
}

/// Moves one, and answers its name and how many past activities came along. `above`: the key of the one that came
/// before it.
fn one(
    draft: &mut Draft,
    (asked, past): (&Move, &[(RecordId, Timeframe)]),
    id: RecordId,
    (pipeline, stage): (&Pipeline, &Stage),
    above: &mut Option<String>,
) -> Planned<(String, usize)> {
    let record = existing(draft, id)?;
    permission::check(draft, Verb::Edit, &record)?;
    check_pipeline(draft, &record, pipeline, stage)?;
    let mut values = vec![(is::STAGE, Some(Value::Option(stage.id)))];
    if let Given::This(reason) = &asked.reason {
        values.push((is::DISQUALIFICATION_REASON, Some(Value::Option(*reason))));
    }
    if let Some(note) = &asked.note {
        values.push((is::DISQUALIFICATION_NOTE, Some(Value::text(note.trim())).filter(|_| !note.trim().is_empty())));
    }
    let mut next = record::next(draft, &record, values)?;
    let key = match asked.place {
        Place::Top => None,
        Place::Between { above: first, below } => {
            let key = |id: Option<RecordId>| -> Planned<Option<String>> {
                Ok(id.map_or(Ok(None), |id| draft.record(id))?.map(|record| place::key(&record)))
            };
            let upper = above.take().map_or_else(|| key(first), |above| Ok(Some(above)))?;
            Some(place::between(upper.as_deref(), key(below)?.as_deref()))
        }
    };
    if let Some(key) = key {
        next.values.put(is::BOARD_PLACE, Some(Value::Text(key.clone())));
        *above = Some(key);
    }
    let entry = Entry::of(draft, &record, &next, asked)?.bringing(draft, past)?;
    record::grant(draft, &record, &next)?;
    let brought = entry.follow(draft)?;
    Ok((record.name(), brought))
}

fn check_pipeline(draft: &Draft, record: &Record, pipeline: &Pipeline, stage: &Stage) -> Planned {
    let settings = draft.settings();
    let (name, at) = (record.name(), format!("{} is a stage of the pipeline {}", stage.name, pipeline.name));
    if pipeline.object != record.id.object {
        let plural = settings.object(pipeline.object).map_or_else(String::new, |spec| spec.plural.to_lowercase());
        return Err(Refusal::rule(2, 2, format!("{at}, which is for {plural}: {name} can't move there")).into());
    }
    let own = record.values.get(is::PIPELINE).and_then(Value::as_option);
    match own.and_then(|id| settings.pipeline(id)).filter(|own| own.id != pipeline.id) {
        Some(own) => {
            let sentence =
                format!("{at}, and {name} is in {}. Set pipeline and stage together to move it there", own.name);
            Err(Refusal::field(Some(Rule(2, 2)), is::STAGE, sentence).into())
        }
        None => Ok(()),
    }
}

/// What comes with a record's change of its stage: checked before anything is granted, granted after it.
pub(super) struct Entry {
    lead: Record,
    deal: Option<NewDeal>,
    is_back: bool,
}

impl Entry {
    /// Of a record that becomes `next`, with the answers of `asked`; a lead that enters no other group brings nothing.
    fn of(draft: &Draft, record: &Record, next: &Record, asked: &Move) -> Planned<Entry> {
        let settings = draft.settings();
        let group = |record: &Record| {
            let stage = record.values.get(is::STAGE).and_then(Value::as_option);
            stage.and_then(|id| settings.stage(id)).map(|(_, stage)| stage.group)
        };
        let (from, to) = (group(record), group(next));
        let mut entry = Entry { lead: next.clone(), deal: None, is_back: false };
        if from == to {
            return Ok(entry);
        }
        match to {
            Some(Group::Qualified) => entry.deal = qualified::deal(draft, next, asked)?,
            Some(Group::Disqualified) => disqualified::ask(&settings, next, asked)?,
            _ => {}
        }
        entry.is_back = from == Some(Group::Disqualified);
        Ok(entry)
    }

    /// Of a record whose values are set: a reason must be among them where one is required, and a deal that is required
    /// is filled in without asking.
    pub fn of_set(draft: &Draft, record: &Record, next: &Record) -> Planned<Entry> {
        let required = draft.settings().leads.require_deal;
        let deal = if required { Given::This(Vec::new()) } else { Given::Skip };
        let stage = next.values.get(is::STAGE).and_then(Value::as_option).unwrap_or(OptionId(0));
        let asked = Move { reason: Given::Skip, deal, ..Move::to(vec![record.id], stage) };
        Entry::of(draft, record, next, &asked)
    }

    /// The same with past activities that come along onto its deal.
    fn bringing(mut self, draft: &Draft, past: &[(RecordId, Timeframe)]) -> Planned<Entry> {
        match &mut self.deal {
            _ if past.is_empty() => {}
            Some(deal) => deal.bring(draft, past)?,
            None => {
                let sentence = "Past activities come along onto the deal of a lead that is qualified, and none is made";
                return Err(Refusal::rule(3, 17, sentence).into());
            }
        }
        Ok(self)
    }

    /// Grants it, when the record has its new stage; answers how many past activities came along.
    pub fn follow(self, draft: &mut Draft) -> Planned<usize> {
        if self.is_back {
            disqualified::clear_of(draft, &self.lead)?;
        }
        match self.deal {
            Some(deal) => deal.grant(draft, &self.lead),
            None => Ok(0),
        }
    }
}

/// What a record keeps of a change of its stage: when it came there, how long it was elsewhere, and that it lies on top
/// of the column unless it was put somewhere.
pub(super) fn stamp(draft: &Draft, record: &Record, next: &mut Record) {
    let stage = |record: &Record| record.values.get(is::STAGE).cloned();
    if stage(record).is_none() || stage(record) == stage(next) {
        return;
    }
    let now = draft.asking.now;
    next.values.put(is::STAGE_VISITS, visits::left(record, now));
    next.values.put(is::STAGE_ENTERED, Some(Value::Time(now)));
    let key = place::top(now, draft.asking.act, draft.granted());
    next.values.put(is::BOARD_PLACE, Some(Value::Text(key)));
}

/// Into a stage, in its place on the board, without what a move there would ask for or bring.
pub(super) fn put_into(draft: &mut Draft, record: &Record, pipeline: OptionId, stage: OptionId) -> Planned {
    let mut next = record.clone();
    next.values.put(is::PIPELINE, Some(Value::Option(pipeline)));
    next.values.put(is::STAGE, Some(Value::Option(stage)));
    stamp(draft, record, &mut next);
    next.values.put(is::BOARD_PLACE, record.values.get(is::BOARD_PLACE).cloned());
    record::grant(draft, record, &next)
}

/// Whether a record is in a stage that was deleted while it lay in the bin; answers how that was called.
pub(super) fn gone_stage(settings: &Settings, record: &Record) -> Option<String> {
    let stage = record.values.get(is::STAGE).and_then(Value::as_option)?;
    let (_, known) = settings.stage(stage)?;
    settings.stage_now(stage).is_none().then(|| known.name.clone())
}

/// A record that comes out of the bin into a stage that was deleted begins anew, and says so.
pub(super) fn out_of_gone_stage(draft: &mut Draft, id: RecordId) -> Planned {
    let settings = draft.settings();
    let Some(record) = draft.record(id)? else { return Ok(()) };
    let Some(gone) = gone_stage(&settings, &record) else { return Ok(()) };
    let own = record.values.get(is::PIPELINE).and_then(Value::as_option);
    let own = own.and_then(|own| settings.pipelines_of(id.object).find(|pipeline| pipeline.id == own));
    let Some(pipeline) = own.or_else(|| settings.pipelines_of(id.object).next()) else { return Ok(()) };
    let Some(first) = pipeline.stages.first() else { return Ok(()) };
    put_into(draft, &record, pipeline.id, first.id)?;
    draft.skipped.push(format!("{}: the stage {gone} is gone, it is in {} now", record.name(), first.name));
    Ok(())
}

/// Takes a value away as a rule does.
fn clear(draft: &mut Draft, record: &Record, property: PropertyId, why: Reason) -> Planned {
    if let Some(from) = record.values.get(property) {
        draft.push(Op::Set { record: record.id, property, from: Some(from.clone()), to: None }, why)?;
    }
    Ok(())
}
