//! The moment at which an attempt ends, whatever the other side does.

use std::io;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    pub fn within(limit: Duration) -> Self {
        Self(Instant::now() + limit.min(Duration::from_hours(24)))
    }

    /// What is left of it, more than nothing; an error when it has passed.
    pub fn left(self) -> io::Result<Duration> {
        let left = self.0.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }

    /// Waits for what cannot be interrupted, such as the look-up of a name, on a thread that is left behind.
    pub fn wait<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
        let left = self.left()?;
        let (done, wait) = mpsc::sync_channel(1);
        thread::Builder::new().name("delivery-wait".to_owned()).spawn(move || done.send(work()))?;
        wait.recv_timeout(left).map_err(|_| io::ErrorKind::TimedOut.into())
    }
}
