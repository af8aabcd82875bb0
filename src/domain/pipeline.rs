//! Pipelines and their stages, in groups. The default ones are rows of [`DEFAULTS`].

use super::id::{Object, OptionId};
use serde::{Deserialize, Serialize};

/// What a stage means for the record in it. Leads, deals and tickets each use their own groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    InProgress,
    Qualified,
    Disqualified,
    Open,
    Won,
    Lost,
    Closed,
}

impl Group {
    pub fn is_open(self) -> bool {
        matches!(self, Group::InProgress | Group::Open)
    }

    pub fn is_lost(self) -> bool {
        matches!(self, Group::Disqualified | Group::Lost)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub id: OptionId,
    pub name: String,
    pub group: Group,
    /// Percent, of deals.
    #[serde(default)]
    pub probability: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    pub id: OptionId,
    pub object: Object,
    pub name: String,
    pub stages: Vec<Stage>,
}

impl Pipeline {
    pub fn stage(&self, id: OptionId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// Place of an open stage among the open ones, from 1, and how many there are: what the meter shows.
    pub fn progress(&self, id: OptionId) -> Option<(usize, usize)> {
        let mut open = self.stages.iter().filter(|stage| stage.group.is_open());
        let place = open.clone().position(|stage| stage.id == id)?;
        Some((place + 1, open.by_ref().count()))
    }
}

type StageRow = (u16, &'static str, Group, Option<u8>);

/// Pipeline number, object, name, stages. Stage numbers are unique over all pipelines.
pub const DEFAULTS: &[(u16, Object, &str, &[StageRow])] = &[
    (
        1,
        Object::LEAD,
        "Leads",
        &[
            (1, "New", Group::InProgress, None),
            (2, "Attempting", Group::InProgress, None),
            (3, "Connected", Group::InProgress, None),
            (4, "Qualified", Group::Qualified, None),
            (5, "Disqualified", Group::Disqualified, None),
        ],
    ),
    (
        2,
        Object::DEAL,
        "Sales",
        &[
            (11, "Appointment scheduled", Group::Open, Some(20)),
            (12, "Qualified to buy", Group::Open, Some(40)),
            (13, "Presentation scheduled", Group::Open, Some(60)),
            (14, "Decision maker bought-in", Group::Open, Some(80)),
            (15, "Contract sent", Group::Open, Some(90)),
            (16, "Closed won", Group::Won, Some(100)),
            (17, "Closed lost", Group::Lost, Some(0)),
        ],
    ),
    (
        3,
        Object::TICKET,
        "Support",
        &[
            (21, "New", Group::Open, None),
            (22, "Waiting on contact", Group::Open, None),
            (23, "Waiting on us", Group::Open, None),
            (24, "Closed", Group::Closed, None),
        ],
    ),
];

/// The pipelines of a new workspace.
pub fn defaults() -> Vec<Pipeline> {
    let stage = |&(id, name, group, probability): &StageRow| Stage {
        id: OptionId(id),
        name: name.to_owned(),
        group,
        probability,
    };
    let pipeline = |&(id, object, name, stages): &(u16, Object, &str, &[StageRow])| Pipeline {
        id: OptionId(id),
        object,
        name: name.to_owned(),
        stages: stages.iter().map(stage).collect(),
    };
    DEFAULTS.iter().map(pipeline).collect()
}
