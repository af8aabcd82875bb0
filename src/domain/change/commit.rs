//! What was granted, and the act that it belongs to, as the log and the list of acts keep them.

use super::{Author, Op, Origin, Reason};
use crate::domain::id::{ActNo, RecordId, Seq};
use crate::domain::intent::Intent;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What was granted: applied whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// Made once; the same commit twice is applied once.
    pub id: Uuid,
    pub act: Act,
    pub ops: Vec<(Op, Reason)>,
    /// The versions that the decision rests on.
    pub expect: Vec<(RecordId, u32)>,
    /// Of a long act: what it set out to do, where that is to be kept from this commit on.
    pub intent: Option<Intent>,
}

/// The act that a commit belongs to, as far as it has come with this commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    pub no: ActNo,
    pub by: Author,
    pub at: DateTime<Utc>,
    pub origin: Origin,
    pub verb: Verb,
    /// What was done, as toasts and lists say it: `Changed Jan Kowalski`.
    pub what: String,
    /// Records changed so far and in all; equal when the act is whole (R7.3).
    pub done: u64,
    pub total: u64,
    pub finished: bool,
}

/// What kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verb {
    Did,
    Undid(ActNo),
    Redid(ActNo),
}

/// An act as the list of acts shows it (R7.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActHead {
    pub act: Act,
    pub first: Seq,
    pub last: Seq,
    /// How many things rules did besides (R7.5).
    pub effects: u64,
    pub undone_by: Option<ActNo>,
    /// Cannot be undone any more, with the sentence why: something of it was erased.
    pub erased: bool,
}
