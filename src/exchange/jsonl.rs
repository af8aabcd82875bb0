//! JSON lines, and arrays or plain successions of JSON objects: each object is a row, each key a column.
//!
//! Texts stay as they are, numbers as they are written (one with exactly three decimals gets a zero, so that nobody takes its
//! point for a thousands separator), lists of plain values are joined by `;`, `{"amount", "currency"}` becomes `1200.00 EUR`.

mod cells;
mod extent;
#[cfg(test)]
mod tests;

use std::io::{self, Read};

use memchr::memchr;

use super::buffer::Buffer;
use super::keyed::{Cut, Keyed, Named};
use super::{OpenError, Row, RowError, broken_off};
use extent::{Extent, Layout, extent};

/// The longest object.
const MOST_ROW: usize = 50 * 1024 * 1024;
/// As much of a broken line as goes into the report.
const MOST_RAW: usize = 64 * 1024;

/// The rows of a JSON file.
pub struct Lines<R> {
    rows: Keyed<Objects<R>>,
}

struct Objects<R> {
    buffer: Buffer<R>,
    layout: Layout,
    row: u64,
    most_row: usize,
    done: bool,
}

/// Whether a file begins as JSON objects do; a CSV header may begin with a bracket, but not with one and a brace.
pub(super) fn looks_like_json(bytes: &[u8]) -> bool {
    let mut visible = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    match (visible.next(), visible.next()) {
        (Some(b'{'), second) => matches!(second, Some(b'"' | b'}')),
        (Some(b'['), second) => matches!(second, Some(b'{' | b']')),
        _ => false,
    }
}

impl<R: Read> Lines<R> {
    /// Reads the first objects of a source that gives UTF-8, as a [`super::Decoder`] does.
    pub fn open(source: R) -> Result<Self, OpenError> {
        Self::from_buffer(Buffer::new(source))
    }

    pub(super) fn from_buffer(buffer: Buffer<R>) -> Result<Self, OpenError> {
        Self::limited(buffer, MOST_ROW)
    }

    fn limited(mut buffer: Buffer<R>, most_row: usize) -> Result<Self, OpenError> {
        buffer.fill()?;
        let layout = Layout::of(buffer.bytes()).ok_or(OpenError::Empty)?;
        buffer.consume(layout.head(buffer.bytes()));
        Ok(Self { rows: Keyed::new(Objects { buffer, layout, row: 0, most_row, done: false }) })
    }

    /// The keys so far, in the order in which they came; they may grow as rows are read.
    pub fn columns(&self) -> &[String] {
        self.rows.columns()
    }

    pub(super) fn source(&self) -> &R {
        self.rows.source().buffer.source()
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

impl<R: Read> Cut for Objects<R> {
    fn cut(&mut self) -> Option<(Result<Named, RowError>, usize)> {
        if self.done {
            return None;
        }
        let found = match self.find() {
            Ok(found) => found?,
            Err(error) => {
                self.done = true;
                return Some((Err(broken_off(self.row + 1, &error)), 0));
            }
        };
        self.row += 1;
        match found {
            Extent::Value { start, end, next } => {
                let row = self.parse(start, end);
                self.buffer.consume(next);
                Some((row, next))
            }
            Extent::Cut => {
                self.done = true;
                let error = self
                    .error("The file ends here, in the middle of its objects. Get the whole file and import it again.");
                Some((Err(error), 0))
            }
            Extent::TooLong => {
                let message = format!("The object is longer than {} MB. Shorten it.", self.most_row / (1024 * 1024));
                let error = self.error(&message);
                self.done = self.layout != Layout::Lines || self.buffer.skip_line(b'\n').is_err();
                Some((Err(error), 0))
            }
            Extent::More | Extent::End => None,
        }
    }
}

impl<R: Read> Objects<R> {
    /// Finds the next object; nothing at the end.
    fn find(&mut self) -> io::Result<Option<Extent>> {
        loop {
            match extent(self.buffer.bytes(), self.buffer.ended(), self.layout) {
                Extent::End => return Ok(None),
                Extent::More if self.buffer.bytes().len() > self.most_row => {
                    return Ok(Some(Extent::TooLong));
                }
                Extent::More => self.buffer.more()?,
                found => return Ok(Some(found)),
            }
        }
    }

    fn parse(&self, start: usize, end: usize) -> Result<Named, RowError> {
        let text = String::from_utf8_lossy(&self.buffer.bytes()[start..end]);
        match cells::parse(&text) {
            Ok(object) => Ok(Named { number: self.row, cells: object.cells, remarks: object.remarks }),
            Err(message) => Err(self.error(&message)),
        }
    }

    fn error(&self, message: &str) -> RowError {
        let bytes = self.buffer.bytes();
        let line = memchr(b'\n', bytes).unwrap_or(bytes.len()).min(MOST_RAW);
        let raw = String::from_utf8_lossy(&bytes[..line]).trim().to_owned();
        RowError { row: self.row, column: None, message: message.to_owned(), cells: vec![raw] }
    }
}
