//! What goes over the line, and what does not.

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

#[rstest]
#[case(false, "127.0.0.1:25", true)]
#[case(false, "[::1]:25", true)]
#[case(false, "[::ffff:127.0.0.1]:25", true)]
#[case(false, "192.168.1.5:25", false)]
#[case(false, "93.184.216.34:25", false)]
#[case(true, "93.184.216.34:465", true)]
fn r4_8_a_password_is_said_encrypted_or_to_this_machine(
    #[case] is_sealed: bool,
    #[case] peer: SocketAddr,
    #[case] is_fine: bool,
) {
    assert_eq!(is_safe(is_sealed, Ok(peer)), is_fine);
    assert_eq!(is_safe(is_sealed, Err(io::ErrorKind::NotConnected.into())), is_sealed);
}
