//! Long acts that were broken off by a crash, a kill or the user (R7.3): which ones there are, whether they can be
//! continued and if not why, and continuing them. The part that is done later belongs to the same act.

use super::{Failure, Watch, Workspace, import};
use crate::domain::change::{ActHead, Author, Change, Done, Refusal};
use crate::domain::graph::Read;
use crate::domain::id::{ActNo, Ref};
use crate::domain::intent::Intent;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};

/// An act that is neither whole nor set back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenOff {
    /// Who did what when; how many records are done.
    pub head: ActHead,
    /// How many records it would have been; of an import nobody knows.
    pub total: Option<u64>,
    /// `Err`: the sentence says why nobody can go on with it.
    pub way_on: Result<(), String>,
}

impl BrokenOff {
    /// What was erased has no way back.
    pub fn can_be_undone(&self) -> bool {
        !self.head.erased
    }
}

/// Marks an act as going on for as long as it lives.
pub(super) struct Running<'a> {
    workspace: &'a Workspace,
    act: ActNo,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.workspace.running().remove(&self.act);
    }
}

impl Workspace {
    fn running(&self) -> MutexGuard<'_, BTreeSet<ActNo>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn run(&self, act: ActNo) -> Running<'_> {
        self.running().insert(act);
        Running { workspace: self, act }
    }

    /// Acts that the user may see and that were broken off, the last one first.
    pub fn broken_off(&self) -> Result<Vec<BrokenOff>, Failure> {
        let mut found = Vec::new();
        for (no, intent) in self.store().intents()?.into_iter().rev() {
            let Some(head) = self.store().act(no)?.filter(|head| head.undone_by.is_none()) else { continue };
            if self.running().contains(&no) || !self.sees_act(&head)? {
                continue;
            }
            let total = (!matches!(intent, Intent::Import(_) | Intent::Unknown)).then_some(head.act.total);
            let way_on = self.way_on(&head, &intent);
            found.push(BrokenOff { head: self.told_act(head)?, total, way_on });
        }
        Ok(found)
    }

    /// Does the rest of an act that was broken off.
    pub(super) fn resume(&self, act: ActNo, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let refuse = |sentence| Err(Failure::Refused(Refusal::rule(7, 3, sentence)));
        let Some(head) = self.store().act(act)? else {
            return Err(Failure::Refused(Refusal::Missing(format!("There is no act {act}"))));
        };
        if let Some(by) = head.undone_by {
            return refuse(format!("Act {act} is undone, by act {by}. `lejek redo {act}` brings it back first"));
        }
        if self.running().contains(&act) {
            return refuse(format!("Act {act} is going on"));
        }
        let intent = self.store().intents()?.into_iter().find(|(no, _)| *no == act);
        let Some((_, intent)) = intent else {
            return refuse(format!("Act {act} is whole: nothing of it is left to do"));
        };
        if let Err(sentence) = self.way_on(&head, &intent) {
            return refuse(sentence);
        }
        self.carry_out(self.long_act_again(&head, &intent)?, intent, watch)
    }

    fn way_on(&self, head: &ActHead, intent: &Intent) -> Result<(), String> {
        match head.act.by {
            Author::User(by) if by != self.user() => {
                let settings = self.settings();
                let author = settings.user(by).map_or("Somebody else", |user| user.name.as_str());
                return Err(format!("{author} began it: only they can continue it"));
            }
            _ => {}
        }
        match intent {
            Intent::Unknown => Err("What it was made of is not kept, so it can't be continued".to_owned()),
            Intent::Import(import) => import::is_unchanged(import),
            _ => Ok(()),
        }
    }

    /// The change without what somebody took care of meanwhile.
    pub(super) fn still_to_do(&self, change: Change) -> Read<Change> {
        Ok(match change {
            Change::Delete { what } => Change::Delete { what: kept(what, |one| self.stands(one))? },
            Change::Restore { what, without } => {
                Change::Restore { what: kept(what, |one| self.is_binned(one))?, without }
            }
            Change::Erase { what, confirmed } => {
                let what = kept(what, |one| Ok(self.stands(one)? || self.is_binned(one)?))?;
                Change::Erase { what, confirmed }
            }
            // Those that are to get a label as well are looked at again.
            Change::AssociateMany { pairs, labels, replace } if labels.is_empty() => {
                let is_open = |(one, other)| Ok(self.store().link(one, other)?.is_none());
                Change::AssociateMany { pairs: kept(pairs, is_open)?, labels, replace }
            }
            change => change,
        })
    }

    fn stands(&self, one: Ref) -> Read<bool> {
        Ok(match one {
            Ref::Record(id) => self.store().record(id)?.is_some(),
            Ref::Activity(id) => self.store().activity(id)?.is_some(),
        })
    }

    fn is_binned(&self, one: Ref) -> Read<bool> {
        Ok(match one {
            Ref::Record(id) => self.store().binned(id)?.is_some(),
            Ref::Activity(id) => self.store().binned_activity(id)?.is_some(),
        })
    }
}

fn kept<T: Copy>(what: Vec<T>, keep: impl Fn(T) -> Read<bool>) -> Read<Vec<T>> {
    let mut kept = Vec::with_capacity(what.len());
    for one in what {
        if keep(one)? {
            kept.push(one);
        }
    }
    Ok(kept)
}
