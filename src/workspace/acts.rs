//! Long acts: many commits that share one act, one undo (R7.1), with progress and a way to stop between batches.

use super::feed::Flush;
use super::{BATCH, Failure, Workspace};
use crate::domain::change::{ActHead, Change, Commit, Done, EffectLine, Origin, Refusal, Verb};
use crate::domain::graph::Graph;
use crate::domain::id::{ActNo, Ids, Ref, Seq};
use crate::rules::{self, Asking, Plan};
use std::sync::Arc;

/// Who watches a long act: told how far it is, asked whether to stop.
pub trait Watch {
    fn progress(&mut self, done: u64, total: u64);
    fn is_cancelled(&self) -> bool;
}

/// Nobody watches.
impl Watch for () {
    fn progress(&mut self, _: u64, _: u64) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// What the head row of an act says with one of its commits.
pub(super) struct Head {
    pub verb: Verb,
    pub what: String,
    pub done: u64,
    pub total: u64,
    pub finished: bool,
}

/// One commit of an act. The ops go from the plan into the commit.
pub(super) fn part(plan: &mut Plan, asking: Asking, ids: &mut dyn Ids, head: &Head) -> Commit {
    Commit {
        id: ids.next(),
        act: crate::domain::change::Act {
            no: asking.act,
            by: asking.by,
            at: asking.now,
            origin: asking.origin,
            verb: head.verb,
            what: head.what.clone(),
            done: head.done,
            total: head.total,
            finished: head.finished,
        },
        ops: std::mem::take(&mut plan.ops),
        expect: std::mem::take(&mut plan.expect),
    }
}

/// An act as it grows, batch by batch.
pub struct LongAct<'a> {
    workspace: &'a Workspace,
    asking: Asking,
    pub what: String,
    pub verb: Verb,
    pub total: u64,
    done: u64,
    begun: bool,
    effects: Vec<EffectLine>,
    skipped: Vec<String>,
    refs: Vec<Ref>,
    /// However it ends, everybody hears of all that it did.
    _flush: Flush<'a>,
}

/// Records after which the store is settled.
const MUCH: u64 = 20_000;
/// Effects and refs that an answer names; of a long act the first ones are enough.
const NAMED_AT_MOST: usize = 10_000;

impl Workspace {
    /// Begins an act of several commits.
    pub fn long_act(&self, origin: Origin, verb: Verb, what: impl Into<String>, total: u64) -> LongAct<'_> {
        LongAct {
            workspace: self,
            asking: self.asking(origin),
            what: what.into(),
            verb,
            total,
            done: 0,
            begun: false,
            effects: Vec::new(),
            skipped: Vec::new(),
            refs: Vec::new(),
            _flush: Flush(&self.feed),
        }
    }

    /// Decides and writes a change that may touch many records: in batches, as one act.
    pub fn perform_long(&self, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        match change {
            Change::Delete { what } if what.len() > BATCH => {
                self.in_batches(what, origin, watch, "Deleted", |part| Change::Delete { what: part.to_vec() })
            }
            Change::Restore { what, without } if what.len() > BATCH => {
                self.in_batches(what, origin, watch, "Restored", |part| Change::Restore {
                    what: part.to_vec(),
                    without: without.clone(),
                })
            }
            Change::Erase { what, confirmed: true } if what.len() > BATCH => {
                self.in_batches(what, origin, watch, "Erased", |part| Change::Erase {
                    what: part.to_vec(),
                    confirmed: true,
                })
            }
            Change::Undo { act } => self.undo(*act, change, origin, watch),
            Change::Redo { act } => match self.store.act(*act)?.and_then(|head| head.undone_by) {
                Some(undo) => self.undo(undo, change, origin, watch),
                None => self.perform(change, origin),
            },
            change => self.perform(change, origin),
        }
    }

    fn in_batches(
        &self,
        what: &[Ref],
        origin: Origin,
        watch: &mut dyn Watch,
        verb: &str,
        change: impl Fn(&[Ref]) -> Change,
    ) -> Result<Done, Failure> {
        let mut act = self.long_act(origin, Verb::Did, format!("{verb} {} records", what.len()), what.len() as u64);
        let last = what.len().div_ceil(BATCH);
        for (number, part) in what.chunks(BATCH).enumerate() {
            if watch.is_cancelled() {
                break;
            }
            act.add(&change(part), part.len() as u64, number + 1 == last)?;
            watch.progress(act.done, act.total);
        }
        Ok(act.finish())
    }

    /// An act of few commits is set back in one; a long one commit by commit, the last one first.
    fn undo(&self, act: ActNo, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let head = match self.store.act(act)? {
            Some(head) if head.last.0 - head.first.0 >= 8 => head,
            _ => return self.perform(change, origin),
        };
        self.check_undo(&head)?;
        let (verb, said) = match change {
            Change::Redo { act } => (Verb::Redid(*act), "Redid"),
            _ => (Verb::Undid(act), "Undid"),
        };
        let what = format!("{said}: {}", head.act.what.trim_start_matches("Undid: "));
        let mut long = self.long_act(origin, verb, what, head.act.done);
        let commits = head.last.0 - head.first.0 + 1;
        for (place, seq) in (head.first.0..=head.last.0).rev().enumerate() {
            if watch.is_cancelled() {
                break;
            }
            long.add_undo_of(Seq(seq), act, head.act.done / commits, place as u64 + 1 == commits)?;
            watch.progress(long.done, long.total);
        }
        Ok(long.finish())
    }

    fn check_undo(&self, head: &ActHead) -> Result<(), Failure> {
        if head.erased || head.undone_by.is_some() {
            let sentence = format!("Act {} can't be undone: it is undone already, or erased", head.act.no);
            return Err(Failure::Refused(Refusal::rule(7, 1, sentence)));
        }
        let (in_the_way, sentences) = rules::obstacles(self.store.as_ref(), head)?;
        if sentences.is_empty() {
            return Ok(());
        }
        let named: Vec<String> = in_the_way.iter().take(3).map(|o| format!("act {} ({})", o.act, o.what)).collect();
        let sentence = format!("{}. In the way: {}. Undo that first", sentences.join(". "), named.join(", "));
        Err(Failure::Refused(Refusal::rule(7, 1, sentence)))
    }
}

impl LongAct<'_> {
    pub fn number(&self) -> ActNo {
        self.asking.act
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
        self.follow(&mut |asking, ids| Ok(rules::plan(change, graph, asking, ids)?), ids.as_mut(), records, last)
    }

    /// Plans one batch without writing it, for dry runs.
    pub fn only_plan(&self, change: &Change, graph: &dyn Graph) -> Result<Plan, Failure> {
        self.workspace.with_ids(|ids| Ok(rules::plan(change, graph, self.asking, ids)?))
    }

    /// Whether anything was written.
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    /// Marks the act as whole, or leaves it open when it was stopped half way (R7.3).
    pub fn close(&mut self, stopped: bool) -> Result<(), Failure> {
        if !self.begun || stopped {
            return Ok(());
        }
        self.total = self.done;
        let empty = Change::Seed { ops: Vec::new() };
        let store = Arc::clone(&self.workspace.store);
        self.add_reading(&empty, store.as_ref(), 0, true)?;
        if self.done >= MUCH {
            store.settle()?;
        }
        Ok(())
    }

    fn add_undo_of(&mut self, seq: Seq, act: ActNo, records: u64, last: bool) -> Result<Plan, Failure> {
        let mut ids = self.workspace.ids.lock();
        let (store, verb) = (Arc::clone(&self.workspace.store), self.verb);
        let plan = &mut |asking, _: &mut dyn Ids| Ok(rules::plan_undo_of(seq, act, verb, store.as_ref(), asking)?);
        self.follow(plan, ids.as_mut(), records, last)
    }

    /// Between two batches somebody else may have acted: this act then keeps its number, theirs came in between.
    fn follow(
        &mut self,
        plan: &mut dyn FnMut(Asking, &mut dyn Ids) -> Result<Plan, Failure>,
        ids: &mut dyn Ids,
        records: u64,
        last: bool,
    ) -> Result<Plan, Failure> {
        if !self.begun {
            self.asking.act = ActNo(self.workspace.store.last_act().0 + 1);
        }
        let mut plan = plan(self.asking, ids)?;
        self.done += records;
        let head =
            Head { verb: self.verb, what: self.what.clone(), done: self.done, total: self.total, finished: last };
        let room = NAMED_AT_MOST.saturating_sub(self.effects.len());
        self.effects.extend(plan.effects().into_iter().take(room));
        let room = NAMED_AT_MOST.saturating_sub(self.refs.len());
        self.refs.extend(plan.refs.iter().take(room));
        if !plan.ops.is_empty() || (last && self.begun) {
            self.workspace.apply(&part(&mut plan, self.asking, ids, &head))?;
            self.begun = true;
        }
        self.skipped.extend(plan.skipped.iter().cloned());
        Ok(plan)
    }

    /// Ends the act where it is, whole or stopped half way, and answers what was done.
    pub fn finish(self) -> Done {
        let act = if self.begun { self.asking.act } else { ActNo::NONE };
        Done { act, what: self.what, refs: self.refs, effects: self.effects, skipped: self.skipped }
    }
}
