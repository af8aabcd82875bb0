//! Associations: two records tied, both ways at once (R5.2), with labels, primary marks, time and reason.

use super::change::{Author, Reason, counted_names};
use super::id::{ActNo, LabelId, Object, RecordId};
use super::logging::past::Timeframe;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A tie of two records. `a` is the smaller id, so that a pair has one association whichever way it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Association {
    pub a: RecordId,
    pub b: RecordId,
    pub ends: Ends,
    /// When it was made; undo and restore bring the old time back (R3.5).
    pub since: DateTime<Utc>,
    /// Place among those made in the same commit; the later one wins a tie (R3.5).
    pub order: u32,
    pub by: Author,
    pub act: ActNo,
    pub why: Reason,
}

/// What can change of an association while it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ends {
    /// What `b` is to `a`, sorted; for `b` each reads the other way.
    pub labels: Vec<LabelId>,
    /// `b` is the primary one of its object for `a`.
    pub b_primary_for_a: bool,
    /// `a` is the primary one of its object for `b`.
    pub a_primary_for_b: bool,
}

impl Association {
    pub fn other(&self, than: RecordId) -> RecordId {
        if self.a == than { self.b } else { self.a }
    }

    /// How it looks from one of its records.
    pub fn link_of(&self, end: RecordId) -> Link {
        let primary = if self.a == end { self.ends.b_primary_for_a } else { self.ends.a_primary_for_b };
        Link {
            other: self.other(end),
            labels: self.ends.labels_of(self.a == end),
            primary,
            since: self.since,
            order: self.order,
            by: self.by,
            act: self.act,
            why: self.why.clone(),
        }
    }
}

impl Ends {
    /// As they read from `a`, or from `b`.
    pub fn labels_of(&self, a: bool) -> Vec<LabelId> {
        if a {
            return self.labels.clone();
        }
        let mut labels: Vec<LabelId> = self.labels.iter().map(|label| label.other_way()).collect();
        labels.sort_unstable();
        labels
    }

    /// Sets the labels as they read from `a`, or from `b`.
    pub fn set_labels(&mut self, a: bool, labels: &[LabelId]) {
        self.labels = labels.iter().map(|label| if a { *label } else { label.other_way() }).collect();
        self.labels.sort_unstable();
        self.labels.dedup();
    }

    /// Marks `other` as the primary one for `end`, or takes the mark away.
    pub fn set_primary(&mut self, end: RecordId, other: RecordId, primary: bool) {
        if end < other {
            self.b_primary_for_a = primary;
        } else {
            self.a_primary_for_b = primary;
        }
    }
}

/// One end of an association: what a record's side panel shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub other: RecordId,
    /// What the other record is to this one (R5.5).
    pub labels: Vec<LabelId>,
    /// The other record is the primary one of its object for this one (R5.4).
    pub primary: bool,
    pub since: DateTime<Utc>,
    pub order: u32,
    pub by: Author,
    pub act: ActNo,
    pub why: Reason,
}

/// A tie that is asked for: what it is to be, as seen from the record that asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tying {
    pub other: RecordId,
    pub labels: Labelling,
    /// Makes the other one its primary one (R5.4).
    pub primary: bool,
    /// At a limit the new one takes the place of the oldest, of the primary one only where there is no other (R5.3).
    pub replace: bool,
    /// Of a new deal or ticket: which activities of the other one come along onto it (R3.17).
    pub past: Option<Timeframe>,
}

impl Tying {
    pub fn new(other: RecordId) -> Tying {
        Tying { other, labels: Labelling::Keep, primary: false, replace: false, past: None }
    }
}

/// A record that has as many as it may, one more of which is asked for (R5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Full {
    pub record: RecordId,
    pub name: String,
    /// Names of those that it has.
    pub has: Vec<String>,
    /// `1 company`, `3 companies`.
    pub limit: String,
    /// The one that would give way, and the one that would come.
    pub goes: RecordId,
    pub goes_name: String,
    pub comes: String,
}

impl Full {
    /// `Jan Kowalski has Acme already, and the limit is 1 company`.
    pub fn sentence(&self) -> String {
        format!("{} has {} already, and the limit is {}", self.name, counted_names(&self.has), self.limit)
    }
}

/// What becomes of the labels of an association.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Labelling {
    /// They stay; a new association has none.
    Keep,
    Add(Vec<LabelId>),
    Exactly(Vec<LabelId>),
}

/// Which objects have a primary record of which object (R5.4).
pub fn has_primary(of: Object, to: Object) -> bool {
    match to {
        Object::COMPANY => [Object::CONTACT, Object::DEAL, Object::TICKET, Object::LEAD].contains(&of),
        Object::CONTACT => of == Object::LEAD,
        _ => false,
    }
}
