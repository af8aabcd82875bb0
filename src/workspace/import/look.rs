//! A first look at a file: what its rows seem to be, what its columns mean, how its cells look. Only its beginning is
//! read.

use super::columns::Columns;
use super::run::{file_name, open};
use super::{ImportAsk, Workspace};
use crate::domain::change::Refusal;
use crate::domain::id::Object;
use crate::domain::mapping::LEFT_OUT;
use crate::exchange::Row;
use crate::exchange::headers::{self, Offer, Role, offer_of};
use crate::workspace::Failure;
use crate::workspace::permit::Whole;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Rows that are read at most.
const ROWS: u64 = 300;
/// Of a column so many cells are shown, and so many letters of each.
const SAMPLES: usize = 3;
const LETTERS: usize = 80;

/// What can be said of a file before it is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    pub object: Object,
    pub columns: Vec<LookedAt>,
    /// What a column of it can be: as a mapping writes it, and as screens do.
    pub offers: Vec<(String, String)>,
    /// What the user should know about the file, as sentences.
    pub notices: Vec<String>,
    /// Encoding and separator.
    pub form: String,
    pub rows: u64,
    /// The rows were counted, not estimated.
    pub counted: bool,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    pub name: String,
    pub means: Means,
    /// The first cells that hold something.
    pub samples: Vec<String>,
}

/// What a column comes in as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Means {
    /// As a mapping writes it, and as screens do.
    Offered(String, String),
    /// lejek works it out itself.
    Derived,
    /// Somebody said that it is not wanted.
    LeftOut,
    Unknown,
}

impl Look {
    /// All columns as a mapping keeps them. Those that nobody knows yet may be known one day.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pair = |column: &LookedAt| match &column.means {
            Means::Offered(name, _) => Some((column.name.clone(), name.clone())),
            Means::LeftOut => Some((column.name.clone(), LEFT_OUT.to_owned())),
            Means::Derived | Means::Unknown => None,
        };
        self.columns.iter().filter_map(pair).collect()
    }
}

impl Workspace {
    /// Looks at the first file of an import.
    pub fn look_at(&self, ask: &ImportAsk) -> Result<Look, Failure> {
        let nothing = || Failure::Usage("Name a file to import".to_owned());
        let path = ask.files.first().ok_or_else(nothing)?;
        let (bytes, file) = (size(path)?, file_name(path));
        let mut rows = open(path, ask)?;
        let settings = self.settings();
        let mut notices = rows.notices().to_vec();
        let mut ask = ask.clone();
        if ask.object.is_none() && headers::likely_object(&file, rows.columns(), &settings).is_none() {
            ask.object = Some(Object::CONTACT);
            notices.push("No column is known by its name. Say what the rows are, and what the columns.".to_owned());
        }
        let mut columns = Columns::of(&file, rows.columns(), &ask, &settings)?;
        self.permit_whole(Whole::Import, columns.object())?;
        let mut samples: Vec<Vec<String>> = Vec::new();
        let (mut row, mut read, mut letters) = (Row::default(), 0, 0);
        let mut counted = true;
        while let Some(next) = rows.read(&mut row) {
            if read == ROWS {
                counted = false;
                break;
            }
            read += 1;
            if next.is_ok() {
                letters += row.cells.iter().map(|cell| cell.len() as u64 + 1).sum::<u64>();
                take(&mut samples, &row.cells);
            }
        }
        columns.grow(rows.columns(), &ask)?;
        if let Some(count) = rows.foreseen() {
            (read, counted) = (count, true);
        }
        let form = [Some(rows.encoding()), rows.separator().map(separator)];
        let form = form.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let letters = if rows.encoding().starts_with("UTF-16") { 2 * letters } else { letters };
        let rows = if counted { read } else { rounded(bytes.saturating_mul(read) / letters.max(1)).max(read) };
        let offers = headers::offers(&columns.spec, &settings.objects);
        samples.resize_with(columns.names.len(), Vec::new);
        let pairs = columns.names.iter().zip(&columns.roles).zip(samples);
        let looked_at =
            pairs.map(|((name, role), samples)| LookedAt { name: name.clone(), means: means(*role, &offers), samples });
        Ok(Look {
            object: columns.object(),
            columns: looked_at.collect(),
            offers: offers.iter().map(|offer| (offer.name.clone(), offer.label.clone())).collect(),
            notices,
            form,
            rows,
            counted,
        })
    }
}

/// Only a file: a pipe would be waited for.
fn size(path: &Path) -> Result<u64, Failure> {
    let refused = |why: &str| Failure::Refused(Refusal::Missing(format!("{}: {why}", file_name(path))));
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() && !found.is_dir() => Err(refused("this is no file")),
        Ok(found) => Ok(found.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(refused("there is no such file")),
        Err(error) => Err(refused(&error.to_string())),
    }
}

/// To two digits: more would pretend to be known.
fn rounded(rows: u64) -> u64 {
    let unit = 10_u64.pow(rows.checked_ilog10().unwrap_or(0).saturating_sub(1));
    (rows + unit / 2) / unit * unit
}

fn take(samples: &mut Vec<Vec<String>>, cells: &[String]) {
    if samples.len() < cells.len() {
        samples.resize_with(cells.len(), Vec::new);
    }
    for (samples, cell) in samples.iter_mut().zip(cells) {
        let cell: String = cell.trim().chars().take(LETTERS).collect();
        if samples.len() < SAMPLES && !cell.is_empty() && !samples.contains(&cell) {
            samples.push(cell);
        }
    }
}

fn means(role: Option<Role>, offers: &[Offer]) -> Means {
    match role {
        None => Means::Unknown,
        Some(Role::LeftOut) => Means::LeftOut,
        Some(role) => offer_of(role, offers)
            .map_or(Means::Derived, |offer| Means::Offered(offer.name.clone(), offer.label.clone())),
    }
}

fn separator(separator: char) -> &'static str {
    match separator {
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "commas",
    }
}
