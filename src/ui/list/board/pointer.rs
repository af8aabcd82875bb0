//! The mouse on a board: the wheel scrolls a stage, a click selects a card, a second one opens it, and a card that is
//! dragged lies where it is let go.

use super::Board;
use crate::domain::id::RecordId;
use crate::ui::layer::{Cx, Effect};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// A card under the pressed button.
pub struct Drag {
    id: RecordId,
    /// Where it lay.
    from: (usize, usize),
    /// It had the focus before.
    had_focus: bool,
    /// Where it would come to lie, once it was moved.
    pub over: Option<(usize, usize)>,
}

impl Board {
    pub(super) fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.wheel(at, 1, cx),
            MouseEventKind::ScrollUp => self.wheel(at, -1, cx),
            MouseEventKind::Down(MouseButton::Left) => Some(self.press(at, cx)),
            MouseEventKind::Drag(MouseButton::Left) => {
                let over = self.spot(at);
                let drag = self.drag.as_mut()?;
                if over.is_some() && (over != Some(drag.from) || drag.over.is_some()) {
                    drag.over = over;
                }
                Some(Vec::new())
            }
            MouseEventKind::Up(MouseButton::Left) => Some(self.let_go(cx)),
            _ => None,
        }
    }

    /// The stage under a cell.
    fn stage_at(&self, at: Position) -> Option<usize> {
        let mut seen = self.layout.seen(self.first).enumerate();
        let (_, stage) = seen.find(|(nth, _)| {
            let column = self.layout.column(*nth, self.layout.heads);
            (column.x.saturating_sub(1)..=column.right()).contains(&at.x)
        })?;
        (stage < self.stacks.len()).then_some(stage)
    }

    /// The stage under a cell, and the place in it: past its last card at its end.
    fn spot(&self, at: Position) -> Option<(usize, usize)> {
        let stage =
            self.stage_at(at).filter(|_| self.layout.heads.contains(Position { x: self.layout.heads.x, ..at }))?;
        let stack = &self.stacks[stage];
        let nth = usize::from(at.y.saturating_sub(self.layout.cards.y) / (self.layout.card_rows + 1));
        Some((stage, (stack.window.offset() + nth).min(stack.count())))
    }

    fn wheel(&mut self, at: Position, by: isize, cx: &Cx) -> Option<Vec<Effect>> {
        let stage = self.stage_at(at)?;
        self.stacks[stage].window.scroll(by);
        self.list.moved |= stage == self.at;
        Some(self.follow(cx))
    }

    fn press(&mut self, at: Position, cx: &Cx) -> Vec<Effect> {
        self.drag = None;
        if at.y < self.layout.heads.y {
            let effects = self.list.click(at, cx);
            return self.after(effects, cx);
        }
        self.list.chip = None;
        let Some((stage, place)) = self.spot(at) else { return Vec::new() };
        self.list.typing = false;
        let is_card = at.y >= self.layout.cards.y && place < self.stacks[stage].window.visible().end;
        let before = self.list.moved.then(|| self.card_id()).flatten();
        self.at = stage;
        if is_card {
            self.stacks[stage].window.go_to(place);
            let id = self.card_id();
            self.drag = id.map(|id| Drag { id, from: (stage, place), had_focus: before == Some(id), over: None });
        }
        self.list.moved = true;
        self.follow(cx)
    }

    fn let_go(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(Drag { id, from, had_focus, over }) = self.drag.take() else { return Vec::new() };
        let Some((stage, place)) = over else {
            return if had_focus { self.list.open() } else { Vec::new() };
        };
        if (stage, place) == from {
            return Vec::new();
        }
        let own = (stage == from.0).then_some(from.1);
        let last = self.stacks[stage].count() - usize::from(own.is_some());
        let place = place.min(last);
        let Some(lies) = self.between(stage, place, own) else { return Vec::new() };
        let marked = self.list.marks.ids();
        let what = if marked.contains(&id) { marked.to_vec() } else { vec![id] };
        self.put(what, stage, lies, place, cx)
    }
}
