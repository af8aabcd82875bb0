//! The line as a layer: its keys, and why some do nothing now.

use super::{AIMS, LogLine, SAVE};
use crate::domain::activity::ActivityKind;
use crate::keys::rows::{LOG_GOALS, LOG_LINE};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::mention::Took;
use crate::ui::terminal::Input;
use crate::ui::widgets::Edit;
use crate::workspace::request::Reply;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

/// The field would take it as the way to the end of the line.
fn opens_form(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('e') && key.modifiers == KeyModifiers::CONTROL
}

impl Layer for LogLine {
    fn name(&self, _: &Cx) -> String {
        "the line that logs".into()
    }

    fn keys(&self) -> &'static [Keys] {
        if self.in_list { LOG_GOALS } else { LOG_LINE }
    }

    fn mode(&self) -> KeyMode {
        if self.in_list { KeyMode::Normal } else { KeyMode::Text }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        self.ask(cx).into_iter().collect()
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => return self.point(*mouse, cx),
            Input::Key(key) if self.takes_name(*key, cx) => {}
            Input::Key(key) if !self.in_list && !opens_form(*key) => {
                if self.saving {
                    return self.field.clone().key(*key).map(|_| Vec::new());
                }
                if self.field.key(*key)? == Edit::Kept {
                    return Some(Vec::new());
                }
            }
            Input::Paste(text) if !self.in_list && !self.saving => self.field.paste(text),
            _ => return None,
        }
        self.earlier = None;
        Some(self.changed(cx))
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        match command {
            _ if self.saving && command == Command::Escape => Some("it is being logged".into()),
            Command::MoveUp if !self.in_list && cx.kept.lines.is_empty() => Some("no line was logged before".into()),
            Command::MoveDown if !self.in_list && self.earlier.is_none() => Some("this is the last line".into()),
            Command::Tick => self.goals.obstacle(),
            Command::FullForm if !self.goals.is_one() => Some("a form is for one record, here are several".into()),
            Command::AddGoal if !self.goals.is_one() => Some("on several records each goes where its rules say".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::LogIt => return self.save(cx),
            Command::NextPane => {
                self.in_list = !self.in_list;
                if self.in_list {
                    self.goals.enter();
                }
            }
            Command::FullForm => return self.turn_to_form(cx),
            Command::Tick => return self.goals.tick(self.line.kind.row().one, cx),
            Command::AddGoal => return super::Goals::add(self.line.kind.row().one),
            Command::MoveUp if !self.in_list => return self.earlier(true, cx),
            Command::MoveDown if !self.in_list => return self.earlier(false, cx),
            Command::Escape if self.in_list => self.in_list = false,
            Command::Escape => return vec![self.keep(cx), Effect::Pop(None)],
            movement => self.goals.run(movement, times),
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (AIMS, Reply::Aims(answers)) => self.goals.take(answers),
            (SAVE, reply) => return self.take_saved(&reply),
            _ => {}
        }
        Vec::new()
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Changed(_)) && !self.saving {
            self.goals.outdated();
            return self.ask(cx).into_iter().collect();
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let Answer::With(id, _) = answer {
            self.goals.take_added(id);
        }
        self.ask(cx).into_iter().collect()
    }

    fn spins(&self) -> bool {
        self.saving
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
        if let Some(caret) = self.cursor.filter(|_| self.offers_names()) {
            self.mention.draw(frame.buffer_mut(), self.field.before_caret(), caret, cx);
        }
    }
}

impl LogLine {
    fn offers_names(&self) -> bool {
        !self.in_list && !self.saving && self.line.kind == ActivityKind::Note
    }

    /// Whether a key was for the list of names.
    fn takes_name(&mut self, key: KeyEvent, cx: &Cx) -> bool {
        let before = if self.offers_names() { self.field.before_caret() } else { "" };
        match self.mention.key(key, before, cx) {
            None => return false,
            Some(Took::Kept) => {}
            Some(Took::Name { back, text }) => self.field.replace_before(back, &text),
        }
        true
    }

    fn point(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.goals.run(Command::MoveDown, 1),
            MouseEventKind::ScrollUp => self.goals.run(Command::MoveUp, 1),
            MouseEventKind::Down(MouseButton::Left) if self.goals.point((mouse.column, mouse.row)) => {
                self.in_list = true;
                let can = self.goals.obstacle().is_none();
                return Some(if can { self.goals.tick(self.line.kind.row().one, cx) } else { Vec::new() });
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}
