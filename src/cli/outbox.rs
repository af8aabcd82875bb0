//! `lejek outbox`: what is not delivered, and why (R4.10).

use super::Call;
use super::notifications::{email, object, state};
use super::out::Table;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::id::short;
use crate::domain::notification::WayState;
use crate::domain::when::moment_long;
use crate::workspace::Waiting;
use crate::workspace::request::{Reply, Request};
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
pub struct Outbox {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes all that is not delivered due now, what was given up too
    Retry,
}

impl Outbox {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let (session, request) = match self.what {
            Some(What::Retry) => (Session::writing(call)?, Request::Retry),
            None => (Session::reading(call)?, Request::Outbox),
        };
        match session.ask(&request) {
            Reply::Outbox(waiting) => tell(&session, &waiting),
            Reply::Failed(failure) => Err(failure.into()),
            _ => Ok(()),
        }
    }
}

fn tell(session: &Session, waiting: &[Waiting]) -> Result<(), Trouble> {
    if session.out.json {
        let row = |one: &Waiting| {
            let mut told = state(&one.state);
            told["channel"] = one.channel.name().into();
            told["notification"] = object(session, &one.notification);
            told
        };
        return session.out.value(&waiting.iter().map(row).collect::<Json>());
    }
    if waiting.is_empty() {
        return session.out.text("Everything is delivered");
    }
    let clock = session.settings.clock(session.now);
    let rows = waiting.iter().map(|one| {
        let (when, tries, error) = match &one.state {
            WayState::Due { at, tries, last_error, .. } => (moment_long(*at, &clock), *tries, last_error.clone()),
            WayState::GivenUp { why, .. } => ("given up".to_owned(), 0, Some(why.clone())),
            WayState::Delivered { .. } | WayState::Off => (String::new(), 0, None),
        };
        let tries = if tries == 0 { String::new() } else { tries.to_string() };
        vec![
            short(one.notification.id.0),
            email(session, one.notification.to),
            one.channel.label().to_owned(),
            one.notification.headline(),
            when,
            tries,
            error.unwrap_or_default(),
        ]
    });
    let head = ["Id", "To", "By", "What", "Next", "Tries", "Last error"];
    Table::print(&session.out, &head, &rows.collect::<Vec<_>>())
}

/// How many wait, as a key of answers.
pub fn count(session: &Session) -> Result<Json, Trouble> {
    match session.ask(&Request::Outbox) {
        Reply::Outbox(waiting) => Ok(json!(waiting.len())),
        Reply::Failed(failure) => Err(failure.into()),
        _ => Ok(Json::Null),
    }
}
