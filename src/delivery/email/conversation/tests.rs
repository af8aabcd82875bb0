//! A mail as it goes over the line.

use super::*;
use rstest::rstest;

#[rstest]
#[case("", ".\r\n")]
#[case("a", "a\r\n.\r\n")]
#[case("a\r\n", "a\r\n.\r\n")]
#[case("a\n.\nb\n", "a\r\n..\r\nb\r\n.\r\n")]
#[case(".a\r\n..\r\n\r\n", "..a\r\n...\r\n\r\n.\r\n")]
#[case("a\r.\r\n", "a .\r\n.\r\n")]
fn no_line_of_a_mail_ends_it(#[case] mail: &str, #[case] said: &str) {
    assert_eq!(String::from_utf8(dotted(mail.as_bytes())).unwrap(), said);
}
