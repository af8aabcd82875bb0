//! How far a long act is, said to whoever called, who may stop it.

use crate::workspace::Watch;
use crate::workspace::socket::errand::Streams;
use std::sync::Arc;

pub struct Bar {
    streams: Arc<dyn Streams>,
    is_stopped: bool,
}

impl Bar {
    pub fn new(streams: Arc<dyn Streams>) -> Bar {
        Bar { streams, is_stopped: false }
    }
}

impl Watch for Bar {
    fn progress(&mut self, done: u64, total: u64) {
        self.is_stopped |= !self.streams.progress(done, total);
    }

    fn is_cancelled(&self) -> bool {
        self.is_stopped
    }
}
