//! CSV: separator found out, columns named apart, every row that can be read handed on and every other one reported.
//!
//! A quoted field that goes wrong (never closed, or with text behind its closing quote) costs the row in which it began:
//! reading resumes on that row's second line, so that one stray quote never swallows the rest of a file. That is why the rows
//! are cut here (`table/scan.rs`) and not by a lenient CSV reader.

mod header;
mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::{self, Read};

use memchr::memchr;

use super::buffer::Buffer;
use super::{OpenError, Row, RowError, broken_off};
use scan::{Dialect, Fault, Field, Scan, scan};

/// The longest cell.
const MOST_CELL: usize = 10 * 1024 * 1024;
/// The longest row, in cells.
const MOST_ROW: usize = 4;
/// As much of a broken row as goes into the report.
const MOST_RAW: usize = 64 * 1024;

/// The rows of a CSV file.
pub struct Table<R> {
    buffer: Buffer<R>,
    dialect: Dialect,
    columns: Vec<String>,
    notices: Vec<String>,
    row: u64,
    fields: Vec<Field>,
    most_cell: usize,
    done: bool,
}

impl<R: Read> Table<R> {
    /// Reads the header from a source that gives UTF-8, as a [`super::Decoder`] does.
    pub fn open(source: R) -> Result<Self, OpenError> {
        Self::from_buffer(Buffer::new(source))
    }

    pub(super) fn from_buffer(buffer: Buffer<R>) -> Result<Self, OpenError> {
        Self::limited(buffer, MOST_CELL)
    }

    fn limited(mut buffer: Buffer<R>, most_cell: usize) -> Result<Self, OpenError> {
        buffer.fill()?;
        let (dialect, hint) = header::dialect(buffer.bytes(), buffer.ended());
        buffer.consume(hint);
        let mut table = Self {
            buffer,
            dialect,
            columns: Vec::new(),
            notices: Vec::new(),
            row: 0,
            fields: Vec::new(),
            most_cell,
            done: false,
        };
        let mut first = Row::default();
        match table.read(&mut first) {
            None => return Err(OpenError::Empty),
            Some(Err(error)) => return Err(OpenError::Header(error.message)),
            Some(Ok(())) => {}
        }
        (table.columns, table.notices) = header::columns(first.cells);
        table.row = 0;
        Ok(table)
    }

    /// The names of the header, each different.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What was changed in the header, as sentences.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The separator found.
    pub fn separator(&self) -> char {
        self.dialect.separator.into()
    }

    pub(super) fn source(&self) -> &R {
        self.buffer.source()
    }

    /// Reads the next row into `row`, whose memory is used again; nothing at the end. Empty lines are no rows.
    pub fn read(&mut self, row: &mut Row) -> Option<Result<(), RowError>> {
        while !self.done {
            let scanned = match self.scan_record() {
                Ok(scanned) => scanned,
                Err(error) => {
                    self.done = true;
                    return Some(Err(broken_off(self.row + 1, &error)));
                }
            };
            match scanned {
                Scan::End => return None,
                Scan::Blank { length } => self.buffer.consume(length),
                Scan::Row { length } => {
                    self.row += 1;
                    self.take(length, row);
                    return Some(Ok(()));
                }
                Scan::Broken { field, fault } => {
                    self.row += 1;
                    return Some(Err(self.give_up(field, fault)));
                }
                Scan::More { .. } => {}
            }
        }
        None
    }

    /// Scans the record at the front of the buffer, which grows until it holds all of it or too much.
    fn scan_record(&mut self) -> io::Result<Scan> {
        loop {
            let bytes = self.buffer.bytes();
            let scanned = scan(bytes, self.buffer.ended(), self.dialect, &mut self.fields);
            let Scan::More { field, start } = scanned else {
                return Ok(scanned);
            };
            if bytes.len() - start > self.most_cell || bytes.len() > self.most_cell * MOST_ROW {
                return Ok(Scan::Broken { field, fault: Fault::TooLong });
            }
            self.buffer.more()?;
        }
    }

    fn take(&mut self, length: usize, row: &mut Row) {
        let record = &self.buffer.bytes()[..length];
        let text = String::from_utf8_lossy(record);
        // Positions hold only when nothing was replaced, which a Decoder sees to.
        let replaced = matches!(text, Cow::Owned(_));
        if replaced {
            scan(text.as_bytes(), true, self.dialect, &mut self.fields);
        }
        row.number = self.row;
        row.remarks.clear();
        let named = if self.columns.is_empty() { self.fields.len() } else { self.columns.len() };
        row.cells.resize_with(named, String::new);
        for (at, cell) in row.cells.iter_mut().enumerate() {
            cell.clear();
            if let Some(field) = self.fields.get(at) {
                field.append_to(&text, cell);
            }
        }
        if self.fields.len() > named {
            row.remarks.extend(left_over(&text, &self.fields[named..], self.fields.len(), named));
        }
        if memchr(0, text.as_bytes()).is_some() {
            for cell in &mut row.cells {
                cell.retain(|c| c != '\0');
            }
            row.remarks.push("NUL characters were left out.".to_owned());
        }
        self.buffer.consume(length);
    }

    /// Reports the row at the front of the buffer and resumes on its second line.
    fn give_up(&mut self, field: usize, fault: Fault) -> RowError {
        let bytes = self.buffer.bytes();
        let line = memchr(self.dialect.line_end, bytes).unwrap_or(bytes.len()).min(MOST_RAW);
        let raw = String::from_utf8_lossy(&bytes[..line]);
        let raw = raw.trim_end_matches(['\r', '\u{fffd}']);
        let cells =
            raw.split(char::from(self.dialect.separator)).map(|cell| cell.trim_matches('"').to_owned()).collect();
        let column = self.columns.get(field).cloned();
        let message = fault.sentence(column.as_deref(), self.most_cell);
        let mut error = RowError { row: self.row, column, message, cells };
        if let Err(failed) = self.buffer.skip_line(self.dialect.line_end) {
            self.done = true;
            error = broken_off(self.row, &failed);
        }
        error
    }
}

/// The sentence about cells beyond the header, if they hold anything.
fn left_over(text: &str, extra: &[Field], found: usize, named: usize) -> Option<String> {
    let mut cells = Vec::new();
    for field in extra {
        let mut cell = String::new();
        field.append_to(text, &mut cell);
        if !cell.trim().is_empty() {
            cells.push(cell.chars().take(40).collect::<String>());
        }
    }
    let list = cells.join("”, “");
    (!cells.is_empty()).then(|| {
        format!(
            "The row has {found} cells, the header {named}: “{list}” was left out. Quote cells that hold the separator."
        )
    })
}

impl<R: Read> Iterator for Table<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = Row::default();
        self.read(&mut row).map(|read| read.map(|()| row))
    }
}
