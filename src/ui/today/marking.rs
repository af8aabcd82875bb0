//! What is marked on the agenda, to be tended together.

use super::{ALL, Today};
use crate::ui::layer::{Cx, Effect};
use crate::ui::marks::Spot;
use crate::workspace::request::Reply;

impl Today {
    /// Takes the range along to the cursor.
    pub(super) fn stretch(&mut self) -> Vec<Effect> {
        if self.lines.rows() == 0 {
            return Vec::new();
        }
        let spot = |at| self.cache.get(at).map_or(Spot::Unread, |item| Spot::Row(item.activity.id));
        let wants_all = self.marks.stretch(self.row, spot);
        wants_all.then(|| self.ask_all()).into_iter().collect()
    }

    pub(super) fn ask_all(&self) -> Effect {
        Effect::Ask(ALL, self.request(0, usize::MAX))
    }

    pub(super) fn toggle_mark(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.marks.is_range() {
            self.marks.end();
            return Vec::new();
        }
        if let Some(id) = self.item().map(|item| item.activity.id) {
            self.marks.toggle(id);
        }
        self.move_by(1, cx)
    }

    pub(super) fn mark_range(&mut self) -> Vec<Effect> {
        if self.marks.is_range() {
            self.marks.end();
            return Vec::new();
        }
        self.marks.begin(self.row);
        // The cursor stays on its row from now on.
        self.chosen = true;
        self.stretch()
    }

    pub(super) fn take_all(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        let Reply::Agenda(page) = reply else {
            self.marks.fail();
            return Vec::new();
        };
        let all: Vec<_> = page.items.iter().map(|item| item.activity.id).collect();
        let then = self.marks.take(all.into());
        let mut effects = self.stretch();
        effects.extend(then.map(|command| self.act(command, cx)).into_iter().flatten());
        effects
    }
}
