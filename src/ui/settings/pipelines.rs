//! **Pipeline** of leads, deals and tickets (R2.2, R2.7): the stages of a pipeline in their groups, edited in place; all
//! pipelines of the object are one draft until it is saved (R2.3). What keys do to it is in `pipelines/act.rs`.

mod act;
mod draw;
mod said;

use super::general::Typing;
use super::options::Options;
use super::{Page, lacking};
use crate::domain::change::Change;
use crate::domain::id::{Object, OptionId, PropertyId};
use crate::domain::object::is;
use crate::domain::pipeline::Group;
use crate::domain::pipeline::form::{PipelineForm, Pipelines, StageForm};
use crate::domain::query::{Check, Filter, Path, Query, Test};
use crate::domain::user::Right;
use crate::domain::value::Value;
use crate::keys::rows::{LEAD_PIPELINE, SETTINGS_FIELD, SETTINGS_PIPELINE};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Tab, Window};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::HashMap;

/// A line of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Pipeline,
    Gap,
    Head(Group),
    /// By its place in the form.
    Stage(usize),
}

impl Line {
    fn is_row(self) -> bool {
        matches!(self, Line::Pipeline | Line::Stage(_))
    }
}

/// What is being typed on the line of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Name,
    /// Of something that goes again if it gets no name.
    NewName,
    Probability,
}

pub struct PipelinesPage {
    object: Object,
    saved: Pipelines,
    draft: Pipelines,
    /// The place of the pipeline that is seen.
    shown: usize,
    lines: Vec<Line>,
    window: Window,
    typing: Option<(What, Typing)>,
    /// Options whose records were counted, and how many there are once that is known.
    asked: Vec<(PropertyId, OptionId)>,
    counts: HashMap<(PropertyId, OptionId), usize>,
    drawn: Rect,
}

impl PipelinesPage {
    pub fn new(object: Object) -> PipelinesPage {
        let none = Pipelines { object, forms: Vec::new(), moves: Vec::new() };
        PipelinesPage {
            object,
            saved: none.clone(),
            draft: none,
            shown: 0,
            lines: Vec::new(),
            window: Window::default(),
            typing: None,
            asked: Vec::new(),
            counts: HashMap::new(),
            drawn: Rect::ZERO,
        }
    }

    fn right(&self) -> Right {
        Right::to_shape(self.object)
    }

    fn form(&self) -> Option<&PipelineForm> {
        self.draft.forms.get(self.shown)
    }

    fn stage(&self, at: usize) -> Option<&StageForm> {
        self.form()?.stages.get(at)
    }

    fn line(&self) -> Option<Line> {
        self.lines.get(self.window.cursor()?).copied()
    }

    /// The place of the stage under the cursor.
    fn at_stage(&self) -> Option<usize> {
        match self.line()? {
            Line::Stage(at) => Some(at),
            _ => None,
        }
    }

    /// Puts the lines together, with the cursor on this one.
    fn lay(&mut self, on: Option<Line>) {
        let mut lines = vec![Line::Pipeline];
        for group in Group::of(self.object) {
            lines.extend([Line::Gap, Line::Head(*group)]);
            let stages = self.form().map(|form| form.stages.as_slice()).unwrap_or_default();
            let own = stages.iter().enumerate().filter(|(_, stage)| stage.group == *group);
            lines.extend(own.map(|(at, _)| Line::Stage(at)));
        }
        self.lines = lines;
        self.window.set_len(self.lines.len());
        if let Some(at) = on.and_then(|on| self.lines.iter().position(|line| *line == on)) {
            self.window.go_to(at);
        }
        self.settle(false);
    }

    /// The cursor stands on rows only: it goes on the way it came, or back where there is none.
    fn settle(&mut self, down: bool) {
        let Some(at) = self.window.cursor() else { return };
        let below = (at..self.lines.len()).find(|at| self.lines[*at].is_row());
        let above = (0..=at).rev().find(|at| self.lines[*at].is_row());
        if let Some(to) = if down { below.or(above) } else { above.or(below) } {
            self.window.go_to(to);
        }
    }

    fn by_rows(&mut self, times: isize) {
        for _ in 0..times.unsigned_abs() {
            self.window.move_by(times.signum());
            self.settle(times > 0);
        }
    }

    fn is_lead(&self) -> bool {
        self.object == Object::LEAD
    }

    fn count(&self, stage: OptionId) -> Option<usize> {
        self.counts.get(&(is::STAGE, stage)).copied()
    }

    fn used(&self, reason: OptionId) -> Option<usize> {
        self.counts.get(&(is::DISQUALIFICATION_REASON, reason)).copied()
    }

    /// A second click on a row edits it.
    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.by_rows(3),
            MouseEventKind::ScrollUp => self.by_rows(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                if self.window.cursor() == Some(at) && self.reason(Command::Edit, cx).is_none() {
                    return self.run(Command::Edit, None, cx);
                }
                self.window.go_to(at);
                self.settle(true);
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}

/// Records of an object that hold this option.
fn holders(object: Object, (property, option): (PropertyId, OptionId), cx: &Cx) -> Query {
    let check = Check::OneOf(vec![Value::Option(option)]);
    let any = vec![Test { of: Path::Own(property), check, negated: false }];
    let all = Query::all(object, cx.settings.viewer(cx.user.id));
    Query { filters: vec![Filter { any, text: String::new() }], ..all }
}

impl Page for PipelinesPage {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab { changed: self.unsaved() > 0, ..Tab::new("Pipeline") }], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        match (&self.typing, self.is_lead()) {
            (Some(_), _) => SETTINGS_FIELD,
            (None, true) => LEAD_PIPELINE,
            (None, false) => SETTINGS_PIPELINE,
        }
    }

    fn mode(&self) -> KeyMode {
        if self.typing.is_some() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn renew(&mut self, cx: &Cx) {
        let known: Vec<_> = cx.settings.pipelines_of(self.object).cloned().collect();
        let now = Pipelines::of(self.object, &known);
        if now == self.saved {
            return;
        }
        if self.unsaved() == 0 || self.draft.forms == now.forms {
            self.draft = now.clone();
            self.shown = self.shown.min(now.forms.len().saturating_sub(1));
            self.typing = None;
        }
        self.saved = now;
        self.lay(self.line());
    }

    fn ask(&mut self, cx: &Cx) -> Vec<Effect> {
        let stages = self.saved.forms.iter().flat_map(|form| &form.stages).filter_map(|stage| stage.id);
        let mut asked: Vec<(PropertyId, OptionId)> = stages.map(|stage| (is::STAGE, stage)).collect();
        if self.is_lead() {
            let reasons = cx.settings.reasons().into_iter().flat_map(|reasons| &reasons.choices);
            asked.extend(reasons.map(|reason| (is::DISQUALIFICATION_REASON, reason.id)));
        }
        let queries = asked.iter().map(|option| holders(self.object, *option, cx)).collect();
        self.asked = asked;
        vec![Effect::Ask(0, Request::Counts(queries))]
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match (input, &mut self.typing) {
            (input, Some((_, typing))) => typing.input(input).map(|()| Vec::new()),
            (Input::Mouse(mouse), None) => self.mouse(*mouse, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn rows(&self, cx: &Cx) -> Vec<(String, String)> {
        let plural = cx.settings.object(self.object).map(|spec| spec.plural.to_lowercase()).unwrap_or_default();
        let stages = self.saved.forms.iter().flat_map(|form| form.stages.iter().map(move |stage| (form, stage)));
        let stage = |(form, stage): (&PipelineForm, &StageForm)| {
            (format!("stage {}", stage.id?.0), format!("Stage of {plural}: {} in {}", stage.name, form.name)).into()
        };
        stages.filter_map(stage).collect()
    }

    fn go_to_row(&mut self, name: &str, _: &Cx) {
        let id = name.strip_prefix("stage ").and_then(|id| id.parse().ok()).map(OptionId);
        let is_it = |stage: &StageForm| id.is_some() && stage.id == id;
        let found = self.draft.forms.iter().position(|form| form.stages.iter().any(is_it));
        if let Some(shown) = found.filter(|_| self.typing.is_none()) {
            self.shown = shown;
            let at = self.draft.forms[shown].stages.iter().position(is_it);
            self.lay(at.map(Line::Stage));
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => self.by_rows(times),
            Command::MoveUp => self.by_rows(-times),
            Command::HalfPageDown | Command::PageDown | Command::Last => {
                self.window.last();
                self.settle(false);
            }
            Command::HalfPageUp | Command::PageUp | Command::First => self.window.first(),
            Command::Edit => self.rename(),
            Command::Probability => self.type_probability(),
            Command::NewStage => self.add_stage(),
            Command::NewPipeline => self.add_pipeline(cx),
            Command::ChoosePipeline => return Some(self.choose_pipeline()),
            Command::EditReasons => {
                let reasons = cx.settings.reasons().map(|reasons| Options::of(self.object, reasons));
                return Some(reasons.into_iter().map(|layer| Effect::Push(Box::new(layer))).collect());
            }
            Command::OptionDown => self.shift(true),
            Command::OptionUp => self.shift(false),
            Command::Delete => self.delete(),
            Command::SaveField => _ = self.take_typed(cx),
            Command::Save => return Some(self.save(cx)),
            Command::Discard => self.discard(),
            Command::Escape => return self.typing.is_some().then(|| self.leave_field()),
            _ => {}
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match &reply {
            Reply::Counts(counts) => {
                self.counts = self.asked.iter().copied().zip(counts.iter().copied()).collect();
                return Vec::new();
            }
            Reply::Done(_) => self.draft = self.saved.clone(),
            _ => {}
        }
        self.renew(cx);
        self.lay(self.line());
        done::told(&reply)
    }

    fn answer(&mut self, answer: Answer, _: &Cx) -> Vec<Effect> {
        if let Answer::Picked(at) = answer {
            self.shown = at.min(self.draft.forms.len().saturating_sub(1));
            self.lay(Some(Line::Pipeline));
        }
        Vec::new()
    }

    fn unsaved(&self) -> usize {
        let is_typed = self.typing.as_ref().is_some_and(|(what, typing)| *what != What::NewName && typing.is_touched);
        said::changes(&self.saved, &self.draft) + usize::from(is_typed)
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}

impl PipelinesPage {
    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        if !self.take_typed(cx) || self.unsaved() == 0 {
            return Vec::new();
        }
        vec![Effect::Perform(0, Change::SetPipelines(Box::new(self.draft.clone())))]
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        let changes = [
            C::Edit,
            C::Probability,
            C::NewStage,
            C::NewPipeline,
            C::EditReasons,
            C::OptionDown,
            C::OptionUp,
            C::Delete,
        ];
        if changes.contains(&command)
            && let Some(reason) = lacking(self.right(), cx)
        {
            return Some(reason);
        }
        match command {
            C::Save | C::Discard if self.unsaved() == 0 => Some("nothing was changed".into()),
            C::ChoosePipeline if self.draft.forms.len() < 2 => Some("there is one pipeline, N makes another".into()),
            C::Probability if self.object != Object::DEAL => Some("only stages of deals have a probability".into()),
            C::Probability if self.at_stage().is_none() => Some("no stage is here".into()),
            C::Delete => self.stays(),
            C::OptionDown | C::OptionUp => self.stuck(command == C::OptionDown),
            _ => None,
        }
    }
}
