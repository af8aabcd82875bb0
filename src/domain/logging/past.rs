//! Which past activities come along onto a new deal or ticket (R3.17).

use crate::domain::activity::{ActivityKind, Entry};
use crate::domain::id::{ActivityId, Object};
use crate::domain::when::{self, Clock};
use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// From when on, or from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timeframe {
    Days(u16),
    Year,
    All,
    /// Both days are in it.
    Between(NaiveDate, NaiveDate),
}

/// One activity that comes along, and from which object within which timeframe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Along {
    pub activity: ActivityId,
    pub of: Object,
    pub timeframe: Timeframe,
}

impl Default for Timeframe {
    fn default() -> Self {
        Timeframe::Days(30)
    }
}

impl Timeframe {
    /// As forms offer them: as scripts write it, as screens do.
    pub const OFFERED: &'static [(Timeframe, &'static str, &'static str)] = &[
        (Timeframe::Days(30), "30d", "30 days"),
        (Timeframe::Days(60), "60d", "60 days"),
        (Timeframe::Days(90), "90d", "90 days"),
        (Timeframe::Year, "1y", "a year"),
        (Timeframe::All, "all", "all time"),
    ];

    /// One of those, or `FROM..TO`.
    pub fn parse(text: &str, clock: &Clock) -> Result<Timeframe, String> {
        let text = text.trim();
        if let Some((timeframe, ..)) = Self::OFFERED.iter().find(|(_, name, _)| name.eq_ignore_ascii_case(text)) {
            return Ok(*timeframe);
        }
        let Some((from, to)) = text.split_once("..") else {
            return Err(format!("“{text}” is no timeframe. There are: 30d, 60d, 90d, 1y, all, and dates as FROM..TO"));
        };
        let day = |text: &str| when::parse_date(text, clock).map_err(|error| error.to_string());
        let (from, to) = (day(from)?, day(to)?);
        if to < from {
            return Err(format!("“{text}” ends before it begins"));
        }
        Ok(Timeframe::Between(from, to))
    }

    /// `the last 30 days`.
    pub fn words(self) -> String {
        match self {
            Timeframe::Days(days) => format!("the last {days} days"),
            Timeframe::Year => "the last year".to_owned(),
            Timeframe::All => "all time".to_owned(),
            Timeframe::Between(from, to) => format!("{from} to {to}"),
        }
    }

    /// Whether an activity comes along: of these types only, and within the time. What is still to come is of all time,
    /// or of the dates that are named.
    pub fn takes_in(self, entry: &Entry, clock: &Clock) -> bool {
        let is_past =
            |since: Option<DateTime<Utc>>| entry.at <= clock.now && since.is_none_or(|since| entry.at >= since);
        KINDS.contains(&entry.kind)
            && match self {
                Timeframe::Days(days) => is_past(clock.now.checked_sub_days(Days::new(days.into()))),
                Timeframe::Year => is_past(clock.now.checked_sub_months(Months::new(12))),
                Timeframe::All => true,
                Timeframe::Between(from, to) => (from..=to).contains(&clock.day_of(entry.at)),
            }
    }
}

/// The types that come along.
const KINDS: [ActivityKind; 5] =
    [ActivityKind::Call, ActivityKind::Email, ActivityKind::Note, ActivityKind::Meeting, ActivityKind::Task];

/// Onto which new records, and from which.
pub const ONTO: [Object; 2] = [Object::DEAL, Object::TICKET];
pub const FROM: [Object; 2] = [Object::COMPANY, Object::CONTACT];
