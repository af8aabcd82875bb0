//! What lies in the bin, as somebody sees it (R5.9, R6.4): records, and activities that were deleted by themselves.

mod pieces;

use super::find::title;
use super::{Failure, Workspace};
use crate::domain::change::Author;
use crate::domain::id::{ActNo, Object, RecordId, Ref};
use crate::domain::record::{Binned, BinnedActivity};
use crate::store::read::sees;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

pub(super) use pieces::Looked;
pub use pieces::{BinAsk, BinPage, BinnedKind};

/// One entry of the bin. Activities whose only record went to the bin belong to the entry of that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InBin {
    Record {
        binned: Binned,
        /// What it became part of, if it was merged; its name only for whoever may see it.
        merged_into: Option<(RecordId, Option<String>)>,
    },
    Activity(BinnedActivity),
}

impl InBin {
    pub fn of(&self) -> Ref {
        match self {
            InBin::Record { binned, .. } => Ref::Record(binned.record.id),
            InBin::Activity(binned) => Ref::Activity(binned.activity.id),
        }
    }

    pub fn name(&self) -> String {
        match self {
            InBin::Record { binned, .. } => binned.record.name(),
            InBin::Activity(binned) => title(&binned.activity),
        }
    }

    /// Who deleted it, when, in which act.
    pub fn deleted(&self) -> (Author, DateTime<Utc>, ActNo) {
        match self {
            InBin::Record { binned, .. } => (binned.by, binned.at, binned.act),
            InBin::Activity(binned) => (binned.by, binned.at, binned.act),
        }
    }
}

impl Workspace {
    /// With the record that it was merged into, named where the user sees it.
    fn in_bin(&self, binned: Binned) -> InBin {
        let into = binned.record.merged_into();
        let merged_into = into.map(|id| (id, self.name_of(id).ok().flatten()));
        InBin::Record { binned, merged_into }
    }

    /// Shows what of it the user may see; all of it, with the activities, where no object is named.
    fn each_in_bin(&self, object: Option<Object>, see: &mut dyn FnMut(InBin)) -> Result<(), Failure> {
        let viewer = self.viewer();
        self.store().each_binned(object, &mut |binned| {
            if sees(&viewer, &binned.record) {
                see(self.in_bin(binned));
            }
        })?;
        let activities = if object.is_none() { self.store().binned_activities()? } else { Vec::new() };
        for binned in activities {
            if !self.went_along(&binned)? && self.sees_activity(&binned.activity)? {
                see(InBin::Activity(binned));
            }
        }
        Ok(())
    }

    /// Its only record went to the bin: it comes back, and goes for good, with that.
    pub(super) fn went_along(&self, binned: &BinnedActivity) -> Result<bool, Failure> {
        Ok(binned.activity.targets.is_empty() && !self.store().is_unassociated(binned.activity.id)?)
    }

    pub(super) fn bin(&self, object: Option<Object>) -> Result<Vec<InBin>, Failure> {
        let mut bin = Vec::new();
        self.each_in_bin(object, &mut |one| bin.push(one))?;
        bin.sort_by_key(|one| Reverse((one.deleted().1, one.of().uuid())));
        Ok(bin)
    }
}
