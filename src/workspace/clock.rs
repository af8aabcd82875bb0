//! Time and new ids: the real ones, and ones that tests set.

use crate::domain::id::Ids;
use chrono::{DateTime, SubsecRound, Utc};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// What time it is, to the millisecond: the store keeps no more.
pub trait Clock: Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(3)
    }
}

/// A clock that stands until it is set.
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    pub fn at(now: DateTime<Utc>) -> FixedClock {
        FixedClock(Mutex::new(now))
    }

    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ids by time, always growing within a process.
pub struct SystemIds;

impl Ids for SystemIds {
    fn next(&mut self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Ids that are the same in every run.
pub struct CountedIds(pub u64);

impl Ids for CountedIds {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        // The ending is spread, so that the last 8 characters tell ids apart.
        let ending = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Uuid::from_u64_pair(0x0190_0000_0000_7000 | (self.0 >> 12 << 16) | (self.0 & 0xfff), ending >> 2 | 1 << 63)
    }
}
