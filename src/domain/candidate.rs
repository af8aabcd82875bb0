//! Whom a record could be associated with: what is asked while one picks, and what each candidate comes with. A new
//! reason to suggest somebody is a variant of [`Near`].

use super::answer::Row;
use super::id::{Object, RecordId};
use serde::{Deserialize, Serialize};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picking {
    /// The record that others are picked for.
    pub one: RecordId,
    /// Of which object they are.
    pub to: Object,
    /// Without a word: those that are near, and those that are associated already.
    pub text: String,
    pub limit: usize,
    /// Not those that hold the words, but those that are almost called so.
    pub similar: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Candidates {
    pub rows: Vec<Candidate>,
    /// How many records of the object there are in sight.
    pub of: usize,
    /// False while the object can't be searched yet.
    pub ready: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub row: Row,
    pub near: Option<Near>,
    /// What it is associated with instead, where it has no room for another record of that object (R5.3), the oldest
    /// first; `None` is one that the viewer may not see.
    pub full: Vec<Option<String>>,
}

/// Why a candidate is likely the one that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Near {
    /// The record says its name.
    Named,
    SameDomain,
    SameCompany,
    /// Associated with a record of that name, which is associated with this one.
    With(String),
    Viewed,
    /// The user associated it with something lately.
    Associated,
}
