//! What a move through stages asks: why a lead is disqualified (R2.10), whether a qualified one gets its deal (R2.8); and
//! which stage takes the records of one that goes (R2.7).

use crate::domain::change::{Change, astray};
use crate::domain::id::OptionId;
use crate::domain::moving::{Disqualifying, Given, Move, Qualifying};
use crate::domain::number::grouped;
use crate::domain::object::is;
use crate::domain::pipeline::form::{Pipelines, StageHolds};
use crate::domain::value::Value;
use crate::ui::layer::{Answer, Cx};
use crate::ui::modals::choose::{Choice, Choose};

/// Why leads are disqualified.
pub fn reason(asked: &Disqualifying, change: &Change, cx: &Cx) -> Option<Choose> {
    let reasons = cx.settings.reasons()?;
    let with = |reason| match change {
        Change::Move(asked) => Some(Change::Move(Box::new(Move { reason, ..*asked.clone() }))),
        Change::Set { record, values } => {
            let mut values = values.clone();
            values.extend(given(&reason).map(|reason| (is::DISQUALIFICATION_REASON, Some(reason))));
            Some(Change::Set { record: *record, values })
        }
        _ => None,
    };
    let mut choices = Vec::new();
    for choice in &reasons.choices {
        let answer = Answer::Perform(Box::new(with(Given::This(choice.id))?));
        let tint = reasons.is_coloured().then_some(choice.tint);
        choices.push(Choice { label: choice.label.clone(), aside: String::new(), tint, answer });
    }
    if !asked.required {
        let answer = Answer::Perform(Box::new(with(Given::Skip)?));
        choices.push(Choice { label: "No reason".to_owned(), aside: String::new(), tint: None, answer });
    }
    let who = asked.name.clone().unwrap_or_else(|| format!("{} leads", asked.count));
    Some(Choose::new(format!("Disqualify {who}"), "Why? Undo brings it back.", choices, 0))
}

fn given(reason: &Given<OptionId>) -> Option<Value> {
    match reason {
        Given::This(id) => Some(Value::Option(*id)),
        Given::Ask | Given::Skip => None,
    }
}

/// Whether the deal is made as the lead fills it in.
pub fn deal(asked: &Qualifying, change: &Change) -> Option<Choose> {
    let Change::Move(moving) = change else { return None };
    let choice = |label: &str, aside: String, deal| {
        let answer = Answer::Perform(Box::new(Change::Move(Box::new(Move { deal, ..*moving.clone() }))));
        Choice { label: label.to_owned(), aside, tint: None, answer }
    };
    let names: Vec<&str> = asked.ties.iter().map(|(_, name)| name.as_str()).collect();
    let mut choices = vec![choice("Create a deal", names.join(", "), Given::This(Vec::new()))];
    if !asked.required {
        choices.push(choice("No deal", String::new(), Given::Skip));
    }
    Some(Choose::new(format!("Qualify {}", asked.name), "A deal comes of it. Undo takes both back.", choices, 0))
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
    let yes = match count {
        0 => "Yes".to_owned(),
        1 => "Yes, update 1 lead".to_owned(),
        many => format!("Yes, update {} leads", grouped(many as u64)),
    };
    let choices = vec![
        choice(yes, "they take over that owner at once", true),
        choice("No".to_owned(), "they stay as they are until the next change", false),
    ];
    let hint = "Update the open leads that are there? Esc leaves the sync off.";
    Some(Choose::new(astray(count), hint, choices, 0))
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
