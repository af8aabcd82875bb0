//! Files out: CSV, JSON lines, the report of rows that did not come in; files that are whole or not there.
//!
//! What is written comes in again unchanged: a cell that begins with `=`, `+`, `-` or `@` is quoted when it must be but never
//! altered. A spreadsheet may take such a cell for a formula; that is the price, and `--format jsonl` avoids it.

mod atomic;
mod report;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use serde::Serialize;

pub use atomic::AtomicFile;
pub use report::Report;

/// Writes rows as CSV with commas and line feeds.
pub struct CsvWriter<W> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    pub fn new(out: W, columns: &[impl AsRef<str>]) -> io::Result<Self> {
        let mut writer = Self { out, line: Vec::new() };
        writer.row(columns)?;
        Ok(writer)
    }

    pub fn row(&mut self, cells: &[impl AsRef<str>]) -> io::Result<()> {
        self.line.clear();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.line.push(b',');
            }
            push_cell(&mut self.line, cell.as_ref(), cells.len() == 1);
        }
        self.line.push(b'\n');
        self.out.write_all(&self.line)
    }

    /// Flushes and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Quotes what any of the readers' separators, a quote or blanks at an end would change, and an empty cell on its own line.
fn push_cell(line: &mut Vec<u8>, cell: &str, alone: bool) {
    let risky = |byte| matches!(byte, b',' | b';' | b'\t' | b'"' | b'\r' | b'\n');
    let blank_end = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
    let reads_as_hint = line.is_empty() && cell.starts_with("sep=");
    if !(cell.bytes().any(risky) || blank_end || (alone && cell.is_empty()) || reads_as_hint) {
        line.extend_from_slice(cell.as_bytes());
        return;
    }
    line.push(b'"');
    for byte in cell.bytes() {
        if byte == b'"' {
            line.push(b'"');
        }
        line.push(byte);
    }
    line.push(b'"');
}

/// Writes one JSON value a line.
pub struct JsonlWriter<W> {
    out: W,
}

impl<W: Write> JsonlWriter<W> {
    pub fn new(out: W) -> Self {
        Self { out }
    }

    pub fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, row)?;
        self.out.write_all(b"\n")
    }

    /// Flushes and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}
