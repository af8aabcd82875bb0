//! What a move through stages asks: the deal of a qualified lead (R2.8); and which stage takes the records of one that
//! goes (R2.7).

use crate::domain::change::Change;
use crate::domain::moving::Qualifying;
use crate::domain::number::grouped;
use crate::domain::pipeline::form::{Pipelines, StageHolds};
use crate::ui::layer::{Answer, Cx};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::modals::form::Form;

/// The deal of a lead that is qualified.
pub fn deal(asked: &Qualifying, change: &Change, cx: &Cx) -> Option<Form> {
    let Change::Move(moving) = change else { return None };
    Some(Form::qualifying(asked, moving, cx))
}

/// Whether the leads that are there take over their owners when the sync is turned on (R1.7).
pub fn existing_leads(count: usize, change: &Change) -> Option<Choose> {
    let Change::Settings { values } = change else { return None };
    if values.len() > 1 {
        return None;
    }
    let choice = |label: String, aside: &str, existing| {
        let answer = Answer::Perform(Box::new(Change::SyncOwner { existing }));
        Choice { label, aside: aside.to_owned(), tint: None, answer }
    };
    let (title, hint, yes) = match count {
        0 => (
            "No open lead would change".to_owned(),
            "Each has the owner of its contact or company already.",
            "Yes".to_owned(),
        ),
        1 => (
            "1 open lead would change".to_owned(),
            "Its owner is not that of its contact or company.",
            "Yes, update 1 lead".to_owned(),
        ),
        many => (
            format!("{} open leads would change", grouped(many as u64)),
            "Their owners are not those of their contacts or companies.",
            format!("Yes, update {} leads", grouped(many as u64)),
        ),
    };
    let choices = vec![
        choice(yes, "they take it over at once", true),
        choice("No".to_owned(), "they stay as they are until the next change", false),
    ];
    Some(Choose::new(title, hint, choices, 0))
}

/// Which stage takes the records of the first one that goes; the next one is asked about after it.
pub fn stage(holds: &StageHolds, change: &Change) -> Option<Choose> {
    let Change::SetPipelines(asked) = change else { return None };
    let (gone, name, count) = holds.stages.first()?;
    let mut choices = Vec::new();
    for form in &asked.forms {
        for stage in &form.stages {
            let Some(to) = stage.id else { continue };
            let mut moves = asked.moves.clone();
            moves.push((*gone, to));
            let change = Change::SetPipelines(Box::new(Pipelines { moves, ..*asked.clone() }));
            let aside = if asked.forms.len() > 1 { form.name.clone() } else { String::new() };
            let answer = Answer::Perform(Box::new(change));
            choices.push(Choice { label: stage.name.clone(), aside, tint: None, answer });
        }
    }
    let records = if *count == 1 { "1 record is".to_owned() } else { format!("{count} records are") };
    Some(Choose::new(format!("{records} in {name}"), "Which stage takes them? Undo brings it back.", choices, 0))
}
