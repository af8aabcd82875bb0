//! The streams of this process. How far a long act is stands in a line on stderr, only where somebody watches.

use crate::workspace::socket::errand::Streams;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Read, Write};
use std::sync::{Mutex, PoisonError};

/// Bytes of the standard input that are read at once.
const PIECE: usize = 64 << 10;

#[derive(Default)]
pub struct Process {
    /// Appears with the first news and goes with the first word; on anything but a terminal it says nothing.
    bar: Mutex<Option<ProgressBar>>,
}

impl Process {
    fn clear(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

impl Streams for Process {
    fn out(&self, bytes: &[u8]) -> io::Result<()> {
        self.clear();
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    fn err(&self, bytes: &[u8]) -> io::Result<()> {
        self.clear();
        io::stderr().lock().write_all(bytes)
    }

    fn input(&self) -> io::Result<Vec<u8>> {
        let mut piece = vec![0; PIECE];
        let count = io::stdin().lock().read(&mut piece)?;
        piece.truncate(count);
        Ok(piece)
    }

    /// `total` 0: nobody knows. Here ctrl-c ends the process itself.
    fn progress(&self, done: u64, total: u64) -> bool {
        let mut bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bar.get_or_insert_with(ProgressBar::no_length);
        let template = if total == 0 { "{spinner} {human_pos}" } else { "{bar:32} {human_pos} of {human_len}" };
        if bar.length() != Some(total)
            && let Ok(style) = ProgressStyle::with_template(template)
        {
            bar.set_style(style);
            bar.set_length(total);
        }
        bar.set_position(done);
        true
    }
}
