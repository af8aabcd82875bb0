//! The answer to a change: what was done, what rules did besides, what was left out.

use super::{Op, Reason, Rule, Verb};
use crate::domain::id::{ActNo, Ref};
use crate::domain::object::is;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether a rule did it besides what was asked. What a record keeps of a change of its stage is part of that change.
pub fn is_effect(op: &Op, why: &Reason) -> bool {
    let is_kept = matches!(op, Op::Set { property: is::STAGE_VISITS | is::STAGE_ENTERED | is::BOARD_PLACE, .. });
    matches!(why, Reason::Rule(..)) && !is_kept
}

/// What was done: the answer to a change (R7.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// [`ActNo::NONE`]: everything was so already.
    pub act: ActNo,
    pub verb: Verb,
    pub what: String,
    /// What was made or changed, in order.
    pub refs: Vec<Ref>,
    pub effects: Vec<EffectLine>,
    /// What could not be done while the rest was, as sentences.
    pub skipped: Vec<String>,
    /// What an erase does not reach (R5.9).
    pub remains: Option<Remains>,
}

/// Backups that were written before an erase: they hold what was erased until they are deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    pub backups: usize,
    pub folder: String,
}

impl fmt::Display for Remains {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, them) = match self.backups {
            1 => ("1 daily backup".to_owned(), "it"),
            several => (format!("{several} daily backups"), "them"),
        };
        write!(f, "{count} from before may still hold what was erased. Delete {them} in {}", self.folder)
    }
}

/// One thing that a rule did besides what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectLine {
    pub rule: Rule,
    pub record: Option<Ref>,
    pub what: String,
}
