//! The list of acts in pieces: from either end, onwards from an act, or around one, with only those that the user may
//! see (R6.4) and that hold the words of a search.

use crate::domain::change::{ActHead, Author};
use crate::domain::fold::{fold, words};
use crate::domain::graph::Read;
use crate::domain::id::ActNo;
use crate::domain::settings::Settings;
use crate::workspace::{Failure, Workspace};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Acts that are read at once.
const PAGE: u64 = 100;
/// Acts that one question looks at, be there hits or not, so that a search through a million answers soon.
const LOOKED_AT_MOST: u64 = 20_000;

/// Which piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActsAsk {
    pub anchor: Anchor,
    pub limit: usize,
    /// In what was done and by whom.
    pub search: String,
}

/// What a piece is anchored to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    Newest,
    Oldest,
    /// Those before it.
    Before(ActNo),
    /// Those after it.
    After(ActNo),
    /// It, and half of the limit on each side.
    Around(ActNo),
}

/// A piece, the last act first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActsPage {
    pub heads: Vec<ActHead>,
    /// The numbers that were looked at; what lies outside may hold more.
    pub looked: RangeInclusive<u64>,
    /// The number of the last act of all.
    pub last: u64,
}

impl Workspace {
    /// A piece of the list of acts.
    pub fn acts(&self, ask: &ActsAsk) -> Result<ActsPage, Failure> {
        let last = self.store().last_act().0;
        let search = Search { workspace: self, settings: self.settings(), words: words(&ask.search), last };
        let (heads, looked) = match ask.anchor {
            Anchor::Newest => search.down(last + 1, ask.limit)?,
            Anchor::Before(ActNo(no)) => search.down(no, ask.limit)?,
            Anchor::Oldest => search.up(0, ask.limit)?,
            Anchor::After(ActNo(no)) => search.up(no, ask.limit)?,
            Anchor::Around(ActNo(no)) => {
                let half = ask.limit.div_ceil(2).max(1);
                let (mut heads, above) = search.up(no, half)?;
                let (below, looked) = search.down(no + 1, half)?;
                heads.extend(below);
                (heads, *looked.start()..=*above.end())
            }
        };
        Ok(ActsPage { heads, looked, last })
    }
}

/// Heads, the last one first, and the numbers that were looked at for them.
type Found = (Vec<ActHead>, RangeInclusive<u64>);

struct Search<'a> {
    workspace: &'a Workspace,
    settings: Arc<Settings>,
    words: Vec<String>,
    last: u64,
}

impl Search<'_> {
    fn down(&self, before: u64, limit: usize) -> Result<Found, Failure> {
        let (mut heads, mut low) = (Vec::new(), before);
        while low > 1 && heads.len() < limit && before - low < LOOKED_AT_MOST {
            let read = self.workspace.store().acts(Some(ActNo(low)), PAGE as usize)?;
            if read.is_empty() {
                low = 1;
            }
            for head in read {
                if heads.len() == limit {
                    break;
                }
                low = head.act.no.0;
                heads.extend(self.fitting(head)?);
            }
        }
        Ok((heads, low..=before.saturating_sub(1)))
    }

    fn up(&self, after: u64, limit: usize) -> Result<Found, Failure> {
        let (mut heads, mut high) = (Vec::new(), after);
        while high < self.last && heads.len() < limit && high - after < LOOKED_AT_MOST {
            let to = (high + PAGE).min(self.last);
            let read = self.workspace.store().acts(Some(ActNo(to + 1)), (to - high) as usize)?;
            for head in read.into_iter().rev().filter(|head| head.act.no.0 > after) {
                if heads.len() == limit {
                    break;
                }
                high = head.act.no.0;
                heads.extend(self.fitting(head)?);
            }
            if heads.len() < limit {
                high = to;
            }
        }
        heads.reverse();
        Ok((heads, after + 1..=high))
    }

    /// As the user may know of it; a search looks through no more than that.
    fn fitting(&self, head: ActHead) -> Read<Option<ActHead>> {
        if !self.is_hit(&head) || !self.workspace.sees_act(&head)? {
            return Ok(None);
        }
        let head = self.workspace.told_act(head)?;
        Ok(Some(head).filter(|head| self.is_hit(head)))
    }

    fn is_hit(&self, head: &ActHead) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let who = match head.act.by {
            Author::User(id) => self.settings.user(id).map_or("", |user| user.name.as_str()),
            Author::Program => "lejek",
        };
        let text = fold(&format!("{} {who}", head.act.what));
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}
