//! Where passwords, tokens and addresses that are secrets come from (R4.8), read when they are needed and kept nowhere.

use super::deadline::Deadline;
use super::process::{self, Heard, ProcessError};
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The most that is read of a file.
const MOST: u64 = 64 * 1024;

/// A place that holds a secret: what settings may keep and screens may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// A variable of the environment, by name.
    Environment(String),
    /// A program with its arguments, quoted as in a shell but run without one; its first line is the secret.
    Command(String),
    /// A file that nobody else can read; its first line is the secret.
    File(PathBuf),
}

/// A secret while it is used; it prints as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Revealed(String);

/// Why a secret could not be had, without a word of what it was.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("The environment variable {0} is empty or not set. Set it where lejek is started.")]
    Unset(String),
    #[error("The command for the secret cannot be read: a quote is open or nothing is there. Correct the setting.")]
    Unreadable,
    #[error("`{program}`, which gives the secret, {why}. Try it in a terminal, or correct the setting.")]
    Command { program: String, why: String },
    #[error("`{0}` gave no secret: its first line is empty. Try it in a terminal.")]
    Silent(String),
    #[error("{} cannot be read: {why}. Correct the setting or the file.", .path.display())]
    File { path: PathBuf, why: io::Error },
    #[error("{} is no file. Name a file that holds the secret on its first line.", .0.display())]
    NoFile(PathBuf),
    #[error("{path} can be read by others, so what is in it is no secret. Run `chmod 600 {path}`.", path = .0.display())]
    Open(PathBuf),
    #[error("The first line of {} is empty. Write the secret there.", .0.display())]
    Empty(PathBuf),
}

impl Secret {
    /// Reads it; a command is ended after `limit`.
    pub fn reveal(&self, limit: Duration) -> Result<Revealed, SecretError> {
        self.reveal_before(Deadline::within(limit))
    }

    pub(super) fn reveal_before(&self, deadline: Deadline) -> Result<Revealed, SecretError> {
        match self {
            Secret::Environment(name) => {
                let value = std::env::var(name).ok().and_then(|value| Revealed::first_line(&value));
                value.ok_or_else(|| SecretError::Unset(name.clone()))
            }
            Secret::Command(line) => by_command(line, deadline),
            Secret::File(path) => by_file(path),
        }
    }
}

fn by_command(line: &str, deadline: Deadline) -> Result<Revealed, SecretError> {
    let words = shell_words::split(line).map_err(|_| SecretError::Unreadable)?;
    let (program, arguments) = words.split_first().ok_or(SecretError::Unreadable)?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = process::run(program, &arguments, Heard::Answers, deadline)
        .map_err(|why: ProcessError| SecretError::Command { program: program.clone(), why: why.to_string() })?;
    Revealed::first_line(&said).ok_or_else(|| SecretError::Silent(program.clone()))
}

fn by_file(path: &Path) -> Result<Revealed, SecretError> {
    let failed = |why| SecretError::File { path: path.to_owned(), why };
    // Before it is opened: a pipe would wait for its writer.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(SecretError::NoFile(path.to_owned()));
    }
    let file = File::open(path).map_err(failed)?;
    if is_open_to_others(&file.metadata().map_err(failed)?) {
        return Err(SecretError::Open(path.to_owned()));
    }
    let mut text = String::new();
    file.take(MOST).read_to_string(&mut text).map_err(failed)?;
    Revealed::first_line(&text).ok_or_else(|| SecretError::Empty(path.to_owned()))
}

#[cfg(unix)]
fn is_open_to_others(metadata: &Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

// Elsewhere the folder of one's own is what keeps others out.
#[cfg(not(unix))]
fn is_open_to_others(_: &Metadata) -> bool {
    false
}

impl Revealed {
    fn first_line(text: &str) -> Option<Self> {
        let line = text.lines().next()?;
        (!line.is_empty()).then(|| Self(line.to_owned()))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Revealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Revealed(…)")
    }
}
