//! `lejek import`: files of records into the workspace.

use super::Call;
use super::out::Out;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::workspace::import::{ImportAsk, Imported, Mode, StandardInput};
use crate::workspace::permit::Whole;
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Import {
    /// CSV (comma, semicolon, tab; UTF-8, UTF-16, CP1250) or JSON lines; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// What the rows are; without it, found out from the columns
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
    /// What a column is, where its name does not say
    #[arg(long, value_name = "COLUMN=PROPERTY")]
    pub map: Vec<String>,
    /// Which rows are taken
    #[arg(long, value_enum, default_value_t)]
    pub mode: Which,
    /// An association takes the place of the one at its limit
    #[arg(long)]
    pub replace: bool,
    /// Says what would happen, and changes nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Where the rows go that did not come in
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Which {
    #[default]
    Both,
    /// Rows of records that are not there yet
    Create,
    /// Rows of records that are there
    Update,
}

impl Import {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = if self.dry_run { Session::trying(call)? } else { Session::writing(call)? };
        let object = self.object.as_deref().map(|name| session.spec(name)).transpose()?.map(|spec| spec.object);
        if let Some(object) = object {
            session.permit_whole(Whole::Import, object)?;
        }
        let pair = |pair: &String| parted(pair).map(|(column, name)| (column.to_owned(), name.trim().to_owned()));
        let ask = ImportAsk {
            files: self.files.iter().map(|file| call.path(file)).collect(),
            input: standard_input(&session.out),
            object,
            map: self.map.iter().map(pair).collect::<Result<_, _>>()?,
            mode: match self.mode {
                Which::Both => Mode::Both,
                Which::Create => Mode::Create,
                Which::Update => Mode::Update,
            },
            replace: self.replace,
            dry_run: self.dry_run,
            report: self.report.as_deref().map(|file| call.path(file)),
        };
        let imported = session.import(&ask, &mut session.out.bar())?;
        session.out.answer(|| object_of(&imported), || sentences(&imported, ask.dry_run))
    }
}

fn standard_input(out: &Out) -> StandardInput {
    let out = out.clone();
    StandardInput::new(move || Box::new(out.reader()))
}

fn object_of(imported: &Imported) -> Json {
    let errors = imported
        .errors
        .iter()
        .map(|fault| json!({ "row": fault.row, "column": fault.column, "message": fault.message }));
    json!({
        "act": imported.act.map(|act| act.0),
        "created": imported.created,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
        "skipped": imported.skipped,
        "associated": imported.associated,
        "errors": errors.collect::<Vec<_>>(),
    })
}

/// Faults that text names; JSON and the report name all.
const NAMED_AT_MOST: usize = 20;

fn sentences(imported: &Imported, dry_run: bool) -> String {
    let would = if dry_run { "Would be " } else { "" };
    let mut lines = vec![format!(
        "{would}{} created, {} updated, {} unchanged, {} skipped, {} associated",
        imported.created, imported.updated, imported.unchanged, imported.skipped, imported.associated
    )];
    for fault in imported.errors.iter().take(NAMED_AT_MOST) {
        let row = if fault.row == 0 { String::new() } else { format!("Row {}: ", fault.row) };
        let column = fault.column.as_ref().map(|column| format!("{column}: ")).unwrap_or_default();
        lines.push(format!("  {row}{column}{}", fault.message));
    }
    if imported.errors.len() > NAMED_AT_MOST {
        lines.push(format!("  and {} more; --report FILE keeps them all", imported.errors.len() - NAMED_AT_MOST));
    }
    lines.join("\n")
}
