//! What a user says of the pipelines of an object, and how it becomes them (R2.2, R2.7). What is checked here needs no
//! record; what rests on the records that stand in stages is checked by the rules.

use super::{Group, Pipeline, Stage};
use crate::domain::fold::fold;
use crate::domain::id::{Object, OptionId};
use crate::domain::property::form::clean;
use serde::{Deserialize, Serialize};
use std::fmt;

/// All pipelines of an object as a user wants them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipelines {
    pub object: Object,
    /// In their order; one that is left out is deleted.
    pub forms: Vec<PipelineForm>,
    /// For deleted stages that records are in: the stage that takes them.
    pub moves: Vec<(OptionId, OptionId)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineForm {
    /// `None`: a new one.
    pub id: Option<OptionId>,
    pub name: String,
    /// In their order within each group; one that is left out is deleted.
    pub stages: Vec<StageForm>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageForm {
    /// `None`: a new one.
    pub id: Option<OptionId>,
    pub name: String,
    pub group: Group,
    /// Percent, of deals; `None`: that of the stage before it.
    pub probability: Option<u8>,
}

/// Stages that are to be deleted and that records are in (R2.7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageHolds {
    pub object: Object,
    /// Each with its name and how many records are in it.
    pub stages: Vec<(OptionId, String, usize)>,
}

impl fmt::Display for StageHolds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = |count: usize| if count == 1 { "1 record is".to_owned() } else { format!("{count} records are") };
        let each = self.stages.iter().map(|(_, name, count)| format!("{} in {name}", records(*count)));
        write!(f, "{}. --move-to OTHER moves them to another stage", each.collect::<Vec<_>>().join(", "))
    }
}

/// Numbers below belong to pipelines and stages that every workspace has.
const FIRST_OWN: u16 = 100;
/// Pipelines of an object, and stages of a pipeline.
const MOST: usize = 100;

impl From<&Pipeline> for PipelineForm {
    fn from(pipeline: &Pipeline) -> Self {
        let stage = |stage: &Stage| StageForm {
            id: Some(stage.id),
            name: stage.name.clone(),
            group: stage.group,
            probability: stage.probability,
        };
        PipelineForm {
            id: Some(pipeline.id),
            name: pipeline.name.clone(),
            stages: pipeline.stages.iter().map(stage).collect(),
        }
    }
}

impl Pipelines {
    /// The pipelines as they are.
    pub fn of(object: Object, known: &[Pipeline]) -> Pipelines {
        let own = known.iter().filter(|pipeline| pipeline.object == object && !pipeline.deleted);
        Pipelines { object, forms: own.map(PipelineForm::from).collect(), moves: Vec::new() }
    }

    /// Stages that are there now and that this deletes.
    pub fn gone<'a>(&self, known: &'a [Pipeline]) -> Vec<&'a Stage> {
        let stays = |id| self.forms.iter().flat_map(|form| &form.stages).any(|stage| stage.id == Some(id));
        let own = known.iter().filter(|pipeline| pipeline.object == self.object && !pipeline.deleted);
        own.flat_map(|pipeline| &pipeline.stages).filter(|stage| !stays(stage.id)).collect()
    }

    /// The pipelines of the object as this says, deleted ones among them; the error is a sentence. `known`: those of
    /// all objects, deleted ones too.
    pub fn written(&self, known: &[Pipeline]) -> Result<Vec<Pipeline>, String> {
        if Group::of(self.object).is_empty() {
            return Err("Only leads, deals and tickets have pipelines".to_owned());
        }
        match self.forms.len() {
            0 => return Err("One pipeline at least has to stay".to_owned()),
            many if many > MOST => return Err(format!("{many} pipelines are too many: {MOST} are taken")),
            _ => {}
        }
        let taken = known.iter().flat_map(|pipeline| pipeline.stages.iter().chain(&pipeline.retired));
        let mut numbers = Numbers {
            pipeline: known.iter().map(|pipeline| pipeline.id.0).fold(FIRST_OWN - 1, u16::max),
            stage: taken.map(|stage| stage.id.0).fold(FIRST_OWN - 1, u16::max),
        };
        let mut written: Vec<Pipeline> = Vec::with_capacity(self.forms.len());
        for (place, form) in (0..).zip(&self.forms) {
            let pipeline = form.written(self.object, place, known, &mut numbers)?;
            if written.iter().any(|other| fold(&other.name) == fold(&pipeline.name) || other.id == pipeline.id) {
                return Err(format!("There are two pipelines called {}. Give one another name", pipeline.name));
            }
            written.push(pipeline);
        }
        let own = known.iter().filter(|pipeline| pipeline.object == self.object);
        let left_out: Vec<&Pipeline> = own.filter(|own| !written.iter().any(|kept| kept.id == own.id)).collect();
        written.extend(left_out.into_iter().map(|pipeline| Pipeline { deleted: true, ..pipeline.clone() }));
        Ok(written)
    }
}

/// The last numbers that were given.
struct Numbers {
    pipeline: u16,
    stage: u16,
}

fn next(last: &mut u16) -> Result<OptionId, String> {
    *last = last.checked_add(1).filter(|next| *next < u16::MAX).ok_or("There were too many stages and pipelines")?;
    Ok(OptionId(*last))
}

impl PipelineForm {
    fn written(&self, object: Object, place: u16, known: &[Pipeline], last: &mut Numbers) -> Result<Pipeline, String> {
        let name = clean("A pipeline", &self.name)?;
        let before = known.iter().find(|pipeline| Some(pipeline.id) == self.id && pipeline.object == object);
        let id = before.map_or_else(|| next(&mut last.pipeline), |before| Ok(before.id))?;
        if self.stages.len() > MOST {
            return Err(format!("{} stages are too many: {MOST} are taken", self.stages.len()));
        }
        let mut stages: Vec<Stage> = Vec::with_capacity(self.stages.len());
        for form in &self.stages {
            let known = before.and_then(|before| before.stage_ever(form.id?));
            let id = known.map_or_else(|| next(&mut last.stage), |known| Ok(known.id))?;
            let stage = form.written(id, object, &name)?;
            if stages.iter().any(|other| fold(&other.name) == fold(&stage.name) || other.id == stage.id) {
                return Err(format!("{name} has two stages called {}. Give one another name", stage.name));
            }
            stages.push(stage);
        }
        for group in Group::of(object) {
            if !stages.iter().any(|stage| stage.group == *group) {
                let label = group.label().to_lowercase();
                return Err(format!("{name} needs a stage that is {label}: each group has one at least"));
            }
        }
        stages.sort_by_key(|stage| stage.group);
        fill_probabilities(object, &mut stages);
        let known = before.into_iter().flat_map(|before| before.stages.iter().chain(&before.retired));
        let retired = known.filter(|known| !stages.iter().any(|stage| stage.id == known.id)).cloned().collect();
        Ok(Pipeline { id, object, name, place, stages, retired, deleted: false })
    }
}

impl StageForm {
    fn written(&self, id: OptionId, object: Object, pipeline: &str) -> Result<Stage, String> {
        let name = clean("A stage", &self.name)?;
        if !Group::of(object).contains(&self.group) {
            let names: Vec<&str> = Group::of(object).iter().map(|group| group.name()).collect();
            return Err(format!("{pipeline} has no group {}. There are: {}", self.group.name(), names.join(", ")));
        }
        match self.probability {
            Some(_) if object != Object::DEAL => Err("Only stages of deals have a probability".to_owned()),
            Some(percent) if percent > 100 => Err(format!("{percent} is no probability: 0 to 100 percent are taken")),
            probability => Ok(Stage { id, name, group: self.group, probability }),
        }
    }
}

/// A stage of deals that says none is as likely as the one before it.
fn fill_probabilities(object: Object, stages: &mut [Stage]) {
    if object != Object::DEAL {
        return;
    }
    let mut before = 0;
    for stage in stages {
        before = *stage.probability.get_or_insert(stage.group.probability().unwrap_or(before));
    }
}

#[cfg(test)]
mod tests;
