//! The panes of a record page: which has the focus, and what it does with the commands that all of them know.

use super::RecordPage;
use super::places::{Form, Part};
use super::timeline::Under;
use crate::keys::Command;
use crate::ui::layer::Cx;

impl RecordPage {
    pub(super) fn under(&self) -> Under {
        match self.focus {
            Part::About => self.about.under(),
            Part::Timeline => self.timeline.under(),
            Part::Associations => self.associations.under(),
        }
    }

    pub(super) fn set_fold(&mut self, unfold: bool, cx: &Cx) {
        match self.focus {
            Part::About => self.about.set_fold(unfold),
            Part::Timeline => self.timeline.set_fold(unfold, self.id, cx),
            Part::Associations => self.associations.set_fold(unfold),
        }
    }

    /// Why all of a pane can't be folded or unfolded.
    pub(super) fn unfoldable(&self, unfold: bool) -> Option<&'static str> {
        let can = match self.focus {
            Part::About => self.about.can_fold(unfold),
            Part::Timeline => !self.timeline.is_empty(),
            Part::Associations => self.associations.can_fold(unfold),
        };
        (!can).then_some(if unfold { "nothing here is folded" } else { "nothing here is unfolded" })
    }

    pub(super) fn fold_all(&mut self, unfold: bool) {
        match self.focus {
            Part::About => self.about.fold_all(unfold),
            Part::Timeline => self.timeline.fold_all(unfold),
            Part::Associations => self.associations.fold_all(unfold),
        }
    }

    /// Turns to the next pane, or the one before.
    pub(super) fn turn(&mut self, forward: bool) {
        // Where two are seen, the timeline stands first.
        let order = match self.places.form {
            Form::Two => [Part::Timeline, Part::About, Part::Associations],
            _ => Part::ALL,
        };
        let at = order.iter().position(|part| *part == self.focus).unwrap_or(0);
        self.look_at(order[(at + if forward { 1 } else { 2 }) % 3]);
    }

    pub(super) fn look_at(&mut self, part: Part) {
        self.focus = part;
        if part != Part::Timeline {
            self.side = part;
        }
    }

    pub(super) fn move_cursor(&mut self, command: Command, count: Option<u32>) -> bool {
        match self.focus {
            Part::About => self.about.run(command, count),
            Part::Timeline => self.timeline.run(command, count),
            Part::Associations => self.associations.run(command, count),
        }
    }
}
