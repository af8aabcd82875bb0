//! What goes to the bin in a draft, and what comes out of it.

use super::{Draft, Laid};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::Ref;
use crate::domain::record::Binned;
use crate::rules::Asking;

impl Draft<'_> {
    pub(super) fn lay_bin(&mut self, what: Ref) -> Read<()> {
        match what {
            Ref::Record(id) => {
                if let Some(record) = self.record(id)? {
                    let Asking { by, now, act, .. } = self.asking;
                    self.bin.insert(id, Some(Binned { record, at: now, by, act }));
                }
                self.records.insert(id, Laid::Gone);
            }
            Ref::Activity(id) => {
                let activity = self.activity(id)?;
                self.binned_activities.insert(id, activity);
                self.lay_activity(id, None);
            }
        }
        Ok(())
    }

    pub(super) fn lay_unbin(&mut self, what: Ref) -> Read<()> {
        match what {
            Ref::Record(id) => {
                let record = self.binned(id)?.map(|binned| binned.record);
                if let Some(record) = &record {
                    self.remember_keys(record);
                }
                self.records.insert(id, record.map_or(Laid::Gone, |record| Laid::Stands(Box::new(record))));
                self.bin.insert(id, None);
            }
            Ref::Activity(id) => {
                let activity = self.binned_activity(id)?;
                self.lay_activity(id, activity);
                self.binned_activities.insert(id, None);
            }
        }
        Ok(())
    }
}
