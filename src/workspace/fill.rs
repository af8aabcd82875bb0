//! Filling a workspace with the demo's data.

use super::{Failure, Watch, Workspace};
use crate::domain::change::{Change, Origin, Verb};

pub use crate::demo::Demo;

impl Workspace {
    /// Writes the demo's users and records, as one act.
    pub fn fill(&self, demo: &Demo, contacts: u64, watch: &mut dyn Watch) -> Result<(), Failure> {
        // The first user made the workspace.
        for user in demo.users().into_iter().skip(1) {
            self.perform(&Change::AddUser { user: Box::new(user) }, Origin::Demo)?;
        }
        let mut act = self.long_act(Origin::Demo, Verb::Did, "Filled the demo", contacts);
        let mut written = 0;
        for batch in demo.batches(act.number()) {
            if watch.is_cancelled() {
                break;
            }
            act.add(&Change::Seed { ops: batch.ops }, batch.contacts - written, false)?;
            written = batch.contacts;
            watch.progress(written, contacts);
        }
        act.close(watch.is_cancelled())
    }
}
