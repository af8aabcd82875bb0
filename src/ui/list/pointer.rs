//! The mouse on a list: the wheel moves the view, a click selects, a second one opens, heads sort, tabs turn.

use super::List;
use crate::ui::layer::{Cx, Effect};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// Rows that one turn of the wheel moves.
const WHEEL: isize = 3;

impl List {
    pub(super) fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = Position::new(mouse.column, mouse.row);
        let is_over_list = self.geometry.pane.contains(at);
        match mouse.kind {
            MouseEventKind::ScrollDown if is_over_list => Some(self.move_to(|window| window.scroll(WHEEL), cx)),
            MouseEventKind::ScrollUp if is_over_list => Some(self.move_to(|window| window.scroll(-WHEEL), cx)),
            MouseEventKind::Down(MouseButton::Left) => Some(self.click(at, cx)),
            _ => None,
        }
    }

    pub(super) fn click(&mut self, at: Position, cx: &Cx) -> Vec<Effect> {
        let geometry = self.geometry;
        if let Some(tab) = self.tab_bar(cx, |bar| bar.at(geometry.pane, (at.x, at.y))) {
            return self.select_tab(tab, cx);
        }
        if geometry.head.contains(at) {
            return self.click_head(at, cx);
        }
        if let Some((chip, is_cross)) = self.chip_at(at, cx) {
            if is_cross {
                return self.remove(chip, None, cx);
            }
            self.chip = Some((chip, 0));
            return Vec::new();
        }
        self.chip = None;
        if !geometry.rows.contains(at) {
            return Vec::new();
        }
        let Some(row) = self.window.at(usize::from(at.y - geometry.rows.y)) else { return Vec::new() };
        self.typing = false;
        if self.moved && self.window.cursor() == Some(row) {
            return self.open();
        }
        self.move_to(|window| window.go_to(row), cx)
    }

    fn click_head(&mut self, at: Position, cx: &Cx) -> Vec<Effect> {
        let head = self.geometry.cells(self.geometry.head.y);
        let property = self.table(cx).and_then(|table| {
            let placed = table.placed.iter().find(|placed| placed.rect(head).contains(at))?;
            Some(table.shown[placed.column].property.id)
        });
        let shown = self.shown_properties(cx);
        let column = property.and_then(|id| shown.iter().position(|property| property.id == id));
        column.map_or_else(Vec::new, |column| self.sort_by(column, cx))
    }
}
