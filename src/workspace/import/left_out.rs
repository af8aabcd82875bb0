//! The file with the rows that did not come in, where one is wanted: named by the user, or beside the source.

use super::{Fault, ImportAsk, ReportTo};
use crate::exchange::write::Report;
use crate::workspace::Failure;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// At the end of the names of such files.
const ENDING: &str = "-left-out";

pub(super) struct LeftOut {
    report: Option<Report>,
    /// Nobody asked for just this file: the import goes on without it.
    is_extra: bool,
}

impl LeftOut {
    pub fn new(ask: &ImportAsk) -> LeftOut {
        let beside = || ask.files.first().map(|path| beside(path));
        let path = match &ask.report {
            _ if ask.dry_run && ask.report == ReportTo::Beside => None,
            ReportTo::Nowhere => None,
            ReportTo::File(path) => Some(path.clone()),
            ReportTo::Beside => beside(),
        };
        LeftOut { report: path.as_deref().map(Report::new), is_extra: ask.report == ReportTo::Beside }
    }

    /// Whether the cells of the rows are wanted.
    pub fn keeps(&self) -> bool {
        self.report.is_some()
    }

    pub fn add(
        &mut self,
        columns: &[String],
        cells: &[String],
        fault: &Fault,
        errors: &mut Vec<Fault>,
    ) -> Result<(), Failure> {
        let Some(report) = &mut self.report else { return Ok(()) };
        match report.add(columns, cells, fault.column.as_deref(), &fault.message) {
            Ok(()) => Ok(()),
            Err(error) => self.give_up(&error, errors),
        }
    }

    /// The path of the file, if any row did not come in.
    pub fn finish(mut self, errors: &mut Vec<Fault>) -> Result<Option<PathBuf>, Failure> {
        let Some(report) = self.report.take() else { return Ok(None) };
        match report.finish() {
            Ok(path) => Ok(path),
            Err(error) => self.give_up(&error, errors).map(|()| None),
        }
    }

    fn give_up(&mut self, error: &io::Error, errors: &mut Vec<Fault>) -> Result<(), Failure> {
        self.report = None;
        if !self.is_extra {
            return Err(Failure::Failed(format!("The report could not be written: {error}")));
        }
        let message = format!("The rows that did not come in could not be written to a file: {error}");
        errors.push(Fault { row: 0, column: None, message });
        Ok(())
    }
}

/// `contacts.csv` gives `contacts-left-out.csv`, or the next number that is free: what somebody corrected is never
/// written over.
fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default();
    let stem = without_ending(&stem.to_string_lossy()).map_or_else(|| stem.to_owned(), OsString::from);
    let numbered = |number: u32| {
        let mut name = stem.clone();
        name.push(ENDING);
        if number > 1 {
            name.push(format!("-{number}"));
        }
        name.push(".csv");
        path.with_file_name(name)
    };
    (1..u32::MAX).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(1))
}

/// The name of the file that such a file is the rest of.
fn without_ending(stem: &str) -> Option<String> {
    let (before, number) = stem.rsplit_once(ENDING)?;
    let is_number = |number: &str| number.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok());
    (number.is_empty() || is_number(number)).then(|| before.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let name = |of: &str| beside(&folder.path().join(of)).file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name("contacts.csv"), "contacts-left-out.csv");
        std::fs::write(folder.path().join("contacts-left-out.csv"), "").unwrap();
        for of in ["contacts.csv", "contacts.jsonl", "contacts-left-out.csv", "contacts-left-out-7.csv"] {
            assert_eq!(name(of), "contacts-left-out-2.csv");
        }
        assert_eq!(name("a-left-out-b.csv"), "a-left-out-b-left-out.csv");
    }
}
