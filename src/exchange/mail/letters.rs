//! Mails as rows: of a folder with what lies below it (`.eml` files and maildirs), oldest first, so that a thread begins
//! before it goes on; of a file with one mail, or with several as `mailbox.rs` reads them.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use memchr::memchr;

use super::mailbox::{Mailbox, begins_mail};
use super::{MOST, Mail};
use crate::exchange::buffer::Buffer;
use crate::exchange::{Row, RowError, broken_off};

/// Folders in folders.
const DEEPEST: u8 = 32;
/// As much of a mail as its head needs.
const HEAD: u64 = 64 * 1024;
/// What one of the first lines of a mail is called, two of them at least.
const HEADS: &[&str] = &[
    "from",
    "to",
    "date",
    "subject",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "delivered-to",
    "content-type",
    "cc",
    "reply-to",
    "dkim-signature",
];

pub(super) const COLUMNS: &[&str] =
    &["file", "type", "message_id", "references", "time", "from", "to", "cc", "subject", "text"];

/// The rows of mails.
pub struct Mails<R> {
    source: Source<R>,
    columns: Vec<String>,
    row: u64,
}

enum Source<R> {
    Folder(Paths),
    Mailbox(Mailbox<R>),
}

/// Files of a folder, each with one mail.
pub struct Paths {
    folder: PathBuf,
    files: VecDeque<PathBuf>,
}

/// Whether a file begins as a mail or a mailbox does.
pub(in crate::exchange) fn looks_like_mail(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let mut first = lines.clone().next().unwrap_or_default();
    if begins_mail(first) {
        lines.next();
        first = lines.clone().next().unwrap_or_default();
    }
    let named = |line: &[u8]| {
        let name = &line[..memchr(b':', line)?];
        let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        is_name.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
    };
    let heads = lines.take_while(|line| !line.is_empty()).filter_map(named);
    named(first).is_some() && heads.filter(|name| HEADS.contains(&name.as_str())).take(2).count() == 2
}

impl Paths {
    /// All mails in a folder and below it, oldest first.
    pub fn of(folder: &Path) -> io::Result<Paths> {
        let mut files = files_of(folder)?;
        files.sort_by_cached_key(|file| (sent(file), file.clone()));
        Ok(Paths { folder: folder.to_owned(), files: files.into() })
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// All mails in a folder and below it, by their names.
pub fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, 0, &mut files)?;
    files.sort();
    Ok(files)
}

/// Links are not followed: a folder may hold itself.
fn collect(folder: &Path, depth: u8, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let is_maildir = folder.file_name().is_some_and(|name| name == "cur" || name == "new");
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let is_mail = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("eml"));
        if kind.is_dir() && depth < DEEPEST {
            // One that may not be read costs only what lies in it.
            let _ = collect(&path, depth + 1, files);
        } else if kind.is_file() && (is_mail || is_maildir) {
            files.push(path);
        }
    }
    Ok(())
}

fn sent(file: &Path) -> Option<DateTime<Utc>> {
    let mut head = Vec::new();
    File::open(file).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    super::moment(&head)
}

impl<R: Read> Mails<R> {
    pub fn of_folder(paths: Paths) -> Mails<R> {
        Mails::new(Source::Folder(paths))
    }

    pub(in crate::exchange) fn from_buffer(buffer: Buffer<R>) -> Mails<R> {
        Mails::new(Source::Mailbox(Mailbox::new(buffer)))
    }

    fn new(source: Source<R>) -> Mails<R> {
        Mails { source, columns: COLUMNS.iter().map(|name| (*name).to_owned()).collect(), row: 0 }
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many mails a folder has.
    pub(in crate::exchange) fn foreseen(&self) -> Option<u64> {
        match &self.source {
            Source::Folder(paths) => Some(self.row + paths.len() as u64),
            Source::Mailbox(_) => None,
        }
    }

    /// A row, or where it is from and what is wrong with it.
    fn mail(&mut self) -> Option<Result<(String, Mail), (String, String)>> {
        let (file, read) = match &mut self.source {
            Source::Folder(paths) => {
                let path = paths.files.pop_front()?;
                let name = path.strip_prefix(&paths.folder).unwrap_or(&path).to_string_lossy().into_owned();
                let mut bytes = Vec::new();
                let read = File::open(&path).and_then(|file| file.take(MOST as u64 + 1).read_to_end(&mut bytes));
                if let Err(error) = read {
                    return Some(Err((name, format!("The file cannot be read: {error}."))));
                }
                (name, super::read(&bytes))
            }
            Source::Mailbox(mailbox) => match mailbox.next()? {
                Ok(read) => (String::new(), read),
                Err(error) => return Some(Err((String::new(), broken_off(self.row + 1, &error).message))),
            },
        };
        let dated = read.and_then(|mail| match mail.at {
            Some(_) => Ok(mail),
            None => Err("The mail has no date. Write a line such as Date: Thu, 19 Nov 2026 14:20:00 +0100.".to_owned()),
        });
        Some(match dated {
            Ok(mail) => Ok((file, mail)),
            Err(message) => Err((file, message)),
        })
    }
}

impl<R: Read> Iterator for Mails<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mail = self.mail()?;
        self.row += 1;
        Some(match mail {
            Ok((file, mail)) => Ok(Row { number: self.row, remarks: mail.remarks.clone(), cells: cells(file, mail) }),
            Err((file, message)) => {
                let column = (!file.is_empty()).then(|| file.clone());
                Err(RowError { row: self.row, column, message, cells: vec![file] })
            }
        })
    }
}

fn cells(file: String, mail: Mail) -> Vec<String> {
    let at = mail.at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default();
    vec![
        file,
        "email".to_owned(),
        mail.id,
        mail.references.join(" "),
        at,
        mail.from,
        mail.to.join("; "),
        mail.cc.join("; "),
        mail.subject,
        mail.text,
    ]
}
