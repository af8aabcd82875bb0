//! Keeping: what a store answers, and the two that do. `sled` is the one on disk; `memory` is a plain model of it that
//! tests hold it against. Nothing above this module knows which one it has.

pub mod agenda;
pub mod catalog;
pub mod codec;
pub mod error;
pub mod history;
pub mod log;
pub mod memory;
pub mod notifications;
pub mod read;
pub mod sled;

use crate::domain::activity::Activity;
use crate::domain::agenda::{Planned, Stand};
use crate::domain::answer::{Detail, Page, Row, TimelineFilter, TimelinePage};
use crate::domain::board::{Columns, Piece};
use crate::domain::change::{ActHead, Commit};
use crate::domain::graph::{Graph, Read, Unreadable};
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, Seq, UserId};
use crate::domain::intent::Intent;
use crate::domain::query::Query;
use crate::domain::record::{Binned, BinnedActivity};
use crate::domain::search::{Hits, Search};
use crate::domain::user::Viewer;
use chrono::{DateTime, Utc};
use notifications::Notifications;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::path::Path;

/// The questions of a CRM, and one way to change it. Every call blocks: for worker lanes only.
pub trait Store: Graph + Notifications + Send + Sync {
    /// Rows `from..from + limit` of a list.
    fn page(&self, query: &Query, now: DateTime<Utc>, from: usize, limit: usize) -> Read<Page>;

    /// All records of a list, in its order.
    fn ids(&self, query: &Query, now: DateTime<Utc>) -> Read<Vec<RecordId>>;

    /// Where a record stands in a list.
    fn position(&self, query: &Query, now: DateTime<Utc>, id: RecordId) -> Read<Option<usize>>;

    /// Pieces of the columns of a board: what a query finds, parted by stages, in the order of [`crate::domain::board::ORDER`] where it
    /// asks for that.
    fn columns(&self, query: &Query, pieces: &[Piece], now: DateTime<Utc>) -> Read<Columns>;

    /// The best of all records that a search finds. Those that were viewed lately, the latest first, rise.
    fn search(&self, search: &Search, lately: &[RecordId], viewer: &Viewer, now: DateTime<Utc>) -> Read<Hits>;

    /// Records whose names are almost what a search says, the closest first.
    fn similar_all(&self, search: &Search, viewer: &Viewer, now: DateTime<Utc>) -> Read<Vec<Row>>;

    /// Records that are almost called as a list searches and that pass its filters, the closest first.
    fn similar(&self, query: &Query, now: DateTime<Utc>, limit: usize) -> Read<Vec<Row>>;

    /// A record page; `None` when the record is not there or not for this viewer.
    fn detail(&self, id: RecordId, viewer: &Viewer, now: DateTime<Utc>, limit: usize) -> Read<Option<Detail>>;

    /// Items `from..from + limit` of a record's timeline.
    fn timeline(&self, ask: &TimelineAsk, viewer: &Viewer, now: DateTime<Utc>) -> Read<TimelinePage>;

    /// Shows what is planned of a user, or of nobody, and stands as `from`, from that moment on, the earliest first.
    fn each_planned(
        &self,
        whose: Option<UserId>,
        from: Stand,
        see: &mut dyn FnMut(Planned) -> ControlFlow<()>,
    ) -> Read<()>;

    /// Shows the events that wait for a contact or a company (R4.1), with when they were, in any order.
    fn each_awaited(&self, object: Object, see: &mut dyn FnMut(DateTime<Utc>, ActivityId)) -> Read<()>;

    /// Records that a partner claimed, now or before (R4.4), in the order of ids.
    fn registered(&self) -> Read<Vec<RecordId>>;

    /// Shows what is in the bin, in the order of ids.
    fn each_binned(&self, object: Option<Object>, see: &mut dyn FnMut(Binned)) -> Read<()>;

    /// What is in the bin, the last one first.
    fn bin(&self, object: Option<Object>) -> Read<Vec<Binned>> {
        let mut found = Vec::new();
        self.each_binned(object, &mut |binned| found.push(binned))?;
        found.sort_by_key(|binned| Reverse((binned.at, binned.record.id)));
        Ok(found)
    }

    /// Activities in the bin, the last one first.
    fn binned_activities(&self) -> Read<Vec<BinnedActivity>>;

    fn activity_in_bin(&self, id: ActivityId) -> Read<Option<BinnedActivity>>;

    /// Activities that stand without a record since they were let lose their last one (R3.16), the last one first.
    fn unassociated(&self, viewer: &Viewer) -> Read<Vec<Activity>>;

    /// Whether it is one of those, or was one when it went to the bin.
    fn is_unassociated(&self, id: ActivityId) -> Read<bool>;

    /// Records and activities whose id ends so: 8 hexadecimal digits or more.
    fn ending(&self, digits: &str) -> Read<Vec<Ref>>;

    /// Acts, the last one first.
    fn acts(&self, before: Option<ActNo>, limit: usize) -> Read<Vec<ActHead>>;

    /// What acts that are not whole set out to do, the oldest first.
    fn intents(&self) -> Read<Vec<(ActNo, Intent)>>;

    /// The number of the last commit; 0 before the first.
    fn last_seq(&self) -> Seq;

    /// The number of the last act; 0 before the first.
    fn last_act(&self) -> ActNo;

    /// Whether sort and search are there already; if not, pages come in the order of creation.
    fn is_sorted(&self, object: Object) -> bool;

    /// Looks whether everything stored is whole and agrees; deep: whether every row makes sense as well.
    fn check(&self, deep: bool) -> Read<Checked>;

    /// Writes all of the workspace to `to`, and says how many rows that were.
    fn backup(&self, to: &mut dyn std::io::Write) -> Read<u64>;

    /// What the files hold that is no part of the workspace any more.
    fn traces(&self) -> Read<Traces>;

    /// Where the workspace lies, if anywhere.
    fn folder(&self) -> Option<&Path>;

    /// A number kept under a name, beside the log: what the program itself did last.
    fn mark(&self, name: &str) -> Read<Option<u64>>;

    fn set_mark(&self, name: &str, number: u64) -> Read<()>;

    /// Rewrites the files so that nothing erased and nothing overwritten is left in them, if there is reason to; says
    /// whether there was. When it does not go on, all is as it was.
    fn tidy(&self, goes_on: GoesOn) -> Read<bool>;

    /// After much was written at once: closes the files and opens them again, which the next start would else pay for.
    fn settle(&self) -> Read<()>;

    /// Gets sort and search of an object ready; blocks until they are.
    fn prepare(&self, object: Object, now: DateTime<Utc>) -> Read<()> {
        self.prepare_while(object, now, &|| true)
    }

    /// The same for as long as it `goes_on`, which is asked all the time; else it fails.
    fn prepare_while(&self, object: Object, now: DateTime<Utc>, goes_on: GoesOn) -> Read<()>;

    /// Writes a commit, whole or not at all; it is on the disk when this returns. The same commit twice is once.
    fn apply(&self, commit: &Commit) -> Result<Applied, ApplyError>;
}

/// Asked now and then by what takes long whether to go on.
pub type GoesOn<'a> = &'a (dyn Fn() -> bool + Sync);

/// What a file may still hold beside the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traces {
    None,
    /// More that was overwritten than what is alive.
    Bloated,
    /// Something that was erased (R5.9).
    Erased,
}

/// What a check found; no flaws: all is well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    pub rows: u64,
    /// Each a sentence.
    pub flaws: Vec<String>,
}

/// Which piece of which timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineAsk {
    pub record: RecordId,
    pub filter: TimelineFilter,
    pub from: usize,
    pub limit: usize,
    /// The piece begins with the newest one of what was until then, instead of at `from`.
    pub until: Option<DateTime<Utc>>,
}

impl TimelineAsk {
    /// The first piece of everything.
    pub fn first(record: RecordId, limit: usize) -> TimelineAsk {
        TimelineAsk { record, filter: TimelineFilter::default(), from: 0, limit, until: None }
    }
}

/// A commit that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub seq: Seq,
    /// Records and activities that look different now.
    pub changed: Vec<Ref>,
}

/// A commit that does not stand; nothing of it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("Somebody else changed the record meanwhile. Look at it again and repeat the change.")]
    Conflict(RecordId),
    #[error(transparent)]
    Failed(#[from] Unreadable),
}
