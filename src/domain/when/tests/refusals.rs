//! What is no date, and what is said about it.

use rstest::rstest;

use super::{clock, written};
use crate::domain::when::{WhenError, parse_moment, parse_span};

#[rstest]
#[case("", "There is no date here. Write it like 2026-11-30, 30.11.2026 or tomorrow 3pm.")]
#[case("blorp", "“blorp” is not a date. Write it like 2026-11-30, 30.11.2026 or tomorrow 3pm.")]
#[case("03/04/2026", "“03/04/2026” may be 3 April 2026 or 4 March 2026. Write 2026-04-03 or 2026-03-04.")]
#[case("03-04-26", "“03-04-26” may be 3 April 2026 or 4 March 2026. Write 2026-04-03 or 2026-03-04.")]
#[case("3/4", "“3/4” may be 3 April or 4 March. Write 3 April or 4 March.")]
#[case("10.11", "“10.11” may be 10 November or 10:11. Write 10 November or 10:11.")]
#[case("2d", "“2d” may be 2d ago or in 2d. Write -2d or +2d.")]
#[case("in 3m", "“in 3m” may be 3 months or 3 minutes. Write 3 mo or 3 min.")]
#[case("31 november", "There is no 31 November: the month has 30 days. Write a day from 1 to 30.")]
#[case("2026-02-29", "There is no 29 February 2026: the month has 28 days. Write a day from 1 to 28.")]
#[case("31.11.2026", "There is no 31 November 2026: the month has 30 days. Write a day from 1 to 30.")]
#[case("30 feb", "There is no 30 February: the month has 29 days. Write a day from 1 to 29.")]
#[case("2026-13-01", "There is no month 13. Write the date like 2026-11-30.")]
#[case("24/13/2026", "There is no month 13. Write the date like 2026-11-30.")]
#[case("tomorrow 25:00", "There is no time 25:00. Write it like 14:20 or 2pm.")]
#[case("tomorrow 14:60", "There is no time 14:60. Write it like 14:20 or 2pm.")]
#[case("13am", "There is no time 13am. Write it like 14:20 or 2pm.")]
#[case("fri 19 nov 2026", "19 November 2026 is a Thursday, not a Friday. Leave one of them out.")]
#[case("in 99999 years", "“in 99999 years” is too far away. Write a date between the years 1000 and 9999.")]
#[case("0026-11-30", "“0026-11-30” is too far away. Write a date between the years 1000 and 9999.")]
fn says_what_is_wrong(#[case] text: &str, #[case] sentence: &str) {
    assert_eq!(parse_moment(text, &clock()).unwrap_err().to_string(), sentence);
}

#[rstest]
#[case("tomorrow 3")]
#[case("tomorrow friday yesterday")]
#[case("tomorrow 2026-11-30")]
#[case("2026-11-30 2026-12-01")]
#[case("14:20 15:20")]
#[case("monkey")]
#[case("marble 3")]
#[case("november")]
#[case("next")]
#[case("in")]
#[case("in 2 days tomorrow")]
#[case("tomorrow in 2 days")]
#[case("in 2 days ago")]
#[case("in 2 hours 9am")]
#[case("2026-11-30 blah")]
#[case("5")]
#[case("2026")]
#[case("600 100 200")]
#[case("12345678901234567890")]
#[case("+48600100200")]
#[case("#30")]
#[case("week")]
#[case("at")]
#[case("z")]
#[case("1-2")]
#[case("2026-11-30-12")]
#[case("14:2")]
fn reads_nothing_into_other_texts(#[case] text: &str) {
    assert_eq!(parse_moment(text, &clock()).map(written), Err(WhenError::NotADate(text.to_owned())));
}

#[rstest]
#[case("")]
#[case("30")]
#[case("d")]
#[case("30d ago")]
#[case("+30d")]
#[case("all")]
fn refuses_other_lengths(#[case] text: &str) {
    assert_eq!(parse_span(text), Err(WhenError::NotASpan(text.to_owned())));
}
