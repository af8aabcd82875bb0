//! The picker of an activity as a layer: its keys, and why some do nothing now.

use super::super::{history::History, why::Why};
use super::{FOUND, TARGETS, TICK, TargetPicker};
use crate::keys::{Command, KeyMode, Keys, rows};
use crate::ui::layer::{Cx, Effect, Layer, Place, Slot};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TabBar};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Rows of one notch of the wheel.
const NOTCH: isize = 3;

impl Layer for TargetPicker {
    fn name(&self, _: &Cx) -> String {
        "the picker of an activity".into()
    }

    fn keys(&self) -> &'static [Keys] {
        if self.in_box { rows::TARGETS_BOX } else { rows::TARGETS }
    }

    fn mode(&self) -> KeyMode {
        if self.in_box { KeyMode::Text } else { KeyMode::Normal }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        self.ask(cx)
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            Input::Key(key) if self.in_box => match self.field.key(*key)? {
                Edit::Changed => Some(self.searched(cx)),
                Edit::Kept => Some(Vec::new()),
            },
            Input::Paste(text) if self.in_box => {
                self.field.paste(text);
                Some(self.searched(cx))
            }
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        match command {
            Command::Tick if self.saving.is_some() => Some("it is being saved".into()),
            Command::Tick | Command::Open if self.lines.current().is_none() => {
                Some("the cursor is on no record".into())
            }
            Command::Why => self.unexplained(),
            Command::History if self.matter().is_none() => Some("the cursor is on no record".into()),
            Command::SelectTab(number) if usize::from(number) == self.tab + 1 => {
                Some("this tab is open already".into())
            }
            Command::SelectTab(number) if usize::from(number) > self.tab_count(cx) => {
                Some(format!("there are {} tabs", self.tab_count(cx)))
            }
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let tabs = self.tab_count(cx);
        match command {
            Command::Tick => return self.tick(),
            Command::Open => {
                let id = self.lines.current().map(|line| line.row.record.id);
                return id.map_or_else(Vec::new, |id| vec![Effect::Pop(None), Effect::Go(Place::Record(id))]);
            }
            Command::NextTab => return self.turn_to((self.tab + 1) % tabs, cx),
            Command::PreviousTab => return self.turn_to((self.tab + tabs - 1) % tabs, cx),
            Command::SelectTab(number) => return self.turn_to(usize::from(number).saturating_sub(1), cx),
            Command::Search => self.in_box = true,
            Command::KeepSearch => self.in_box = false,
            Command::Why => return Why::about(self.matter()),
            Command::History => return History::about(self.matter()),
            Command::Escape if self.in_box => self.in_box = false,
            Command::Escape if !self.field.text().is_empty() => {
                self.field.set("");
                return self.searched(cx);
            }
            Command::Escape => return vec![Effect::Pop(None)],
            movement => _ = self.lines.run(movement, count),
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (TARGETS, Reply::Targets(known)) => self.take(known, cx),
            (FOUND, Reply::Candidates(found)) => {
                self.found = found;
                self.arrange(cx);
                Vec::new()
            }
            (TICK, reply) => self.take_ticked(&reply),
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Changed(_) => self.ask(cx),
            Reply::Sorted(_) => self.ask_found(cx).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn spins(&self) -> bool {
        self.saving.is_some()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}

impl TargetPicker {
    fn tab_count(&self, cx: &Cx) -> usize {
        cx.settings.objects.len() + 1
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = (mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.lines.scroll(NOTCH),
            MouseEventKind::ScrollUp => self.lines.scroll(-NOTCH),
            MouseEventKind::Down(MouseButton::Left) => {
                if let Some(tab) = self.tab_bar(cx, |bar: &TabBar| bar.at(self.tabs, at)) {
                    return Some(self.turn_to(tab, cx));
                }
                self.in_box = self.line.contains(at.into());
                let in_list = self.list.contains(at.into()) && self.saving.is_none();
                if in_list && self.lines.click(usize::from(at.1 - self.list.y)) {
                    return Some(self.tick());
                }
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}
