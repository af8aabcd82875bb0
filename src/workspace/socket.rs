//! Two windows: the process that holds a folder serves `lejek.sock` in it, others send their work there. `place` is
//! where the socket is, `wire` what goes over it, `server` one end; the other end is `errand` for a line of arguments
//! and `far` for an interface. What goes over it is [`Call`], [`Said`] and [`Heard`]; a new one raises [`PROTOCOL`].

pub mod errand;
pub mod far;
mod place;
pub mod server;
mod wire;

use super::export::ExportFile;
use super::import::ImportAsk;
use super::open::holder;
use super::request::{Reply, Request};
use crate::domain::change::Change;
use crate::domain::id::{Object, UserId};
use errand::Errand;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use wire::{Broken, Wire};

/// Raised with every change of what goes over the socket.
pub const PROTOCOL: u32 = 6;

/// How long the holder of a folder may be silent.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait before looking again whether the folder is free or served.
const BREATH: Duration = Duration::from_millis(10);

/// What is asked of the process that holds the folder.
#[derive(Debug, Serialize, Deserialize)]
enum Call {
    /// Who is the user of that e-mail, or the first one, and what are the settings?
    Enter {
        email: Option<String>,
    },
    Ask {
        user: UserId,
        request: Request,
    },
    Perform {
        user: UserId,
        change: Change,
    },
    Import {
        user: UserId,
        ask: Box<ImportAsk>,
    },
    Export {
        user: UserId,
        asked: Box<ExportFile>,
    },
    Prepare(Object),
    /// Everything that changes, until one of the two hangs up.
    Follow,
    Run(Errand),
}

/// What it says to that, the last one of a call being an answer.
#[derive(Debug, Serialize, Deserialize)]
enum Said {
    Entered(UserId),
    /// An answer, or `Progress`, to which it wants to hear whether to go on.
    Reply(Reply),
    /// Of an errand: for the standard output and the standard error.
    Out(Vec<u8>),
    Err(Vec<u8>),
    /// Of an errand: it wants to hear the next piece of the standard input.
    Read,
    /// Of an errand: it ended with this code.
    Exit(u8),
}

/// What it hears meanwhile.
#[derive(Debug, Serialize, Deserialize)]
enum Heard {
    GoOn,
    Stop,
    /// Of the standard input; none is its end.
    Input(Vec<u8>),
}

/// Why the process that holds a folder was of no use.
#[derive(Debug, thiserror::Error)]
pub enum ReachError {
    /// It serves nothing, or not yet, or not any more; nothing was asked of it.
    #[error("{} is open in another lejek{} that lets nobody in now. Close it, or try again.", folder.display(), process(*pid))]
    Unserved { folder: PathBuf, pid: Option<u32> },
    #[error("{} is open in another lejek{} that does not answer. Close it, or end that process.", folder.display(), process(*pid))]
    Silent { folder: PathBuf, pid: Option<u32> },
    #[error("{} is open in another version of lejek{}: {theirs}, and this is {ours}. Close it, or use that version here.", folder.display(), process(*pid))]
    OtherVersion { folder: PathBuf, pid: Option<u32>, theirs: String, ours: String },
    /// It was asked, and what became of that is not known.
    #[error("The lejek that had {} open ended before it answered. `lejek acts` says what was done.", folder.display())]
    Ended { folder: PathBuf },
    #[error("What was asked or answered is too large to be sent to the lejek that has {} open. Close it and try again.", folder.display())]
    TooLarge { folder: PathBuf },
}

fn process(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

impl ReachError {
    /// Nothing was asked of it yet.
    pub fn is_unserved(&self) -> bool {
        matches!(self, ReachError::Unserved { .. })
    }

    fn unserved(folder: &Path) -> ReachError {
        ReachError::Unserved { folder: folder.to_owned(), pid: holder(folder) }
    }

    /// Of a call that was under way.
    fn broken(folder: &Path, broken: Broken) -> ReachError {
        let folder = folder.to_owned();
        match broken {
            Broken::Silent => ReachError::Silent { pid: holder(&folder), folder },
            Broken::TooLarge => ReachError::TooLarge { folder },
            Broken::Gone => ReachError::Ended { folder },
        }
    }
}

/// Both say who they are, in words that every version understands.
fn greeting() -> String {
    format!("{PROTOCOL} {}", env!("CARGO_PKG_VERSION"))
}

/// How long whoever waits does so before looking whether it is of any use.
fn breath(patience: Duration) -> Duration {
    patience / 5
}

/// Whether a process that has been silent for a breath still lives: one that works for long greets whoever comes, one
/// that only finishes what it began serves nobody new but has not hung up.
fn lives(folder: &Path, patience: Duration) -> bool {
    !matches!(connect(folder, 4 * breath(patience)), Err(ReachError::Silent { .. }))
}

/// A connection to whoever serves the folder and speaks as we do; at most `patience` for its greeting.
fn connect(folder: &Path, patience: Duration) -> Result<Wire, ReachError> {
    let unserved = || ReachError::unserved(folder);
    let until = Instant::now() + patience;
    let stream = place::connect(folder).map_err(|_| unserved())?;
    let mut wire = Wire::new(stream, breath(patience)).map_err(|_| unserved())?;
    wire.send(&greeting()).map_err(|_| unserved())?;
    let theirs: String = match wire.receive(&|| Instant::now() < until) {
        Ok(theirs) => theirs,
        Err(Broken::Silent) => return Err(ReachError::broken(folder, Broken::Silent)),
        Err(_) => return Err(unserved()),
    };
    if theirs != greeting() {
        let version = |greeting: &str| greeting.split(' ').next_back().unwrap_or_default().to_owned();
        let (theirs, ours) = (version(&theirs), version(&greeting()));
        return Err(ReachError::OtherVersion { folder: folder.to_owned(), pid: holder(folder), theirs, ours });
    }
    Ok(wire)
}

/// Looks again and again for at most `patience`: a folder that is neither free nor served is about to be one of both.
pub fn patiently<T, E>(
    patience: Duration,
    mut look: impl FnMut() -> Result<T, E>,
    again: impl Fn(&E) -> bool,
) -> Result<T, E> {
    let until = Instant::now() + patience;
    loop {
        match look() {
            Err(error) if again(&error) && Instant::now() < until => std::thread::sleep(BREATH),
            looked => return looked,
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
