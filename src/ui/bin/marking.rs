//! What is marked in the bin, to be restored or erased together.

use super::{ALL, Bin};
use crate::ui::layer::{Cx, Effect};
use crate::ui::marks::Spot;
use crate::workspace::bin::InBin;
use crate::workspace::request::Reply;

impl Bin {
    /// Takes the range along to the cursor.
    pub(super) fn stretch(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(at) = self.window.cursor() else { return Vec::new() };
        let spot = |at| self.cache.get(at).map_or(Spot::Unread, |found| Spot::Row(found.of()));
        let wants_all = self.marks.stretch(at, spot);
        wants_all.then(|| self.ask_all(cx)).into_iter().collect()
    }

    pub(super) fn ask_all(&self, cx: &Cx) -> Effect {
        Effect::Ask(ALL, self.request(0, usize::MAX, cx))
    }

    pub(super) fn toggle_mark(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.marks.is_range() {
            self.marks.end();
            return Vec::new();
        }
        if let Some(id) = self.row().map(InBin::of) {
            self.marks.toggle(id);
        }
        self.move_to(|window| window.move_by(1), cx)
    }

    pub(super) fn mark_range(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(at) = self.window.cursor().filter(|_| !self.marks.is_range()) else {
            self.marks.end();
            return Vec::new();
        };
        self.marks.begin(at);
        // The cursor stays on its row from now on.
        self.chosen = true;
        self.stretch(cx)
    }

    pub(super) fn take_all(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        let Reply::BinPiece(page) = reply else {
            self.marks.fail();
            return Vec::new();
        };
        let then = self.marks.take(page.rows.iter().map(InBin::of).collect::<Vec<_>>().into());
        let mut effects = self.stretch(cx);
        effects.extend(then.map(|command| self.act(command, cx)).into_iter().flatten());
        effects
    }
}
