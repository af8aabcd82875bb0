//! A line of arguments that another process does for us: it runs as it would here, and what it writes, reads and waits
//! for goes over the socket. So it is the same in every word and code, whoever holds the folder.

use super::server::Line;
use super::wire::Broken;
use super::{Call, Heard, PATIENCE, ReachError, Said, connect, lives};
use crate::workspace::Workspace;
use crate::workspace::request::Reply;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A line of arguments, and what it needs to know of where it was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Errand {
    /// With the program's own name at the start.
    pub args: Vec<OsString>,
    /// What paths are relative to.
    pub here: OsString,
    /// Whether headings are emphasised there.
    pub bold: bool,
}

/// Where a subcommand writes, reads and says how far it is: the streams of this process or of another one.
pub trait Streams: Send + Sync {
    fn out(&self, bytes: &[u8]) -> io::Result<()>;
    fn err(&self, bytes: &[u8]) -> io::Result<()>;
    /// The next piece of the standard input; none is its end.
    fn input(&self) -> io::Result<Vec<u8>>;
    /// Whether to go on.
    fn progress(&self, done: u64, total: u64) -> bool;
}

/// Does an errand on a workspace of which somebody has yet to say who acts; answers its exit code.
pub type Runner = fn(&Arc<Workspace>, &Errand, &Arc<dyn Streams>) -> u8;

/// Has it done by whoever serves the folder; answers its exit code.
pub fn send(folder: &Path, errand: Errand, streams: &dyn Streams) -> Result<u8, SendError> {
    send_within(PATIENCE, folder, errand, streams)
}

/// Why an errand came to no end.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error(transparent)]
    Unreached(#[from] ReachError),
    /// What it wrote could not be written here.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// The same with another patience.
pub fn send_within(patience: Duration, folder: &Path, errand: Errand, streams: &dyn Streams) -> Result<u8, SendError> {
    let broken = |broken| ReachError::broken(folder, broken);
    let mut wire = connect(folder, patience)?;
    wire.send(&Call::Run(errand)).map_err(broken)?;
    loop {
        match wire.receive(&|| lives(folder, patience)).map_err(broken)? {
            Said::Out(bytes) => streams.out(&bytes)?,
            Said::Err(bytes) => streams.err(&bytes)?,
            Said::Reply(Reply::Progress { done, total }) => {
                let heard = if streams.progress(done, total) { Heard::GoOn } else { Heard::Stop };
                wire.send(&heard).map_err(broken)?;
            }
            Said::Read => {
                let piece = streams.input().unwrap_or_default();
                wire.send(&Heard::Input(piece)).map_err(broken)?;
            }
            Said::Exit(code) => return Ok(code),
            Said::Reply(_) | Said::Entered(_) => return Err(broken(Broken::Gone).into()),
        }
    }
}

/// The streams of the process at the other end of a line.
pub(super) struct Theirs(Mutex<Line>);

impl Theirs {
    pub(super) fn new(line: Line) -> Theirs {
        Theirs(Mutex::new(line))
    }

    pub(super) fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn say(&self, said: &Said) -> io::Result<()> {
        self.line().say(said).map_err(|_| ErrorKind::BrokenPipe.into())
    }
}

impl Streams for Theirs {
    fn out(&self, bytes: &[u8]) -> io::Result<()> {
        self.say(&Said::Out(bytes.to_vec()))
    }

    fn err(&self, bytes: &[u8]) -> io::Result<()> {
        self.say(&Said::Err(bytes.to_vec()))
    }

    fn input(&self) -> io::Result<Vec<u8>> {
        let mut line = self.line();
        line.say(&Said::Read).map_err(|_| ErrorKind::BrokenPipe)?;
        match line.hear() {
            Ok(Heard::Input(bytes)) => Ok(bytes),
            _ => Err(ErrorKind::BrokenPipe.into()),
        }
    }

    fn progress(&self, done: u64, total: u64) -> bool {
        self.line().progress(done, total)
    }
}
