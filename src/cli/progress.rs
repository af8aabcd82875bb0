//! How far a long act is: a line on stderr, only where somebody watches.

use crate::workspace::Watch;
use indicatif::{ProgressBar, ProgressStyle};

/// Appears with the first news; on anything but a terminal it says nothing.
#[derive(Default)]
pub struct Bar {
    bar: Option<ProgressBar>,
}

impl Bar {
    /// `total` 0: nobody knows.
    pub fn show(&mut self, done: u64, total: u64) {
        let bar = self.bar.get_or_insert_with(ProgressBar::no_length);
        let template = if total == 0 { "{spinner} {human_pos}" } else { "{bar:32} {human_pos} of {human_len}" };
        if bar.length() != Some(total)
            && let Ok(style) = ProgressStyle::with_template(template)
        {
            bar.set_style(style);
            bar.set_length(total);
        }
        bar.set_position(done);
    }
}

impl Watch for Bar {
    fn progress(&mut self, done: u64, total: u64) {
        self.show(done, total);
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
