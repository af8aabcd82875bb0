//! R4.8 and R4.10: each channel against real servers on this machine, kind and unkind ones. Nothing here sleeps: who
//! waits, waits for the other side or for a time-out that the test gave.

#![allow(clippy::unwrap_used)]

mod babble;
mod certificate;
mod email;
mod hostile_mail;
mod mail_server;
mod secrets;
mod web;
mod web_server;

use lejek::delivery::{Limits, Message, Outcome, Roots, Secret};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

const ID: &str = "0192abcd-0000-7000-8000-000000000007";

fn message() -> Message {
    Message {
        id: ID.parse::<Uuid>().unwrap(),
        to: "ola@example.com".to_owned(),
        subject: "Anna Zając viewed the pricing page".to_owned(),
        text: "Nordhafen GmbH, customer since 2024.\n.\nCall her: +48 600 100 200".to_owned(),
        link: Some("lejek show 00000007".to_owned()),
    }
}

/// Time for everything that answers; nothing waits for it to pass.
fn limits() -> Limits {
    Limits { total: Duration::from_mins(1), allow_private: true, ..Limits::default() }
}

/// For what never answers.
fn hurried() -> Limits {
    Limits { total: Duration::from_millis(400), ..limits() }
}

fn trusting(certificate: &certificate::Certificate) -> Limits {
    Limits { roots: Roots::Only(vec![certificate.der.clone()]), ..limits() }
}

/// A file that only its owner can read.
fn secret(folder: &Path, name: &str, value: &str) -> Secret {
    let path = folder.join(name);
    std::fs::write(&path, format!("{value}\n")).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    Secret::File(path)
}

#[track_caller]
fn retried(outcome: Outcome, words: &str) -> Option<Duration> {
    let Outcome::Retry { after, why } = outcome else { panic!("{outcome:?}") };
    assert!(why.contains(words), "{why}");
    after
}

#[track_caller]
fn failed(outcome: Outcome, words: &str) {
    let Outcome::Failed { why } = outcome else { panic!("{outcome:?}") };
    assert!(why.contains(words), "{why}");
}
