//! vCards 2.1, 3.0 and 4.0: each card is a row, its columns are named as lejek and others name them. `vcard/cut.rs` parts
//! the cards, `vcard/text.rs` makes each property one line of UTF-8, `vcard/cells.rs` says what a property comes in as.

mod cells;
mod cut;
#[cfg(test)]
mod tests;
mod text;
mod write;

use std::io::Read;

use super::buffer::Buffer;
use super::keyed::Keyed;
use super::{OpenError, Row, RowError};
use cut::Cutter;

pub use write::{CardWriter, has_place};

/// Stands in the cards that lejek writes: they come in again as they are.
const PRODUCT: &str = "-//lejek//lejek//EN";
/// What a card holds besides what cards have a place for, its column in the parameter of that name.
const OWN: &str = "X-LEJEK";
const COLUMN: &str = "COLUMN";

/// The rows of a file of vCards.
pub struct Cards<R> {
    rows: Keyed<Cutter<R>>,
}

/// Whether a file begins as one of vCards does.
pub(super) fn looks_like_cards(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii_start();
    cut::is_line(bytes.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default(), b"BEGIN")
}

impl<R: Read> Cards<R> {
    /// Reads the first cards of a source whose text is UTF-8, or of the sets of characters that the cards name.
    pub fn open(source: R) -> Result<Self, OpenError> {
        Self::from_buffer(Buffer::new(source))
    }

    pub(super) fn from_buffer(mut buffer: Buffer<R>) -> Result<Self, OpenError> {
        buffer.fill()?;
        Ok(Self { rows: Keyed::new(Cutter::new(buffer)) })
    }

    /// What the cards hold so far, in the order in which it came.
    pub fn columns(&self) -> &[String] {
        self.rows.columns()
    }

    pub(super) fn source(&self) -> &R {
        self.rows.source().source()
    }
}

impl<R: Read> Iterator for Cards<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}
