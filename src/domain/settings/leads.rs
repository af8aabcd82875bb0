//! The settings of leads (R1, R2): keys and what they say, as rows of the store keep them, by number. How scripts write
//! them is in `leads/written.rs`. To add one, add its key, its field and its row in [`super::SETTINGS`].

mod automation;
mod written;

use super::Settings;
use crate::domain::id::{Object, OptionId, PropertyId};
use crate::domain::object::is;
use crate::domain::pipeline::{Group, Pipeline, Stage};
use crate::domain::property::Property;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub const SYNC_OWNER: &str = "leads.sync_owner";
pub const SYNC_ACTIVITIES: &str = "leads.sync_activities";
pub const CREATE_ON_LIFECYCLE: &str = "leads.create_on_lifecycle";
pub const LIFECYCLE_ON_ASSOCIATE: &str = "leads.lifecycle_on_associate";
pub const LIFECYCLE_BACK: &str = "leads.lifecycle_on_associate_back";
pub const LIFECYCLE_SYNC: &str = "lifecycle.sync";
pub const STAGE_AUTOMATION: &str = "leads.stage_automation";
pub const REQUIRE_DEAL: &str = "leads.require_deal";
pub const REQUIRE_REASON: &str = "leads.require_reason";
/// Days without an activity after which a card of a board says so.
pub const IDLE_DAYS: &str = "leads.idle_days";
const IDLE_AFTER: u16 = 7;
/// The labels of the disqualification reasons; kept as the options of that property.
pub const REASONS: &str = "leads.reasons";
pub const CARD: &str = "leads.card";
pub const PREVIEW: &str = "leads.preview";

pub use automation::{automations, automations_written};
pub use written::OFF;

/// **Settings > Objects > Leads**.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a toggle of the page")]
pub struct Leads {
    /// An open lead takes the owner of its contact, or company (R1.6).
    pub sync_owner: bool,
    /// Activities of a contact come to its open leads (R1.10).
    pub sync_activities: bool,
    /// A contact that comes to one of these lifecycle stages gets a lead (R2.4); none: off.
    pub create_on: Vec<OptionId>,
    /// What associating a lead makes the lifecycle stage of its contact or company (R2.6).
    pub lifecycle_on_associate: Option<OptionId>,
    /// Also to an earlier one than it has.
    pub lifecycle_back: bool,
    /// Lifecycle stages flow from companies to contacts, and from deals (R2.18).
    pub lifecycle_sync: bool,
    /// Pipelines whose leads move on by what happens with them (R2.16).
    pub stage_automation: Vec<StageAutomation>,
    /// A lead that is qualified gets a deal (R2.8).
    pub require_deal: bool,
    /// A lead is disqualified for a reason (R2.10).
    pub require_reason: bool,
    /// More days than these without an activity are idle ones; 0: they are not told.
    pub idle_days: u16,
    /// What a card of the board shows below the name, and what a preview shows (R2.15).
    pub card: Vec<PropertyId>,
    pub preview: Vec<PropertyId>,
}

/// The stages that leads of a pipeline move on to (R2.16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageAutomation {
    pub pipeline: OptionId,
    /// With the owner's first call, e-mail or message.
    pub outreach: OptionId,
    /// With a reply, a connected call or a held meeting.
    pub answer: OptionId,
}

const ON_CARD: &[PropertyId] = &[is::COMPANY, is::LAST_ACTIVITY, is::LEAD_LABEL, is::OWNER];
const IN_PREVIEW: &[PropertyId] = &[is::LEAD_LABEL, is::LEAD_TYPE, is::LEAD_SOURCE, is::OWNER];

impl Default for Leads {
    fn default() -> Self {
        Leads {
            sync_owner: false,
            sync_activities: false,
            create_on: Vec::new(),
            lifecycle_on_associate: None,
            lifecycle_back: false,
            lifecycle_sync: false,
            stage_automation: Vec::new(),
            require_deal: false,
            require_reason: false,
            idle_days: IDLE_AFTER,
            card: ON_CARD.to_vec(),
            preview: IN_PREVIEW.to_vec(),
        }
    }
}

impl Leads {
    pub(super) fn of(settings: &Settings) -> Leads {
        let is_on = |key| settings.text(key).as_deref() == Some("true");
        let by_default = Leads::default();
        Leads {
            sync_owner: is_on(SYNC_OWNER),
            sync_activities: is_on(SYNC_ACTIVITIES),
            create_on: settings.kept(CREATE_ON_LIFECYCLE).unwrap_or_default(),
            lifecycle_on_associate: settings.kept(LIFECYCLE_ON_ASSOCIATE),
            lifecycle_back: is_on(LIFECYCLE_BACK),
            lifecycle_sync: is_on(LIFECYCLE_SYNC),
            stage_automation: settings.kept(STAGE_AUTOMATION).unwrap_or_default(),
            require_deal: is_on(REQUIRE_DEAL),
            require_reason: is_on(REQUIRE_REASON),
            idle_days: settings.text(IDLE_DAYS).and_then(|days| days.parse().ok()).unwrap_or(by_default.idle_days),
            card: settings.kept(CARD).unwrap_or(by_default.card),
            preview: settings.kept(PREVIEW).unwrap_or(by_default.preview),
        }
    }
}

/// Where the leads of a pipeline move on to, as its stages stand now.
#[derive(Debug, Clone, Copy)]
pub struct MovingOn<'a> {
    pub pipeline: &'a Pipeline,
    pub outreach: &'a Stage,
    pub answer: &'a Stage,
}

impl Settings {
    fn kept<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_str(self.row(key)?).ok()
    }

    /// Why leads are disqualified (R2.11).
    pub fn reasons(&self) -> Option<&Property> {
        self.object(Object::LEAD).and_then(|spec| spec.property(is::DISQUALIFICATION_REASON))
    }

    /// Whether a lead in the stage is open.
    pub fn is_open_lead(&self, stage: Option<OptionId>) -> bool {
        stage.and_then(|id| self.stage(id)).is_some_and(|(_, stage)| stage.group == Group::InProgress)
    }

    /// What moves on in a pipeline by itself (R2.16); a stage that is deleted or closed by now takes nobody.
    pub fn moving_on(&self, pipeline: OptionId) -> Option<MovingOn<'_>> {
        let said = self.leads.stage_automation.iter().find(|said| said.pipeline == pipeline)?;
        let pipeline = self.pipelines.iter().find(|own| own.id == pipeline)?;
        let stage = |id| pipeline.stage(id).filter(|stage| stage.group == Group::InProgress);
        Some(MovingOn { pipeline, outreach: stage(said.outreach)?, answer: stage(said.answer)? })
    }
}
