//! A window on a stream that grows only as far as one record needs.

use std::io::{self, Read};

use memchr::memchr;

const START: usize = 256 * 1024;

pub(super) struct Buffer<R> {
    source: R,
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
}

impl<R: Read> Buffer<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, bytes: Vec::new(), start: 0, end: 0, ended: false }
    }

    /// What was read and not yet consumed.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// Whether [`Self::bytes`] holds everything that is left.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    pub(super) fn source(&self) -> &R {
        &self.source
    }

    pub(super) fn consume(&mut self, count: usize) {
        self.start += count;
    }

    /// Reads on; doubles the window when one record fills it.
    pub(super) fn more(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.bytes.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.bytes.len() {
            self.bytes.resize((self.bytes.len() * 2).max(START), 0);
        }
        loop {
            match self.source.read(&mut self.bytes[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.ended = true;
                    return Err(error);
                }
            }
            return Ok(());
        }
    }

    /// Reads until the window is full once or nothing is left.
    pub(super) fn fill(&mut self) -> io::Result<()> {
        while !self.ended && self.end < START {
            self.more()?;
        }
        Ok(())
    }

    /// Consumes up to and with the next `line_end`, however far it is, and holds none of it.
    pub(super) fn skip_line(&mut self, line_end: u8) -> io::Result<()> {
        loop {
            if let Some(at) = memchr(line_end, self.bytes()) {
                self.consume(at + 1);
                return Ok(());
            }
            self.start = self.end;
            if self.ended {
                return Ok(());
            }
            self.more()?;
        }
    }
}
