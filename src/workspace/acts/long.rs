//! A long act as it goes on: each batch is planned and written, the last one closes it.

use super::saying::Saying;
use super::{Head, LongAct, part};
use crate::domain::change::{Change, Done, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{ActNo, Ids, Seq};
use crate::domain::intent::Intent;
use crate::rules::{self, Asking, ImportBatch, Plan};
use crate::workspace::Failure;
use std::sync::Arc;

/// Records after which the store is settled.
const MUCH: u64 = 20_000;

/// Effects and refs that an answer names; of a long act the first ones are enough.
const NAMED_AT_MOST: usize = 10_000;

impl LongAct<'_> {
    pub fn number(&self) -> ActNo {
        self.asking.act
    }

    /// What is to be known from the next commit on by whoever finds the act broken off.
    pub fn set_out(&mut self, intent: Intent) {
        self.intent = Some(intent);
    }

    /// Plans one batch and writes it; answers its plan.
    pub fn add(&mut self, change: &Change, records: u64, last: bool) -> Result<Plan, Failure> {
        let workspace = self.workspace;
        self.add_reading(change, workspace.store.as_ref(), records, last)
    }

    /// The same, with the rules reading through `graph`.
    pub fn add_reading(
        &mut self,
        change: &Change,
        graph: &dyn Graph,
        records: u64,
        last: bool,
    ) -> Result<Plan, Failure> {
        let mut ids = self.workspace.ids.lock();
        self.follow(|asking, ids| Ok(rules::plan(change, graph, asking, ids)?), ids.as_mut(), records, last)
    }

    /// Plans one batch of an import and writes it.
    pub fn add_import(&mut self, batch: ImportBatch, graph: &dyn Graph) -> Result<Plan, Failure> {
        let mut ids = self.workspace.ids.lock();
        let count = batch.len() as u64;
        let plan = |asking, ids: &mut dyn Ids| Ok(rules::plan_import(batch, graph, asking, ids)?);
        self.follow(plan, ids.as_mut(), count, false)
    }

    /// Plans one batch of an import without writing it, for dry runs.
    pub fn only_plan(&self, batch: ImportBatch, graph: &dyn Graph) -> Result<Plan, Failure> {
        self.workspace.with_ids(|ids| Ok(rules::plan_import(batch, graph, self.asking, ids)?))
    }

    /// Goes on without one record, which refuses.
    pub(super) fn leave_out(&mut self, refusal: &Refusal, is_last: bool) -> Result<(), Failure> {
        self.done += 1;
        self.skipped.push(refusal.to_string());
        self.close(!is_last)
    }

    /// Whether anything was written.
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    /// Marks the act as whole, or leaves it open when it was stopped half way (R7.3).
    pub fn close(&mut self, stopped: bool) -> Result<(), Failure> {
        self.close_with(&Change::Seed { ops: Vec::new() }, stopped)
    }

    /// The same with a change that goes with its last commit.
    pub fn close_with(&mut self, last: &Change, stopped: bool) -> Result<(), Failure> {
        if !self.begun || stopped {
            return Ok(());
        }
        self.total = self.done;
        let store = Arc::clone(&self.workspace.store);
        self.add_reading(last, store.as_ref(), 0, true)?;
        if self.done >= MUCH {
            store.settle()?;
        }
        Ok(())
    }

    pub(super) fn add_undo_of(&mut self, seq: Seq, act: ActNo, records: u64, last: bool) -> Result<Plan, Failure> {
        let mut ids = self.workspace.ids.lock();
        let (store, verb) = (Arc::clone(&self.workspace.store), self.verb);
        let plan = |asking, _: &mut dyn Ids| Ok(rules::plan_undo_of(seq, act, verb, store.as_ref(), asking)?);
        self.follow(plan, ids.as_mut(), records, last)
    }

    /// Between two batches somebody else may have acted: this act then keeps its number, theirs came in between.
    fn follow(
        &mut self,
        plan: impl FnOnce(Asking, &mut dyn Ids) -> Result<Plan, Failure>,
        ids: &mut dyn Ids,
        records: u64,
        last: bool,
    ) -> Result<Plan, Failure> {
        if !self.begun {
            self.asking.act = ActNo(self.workspace.store.last_act().0 + 1);
        }
        if self.is_open {
            self.asking.now = self.workspace.now();
        }
        let mut plan = plan(self.asking, ids)?;
        self.done += records;
        if self.is_open {
            self.total = self.done;
        }
        self.changed += match self.saying {
            Saying::Counted(_) | Saying::Events => plan.refs.len() as u64,
            Saying::Plain(_) | Saying::Whole(_) => records,
        };
        let room = NAMED_AT_MOST.saturating_sub(self.effects.len());
        self.effects.extend(plan.effects().into_iter().take(room));
        let room = NAMED_AT_MOST.saturating_sub(self.refs.len());
        self.refs.extend(plan.refs.iter().take(room));
        if !plan.ops.is_empty() || (last && self.begun) {
            let what = self.saying.said(self.changed, self.total, last);
            let (verb, intent) = (self.verb, self.intent.take());
            self.is_whole = last;
            let head = Head { verb, what, done: self.done, total: self.total, finished: last, intent };
            self.running.get_or_insert_with(|| self.workspace.run(self.asking.act));
            let commit = part(&mut plan, self.asking, ids, head);
            self.workspace.apply_of_many(&commit, !last || self.is_open)?;
            self.remains = self.remains.take().or_else(|| self.workspace.remains(&commit.ops));
            self.begun = true;
        }
        if !self.is_open {
            self.skipped.extend(plan.skipped.iter().cloned());
        }
        Ok(plan)
    }

    /// Ends the act where it is, whole or stopped half way, and answers what was done.
    pub fn finish(self) -> Done {
        let act = if self.begun { self.asking.act } else { ActNo::NONE };
        let what = self.saying.said(self.changed, self.total, self.is_whole);
        Done { act, what, refs: self.refs, effects: self.effects, skipped: self.skipped, remains: self.remains }
    }
}
