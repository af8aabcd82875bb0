//! How the settings make a channel of [`crate::delivery`], and how each of the user's channels stands.

use super::{ChannelStand, message};
use crate::delivery::{self, Channel, Limits, Outcome, Secret, Security, Smtp};
use crate::domain::id::UserId;
use crate::domain::notification::{ChannelKind, LastTry, Settling};
use crate::domain::settings::{PUSH_TOKEN, PUSH_URL, SecretSource, Settings, WEBHOOK_URL};
use crate::workspace::{Failure, Workspace};

/// The channel that leads to a user, or the sentence why there is none.
pub(super) fn to(settings: &Settings, user: UserId, channel: ChannelKind) -> Result<Channel, String> {
    let own = |name: &str| settings.own_secret(user, name).map(secret);
    match channel {
        ChannelKind::Email => email(settings),
        ChannelKind::Desktop => Ok(Channel::Desktop),
        ChannelKind::Other => own(WEBHOOK_URL).map(|address| Channel::Webhook { address }).ok_or_else(|| {
            "No webhook is set. Set webhook.url_command, webhook.url_file or webhook.url_env.".to_owned()
        }),
        ChannelKind::Mobile => own(PUSH_URL)
            .map(|topic| Channel::Push { topic, token: own(PUSH_TOKEN) })
            .ok_or_else(|| "No push topic is set. Set push.url_command, push.url_file or push.url_env.".to_owned()),
    }
}

fn email(settings: &Settings) -> Result<Channel, String> {
    let mailing = settings.mailing().ok_or("No mail server is set. Set smtp.host.")?;
    if mailing.from.is_empty() {
        return Err("No sender of mail is set. Set smtp.from.".to_owned());
    }
    let security = match mailing.security.as_str() {
        "starttls" => Security::StartTls,
        "none" => Security::None,
        _ => Security::Tls,
    };
    let password = mailing.password.map(secret);
    let (host, port, user, from) = (mailing.host, mailing.port, mailing.user, mailing.from);
    Ok(Channel::Email(Smtp { host, port, security, user, password, from }))
}

fn secret(source: SecretSource) -> Secret {
    match source {
        SecretSource::Command(line) => Secret::Command(line),
        SecretSource::File(path) => Secret::File(path.into()),
        SecretSource::Env(name) => Secret::Environment(name),
    }
}

pub(super) fn limits(settings: &Settings) -> Limits {
    Limits { allow_private: settings.allows_private(), ..Limits::default() }
}

impl Workspace {
    /// How the ways to the user stand, in the order of [`ChannelKind::ROWS`].
    pub(super) fn channels(&self) -> Result<Vec<ChannelStand>, Failure> {
        let (settings, user) = (self.settings(), self.user());
        let waiting = self.outbox()?;
        let stand = |channel: ChannelKind| -> Result<ChannelStand, Failure> {
            let leads = to(&settings, user, channel).map(|channel| leads(&channel));
            let last = self.store().last_try(user, channel)?;
            let is_here = |one: &&super::Waiting| one.channel == channel && one.notification.to == user;
            Ok(ChannelStand { channel, leads, last, waiting: waiting.iter().filter(is_here).count() })
        };
        ChannelKind::ROWS.iter().map(|(channel, ..)| stand(*channel)).collect()
    }

    /// Sends a test to the user; answers which way it went, or why it did not arrive.
    pub(super) fn send_test(&self, channel: ChannelKind) -> Result<Result<ChannelKind, String>, Failure> {
        let (settings, user) = (self.settings(), self.user());
        let Some(who) = settings.user(user) else { return Ok(Err("There is nobody to send it to.".to_owned())) };
        let test = message::test(self.with_ids(|ids| ids.next()), who, channel);
        let sent = to(&settings, user, channel).and_then(|channel| {
            match delivery::send(&channel, &test, &limits(&settings)) {
                Outcome::Delivered => Ok(()),
                Outcome::Retry { why, .. } | Outcome::Failed { why } => Err(why),
            }
        });
        let last = LastTry { at: self.now(), error: sent.clone().err() };
        self.settle(&[Settling::Fared { user, channel, last }], vec![user])?;
        Ok(sent.map(|()| channel))
    }
}

/// Where a channel leads, without what is secret.
fn leads(channel: &Channel) -> String {
    let from = |secret: &Secret| match secret {
        Secret::Environment(name) => format!("from the variable {name}"),
        Secret::Command(line) => format!("from the command {}", line.split_whitespace().next().unwrap_or_default()),
        Secret::File(path) => format!("from the file {}", path.display()),
    };
    match channel {
        Channel::Email(smtp) => format!("through {}:{}, from {}", smtp.host, smtp.port, smtp.from),
        Channel::Desktop => "the terminal, while lejek is open".to_owned(),
        Channel::Webhook { address } => format!("a webhook, {}", from(address)),
        Channel::Push { topic, .. } => format!("a topic, {}", from(topic)),
    }
}
