//! The settings that are one text each: their keys, what they are called and mean, and how their text is checked. To add
//! one, add a row to [`SETTINGS`].

use super::{
    ACTIVITY_LIMITS, AUTO_COMPANY, CARD, CREATE_FORM, CREATE_ON_LIFECYCLE, EVENT_KINDS, EXCLUDED_DOMAINS, IDLE_DAYS,
    LEAD_NOTIFICATIONS, LIFECYCLE_BACK, LIFECYCLE_ON_ASSOCIATE, LIFECYCLE_SYNC, LIMITS, PARTNER, PREVIEW, REASONS,
    RECIPIENT, REQUIRE_DEAL, REQUIRE_REASON, STAGE_AUTOMATION, SYNC_ACTIVITIES, SYNC_OWNER, TABLE, notifications,
};
use crate::domain::notification::{ChannelKind, Topic};
use crate::domain::user::Right;
use crate::domain::value::Currency;
use crate::domain::{number, phone, web};
use chrono::Weekday;
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// A setting: its key (stored and in scripts; never reuse), what it is called and means, how its text is checked.
pub struct Spec {
    pub key: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub kind: SettingKind,
}

/// What a setting takes.
pub enum SettingKind {
    Text,
    Choice(&'static [&'static str]),
    Currency,
    TimeZone,
    Weekday,
    Country,
    /// `true` or `false`.
    Toggle,
    /// A whole number of days, 0 for never.
    Days,
    /// Several with `;` between them.
    Domains,
    /// Of associations; has a page of its own.
    Limits,
    /// Options of the disqualification reason, with `;` between them.
    Reasons,
    /// One stage of the lifecycle, or `off`.
    LifecycleStage,
    /// Several with `;` between them, or `off`.
    LifecycleStages,
    /// Two stages of each pipeline of leads, or `off`.
    StageAutomation,
    /// Properties of leads in their order, with a `*` after those that are required.
    LeadForm,
    /// Properties of leads in their order.
    LeadProperties,
    /// Rows of where activities go; has a page of its own.
    ActivityTable,
    /// Of activities; has a page of its own.
    ActivityLimits,
    /// Kinds of events, with a `*` after those of high value.
    EventKinds,
    /// A user, by e-mail, or `none`.
    User,
    /// Of the workspace: one place that a secret comes from.
    Source,
    /// A port of a server.
    Port,
    /// An e-mail address, with a name before it or not.
    Sender,
    /// Of each user: `true` or `false`.
    Tick(Topic, ChannelKind),
    /// Of each user: one place that a secret comes from.
    Own,
}

/// Ten years.
const DAYS_MOST: u16 = 3650;

pub const SETTINGS: &[Spec] = &[
    Spec {
        key: "general.account_type",
        label: "Account type",
        help: "Partner turns on the area of partners and co-selling.",
        kind: SettingKind::Choice(&["Standard", PARTNER]),
    },
    Spec {
        key: "general.partner_account",
        label: "Partner account",
        help: "The name of this workspace's own partner account.",
        kind: SettingKind::Text,
    },
    Spec {
        key: LEAD_NOTIFICATIONS,
        label: "Receive lead activity notifications",
        help: "Somebody is told what registered leads and customers do, such as viewing the pricing page.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: RECIPIENT,
        label: "Choose a notification recipient",
        help: "Who is told that, by e-mail: a user's address, or none.",
        kind: SettingKind::User,
    },
    Spec {
        key: EVENT_KINDS,
        label: "Kinds of events",
        help: "Those of high value with a star, parted by ;: webinar_attended*;app_opened are added to the ones there are.",
        kind: SettingKind::EventKinds,
    },
    Spec {
        key: "general.currency",
        label: "Currency",
        help: "What an amount without a currency is in.",
        kind: SettingKind::Currency,
    },
    Spec {
        key: "general.time_zone",
        label: "Time zone",
        help: "What times are read and shown in, such as Europe/Warsaw.",
        kind: SettingKind::TimeZone,
    },
    Spec {
        key: "general.first_weekday",
        label: "First day of the week",
        help: "What “this week” begins with.",
        kind: SettingKind::Weekday,
    },
    Spec {
        key: "general.phone_country",
        label: "Country of phone numbers",
        help: "What a number without a prefix belongs to: a code of two letters such as PL.",
        kind: SettingKind::Country,
    },
    Spec {
        key: AUTO_COMPANY,
        label: "Create and associate companies with contacts",
        help: "A contact gets the company of its e-mail's domain, which is made where there is none.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: EXCLUDED_DOMAINS,
        label: "Except these domains",
        help: "Parted by ;. Free-mail domains are left out anyway, a subdomain is another domain.",
        kind: SettingKind::Domains,
    },
    Spec {
        key: LIMITS,
        label: "Association limits",
        help: "How many records one may be associated with, such as contact>company=3.",
        kind: SettingKind::Limits,
    },
    Spec {
        key: SYNC_OWNER,
        label: "Sync lead owner with contact and company owner",
        help: "Open leads take the owner of their contact, or of their company when they have no contact.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: SYNC_ACTIVITIES,
        label: "Sync lead activities with lead owner",
        help: "Activities of the lead's contact also appear on the lead.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: CREATE_ON_LIFECYCLE,
        label: "Create lead based on lifecycle stage",
        help: "A contact that comes to one of these stages gets a lead, such as Lead;Customer, or off.",
        kind: SettingKind::LifecycleStages,
    },
    Spec {
        key: LIFECYCLE_ON_ASSOCIATE,
        label: "Set lifecycle stage when a lead is associated",
        help: "What a contact or company comes to that a lead is associated with: a lifecycle stage, or off.",
        kind: SettingKind::LifecycleStage,
    },
    Spec {
        key: LIFECYCLE_BACK,
        label: "Also move back",
        help: "Associating a lead also sets an earlier lifecycle stage.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: LIFECYCLE_SYNC,
        label: "Lifecycle stage sync",
        help: "A company's stage flows to its contacts; a deal makes them Opportunity, and Customer when it is won.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: STAGE_AUTOMATION,
        label: "Stage automation",
        help: "Where leads move with the owner's first outreach > with an answer: Leads=Attempting>Connected, or off.",
        kind: SettingKind::StageAutomation,
    },
    Spec {
        key: REQUIRE_DEAL,
        label: "Require deal creation",
        help: "A lead that moves into a qualified stage gets a deal.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: REQUIRE_REASON,
        label: "Require disqualification reason",
        help: "A lead moves into a disqualified stage with a reason only.",
        kind: SettingKind::Toggle,
    },
    Spec {
        key: IDLE_DAYS,
        label: "Idle after days",
        help: "Cards of a board say how long nothing happened when it was longer than this. 0 says nothing.",
        kind: SettingKind::Days,
    },
    Spec {
        key: REASONS,
        label: "Disqualification reasons",
        help: "All of them in their order, parted by ;. One that is left out is deleted and stays where leads have it.",
        kind: SettingKind::Reasons,
    },
    Spec {
        key: CREATE_FORM,
        label: "Create lead form",
        help: "Its fields in their order, required ones with a star: name*;lead_label;owner, or default.",
        kind: SettingKind::LeadForm,
    },
    Spec {
        key: CARD,
        label: "Properties of a card",
        help: "What a card of the board shows of a lead, in this order: company;lead_label, or default.",
        kind: SettingKind::LeadProperties,
    },
    Spec {
        key: PREVIEW,
        label: "Properties of a preview",
        help: "What a preview shows of a lead, in this order: stage;owner, or default.",
        kind: SettingKind::LeadProperties,
    },
    Spec {
        key: TABLE,
        label: "Where activities go",
        help: "Rows of object,type,source=targets such as contact,task,sequence=none; =default resets one, default all.",
        kind: SettingKind::ActivityTable,
    },
    Spec {
        key: ACTIVITY_LIMITS,
        label: "Activity limits",
        help: "How many records of an object one activity may have, such as call>deal=3.",
        kind: SettingKind::ActivityLimits,
    },
];

impl Spec {
    pub fn of(key: &str) -> Option<&'static Spec> {
        Spec::all().find(|spec| spec.key == key)
    }

    /// Every setting; those of notifications last.
    pub fn all() -> impl Iterator<Item = &'static Spec> {
        SETTINGS.iter().chain(notifications::DELIVERY).chain(notifications::TICKS)
    }

    /// Each user has it for themselves.
    pub fn is_own(&self) -> bool {
        matches!(self.kind, SettingKind::Tick(..) | SettingKind::Own)
    }

    /// Who may change it; each user what is their own.
    pub fn right(&self) -> Right {
        match self.key {
            // R1.4
            LIMITS | SYNC_OWNER | SYNC_ACTIVITIES => Right::PropertySettings,
            // R2.1
            LIFECYCLE_SYNC => Right::LeadSettings,
            key if key.starts_with("leads.") => Right::LeadSettings,
            _ => Right::SuperAdmin,
        }
    }

    /// The text as it is kept, or a sentence about what the setting takes.
    pub fn check(&self, text: &str) -> Result<String, String> {
        let text = text.trim();
        match &self.kind {
            SettingKind::Text
            | SettingKind::Limits
            | SettingKind::Reasons
            | SettingKind::LifecycleStage
            | SettingKind::LifecycleStages
            | SettingKind::StageAutomation
            | SettingKind::LeadForm
            | SettingKind::LeadProperties
            | SettingKind::ActivityTable
            | SettingKind::ActivityLimits
            | SettingKind::EventKinds
            | SettingKind::User
            | SettingKind::Source
            | SettingKind::Own => Ok(text.to_owned()),
            SettingKind::Port => notifications::port(text),
            SettingKind::Sender => notifications::sender(text),
            SettingKind::Choice(choices) => choice(choices, text),
            SettingKind::Currency => Currency::parse(text)
                .filter(|c| number::currency(c.code()).is_some())
                .map(|c| c.code().to_owned())
                .ok_or_else(|| format!("“{text}” is no currency code such as EUR")),
            SettingKind::TimeZone => text
                .parse::<Tz>()
                .map(|zone| zone.name().to_owned())
                .map_err(|_| format!("“{text}” is no time zone such as Europe/Warsaw")),
            SettingKind::Weekday => text
                .parse::<Weekday>()
                .map(|day| day.to_string())
                .map_err(|_| format!("“{text}” is no day of the week such as Monday")),
            SettingKind::Country => phone::country(text)
                .map(|country| country.iso.to_owned())
                .ok_or_else(|| format!("“{text}” is no country code such as PL")),
            SettingKind::Toggle | SettingKind::Tick(..) => toggle(text),
            SettingKind::Days => days(text),
            SettingKind::Domains => domains(text),
        }
    }
}

fn choice(choices: &[&str], text: &str) -> Result<String, String> {
    let found = choices.iter().find(|choice| choice.eq_ignore_ascii_case(text));
    found.map(|found| (*found).to_owned()).ok_or_else(|| format!("“{text}” is not one of: {}", choices.join(", ")))
}

fn toggle(text: &str) -> Result<String, String> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" => Ok("true".to_owned()),
        "false" | "no" | "off" => Ok("false".to_owned()),
        _ => Err(format!("“{text}” is neither true nor false")),
    }
}

fn days(text: &str) -> Result<String, String> {
    let days = text.parse::<u16>().ok().filter(|days| *days <= DAYS_MOST);
    days.map(|days| days.to_string()).ok_or_else(|| format!("“{text}” is no number of days from 0 to {DAYS_MOST}"))
}

fn domains(text: &str) -> Result<String, String> {
    let parts = text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    let all = parts.map(web::domain).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(all.into_iter().collect::<Vec<_>>().join(";"))
}
