//! `lejek import`: files of records and of activities into the workspace.

use super::Call;
use super::out::Out;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::domain::mapping::Mapping;
use crate::workspace::import::{ImportAsk, Imported, Mode, ReportTo, StandardInput};
use crate::workspace::permit::Whole;
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, ValueEnum};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Import {
    /// CSV (comma, semicolon, tab; UTF-8, UTF-16, CP1250), JSON lines, vCards, or e-mails: .eml files, mailboxes, folders
    /// of them; - is standard input. Files of one call resolve
    /// each other's ids. Activities go where logging them would send them, or, with a column `logged_on`, just to the
    /// records of their row
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// What the rows of all files are, activity among them; without it, found out from each one's columns and name
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
    /// What a column is, where its name does not say; COLUMN=- leaves it out
    #[arg(long, value_name = "COLUMN=PROPERTY")]
    pub map: Vec<String>,
    /// Takes object and columns from a saved mapping; --object and --map come before it
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,
    /// Keeps what the columns are under a name, to be used again
    #[arg(long, value_name = "NAME", conflicts_with = "dry_run")]
    pub save_mapping: Option<String>,
    /// Which rows are taken
    #[arg(long, value_enum, default_value_t)]
    pub mode: Which,
    /// An association takes the place of the one at its limit
    #[arg(long)]
    pub replace: bool,
    /// Makes contacts of the addresses of mails that nobody has yet
    #[arg(long)]
    pub create_contacts: bool,
    /// Makes leads for contacts that come to one of the stages of `leads.create_on_lifecycle`
    #[arg(long, value_name = "NO OR YES", default_value = "no", value_parser = BoolishValueParser::new())]
    #[arg(action = ArgAction::Set)]
    pub create_leads: bool,
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
        let mapping = self.mapping.as_deref().map(|name| mapping(&session, name)).transpose()?;
        let object = self.object.as_deref().map(|name| importable(&session, name)).transpose()?;
        let object = object.or(mapping.as_ref().map(|mapping| mapping.object));
        if let Some(object) = object {
            session.permit_whole(Whole::Import, object)?;
        }
        let pair = |pair: &String| parted(pair).map(|(column, name)| (column.to_owned(), name.trim().to_owned()));
        let mut map = self.map.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
        map.extend(mapping.into_iter().flat_map(|mapping| mapping.pairs));
        let ask = ImportAsk {
            files: self.files.iter().map(|file| call.path(file)).collect(),
            input: standard_input(&session.out),
            object,
            map,
            mode: match self.mode {
                Which::Both => Mode::Both,
                Which::Create => Mode::Create,
                Which::Update => Mode::Update,
            },
            replace: self.replace,
            create_leads: self.create_leads,
            create_contacts: self.create_contacts,
            dry_run: self.dry_run,
            report: self.report.as_deref().map_or(ReportTo::Nowhere, |file| ReportTo::File(call.path(file))),
        };
        if let Some(name) = self.save_mapping {
            let look = session.look_at(&ask)?;
            let mapping = Mapping { name, object: look.object, pairs: look.pairs() };
            session.perform_now(&Change::SaveMapping { mapping: Box::new(mapping) })?;
        }
        let imported = session.import(&ask, &mut session.out.bar())?;
        session.out.answer(|| object_of(&imported), || sentences(&imported, &ask))?;
        if !ask.dry_run {
            session.look_after();
        }
        Ok(())
    }
}

fn importable(session: &Session, name: &str) -> Result<Object, Trouble> {
    let found = session.settings.importable().find(|spec| spec.is_called(name)).map(|spec| spec.object);
    found.ok_or_else(|| {
        let names: Vec<&str> = session.settings.importable().map(|spec| spec.name.as_str()).collect();
        Trouble::usage(format!("There is no object “{name}”. There are: {}", names.join(", ")))
    })
}

fn mapping(session: &Session, name: &str) -> Result<Mapping, Trouble> {
    session.settings.mapping(name).cloned().ok_or_else(|| {
        let names: Vec<&str> = session.settings.mappings.iter().map(|mapping| mapping.name.as_str()).collect();
        let there =
            if names.is_empty() { "None is saved".to_owned() } else { format!("There are: {}", names.join(", ")) };
        Trouble::not_found(format!("There is no mapping “{name}”. {there}"))
    })
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
        "leads": imported.leads,
        "errors": errors.collect::<Vec<_>>(),
    })
}

/// What lifecycle stages make (R2.4), or would make if the import was to.
fn of_leads(leads: u64, ask: &ImportAsk) -> Option<String> {
    let count = if leads == 1 { "1 lead".to_owned() } else { format!("{leads} leads") };
    match (leads, ask.create_leads, ask.dry_run) {
        (0, ..) => None,
        (_, true, true) => Some(format!("{count} would be created of lifecycle stages")),
        (_, true, false) => Some(format!("{count} created of lifecycle stages")),
        (_, false, _) => Some(format!("Lifecycle stages make {count}: --create-leads yes creates them")),
    }
}

/// Faults that text names, in all and of one column; JSON names all.
const NAMED_AT_MOST: usize = 20;
const OF_A_COLUMN_AT_MOST: usize = 5;

fn sentences(imported: &Imported, ask: &ImportAsk) -> String {
    let would = if ask.dry_run { "Would be " } else { "" };
    let mut lines = vec![format!(
        "{would}{} created, {} updated, {} unchanged, {} skipped, {} associated",
        imported.created, imported.updated, imported.unchanged, imported.skipped, imported.associated
    )];
    lines.extend(of_leads(imported.leads, ask));
    let mut of_columns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unnamed = 0;
    for fault in &imported.errors {
        if let Some(column) = &fault.column {
            let count = of_columns.entry(column).or_default();
            *count += 1;
            if *count > OF_A_COLUMN_AT_MOST {
                continue;
            }
        }
        if lines.len() <= NAMED_AT_MOST {
            lines.push(format!("  {fault}"));
        } else {
            unnamed += 1;
        }
    }
    for (column, count) in of_columns.into_iter().filter(|(_, count)| *count > OF_A_COLUMN_AT_MOST) {
        let more = count - OF_A_COLUMN_AT_MOST;
        lines.push(format!("  {column}: {more} more {} like these", if more == 1 { "row" } else { "rows" }));
    }
    if unnamed > 0 {
        lines.push(format!("  and {unnamed} more; --json names them all"));
    }
    lines.join("\n")
}
