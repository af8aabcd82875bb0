//! What keys do to the draft of pipelines. Nothing here leaves a draft that could not be saved, but for records that
//! stand in stages that go: saving asks about those.

use super::{Line, PipelinesPage, What};
use crate::domain::id::Object;
use crate::domain::pipeline::Group;
use crate::domain::pipeline::form::{PipelineForm, Pipelines, StageForm};
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::settings::general::Typing;
use crate::ui::widgets::TextField;

const LETTERS: usize = 80;

impl PipelinesPage {
    fn form_mut(&mut self) -> Option<&mut PipelineForm> {
        self.draft.forms.get_mut(self.shown)
    }

    fn begin(&mut self, what: What, text: &str) {
        self.typing = Some((what, Typing::of(TextField::new(text).limited(LETTERS))));
    }

    pub(super) fn rename(&mut self) {
        let name = match self.at_stage() {
            Some(at) => self.stage(at).map(|stage| stage.name.clone()),
            None => self.form().map(|form| form.name.clone()),
        };
        self.begin(What::Name, &name.unwrap_or_default());
    }

    pub(super) fn type_probability(&mut self) {
        let percent = self.at_stage().and_then(|at| self.stage(at)?.probability);
        self.begin(What::Probability, &percent.map(|percent| percent.to_string()).unwrap_or_default());
    }

    /// Below the one under the cursor, in its group.
    pub(super) fn add_stage(&mut self) {
        let at = self.at_stage().map_or(0, |at| at + 1);
        let beside = self.stage(at.saturating_sub(1)).map(|stage| stage.group);
        let Some(group) = beside.or_else(|| Group::of(self.object).first().copied()) else { return };
        let Some(form) = self.form_mut() else { return };
        form.stages
            .insert(at.min(form.stages.len()), StageForm { id: None, name: String::new(), group, probability: None });
        self.lay(Some(Line::Stage(at)));
        self.begin(What::NewName, "");
    }

    /// With one stage in each group, called as the group is.
    pub(super) fn add_pipeline(&mut self, _: &Cx) {
        let stage = |group: &Group| StageForm {
            id: None,
            name: if group.is_open() { "New".to_owned() } else { group.label().to_owned() },
            group: *group,
            probability: None,
        };
        let stages = Group::of(self.object).iter().map(stage).collect();
        self.draft.forms.push(PipelineForm { id: None, name: String::new(), stages });
        self.shown = self.draft.forms.len() - 1;
        self.lay(Some(Line::Pipeline));
        self.begin(What::NewName, "");
    }

    pub(super) fn choose_pipeline(&self) -> Vec<Effect> {
        let choice = |(at, form): (usize, &PipelineForm)| Choice::placed(at, &form.name, "");
        let choices = self.draft.forms.iter().enumerate().map(choice).collect();
        vec![Effect::Push(Box::new(Choose::new("Pipeline", "The one that is seen here.", choices, self.shown)))]
    }

    /// Why what is under the cursor stays.
    pub(super) fn stays(&self) -> Option<String> {
        match self.at_stage() {
            None if self.draft.forms.len() < 2 => Some("one pipeline at least has to stay".into()),
            None => None,
            Some(at) => self.is_alone(at).then(|| "each group has one stage at least".into()),
        }
    }

    fn is_alone(&self, at: usize) -> bool {
        let group = self.stage(at).map(|stage| stage.group);
        let stages = self.form().map(|form| form.stages.as_slice()).unwrap_or_default();
        stages.iter().filter(|stage| Some(stage.group) == group).count() < 2
    }

    pub(super) fn delete(&mut self) {
        let (at, shown) = (self.at_stage(), self.shown);
        if let (Some(at), Some(form)) = (at, self.form_mut()) {
            form.stages.remove(at);
        } else {
            self.draft.forms.remove(shown);
            self.shown = shown.min(self.draft.forms.len() - 1);
        }
        self.lay(self.line());
    }

    /// Where a stage goes by one step: another place, or the group beside its own.
    fn step(&self, at: usize, down: bool) -> Option<(usize, Group)> {
        let stage = self.stage(at)?;
        let beside = if down { at + 1 } else { at.checked_sub(1)? };
        match self.stage(beside) {
            Some(other) if other.group == stage.group => Some((beside, stage.group)),
            Some(other) => Some((at, other.group)),
            None => None,
        }
    }

    /// Why what is under the cursor can't be moved that way.
    pub(super) fn stuck(&self, down: bool) -> Option<String> {
        let end = if down { "it is the last one" } else { "it is the first one" };
        let Some(at) = self.at_stage() else {
            let is_end = if down { self.shown + 1 >= self.draft.forms.len() } else { self.shown == 0 };
            return is_end.then(|| end.into());
        };
        match self.step(at, down) {
            None => Some(end.into()),
            Some((to, _)) if to == at && self.is_alone(at) => Some("each group has one stage at least".into()),
            Some(_) => None,
        }
    }

    pub(super) fn shift(&mut self, down: bool) {
        let Some(at) = self.at_stage() else {
            let to = if down { self.shown + 1 } else { self.shown - 1 };
            self.draft.forms.swap(self.shown, to);
            self.shown = to;
            return;
        };
        let (step, is_deal) = (self.step(at, down), self.object == Object::DEAL);
        if let (Some((to, group)), Some(form)) = (step, self.form_mut()) {
            if form.stages[at].group != group && is_deal {
                form.stages[at].probability = None;
            }
            form.stages[at].group = group;
            form.stages.swap(at, to);
            self.lay(Some(Line::Stage(to)));
        }
    }

    /// What is typed goes into the draft. False: it is not taken, and the field says why.
    pub(super) fn take_typed(&mut self, cx: &Cx) -> bool {
        let Some((what, typing)) = &self.typing else { return true };
        let text = typing.field.text().trim().to_owned();
        let taken = self.with_typed(*what, &text).and_then(|draft| {
            let known: Vec<_> = cx.settings.pipelines_ever().cloned().collect();
            draft.written(&known).map(|_| draft)
        });
        match taken {
            Ok(draft) => {
                (self.draft, self.typing) = (draft, None);
                self.lay(self.line());
                true
            }
            Err(sentence) => {
                if let Some((_, typing)) = &mut self.typing {
                    typing.refusal = Some(sentence);
                }
                false
            }
        }
    }

    fn with_typed(&self, what: What, text: &str) -> Result<Pipelines, String> {
        let mut draft = self.draft.clone();
        let form = draft.forms.get_mut(self.shown).ok_or("The pipeline is gone")?;
        match (self.at_stage().and_then(|at| form.stages.get_mut(at)), what) {
            (Some(stage), What::Probability) => stage.probability = percent(text)?,
            (Some(stage), _) => text.clone_into(&mut stage.name),
            (None, _) => text.clone_into(&mut form.name),
        }
        Ok(draft)
    }

    /// A new one that got no name goes again.
    pub(super) fn leave_field(&mut self) -> Vec<Effect> {
        if let Some((What::NewName, _)) = self.typing.take() {
            self.delete();
        }
        Vec::new()
    }

    pub(super) fn discard(&mut self) {
        self.typing = None;
        self.draft = self.saved.clone();
        self.shown = self.shown.min(self.draft.forms.len().saturating_sub(1));
        self.lay(self.line());
    }
}

/// Of a deal in a stage; nothing: that of the stage before it.
fn percent(text: &str) -> Result<Option<u8>, String> {
    let text = text.trim_end_matches('%').trim();
    if text.is_empty() {
        return Ok(None);
    }
    let taken = text.parse().ok().filter(|percent| *percent <= 100);
    taken.map(Some).ok_or_else(|| format!("{text} is no probability: 0 to 100 percent are taken"))
}
