//! One act looked at closely: the records that it touched, what it did besides, and the later acts that stand in the
//! way of undoing it, all by names that the user may see (R6.4).

use super::{COMMITS_AT_MOST, Reviewed};
use crate::domain::activity::ActivityKind;
use crate::domain::change::{ActHead, EffectLine};
use crate::domain::graph::Read;
use crate::domain::id::{ActNo, RecordId, Ref};
use crate::domain::merge::successor;
use crate::domain::sight::about;
use crate::rules::Obstacle;
use crate::workspace::find::title;
use crate::workspace::{Failure, Workspace};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Records that are named.
const NAMED_AT_MOST: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closely {
    pub reviewed: Reviewed,
    /// Whom each effect is about, by its place.
    pub concerned: Vec<Option<Touched>>,
    /// The first ones.
    pub touched: Vec<Touched>,
    /// How many more there are.
    pub more: usize,
    pub in_the_way: Vec<Obstacle>,
}

/// A record or activity of an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    pub what: Ref,
    /// Of an activity.
    pub kind: Option<ActivityKind>,
    pub name: String,
    /// Where it can be looked at; nowhere while it is in the bin.
    pub page: Option<RecordId>,
}

impl Workspace {
    /// `None`: there is no such act, or not for this user.
    pub fn closely(&self, no: ActNo) -> Result<Option<Closely>, Failure> {
        let Some(head) = self.store().act(no)? else { return Ok(None) };
        if !self.sees_act(&head)? {
            return Ok(None);
        }
        let (way_back, mut in_the_way) = self.obstacles(&head)?;
        for obstacle in &mut in_the_way {
            let seen = self.store().act(obstacle.act)?.map_or(Ok(false), |head| self.sees_act(&head))?;
            if !seen {
                "Something that you may not see".clone_into(&mut obstacle.what);
            }
        }
        let effects = self.effects_of(&head)?;
        let concerned = |effect: &EffectLine| effect.record.map_or(Ok(None), |of| self.touched(of));
        let concerned = effects.iter().map(concerned).collect::<Read<_>>()?;
        let (touched, more) = self.touched_by(&head)?;
        let broken_off = self.broken_off()?.into_iter().find(|one| one.head.act.no == no);
        let head = self.told_act(head)?;
        let reviewed = Reviewed { head, effects, way_back, broken_off };
        Ok(Some(Closely { reviewed, concerned, touched, more, in_the_way }))
    }

    fn touched_by(&self, head: &ActHead) -> Read<(Vec<Touched>, usize)> {
        let (mut known, mut touched) = (HashSet::new(), Vec::new());
        let mut unseen = 0;
        for seq in (head.first.0..=head.last.0).take(COMMITS_AT_MOST as usize) {
            let ops = self.logged_ops(head, seq)?;
            for of in ops.iter().flat_map(|(op, _)| about(op)) {
                if !known.insert(of) || touched.len() == NAMED_AT_MOST {
                    continue;
                }
                match self.touched(of)? {
                    Some(one) => touched.push(one),
                    None => unseen += 1,
                }
            }
        }
        let all = known.len().max(usize::try_from(head.act.done).unwrap_or(usize::MAX));
        let more = all.saturating_sub(touched.len() + unseen);
        Ok((touched, more))
    }

    /// `None`: it is gone, or not for this user.
    fn touched(&self, what: Ref) -> Read<Option<Touched>> {
        match what {
            Ref::Record(id) => {
                let page = self.store().record(id)?.map(|record| record.id);
                Ok(self.name_of(id)?.map(|name| Touched { what, kind: None, name, page }))
            }
            Ref::Activity(id) => {
                let standing = self.store().activity(id)?;
                let page = match &standing {
                    Some(activity) if self.store().record(activity.logged_on)?.is_none() => {
                        successor(self.store().as_ref(), activity.logged_on)?
                    }
                    standing => standing.as_ref().map(|activity| activity.logged_on),
                };
                let activity = standing.map_or_else(|| self.store().binned_activity(id), |found| Ok(Some(found)))?;
                match activity {
                    Some(activity) if self.sees_activity(&activity)? => {
                        Ok(Some(Touched { what, kind: Some(activity.kind), name: title(&activity), page }))
                    }
                    _ => Ok(None),
                }
            }
        }
    }
}
