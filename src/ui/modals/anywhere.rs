//! Any record from anywhere: one search over all objects, what was viewed lately while nothing is typed. It is opened,
//! associated with what is marked, or an activity goes to it, or is tried out on it.

mod draw;

use super::finding::{Finding, Taken, go};
use crate::domain::fold::words;
use crate::domain::id::Object;
use crate::keys::rows::{ADD_GOAL, ANYWHERE, ASSOCIATE_WITH, TRY_ON};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField, Toast, Window};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Records that are shown at most.
const MOST: usize = 50;

/// What is done with the record.
#[derive(Default)]
enum Purpose {
    #[default]
    Open,
    /// What is marked, as `3 contacts`, is associated with it.
    Associate { what: String, replace: bool },
    /// What is being logged, as `a call`, goes to it too.
    Add { what: String },
    /// One sees where an activity would go from it.
    Try,
    /// A contact or company is registered for a partner.
    Register,
}

#[derive(Default)]
pub struct Anywhere {
    purpose: Purpose,
    field: TextField,
    /// All, then each object in its order.
    scope: usize,
    finding: Finding,
    window: Window,
    /// Where the tabs and the rows were drawn last, and which record stands on each line.
    tabs: Rect,
    drawn: (Rect, Vec<Option<usize>>),
    cursor: Option<Rect>,
}

impl Anywhere {
    pub fn new() -> Anywhere {
        Anywhere { field: TextField::default().limited(200), ..Anywhere::default() }
    }

    /// Answers the record that all of these are to be associated with.
    pub fn to_associate(what: String) -> Anywhere {
        Anywhere { purpose: Purpose::Associate { what, replace: false }, ..Anywhere::new() }
    }

    /// Answers a record that an activity is to go to.
    pub fn to_add(what: String) -> Anywhere {
        Anywhere { purpose: Purpose::Add { what }, ..Anywhere::new() }
    }

    /// Answers a record from which an activity is tried out.
    pub fn to_try() -> Anywhere {
        Anywhere { purpose: Purpose::Try, ..Anywhere::new() }
    }

    /// Answers the name too of what is to be registered for a partner.
    pub fn to_register() -> Anywhere {
        Anywhere { purpose: Purpose::Register, ..Anywhere::new() }
    }

    fn is_searching(&self) -> bool {
        !words(self.field.text()).is_empty()
    }

    fn object(&self, cx: &Cx) -> Option<Object> {
        let at = self.scope.checked_sub(1)?;
        cx.settings.objects.get(at).map(|spec| spec.object)
    }

    /// What is on the screen stays until the answer comes.
    fn ask(&mut self, cx: &Cx) -> Vec<Effect> {
        self.window.first();
        self.finding.ask(self.field.text(), self.object(cx), MOST)
    }

    fn turn(&mut self, by: usize, cx: &Cx) -> Vec<Effect> {
        self.scope = (self.scope + by) % (cx.settings.objects.len() + 1);
        self.ask(cx)
    }

    fn open(&mut self) -> Vec<Effect> {
        if self.finding.is_awaited() {
            self.finding.owe();
            return Vec::new();
        }
        let Some(row) = self.window.cursor().and_then(|at| self.finding.get(at)) else { return Vec::new() };
        match self.purpose {
            Purpose::Open => go(row.record.id),
            Purpose::Associate { replace, .. } => vec![Effect::Pop(Some(Answer::With(row.record.id, replace)))],
            Purpose::Register if ![Object::CONTACT, Object::COMPANY].contains(&row.record.id.object) => {
                let said = Toast::info("Contacts and companies are registered").text("tab looks among them only.");
                vec![Effect::Toast(said)]
            }
            Purpose::Register => {
                let answer = Answer::Named(row.record.id, row.record.name(), String::new());
                vec![Effect::Pop(Some(answer))]
            }
            Purpose::Add { .. } | Purpose::Try => vec![Effect::Pop(Some(Answer::With(row.record.id, false)))],
        }
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = (mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.move_by(1),
            MouseEventKind::ScrollUp => self.window.move_by(-1),
            MouseEventKind::Down(MouseButton::Left) => {
                if let Some(tab) = self.tab_bar(cx, |bar| bar.at(self.tabs, at)) {
                    self.scope = tab;
                    return Some(self.ask(cx));
                }
                return Some(self.click(at));
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn click(&mut self, (column, line): (u16, u16)) -> Vec<Effect> {
        let (area, lines) = &self.drawn;
        if !area.contains((column, line).into()) {
            return Vec::new();
        }
        let Some(record) = lines.get(usize::from(line - area.y)).copied().flatten() else { return Vec::new() };
        if self.window.cursor() == Some(record) {
            return self.open();
        }
        self.window.go_to(record);
        Vec::new()
    }
}

impl Layer for Anywhere {
    fn name(&self, _: &Cx) -> String {
        "any record".into()
    }

    fn keys(&self) -> &'static [Keys] {
        match self.purpose {
            Purpose::Open => ANYWHERE,
            Purpose::Associate { .. } => ASSOCIATE_WITH,
            Purpose::Add { .. } => ADD_GOAL,
            Purpose::Try | Purpose::Register => TRY_ON,
        }
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        self.ask(cx)
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => match self.field.key(*key)? {
                Edit::Changed => Some(self.ask(cx)),
                Edit::Kept => Some(Vec::new()),
            },
            Input::Paste(text) => {
                self.field.paste(text);
                Some(self.ask(cx))
            }
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        match command {
            Command::Open if self.window.is_empty() && !self.finding.is_awaited() => {
                Some("no record is found, esc closes".into())
            }
            _ => None,
        }
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::MoveDown => self.window.move_by(1),
            Command::MoveUp => self.window.move_by(-1),
            Command::PageDown => self.window.page(1),
            Command::PageUp => self.window.page(-1),
            Command::Open => return self.open(),
            Command::NextScope => return self.turn(1, cx),
            Command::PreviousScope => return self.turn(cx.settings.objects.len(), cx),
            Command::ToggleReplace => {
                if let Purpose::Associate { replace, .. } = &mut self.purpose {
                    *replace = !*replace;
                }
            }
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        let Taken { mut effects, pays } = self.finding.take(slot, reply);
        self.window.set_len(self.finding.len());
        if pays {
            effects.extend(self.open());
        }
        effects
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Sorted(_) | Reply::Changed(_) => self.finding.ask(self.field.text(), self.object(cx), MOST),
            _ => Vec::new(),
        }
    }

    fn spins(&self) -> bool {
        self.finding.is_coming()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}
