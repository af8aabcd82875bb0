//! `lejek listen`: events over HTTP (R4.1), from programs that know a token. What goes over the wire is in
//! `listen/http.rs`, how often somebody may ask in `listen/pace.rs`.

mod http;
mod pace;
mod token;

use super::trouble::Trouble;
use super::{Call, Start};
use crate::domain::change::Change;
use crate::domain::event::EventRow;
use crate::workspace::events::LINE_MOST;
use crate::workspace::window::Window;
use crate::workspace::{BATCH, Failure};
use clap::Args;
use http::{Answer, Request};
use pace::Pace;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use token::Token;

#[derive(Debug, Args)]
pub struct Listen {
    /// Where to listen; any other address than one of this machine lets others in, unencrypted
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7316")]
    pub addr: SocketAddr,
    /// The token is in this file, which only its owner may read [default: it is in `LEJEK_LISTEN_TOKEN`]
    #[arg(long, value_name = "FILE", conflicts_with = "token_command")]
    pub token_file: Option<PathBuf>,
    /// The token is what this command prints
    #[arg(long, value_name = "COMMAND")]
    pub token_command: Option<String>,
}

/// Connections that are open at once.
const OPEN_MOST: usize = 64;
/// Events that one answer tells of what was wrong with them.
const NAMED_AT_MOST: usize = 100;

impl Listen {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let token = match (&self.token_file, &self.token_command) {
            (Some(file), _) => Token::of_file(&call.path(file))?,
            (None, Some(command)) => Token::of_command(command)?,
            (None, None) => Token::of_environment()?,
        };
        let window = window(call)?;
        let unheard = |error| Trouble::failed(format!("{} can't be listened on: {error}", self.addr));
        let listener = TcpListener::bind(self.addr).map_err(unheard)?;
        let addr = listener.local_addr().map_err(unheard)?;
        call.out.remark(&format!("Listening on http://{addr}/events. Ctrl-C ends it"));
        if !addr.ip().is_loopback() {
            call.out.remark(
                "Others on the network can reach it, and can read what is sent. A proxy with TLS before it is safer",
            );
        }
        Shared { window, token, pace: Pace::new(Instant::now()), open: AtomicUsize::new(0) }.serve(&listener)
    }
}

/// On the folder itself, where others are served meanwhile, or on whoever has it open.
fn window(call: &Call) -> Result<Window, Trouble> {
    let start = Start { folder: call.folder()?, email: call.email.clone(), color: call.color, is_kept: true };
    start
        .known()?
        .ok_or_else(|| Trouble::not_found("There is no workspace to listen for yet. Start `lejek`, or import a file"))
}

struct Shared {
    window: Window,
    token: Token,
    pace: Pace,
    open: AtomicUsize,
}

impl Shared {
    /// Until the process is ended: what was answered with 202 is on the disk.
    fn serve(self, listener: &TcpListener) -> Result<(), Trouble> {
        let shared = Arc::new(self);
        for stream in listener.incoming() {
            // One that went away again, or too many open files, which passes.
            let Ok(stream) = stream else { continue };
            if shared.open.fetch_add(1, Ordering::SeqCst) >= OPEN_MOST {
                shared.open.fetch_sub(1, Ordering::SeqCst);
                http::turn_away(&stream);
                continue;
            }
            let serves = Arc::clone(&shared);
            std::thread::spawn(move || {
                serves.answer(&stream);
                serves.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
        Ok(())
    }

    fn answer(&self, stream: &TcpStream) {
        http::serve(stream, LINE_MOST, |request| self.refuses(request), |request| self.take_in(request));
    }

    fn refuses(&self, request: &Request) -> Option<Answer> {
        if !self.pace.lets_in(Instant::now()) {
            let sentence = "Too many requests at once. Wait a second, or send several events in one";
            return Some(Answer::said(429, sentence));
        }
        let is_known = request.token.as_deref().is_some_and(|theirs| self.token.is(theirs));
        (!is_known).then(|| Answer::said(401, "The token is missing or wrong: Authorization: Bearer TOKEN"))
    }

    fn take_in(&self, request: &Request) -> Answer {
        let clock = self.window.settings().clock(self.window.now());
        let (mut rows, mut wrong) = (Vec::new(), Vec::new());
        for (number, event) in (1..).zip(events(&request.body)) {
            match EventRow::read(number, event, &clock) {
                Ok(row) => rows.push(row),
                Err(sentence) => wrong.push(format!("Line {number}: {sentence}")),
            }
        }
        let (mut taken, all) = (0, rows.len() + wrong.len());
        if all == 0 {
            return Answer::said(400, "There is no event in it. Send one as JSON, a list of them, or one a line");
        }
        for part in rows.chunks(BATCH) {
            match self.window.perform(&Change::Events { rows: part.to_vec() }, &mut ()) {
                Ok(done) => {
                    taken += done.refs.len();
                    wrong.extend(done.skipped);
                }
                Err(Failure::Refused(refusal)) => wrong.push(format!("Line {}: {refusal}", part[0].number)),
                Err(failure) => return Answer::said(503, &failure.to_string()),
            }
        }
        let refused = wrong.len();
        if refused == all {
            let sentence = wrong.first().map_or("", |first| first.as_str());
            return Answer::said(400, if all == 1 { sentence.trim_start_matches("Line 1: ") } else { sentence });
        }
        wrong.truncate(NAMED_AT_MOST);
        let unchanged = all - taken - refused;
        let told: Json = json!({ "taken": taken, "unchanged": unchanged, "refused": refused, "errors": wrong });
        Answer { status: 202, body: told.to_string() }
    }
}

/// The events of a body: one, those of a list, or one a line.
fn events(body: &[u8]) -> Vec<&[u8]> {
    if let Ok(all) = serde_json::from_slice::<Vec<&RawValue>>(body) {
        return all.into_iter().map(|one| one.get().as_bytes()).collect();
    }
    if serde_json::from_slice::<&RawValue>(body).is_ok() {
        return vec![body];
    }
    body.split(|byte| *byte == b'\n').filter(|line| !line.iter().all(u8::is_ascii_whitespace)).collect()
}
