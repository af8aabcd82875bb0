//! Mail servers as they should be.

use super::certificate;
use super::mail_server::{MailServer, Manner};
use super::{ID, limits, message, secret, trusting};
use lejek::delivery::{Outcome, Security, send};

/// What the server was told before the mail, and the mail.
fn parts(heard: &[String]) -> (Vec<&str>, String) {
    let begins = heard.iter().position(|line| line == "DATA").unwrap() + 1;
    let ends = heard.iter().position(|line| line == ".").unwrap();
    (heard[..begins].iter().map(String::as_str).collect(), heard[begins..ends].join("\r\n"))
}

#[test]
fn r4_8_a_mail_arrives_whole() {
    let server = MailServer::in_the_clear(Manner::Accepts);
    assert_eq!(send(&server.channel(Security::None, None), &message(), &limits()), Outcome::Delivered);
    let heard = server.heard();
    let (said, mail) = parts(&heard);
    assert_eq!(said, ["EHLO [127.0.0.1]", "MAIL FROM:<jan@example.com>", "RCPT TO:<ola@example.com>", "DATA"]);
    let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert_eq!(parsed.message_id(), Some(format!("{ID}@example.com").as_str()));
    assert_eq!(parsed.subject(), Some("Anna Zając viewed the pricing page"));
    // The lone dot of the text travels with a second one, which the server takes off again.
    let text = "Nordhafen GmbH, customer since 2024.\r\n..\r\nCall her: +48 600 100 200\r\n\r\nlejek show 00000007";
    assert_eq!(parsed.body_text(0).unwrap().trim_end(), text);
    assert_eq!(heard.last().map(String::as_str), Some("QUIT"));
}

#[test]
fn r4_10_every_attempt_carries_the_same_id() {
    let ids = [0, 1].map(|_| {
        let server = MailServer::in_the_clear(Manner::Accepts);
        assert_eq!(send(&server.channel(Security::None, None), &message(), &limits()), Outcome::Delivered);
        let heard = server.heard();
        heard.into_iter().find(|line| line.starts_with("Message-ID:")).unwrap()
    });
    assert_eq!(ids[0], ids[1]);
    assert_eq!(ids[0], format!("Message-ID: <{ID}@example.com>"));
}

#[test]
fn r4_8_logs_in_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let password = secret(folder.path(), "password", "hunter2 Łódź");
    let certificate = certificate::good();
    let trusting = trusting(&certificate);
    let server = MailServer::start(Manner::Accepts, Security::Tls, Some(certificate));
    assert_eq!(send(&server.channel(Security::Tls, Some(password)), &message(), &trusting), Outcome::Delivered);
    let heard = server.heard();
    // The base64 of NUL jan NUL hunter2 Łódź.
    assert_eq!(heard[..2], ["EHLO [127.0.0.1]", "AUTH PLAIN AGphbgBodW50ZXIyIMWBw7Nkxbo="]);
    assert_eq!(heard.last().map(String::as_str), Some("QUIT"));
}

#[test]
fn r4_8_starttls_encrypts_before_anything_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let password = secret(folder.path(), "password", "hunter2");
    let certificate = certificate::good();
    let trusting = trusting(&certificate);
    let server = MailServer::start(Manner::Accepts, Security::StartTls, Some(certificate));
    assert_eq!(send(&server.channel(Security::StartTls, Some(password)), &message(), &trusting), Outcome::Delivered);
    let heard = server.heard();
    assert_eq!(heard[..3], ["EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]"]);
    assert!(heard[3].starts_with("AUTH PLAIN "), "{heard:?}");
}

#[test]
fn r4_8_the_older_login_serves_where_it_is_the_only_one() {
    let folder = tempfile::tempdir().unwrap();
    let password = secret(folder.path(), "password", "hunter2");
    let server = MailServer::in_the_clear(Manner::Offers("CRAM-MD5 LOGIN"));
    // In the clear, but on this machine.
    assert_eq!(send(&server.channel(Security::None, Some(password)), &message(), &limits()), Outcome::Delivered);
    assert_eq!(server.heard()[1..4], ["AUTH LOGIN", "amFu", "aHVudGVyMg=="]);
}

#[test]
fn r4_10_delivered_is_delivered_even_if_the_farewell_fails() {
    let server = MailServer::in_the_clear(Manner::DropsAfterwards);
    assert_eq!(send(&server.channel(Security::None, None), &message(), &limits()), Outcome::Delivered);
    assert!(server.heard().contains(&".".to_owned()));
}
