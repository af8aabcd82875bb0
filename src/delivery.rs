//! The ways out: a [`Message`] goes over a [`Channel`] and comes back as an [`Outcome`]. Blocking, for a lane with
//! time-outs; what waits to be delivered, and for whom, is the business of whoever calls. A new way out is a variant
//! of [`Channel`] and a file beside it.

mod schedule;
mod secret;

use std::time::Duration;
use uuid::Uuid;

pub use schedule::Schedule;
pub use secret::{Revealed, Secret, SecretError};

/// What is to be told to one person. Control characters in it are of no consequence: no channel lets them through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The same at every attempt, and in what arrives: a double can be known by it.
    pub id: Uuid,
    /// The e-mail address of the person, empty when there is none; other channels know whom they reach.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Lines of plain text.
    pub text: String,
    /// Where it leads, as the last line of the text; a push notification opens it when it is an address of the web.
    pub link: Option<String>,
}

/// A way to reach one person, with all that it takes but the secrets themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    Email(Smtp),
    /// The system's own notifications. Those of the terminal are bytes for whoever draws on it.
    Desktop,
    /// Slack-compatible JSON to an address, which is a secret.
    Webhook {
        address: Secret,
    },
    /// An ntfy-compatible topic: its whole address, `https://ntfy.sh/…`, is a secret, the token is for one that asks.
    Push {
        topic: Secret,
        token: Option<Secret>,
    },
}

/// The settings `smtp.*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// With a password the connection logs in.
    pub user: String,
    pub password: Option<Secret>,
    /// `jan@example.com` or `Jan Nowak <jan@example.com>`.
    pub from: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Encrypted from the first byte, as on port 465.
    Tls,
    /// Begun in the clear and encrypted before anything is said, as on port 587. A server that does not offer it gets
    /// nothing.
    StartTls,
    /// In the clear, and so without login except to this machine.
    None,
}

/// How long a message may take and where it may go.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Until a server answers a connection.
    pub connect: Duration,
    /// All in all, secrets and name look-up included.
    pub total: Duration,
    /// Webhooks and topics on private addresses and on this machine are reached only with it.
    pub allow_private: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), total: Duration::from_secs(60), allow_private: false }
    }
}

/// How an attempt ended. `why` is a sentence for the user, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has acknowledged it.
    Delivered,
    /// It may pass by itself; `after` when the other side named a time.
    Retry { after: Option<Duration>, why: String },
    /// Another attempt is of no use before something is changed.
    Failed { why: String },
}

impl Outcome {
    fn retry(why: impl Into<String>) -> Self {
        Outcome::Retry { after: None, why: why.into() }
    }
}

/// One attempt: returns within the limits' time whatever the other side does.
pub fn send(channel: &Channel, _message: &Message, limits: &Limits) -> Outcome {
    let secret = match channel {
        Channel::Email(smtp) => smtp.password.as_ref(),
        Channel::Desktop => None,
        Channel::Webhook { address } => Some(address),
        Channel::Push { topic, .. } => Some(topic),
    };
    match secret.map(|secret| secret.reveal(limits.total)).transpose() {
        Ok(_) => Outcome::retry("This version has no way to deliver yet."),
        Err(error) => Outcome::retry(error.to_string()),
    }
}
