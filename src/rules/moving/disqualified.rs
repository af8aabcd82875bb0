//! Why a lead is disqualified (R2.10, R2.11). A lead that comes back has no reason any more: history keeps it.

use super::clear;
use crate::domain::change::{Question, Reason, Refusal, Rule};
use crate::domain::moving::{Disqualifying, Given, Move};
use crate::domain::object::is;
use crate::domain::pipeline::{Group, Stage};
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::rules::{Draft, Planned};

/// A reason and a note go with a disqualified stage, and the reason is one of those that there are.
pub(super) fn check(settings: &Settings, asked: &Move, stage: &Stage) -> Planned {
    let says = matches!(asked.reason, Given::This(_)) || asked.note.is_some();
    if says && stage.group != Group::Disqualified {
        let sentence = format!("A reason and a note go with a disqualified lead, and {} is no such stage", stage.name);
        return Err(Refusal::rule(2, 10, sentence).into());
    }
    let Given::This(reason) = &asked.reason else { return Ok(()) };
    let known = settings.reasons().is_some_and(|reasons| reasons.choices.iter().any(|choice| choice.id == *reason));
    if known {
        return Ok(());
    }
    let sentence = format!("This reason is not there any more. There are: {}", labels(settings).join(", "));
    Err(Refusal::field(Some(Rule(2, 11)), is::DISQUALIFICATION_REASON, sentence).into())
}

fn labels(settings: &Settings) -> Vec<String> {
    let choices = settings.reasons().into_iter().flat_map(|reasons| &reasons.choices);
    choices.map(|choice| choice.label.clone()).collect()
}

/// Of one lead that has no reason yet.
pub(super) fn ask(settings: &Settings, next: &Record, asked: &Move) -> Planned {
    if next.values.get(is::DISQUALIFICATION_REASON).is_some() {
        return Ok(());
    }
    question(settings, asked, Some(next.name()))
}

/// Of several leads, whether they have one or not.
pub(super) fn ask_for_all(settings: &Settings, asked: &Move) -> Planned {
    if matches!(asked.reason, Given::This(_)) { Ok(()) } else { question(settings, asked, None) }
}

fn question(settings: &Settings, asked: &Move, name: Option<String>) -> Planned {
    let required = settings.leads.require_reason;
    if !required && asked.reason == Given::Skip {
        return Ok(());
    }
    let question = Disqualifying { name, count: asked.what.len(), required, reasons: labels(settings) };
    Err(Refusal::Needs(Question::Reason(question)).into())
}

/// Reason and note go with the stage that they were for, unless they were given anew.
pub(super) fn clear_of(draft: &mut Draft, lead: &Record) -> Planned {
    let why = || Reason::rule(2, 10, "the lead is not disqualified any more");
    clear(draft, lead, is::DISQUALIFICATION_REASON, why())?;
    clear(draft, lead, is::DISQUALIFICATION_NOTE, why())
}
