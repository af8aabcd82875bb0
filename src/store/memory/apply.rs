//! What each op does to the model.

use super::State;
use super::graph::pair;
use crate::domain::association::Association;
use crate::domain::change::{Commit, Op};
use crate::domain::graph::{Logged, LoggedOp, Unreadable};
use crate::domain::id::{ActivityId, RecordId, Ref, Seq};
use crate::domain::object::is;
use crate::domain::record::{Binned, BinnedActivity};
use crate::domain::settings::Settings;
use crate::store::{Applied, ApplyError, log};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl State {
    pub(super) fn apply(&mut self, commit: &Commit) -> Result<Applied, ApplyError> {
        let changed: BTreeSet<Ref> = commit.ops.iter().flat_map(|(op, _)| log::changes(op)).collect();
        let changed: Vec<Ref> = changed.into_iter().collect();
        if let Some(seq) = self.commits.get(&commit.id) {
            return Ok(Applied { seq: *seq, changed });
        }
        for (id, version) in &commit.expect {
            if self.records.get(id).is_none_or(|record| record.version != *version) {
                return Err(ApplyError::Conflict(*id));
            }
        }
        // Whole or not at all: the ops work on a copy that takes the place of the state at the end.
        let mut next = self.clone();
        for (op, _) in &commit.ops {
            next.apply_op(op, commit)?;
        }
        next.bump_versions(commit);
        next.mark_unassociated(self, commit);
        let seq = Seq(next.log.len() as u64 + 1);
        next.log.push(Logged { seq, act: commit.act.no, ops: log::logged(commit) });
        match (&commit.intent, commit.act.finished) {
            (Some(intent), false) => drop(next.intents.insert(commit.act.no, intent.clone())),
            (_, true) => drop(next.intents.remove(&commit.act.no)),
            _ => {}
        }
        let head = log::head(next.acts.remove(&commit.act.no), commit, seq);
        next.acts.insert(commit.act.no, head);
        for (no, undone_by) in log::marks(commit) {
            if let Some(head) = next.acts.get_mut(&no) {
                head.undone_by = undone_by;
            }
        }
        next.commits.insert(commit.id, seq);
        *self = next;
        Ok(Applied { seq, changed })
    }

    fn apply_op(&mut self, op: &Op, commit: &Commit) -> Result<(), Unreadable> {
        match op {
            Op::Create(record) => {
                self.records.insert(record.id, record.as_ref().clone());
            }
            Op::Set { record, property, to, .. } => {
                let record = self.records.get_mut(record).ok_or_else(|| gone("record"))?;
                record.values.put(*property, to.clone());
                if !is::KEPT_ASIDE.contains(property) {
                    record.updated = commit.act.at;
                }
            }
            Op::Link(tie) => self.link(tie.as_ref().clone()),
            Op::Unlink(tie) => self.unlink(tie.a, tie.b),
            Op::Relabel { a, b, to, .. } => {
                self.ties.get_mut(&(*a, *b)).ok_or_else(|| gone("association"))?.ends = to.clone();
            }
            Op::Log(activity) => {
                self.activities.insert(activity.id, activity.as_ref().clone());
            }
            Op::Attach { activity, target } => {
                let activity = self.activities.get_mut(activity).ok_or_else(|| gone("activity"))?;
                activity.attach(target.as_ref().clone());
            }
            Op::Detach { activity, target } => {
                let activity = self.activities.get_mut(activity).ok_or_else(|| gone("activity"))?;
                activity.targets.retain(|t| t.record != target.record);
            }
            Op::Edit { activity, to, .. } => {
                let activity = self.activities.get_mut(activity).ok_or_else(|| gone("activity"))?;
                activity.put(to.as_ref().clone());
            }
            Op::Bin(what) => self.bin(*what, commit)?,
            Op::Unbin(what) => self.unbin(*what)?,
            Op::Notify(told) => self.tell(told),
            Op::Withdraw(told) => self.take_back(told.id),
            Op::Erase(what) => self.erase(*what),
            Op::Setting { key, to, .. } => {
                let settings = self.settings.take().map_or_else(
                    || Settings::from_rows(BTreeMap::new()).with(key, to.as_deref()),
                    |settings| settings.with(key, to.as_deref()),
                );
                self.settings = Some(Arc::new(settings));
            }
        }
        Ok(())
    }

    fn link(&mut self, tie: Association) {
        self.tied.entry(tie.a).or_default().insert(tie.b);
        self.tied.entry(tie.b).or_default().insert(tie.a);
        self.ties.insert(pair(tie.a, tie.b), tie);
    }

    fn unlink(&mut self, a: RecordId, b: RecordId) {
        self.ties.remove(&pair(a, b));
        for (one, other) in [(a, b), (b, a)] {
            if let Some(others) = self.tied.get_mut(&one) {
                others.remove(&other);
            }
        }
    }

    fn bin(&mut self, what: Ref, commit: &Commit) -> Result<(), Unreadable> {
        let act = &commit.act;
        match what {
            Ref::Record(id) => {
                let record = self.records.remove(&id).ok_or_else(|| gone("record"))?;
                self.bin.insert(id, Binned { record, at: act.at, by: act.by, act: act.no });
            }
            Ref::Activity(id) => {
                let activity = self.activities.remove(&id).ok_or_else(|| gone("activity"))?;
                let binned = BinnedActivity { activity, at: act.at, by: act.by, act: act.no };
                self.binned_activities.insert(id, binned);
            }
        }
        Ok(())
    }

    fn unbin(&mut self, what: Ref) -> Result<(), Unreadable> {
        match what {
            Ref::Record(id) => {
                let binned = self.bin.remove(&id).ok_or_else(|| gone("record"))?;
                self.records.insert(id, binned.record);
            }
            Ref::Activity(id) => {
                let binned = self.binned_activities.remove(&id).ok_or_else(|| gone("activity"))?;
                self.activities.insert(id, binned.activity);
            }
        }
        Ok(())
    }

    fn erase(&mut self, what: Ref) {
        match what {
            Ref::Record(id) => drop((self.bin.remove(&id), self.records.remove(&id))),
            Ref::Activity(id) => {
                drop((self.binned_activities.remove(&id), self.activities.remove(&id)));
                self.unassociated.remove(&id);
            }
        }
        self.forget_notifications(what);
        for logged in &mut self.log {
            for (op, _) in &mut logged.ops {
                if log::speaks_of(op, what) {
                    *op = LoggedOp::Erased;
                    if let Some(head) = self.acts.get_mut(&logged.act) {
                        log::scrub_head(head);
                    }
                }
            }
        }
    }

    /// What stands without a record does so because it was let to; what goes to the bin stays as it was.
    fn mark_unassociated(&mut self, before: &State, commit: &Commit) {
        for what in commit.ops.iter().flat_map(|(op, _)| log::changes(op)) {
            let Ref::Activity(id) = what else { continue };
            match self.activities.get(&id) {
                Some(activity) if activity.targets.is_empty() && !activity.is_event() => {
                    self.unassociated.insert(id);
                }
                Some(_) => drop(self.unassociated.remove(&id)),
                // An event that awaits its record went to the bin by itself.
                None if self.binned_activities.contains_key(&id) && before.awaits(id) => {
                    self.unassociated.insert(id);
                }
                None => {}
            }
        }
    }

    fn awaits(&self, id: ActivityId) -> bool {
        self.activities.get(&id).is_some_and(|activity| activity.awaits().is_some())
    }

    fn bump_versions(&mut self, commit: &Commit) {
        for id in log::edited(commit) {
            if let Some(activity) = self.activities.get_mut(&id) {
                activity.version += 1;
            }
        }
        for id in log::bumped(commit) {
            if let Some(record) = self.records.get_mut(&id) {
                record.version += 1;
            }
        }
    }
}

fn gone(what: &str) -> Unreadable {
    Unreadable(format!("A {what} that the change speaks of is no longer there. Look again and repeat the change."))
}
