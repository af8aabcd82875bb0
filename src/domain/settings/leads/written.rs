//! The settings of leads as scripts and pages write them: labels and internal names, `;` between several.

use super::automation::{automations, automations_written};
use super::{
    CARD, CREATE_ON_LIFECYCLE, IDLE_DAYS, LIFECYCLE_BACK, LIFECYCLE_ON_ASSOCIATE, LIFECYCLE_SYNC, Leads, PREVIEW,
    REASONS, REQUIRE_DEAL, REQUIRE_REASON, STAGE_AUTOMATION, SYNC_ACTIVITIES, SYNC_OWNER, StageAutomation,
};
use crate::domain::change::Rule;
use crate::domain::fold::fold;
use crate::domain::id::{Object, OptionId, PropertyId};
use crate::domain::lifecycle;
use crate::domain::object::is;
use crate::domain::pipeline::{Group, Pipeline, Stage};
use crate::domain::property::Property;
use crate::domain::settings::{DEFAULT, NONE, Settings};
use crate::domain::value::several;
use serde::Serialize;

/// How scripts say that an automation does nothing.
pub const OFF: &str = "off";

const HOW_AUTOMATED: &str = "Written so: Leads=Attempting>Connected";

/// What is kept under a key; `None`: it is as from the start.
type Row = Result<Option<String>, String>;

impl Settings {
    /// What a setting of leads says now, default or not.
    pub(in crate::domain::settings) fn lead_shown(&self, key: &str) -> Option<String> {
        let leads = &self.leads;
        Some(match key {
            SYNC_OWNER => leads.sync_owner.to_string(),
            SYNC_ACTIVITIES => leads.sync_activities.to_string(),
            CREATE_ON_LIFECYCLE => lifecycle_written(leads.create_on.iter().copied()),
            LIFECYCLE_ON_ASSOCIATE => lifecycle_written(leads.lifecycle_on_associate),
            LIFECYCLE_BACK => leads.lifecycle_back.to_string(),
            LIFECYCLE_SYNC => leads.lifecycle_sync.to_string(),
            STAGE_AUTOMATION => self.automation_written(&leads.stage_automation),
            REQUIRE_DEAL => leads.require_deal.to_string(),
            REQUIRE_REASON => leads.require_reason.to_string(),
            REASONS => self.reasons_written(),
            IDLE_DAYS => leads.idle_days.to_string(),
            CARD => self.properties_written(&leads.card),
            PREVIEW => self.properties_written(&leads.preview),
            _ => return None,
        })
    }

    fn reasons_written(&self) -> String {
        let labels = self.reasons().into_iter().flat_map(|reasons| &reasons.choices);
        labels.map(|reason| reason.label.as_str()).collect::<Vec<_>>().join(";")
    }

    /// `Leads=Attempting>Connected`; what names a pipeline or a stage that is gone says nothing.
    pub fn automation_written(&self, all: &[StageAutomation]) -> String {
        let one = |said: &StageAutomation| {
            let pipeline = self.pipelines.iter().find(|own| own.id == said.pipeline)?;
            let name = |id| pipeline.stage(id).map(|stage| stage.name.clone());
            Some([pipeline.name.clone(), name(said.outreach)?, name(said.answer)?])
        };
        automations_written(&all.iter().filter_map(one).collect::<Vec<_>>())
    }

    /// `company;owner`.
    pub fn properties_written(&self, properties: &[PropertyId]) -> String {
        joined(properties.iter().filter_map(|id| Some(self.lead_property(*id)?.name.clone())), NONE)
    }

    fn lead_property(&self, id: PropertyId) -> Option<&Property> {
        self.object(Object::LEAD)?.property(id)
    }

    /// A setting of leads that is written in a form of its own, as its row keeps it.
    pub fn read_of_leads(&self, key: &str, text: &str) -> Result<Option<String>, (Rule, String)> {
        let (rule, row) = match key {
            CREATE_ON_LIFECYCLE => (Rule(2, 4), self.read_lifecycle(text)),
            LIFECYCLE_ON_ASSOCIATE => (Rule(2, 6), self.read_lifecycle_stage(text)),
            STAGE_AUTOMATION => (Rule(2, 16), self.read_automation(text)),
            CARD => (Rule(2, 15), self.read_shown(text, &Leads::default().card)),
            PREVIEW => (Rule(2, 15), self.read_shown(text, &Leads::default().preview)),
            _ => (Rule(2, 1), Err(format!("There is no setting of leads {key}"))),
        };
        row.map_err(|sentence| (rule, sentence))
    }

    /// Lifecycle stages as they are kept, or `None` when the automation is off.
    fn read_lifecycle(&self, text: &str) -> Row {
        let stages = self.lifecycle_stages(text)?;
        Ok((!stages.is_empty()).then(|| row(&stages)))
    }

    /// One lifecycle stage that leads bring with them.
    fn read_lifecycle_stage(&self, text: &str) -> Row {
        let stages = self.lifecycle_stages(text)?;
        if stages.len() > 1 {
            return Err(format!("“{text}” are several lifecycle stages, and it takes one"));
        }
        match stages.first() {
            // R2.17
            Some(stage) if !lifecycle::is_in_order(*stage) => {
                Err(format!("{} stands outside the order: nothing moves there by itself", lifecycle::label(*stage)))
            }
            stage => Ok(stage.map(row)),
        }
    }

    fn lifecycle_stages(&self, text: &str) -> Result<Vec<OptionId>, String> {
        let is_off = |text: &str| [OFF, NONE].contains(&fold(text).as_str());
        if is_off(text.trim()) {
            return Ok(Vec::new());
        }
        let property = self.object(Object::CONTACT).and_then(|spec| spec.property(is::LIFECYCLE_STAGE));
        let known = property.map_or(&[][..], |property| &property.choices);
        let mut stages = Vec::new();
        for part in several(text) {
            let found = known.iter().find(|choice| fold(&choice.label) == fold(part) || choice.name == part);
            let stage = found.ok_or_else(|| {
                let labels: Vec<&str> = known.iter().map(|choice| choice.label.as_str()).collect();
                format!("There is no lifecycle stage “{part}”. There are: {OFF}, {}", labels.join(", "))
            })?;
            if !stages.contains(&stage.id) {
                stages.push(stage.id);
            }
        }
        if stages.is_empty() { Err(format!("Nothing is written. `{OFF}` turns it off")) } else { Ok(stages) }
    }

    /// Both stages of each pipeline; the other pipelines have none.
    fn read_automation(&self, text: &str) -> Row {
        if [OFF, NONE].contains(&fold(text.trim()).as_str()) {
            return Ok(None);
        }
        let mut all: Vec<StageAutomation> = Vec::new();
        let wrong = |part: String| format!("“{part}” says no pipeline and two stages. {HOW_AUTOMATED}");
        for [pipeline, outreach, answer] in automations(text).map_err(wrong)? {
            let pipeline = self.lead_pipeline(&pipeline)?;
            if all.iter().any(|said| said.pipeline == pipeline.id) {
                return Err(format!("{} is named twice. {HOW_AUTOMATED}", pipeline.name));
            }
            let [outreach, answer] = [open_stage(pipeline, &outreach)?, open_stage(pipeline, &answer)?];
            let place = |stage: &Stage| pipeline.stages.iter().position(|own| own.id == stage.id);
            if place(outreach) == Some(0) || place(answer) <= place(outreach) {
                return Err(format!(
                    "Leads move forwards: {} comes after the first stage of {}, and {} after it",
                    outreach.name, pipeline.name, answer.name
                ));
            }
            all.push(StageAutomation { pipeline: pipeline.id, outreach: outreach.id, answer: answer.id });
        }
        if all.is_empty() {
            return Err(format!("Nothing is written. `{OFF}` turns it off. {HOW_AUTOMATED}"));
        }
        Ok(Some(row(&all)))
    }

    fn lead_pipeline(&self, name: &str) -> Result<&Pipeline, String> {
        let mut own = self.pipelines_of(Object::LEAD);
        own.find(|pipeline| fold(&pipeline.name) == fold(name)).ok_or_else(|| {
            let names: Vec<&str> = self.pipelines_of(Object::LEAD).map(|pipeline| pipeline.name.as_str()).collect();
            format!("There is no pipeline “{name}” of leads. There are: {}", names.join(", "))
        })
    }

    /// Properties that a card or a preview shows; `by_default`: those from the start.
    fn read_shown(&self, text: &str, by_default: &[PropertyId]) -> Row {
        if fold(text.trim()) == DEFAULT {
            return Ok(None);
        }
        let mut shown: Vec<PropertyId> = Vec::new();
        if fold(text.trim()) != NONE {
            for part in several(text) {
                let property = self.shown_property(part)?;
                if !shown.contains(&property.id) {
                    shown.push(property.id);
                }
            }
        }
        Ok((shown != by_default).then(|| row(&shown)))
    }

    fn shown_property(&self, name: &str) -> Result<&Property, String> {
        let spec = self.object(Object::LEAD).ok_or("There are no leads")?;
        spec.property_called(name).filter(|property| !property.hidden).ok_or_else(|| {
            let shown = spec.properties.iter().filter(|property| !property.hidden);
            let names: Vec<&str> = shown.map(|property| property.name.as_str()).collect();
            format!("Leads have no property “{name}”. They have: {}", names.join(", "))
        })
    }
}

fn open_stage<'a>(pipeline: &'a Pipeline, name: &str) -> Result<&'a Stage, String> {
    let mut open = pipeline.stages.iter().filter(|stage| stage.group == Group::InProgress);
    open.clone().find(|stage| fold(&stage.name) == fold(name)).ok_or_else(|| {
        let names: Vec<&str> = open.by_ref().map(|stage| stage.name.as_str()).collect();
        format!("{} has no stage “{name}” in progress. There are: {}", pipeline.name, names.join(", "))
    })
}

fn lifecycle_written(stages: impl IntoIterator<Item = OptionId>) -> String {
    joined(stages.into_iter().map(|stage| lifecycle::label(stage).to_owned()), OFF)
}

fn joined(parts: impl Iterator<Item = String>, nothing: &str) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { nothing.to_owned() } else { parts.join(";") }
}

fn row(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
}

#[cfg(test)]
mod tests;
