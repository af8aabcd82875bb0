//! The mouse: what it means is the layer's affair, but for the click that only brings the window to the front.

use super::App;
use crate::ui::terminal::Input;
use crate::ui::widgets::is_too_small;
use crossterm::event::{MouseEvent, MouseEventKind};
use std::time::Duration;

/// The click that gave the window its focus comes right after the focus.
const FOCUSING: Duration = Duration::from_millis(500);

impl App {
    pub(super) fn mouse(&mut self, mouse: MouseEvent) {
        let is_click = matches!(mouse.kind, MouseEventKind::Down(_));
        let focused = self.focused.filter(|_| is_click);
        if is_click {
            self.focused = None;
        }
        let only_focuses = focused.is_some_and(|at| self.at.duration_since(at) < FOCUSING);
        if only_focuses || is_too_small(self.scene.screen) {
            return;
        }
        self.pending.clear();
        self.prefixed = None;
        self.with_top(|layer, cx| layer.input(&Input::Mouse(mouse), cx).unwrap_or_default());
    }
}
