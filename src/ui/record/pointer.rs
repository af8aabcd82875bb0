//! The mouse on a record page: the wheel scrolls the pane under it, a click selects, a second one opens.

use super::draw::WAY;
use super::places::{Form, Part, Placed};
use super::{Cx, Effect, RecordPage};
use crate::keys::Command;
use crate::ui::Layer;
use crate::ui::widgets::TabBar;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

/// Rows of one notch of the wheel.
const NOTCH: isize = 3;

impl RecordPage {
    pub(super) fn point(&mut self, event: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let cell = (event.column, event.row);
        match event.kind {
            MouseEventKind::ScrollDown => self.wheel(cell, NOTCH),
            MouseEventKind::ScrollUp => self.wheel(cell, -NOTCH),
            MouseEventKind::Down(MouseButton::Left) => self.click(cell, cx),
            _ => None,
        }
    }

    fn wheel(&mut self, cell: (u16, u16), rows: isize) -> Option<Vec<Effect>> {
        match self.places.at(cell)?.part {
            Part::About => self.about.scroll(rows),
            Part::Timeline => self.timeline.scroll(rows),
            Part::Associations => self.associations.scroll(rows),
        }
        Some(self.ask_timeline())
    }

    fn click(&mut self, cell: (u16, u16), cx: &Cx) -> Option<Vec<Effect>> {
        if let Some(command) = self.way_at(cell) {
            let is_open = self.obstacle(command).is_none();
            return Some(if is_open { self.run(command, None, cx) } else { Vec::new() });
        }
        let placed = self.places.at(cell)?;
        if cell.1 < placed.title.bottom() {
            self.click_title(placed, cell, cx);
            return Some(self.ask_timeline());
        }
        let had_focus = self.focus == placed.part;
        self.look_at(placed.part);
        let row = usize::from(cell.1.checked_sub(placed.body.y)?);
        let again = match placed.part {
            Part::About => self.about.click(row),
            Part::Timeline if self.timeline.click_chip(cell) => {
                let mut effects = self.keep_filters();
                effects.extend(self.ask_timeline());
                return Some(effects);
            }
            Part::Timeline if self.timeline.is_on_associations((cell.0 - placed.body.x, row), self.id, cx) => {
                self.timeline.click(row);
                return self.run_acting(Command::Associate, cx);
            }
            Part::Timeline => self.timeline.click(row),
            Part::Associations => self.associations.click(cell.1),
        };
        let mut effects = if had_focus && again == Some(true) { self.open(cx) } else { Vec::new() };
        effects.extend(self.ask_timeline());
        Some(effects)
    }

    /// The half of `‹ K  J ›` that was clicked.
    fn way_at(&self, (x, y): (u16, u16)) -> Option<Command> {
        let header = self.places.header;
        let from_right = header.right().checked_sub(x).filter(|_| y == header.y && self.among.is_some())?;
        match from_right {
            1..=4 => Some(Command::NextRecord),
            5..=WAY => Some(Command::PreviousRecord),
            _ => None,
        }
    }

    fn click_title(&mut self, placed: Placed, cell: (u16, u16), cx: &Cx) {
        let pane = self.pane(placed.part, cx);
        if placed.part == Part::Timeline && self.places.form != Form::One {
            let tab = self.timeline.tab_at(placed.title, self.activities(), cell, pane);
            self.select_tab(tab.unwrap_or(self.timeline.tab()));
            return;
        }
        let (tabs, active) = self.part_tabs(placed.part);
        let bar = TabBar {
            tabs: &tabs,
            active,
            focused: pane.focused,
            gap: 3,
            signs: false,
            right: self.title_right(placed.part, cx),
        };
        let part = bar.at(placed.title, cell).and_then(|tab| self.parts(placed.part).get(tab).copied());
        self.look_at(part.unwrap_or(placed.part));
    }
}
