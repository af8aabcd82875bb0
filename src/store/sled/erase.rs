//! Taking what was erased out of the log as well (R5.9). What sled's file still holds of it goes when the file is
//! rewritten afresh; until then a mark says so.

use super::blocks::Batch;
use super::{SledStore, keys};
use crate::domain::change::{Commit, Op};
use crate::domain::graph::{Graph, Logged, LoggedOp, Read, Unreadable};
use crate::domain::id::{ActNo, Ref, Seq};
use crate::store::{GoesOn, codec, log};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

impl SledStore {
    /// Adds to `batch` what the erasing ops of a commit take out of earlier commits.
    pub(super) fn scrub(&self, commit: &Commit, batch: &mut Batch) -> Read<()> {
        let gone = log::erased(commit);
        if gone.is_empty() {
            return Ok(());
        }
        let mut seqs = BTreeSet::new();
        for (op, _) in &commit.ops {
            if let Op::Unlink(tie) = op {
                seqs.extend(self.commits_of(tie.act)?);
            }
        }
        for what in &gone {
            self.forget_notifications(*what, batch)?;
            seqs.extend(self.commits_about(*what)?);
            for seq in self.touched(*what)? {
                batch.delete(keys::touched_by(*what, seq));
            }
        }
        let mut acts = BTreeSet::new();
        for seq in seqs {
            let Some(mut logged) = self.logged(seq)? else { continue };
            let before = touched_in(&logged);
            for (op, _) in &mut logged.ops {
                if gone.iter().any(|what| log::speaks_of(op, *what)) {
                    *op = LoggedOp::Erased;
                    acts.insert(logged.act);
                }
            }
            if acts.contains(&logged.act) {
                batch.put(keys::log(seq), codec::encode_logged(logged.act, &logged.ops));
            }
            for of in before.difference(&touched_in(&logged)) {
                batch.delete(keys::touched_by(*of, seq));
            }
        }
        self.scrub_heads(acts, batch)?;
        batch.put(keys::afresh_wanted(), Vec::new());
        Ok(())
    }

    /// Commits that may hold something of it.
    fn commits_about(&self, what: Ref) -> Read<Vec<Seq>> {
        let mut seqs = self.touched(what)?;
        for seq in seqs.clone() {
            for (op, _) in self.logged(seq)?.into_iter().flat_map(|logged| logged.ops) {
                if let LoggedOp::Whole(Op::Unlink(tie)) = op {
                    seqs.extend(self.commits_of(tie.act)?);
                }
            }
        }
        let made_in = match what {
            Ref::Record(id) => {
                let record = match self.record(id)? {
                    Some(record) => Some(record),
                    None => self.binned(id)?.map(|binned| binned.record),
                };
                record.map(|record| record.created.act)
            }
            Ref::Activity(id) => {
                let found = self.activity(id)?;
                let found = found.map_or_else(|| self.binned_activity(id), |found| Ok(Some(found)))?;
                found.map(|activity| activity.stamp.act)
            }
        };
        if let Some(act) = made_in {
            seqs.extend(self.commits_of(act)?);
        }
        Ok(seqs)
    }

    fn commits_of(&self, act: ActNo) -> Read<impl Iterator<Item = Seq> + use<>> {
        let head = self.act(act)?;
        Ok(head.into_iter().flat_map(|head| head.first.0..=head.last.0).map(Seq))
    }

    fn scrub_heads(&self, acts: BTreeSet<ActNo>, batch: &mut Batch) -> Read<()> {
        for no in acts {
            if let Some(mut head) = self.act(no)? {
                log::scrub_head(&mut head);
                batch.put(keys::act(no), codec::encode_act(&head));
            }
        }
        Ok(())
    }

    /// Whether something erased may still stand in the file.
    pub fn wants_afresh(&self) -> Read<bool> {
        self.blocks.contains(&keys::afresh_wanted()).map_err(Unreadable::from)
    }

    /// Rewrites the file so that nothing of what was erased is left in it.
    pub fn rewrite_afresh(&self, goes_on: GoesOn) -> Read<()> {
        let mut batch = Batch::new();
        batch.delete(keys::afresh_wanted());
        let progress = &mut |_| if goes_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        self.blocks.rewrite_afresh(progress).map_err(Unreadable::from)?;
        super::write(&self.blocks, batch)
    }
}

/// Everything whose history a commit is part of.
fn touched_in(logged: &Logged) -> BTreeSet<Ref> {
    logged.ops.iter().filter_map(|(op, _)| log::whole(op)).flat_map(log::touches).collect()
}
