//! How many tasks are due, for the first row of every page: asked when something changed, and when the time has come
//! at which the answer may be another one.

use super::App;
use super::act::{SHELL, place_of};
use crate::domain::agenda::DueNow;
use crate::workspace::lanes::Ticket;
use crate::workspace::request::{Reply, Request};
use crate::workspace::window::Window;

/// What was told last.
pub(super) struct Due {
    pub now: DueNow,
    /// The newest question.
    asked: u64,
    is_awaited: bool,
}

/// The shell's other questions have the slot 0.
const SLOT: u8 = 1;

impl Due {
    /// Asked before anything is drawn, since it decides where one lands.
    pub fn begin(window: &Window) -> Due {
        let now = match window.ask(&Request::Due) {
            Reply::Due(now) => now,
            _ => DueNow::default(),
        };
        Due { now, asked: 0, is_awaited: false }
    }
}

impl App {
    pub(super) fn ask_what_is_due(&mut self) {
        self.generation += 1;
        self.due.asked = self.generation;
        self.due.is_awaited = true;
        self.lanes.ask(Ticket { place: place_of(SHELL, SLOT), generation: self.generation }, Request::Due);
    }

    /// Time went by.
    pub(super) fn ask_if_due(&mut self) {
        let is_over = self.due.now.until.is_some_and(|until| until <= self.scene.now);
        if is_over && !self.due.is_awaited {
            self.lanes.look_at_the_clock();
            self.ask_what_is_due();
        }
    }

    pub(super) fn is_due(&mut self, now: DueNow, generation: u64) {
        if generation != self.due.asked {
            return;
        }
        self.due.is_awaited = false;
        if self.due.now != now {
            self.due.now = now;
            let notice = Reply::Due(now);
            self.stack.remember_notice(&notice);
            self.with_page(|layer, cx| layer.notice(&notice, cx));
        }
    }
}
