//! Files in and out: bytes become rows of text, rows become files. Nothing here knows of contacts or deals; a new format is
//! a file beside the others and a variant of [`Rows`].
//!
//! Reading holds one row at a time, whatever the size of the file. A row that cannot be read is reported with its number and
//! the rest of the file goes on.

mod buffer;
pub mod decode;
pub mod headers;
pub mod html;
pub mod jsonl;
mod keyed;
pub mod lines;
pub mod mail;
pub mod table;
#[cfg(test)]
mod tests;
pub mod vcard;
pub mod write;

use std::io::Read;

use buffer::Buffer;
pub use decode::{DecodeError, Decoder};
pub use jsonl::Lines;
pub use mail::Mails;
pub use table::Table;
pub use vcard::Cards;

/// One row of a file; its cells stand in the order of the columns and are as many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// 1 is the first after the header.
    pub number: u64,
    pub cells: Vec<String>,
    /// What was left out of the row, as sentences; usually nothing.
    pub remarks: Vec<String>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Row {row}: {message}")]
pub struct RowError {
    pub row: u64,
    pub column: Option<String>,
    /// A sentence with the next step.
    pub message: String,
    /// What stood there as well as it can be told, for the report.
    pub cells: Vec<String>,
}

/// Why a file gives no rows at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("The file is empty. Write a row of column names first, then one row a record.")]
    Empty,
    #[error("The first row, which names the columns, cannot be read. {0}")]
    Header(String),
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        Self::Decode(DecodeError::Io(error))
    }
}

/// The rows of a file of any kind; an iterator whose columns are known beforehand.
pub enum Rows<R> {
    Table(Table<Decoder<R>>),
    Lines(Lines<Decoder<R>>),
    Cards(Cards<Decoder<R>>),
    Mails(Mails<Decoder<R>>),
}

impl<R: Read> Rows<R> {
    /// Finds out encoding, format and columns; the source is read only as far as that needs.
    pub fn open(source: R) -> Result<Self, OpenError> {
        let mut decoder = Decoder::new(source)?;
        // Cards and mails say themselves what each part is encoded in.
        let is_mail = mail::looks_like_mail(decoder.first());
        if is_mail || vcard::looks_like_cards(decoder.first()) {
            decoder.keep_bytes();
        }
        let mut buffer = Buffer::new(decoder);
        buffer.fill()?;
        Ok(if is_mail {
            Self::Mails(Mails::from_buffer(buffer))
        } else if vcard::looks_like_cards(buffer.bytes()) {
            Self::Cards(Cards::from_buffer(buffer)?)
        } else if jsonl::looks_like_json(buffer.bytes()) {
            Self::Lines(Lines::from_buffer(buffer)?)
        } else {
            Self::Table(Table::from_buffer(buffer)?)
        })
    }

    /// The columns so far: those of JSON lines and vCards may grow as rows are read.
    pub fn columns(&self) -> &[String] {
        match self {
            Self::Table(table) => table.columns(),
            Self::Lines(lines) => lines.columns(),
            Self::Cards(cards) => cards.columns(),
            Self::Mails(mails) => mails.columns(),
        }
    }

    /// Reads the next row into `row`, whose memory is used again where that can be; nothing at the end.
    pub fn read(&mut self, row: &mut Row) -> Option<Result<(), RowError>> {
        match self {
            Self::Table(table) => table.read(row),
            Self::Lines(lines) => lines.next().map(|next| next.map(|next| *row = next)),
            Self::Cards(cards) => cards.next().map(|next| next.map(|next| *row = next)),
            Self::Mails(mails) => mails.next().map(|next| next.map(|next| *row = next)),
        }
    }

    /// How many there are, where that is known beforehand.
    pub fn foreseen(&self) -> Option<u64> {
        match self {
            Self::Mails(mails) => mails.foreseen(),
            _ => None,
        }
    }

    /// What the user should know about the file as a whole, as sentences.
    pub fn notices(&self) -> &[String] {
        match self {
            Self::Table(table) => table.notices(),
            Self::Lines(_) | Self::Cards(_) | Self::Mails(_) => &[],
        }
    }

    /// UTF-8 as long as all that was read is ASCII; each mail has its own.
    pub fn encoding(&self) -> &'static str {
        match self {
            Self::Table(table) => table.source().encoding(),
            Self::Lines(lines) => lines.source().encoding(),
            Self::Cards(cards) => cards.source().encoding(),
            Self::Mails(_) => headers::MAIL,
        }
    }

    /// Between the cells of a table.
    pub fn separator(&self) -> Option<char> {
        match self {
            Self::Table(table) => Some(table.separator()),
            Self::Lines(_) | Self::Cards(_) | Self::Mails(_) => None,
        }
    }

    /// Whether characters that its encoding does not have were replaced by `\u{fffd}` so far.
    pub fn is_flawed(&self) -> bool {
        match self {
            Self::Table(table) => table.source().is_flawed(),
            Self::Lines(lines) => lines.source().is_flawed(),
            Self::Cards(cards) => cards.source().is_flawed(),
            Self::Mails(_) => false,
        }
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Table(table) => table.next(),
            Self::Lines(lines) => lines.next(),
            Self::Cards(cards) => cards.next(),
            Self::Mails(mails) => mails.next(),
        }
    }
}

/// What is said when the disk or pipe fails in the middle.
fn broken_off(row: u64, error: &std::io::Error) -> RowError {
    let message = format!("The file cannot be read further: {error}. The rows before this one were read.");
    RowError { row, column: None, message, cells: Vec::new() }
}
