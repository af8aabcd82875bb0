//! When a message is tried again: the delay doubles from one attempt to the next, with jitter, and ends after a day.

use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// The rows of the outbox that wait for another attempt follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Between the first attempt and the second.
    pub first: Duration,
    /// No delay of its own grows beyond it.
    pub longest: Duration,
    /// From the first attempt to the last.
    pub gives_up: Duration,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { first: Duration::from_secs(30), longest: Duration::from_hours(1), gives_up: Duration::from_hours(24) }
    }
}

impl Schedule {
    /// When to try again after `attempts` of them, the first at `began` and the last at `now`; none when that is given
    /// up. `asked` is what the other side wants to be left alone, `random` any number: from it comes the jitter, which
    /// shortens the delay by up to a half, so that what failed together is not tried together.
    pub fn next(
        &self,
        attempts: u32,
        began: DateTime<Utc>,
        now: DateTime<Utc>,
        asked: Option<Duration>,
        random: u64,
    ) -> Option<DateTime<Utc>> {
        let last = began + TimeDelta::from_std(self.gives_up).ok()?;
        if now >= last {
            return None;
        }
        let doubled = self.first.saturating_mul(1 << attempts.saturating_sub(1).min(20));
        let shortened = 1.0 - 0.5 * (random as f64 / u64::MAX as f64);
        let wait = doubled.min(self.longest).mul_f64(shortened).max(asked.unwrap_or_default());
        // A last attempt at the very end: a server that was down for most of the day may be there again.
        Some(last.min(now + TimeDelta::from_std(wait).ok()?))
    }
}

#[cfg(test)]
mod tests;
