//! Where activities would go, before they are logged, with names and reasons (R3.14).

use super::{Failure, Workspace};
use crate::domain::change::Reason;
use crate::domain::id::RecordId;
use crate::domain::logging::Logging;
use crate::store::read::sees;
use serde::{Deserialize, Serialize};

/// Where one activity would go.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Aiming {
    /// The record that it is logged on.
    pub home: String,
    /// Beside that, in the order of the rules.
    pub goals: Vec<Goal>,
    /// Goals that the viewer may not see.
    pub unseen: usize,
    /// Addresses that no contact has (R3.6).
    pub unknown: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub record: RecordId,
    pub name: String,
    pub why: Reason,
}

impl Workspace {
    pub(super) fn aiming(&self, logging: &Logging) -> Result<Aiming, Failure> {
        let aims = self.aims(logging)?;
        let mut aiming = Aiming { unknown: aims.unknown, ..Aiming::default() };
        aiming.home = self.seen_name(logging.on)?.unwrap_or_default();
        for aimed in aims.records {
            match self.seen_name(aimed.record)? {
                Some(name) => aiming.goals.push(Goal { record: aimed.record, name, why: aimed.why }),
                None => aiming.unseen += 1,
            }
        }
        Ok(aiming)
    }

    fn seen_name(&self, id: RecordId) -> Result<Option<String>, Failure> {
        let viewer = self.viewer();
        Ok(self.store().record(id)?.filter(|record| sees(&viewer, record)).map(|record| record.name()))
    }
}
