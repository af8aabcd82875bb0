//! `lejek partner`: what partners claimed, and the deals that are shared with them.

use super::out::Table;
use super::session::Session;
use super::trouble::Trouble;
use super::{Call, answer, event, shape};
use crate::domain::change::Change;
use crate::domain::registration::Registered;
use crate::domain::when::{day_long, parse_moment};
use chrono::{DateTime, Days, Utc};
use clap::Subcommand;
use serde_json::Value as Json;

#[derive(Debug, Subcommand)]
pub enum Partner {
    /// Lists registrations that hold or will; with words, those whose record or partner has them
    List {
        #[arg(value_name = "WORDS")]
        words: Vec<String>,
        /// So many of them
        #[arg(long, value_name = "N", default_value_t = 200)]
        limit: usize,
        /// Passing over so many
        #[arg(long, value_name = "N", default_value_t = 0)]
        offset: usize,
    },
    /// Registers a contact or company for a partner
    Register {
        #[arg(value_name = "REF")]
        record: String,
        /// Who claims it [default: this workspace's own account]
        #[arg(long, value_name = "PARTNER")]
        partner: Option<String>,
        /// From when on [default: now]
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Until when; a day is in it [default: until it is ended]
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
    },
    /// Ends the registration of a contact or company
    Deregister {
        #[arg(value_name = "REF")]
        record: String,
        /// Of this partner only
        #[arg(long, value_name = "PARTNER")]
        partner: Option<String>,
    },
    /// Shares a deal with a partner, after those that it is shared with already
    Share {
        #[arg(value_name = "DEAL")]
        deal: String,
        #[arg(value_name = "PARTNER")]
        partner: String,
    },
    /// Shares a deal no longer with a partner
    Unshare {
        #[arg(value_name = "DEAL")]
        deal: String,
        #[arg(value_name = "PARTNER")]
        partner: String,
    },
}

impl Partner {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            Partner::List { words, limit, offset } => list(&Session::reading(call)?, &words.join(" "), offset, limit),
            Partner::Register { record, partner, from, until } => perform(call, |session| {
                let partner = partner.unwrap_or_else(|| session.settings.general.partner_account.clone());
                let from = from.map(|text| moment(session, &text, false)).transpose()?;
                let until = until.map(|text| moment(session, &text, true)).transpose()?;
                Ok(Change::Register { record: session.record(&record)?, partner, from, until })
            }),
            Partner::Deregister { record, partner } => {
                perform(call, |session| Ok(Change::Deregister { record: session.record(&record)?, partner }))
            }
            Partner::Share { deal, partner } => share(call, &deal, partner, true),
            Partner::Unshare { deal, partner } => share(call, &deal, partner, false),
        }
    }
}

fn share(call: &Call, deal: &str, partner: String, share: bool) -> Result<(), Trouble> {
    perform(call, |session| Ok(Change::Share { deal: session.record(deal)?, partner, share }))
}

fn perform(call: &Call, change: impl FnOnce(&Session) -> Result<Change, Trouble>) -> Result<(), Trouble> {
    let session = Session::writing(call)?;
    let done = session.perform_now(&change(&session)?)?;
    answer::act(&session, &done, &[])
}

/// A day without a time is all of it: what ends with it ends where the next one begins.
fn moment(session: &Session, text: &str, is_end: bool) -> Result<DateTime<Utc>, Trouble> {
    let clock = session.cx().clock();
    let moment = parse_moment(text, &clock).map_err(|error| Trouble::refused(error.to_string()))?;
    let next = || clock.day_of(moment.at).checked_add_days(Days::new(1)).map(|day| clock.start_of(day));
    Ok(if is_end && !moment.has_time { next().unwrap_or(moment.at) } else { moment.at })
}

fn list(session: &Session, words: &str, offset: usize, limit: usize) -> Result<(), Trouble> {
    let found = session.registrations(words, offset, limit)?;
    if session.out.json {
        let one = |one: &Registered| {
            let mut head = session.head(one.record, &one.name);
            head.extend(shape::registration(&one.registration));
            Json::Object(head)
        };
        return session.out.value(&found.rows.iter().map(one).collect());
    }
    let clock = session.settings.clock(session.now);
    let day = |at: DateTime<Utc>| day_long(clock.day_of(at), &clock);
    let row = |one: &Registered| {
        let registration = &one.registration;
        let last = registration.until.map(|until| day(until - chrono::TimeDelta::milliseconds(1)));
        let object = session.object_name(one.record).to_owned();
        let (from, until) = (day(registration.from), last.unwrap_or_default());
        vec![one.record.short(), object, one.name.clone(), registration.partner.clone(), from, until]
    };
    let rows: Vec<_> = found.rows.iter().map(row).collect();
    Table::print(&session.out, &["Id", "Object", "Name", "Partner", "From", "Until"], &rows)?;
    event::more(&session.out, found.matching, offset + rows.len())
}
