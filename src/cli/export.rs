//! `lejek export`: records into a file, or to stdout.

use super::Call;
use super::listing::{Asked, Listing};
use super::session::Session;
use super::trouble::Trouble;
use crate::workspace::export::{Column, ExportAsk, ExportError, Format, Wanted};
use crate::workspace::permit::Whole;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub listing: Listing,
    /// Every property and association
    #[arg(long, conflicts_with = "columns")]
    pub all: bool,
    /// By the file's ending; else csv
    #[arg(long, value_enum)]
    pub format: Option<As>,
    /// The file; without it, stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum As {
    Csv,
    /// JSON lines
    Jsonl,
    /// vCards 4.0, of contacts
    Vcf,
}

impl Export {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let spec = session.spec(&self.listing.object)?;
        session.permit_whole(Whole::Export, spec.object)?;
        let asked = self.listing.ask(&session)?;
        let columns = asked.columns().iter().map(|property| property.id).collect();
        let wanted = match (self.all, self.listing.columns.is_empty()) {
            (true, _) => Wanted::All,
            (false, true) => Wanted::Listed(columns),
            (false, false) => Wanted::These(columns),
        };
        let Asked { spec, query, .. } = asked;
        let format = match self.format {
            Some(As::Csv) => Format::Csv,
            Some(As::Jsonl) => Format::Jsonl,
            Some(As::Vcf) => Format::Vcf,
            None => self.output.as_deref().map_or(Format::Csv, Format::by_ending),
        };
        let columns = Column::wanted(&wanted, format, &spec, &session.settings);
        let ask = ExportAsk { query, columns, format };
        let mut bar = session.out.bar();
        let Some(file) = &self.output else {
            let mut out = session.out.writer();
            session.export(&ask, &mut out, &mut bar)?;
            return Ok(out.flush()?);
        };
        let rows = session.export_to(&ask, &call.path(file), &mut bar).map_err(|error| match error {
            ExportError::Io(error) => Trouble::failed(format!("{} could not be written: {error}", file.display())),
            error => error.into(),
        })?;
        let plural = spec.plural.to_lowercase();
        session.out.answer(
            || json!({ "rows": rows, "file": file.display().to_string() }),
            || format!("Exported {rows} {plural} to {}", file.display()),
        )
    }
}
