//! The rows that did not come in, as a CSV file to be corrected and imported again.

use std::io;
use std::path::{Path, PathBuf};

use super::{AtomicFile, CsvWriter};
use crate::exchange::headers::REPORT_COLUMN;

/// A report that becomes a file with its first row.
pub struct Report {
    path: PathBuf,
    /// The file, and which columns of the source it has.
    open: Option<(CsvWriter<AtomicFile>, Vec<usize>)>,
}

impl Report {
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), open: None }
    }

    /// Adds a row as it came, `columns` being those of its file, with what is wrong and in which column.
    pub fn add(&mut self, columns: &[String], cells: &[String], column: Option<&str>, message: &str) -> io::Result<()> {
        if self.open.is_none() {
            // One that is there already, from an earlier report, gives way.
            let kept: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] != REPORT_COLUMN).collect();
            let names: Vec<&str> = kept.iter().map(|at| columns[*at].as_str()).chain([REPORT_COLUMN]).collect();
            self.open = Some((CsvWriter::new(AtomicFile::create(&self.path)?, &names)?, kept));
        }
        let Some((writer, kept)) = &mut self.open else {
            return Ok(());
        };
        let error = column.map_or_else(|| message.to_owned(), |column| format!("{column}: {message}"));
        let row = kept.iter().map(|at| cells.get(*at).map_or("", String::as_str)).chain([error.as_str()]);
        writer.row(&row.collect::<Vec<_>>())
    }

    /// Closes the report; the path of the file if there is one.
    pub fn finish(self) -> io::Result<Option<PathBuf>> {
        let Some((writer, _)) = self.open else {
            return Ok(None);
        };
        writer.finish()?.commit()?;
        Ok(Some(self.path))
    }
}
