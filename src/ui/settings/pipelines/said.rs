//! What is said of a draft of pipelines: how much was changed, and what that does elsewhere.

use super::PipelinesPage;
use crate::domain::id::OptionId;
use crate::domain::object::is;
use crate::domain::pipeline::form::{PipelineForm, Pipelines, StageForm};
use crate::domain::query::parse::filter;
use crate::domain::query::{Check, Path};
use crate::domain::value::Value;
use crate::domain::view::View;
use crate::ui::layer::Cx;

/// How many changes a draft holds.
pub fn changes(saved: &Pipelines, draft: &Pipelines) -> usize {
    let before = |form: &PipelineForm| saved.forms.iter().find(|known| form.id.is_some() && known.id == form.id);
    let gone = saved.forms.iter().filter(|known| !draft.forms.iter().any(|form| form.id == known.id)).count();
    let own = draft.forms.iter().map(|form| before(form).map_or(1, |before| of_one(before, form)));
    let order = order(saved.forms.iter().map(|form| form.id), draft.forms.iter().map(|form| form.id));
    gone + own.sum::<usize>() + usize::from(order)
}

fn of_one(before: &PipelineForm, form: &PipelineForm) -> usize {
    let known = |stage: &StageForm| before.stages.iter().find(|known| stage.id.is_some() && known.id == stage.id);
    let gone = before.stages.iter().filter(|known| !form.stages.iter().any(|stage| stage.id == known.id)).count();
    let changed = form.stages.iter().filter(|stage| known(stage) != Some(stage)).count();
    let order = order(before.stages.iter().map(|stage| stage.id), form.stages.iter().map(|stage| stage.id));
    usize::from(before.name != form.name) + gone + changed + usize::from(order)
}

/// Whether what is in both stands in another order.
fn order(
    before: impl Iterator<Item = Option<OptionId>> + Clone,
    after: impl Iterator<Item = Option<OptionId>> + Clone,
) -> bool {
    let stays = |of: &Option<OptionId>| of.is_some();
    let (first, second): (Vec<_>, Vec<_>) = (before.filter(stays).collect(), after.filter(stays).collect());
    let kept = first.iter().filter(|id| second.contains(id));
    !kept.eq(second.iter().filter(|id| first.contains(id)))
}

impl PipelinesPage {
    /// What the draft does elsewhere, a sentence each.
    pub(super) fn consequences(&self, cx: &Cx) -> Vec<String> {
        let known: Vec<_> = cx.settings.pipelines_of(self.object).cloned().collect();
        let mut said = Vec::new();
        for stage in self.draft.gone(&known) {
            let held = self.count(stage.id).unwrap_or(0);
            if held > 0 {
                let records = cx.settings.object(self.object).map(|spec| spec.counted(held)).unwrap_or_default();
                said.push(format!("{} holds {records}: saving asks which stage takes them.", stage.name));
            }
            let views = cx.settings.views.iter().filter(|view| {
                let is_seen = view.everyone || view.owner == Some(cx.user.id);
                is_seen && view.object == self.object && self.looks_at(view, stage.id, cx)
            });
            said.extend(views.map(|view| format!("The view {} filters by {}.", view.name, stage.name)));
        }
        said
    }

    fn looks_at(&self, view: &View, stage: OptionId, cx: &Cx) -> bool {
        let Some(spec) = cx.settings.object(self.object) else { return false };
        let read = view.filters.iter().filter_map(|text| filter(text, spec, &cx.reading()).ok());
        let mut tests = read.flat_map(|filter| filter.any);
        tests.any(|test| {
            let is_stage = test.of == Path::Own(is::STAGE);
            is_stage && matches!(&test.check, Check::OneOf(values) if values.contains(&Value::Option(stage)))
        })
    }
}
