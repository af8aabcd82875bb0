//! Registrations (R4.4): a contact or company that a partner claimed, from when until when. Each is one text of the
//! record's property [`is::REGISTRATIONS`], so that history, undo, merge and erase know it.

use super::fold::fold;
use super::id::RecordId;
use super::object::is;
use super::record::Record;
use super::value::{Value, rfc3339};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    pub partner: String,
    pub from: DateTime<Utc>,
    /// It holds until then; `None`: until it is ended.
    pub until: Option<DateTime<Utc>>,
}

/// A registration as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub record: RecordId,
    pub name: String,
    pub registration: Registration,
}

impl Registration {
    pub fn holds_at(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether it holds now or will.
    pub fn stands_at(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    pub fn is_of(&self, partner: &str) -> bool {
        fold(&self.partner) == fold(partner)
    }

    fn written(&self) -> String {
        format!("{}\t{}\t{}", self.partner, rfc3339(self.from), self.until.map(rfc3339).unwrap_or_default())
    }

    fn read(text: &str) -> Option<Registration> {
        let mut parts = text.split('\t');
        let partner = parts.next()?.to_owned();
        let moment = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
        let (from, until) = (moment(parts.next()?)?, parts.next().filter(|text| !text.is_empty()));
        Some(Registration { partner, from, until: until.and_then(moment) })
    }
}

/// What the property holds, the oldest first; `None`: nothing.
pub fn value_of(all: &[Registration]) -> Option<Value> {
    (!all.is_empty()).then(|| Value::Texts(all.iter().map(Registration::written).collect()))
}

/// What a value of the property says.
pub fn registrations_in(value: Option<&Value>) -> Vec<Registration> {
    value.map(Value::as_texts).unwrap_or_default().iter().filter_map(|text| Registration::read(text)).collect()
}

impl Record {
    /// The oldest first, those that ended among them.
    pub fn registrations(&self) -> Vec<Registration> {
        registrations_in(self.values.get(is::REGISTRATIONS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn r4_4_a_registration_reads_as_it_was_written_and_holds_between_its_days() {
        let at = |day| Utc.with_ymd_and_hms(2026, 11, day, 12, 0, 0).unwrap();
        let ended = Registration { partner: "Acme Łódź".into(), from: at(1), until: Some(at(9)) };
        let open = Registration { until: None, ..ended.clone() };
        let value = value_of(&[ended.clone(), open.clone()]);
        assert_eq!(registrations_in(value.as_ref()), [ended.clone(), open.clone()]);
        assert_eq!((value_of(&[]), registrations_in(None)), (None, Vec::new()));
        let holds = |one: &Registration| [1, 8, 9].map(|day| one.holds_at(at(day)));
        assert_eq!((holds(&ended), holds(&open)), ([true, true, false], [true; 3]));
        assert!(!open.holds_at(at(1) - chrono::TimeDelta::milliseconds(1)));
        assert!(ended.is_of("acme lodz") && !ended.is_of("Acme"));
    }
}
