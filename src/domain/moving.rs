//! Moving records through stages (R2.8 to R2.12): what is asked for, what has to be asked back, and where on the board a
//! card comes to lie (`moving/place.rs`).

pub mod place;

use super::id::{OptionId, PropertyId, RecordId};
use super::value::Value;
use place::Place;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Records that go to a stage of their pipeline, or to another place on the board in the stage that they are in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub what: Vec<RecordId>,
    pub stage: OptionId,
    pub place: Place,
    /// Of leads that are disqualified (R2.10).
    pub reason: Given<OptionId>,
    pub note: Option<String>,
    /// Of leads that are qualified (R2.8): what the new deal has otherwise than it is filled in; `None` leaves empty.
    pub deal: Given<Vec<(PropertyId, Option<Value>)>>,
}

/// An answer that a move may need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given<T> {
    /// The user is asked, also where they may skip it.
    Ask,
    /// Nothing; where it is required they are asked all the same.
    Skip,
    This(T),
}

impl Move {
    /// To the top of a stage, asking what there is to ask.
    pub fn to(what: Vec<RecordId>, stage: OptionId) -> Move {
        Move { what, stage, place: Place::Top, reason: Given::Ask, note: None, deal: Given::Ask }
    }
}

/// A lead is qualified: the deal that would be made, filled in (R2.8, R2.9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifying {
    pub lead: RecordId,
    pub name: String,
    pub values: Vec<(PropertyId, Value)>,
    /// What the deal is associated with besides the lead, with their names as far as they are in sight.
    pub ties: Vec<(RecordId, String)>,
    /// Whether the lead does not move without a deal.
    pub required: bool,
}

impl fmt::Display for Qualifying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is qualified: a deal comes with it. --deal name=… makes one", self.name)
    }
}

/// Leads are disqualified: why (R2.10)?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disqualifying {
    /// The lead, where it is one.
    pub name: Option<String>,
    pub count: usize,
    /// Whether they do not move without a reason.
    pub required: bool,
    /// Labels of the reasons that there are.
    pub reasons: Vec<String>,
}

impl fmt::Display for Disqualifying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = self.name.clone().unwrap_or_else(|| format!("{} leads", self.count));
        let verb = if self.count == 1 { "needs" } else { "need" };
        write!(f, "{who} {verb} a reason to be disqualified. --reason gives one of: {}", self.reasons.join(", "))
    }
}
