//! What is not granted: a sentence, or a question whose answer the change needs. To add a question, add a variant, its
//! rule and its sentence here, its dialog in the interface and its option on the command line.

use super::{Rule, counted_names};
use crate::domain::association::Full;
use crate::domain::id::{ActivityId, PropertyId, RecordId, Ref};
use crate::domain::moving::{Disqualifying, Qualifying};
use crate::domain::number::grouped;
use crate::domain::object::custom::Holding;
use crate::domain::pipeline::form::StageHolds;
use crate::domain::property::form::Held;
use crate::domain::user::leaving::Leaves;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// A rule says no.
    Rule { rule: Option<Rule>, sentence: String, field: Option<PropertyId> },
    /// It needs an answer first.
    Needs(Question),
    /// What was named is not there.
    Missing(String),
}

impl Refusal {
    pub fn rule(chapter: u8, number: u8, sentence: impl Into<String>) -> Refusal {
        Refusal::Rule { rule: Some(Rule(chapter, number)), sentence: sentence.into(), field: None }
    }

    pub fn field(rule: Option<Rule>, field: PropertyId, sentence: impl Into<String>) -> Refusal {
        Refusal::Rule { rule, sentence: sentence.into(), field: Some(field) }
    }

    pub fn rule_id(&self) -> Option<Rule> {
        match self {
            Refusal::Rule { rule, .. } => *rule,
            Refusal::Needs(question) => Some(question.rule()),
            Refusal::Missing(_) => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Rule { sentence, .. } | Refusal::Missing(sentence) => f.write_str(sentence),
            Refusal::Needs(question) => question.fmt(f),
        }
    }
}

/// What an act must know before it is done. Each has a dialog in the interface and an option on the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// R5.9: erasing has no way back.
    Erase { what: Vec<Ref>, names: Vec<String>, activities: usize },
    /// R5.9: the value of a record that comes back is taken by now.
    RestoreWithout { record: RecordId, property: PropertyId, name: String, value: String, taken_by: String },
    /// R5.3: these have as many as they may.
    Replace(Vec<Full>),
    /// R2.13, R5.9: these leads lose their last contact or company, and go to the bin along with it. `names`: of those
    /// that are in sight.
    LeadsGo { names: Vec<String>, count: usize },
    /// R3.16: the activity loses its last association.
    Unassociated { activity: ActivityId, name: String },
    /// Records hold values of a property, or options of it, that are to be deleted.
    Held(Held),
    /// R2.7: stages that are to be deleted have records in them.
    StageHolds(StageHolds),
    /// R2.8: a lead is qualified, and a deal comes with it.
    Deal(Box<Qualifying>),
    /// R2.10: leads are disqualified, and somebody may know why.
    Reason(Disqualifying),
    /// R1.7: lead owners are synced from now on; these open leads have another owner than their contact or company.
    ExistingLeads { count: usize },
    /// R5.1: an object that is to be deleted holds records, properties or associations.
    DeleteObject(Holding),
    /// R6.1: a user who is to be active no more has records and tasks.
    TakeOver(Leaves),
}

impl Question {
    pub fn rule(&self) -> Rule {
        match self {
            Question::Erase { .. } | Question::RestoreWithout { .. } | Question::LeadsGo { .. } => Rule(5, 9),
            Question::Replace(_) => Rule(5, 3),
            Question::Unassociated { .. } => Rule(3, 16),
            Question::Held(held) => held.rule(),
            Question::StageHolds(_) => Rule(2, 7),
            Question::Deal(_) => Rule(2, 8),
            Question::Reason(_) => Rule(2, 10),
            Question::ExistingLeads { .. } => Rule(1, 7),
            Question::DeleteObject(_) => Holding::RULE,
            Question::TakeOver(_) => Rule(6, 1),
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Question::Erase { names, activities, .. } => write!(
                f,
                "Erase {} for good? {activities} activities go along, and nothing of it can be brought back. --yes erases",
                counted_names(names)
            ),
            Question::RestoreWithout { name, value, taken_by, .. } => {
                write!(f, "{taken_by} has {value} by now. --without {name} restores it without that")
            }
            Question::Replace(full) => {
                let sentence = |full: &Full| {
                    format!("{}. --replace puts {} in the place of {}", full.sentence(), full.comes, full.goes_name)
                };
                f.write_str(&full.iter().map(sentence).collect::<Vec<_>>().join(". "))
            }
            Question::LeadsGo { names, count } => {
                write!(f, "{}, and would go to the bin too. --yes lets {}", losing(names, *count), them(*count))
            }
            Question::Unassociated { name, .. } => write!(
                f,
                "{name} loses its last association, and would stand under Unassociated activities. --yes lets it"
            ),
            Question::Held(held) => held.fmt(f),
            Question::StageHolds(holds) => holds.fmt(f),
            Question::Deal(qualifying) => qualifying.fmt(f),
            Question::Reason(disqualifying) => disqualifying.fmt(f),
            Question::ExistingLeads { count } => {
                write!(
                    f,
                    "{}. --existing yes gives them their owner at once, --existing no leaves them",
                    astray(*count)
                )
            }
            Question::DeleteObject(holding) => holding.fmt(f),
            Question::TakeOver(leaves) => leaves.fmt(f),
        }
    }
}

/// `The lead Roof loses its last contact or company`.
pub fn losing(names: &[String], count: usize) -> String {
    match (names, count) {
        ([one], 1) => format!("The lead {one} loses its last contact or company"),
        ([], 1) => "A lead loses its last contact or company".to_owned(),
        ([], _) => format!("{count} leads lose their last contact or company"),
        (names, _) => format!("{count} leads ({}) lose their last contact or company", counted_names(names)),
    }
}

/// `3 open leads have another owner than their contact or company`.
fn astray(count: usize) -> String {
    match count {
        0 => "Every open lead has the owner of its contact or company".to_owned(),
        1 => "1 open lead has another owner than its contact or company".to_owned(),
        many => format!("{} open leads have another owner than their contact or company", grouped(many as u64)),
    }
}

fn them(count: usize) -> &'static str {
    if count == 1 { "it" } else { "them" }
}
