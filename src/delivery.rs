//! The ways out: a [`Message`] goes over a [`Channel`] and comes back as an [`Outcome`]. Blocking, for a lane with
//! time-outs; what waits to be delivered, and for whom, is the business of whoever calls. A new way out is a variant
//! of [`Channel`] and a file beside it.

mod deadline;
pub mod desktop;
mod email;
mod message;
mod process;
mod reach;
mod schedule;
mod secret;
mod socket;
mod tls;
mod web;

use std::time::Duration;

pub use message::Message;
pub use schedule::Schedule;
pub use secret::{Revealed, Secret, SecretError};
pub use tls::Roots;

use self::deadline::Deadline;

/// A way to reach one person, with all that it takes but the secrets themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    Email(Smtp),
    /// The system's own notifications. Those of the terminal are bytes for whoever draws on it: see [`desktop`].
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

/// How long a message may take, where it may go and whom it trusts.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Until a server answers a connection.
    pub connect: Duration,
    /// All in all, secrets and name look-up included.
    pub total: Duration,
    /// Webhooks and topics on private addresses and on this machine are reached only with it. A mail server may
    /// always be one of those.
    pub allow_private: bool,
    pub roots: Roots,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_mins(1),
            allow_private: false,
            roots: Roots::System,
        }
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

/// One attempt: returns within the limits' time whatever the other side does.
pub fn send(channel: &Channel, message: &Message, limits: &Limits) -> Outcome {
    let deadline = Deadline::within(limits.total);
    let ended = match channel {
        Channel::Email(smtp) => email::send(smtp, message, limits, deadline),
        Channel::Desktop => desktop::send(message, deadline),
        Channel::Webhook { address } => web::webhook::send(address, message, limits, deadline),
        Channel::Push { topic, token } => web::push::send(topic, token.as_ref(), message, limits, deadline),
    };
    match ended {
        Ok(()) => Outcome::Delivered,
        Err(stop) => stop.into(),
    }
}

/// Why an attempt did not deliver.
#[derive(Debug)]
struct Stop {
    /// Trying again as it is changes nothing.
    lasting: bool,
    after: Option<Duration>,
    why: String,
}

impl Stop {
    fn passing(why: impl Into<String>) -> Self {
        Self { lasting: false, after: None, why: why.into() }
    }

    fn lasting(why: impl Into<String>) -> Self {
        Self { lasting: true, after: None, why: why.into() }
    }
}

impl From<Stop> for Outcome {
    fn from(Stop { lasting, after, why }: Stop) -> Self {
        if lasting { Outcome::Failed { why } } else { Outcome::Retry { after, why } }
    }
}

/// A secret that cannot be had now may be there in an hour: a store of keys that is locked, a disk not yet there.
impl From<SecretError> for Stop {
    fn from(error: SecretError) -> Self {
        Stop::passing(error.to_string())
    }
}
