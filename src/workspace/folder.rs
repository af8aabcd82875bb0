//! What lies in a folder of the disk, for whoever looks for a file to import.

use serde::{Deserialize, Serialize};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of files that can be imported.
const ENDINGS: &[&str] = &["csv", "tsv", "txt", "json", "jsonl", "ndjson", "vcf", "vcard", "eml", "mbox"];

/// Folders first, each kind by name; files of other kinds are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// As it was asked for.
    pub asked: OsString,
    /// From the root on.
    pub path: OsString,
    /// It, or a maildir in it, has mails.
    pub has_mails: bool,
    /// Or the sentence why it can't be read.
    pub entries: Result<Vec<Entry>, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub name: OsString,
    pub is_folder: bool,
    pub bytes: u64,
}

/// Reads a folder; `~` is one's home.
pub fn read(asked: &OsString) -> Folder {
    let path = expanded(Path::new(asked));
    let entries = entries(&path).map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "there is no such folder".to_owned(),
            io::ErrorKind::PermissionDenied => "you may not read this folder".to_owned(),
            io::ErrorKind::NotADirectory => "it is no folder".to_owned(),
            _ => error.to_string(),
        };
        format!("{}: {why}", path.display())
    });
    let has_mails = entries.as_ref().is_ok_and(|entries| entries.iter().any(is_mail));
    Folder { asked: asked.clone(), path: path.into_os_string(), has_mails, entries }
}

fn is_mail(entry: &Entry) -> bool {
    let ends = || Path::new(&entry.name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("eml"));
    if entry.is_folder { entry.name == "cur" || entry.name == "new" } else { ends() }
}

/// With one's home in the place of a `~` at the beginning.
pub fn expanded(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), env::var_os("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => path.to_owned(),
    }
}

fn entries(path: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        // A link to nowhere, or what went away meanwhile, is passed over.
        let Ok(found) = fs::metadata(entry.path()) else { continue };
        let is_wanted = found.is_dir() || (found.is_file() && can_be_imported(&entry.path()));
        if is_wanted {
            entries.push(Entry { name: entry.file_name(), is_folder: found.is_dir(), bytes: found.len() });
        }
    }
    entries.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_string_lossy().to_lowercase()));
    Ok(entries)
}

fn can_be_imported(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_other_files_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "A.JSONL", "picture.png", ".hidden.csv"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("zoo")).unwrap();
        let entries = read(&folder.path().as_os_str().to_owned()).entries.unwrap();
        let names: Vec<_> = entries.iter().map(|entry| entry.name.to_string_lossy()).collect();
        assert_eq!(names, ["zoo", ".hidden.csv", "A.JSONL", "b.csv"]);
        assert!(entries[0].is_folder && entries[1].bytes == 1);
    }

    #[test]
    fn what_is_no_folder_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let missing = read(&folder.path().join("none").into_os_string()).entries.unwrap_err();
        assert!(missing.ends_with("there is no such folder"), "{missing}");
    }
}
