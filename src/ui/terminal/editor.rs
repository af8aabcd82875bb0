//! A longer text in the user's own editor, by way of a file that nobody else can read. The terminal has to be theirs
//! while it runs.

use crate::domain::value::LONG_TEXT_MOST;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Command;

/// Where nothing is set.
const USUAL: &str = if cfg!(windows) { "notepad" } else { "vi" };
/// A letter has four bytes at most.
const BYTES_MOST: usize = 4 * LONG_TEXT_MOST;

#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    #[error("The command in $VISUAL or $EDITOR, “{0}”, could not be read. Check its quotes.")]
    Command(String),
    #[error("{0} could not be started: {1}. Set $EDITOR to the editor that you use.")]
    Start(String, io::Error),
    #[error("The text could not be handed to the editor: {0}.")]
    File(#[from] io::Error),
    #[error("{0} ended with an error.")]
    Ended(String),
    #[error("The text is too long: {LONG_TEXT_MOST} characters are taken.")]
    TooLong,
    #[error("The text holds bytes that are no letters. Save it as UTF-8.")]
    Letters,
}

/// The text as it was saved, none if it is as it was. `command` may have arguments; it is not given to a shell.
pub fn edit_outside(command: Option<&str>, text: &str) -> Result<Option<String>, EditorError> {
    let command = command.map(str::trim).filter(|command| !command.is_empty()).unwrap_or(USUAL);
    let words = shell_words::split(command).unwrap_or_default();
    let Some((program, args)) = words.split_first() else { return Err(EditorError::Command(command.to_owned())) };
    let folder = private(tempfile::Builder::new().prefix("lejek-")).tempdir()?;
    let mut file = tempfile::Builder::new().prefix("text-").suffix(".md").tempfile_in(folder.path())?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    let status = Command::new(program).args(args).arg(file.path()).status();
    let status = status.map_err(|error| EditorError::Start(program.clone(), error))?;
    if !status.success() {
        return Err(EditorError::Ended(program.clone()));
    }
    let edited = read(file.path())?;
    // Editors end the last line.
    let edited = edited.trim_end_matches(['\n', '\r']);
    Ok((edited != text.trim_end_matches(['\n', '\r'])).then(|| edited.to_owned()))
}

/// Read again by its name: many editors put a new file in its place.
fn read(file: &Path) -> Result<String, EditorError> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(BYTES_MOST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > BYTES_MOST {
        return Err(EditorError::TooLong);
    }
    String::from_utf8(bytes).map_err(|_| EditorError::Letters)
}

#[cfg(unix)]
fn private<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    builder
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A program that does this with `$1`.
    fn script(folder: &Path, body: &str) -> String {
        let file = folder.join("an editor");
        std::fs::write(&file, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
        format!("sh '{}'", file.display())
    }

    #[test]
    fn what_is_saved_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let seen = folder.path().join("seen");
        let body = format!("ls -ld \"$1\" \"$(dirname \"$1\")\" > '{}'; echo more >> \"$1\"", seen.display());
        let command = script(folder.path(), &body);
        let edited = edit_outside(Some(&command), "first line\n").unwrap();
        assert_eq!(edited.as_deref(), Some("first line\nmore"));
        let seen = std::fs::read_to_string(seen).unwrap();
        assert!(seen.contains("-rw-------") && seen.contains("drwx------") && seen.contains(".md"), "{seen}");
    }

    #[test]
    fn a_new_file_in_its_place_counts() {
        let folder = tempfile::tempdir().unwrap();
        let command = script(folder.path(), "echo other > \"$1.new\"; mv \"$1.new\" \"$1\"");
        assert_eq!(edit_outside(Some(&command), "one").unwrap().as_deref(), Some("other"));
    }

    #[test]
    fn unchanged_or_broken_off_keeps_the_old_text() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(edit_outside(Some("true"), "text\n").unwrap(), None);
        let command = script(folder.path(), "echo other > \"$1\"; exit 1");
        assert!(matches!(edit_outside(Some(&command), "text"), Err(EditorError::Ended(_))));
        assert!(matches!(edit_outside(Some("/not/there -x"), "text"), Err(EditorError::Start(..))));
        assert!(matches!(edit_outside(Some("vi '"), "text"), Err(EditorError::Command(_))));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let command = script(folder.path(), "printf '\\377' > \"$1\"");
        assert!(matches!(edit_outside(Some(&command), "text"), Err(EditorError::Letters)));
        let command = script(folder.path(), "head -c 300000 /dev/zero > \"$1\"");
        assert!(matches!(edit_outside(Some(&command), "text"), Err(EditorError::TooLong)));
    }
}
