//! Leaving a page on which something is not saved: it is asked about first (R2.3), and what one was about to do is done
//! once it is saved or discarded.

use super::App;
use crate::keys::Command;
use crate::ui::layer::{Place, Unsaved};
use crate::ui::modals::unsaved::AskUnsaved;

/// A way to leave a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leave {
    Go(Place),
    Back,
    Forward,
    Close,
}

impl App {
    /// True if something is unsaved, which is asked about now.
    pub(super) fn asks_before(&mut self, leave: Leave) -> bool {
        let Some(unsaved) = self.stack.page().layer.unsaved() else { return false };
        self.stack.close_modals();
        self.leaving = Some(leave);
        self.push(Box::new(AskUnsaved::new(unsaved)));
        true
    }

    /// A modal in which something is typed asks itself.
    pub(super) fn close_modal(&mut self) {
        let top = self.stack.top();
        if top.layer.unsaved().is_some() {
            self.with_top(|layer, cx| layer.run(Command::Escape, None, cx));
        } else {
            self.pop(top.id, None);
        }
    }

    /// The answer to what [`App::asks_before`] asked.
    pub(super) fn end_unsaved(&mut self, end: Unsaved) {
        let command = match end {
            Unsaved::Save => Command::Save,
            Unsaved::Discard => Command::Discard,
        };
        self.with_top(|layer, cx| layer.run(command, None, cx));
        self.leave_if_saved();
    }

    /// Goes where one was going, if nothing holds one any more; stays for good if what is unsaved can't be saved.
    pub(super) fn leave_if_saved(&mut self) {
        if self.is_changing(self.stack.page().id) {
            return;
        }
        let Some(leave) = self.leaving.take_if(|_| !self.stack.has_modal()) else { return };
        if self.stack.page().layer.unsaved().is_some() {
            return;
        }
        match leave {
            Leave::Go(place) => self.go(&place),
            Leave::Back => self.back(),
            Leave::Forward => self.forward(),
            Leave::Close => self.close(),
        }
    }
}
