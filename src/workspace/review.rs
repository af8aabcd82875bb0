//! Acts as a list of acts shows them (R7.2): what each did besides, whether it can be undone and if not why; and which
//! one `undo` and `redo` mean when none is named.

mod closely;
mod pieces;

use super::resume::BrokenOff;
use super::{Failure, Workspace};
use crate::domain::change::{ActHead, Author, EffectLine, Reason, Refusal, Verb};
use crate::domain::graph::{LoggedOp, Read};
use crate::domain::id::{ActNo, Ref, Seq};
use crate::domain::sight::{about, what_of};
use crate::domain::user::Sight;
use crate::rules::{self, Obstacle};
use serde::{Deserialize, Serialize};

pub use closely::{Closely, Touched};
pub use pieces::{ActsAsk, ActsPage, Anchor};

/// The act that made the workspace and its first user; nothing is left when that is undone.
pub const FOUNDING: ActNo = ActNo(1);

/// Effects that are read per act.
const EFFECTS_AT_MOST: usize = 100;
/// Acts of more commits are not looked through until somebody wants to undo them.
const COMMITS_AT_MOST: u64 = 50;
const PAGE: usize = 100;

/// An act with what a reader wants to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    pub head: ActHead,
    /// The first ones; `head.effects` counts all.
    pub effects: Vec<EffectLine>,
    pub way_back: WayBack,
    pub broken_off: Option<BrokenOff>,
}

/// Whether an act can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WayBack {
    Open,
    /// The sentence says why not.
    Closed(String),
    /// So many commits that it is found out when somebody wants it.
    Long,
}

impl Workspace {
    /// Acts that the user may see, the last one first.
    pub fn review(&self, limit: usize) -> Result<Vec<Reviewed>, Failure> {
        let (mut reviewed, mut before) = (Vec::new(), None);
        let broken_off = self.broken_off()?;
        while reviewed.len() < limit {
            let heads = self.store().acts(before, PAGE)?;
            let Some(last) = heads.last() else { break };
            before = Some(last.act.no);
            for head in heads {
                if reviewed.len() < limit && self.sees_act(&head)? {
                    let head = self.told_act(head)?;
                    let (effects, way_back) = (self.effects_of(&head)?, self.way_back(&head)?);
                    let broken_off = broken_off.iter().find(|one| one.head.act.no == head.act.no).cloned();
                    reviewed.push(Reviewed { head, effects, way_back, broken_off });
                }
            }
        }
        Ok(reviewed)
    }

    /// The user's own last act that is not undone. Undoing and redoing are passed over, so that the next one is the one
    /// before.
    pub fn last_own(&self) -> Result<Option<ActNo>, Failure> {
        self.newest(|head| {
            let is_own = head.act.by == Author::User(self.user()) && head.act.no != FOUNDING;
            Ok((is_own && head.act.verb == Verb::Did && head.undone_by.is_none()).then_some(head.act.no))
        })
    }

    /// The act that the user undid last and that still is undone.
    pub fn last_undone(&self) -> Result<Option<ActNo>, Failure> {
        self.newest(|head| {
            let Verb::Undid(undone) = head.act.verb else { return Ok(None) };
            let still = self.store().act(undone)?.is_some_and(|act| act.undone_by == Some(head.act.no));
            Ok((still && head.act.by == Author::User(self.user())).then_some(undone))
        })
    }

    fn newest(&self, pick: impl Fn(&ActHead) -> Read<Option<ActNo>>) -> Result<Option<ActNo>, Failure> {
        let mut before = None;
        loop {
            let heads = self.store().acts(before, PAGE)?;
            let Some(last) = heads.last() else { return Ok(None) };
            before = Some(last.act.no);
            for head in &heads {
                if let Some(found) = pick(head)? {
                    return Ok(Some(found));
                }
            }
        }
    }

    fn logged_ops(&self, head: &ActHead, seq: u64) -> Read<Vec<(LoggedOp, Reason)>> {
        let logged = self.store().logged(Seq(seq))?.filter(|logged| logged.act == head.act.no);
        Ok(logged.map(|logged| logged.ops).unwrap_or_default())
    }

    fn effects_of(&self, head: &ActHead) -> Read<Vec<EffectLine>> {
        let mut effects = Vec::new();
        let wanted = EFFECTS_AT_MOST.min(head.effects as usize);
        for seq in head.first.0..=head.last.0 {
            if effects.len() >= wanted {
                break;
            }
            let ruled = self.logged_ops(head, seq)?.into_iter().filter_map(|(op, why)| match why {
                Reason::Asked => None,
                Reason::Rule(rule, what) => Some(EffectLine { rule, record: about(&op).first().copied(), what }),
            });
            effects.extend(ruled.take(wanted - effects.len()));
        }
        Ok(effects)
    }

    fn way_back(&self, head: &ActHead) -> Read<WayBack> {
        let (way_back, in_the_way) = self.obstacles(head)?;
        let later: Vec<String> = in_the_way.iter().take(3).map(|one| format!("act {}", one.act)).collect();
        Ok(match way_back {
            WayBack::Closed(why) if !later.is_empty() => {
                WayBack::Closed(format!("{why}. In the way: {}", later.join(", ")))
            }
            way_back => way_back,
        })
    }

    /// The same, with the later acts beside the sentence.
    fn obstacles(&self, head: &ActHead) -> Read<(WayBack, Vec<Obstacle>)> {
        let closed = |why: String| Ok((WayBack::Closed(why), Vec::new()));
        if head.act.no == FOUNDING {
            return closed("It made the workspace".to_owned());
        }
        if head.erased {
            return closed("What was erased can't be brought back".to_owned());
        }
        if let Some(by) = head.undone_by {
            return closed(format!("It is undone already, by act {by}"));
        }
        if head.last.0 - head.first.0 > COMMITS_AT_MOST {
            return Ok((WayBack::Long, Vec::new()));
        }
        let (in_the_way, sentences) = rules::obstacles(self.store().as_ref(), head, Author::User(self.user()))?;
        let way_back = if sentences.is_empty() { WayBack::Open } else { WayBack::Closed(sentences.join(". ")) };
        Ok((way_back, in_the_way))
    }

    /// As the user may know of it (R6.4).
    pub(super) fn told_act(&self, mut head: ActHead) -> Read<ActHead> {
        head.act.what = what_of(self.store().as_ref(), &self.viewer(), &head)?;
        Ok(head)
    }

    /// An act of somebody else is shown when it is about nothing hidden, or about something that is seen (R6.4).
    pub(super) fn sees_act(&self, head: &ActHead) -> Read<bool> {
        let (viewer, settings) = (self.viewer(), self.settings());
        let sees_all = settings.objects_ever().all(|spec| *viewer.sight(spec.object) == Sight::All);
        if sees_all || head.act.by == Author::User(self.user()) {
            return Ok(true);
        }
        let mut is_about_none = true;
        for (op, _) in self.logged_ops(head, head.first.0)? {
            for of in about(&op) {
                is_about_none = false;
                let seen = match of {
                    Ref::Record(id) => self.name_of(id)?.is_some(),
                    Ref::Activity(id) => match self.store().activity(id)? {
                        Some(activity) => self.sees_activity(&activity)?,
                        None => false,
                    },
                };
                if seen {
                    return Ok(true);
                }
            }
        }
        Ok(is_about_none)
    }
}

/// Refuses to undo what made the workspace.
pub fn check_undo(act: ActNo) -> Result<(), Failure> {
    if act == FOUNDING {
        let sentence = "Act 1 made the workspace and its first user; it can't be undone";
        return Err(Failure::Refused(Refusal::rule(7, 1, sentence)));
    }
    Ok(())
}
