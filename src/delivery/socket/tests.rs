//! What the system says about a connection.

use super::*;

#[test]
fn a_signal_ends_no_call() {
    let mut answers =
        [Err(io::ErrorKind::Interrupted.into()), Err(io::ErrorKind::Interrupted.into()), Ok(3)].into_iter();
    assert_eq!(whole(|| answers.next().unwrap()).unwrap(), 3);
    let late = whole(|| -> io::Result<()> { Err(io::ErrorKind::WouldBlock.into()) }).unwrap_err();
    assert_eq!(told(&late), "did not answer in time");
}

#[test]
fn trouble_has_words_of_its_own() {
    let words = |kind: io::ErrorKind| told(&kind.into());
    assert_eq!(words(io::ErrorKind::ConnectionRefused), "refuses connections");
    assert_eq!(words(io::ErrorKind::ConnectionReset), "broke off the connection");
    assert_eq!(words(io::ErrorKind::HostUnreachable), "could not be reached: host unreachable");
}
