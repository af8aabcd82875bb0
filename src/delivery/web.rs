//! One request over HTTP to an address that is a secret: only where it may go, without proxies and redirects, its
//! answer taken by its status and never read beyond a few words.

pub(super) mod push;
pub(super) mod webhook;

use super::deadline::Deadline;
use super::message::quoted;
use super::reach::{self, Barred};
use super::secret::Revealed;
use super::socket::{self, told};
use super::{Limits, Stop, tls};
use chrono::{DateTime, Utc};
use std::io::{self, Read};
use std::time::Duration;
use ureq::http::{Response, Uri, header};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};

/// Most addresses of one name that are tried.
const TRIED: usize = 16;

/// How much of an answer is read for the sentence that says what went wrong.
const READ: u64 = 4096;

/// A server that wants to be left alone for longer is asked again after a day.
const LONGEST: Duration = Duration::from_hours(24);

/// What is posted, and what the server is called in sentences.
struct Post<'a> {
    whom: &'a str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// What an answer may not repeat to the user, besides the address.
    secrets: Vec<String>,
}

fn target(address: &Revealed, whom: &str) -> Result<Uri, Stop> {
    let uri: Option<Uri> = address.expose().trim().parse().ok();
    let is_web = |uri: &Uri| matches!(uri.scheme_str(), Some("https" | "http")) && uri.host().is_some();
    uri.filter(is_web).ok_or_else(|| {
        Stop::lasting(format!("The address of {whom} is not one of the web. It begins with https:// — correct it."))
    })
}

fn post(address: &Revealed, mut post: Post, limits: &Limits, deadline: Deadline) -> Result<(), Stop> {
    let uri = target(address, post.whom)?;
    let late = |_| Stop::passing(format!("{} did not answer in time.", capital(post.whom)));
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A proxy would look the name up by itself, past the guard.
        .proxy(None)
        .timeout_global(Some(deadline.left().map_err(late)?))
        .timeout_connect(Some(limits.connect))
        .tls_config(limits.roots.web())
        .user_agent(concat!("lejek/", env!("CARGO_PKG_VERSION")))
        .build();
    let guard = Guard { allow_private: limits.allow_private, deadline };
    let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
    let mut request = agent.post(&uri);
    for (name, value) in &post.headers {
        request = request.header(*name, value);
    }
    let answer = request.send(&post.body[..]).map_err(|error| trouble(&error, post.whom))?;
    let path = uri.path().trim_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    post.secrets.extend([address.expose(), path, last].map(str::to_owned));
    judge(answer, post.whom, &post.secrets)
}

fn judge(answer: Response<Body>, whom: &str, secrets: &[String]) -> Result<(), Stop> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    if status.is_redirection() {
        return Err(Stop::lasting(format!(
            "{} answers {status} and points elsewhere, where lejek does not follow. Set the address that is meant.",
            capital(whom)
        )));
    }
    let after = answer.headers().get(header::RETRY_AFTER).and_then(|value| retry_after(value.to_str().ok()?));
    let mut said = Vec::new();
    // Only for the sentence: an answer that breaks off says what it said.
    let _ = answer.into_body().into_reader().take(READ).read_to_end(&mut said);
    let said = quoted(&String::from_utf8_lossy(&said), secrets);
    let why = format!(
        "{} answered {status}{}",
        capital(whom),
        if said.is_empty() { ".".into() } else { format!(": {said}") }
    );
    match status.as_u16() {
        408 | 425 | 429 | 500..=599 => Err(Stop { lasting: false, after, why }),
        _ => Err(Stop::lasting(why)),
    }
}

/// Seconds, or a date of HTTP's.
fn retry_after(value: &str) -> Option<Duration> {
    let value = value.trim();
    let wait = value.parse().map(Duration::from_secs).ok().or_else(|| {
        let then = DateTime::parse_from_rfc2822(value).ok()?;
        (then.to_utc() - Utc::now()).to_std().ok()
    });
    wait.map(|wait| wait.min(LONGEST))
}

/// Looks names up and lets through what may be reached.
#[derive(Debug)]
struct Guard {
    allow_private: bool,
    deadline: Deadline,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, _: &ureq::config::Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let is_clear = uri.scheme_str() == Some("http");
        let host = uri.host().ok_or(Error::HostNotFound)?;
        let port = uri.port_u16().unwrap_or(if is_clear { 80 } else { 443 });
        let barred = |why: Barred| Error::Other(Box::new(why));
        let looked = socket::addresses(host, port, self.allow_private, self.deadline);
        let open = looked.map_err(|error| match error.kind() {
            io::ErrorKind::TimedOut => Error::Timeout(ureq::Timeout::Resolve),
            _ => Error::HostNotFound,
        })?;
        let open = open.map_err(barred)?;
        if is_clear && !open.iter().all(|address| reach::is_private(address.ip())) {
            return Err(barred(Barred::Clear));
        }
        let mut found = self.empty();
        open.into_iter().take(TRIED).for_each(|address| found.push(address));
        Ok(found)
    }
}

/// The library's words can hold the address; these do not.
fn trouble(error: &Error, whom: &str) -> Stop {
    let whom = capital(whom);
    match error {
        Error::Other(other) => match other.downcast_ref::<Barred>() {
            Some(barred) => Stop::lasting(format!("{whom} {barred}.")),
            None => Stop::passing(format!("{whom} could not be reached.")),
        },
        Error::Timeout(_) => Stop::passing(format!("{whom} did not answer in time.")),
        Error::HostNotFound => Stop::passing(format!("{whom} was not found. See that its address is right.")),
        Error::Rustls(error) => Stop::passing(format!("{whom} {}.", tls::told(error))),
        Error::LargeResponseHeader(..) => Stop::passing(format!("{whom} gave an answer without end.")),
        Error::Io(error) => Stop::passing(format!("{whom} {}.", told(error))),
        Error::Protocol(_) => Stop::passing(format!("{whom} does not answer as a web server does.")),
        Error::Http(_) | Error::BadUri(_) => {
            Stop::lasting(format!("The request to {whom} cannot be made. See its address."))
        }
        _ => Stop::passing(format!("{whom} could not be reached.")),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
