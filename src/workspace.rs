//! One open CRM: a store, the user who acts, a clock. `perform` decides and writes, `ask` answers; both block and
//! belong on a lane. [`lanes::Lanes`] runs them beside the thread that draws. What an interface works on is a
//! [`window::Window`]: this workspace, or over the `socket` the one of the process that holds the folder.

pub mod aiming;
pub mod backup;
pub mod bin;
mod candidates;
pub mod clock;
pub mod events;
pub mod export;
pub mod feed;
pub mod fill;
pub mod find;
pub mod folder;
pub mod import;
pub mod lanes;
pub mod merge;
pub mod open;
pub mod pairs;
pub mod permit;
pub mod request;
pub mod resume;
pub mod review;
mod sight;
pub mod socket;
pub mod targets;
pub mod upkeep;
pub mod viewed;
pub mod why;
pub mod window;

mod acts;
mod many;
mod notifications;
mod turn;

use crate::domain::change::{Author, Change, Commit, Done, Op, Origin, Refusal};
use crate::domain::graph::Unreadable;
use crate::domain::id::{ActNo, Ids, UserId};
use crate::domain::logging::{Aims, Logging};
use crate::domain::settings::Settings;
use crate::domain::user::{User, Viewer};
use crate::rules::{self, Asking, NoPlan, Plan};
use crate::store::{ApplyError, Checked, Store};
use chrono::{DateTime, Utc};
use clock::Clock;
use feed::{Difference, Feed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use turn::Turn;

pub use acts::Watch;
pub use notifications::{ChannelStand, Delivered, Deliverer, Waiting, terminal_notice};

/// Records that one commit of a long act changes at most (R7.1).
pub const BATCH: usize = 200;

/// An open workspace. Shared by lanes; changes are made one at a time.
pub struct Workspace {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// Also the right to write. All who act in this process share it.
    ids: Arc<Turn<Box<dyn Ids>>>,
    feed: Arc<Feed>,
    user: UserId,
    viewed: viewed::Viewed,
    /// Long acts that are going on.
    running: Arc<Mutex<BTreeSet<ActNo>>>,
    /// What a look through the bin found last.
    looked: Arc<Mutex<Option<bin::Looked>>>,
    /// Notifications that somebody is delivering.
    claims: notifications::Claims,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum Failure {
    #[error("{0}")]
    Refused(Refusal),
    /// Something that was named does not exist at all, such as a property.
    #[error("{0}")]
    Usage(String),
    /// Disk or damage; the sentence says what to do.
    #[error("{0}")]
    Failed(String),
}

impl From<NoPlan> for Failure {
    fn from(no: NoPlan) -> Self {
        match no {
            NoPlan::Refused(refusal) => Failure::Refused(refusal),
            NoPlan::Unreadable(unreadable) => Failure::Failed(unreadable.to_string()),
        }
    }
}

impl From<Unreadable> for Failure {
    fn from(unreadable: Unreadable) -> Self {
        Failure::Failed(unreadable.to_string())
    }
}

impl From<ApplyError> for Failure {
    fn from(error: ApplyError) -> Self {
        Failure::Failed(error.to_string())
    }
}

impl Workspace {
    /// A workspace whose acting user is known.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, ids: Box<dyn Ids>, user: UserId) -> Workspace {
        let (ids, feed, running) = (Arc::new(Turn::new(ids)), Arc::default(), Arc::default());
        let (looked, claims) = (Arc::default(), notifications::Claims::default());
        Workspace { store, clock, ids, feed, user, viewed: viewed::Viewed::default(), running, looked, claims }
    }

    /// A workspace that is made now: `first` becomes its first user and Super Admin (R6.3).
    pub fn found(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        ids: Box<dyn Ids>,
        first: User,
        origin: Origin,
    ) -> Result<Workspace, Failure> {
        let workspace = Workspace::new(store, clock, ids, first.id);
        let user = Box::new(User { super_admin: true, ..first });
        workspace.perform(&Change::AddUser { user }, origin)?;
        workspace.begin_telling()?;
        Ok(workspace)
    }

    /// The same workspace with another user who acts.
    #[must_use]
    pub fn acting_as(&self, user: UserId) -> Workspace {
        Workspace {
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
            feed: Arc::clone(&self.feed),
            user,
            viewed: self.viewed.clone(),
            running: Arc::clone(&self.running),
            looked: Arc::clone(&self.looked),
            claims: Arc::clone(&self.claims),
        }
    }

    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    pub fn settings(&self) -> Arc<Settings> {
        self.store.settings()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn viewer(&self) -> Viewer {
        self.settings().viewer(self.user)
    }

    /// A new id, for records whose id must be known before they are made.
    pub fn with_ids<T>(&self, use_ids: impl FnOnce(&mut dyn Ids) -> T) -> T {
        let mut ids = self.ids.lock();
        use_ids(ids.as_mut())
    }

    /// Decides a change and writes it; durable when this returns. Long ones go through [`Workspace::perform_long`].
    pub fn perform(&self, change: &Change, origin: Origin) -> Result<Done, Failure> {
        if let Change::Undo { act } = change {
            review::check_undo(*act)?;
        }
        let mut ids = self.ids.lock();
        let asking = self.asking(origin);
        // Between reading and writing nobody else writes, so a conflict can only come from another program.
        let mut plan = rules::plan(change, self.store.as_ref(), asking, ids.as_mut())?;
        if plan.ops.is_empty() {
            return Ok(plan.done(ActNo::NONE));
        }
        let mut done = plan.done(asking.act);
        let commit = commit(&mut plan, asking, ids.as_mut());
        self.apply(&commit)?;
        done.remains = self.remains(&commit.ops);
        match change {
            Change::Undo { .. } | Change::Redo { .. } => Ok(self.told_done(done)?),
            _ => Ok(done),
        }
    }

    /// Where logging an activity would put it, and why (R3.14).
    pub fn aims(&self, logging: &Logging) -> Result<Aims, Failure> {
        Ok(rules::aims(self.store.as_ref(), self.asking(Origin::CommandLine), logging)?)
    }

    /// Writes a commit and tells everybody who listens.
    fn apply(&self, commit: &Commit) -> Result<(), ApplyError> {
        self.apply_of_many(commit, !commit.act.finished)
    }

    /// The same of a commit that others are to follow: those who listen hear of them together.
    fn apply_of_many(&self, commit: &Commit, more_to_come: bool) -> Result<(), ApplyError> {
        let applied = self.store.apply(commit)?;
        if upkeep::erases(&commit.ops) {
            self.store.set_mark(upkeep::ERASED, commit.act.at.timestamp().unsigned_abs())?;
        }
        let told = commit.ops.iter().filter_map(|(op, _)| match op {
            Op::Notify(one) | Op::Withdraw(one) => Some(one.to),
            _ => None,
        });
        self.feed.tell(Difference { changed: applied.changed, told: told.collect() }, more_to_come);
        Ok(())
    }

    /// Who wants to know what changes.
    pub fn feed(&self) -> &Arc<Feed> {
        &self.feed
    }

    /// Looks whether everything stored is whole and agrees, while nobody writes.
    pub fn check(&self, deep: bool) -> Result<Checked, Failure> {
        let _turn = self.ids.lock();
        Ok(self.store.check(deep)?)
    }

    fn asking(&self, origin: Origin) -> Asking {
        let act = ActNo(self.store.last_act().0 + 1);
        Asking { by: Author::User(self.user), origin, now: self.clock.now(), act }
    }
}

/// The commit of a plan that is an act of its own.
fn commit(plan: &mut Plan, asking: Asking, ids: &mut dyn Ids) -> Commit {
    let total = plan.refs.len() as u64;
    let head =
        acts::Head { verb: plan.verb, what: plan.what.clone(), done: total, total, finished: true, intent: None };
    acts::part(plan, asking, ids, head)
}
