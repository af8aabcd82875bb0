//! A folder that another process holds: there the same line of arguments does the same, with our streams.

use super::out::{Out, emphasises};
use super::trouble::{Kind, Trouble};
use super::{Call, Cli, Command, Interface, Left};
use crate::workspace::Workspace;
use crate::workspace::socket::errand::{self, Errand, SendError, Streams};
use crate::workspace::socket::{PATIENCE, ReachError, patiently};
use clap::Parser;
use std::path::PathBuf;
use std::sync::Arc;

/// Runs a subcommand; where another process holds the folder, there. Answers the exit code.
pub fn run(command: Command, call: &Call, streams: &dyn Streams) -> Result<u8, Trouble> {
    if !command.travels() {
        return command.run(call);
    }
    let mut next = Some(command);
    let attempt = || {
        // Whoever finds the folder held has done nothing yet, so the line may be read and tried again.
        let again = || Cli::try_parse().ok().and_then(|cli| cli.command);
        match next.take().or_else(again).map(|command| command.run(call)) {
            Some(Err(trouble)) if trouble.kind == Kind::Busy => send(call, streams),
            Some(ended) => Ok(ended),
            None => Ok(Err(Trouble::failed("The arguments could not be read again"))),
        }
    };
    patiently(PATIENCE, attempt, ReachError::is_unserved)?
}

/// `Err`: nobody took it.
fn send(call: &Call, streams: &dyn Streams) -> Result<Result<u8, Trouble>, ReachError> {
    let folder = match call.folder() {
        Ok(folder) => folder,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let errand = Errand {
        args: std::env::args_os().collect(),
        here: call.here.clone().into_os_string(),
        bold: emphasises(call.color),
    };
    match errand::send(&folder, errand, streams) {
        Ok(code) => Ok(Ok(code)),
        Err(SendError::Unreached(error)) => Err(error),
        Err(SendError::Output(error)) => Ok(Err(error.into())),
    }
}

/// Does for another process what its line says, as whom it names; answers the exit code.
pub fn on_behalf(workspace: &Arc<Workspace>, errand: &Errand, streams: &Arc<dyn Streams>) -> u8 {
    let cli = match Cli::try_parse_from(&errand.args) {
        Ok(cli) => cli,
        Err(error) => {
            let trouble = Trouble::usage(error.to_string());
            return Out::new(false, errand.bold, Arc::clone(streams)).report(&trouble);
        }
    };
    let call = Call {
        data: None,
        here: PathBuf::from(&errand.here),
        email: cli.common.email,
        color: cli.common.color,
        out: Out::new(cli.common.json, errand.bold, Arc::clone(streams)),
        held: Some(Arc::clone(workspace)),
        interface: Interface { check: || Ok(()), open: |_| Ok(Left { code: 0, wants_demo: false }) },
    };
    let ended = cli.command.map_or(Ok(0), |command| command.run(&call));
    ended.unwrap_or_else(|trouble| call.out.report(&trouble))
}
