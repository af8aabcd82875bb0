//! What settings say of notifications: by which ways each user is told of what (R4.7), and how the ways reach them
//! (R4.8). To add a channel's setting, add a row to [`DELIVERY`]; a topic's boxes stand in [`TICKS`].

use super::{SettingKind, Settings, Spec};
use crate::domain::email;
use crate::domain::id::UserId;
use crate::domain::notification::{ChannelKind, Topic};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const OWN: &str = "notifications/";

pub const SMTP_HOST: &str = "smtp.host";
pub const SMTP_PORT: &str = "smtp.port";
pub const SMTP_SECURITY: &str = "smtp.security";
pub const SMTP_USER: &str = "smtp.user";
pub const SMTP_FROM: &str = "smtp.from";
pub const SMTP_PASSWORD: &str = "smtp.password";
pub const WEBHOOK_URL: &str = "webhook.url";
pub const PUSH_URL: &str = "push.url";
pub const PUSH_TOKEN: &str = "push.token";
pub const ALLOW_PRIVATE: &str = "delivery.allow_private";

const SECURITIES: &[&str] = &["tls", "starttls", "none"];

/// The key of what a user has of their own.
pub fn own_key(user: UserId) -> String {
    format!("{OWN}{}", user.0)
}

/// Whose own a row is.
pub fn owner_of_key(key: &str) -> Option<UserId> {
    uuid::Uuid::try_parse(key.strip_prefix(OWN)?).ok().map(UserId)
}

/// What a user ticked, and where their other apps are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// Topic and channel, such as `mention.email`.
    ticks: BTreeSet<String>,
    /// By the key of the setting, such as `webhook.url_command`.
    sources: BTreeMap<String, String>,
}

/// Where a secret comes from; the secret itself is kept nowhere (R4.8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecretSource {
    Command(String),
    File(String),
    Env(String),
}

type Source = fn(String) -> SecretSource;

/// What the keys of a secret end with.
const SOURCES: [(&str, Source); 3] =
    [("_command", SecretSource::Command), ("_file", SecretSource::File), ("_env", SecretSource::Env)];

/// The server that mail goes through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    pub host: String,
    pub port: u16,
    /// One of `tls`, `starttls`, `none`.
    pub security: String,
    pub user: String,
    pub from: String,
    pub password: Option<SecretSource>,
}

impl Settings {
    pub(super) fn read_own(&mut self) {
        let rows = self.rows.range(OWN.to_owned()..).take_while(|(key, _)| key.starts_with(OWN));
        let read = |(key, json): (&String, &String)| Some((owner_of_key(key)?, serde_json::from_str(json).ok()?));
        self.own = rows.filter_map(read).collect();
    }

    /// By which ways a user wants to be told of a topic.
    pub fn ticked(&self, user: UserId, topic: Topic) -> Vec<ChannelKind> {
        let channels = ChannelKind::ROWS.iter().map(|row| row.0);
        channels.filter(|channel| self.is_ticked(user, topic, *channel)).collect()
    }

    pub fn is_ticked(&self, user: UserId, topic: Topic, channel: ChannelKind) -> bool {
        self.own.get(&user).is_some_and(|own| own.ticks.contains(&tick(topic, channel)))
    }

    /// Where a user's secret of that name comes from: `webhook.url`, `push.url`, `push.token`.
    pub fn own_secret(&self, user: UserId, name: &str) -> Option<SecretSource> {
        let sources = &self.own.get(&user)?.sources;
        SOURCES.iter().find_map(|(ending, of)| sources.get(&format!("{name}{ending}")).cloned().map(of))
    }

    /// `None`: no host is set, so no mail goes out.
    pub fn mailing(&self) -> Option<Mailing> {
        let text = |key: &str| self.text(key).filter(|text| !text.is_empty());
        let security = self.security();
        let port = text(SMTP_PORT).and_then(|port| port.parse().ok()).unwrap_or(usual_port(&security));
        let source = |(ending, of): &(&str, Source)| text(&format!("{SMTP_PASSWORD}{ending}")).map(of);
        Some(Mailing {
            host: text(SMTP_HOST)?,
            port,
            user: text(SMTP_USER).unwrap_or_default(),
            from: text(SMTP_FROM).or_else(|| text(SMTP_USER)).unwrap_or_default(),
            password: SOURCES.iter().find_map(source),
            security,
        })
    }

    fn security(&self) -> String {
        self.text(SMTP_SECURITY).unwrap_or_else(|| "tls".to_owned())
    }

    /// Whether a user still wants to be told of a topic by a way (R4.11).
    pub fn wants(&self, user: UserId, topic: Topic, channel: ChannelKind) -> bool {
        match topic {
            Topic::PartnerLead => {
                let partners = &self.partners;
                self.is_partner() && partners.lead_notifications && partners.recipient == Some(user)
            }
            Topic::PartnerCoSelling => self.is_partner() && self.is_ticked(user, topic, channel),
            topic => self.is_ticked(user, topic, channel),
        }
    }

    /// Whether webhooks and topics may be on private addresses.
    pub fn allows_private(&self) -> bool {
        self.text(ALLOW_PRIVATE).as_deref() == Some("true")
    }

    /// What a setting of this page says now to a user.
    pub(super) fn notification_shown(&self, key: &str, user: Option<UserId>) -> Option<String> {
        let own = || user.and_then(|user| self.own.get(&user));
        let spec = Spec::of(key)?;
        Some(match spec.kind {
            SettingKind::Tick(topic, channel) => {
                own().is_some_and(|own| own.ticks.contains(&tick(topic, channel))).to_string()
            }
            SettingKind::Own => own().and_then(|own| own.sources.get(key)).cloned().unwrap_or_default(),
            _ if key == SMTP_SECURITY => self.security(),
            _ if key == SMTP_PORT => self.text(key).unwrap_or_else(|| usual_port(&self.security()).to_string()),
            _ if key == ALLOW_PRIVATE => self.allows_private().to_string(),
            _ if key.starts_with("smtp.") => self.text(key).unwrap_or_default(),
            _ => return None,
        })
    }

    /// The row of a user with a box ticked or not.
    pub fn with_tick(&self, user: UserId, topic: Topic, channel: ChannelKind, on: bool) -> Option<String> {
        let mut own = self.own.get(&user).cloned().unwrap_or_default();
        match on {
            true => own.ticks.insert(tick(topic, channel)),
            false => own.ticks.remove(&tick(topic, channel)),
        };
        own.row()
    }

    /// The row of a user with another source of a secret: of one secret there is one.
    pub fn with_source(&self, user: UserId, key: &str, text: &str) -> Option<String> {
        let mut own = self.own.get(&user).cloned().unwrap_or_default();
        own.sources.retain(|other, _| secret_of(other) != secret_of(key));
        if !text.is_empty() {
            own.sources.insert(key.to_owned(), text.to_owned());
        }
        own.row()
    }
}

impl Own {
    fn row(&self) -> Option<String> {
        if *self == Own::default() { None } else { serde_json::to_string(self).ok() }
    }
}

fn tick(topic: Topic, channel: ChannelKind) -> String {
    format!("{}.{}", topic.row().name, channel.name())
}

/// `smtp.password` of `smtp.password_file`.
pub fn secret_of(key: &str) -> Option<&str> {
    SOURCES.iter().find_map(|(ending, _)| key.strip_suffix(ending))
}

/// The other keys of the same secret, which a new source takes the place of.
pub fn other_sources(key: &str) -> Vec<String> {
    let Some(name) = secret_of(key) else { return Vec::new() };
    SOURCES.iter().map(|(ending, _)| format!("{name}{ending}")).filter(|other| other != key).collect()
}

fn usual_port(security: &str) -> u16 {
    match security {
        "tls" => 465,
        "starttls" => 587,
        _ => 25,
    }
}

pub(super) fn port(text: &str) -> Result<String, String> {
    let port = text.parse::<u16>().ok().filter(|port| *port > 0);
    port.map(|port| port.to_string()).ok_or_else(|| format!("“{text}” is no port from 1 to 65535"))
}

/// `jan@example.com` or `Jan Nowak <jan@example.com>`, or nothing.
pub(super) fn sender(text: &str) -> Result<String, String> {
    let address = text.split_once('<').map_or(text, |(_, rest)| rest.trim_end().trim_end_matches('>'));
    if text.is_empty() || (email::parse(address.trim()).is_ok() && !text.contains(char::is_control)) {
        return Ok(text.to_owned());
    }
    Err(format!("“{text}” is no sender such as lejek@firma.pl or Lejek <lejek@firma.pl>"))
}

const fn spec(key: &'static str, label: &'static str, help: &'static str, kind: SettingKind) -> Spec {
    Spec { key, label, help, kind }
}

use SettingKind::{Choice, Own as OfUser, Port, Sender, Source as OfSecret, Text, Toggle};

/// How the ways reach people: of mail the workspace's, of other apps each user's own.
pub const DELIVERY: &[Spec] = &[
    spec(SMTP_HOST, "Mail server", "The server that mail goes through, such as smtp.firma.pl. Empty sends none.", Text),
    spec(SMTP_PORT, "Mail port", "465 for tls, 587 for starttls and 25 for none, if nothing is set.", Port),
    spec(SMTP_SECURITY, "Mail security", "tls from the first byte, starttls, or none.", Choice(SECURITIES)),
    spec(SMTP_USER, "Mail login", "Who logs in at the mail server. Empty logs nobody in.", Text),
    spec(SMTP_FROM, "Mail sender", "Such as Lejek <lejek@firma.pl>.", Sender),
    spec(
        "smtp.password_command",
        "Mail password command",
        "A command that prints it, such as pass show mail.",
        OfSecret,
    ),
    spec(
        "smtp.password_file",
        "Mail password file",
        "A file that only you may read, with it in the first line.",
        OfSecret,
    ),
    spec("smtp.password_env", "Mail password variable", "The name of a variable of the environment with it.", OfSecret),
    spec("webhook.url_command", "Webhook command", "Yours: a command that prints the webhook's address.", OfUser),
    spec("webhook.url_file", "Webhook file", "Yours: a file that only you may read, with the address.", OfUser),
    spec("webhook.url_env", "Webhook variable", "Yours: the name of a variable with the address.", OfUser),
    spec("push.url_command", "Push topic command", "Yours: a command that prints the topic's address.", OfUser),
    spec("push.url_file", "Push topic file", "Yours: a file that only you may read, with the address.", OfUser),
    spec("push.url_env", "Push topic variable", "Yours: the name of a variable with the address.", OfUser),
    spec("push.token_command", "Push token command", "Yours: a command that prints the token of the topic.", OfUser),
    spec("push.token_file", "Push token file", "Yours: a file that only you may read, with the token.", OfUser),
    spec("push.token_env", "Push token variable", "Yours: the name of a variable with the token.", OfUser),
    spec(
        ALLOW_PRIVATE,
        "Allow private addresses",
        "Webhooks and push topics may be on this machine and in private networks.",
        Toggle,
    ),
];

macro_rules! ticks {
    ($($topic:ident $name:literal $label:literal),* $(,)?) => {
        &[$(
            spec(concat!("notifications.", $name, ".email"), concat!($label, ": e-mail"), YOURS,
                SettingKind::Tick(Topic::$topic, ChannelKind::Email)),
            spec(concat!("notifications.", $name, ".desktop"), concat!($label, ": desktop"), YOURS,
                SettingKind::Tick(Topic::$topic, ChannelKind::Desktop)),
            spec(concat!("notifications.", $name, ".other"), concat!($label, ": other apps"), YOURS,
                SettingKind::Tick(Topic::$topic, ChannelKind::Other)),
            spec(concat!("notifications.", $name, ".mobile"), concat!($label, ": mobile app"), YOURS,
                SettingKind::Tick(Topic::$topic, ChannelKind::Mobile)),
        )*]
    };
}

const YOURS: &str = "Yours: whether you are told of it by this way.";

/// The tick boxes of each user (R4.7), topic by topic.
pub const TICKS: &[Spec] = ticks! {
    PartnerCoSelling "partner_co_selling" "Co-selling prospect activity",
    RecordAssigned "record_assigned" "Assigned a record",
    TaskAssigned "task_assigned" "Assigned a task",
    TaskDue "task_due" "Task due",
    StageChanged "stage_changed" "Stage changed on a record you own or follow",
    Mention "mention" "Mention in a note",
    ImportFinished "import_finished" "Import finished",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r4_7_every_topic_with_boxes_has_one_for_each_channel() {
        let boxes = Topic::ROWS.iter().filter(|row| row.has_boxes);
        let wanted: Vec<String> = boxes
            .flat_map(|row| ChannelKind::ROWS.iter().map(|way| format!("notifications.{}.{}", row.name, way.1)))
            .collect();
        assert_eq!(TICKS.iter().map(|spec| spec.key).collect::<Vec<_>>(), wanted);
        for spec in TICKS {
            let SettingKind::Tick(topic, channel) = spec.kind else { panic!("{} is no box", spec.key) };
            assert_eq!(spec.key, format!("notifications.{}", tick(topic, channel)));
            assert!(spec.label.starts_with(topic.row().label), "{}", spec.label);
        }
    }

    #[test]
    fn r4_8_a_secret_has_one_source() {
        let user = UserId(uuid::Uuid::from_u128(7));
        let settings = Settings::from_rows(BTreeMap::new());
        let row = settings.with_source(user, "webhook.url_command", "pass show hook");
        let settings = settings.with(&own_key(user), row.as_deref());
        assert_eq!(settings.own_secret(user, WEBHOOK_URL), Some(SecretSource::Command("pass show hook".into())));
        let row = settings.with_source(user, "webhook.url_env", "HOOK");
        let settings = settings.with(&own_key(user), row.as_deref());
        assert_eq!(settings.own_secret(user, WEBHOOK_URL), Some(SecretSource::Env("HOOK".into())));
        assert_eq!(settings.with_source(user, "webhook.url_env", ""), None, "nothing is left of the row");
        assert_eq!(other_sources("smtp.password_env"), ["smtp.password_command", "smtp.password_file"]);
    }

    #[test]
    fn the_port_follows_the_security_until_it_is_set() {
        let with = |rows: &[(&str, &str)]| {
            let rows = rows.iter().map(|(key, text)| ((*key).to_owned(), format!("{text:?}")));
            Settings::from_rows(rows.collect()).mailing().map(|mailing| mailing.port)
        };
        assert_eq!(with(&[]), None);
        assert_eq!(with(&[(SMTP_HOST, "x.example")]), Some(465));
        assert_eq!(with(&[(SMTP_HOST, "x.example"), (SMTP_SECURITY, "starttls")]), Some(587));
        assert_eq!(with(&[(SMTP_HOST, "x.example"), (SMTP_PORT, "2525")]), Some(2525));
    }

    #[test]
    fn senders_and_ports_are_read_or_refused_with_an_example() {
        assert_eq!(sender("Lejek <lejek@firma.pl>").as_deref(), Ok("Lejek <lejek@firma.pl>"));
        assert!(sender("lejek").unwrap_err().contains("lejek@firma.pl"));
        assert!(sender("L\r\nBcc: x <lejek@firma.pl>").is_err());
        assert!(port("0").is_err() && port("70000").is_err() && port("25").is_ok());
    }
}
