//! Programs that are run for a secret or a notification: without a shell, apart from the terminal, ended in time.

use super::deadline::Deadline;
use super::message::quoted;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The most that is read of what a program writes.
const MOST: u64 = 64 * 1024;

/// How often a program is asked whether it has ended; the standard library cannot wait for that with a time-out.
const GLANCE: Duration = Duration::from_millis(5);

#[derive(Debug, thiserror::Error)]
pub(super) enum ProcessError {
    #[error("is not installed")]
    Missing,
    #[error("could not be started: {0}")]
    Start(io::Error),
    #[error("did not end in time")]
    Late,
    #[error("ended with {}{}", code(*.0), after_colon(.1))]
    Ended(ExitStatus, String),
}

fn code(status: ExitStatus) -> String {
    status.code().map_or("a signal".to_owned(), |code| format!("exit code {code}"))
}

fn after_colon(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// Which of its two streams a program is listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// What it answers; what it complains about may hold what nobody should see.
    Answers,
    /// What it complains about, for the sentence that says so.
    Complaints,
}

/// Runs a program to its end and gives what it wrote on the stream that is heard.
pub(super) fn run(program: &str, arguments: &[&str], heard: Heard, deadline: Deadline) -> Result<String, ProcessError> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match heard {
        Heard::Answers => command.stdout(Stdio::piped()),
        Heard::Complaints => command.stderr(Stdio::piped()),
    };
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ProcessError::Missing,
        _ => ProcessError::Start(error),
    })?;
    let written = listen(&mut child);
    let Some(status) = ended(&mut child, deadline) else {
        // It may have ended by itself meanwhile; either way it is gone then.
        let _ = child.kill();
        let _ = child.wait();
        return Err(ProcessError::Late);
    };
    let written = deadline.left().ok().and_then(|left| written.recv_timeout(left).ok()).ok_or(ProcessError::Late)?;
    match (status.success(), heard) {
        (true, _) => Ok(written),
        (false, Heard::Answers) => Err(ProcessError::Ended(status, String::new())),
        (false, Heard::Complaints) => Err(ProcessError::Ended(status, quoted(&written, &[]))),
    }
}

/// Reads what a program writes on a thread of its own, so that it never waits for a reader.
fn listen(child: &mut Child) -> mpsc::Receiver<String> {
    let (done, wait) = mpsc::sync_channel(1);
    let stdout = child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>);
    let stream = stdout.or_else(|| child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>));
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error counts: the exit code says whether it is whole.
        let _ = stream.map(|stream| stream.take(MOST).read_to_end(&mut bytes));
        done.send(String::from_utf8_lossy(&bytes).into_owned())
    });
    wait
}

fn ended(child: &mut Child, deadline: Deadline) -> Option<ExitStatus> {
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        thread::sleep(GLANCE.min(deadline.left().ok()?));
    }
}
