//! Mail servers as they should not be.

use super::babble::{self, Pace};
use super::certificate::{self, Certificate};
use super::mail_server::{MailServer, Manner, channel};
use super::{failed, hurried, limits, message, retried, secret, trusting};
use lejek::delivery::{Limits, Message, Outcome, Roots, Security, send};
use rstest::rstest;
use std::net::TcpListener;

/// One attempt in the clear, and what the server heard.
fn attempt(manner: Manner, limits: &Limits) -> (Outcome, Vec<String>) {
    let server = MailServer::in_the_clear(manner);
    let outcome = send(&server.channel(Security::None, None), &message(), limits);
    (outcome, server.heard())
}

#[rstest]
#[case("MAIL", "451 greylisted", "does not take the sender now: 451 greylisted")]
#[case("RCPT", "450 mailbox busy", "does not take the recipient now: 450 mailbox busy")]
#[case("DATA", "421 closing", "does not take the mail now: 421 closing")]
#[case(".", "452 disk full", "does not take the mail now: 452 disk full")]
#[case("EHLO", "hello there", "does not speak as a mail server does")]
#[case("DATA", "250 what", "gave no answer that fits the mail: 250 what")]
fn r4_10_what_passes_is_tried_again(#[case] to: &'static str, #[case] answer: &'static str, #[case] words: &str) {
    retried(attempt(Manner::Says(to, answer), &limits()).0, words);
}

#[rstest]
#[case("MAIL", "553 not you", "refused the sender: 553 not you")]
#[case("MAIL", "530 authentication required", "wants a login: 530")]
#[case("RCPT", "550-no such\r\n550 user", "refused the recipient: 550 no such user")]
#[case(".", "554 \x1b[31mspam\u{202e}", "refused the mail: 554 [31mspam")]
fn r4_10_what_does_not_pass_is_given_up(#[case] to: &'static str, #[case] answer: &'static str, #[case] words: &str) {
    failed(attempt(Manner::Says(to, answer), &limits()).0, words);
}

#[rstest]
#[case("EHLO")]
#[case("MAIL")]
#[case("DATA")]
#[case(".")]
fn r4_10_a_server_that_stalls_is_left_in_time(#[case] words: &'static str) {
    retried(attempt(Manner::Stalls(words), &hurried()).0, "did not answer in time");
}

#[test]
fn r4_10_a_server_that_drips_is_left_in_time() {
    let (port, said) = babble::start("", b'2', Pace::Dripping);
    retried(send(&channel(port, Security::None, None), &message(), &hurried()), "did not answer in time");
    assert!(said.join().unwrap() < 1_000);
}

#[test]
fn r4_8_an_answer_without_end_is_not_read() {
    let (port, said) = babble::start("220", b'-', Pace::Rushing);
    retried(send(&channel(port, Security::None, None), &message(), &limits()), "gave an answer without end");
    assert!(said.join().unwrap() < babble::GIGABYTE / 16);
}

#[rstest]
#[case(Manner::Drops("EHLO"))]
#[case(Manner::Drops("DATA"))]
#[case(Manner::Drops("."))]
#[case(Manner::DropsMidMessage)]
fn r4_10_a_connection_that_breaks_is_tried_again(#[case] manner: Manner) {
    retried(attempt(manner, &limits()).0, "broke off the connection");
}

#[test]
fn r4_10_nobody_at_home_is_tried_again() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    retried(send(&channel(port, Security::None, None), &message(), &limits()), "refuses connections");
}

#[test]
fn r4_8_a_server_without_encryption_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let password = secret(folder.path(), "password", "hunter2");
    let server = MailServer::start(Manner::StripsStartTls, Security::StartTls, Some(certificate::good()));
    let outcome = send(&server.channel(Security::StartTls, Some(password)), &message(), &limits());
    retried(outcome, "does not offer encryption");
    assert_eq!(server.heard(), ["EHLO [127.0.0.1]"]);
}

#[test]
fn r4_8_what_is_said_before_the_encryption_does_not_count() {
    let certificate = certificate::good();
    let trusting = trusting(&certificate);
    let server = MailServer::start(Manner::SpeaksAhead, Security::StartTls, Some(certificate));
    let outcome = send(&server.channel(Security::StartTls, None), &message(), &trusting);
    retried(outcome, "spoke in the clear where encryption begins");
    assert_eq!(server.heard(), ["EHLO [127.0.0.1]", "STARTTLS"]);
}

#[rstest]
#[case(certificate::expired(), true, "it has expired")]
#[case(certificate::for_another(), true, "it is for another name")]
#[case(certificate::good(), false, "nobody who is trusted here vouches for it")]
fn r4_8_a_bad_certificate_gets_nothing(
    #[values(Security::Tls, Security::StartTls)] security: Security,
    #[case] certificate: Certificate,
    #[case] is_root: bool,
    #[case] words: &str,
) {
    let folder = tempfile::tempdir().unwrap();
    let password = secret(folder.path(), "password", "hunter2");
    let roots = if is_root { trusting(&certificate).roots } else { Roots::Only(vec![certificate::good().der]) };
    let server = MailServer::start(Manner::Accepts, security, Some(certificate));
    let outcome = send(&server.channel(security, Some(password)), &message(), &Limits { roots, ..limits() });
    retried(outcome, words);
    assert!(server.heard().iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"));
}

#[test]
fn r4_8_the_system_trusts_no_certificate_of_a_stranger() {
    let server = MailServer::start(Manner::Accepts, Security::Tls, Some(certificate::good()));
    retried(
        send(&server.channel(Security::Tls, None), &message(), &limits()),
        "has a certificate that is not accepted",
    );
}

#[rstest]
#[case("535 5.7.8 AGphbgBodW50ZXIy is wrong, hunter2", "refused the login: 535 5.7.8 … is wrong, …")]
#[case("535 no", "correct smtp.user or the password")]
fn r4_8_a_refused_login_never_shows_the_password(#[case] answer: &'static str, #[case] words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let password = secret(folder.path(), "password", "hunter2");
    let certificate = certificate::good();
    let trusting = trusting(&certificate);
    let server = MailServer::start(Manner::Says("AUTH", answer), Security::Tls, Some(certificate));
    failed(send(&server.channel(Security::Tls, Some(password)), &message(), &trusting), words);
}

#[test]
fn a_server_without_a_known_login_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let password = secret(folder.path(), "password", "hunter2");
    let server = MailServer::in_the_clear(Manner::Offers("GSSAPI"));
    failed(send(&server.channel(Security::None, Some(password)), &message(), &limits()), "offers no login");
}

#[test]
fn letters_that_the_server_cannot_take_are_named() {
    let server = MailServer::in_the_clear(Manner::Accepts);
    let message = Message { to: "zając@example.com".to_owned(), ..message() };
    failed(send(&server.channel(Security::None, None), &message, &limits()), "does not take addresses with letters");
    assert_eq!(server.heard(), ["EHLO [127.0.0.1]"]);
}

#[test]
fn r4_8_metadata_addresses_are_no_mail_servers() {
    let lejek::delivery::Channel::Email(smtp) = channel(25, Security::None, None) else { unreachable!() };
    for host in ["169.254.169.254", "::ffff:169.254.169.254", "[fe80::1]"] {
        let smtp = lejek::delivery::Smtp { host: host.to_owned(), ..smtp.clone() };
        failed(send(&lejek::delivery::Channel::Email(smtp), &message(), &limits()), "never reached");
    }
}
