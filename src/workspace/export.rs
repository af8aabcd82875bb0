//! Writing records to a file: what a list shows, in its order. What comes out goes in again unchanged, so columns have
//! internal names, the id comes first, and a contact's name goes out in the two parts that it is kept in.

use super::permit::Whole;
use super::request::Reply;
use super::{Failure, Watch, Workspace};
use crate::domain::answer::Row;
use crate::domain::association::has_primary;
use crate::domain::graph::{Read, Unreadable};
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::Property;
use crate::domain::query::{self, Query};
use crate::domain::settings::Settings;
use crate::domain::user::{Sight, Viewer};
use crate::domain::value::{Value, json, plain};
use crate::exchange::vcard::{self, CardWriter};
use crate::exchange::write::{AtomicFile, CsvWriter, JsonlWriter};
use crate::store::GoesOn;
use crate::store::read::sees;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Rows that are read at once.
const PAGE: usize = 500;

/// What to export, and how.
#[derive(Debug, Clone)]
pub struct ExportAsk {
    pub query: Query,
    pub columns: Vec<Column>,
    pub format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Jsonl,
    /// Of contacts only.
    Vcf,
}

impl Format {
    /// By the ending of the file's name; else CSV.
    pub fn by_ending(file: &Path) -> Format {
        let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("jsonl" | "ndjson") => Format::Jsonl,
            Some("vcf" | "vcard") => Format::Vcf,
            _ => Format::Csv,
        }
    }
}

/// An export as an interface asks for it: into a file, in the form that its name ends with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportFile {
    pub query: Query,
    pub wanted: Wanted,
    /// From the root on.
    pub file: PathBuf,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    Id,
    Property(Box<Property>),
    /// Ids of the associated records of an object with their labels, the primary one first; its name.
    Associated(Object, String),
}

/// Which columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wanted {
    /// What a list shows.
    Listed(Vec<PropertyId>),
    /// Every property and association.
    All,
    These(Vec<PropertyId>),
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Failure(#[from] Failure),
    #[error("The file could not be written: {0}")]
    Io(#[from] io::Error),
    #[error("The export was stopped, and no file was written")]
    Stopped,
}

impl From<Unreadable> for ExportError {
    fn from(unreadable: Unreadable) -> Self {
        ExportError::Failure(unreadable.into())
    }
}

impl Column {
    pub fn header(&self) -> String {
        match self {
            Column::Id => "id".to_owned(),
            Column::Property(property) => property.name.clone(),
            Column::Associated(_, name) => format!("associated_{name}_ids"),
        }
    }

    /// The columns of an export of `spec`, the id first. A card has what cards have a place for, whatever a list shows.
    pub fn wanted(wanted: &Wanted, format: Format, spec: &ObjectSpec, settings: &Settings) -> Vec<Column> {
        let places = spec.properties.iter().filter(|property| vcard::has_place(&property.name));
        let places = places.filter(|_| format == Format::Vcf).map(|property| property.id);
        let ids = match wanted {
            Wanted::Listed(ids) => in_parts(spec, ids.iter().copied().chain(places)),
            Wanted::All => in_parts(spec, spec.properties.iter().map(|property| property.id)),
            Wanted::These(ids) => ids.clone(),
        };
        let own = ids.into_iter().filter_map(|id| spec.property(id));
        let mut columns = vec![Column::Id];
        columns.extend(own.map(|property| Column::Property(Box::new(property.clone()))));
        if *wanted == Wanted::All {
            let may_tie = |other: &&ObjectSpec| (spec.object, other.object) != (Object::LEAD, Object::LEAD);
            let others = settings.objects.iter().filter(may_tie);
            columns.extend(others.map(|other| Column::Associated(other.object, other.name.clone())));
        }
        columns
    }
}

/// The name of a contact is derived: its parts stand in its place.
fn in_parts(spec: &ObjectSpec, ids: impl Iterator<Item = PropertyId>) -> Vec<PropertyId> {
    let is_whole = |id: PropertyId| id == is::NAME && spec.property(is::NAME).is_some_and(|name| name.derived);
    let mut parts = Vec::new();
    for id in ids {
        let these = if is_whole(id) { vec![is::FIRST_NAME, is::LAST_NAME] } else { vec![id] };
        for id in these {
            if !parts.contains(&id) {
                parts.push(id);
            }
        }
    }
    parts
}

impl Workspace {
    /// Gets ready what a query and its rows are answered from.
    pub fn prepare(&self, query: &Query) -> Read<()> {
        let mut objects = BTreeSet::from([query.object]);
        if has_primary(query.object, Object::COMPANY) {
            objects.insert(Object::COMPANY);
        }
        let tests = query.filters.iter().flat_map(|filter| &filter.any);
        objects.extend(tests.filter_map(|test| match test.of {
            query::Path::Associated(object, _) => Some(object),
            query::Path::Own(_) | query::Path::Activity => None,
        }));
        let now = self.now();
        objects.into_iter().try_for_each(|object| self.store().prepare(object, now))
    }

    /// Gets sort and search of an object ready for as long as it `goes_on`: `Sorted`, or `Failed`.
    pub(super) fn prepare_object(&self, object: Object, goes_on: GoesOn) -> Reply {
        match self.store().prepare_while(object, self.now(), goes_on) {
            Ok(()) => Reply::Sorted(object),
            Err(unreadable) => Reply::Failed(unreadable.into()),
        }
    }

    /// Writes what the query takes in; answers how many rows that were.
    pub fn export(&self, ask: &ExportAsk, to: &mut dyn Write, watch: &mut dyn Watch) -> Result<u64, ExportError> {
        self.permit_whole(Whole::Export, ask.query.object)?;
        if ask.format == Format::Vcf && ask.query.object != Object::CONTACT {
            let sentence = "Only contacts go into vCards. Export the others as csv or jsonl".to_owned();
            return Err(Failure::Usage(sentence).into());
        }
        let query = &*self.as_seen(&ask.query);
        self.prepare(query)?;
        let settings = self.settings();
        let mut out = Out::new(ask, to)?;
        let names_others = ask.columns.iter().any(|column| matches!(column, Column::Associated(..)));
        let (now, mut written) = (self.now(), 0);
        loop {
            let page = self.store().page(query, now, written, PAGE)?;
            if page.rows.is_empty() {
                break;
            }
            if watch.is_cancelled() {
                return Err(ExportError::Stopped);
            }
            for row in &page.rows {
                let tied = if names_others { self.tied(row, &query.viewer, &settings)? } else { Vec::new() };
                out.row(ask, row, &tied, &settings)?;
            }
            written += page.rows.len();
            watch.progress(written as u64, page.matching as u64);
        }
        out.finish()?;
        Ok(written as u64)
    }

    /// The same into a file that appears whole or not at all.
    pub fn export_to(&self, ask: &ExportAsk, file: &Path, watch: &mut dyn Watch) -> Result<u64, ExportError> {
        self.permit_whole(Whole::Export, ask.query.object)?;
        let mut to = AtomicFile::create(file)?;
        let written = self.export(ask, &mut to, watch)?;
        to.commit()?;
        Ok(written)
    }

    /// The same as an interface asks for it; says how many rows are in the file.
    pub fn export_file(&self, asked: &ExportFile, watch: &mut dyn Watch) -> Result<Reply, Failure> {
        let settings = self.settings();
        let missing = || Failure::Failed("There is nothing of that kind any more".to_owned());
        let spec = settings.object(asked.query.object).ok_or_else(missing)?;
        let format = Format::by_ending(&asked.file);
        let columns = Column::wanted(&asked.wanted, format, spec, &settings);
        let ask = ExportAsk { query: asked.query.clone(), columns, format };
        match self.export_to(&ask, &asked.file, watch) {
            Ok(rows) => Ok(Reply::Exported { rows, file: asked.file.clone() }),
            Err(ExportError::Failure(failure)) => Err(failure),
            Err(ExportError::Stopped) => Ok(Reply::Withdrawn),
            Err(ExportError::Io(error)) => {
                Err(Failure::Failed(format!("{} could not be written: {error}", asked.file.display())))
            }
        }
    }

    /// Records of one object as CSV with a head, in the columns of its list; and how many there were.
    pub fn csv(&self, ids: &[RecordId]) -> Result<(String, u64), Failure> {
        let settings = self.settings();
        let spec = ids.first().and_then(|id| settings.object(id.object));
        let Some(spec) = spec else { return Ok((String::new(), 0)) };
        let within = Some(ids.to_vec());
        let query = Query { within, ..Query::all(spec.object, self.viewer()) };
        let columns = Column::wanted(&Wanted::Listed(spec.columns.clone()), Format::Csv, spec, &settings);
        let mut text = Vec::new();
        match self.export(&ExportAsk { query, columns, format: Format::Csv }, &mut text, &mut ()) {
            Ok(rows) => Ok((String::from_utf8_lossy(&text).into_owned(), rows)),
            Err(ExportError::Failure(failure)) => Err(failure),
            Err(error) => Err(Failure::Failed(error.to_string())),
        }
    }

    /// Ids of associated records that the viewer sees, the primary one of each object first, then as they came; with a
    /// label as `ID=LABEL`, once for each.
    fn tied(&self, row: &Row, viewer: &Viewer, settings: &Settings) -> Read<Vec<(Object, String)>> {
        let mut links = self.store().links(row.record.id, None)?;
        links.sort_by_key(|link| (!link.primary, link.since, link.order));
        let mut tied = Vec::with_capacity(links.len());
        for link in links {
            let seen = *viewer.sight(link.other.object) == Sight::All
                || self.store().record(link.other)?.is_some_and(|record| sees(viewer, &record));
            if seen {
                let object = link.other.object;
                let labels: Vec<&str> = link.labels.iter().filter_map(|label| settings.label_name(*label)).collect();
                match labels.as_slice() {
                    [] => tied.push((object, link.other.to_string())),
                    labels => tied.extend(labels.iter().map(|label| (object, format!("{}={label}", link.other)))),
                }
            }
        }
        Ok(tied)
    }
}

/// A file as it grows.
enum Out<'a> {
    Csv(CsvWriter<&'a mut dyn Write>),
    Jsonl(JsonlWriter<&'a mut dyn Write>),
    Vcf(CardWriter<&'a mut dyn Write>),
}

impl<'a> Out<'a> {
    fn new(ask: &ExportAsk, to: &'a mut dyn Write) -> io::Result<Out<'a>> {
        Ok(match ask.format {
            Format::Csv => {
                let header: Vec<String> = ask.columns.iter().map(Column::header).collect();
                Out::Csv(CsvWriter::new(to, &header)?)
            }
            Format::Jsonl => Out::Jsonl(JsonlWriter::new(to)),
            Format::Vcf => Out::Vcf(CardWriter::new(to)),
        })
    }

    fn row(&mut self, ask: &ExportAsk, row: &Row, tied: &[(Object, String)], settings: &Settings) -> io::Result<()> {
        let ids = |object: Object| tied.iter().filter(move |(of, _)| *of == object).map(|(_, id)| id.as_str());
        let cell = |column: &Column| match column {
            Column::Id => row.record.id.to_string(),
            Column::Property(property) => {
                value(row, property.id).map(|v| plain(property, &v, settings)).unwrap_or_default()
            }
            Column::Associated(object, _) => ids(*object).collect::<Vec<_>>().join(";"),
        };
        match self {
            Out::Csv(csv) => csv.row(&ask.columns.iter().map(cell).collect::<Vec<_>>()),
            Out::Vcf(cards) => {
                // What is worked out anew means nothing elsewhere.
                let is_kept = |column: &&Column| match column {
                    Column::Property(property) => !property.derived || property.id == is::COMPANY,
                    _ => true,
                };
                let kept = ask.columns.iter().filter(is_kept);
                cards.row(&kept.map(|column| (column.header(), cell(column))).collect::<Vec<_>>())
            }
            Out::Jsonl(lines) => {
                let cell = |column: &Column| match column {
                    Column::Id => Some(Json::from(row.record.id.to_string())),
                    Column::Property(property) => value(row, property.id).map(|v| json(property, &v, settings)),
                    Column::Associated(object, _) => {
                        Some(ids(*object).collect::<Vec<_>>()).filter(|ids| !ids.is_empty()).map(Json::from)
                    }
                };
                let filled = ask.columns.iter().filter_map(|column| Some((column.header(), cell(column)?)));
                lines.row(&filled.collect::<Map<_, _>>())
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Out::Csv(csv) => csv.finish().map(drop),
            Out::Jsonl(lines) => lines.finish().map(drop),
            Out::Vcf(cards) => cards.finish().map(drop),
        }
    }
}

/// The company is the one that is associated: the name that a contact gives itself would become one on the way in.
fn value(row: &Row, property: PropertyId) -> Option<Value> {
    match property {
        is::COMPANY => row.derived.company.as_ref().map(|(_, name)| Value::text(name)),
        _ => row.get(property),
    }
}
