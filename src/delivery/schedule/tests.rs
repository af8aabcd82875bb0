//! R4.10: when a message is tried again, and when no more.

use super::*;
use proptest::prelude::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

fn wait(attempts: u32, asked: Option<Duration>, random: u64) -> i64 {
    let next = Schedule::default().next(attempts, at(0), at(0), asked, random).unwrap();
    (next - at(0)).num_seconds()
}

#[test]
fn r4_10_the_delay_doubles_up_to_an_hour() {
    let waits: Vec<i64> = (1..=10).map(|attempts| wait(attempts, None, 0)).collect();
    assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    assert_eq!(wait(u32::MAX, None, 0), 3600);
}

#[test]
fn r4_10_jitter_shortens_by_up_to_a_half() {
    assert_eq!(wait(2, None, u64::MAX), 30);
    assert_eq!(wait(2, None, u64::MAX / 2), 45);
}

#[test]
fn r4_10_what_the_server_asks_for_is_granted() {
    assert_eq!(wait(1, Some(Duration::from_mins(20)), u64::MAX), 1200);
    assert_eq!(wait(8, Some(Duration::from_secs(1)), 0), 3600);
}

#[test]
fn r4_10_is_given_up_after_a_day_with_an_attempt_at_its_end() {
    let day = 24 * 3600;
    let next = |now| Schedule::default().next(9, at(0), at(now), None, 0);
    assert_eq!(next(day - 60), Some(at(day)));
    assert_eq!(next(day), None);
    assert_eq!(next(day + 1), None);
    let asked = Some(Duration::from_hours(48));
    assert_eq!(Schedule::default().next(1, at(0), at(10), asked, 0), Some(at(day)));
}

proptest! {
    #[test]
    fn r4_10_a_dead_server_is_tried_a_bounded_number_of_times(randoms in proptest::collection::vec(any::<u64>(), 200)) {
        let schedule = Schedule::default();
        let (mut now, mut attempts) = (at(0), 1);
        for random in randoms {
            let Some(next) = schedule.next(attempts, at(0), now, None, random) else { break };
            prop_assert!(next > now);
            (now, attempts) = (next, attempts + 1);
        }
        prop_assert_eq!(now, at(24 * 3600));
        prop_assert!((30..70).contains(&attempts), "{} attempts", attempts);
    }
}
