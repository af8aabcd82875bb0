//! The mouse in the settings.

use super::draw::Geometry;
use super::{Pane, Settings};
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

impl Settings {
    /// A click on the tree opens a page, one on the page gives it the focus.
    pub(super) fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = (mouse.column, mouse.row);
        let is_click = matches!(mouse.kind, MouseEventKind::Down(MouseButton::Left));
        let Geometry { save, discard, .. } = self.geometry;
        for (place, command) in [(save, Command::Save), (discard, Command::Discard)] {
            if is_click && place.contains(at.into()) {
                return Some(self.run(command, None, cx));
            }
        }
        if is_click && let Some(tab) = self.tab_at(at, cx) {
            self.focus = Pane::Page;
            self.turn_to(tab, cx);
            return Some(self.ask(cx));
        }
        if self.geometry.page.contains(at.into()) {
            let had_focus = self.is_on_page();
            if is_click {
                self.focus = Pane::Page;
            }
            let effects = self.hand_on(&Input::Mouse(mouse), cx);
            return effects.or((is_click && !had_focus).then(Vec::new));
        }
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let place = self.geometry.entry_at(at, &self.entries)?;
                self.focus = Pane::Tree;
                self.move_to(|tree| tree.go_to(place), cx);
                return Some(self.ask(cx));
            }
            MouseEventKind::ScrollDown => self.move_to(|tree| tree.move_by(1), cx),
            MouseEventKind::ScrollUp => self.move_to(|tree| tree.move_by(-1), cx),
            _ => return None,
        }
        Some(Vec::new())
    }
}
