//! How often somebody may ask: so many at once, and so many a second in the long run.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Requests at once, and a second.
const ROOM: f64 = 200.0;
const A_SECOND: f64 = 100.0;

/// A bucket that fills by itself; each request takes one out.
pub struct Pace(Mutex<(f64, Instant)>);

impl Pace {
    pub fn new(now: Instant) -> Pace {
        Pace(Mutex::new((ROOM, now)))
    }

    pub fn lets_in(&self, now: Instant) -> bool {
        let mut bucket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, since) = *bucket;
        let left = (left + now.saturating_duration_since(since).as_secs_f64() * A_SECOND).min(ROOM);
        let is_in = left >= 1.0;
        *bucket = (if is_in { left - 1.0 } else { left }, now);
        is_in
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn r4_1_whoever_asks_too_often_waits() {
        let now = Instant::now();
        let pace = Pace::new(now);
        let let_in = |at: Duration| (0..1_000).filter(|_| pace.lets_in(now + at)).count();
        assert_eq!(let_in(Duration::ZERO), 200);
        assert_eq!(let_in(Duration::from_millis(500)), 50);
        assert_eq!(let_in(Duration::from_secs(60)), 200);
    }
}
