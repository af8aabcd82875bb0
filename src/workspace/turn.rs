//! The right to write: one at a time, in the order in which it was asked for. A long act asks for it again for each of
//! its batches, so everybody else gets in between.

use std::ops::{Deref, DerefMut};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What only one at a time may use.
pub struct Turn<T> {
    queue: Mutex<Queue>,
    called: Condvar,
    held: Mutex<T>,
}

/// Numbers as in an office: the next one to be given out, and the one whose turn it is.
#[derive(Default)]
struct Queue {
    next: u64,
    now: u64,
}

/// Somebody's turn, until it is dropped.
pub struct Held<'a, T> {
    turn: &'a Turn<T>,
    held: MutexGuard<'a, T>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Turn<T> {
    pub fn new(held: T) -> Turn<T> {
        Turn { queue: Mutex::default(), called: Condvar::new(), held: Mutex::new(held) }
    }

    /// Waits until it is one's turn.
    pub fn lock(&self) -> Held<'_, T> {
        let mut queue = lock(&self.queue);
        let number = queue.next;
        queue.next += 1;
        let queue = self.called.wait_while(queue, |queue| queue.now != number);
        drop(queue.unwrap_or_else(PoisonError::into_inner));
        Held { turn: self, held: lock(&self.held) }
    }
}

impl<T> Drop for Held<'_, T> {
    fn drop(&mut self) {
        lock(&self.turn.queue).now += 1;
        self.turn.called.notify_all();
    }
}

impl<T> Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.held
    }
}

impl<T> DerefMut for Held<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn who_asked_first_is_served_first_and_whoever_asks_again_waits() {
        let turn = Arc::new(Turn::new(Vec::new()));
        let mine = turn.lock();
        let others: Vec<_> = (1..=5)
            .map(|number| {
                let theirs = Arc::clone(&turn);
                let thread = std::thread::spawn(move || theirs.lock().push(number));
                while lock(&turn.queue).next <= number {
                    std::thread::yield_now();
                }
                thread
            })
            .collect();
        drop(mine);
        turn.lock().push(6);
        for thread in others {
            thread.join().unwrap();
        }
        assert_eq!(*turn.lock(), [1, 2, 3, 4, 5, 6]);
    }
}
