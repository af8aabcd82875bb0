//! The workspace of another process, as an interface here works on it: questions and changes go over the socket, each
//! on a connection of its own while it is under way.

use super::wire::{Broken, End, Wire};
use super::{Call, Heard, ReachError, Said, connect, lives};
use crate::domain::change::{Change, Done};
use crate::domain::id::{Object, UserId};
use crate::domain::settings::Settings;
use crate::workspace::export::ExportFile;
use crate::workspace::import::{ImportAsk, Imported};
use crate::workspace::request::{Reply, Request};
use crate::workspace::{Failure, Watch};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// An entered workspace. Dropping it hangs up.
pub struct Far {
    folder: PathBuf,
    patience: Duration,
    user: UserId,
    settings: Mutex<Arc<Settings>>,
    /// Connections on which nothing is under way.
    idle: Mutex<Vec<Wire>>,
    /// Those on which something is only asked.
    asking: Mutex<Asking>,
    following: Mutex<Option<End>>,
}

#[derive(Default)]
struct Asking {
    next: u64,
    ends: BTreeMap<u64, End>,
    /// Nobody waits for answers any more.
    is_over: bool,
}

/// Why one could not enter.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    #[error(transparent)]
    Unreached(#[from] ReachError),
    #[error(transparent)]
    Refused(#[from] Failure),
}

/// A call that came to nothing.
#[derive(Debug)]
pub enum Lost {
    /// Nobody heard it, so it may be asked again elsewhere.
    Unheard,
    /// What became of it is not known, or nobody says.
    Unanswered(ReachError),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Far {
    /// Enters as the user of that e-mail; without one, as the first user.
    pub fn enter(folder: &Path, email: Option<&str>, patience: Duration) -> Result<Far, EnterError> {
        let mut wire = connect(folder, patience)?;
        let unserved = |_| ReachError::unserved(folder);
        wire.send(&Call::Enter { email: email.map(str::to_owned) }).map_err(unserved)?;
        let mut entered = None;
        loop {
            match wire.receive(&|| lives(folder, patience)).map_err(unserved)? {
                Said::Entered(user) => entered = Some(user),
                Said::Reply(Reply::Failed(failure)) => return Err(failure.into()),
                Said::Reply(Reply::Settings(settings)) => {
                    let user = entered.ok_or(Broken::Gone).map_err(unserved)?;
                    let (folder, idle) = (folder.to_owned(), Mutex::new(vec![wire]));
                    let (settings, asking, following) = (Mutex::new(settings), Mutex::default(), Mutex::default());
                    return Ok(Far { folder, patience, user, settings, idle, asking, following });
                }
                _ => return Err(unserved(Broken::Gone).into()),
            }
        }
    }

    /// The same with another user who acts.
    #[must_use]
    pub fn acting_as(mut self, user: UserId) -> Far {
        self.user = user;
        self
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// As they were told last.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&lock(&self.settings))
    }

    pub fn ask(&self, request: &Request) -> Result<Reply, Lost> {
        let request = request.clone();
        self.call_again(&Call::Ask { user: self.user, request }, &mut ())
    }

    pub fn prepare(&self, object: Object) -> Result<Reply, Lost> {
        self.call_again(&Call::Prepare(object), &mut ())
    }

    pub fn export(&self, asked: &ExportFile, watch: &mut dyn Watch) -> Result<Reply, Lost> {
        self.call_again(&Call::Export { user: self.user, asked: Box::new(asked.clone()) }, watch)
    }

    pub fn perform(&self, change: &Change, watch: &mut dyn Watch) -> Result<Result<Done, Failure>, Lost> {
        match self.call(&Call::Perform { user: self.user, change: change.clone() }, watch)? {
            Reply::Done(done) => Ok(Ok(done)),
            Reply::Failed(failure) => Ok(Err(failure)),
            _ => Err(Lost::Unanswered(self.broken(Broken::Gone))),
        }
    }

    pub fn import(&self, ask: &ImportAsk, watch: &mut dyn Watch) -> Result<Result<Imported, Failure>, Lost> {
        match self.call(&Call::Import { user: self.user, ask: Box::new(ask.clone()) }, watch)? {
            Reply::Imported(imported) => Ok(Ok(*imported)),
            Reply::Failed(failure) => Ok(Err(failure)),
            _ => Err(Lost::Unanswered(self.broken(Broken::Gone))),
        }
    }

    fn broken(&self, broken: Broken) -> ReachError {
        ReachError::broken(&self.folder, broken)
    }

    /// A call that changes nothing: it may be made again elsewhere, and nobody need wait for it.
    fn call_again(&self, call: &Call, watch: &mut dyn Watch) -> Result<Reply, Lost> {
        let wire = self.wire()?;
        let end = wire.end().map_err(|_| Lost::Unheard)?;
        let mut asking = lock(&self.asking);
        if asking.is_over {
            return Err(Lost::Unheard);
        }
        asking.next += 1;
        let number = asking.next;
        asking.ends.insert(number, end);
        drop(asking);
        let reply = self.call_on(wire, call, watch);
        lock(&self.asking).ends.remove(&number);
        reply.map_err(|lost| match lost {
            Lost::Unanswered(ReachError::Ended { .. }) => Lost::Unheard,
            lost => lost,
        })
    }

    /// Hangs up on whatever is only asked.
    pub fn stop_asking(&self) {
        let mut asking = lock(&self.asking);
        asking.is_over = true;
        asking.ends.values().for_each(End::hang_up);
    }

    fn call(&self, call: &Call, watch: &mut dyn Watch) -> Result<Reply, Lost> {
        self.call_on(self.wire()?, call, watch)
    }

    fn call_on(&self, mut wire: Wire, call: &Call, watch: &mut dyn Watch) -> Result<Reply, Lost> {
        match wire.send(call) {
            Ok(()) => {}
            Err(Broken::TooLarge) => return Err(Lost::Unanswered(self.broken(Broken::TooLarge))),
            Err(_) => return Err(Lost::Unheard),
        }
        let lost = |broken| Lost::Unanswered(self.broken(broken));
        loop {
            match wire.receive(&|| lives(&self.folder, self.patience)).map_err(lost)? {
                Said::Reply(Reply::Progress { done, total }) => {
                    watch.progress(done, total);
                    let heard = if watch.is_cancelled() { Heard::Stop } else { Heard::GoOn };
                    wire.send(&heard).map_err(lost)?;
                }
                Said::Reply(reply) => {
                    lock(&self.idle).push(wire);
                    return Ok(reply);
                }
                _ => return Err(lost(Broken::Gone)),
            }
        }
    }

    /// One that waits, or a new one.
    fn wire(&self) -> Result<Wire, Lost> {
        if let Some(wire) = lock(&self.idle).pop() {
            return Ok(wire);
        }
        connect(&self.folder, self.patience).map_err(|error| match error {
            ReachError::Unserved { .. } => Lost::Unheard,
            error => Lost::Unanswered(error),
        })
    }

    /// Tells what changes until the other process hangs up, or this is dropped.
    pub fn follow(far: Arc<Far>, tell: &dyn Fn(Reply)) {
        let Ok(mut wire) = connect(&far.folder, far.patience) else { return };
        let Ok(end) = wire.end() else { return };
        *lock(&far.following) = Some(end);
        let weak = Arc::downgrade(&far);
        drop(far);
        let far = weak;
        if wire.send(&Call::Follow).is_err() {
            return;
        }
        // Nothing may change for days.
        while let Ok(Said::Reply(reply)) = wire.receive(&|| far.strong_count() > 0) {
            let Some(far) = far.upgrade() else { return };
            match reply {
                Reply::Settings(settings) => *lock(&far.settings) = settings,
                reply => tell(reply),
            }
        }
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        if let Some(end) = lock(&self.following).take() {
            end.hang_up();
        }
    }
}
