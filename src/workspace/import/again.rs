//! An import that was broken off and goes on (R7.3): only while its files are there as they were. Rows that are done are
//! passed over; of them only ties to what comes later in the files are still open.

use super::columns::Columns;
use super::lookup::Lookup;
use super::matching::Found;
use super::rows::Read;
use super::run::{Import, Waiting};
use super::ties::Of;
use super::{ImportAsk, Mode};
use crate::domain::id::{Object, RecordId};
use crate::domain::intent::{ImportIntent, Intent, SourceFile};
use crate::exchange::headers::By;
use crate::exchange::mail::files_of;
use crate::workspace::Failure;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What is kept of an import; nobody can go on with one whose rows can't be read a second time.
pub(super) fn intent(ask: &ImportAsk) -> Intent {
    let files: Option<Vec<SourceFile>> = ask.files.iter().map(|path| source(path)).collect();
    let Some(files) = files else { return Intent::Unknown };
    Intent::Import(Box::new(ImportIntent {
        files,
        object: ask.object,
        map: ask.map.clone(),
        mode: ask.mode,
        replace: ask.replace,
        create_contacts: ask.create_contacts,
        create_leads: ask.create_leads,
        done: (0, 0),
    }))
}

fn source(path: &Path) -> Option<SourceFile> {
    if path.as_os_str() == "-" {
        return None;
    }
    let whole = path.canonicalize().ok()?;
    let (bytes, crc32) = sum(&whole).ok()?;
    Some(SourceFile { path: whole.to_str()?.to_owned(), bytes, crc32 })
}

fn sum(path: &Path) -> io::Result<(u64, u32)> {
    if path.is_dir() {
        return sum_of_folder(path);
    }
    if !path.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let (mut bytes, mut hasher) = (0, crc32fast::Hasher::new());
    loop {
        let read = file.fill_buf()?;
        if read.is_empty() {
            return Ok((bytes, hasher.finalize()));
        }
        hasher.update(read);
        let length = read.len();
        bytes += length as u64;
        file.consume(length);
    }
}

/// Of a folder: which mails are in it, and when each was written; they may be too many to be read twice.
fn sum_of_folder(folder: &Path) -> io::Result<(u64, u32)> {
    let (mut bytes, mut hasher) = (0, crc32fast::Hasher::new());
    for file in files_of(folder)? {
        let meta = file.metadata()?;
        let since = meta.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        hasher.update(file.as_os_str().as_encoded_bytes());
        hasher.update(&meta.len().to_be_bytes());
        hasher.update(&since.as_nanos().to_be_bytes());
        bytes += meta.len();
    }
    Ok((bytes, hasher.finalize()))
}

/// `Err`: the sentence says which file is not what it was.
pub(super) fn check(import: &ImportIntent) -> Result<(), String> {
    for file in &import.files {
        match sum(Path::new(&file.path)) {
            Ok(now) if now == (file.bytes, file.crc32) => {}
            Ok(_) => return Err(format!("{} was changed since, so the import can't be continued", file.path)),
            Err(error) => {
                return Err(format!("{} can't be read, so the import can't be continued: {error}", file.path));
            }
        }
    }
    Ok(())
}

pub(super) fn ask(import: &ImportIntent) -> ImportAsk {
    ImportAsk {
        files: import.files.iter().map(|file| PathBuf::from(&file.path)).collect(),
        object: import.object,
        map: import.map.clone(),
        mode: import.mode,
        replace: import.replace,
        create_contacts: import.create_contacts,
        create_leads: import.create_leads,
        ..ImportAsk::default()
    }
}

impl Import<'_> {
    /// Passes over a row that is done. An activity was tied to all there was.
    pub(super) fn pass(&mut self, read: Read, columns: &Columns) -> Result<(), Failure> {
        if read.logged.is_some() {
            return Ok(());
        }
        let base = self.workspace.store().as_ref();
        let graph = Lookup { base, matcher: None, made: &self.made, batch: &self.batch };
        let id = match self.matcher.find(&read, columns, &graph) {
            Ok(Found::ById(id) | Found::ByAddress(id) | Found::Same(id)) => id,
            Ok(Found::New(_)) | Err(Failure::Refused(_)) => return Ok(()),
            Err(failure) => return Err(failure),
        };
        if self.ask.mode == Mode::Create && !self.was_made_here(id)? {
            return Ok(());
        }
        for named in read.ties {
            if named.object == Object::COMPANY && named.by == By::Name {
                continue;
            }
            let of = Of { number: read.number, record: id, is_known: true, source: columns.source };
            let is_open = match self.other(&named, of)?.first() {
                Some(other) => self.was_made_here(*other)? && !self.passed.contains(other),
                None => true,
            };
            if is_open {
                self.waiting.push(Waiting { of, named, is_named_too: false });
            }
        }
        self.passed.insert(id);
        Ok(())
    }

    fn was_made_here(&self, id: RecordId) -> Result<bool, Failure> {
        Ok(self.workspace.store().record(id)?.is_some_and(|record| record.created.act == self.act.number()))
    }
}
