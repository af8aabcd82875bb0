//! Notifications beside everything else: a thread tells what falls due, and one for each way delivers what waits. They
//! work for whoever holds the folder; in another window they rest.

use crate::domain::change::Origin;
use crate::domain::id::Ref;
use crate::domain::notification::ChannelKind;
use crate::workspace::request::Reply;
use crate::workspace::window::Window;
use crate::workspace::{Deliverer, Failure, Workspace};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What each thread does.
#[derive(Clone, Copy)]
enum Part {
    Clock,
    Way(ChannelKind),
}

/// Desktops are shown by the interface, or by `lejek deliver`.
const PARTS: [Part; 4] =
    [Part::Clock, Part::Way(ChannelKind::Email), Part::Way(ChannelKind::Other), Part::Way(ChannelKind::Mobile)];

/// Nobody rests longer than this: another process may have written before this one held the folder.
const REST: Duration = Duration::from_secs(30);
/// How long whoever leaves waits for an attempt to be recorded.
const GRACE: Duration = Duration::from_secs(2);

/// The running threads; dropping it lets them end.
pub struct Delivery {
    bell: Arc<Bell>,
}

/// Wakes them.
struct Bell {
    state: Mutex<State>,
    rang: Condvar,
    /// Work that is not done, here and on other lanes.
    busy: Arc<AtomicUsize>,
}

struct State {
    /// Of each thread: whether there is something new.
    rung: [bool; PARTS.len()],
    closed: bool,
    running: usize,
}

impl Delivery {
    pub fn start(window: &Arc<Window>, busy: &Arc<AtomicUsize>) -> Delivery {
        let state = State { rung: [false; PARTS.len()], closed: false, running: PARTS.len() };
        let bell = Arc::new(Bell { state: Mutex::new(state), rang: Condvar::new(), busy: Arc::clone(busy) });
        bell.ring(|_| true);
        for (number, part) in PARTS.into_iter().enumerate() {
            let (bell, window) = (Arc::clone(&bell), Arc::clone(window));
            std::thread::spawn(move || {
                let mut rest = REST;
                while bell.wait(number, rest) {
                    rest = window.near().map_or(REST, |workspace| part.work(&workspace, &bell));
                    bell.busy.fetch_sub(1, Ordering::SeqCst);
                }
                bell.ends();
            });
        }
        Delivery { bell }
    }

    /// Something may be due now.
    pub fn ring(&self) {
        self.bell.ring(|_| true);
    }

    /// Wakes those whom it concerns that something changed.
    pub fn ringer(&self) -> impl Fn(&Reply) + Send + Sync + use<> {
        let bell = Arc::clone(&self.bell);
        move |notice| bell.ring(|part| part.minds(notice))
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.bell.close();
    }
}

impl Bell {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self, whom: impl Fn(Part) -> bool) {
        let mut state = self.lock();
        if state.closed {
            return;
        }
        for (rung, part) in state.rung.iter_mut().zip(PARTS) {
            if whom(part) && !std::mem::replace(rung, true) {
                self.busy.fetch_add(1, Ordering::SeqCst);
            }
        }
        self.rang.notify_all();
    }

    /// Waits for the bell, at most so long; `false`: all is over. Whoever goes on is counted as busy.
    fn wait(&self, number: usize, rest: Duration) -> bool {
        let until = Instant::now() + rest;
        let mut state = self.lock();
        loop {
            if state.closed {
                return false;
            }
            if std::mem::take(&mut state.rung[number]) {
                return true;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                self.busy.fetch_add(1, Ordering::SeqCst);
                return true;
            }
            state = self.rang.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn ends(&self) {
        self.lock().running -= 1;
        self.rang.notify_all();
    }

    fn is_open(&self) -> bool {
        !self.lock().closed
    }

    fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        self.rang.notify_all();
        let until = Instant::now() + GRACE;
        while state.running > 0 {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            state = self.rang.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Part {
    /// Whether it may have something to do after this.
    fn minds(self, notice: &Reply) -> bool {
        match (self, notice) {
            (Part::Clock, Reply::Changed(refs)) => {
                refs.is_empty() || refs.iter().any(|what| matches!(what, Ref::Activity(_)))
            }
            (Part::Way(_), Reply::Told(_)) => true,
            _ => false,
        }
    }

    /// Answers how long there is nothing to do.
    fn work(self, workspace: &Workspace, bell: &Bell) -> Duration {
        let goes_on = || bell.is_open();
        let done = match self {
            Part::Clock => workspace.fall_due(Origin::Interface),
            Part::Way(channel) => Deliverer { workspace, channel, goes_on: &goes_on }.round().map(drop),
        };
        if let Err(failure) = done {
            tracing::warn!(%failure, "notifications");
        }
        self.rest(workspace).unwrap_or(REST)
    }

    fn rest(self, workspace: &Workspace) -> Result<Duration, Failure> {
        let next = match self {
            Part::Clock => workspace.next_fall()?,
            Part::Way(channel) => workspace.store().next_due(channel)?,
        };
        let rest = next.map(|next| (next - workspace.now()).to_std().unwrap_or_default());
        // What is due and was not done is somebody else's for a moment.
        Ok(rest.map_or(REST, |rest| rest.clamp(Duration::from_millis(100), REST)))
    }
}
