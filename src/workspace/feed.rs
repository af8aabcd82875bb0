//! Who wants to know what changes: everybody who listens is told after a commit stands, by the thread that wrote it.

use crate::domain::id::{Ref, UserId};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What looks different now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    pub changed: Vec<Ref>,
    /// Users whose notification centre is another.
    pub told: Vec<UserId>,
}

/// Told what looks different now; returns soon, since the writer waits.
pub type Listener = Arc<dyn Fn(&Difference) + Send + Sync>;

/// During a long act it is told at most this often.
const PACE: Duration = Duration::from_millis(250);

#[derive(Default)]
pub struct Feed {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    listeners: Vec<(u64, Listener)>,
    /// What changed and was not told yet.
    untold: Difference,
    told: Option<Instant>,
}

/// Tells what was kept back when it is dropped: a long act ended.
pub struct Flush<'a>(pub &'a Feed);

impl Drop for Flush<'_> {
    fn drop(&mut self) {
        self.0.flush();
    }
}

/// Somebody who listens until this is dropped.
pub struct Listening {
    feed: Arc<Feed>,
    number: u64,
}

impl Difference {
    pub fn add(&mut self, more: Difference) {
        self.changed.extend(more.changed);
        for user in more.told {
            if !self.told.contains(&user) {
                self.told.push(user);
            }
        }
    }
}

impl Feed {
    pub fn listen(feed: &Arc<Feed>, listener: Listener) -> Listening {
        let mut state = feed.lock();
        state.next += 1;
        let number = state.next;
        state.listeners.push((number, listener));
        Listening { feed: Arc::clone(feed), number }
    }

    /// A commit stands; of a long act there is more to come.
    pub fn tell(&self, heard: Difference, more_to_come: bool) {
        let mut state = self.lock();
        if state.listeners.is_empty() {
            return;
        }
        state.untold.add(heard);
        if !more_to_come || state.told.is_none_or(|told| told.elapsed() >= PACE) {
            Self::give(state);
        }
    }

    /// Waits until somebody listens.
    #[cfg(test)]
    pub fn await_listener(&self) {
        while self.lock().listeners.is_empty() {
            std::thread::yield_now();
        }
    }

    fn flush(&self) {
        let state = self.lock();
        if state.untold != Difference::default() {
            Self::give(state);
        }
    }

    fn give(mut state: MutexGuard<'_, State>) {
        let heard = std::mem::take(&mut state.untold);
        state.told = Some(Instant::now());
        let listeners: Vec<Listener> = state.listeners.iter().map(|(_, listener)| Arc::clone(listener)).collect();
        drop(state);
        for listener in listeners {
            listener(&heard);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.feed.lock().listeners.retain(|(number, _)| *number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ActivityId;
    use uuid::Uuid;

    fn some(number: u128) -> Difference {
        let (one, user) = (Ref::Activity(ActivityId(Uuid::from_u128(number))), UserId(Uuid::from_u128(7)));
        Difference { changed: vec![one], told: vec![user] }
    }

    #[test]
    fn a_long_act_is_told_at_a_measured_pace_and_whole_at_its_end() {
        let feed = Arc::new(Feed::default());
        let told = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&told);
        let listening = Feed::listen(
            &feed,
            Arc::new(move |heard: &Difference| {
                assert_eq!(heard.told.len(), 1, "each user once");
                hears.lock().unwrap().push(heard.changed.len());
            }),
        );
        for number in 0..100 {
            feed.tell(some(number), true);
        }
        assert!(told.lock().unwrap().len() < 100, "not every batch");
        drop(Flush(&feed));
        assert_eq!(told.lock().unwrap().iter().sum::<usize>(), 100);
        feed.tell(some(1), false);
        assert_eq!(told.lock().unwrap().last(), Some(&1), "what is whole is told at once");
        let before = told.lock().unwrap().len();
        drop(listening);
        feed.tell(some(1), false);
        assert_eq!(told.lock().unwrap().len(), before);
    }
}
