//! Importing a file in four steps: the `path` to it, what its `columns` are, what would come of it, what came of it.
//! Both last ones are an `outcome`.

mod columns;
mod draw;
mod layer;
mod outcome;
mod path;

use super::done;
use super::layer::{Cx, Effect, Place, Slot};
use super::text::clean;
use super::widgets::{Toast, Window};
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::domain::mapping::Mapping;
use crate::domain::number::grouped;
use crate::workspace::Failure;
use crate::workspace::import::{ImportAsk, Imported, Look, ReportTo};
use crate::workspace::request::{Reply, Request};
use columns::Picking;
use outcome::Outcome;
use path::{FOLDER, PathStep, Taken};
use ratatui::layout::Rect;
use std::path::PathBuf;

const LOOK: Slot = 1;
const CHECK: Slot = 2;
const RUN: Slot = 3;
const UNDO: Slot = 4;
const MAPPING: Slot = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Step {
    #[default]
    File,
    Columns,
    Check,
    Result,
}

#[derive(Default)]
pub struct Import {
    step: Step,
    path: PathStep,
    ask: ImportAsk,
    /// The last ask that a look could be taken at.
    sound: ImportAsk,
    look: Option<Look>,
    /// A look is being taken, to go on to that step.
    looking: Option<Step>,
    /// Why the file can't be imported; stands until another one is named.
    refusal: Option<String>,
    columns: Window,
    /// What is chosen in the modal above.
    picking: Picking,
    check: Outcome,
    result: Outcome,
    rows: Rect,
    cursor: Option<Rect>,
}

impl Import {
    fn file_name(&self) -> Option<String> {
        let name = self.ask.files.first()?.file_name()?;
        Some(clean(&name.to_string_lossy()).into_owned())
    }

    fn object(&self) -> Object {
        self.look.as_ref().map_or(Object::CONTACT, |look| look.object)
    }

    /// Where what came in is seen: activities stand on the pages of the records they belong to.
    fn list(&self) -> Place {
        let object = self.object();
        Place::List(if object == Object::ACTIVITY { Object::CONTACT } else { object })
    }

    /// What is running on the step that is seen.
    fn running(&self) -> Option<Slot> {
        match self.step {
            Step::Check if self.check.is_running => Some(CHECK),
            Step::Result if self.result.is_running => Some(RUN),
            _ => None,
        }
    }

    fn outcome(&mut self) -> &mut Outcome {
        if self.step == Step::Result { &mut self.result } else { &mut self.check }
    }

    fn open_path(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.path.open(cx.here) {
            Taken::Folder => self.path.ask(cx.here),
            Taken::File(path) => self.take_file(path),
            Taken::Nothing => Vec::new(),
        }
    }

    /// The same file keeps its mapping.
    fn take_file(&mut self, path: PathBuf) -> Vec<Effect> {
        if self.ask.files.first() != Some(&path) {
            self.ask = ImportAsk { files: vec![path], report: ReportTo::Beside, ..ImportAsk::default() };
            self.columns = Window::default();
        }
        self.look_to(Step::Columns)
    }

    /// Looks at the file anew, and goes on to a step when that is done.
    fn look_to(&mut self, step: Step) -> Vec<Effect> {
        self.looking = Some(step);
        self.refusal = None;
        let mut effects = self.forget_check();
        effects.push(Effect::Ask(LOOK, Request::LookAt(Box::new(self.ask.clone()))));
        effects
    }

    /// What was found out by trying does not hold any more.
    fn forget_check(&mut self) -> Vec<Effect> {
        if self.check.is_running {
            self.check.is_stale = true;
            return vec![Effect::Stop(CHECK)];
        }
        self.check = Outcome::default();
        Vec::new()
    }

    fn looked(&mut self, looked: Result<Box<Look>, Failure>) -> Vec<Effect> {
        let Some(step) = self.looking.take() else { return Vec::new() };
        match looked {
            Ok(look) => {
                self.columns.set_len(look.columns.len());
                self.look = Some(*look);
                self.sound = self.ask.clone();
                self.step = step;
                if step == Step::Check { self.try_it() } else { Vec::new() }
            }
            Err(failure) if self.step == Step::File => {
                self.refusal = Some(failure.to_string());
                Vec::new()
            }
            // A saved mapping may name what is not there any more.
            Err(failure) => {
                self.ask = self.sound.clone();
                vec![Effect::Toast(done::refused(&failure))]
            }
        }
    }

    /// To the step that says what would come of it.
    fn try_it(&mut self) -> Vec<Effect> {
        self.step = Step::Check;
        if self.check.is_running || self.check.imported.is_some() {
            return Vec::new();
        }
        self.check = Outcome::started();
        vec![Effect::Import(CHECK, Box::new(ImportAsk { dry_run: true, ..self.whole_ask() }))]
    }

    /// With what was found out, so that both runs and a report of the rest mean the same.
    fn whole_ask(&self) -> ImportAsk {
        ImportAsk { object: Some(self.object()), ..self.ask.clone() }
    }

    fn start(&mut self) -> Vec<Effect> {
        match self.check.imported.as_ref().map_or(0, |imported| imported.leads) {
            0 => self.run_it(),
            leads => self.choose_leads(leads),
        }
    }

    fn run_it(&mut self) -> Vec<Effect> {
        self.step = Step::Result;
        self.result = Outcome::started();
        vec![Effect::Import(RUN, Box::new(self.whole_ask()))]
    }

    fn tried(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress { done, .. } => self.check.progress = done,
            _ if self.check.is_stale => {
                self.check = Outcome::default();
                return if self.step == Step::Check { self.try_it() } else { Vec::new() };
            }
            Reply::Imported(imported) if imported.stopped => {
                self.check = Outcome::default();
                self.step = self.step.min(Step::Columns);
            }
            Reply::Imported(imported) => self.check.take(*imported, self.look.as_ref()),
            Reply::Failed(failure) => self.check.fail(failure.to_string()),
            _ => {}
        }
        Vec::new()
    }

    fn imported(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match reply {
            Reply::Progress { done, .. } => self.result.progress = done,
            Reply::Imported(imported) => {
                let is_whole = !imported.stopped && imported.skipped == 0;
                let toast = self.toast(&imported, cx);
                self.result.take(*imported, self.look.as_ref());
                let mut effects = vec![Effect::Toast(toast)];
                if is_whole && !self.result.has_faults() {
                    effects.push(Effect::GoFromHere(self.list()));
                }
                return effects;
            }
            Reply::Failed(failure) => self.result.fail(failure.to_string()),
            _ => {}
        }
        Vec::new()
    }

    /// `Imported 1 180 contacts`.
    fn toast(&self, imported: &Imported, cx: &Cx) -> Toast {
        let rows = imported.created + imported.updated;
        let spec = cx.settings.importable_as(self.object());
        let name = spec.map_or("rows", |spec| if rows == 1 { &spec.singular } else { &spec.plural }).to_lowercase();
        let toast = match imported.skipped {
            0 => Toast::ok(format!("Imported {} {name}", grouped(rows))),
            1 => Toast::ok(format!("Imported {} {name}, left out 1 row", grouped(rows))),
            rest => Toast::ok(format!("Imported {} {name}, left out {} rows", grouped(rows), grouped(rest))),
        };
        if imported.act.is_some() { toast.way("u", "undoes") } else { toast }
    }

    /// The rows that did not come in, as somebody has corrected them meanwhile.
    fn import_left_out(&mut self) -> Vec<Effect> {
        let report = self.result.imported.as_ref().and_then(|imported| imported.report.clone()).map(PathBuf::from);
        let Some(report) = report else { return Vec::new() };
        self.ask = ImportAsk { files: vec![report], ..self.whole_ask() };
        self.look_to(Step::Check)
    }

    fn undo(&self) -> Vec<Effect> {
        let act = self.result.imported.as_ref().and_then(|imported| imported.act);
        act.map(|act| Effect::Perform(UNDO, Change::Undo { act })).into_iter().collect()
    }

    /// After that, what would come of it is what can be seen.
    fn undone(&mut self, reply: &Reply) -> Vec<Effect> {
        let mut effects = done::told(reply);
        if matches!(reply, Reply::Done(_)) && self.step == Step::Result {
            self.result = Outcome::default();
            self.check = Outcome::default();
            effects.extend(self.try_it());
        }
        effects
    }

    fn start_over(&mut self, cx: &Cx) -> Vec<Effect> {
        *self = Import { path: std::mem::take(&mut self.path), ..Import::default() };
        self.path.ask_again(cx.here)
    }

    /// What the columns are now, under the name of the file.
    fn mapping(&self) -> Option<Mapping> {
        let look = self.look.as_ref()?;
        let stem = self.ask.files.first().and_then(|path| path.file_stem()).unwrap_or_default();
        let name = clean(&stem.to_string_lossy()).into_owned();
        Some(Mapping { name, object: look.object, pairs: look.pairs() })
    }

    fn back(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.step {
            Step::File | Step::Result => vec![Effect::Back],
            Step::Columns => {
                self.step = Step::File;
                self.path.ask_again(cx.here)
            }
            Step::Check => {
                self.step = Step::Columns;
                Vec::new()
            }
        }
    }

    fn escape(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.running() {
            Some(CHECK) => {
                self.step = Step::Columns;
                self.forget_check()
            }
            Some(slot) => vec![Effect::Stop(slot)],
            None => self.back(cx),
        }
    }
}
