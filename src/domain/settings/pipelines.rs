//! The pipelines of a workspace: the default ones with what the rows say of them.

use super::Settings;
use crate::domain::id::{Object, OptionId};
use crate::domain::pipeline::{PIPELINES, Pipeline, Stage};

impl Settings {
    pub(super) fn read_pipelines(&mut self) {
        for row in self.read_all::<Pipeline>(PIPELINES) {
            match self.pipelines.iter_mut().find(|standing| standing.id == row.id) {
                Some(built_in) => *built_in = row,
                None => self.pipelines.push(row),
            }
        }
        self.deleted_pipelines = self.pipelines.extract_if(.., |pipeline| pipeline.deleted).collect();
        self.pipelines.sort_by_key(|pipeline| (pipeline.object, pipeline.place, pipeline.id));
    }

    /// A pipeline, also one that was deleted.
    pub fn pipeline(&self, id: OptionId) -> Option<&Pipeline> {
        self.pipelines_ever().find(|pipeline| pipeline.id == id)
    }

    pub fn pipelines_of(&self, object: Object) -> impl Iterator<Item = &Pipeline> {
        self.pipelines.iter().filter(move |pipeline| pipeline.object == object)
    }

    /// Those that are there, then deleted ones.
    pub fn pipelines_ever(&self) -> impl Iterator<Item = &Pipeline> {
        self.pipelines.iter().chain(&self.deleted_pipelines)
    }

    /// A stage, also one that was deleted, for what history says of it.
    pub fn stage(&self, id: OptionId) -> Option<(&Pipeline, &Stage)> {
        self.pipelines_ever().find_map(|pipeline| pipeline.stage_ever(id).map(|stage| (pipeline, stage)))
    }

    /// A stage that records can be in.
    pub fn stage_now(&self, id: OptionId) -> Option<(&Pipeline, &Stage)> {
        self.pipelines.iter().find_map(|pipeline| pipeline.stage(id).map(|stage| (pipeline, stage)))
    }
}
