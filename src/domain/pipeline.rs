//! Pipelines and their stages, in groups (R2.2, R2.7): rows of the settings over the default ones, which are rows of
//! [`DEFAULTS`]. What users say of them is in `pipeline/form.rs`, when a record came to its stages in `pipeline/visits.rs`.

pub mod form;
pub mod visits;

use super::id::{Object, OptionId};
use serde::{Deserialize, Serialize};

/// What a stage means for the record in it. Leads, deals and tickets each use their own groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Name in scripts, name on screens.
    pub const ROWS: &'static [(Group, &'static str, &'static str)] = &[
        (Group::InProgress, "in_progress", "In progress"),
        (Group::Qualified, "qualified", "Qualified"),
        (Group::Disqualified, "disqualified", "Disqualified"),
        (Group::Open, "open", "Open"),
        (Group::Won, "won", "Won"),
        (Group::Lost, "lost", "Lost"),
        (Group::Closed, "closed", "Closed"),
    ];

    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].2
    }

    /// Those that the stages of an object's pipelines fall into, in their order; none: it has no pipelines.
    pub fn of(object: Object) -> &'static [Group] {
        match object {
            Object::LEAD => &[Group::InProgress, Group::Qualified, Group::Disqualified],
            Object::DEAL => &[Group::Open, Group::Won, Group::Lost],
            Object::TICKET => &[Group::Open, Group::Closed],
            _ => &[],
        }
    }

    pub fn is_open(self) -> bool {
        matches!(self, Group::InProgress | Group::Open)
    }

    pub fn is_lost(self) -> bool {
        matches!(self, Group::Disqualified | Group::Lost)
    }

    /// What a deal in it is likely to come to, where nobody says otherwise.
    fn probability(self) -> Option<u8> {
        match self {
            Group::Won => Some(100),
            Group::Lost => Some(0),
            _ => None,
        }
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
    /// Among those of its object.
    #[serde(default)]
    pub place: u16,
    /// By group, in their order.
    pub stages: Vec<Stage>,
    /// Stages that were deleted: nothing stands in them, history names them, their numbers stay taken.
    #[serde(default)]
    pub retired: Vec<Stage>,
    #[serde(default)]
    pub deleted: bool,
}

/// What the keys of all pipelines begin with.
pub const PIPELINES: &str = "pipeline/";

/// The key of a pipeline's row.
pub fn pipeline_key(id: OptionId) -> String {
    format!("{PIPELINES}{}", id.0)
}

impl Pipeline {
    pub fn stage(&self, id: OptionId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// A deleted one too.
    pub fn stage_ever(&self, id: OptionId) -> Option<&Stage> {
        self.stages.iter().chain(&self.retired).find(|stage| stage.id == id)
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
        place: 0,
        stages: stages.iter().map(stage).collect(),
        retired: Vec::new(),
        deleted: false,
    };
    DEFAULTS.iter().map(pipeline).collect()
}
