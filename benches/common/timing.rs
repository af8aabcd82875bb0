//! Sizes that benches run at, and how they print their times.

use std::error::Error;
use std::time::Duration;

pub type Done<T = ()> = Result<T, Box<dyn Error>>;

/// How many contacts; a million only where `LEJEK_MILLION` is set, since that takes minutes.
pub fn sizes() -> Vec<usize> {
    let million = std::env::var_os("LEJEK_MILLION").map(|_| 1_000_000);
    [10_000, 100_000].into_iter().chain(million).collect()
}

/// One line: the middle one of several times, and the slowest but one in a hundred.
pub fn print_times(size: usize, what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{size:>9} {what:<36} {:>10.3} ms {:>10.3} ms of {}", millis(at(50)), millis(at(99)), times.len());
}
