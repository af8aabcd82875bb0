//! Long acts: many commits that share one act, one undo (R7.1), with progress and a way to stop between batches.

mod long;
mod saying;

use super::feed::Flush;
use super::resume::Running;
use super::{BATCH, Failure, Workspace};
use crate::domain::change::{ActHead, Author, Change, Commit, Done, EffectLine, Origin, Refusal, Remains, Verb};
use crate::domain::id::{ActNo, Ids, Ref, Seq};
use crate::domain::intent::Intent;
use crate::domain::moving::Move;
use crate::rules::{self, Asking, Plan};
use saying::Saying;

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
    /// What stands beside it until the act is whole.
    pub intent: Option<Intent>,
}

/// One commit of an act. The ops go from the plan into the commit.
pub(super) fn part(plan: &mut Plan, asking: Asking, ids: &mut dyn Ids, head: Head) -> Commit {
    Commit {
        id: ids.next(),
        act: crate::domain::change::Act {
            no: asking.act,
            by: asking.by,
            at: asking.now,
            origin: asking.origin,
            verb: head.verb,
            what: head.what,
            done: head.done,
            total: head.total,
            finished: head.finished,
        },
        ops: std::mem::take(&mut plan.ops),
        expect: std::mem::take(&mut plan.expect),
        intent: head.intent,
    }
}

/// Neighbours in the store come into the same batch, whatever the list was sorted by: its blocks are read and written
/// once. Measured on 10,000 of 100,000 contacts: a third of the time.
fn in_order_of_rows<T: Ord + Copy>(what: &[T]) -> Vec<T> {
    let mut what = what.to_vec();
    what.sort_unstable();
    what
}

/// An act as it grows, batch by batch.
pub struct LongAct<'a> {
    workspace: &'a Workspace,
    asking: Asking,
    saying: Saying,
    pub verb: Verb,
    pub total: u64,
    pub(super) done: u64,
    /// Those of them that did not refuse.
    changed: u64,
    begun: bool,
    is_whole: bool,
    /// It goes on for as long as something comes, and is whole after each of its commits.
    is_open: bool,
    /// Goes with the next commit.
    intent: Option<Intent>,
    running: Option<Running<'a>>,
    effects: Vec<EffectLine>,
    skipped: Vec<String>,
    refs: Vec<Ref>,
    remains: Option<Remains>,
    /// However it ends, everybody hears of all that it did.
    _flush: Flush<'a>,
}

impl Workspace {
    /// Begins an act of several commits.
    pub fn long_act(&self, origin: Origin, verb: Verb, what: impl Into<String>, total: u64) -> LongAct<'_> {
        LongAct {
            workspace: self,
            asking: self.asking(origin),
            saying: Saying::Plain(what.into()),
            verb,
            total,
            done: 0,
            changed: 0,
            begun: false,
            is_whole: false,
            is_open: false,
            intent: Some(Intent::Unknown),
            running: None,
            effects: Vec::new(),
            skipped: Vec::new(),
            refs: Vec::new(),
            remains: None,
            _flush: Flush(&self.feed),
        }
    }

    /// Begins an act that takes in what comes, without knowing how much that is.
    pub(super) fn open_act(&self, origin: Origin) -> LongAct<'_> {
        LongAct { saying: Saying::Events, is_open: true, ..self.long_act(origin, Verb::Did, "", 0) }
    }

    /// Goes on with an act that was broken off: under its number, for its author.
    pub(super) fn long_act_again(&self, head: &ActHead, intent: &Intent) -> Result<LongAct<'_>, Failure> {
        let act = &head.act;
        let asking = Asking { by: act.by, origin: act.origin, now: self.now(), act: act.no };
        let saying = self.saying(act.verb, &act.what, intent)?;
        let changed = match saying {
            Saying::Counted(_) => Saying::count_in(&act.what).map_or(act.done, |count| count.min(act.done)),
            Saying::Plain(_) | Saying::Whole(_) | Saying::Events => act.done,
        };
        Ok(LongAct {
            asking,
            saying,
            done: act.done,
            changed,
            begun: true,
            intent: None,
            running: Some(self.run(act.no)),
            ..self.long_act(act.origin, act.verb, "", act.total)
        })
    }

    /// Decides and writes a change that may touch many records: in batches, as one act.
    pub fn perform_long(&self, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        match change {
            Change::Delete { what } if what.len() > BATCH => {
                rules::check_leads(self.store.as_ref(), self.asking(origin), what)?;
                self.many(Intent::Delete { what: in_order_of_rows(what) }, what.len(), origin, watch)
            }
            Change::Agreed(agreed) => match agreed.as_ref() {
                Change::Delete { what } if what.len() > BATCH => {
                    self.many(Intent::Delete { what: in_order_of_rows(what) }, what.len(), origin, watch)
                }
                _ => self.perform(change, origin),
            },
            Change::Restore { what, without } if what.len() > BATCH => {
                let intent = Intent::Restore { what: in_order_of_rows(what), without: without.clone() };
                self.many(intent, what.len(), origin, watch)
            }
            Change::Erase { what, confirmed: true } if what.len() > BATCH => {
                self.many(Intent::Erase { what: in_order_of_rows(what) }, what.len(), origin, watch)
            }
            Change::UndoLast if let Some(act) = self.last_own()? => {
                self.perform_long(&Change::Undo { act }, origin, watch)
            }
            Change::RedoLast if let Some(act) = self.last_undone()? => {
                self.perform_long(&Change::Redo { act }, origin, watch)
            }
            Change::SetMany { what, values } if what.len() > BATCH => {
                let intent = Intent::Set { what: in_order_of_rows(what), values: values.clone() };
                self.many(intent, what.len(), origin, watch)
            }
            Change::Tend { what, how } if what.len() > BATCH => {
                self.many(Intent::Tend { what: what.clone(), how: *how }, what.len(), origin, watch)
            }
            Change::DeleteObject { object, confirmed } => self.delete_object(*object, *confirmed, origin, watch),
            Change::AssociateMany { pairs, labels, replace } if pairs.len() > BATCH => {
                let intent = Intent::Associate { pairs: pairs.clone(), labels: labels.clone(), replace: *replace };
                self.many(intent, pairs.len(), origin, watch)
            }
            Change::Move(asked) if asked.what.len() > BATCH => {
                let asked = rules::settled_move(self.store.as_ref(), self.asking(origin), asked)?;
                let count = asked.what.len();
                self.many(Intent::Move(Box::new(asked)), count, origin, watch)
            }
            Change::SyncOwner { existing: true } => self.sync_owner(change, origin, watch),
            Change::SetProperty { .. } | Change::SetPipelines(_) | Change::SetUser { .. } => {
                self.set_of_many(change, origin, watch)
            }
            Change::Resume { act } => self.resume(*act, watch),
            Change::Undo { act } => self.undo(*act, change, origin, watch),
            Change::Redo { act } => match self.store.act(*act)?.and_then(|head| head.undone_by) {
                Some(undo) => self.undo(undo, change, origin, watch),
                None => self.perform(change, origin),
            },
            change => self.perform(change, origin),
        }
    }

    fn many(&self, intent: Intent, count: usize, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let act = self.setting_out(&intent, origin, Verb::Did, count as u64)?;
        self.carry_out(act, intent, watch)
    }

    /// Begins an act that can be gone on with.
    pub(super) fn setting_out(
        &self,
        intent: &Intent,
        origin: Origin,
        verb: Verb,
        total: u64,
    ) -> Result<LongAct<'_>, Failure> {
        let saying = self.saying(verb, "", intent)?;
        let mut act = LongAct { saying, ..self.long_act(origin, verb, "", total) };
        act.set_out(intent.clone());
        Ok(act)
    }

    /// Does what a long act set out to do, from where it is on.
    pub(super) fn carry_out(&self, act: LongAct, intent: Intent, watch: &mut dyn Watch) -> Result<Done, Failure> {
        match intent {
            Intent::Delete { what } => {
                self.in_batches(act, &what, watch, |what| Change::Agreed(Box::new(Change::Delete { what })))
            }
            Intent::Restore { what, without } => {
                self.in_batches(act, &what, watch, |what| Change::Restore { what, without: without.clone() })
            }
            Intent::Erase { what } => {
                self.in_batches(act, &what, watch, |what| Change::Erase { what, confirmed: true })
            }
            Intent::Set { what, values } => {
                self.in_batches(act, &what, watch, |what| Change::SetMany { what, values: values.clone() })
            }
            Intent::Tend { what, how } => self.in_batches(act, &what, watch, |what| Change::Tend { what, how }),
            Intent::SetProperty { object, id, form, instead } => {
                self.change_of_many(act, &Change::SetProperty { object, id, form, instead }, watch)
            }
            Intent::SetPipelines(asked) => self.change_of_many(act, &Change::SetPipelines(asked), watch),
            Intent::SetUser { user, heir } => self.change_of_many(act, &Change::SetUser { user, heir }, watch),
            Intent::Move(asked) => {
                let what = asked.what.clone();
                self.in_batches(act, &what, watch, |what| Change::Move(Box::new(Move { what, ..*asked.clone() })))
            }
            Intent::TakeOwners { what } => self.in_batches(act, &what, watch, |what| Change::TakeOwners { what }),
            Intent::Associate { pairs, labels, replace } => self.in_batches(act, &pairs, watch, |pairs| {
                Change::AssociateMany { pairs, labels: labels.clone(), replace }
            }),
            Intent::SetBack { act: back, next } => self.set_back(act, back, next, watch),
            Intent::Import(import) => super::import::go_on(self, act, &import, watch),
            Intent::DeleteObject { object } => self.empty_object(act, object, watch),
            Intent::Unknown => Ok(act.finish()),
        }
    }

    fn in_batches<T: Clone>(
        &self,
        mut act: LongAct,
        what: &[T],
        watch: &mut dyn Watch,
        change: impl Fn(Vec<T>) -> Change,
    ) -> Result<Done, Failure> {
        let is_again = act.begun;
        let rest = what.get(act.done as usize..).unwrap_or_default();
        let last = rest.len().div_ceil(BATCH);
        for (number, part) in rest.chunks(BATCH).enumerate() {
            if watch.is_cancelled() {
                break;
            }
            let mut batch = change(part.to_vec());
            if is_again {
                batch = self.still_to_do(batch)?;
            }
            let is_last = number + 1 == last;
            match act.add(&batch, part.len() as u64, is_last) {
                // The last batch may hold one record only, which then refuses for the whole of it.
                Err(Failure::Refused(refusal)) if part.len() == 1 && last > 1 => act.leave_out(&refusal, is_last)?,
                added => _ = added?,
            }
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
        let verb = match change {
            Change::Redo { act } => Verb::Redid(*act),
            _ => Verb::Undid(act),
        };
        let intent = Intent::SetBack { act, next: head.last };
        let long = self.setting_out(&intent, origin, verb, head.act.done)?;
        Ok(self.told_done(self.set_back(long, act, head.last, watch)?)?)
    }

    fn set_back(&self, mut long: LongAct, act: ActNo, next: Seq, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let Some(head) = self.store.act(act)? else { return Ok(long.finish()) };
        let commits = head.last.0 - head.first.0 + 1;
        for seq in (head.first.0..=next.0).rev() {
            if watch.is_cancelled() {
                break;
            }
            long.set_out(Intent::SetBack { act, next: Seq(seq - 1) });
            long.add_undo_of(Seq(seq), act, head.act.done / commits, seq == head.first.0)?;
            watch.progress(long.done, long.total);
        }
        Ok(long.finish())
    }

    fn check_undo(&self, head: &ActHead) -> Result<(), Failure> {
        if head.erased || head.undone_by.is_some() {
            let sentence = format!("Act {} can't be undone: it is undone already, or erased", head.act.no);
            return Err(Failure::Refused(Refusal::rule(7, 1, sentence)));
        }
        let (in_the_way, sentences) = rules::obstacles(self.store.as_ref(), head, Author::User(self.user))?;
        if sentences.is_empty() {
            return Ok(());
        }
        let named: Vec<String> = in_the_way.iter().take(3).map(|o| format!("act {} ({})", o.act, o.what)).collect();
        let sentence = format!("{}. In the way: {}. Undo that first", sentences.join(". "), named.join(", "));
        Err(Failure::Refused(Refusal::rule(7, 1, sentence)))
    }
}
