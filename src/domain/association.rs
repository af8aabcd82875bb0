//! Associations: two records tied, both ways at once (R5.2), with labels, primary marks, time and reason.

use super::change::{Author, Reason};
use super::id::{ActNo, LabelId, Object, RecordId};
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
            labels: self.ends.labels.clone(),
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
    pub labels: Vec<LabelId>,
    /// The other record is the primary one of its object for this one (R5.4).
    pub primary: bool,
    pub since: DateTime<Utc>,
    pub order: u32,
    pub by: Author,
    pub act: ActNo,
    pub why: Reason,
}

/// Which objects have a primary record of which object (R5.4).
pub fn has_primary(of: Object, to: Object) -> bool {
    match to {
        Object::COMPANY => [Object::CONTACT, Object::DEAL, Object::TICKET, Object::LEAD].contains(&of),
        Object::CONTACT => of == Object::LEAD,
        _ => false,
    }
}
