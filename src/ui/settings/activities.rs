//! **Settings > Objects > Activities**: where activities go by themselves (R3.13), how many records one may have (R3.20),
//! a draft until it is saved (R2.3), and where one would go that is logged on a chosen record. What is new is asked for
//! in `activities/making.rs`, what would be in `activities/trial.rs`.

mod draft;
mod draw;
mod making;
mod trial;

use super::general::Typing;
use super::lines::{Lines, Stop};
use super::{Page, lacking};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::domain::logging::{Aim, Sort, Table};
use crate::domain::settings::{self, Settings, aims_written, read_most};
use crate::domain::user::Right;
use crate::keys::rows::{SETTINGS_ACTIVITIES, SETTINGS_FIELD};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Tab, TextField};
use crate::workspace::request::Reply;
use crossterm::event::MouseEvent;
use draft::{About, Draft, about, aims};
use making::Making;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use trial::Trial;

const RIGHT: Right = Right::SuperAdmin;

/// A line of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Head(Object),
    Row(About),
    Limits,
    Limit(ActivityKind, Object),
    /// Where a limit would stand if there was one.
    NoLimit,
    Gap,
}

impl Stop for Line {
    fn is_stop(self) -> bool {
        matches!(self, Line::Row(_) | Line::Limit(..) | Line::NoLimit)
    }
}

#[derive(Default)]
pub struct Activities {
    lines: Lines<Line>,
    draft: Draft,
    /// What of it is on its way.
    sent: Option<Draft>,
    typing: Option<Typing>,
    making: Option<Making>,
    trial: Trial,
    drawn: Rect,
}

/// The rows of each object, the one about anything first even where the table has none; then the limits.
fn lines(settings: &Settings, all: &settings::Activities) -> Vec<Line> {
    let mut lines = Vec::new();
    for spec in &settings.objects {
        let any = (spec.object, None, None);
        let own = all.table.rows.iter().map(about).filter(|of| of.0 == spec.object && *of != any);
        lines.extend([Line::Head(spec.object), Line::Row(any)]);
        lines.extend(own.map(Line::Row));
        lines.push(Line::Gap);
    }
    lines.push(Line::Limits);
    let before = lines.len();
    lines.extend(all.limits().map(|(kind, object, _)| Line::Limit(kind, object)));
    if lines.len() == before {
        lines.push(Line::NoLimit);
    }
    lines
}

/// `Task, sequence`.
fn what((_, sort, from): About) -> String {
    let what = match sort {
        None => "Any activity",
        Some(Sort::Reply) => "E-mail reply",
        Some(Sort::Of(kind)) => kind.row().label,
    };
    from.map_or_else(|| what.to_owned(), |from| format!("{what}, {}", from.label()))
}

/// What a row is found by from elsewhere.
fn place_of(line: Line) -> Option<String> {
    match line {
        Line::Row(of) => Some(format!("row {} {}", of.0.0, what(of))),
        Line::Limit(kind, object) => Some(format!("limit {} {}", kind.row().name, object.0)),
        _ => None,
    }
}

fn called(line: Line, cx: &Cx) -> Option<String> {
    let plural = |object: Object| cx.settings.object(object).map(|spec| spec.plural.as_str());
    match line {
        Line::Row(of) => Some(format!("Where it goes: {} of {}", what(of), plural(of.0)?.to_lowercase())),
        Line::Limit(kind, object) => Some(format!("Limit: {} of {}", plural(object)?, kind.row().one)),
        _ => None,
    }
}

impl Activities {
    fn now(&self, cx: &Cx) -> settings::Activities {
        self.draft.over(&cx.settings.activities)
    }

    fn aims(&self, of: About, cx: &Cx) -> Vec<Aim> {
        aims(&self.now(cx).table, of).unwrap_or_default().to_vec()
    }

    /// The draft changed: its lines and what is no change any more.
    fn drafted(&mut self, cx: &Cx) {
        self.draft.drop_saved(&cx.settings.activities);
        self.lines.put(lines(cx.settings, &self.now(cx)));
    }

    fn edit(&mut self, cx: &Cx) {
        let text = match self.lines.line() {
            Some(Line::Row(of)) => aims_written(&self.aims(of, cx)),
            Some(Line::Limit(kind, object)) => {
                self.now(cx).limit(kind, object).map(|most| most.to_string()).unwrap_or_default()
            }
            _ => return,
        };
        self.typing = Some(Typing::of(TextField::new(&text).limited(200)));
    }

    /// What is typed goes into the draft. False: it can't be taken, and the field says why.
    fn take_typed(&mut self, cx: &Cx) -> bool {
        let (line, Some(typing)) = (self.lines.line(), &mut self.typing) else { return true };
        let text = typing.field.text();
        let taken = match line {
            Some(Line::Row(of)) => {
                let text = if text.trim().is_empty() { settings::NONE } else { text };
                cx.settings.read_aims(of.0, text).map(|to| self.draft.put(of, Some(to)))
            }
            Some(Line::Limit(kind, object)) => read_most(text).map(|most| self.draft.limit((kind, object), most)),
            _ => Ok(()),
        };
        if let Err(sentence) = taken {
            typing.refusal = Some(sentence);
            return false;
        }
        self.typing = None;
        self.drafted(cx);
        true
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        if !self.take_typed(cx) || self.draft.len() == 0 {
            return Vec::new();
        }
        self.sent = Some(self.draft.clone());
        vec![Effect::Perform(0, Change::Settings { values: self.draft.written(cx.settings) })]
    }

    /// A row of the user's own goes, one that was there from the start is as it was.
    fn delete(&mut self, cx: &Cx) {
        match self.lines.line() {
            Some(Line::Row(of)) => self.draft.put(of, None),
            Some(Line::Limit(kind, object)) => self.draft.limit((kind, object), None),
            _ => return,
        }
        self.drafted(cx);
    }

    /// A second click on a row edits it.
    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        if self.lines.mouse(mouse, self.drawn)? && self.reason(Command::Edit, cx).is_none() {
            self.edit(cx);
        }
        Some(self.trial.ask(self.lines.line(), cx))
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        match (command, self.lines.line()) {
            (C::Edit | C::NewRow | C::Delete | C::ResetTable, _) if !RIGHT.is_held_by(cx.user) => lacking(RIGHT, cx),
            (C::Edit, Some(Line::NoLimit)) => Some("no limit is set, n sets one".into()),
            (C::Delete, Some(Line::NoLimit)) => Some("no limit is set".into()),
            (C::Delete, Some(Line::Row(of))) if self.is_default(of, cx) => {
                Some("it is as it was from the start, e changes it".into())
            }
            (C::ResetTable, _) if self.now(cx).table.changed().is_empty() && self.now(cx).table == Table::default() => {
                Some("every row is as it was from the start".into())
            }
            (C::Save | C::Discard, _) if self.unsaved() == 0 => Some("nothing was changed".into()),
            _ => None,
        }
    }

    fn is_default(&self, of: About, cx: &Cx) -> bool {
        aims(&self.now(cx).table, of) == aims(&Table::default(), of)
    }
}

impl Page for Activities {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab { changed: self.unsaved() > 0, ..Tab::new("Activities") }], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        if self.typing.is_some() { SETTINGS_FIELD } else { SETTINGS_ACTIVITIES }
    }

    fn mode(&self) -> KeyMode {
        if self.typing.is_some() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn rows(&self, cx: &Cx) -> Vec<(String, String)> {
        let all = lines(cx.settings, &cx.settings.activities).into_iter();
        all.filter_map(|line| Some((place_of(line)?, called(line, cx)?))).collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        self.renew(cx);
        self.lines.go_to(|line| place_of(line).as_deref() == Some(name));
    }

    fn renew(&mut self, cx: &Cx) {
        self.drafted(cx);
        self.trial.outdated();
    }

    fn ask(&mut self, cx: &Cx) -> Vec<Effect> {
        self.trial.ask(self.lines.line(), cx)
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match (input, &mut self.typing) {
            (input, Some(typing)) => typing.input(input).map(|()| Vec::new()),
            (Input::Mouse(mouse), None) => self.mouse(*mouse, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::Edit => self.edit(cx),
            Command::NewRow => return Some(self.make(cx)),
            Command::Delete => self.delete(cx),
            Command::ResetTable => {
                self.draft.reset(&cx.settings.activities);
                self.drafted(cx);
            }
            Command::TryTable => return Some(trial::choose()),
            Command::SaveField => _ = self.take_typed(cx),
            Command::Save => return Some(self.save(cx)),
            Command::Discard => {
                self.typing = None;
                self.draft = Draft::default();
                self.drafted(cx);
            }
            Command::Escape => return self.typing.take().map(|_| Vec::new()),
            movement => self.lines.run(movement, count),
        }
        Some(self.trial.ask(self.lines.line(), cx))
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if let Reply::Aims(answers) = reply {
            self.trial.take(answers);
            return Vec::new();
        }
        if matches!(reply, Reply::Done(_))
            && let Some(sent) = self.sent.take()
        {
            self.draft.drop_sent(&sent);
        }
        self.renew(cx);
        let mut effects = done::told(&reply);
        effects.extend(self.ask(cx));
        effects
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Chosen(name) => self.made(&name, cx),
            Answer::With(id, _) => {
                self.trial.of(id);
                self.ask(cx)
            }
            _ => Vec::new(),
        }
    }

    fn unsaved(&self) -> usize {
        let is_typed = self.typing.as_ref().is_some_and(|typing| typing.is_touched);
        let is_known = match self.lines.line() {
            Some(Line::Row(of)) => self.draft.has_row(of),
            Some(Line::Limit(kind, object)) => self.draft.has_limit((kind, object)),
            _ => true,
        };
        self.draft.len() + usize::from(is_typed && !is_known)
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}
