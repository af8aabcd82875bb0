//! When a server wants to be asked again.

use super::*;
use rstest::rstest;

#[rstest]
#[case("120", Some(120))]
#[case(" 0 ", Some(0))]
#[case("999999999", Some(24 * 3600))]
#[case("Wed, 21 Oct 2015 07:28:00 GMT", None)]
#[case("Wed, 21 Oct 2950 07:28:00 GMT", Some(24 * 3600))]
#[case("-5", None)]
#[case("soon", None)]
fn r4_10_retry_after_is_seconds_or_a_date(#[case] value: &str, #[case] seconds: Option<u64>) {
    assert_eq!(retry_after(value), seconds.map(Duration::from_secs));
}
