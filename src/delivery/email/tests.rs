//! How a mail is composed.

use super::super::Security;
use super::*;
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

fn smtp(from: &str) -> Smtp {
    let (host, user) = ("mail.example.com".to_owned(), String::new());
    Smtp { host, port: 25, security: Security::None, user, password: None, from: from.to_owned() }
}

fn message(to: &str, subject: &str, text: &str) -> Message {
    let id = Uuid::from_u128(0x0192_abcd);
    Message { id, to: to.to_owned(), subject: subject.to_owned(), text: text.to_owned(), link: None }
}

fn composed(subject: &str, text: &str) -> String {
    let mail = compose(&smtp("Jan Nowak <jan@example.com>"), &message("ola@example.com", subject, text)).unwrap();
    String::from_utf8(mail.bytes).unwrap()
}

#[test]
fn r4_8_a_mail_is_plain_text_with_its_id() {
    let mail = composed("Anna Zając viewed the pricing page", "Call her: +48 600 100 200\n.\nowner: you");
    for line in [
        "From: \"Jan Nowak\" <jan@example.com>",
        "To: ola@example.com",
        "Message-ID: <00000000-0000-0000-0000-00000192abcd@example.com>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Auto-Submitted: auto-generated",
    ] {
        assert!(mail.contains(&format!("{line}\r\n")), "{line} in\n{mail}");
    }
    assert!(mail.is_ascii() && mail.contains("\r\nDate: "), "{mail}");
    let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert_eq!(parsed.subject(), Some("Anna Zając viewed the pricing page"));
    assert_eq!(
        parsed.body_text(0).unwrap().trim_end(),
        "Call her: +48 600 100 200\n.\nowner: you".replace('\n', "\r\n")
    );
}

#[test]
fn r4_8_nothing_in_a_name_becomes_a_header() {
    let mail = composed("Jan\r\nBcc: all@example.com\r\n\r\nBuy", "text\r\n\r\n.\r\nMAIL FROM:<x@example.com>");
    let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert!(parsed.bcc().is_none(), "{mail}");
    assert_eq!(parsed.subject(), Some("Jan  Bcc: all@example.com    Buy"));
}

#[rstest]
#[case("", "The recipient has no e-mail address.")]
#[case("ola", "The recipient's e-mail address is not complete.")]
#[case("ola@example.com>\r\nRCPT TO:<x@example.com", "The recipient's e-mail address is not complete.")]
#[case("ola@example.com, x@example.com", "The recipient's e-mail address is not complete.")]
#[case("\"a b\"@example.com", "The recipient's e-mail address is not complete.")]
fn a_recipient_that_cannot_be_reached_gets_a_sentence(#[case] to: &str, #[case] sentence: &str) {
    let stop = compose(&smtp("jan@example.com"), &message(to, "s", "t")).err().unwrap();
    assert!(stop.lasting && stop.why.starts_with(sentence), "{}", stop.why);
}

#[rstest]
#[case("")]
#[case("Jan")]
#[case("Jan\r\nBcc: x@example.com <jan@example.com>")]
fn a_sender_that_is_no_address_gets_a_sentence(#[case] from: &str) {
    let stop = compose(&smtp(from), &message("ola@example.com", "s", "t")).err().unwrap();
    assert!(stop.lasting && stop.why.contains("smtp.from"), "{}", stop.why);
}

proptest! {
    #[test]
    fn r4_8_whatever_a_record_holds_the_mail_has_the_same_headers(
        subject in "(\\PC|[\r\n\t\u{0}\u{85}\u{2028}:;<>=?@]){0,80}",
        text in "(\\PC|[\r\n.]){0,200}",
    ) {
        let mail = composed(&subject, &text);
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        // A line that begins with a blank goes on from the one before it.
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        let names: Vec<&str> = lines.map(|line| line.split(':').next().unwrap()).collect();
        let wanted = ["MIME-Version", "Content-Type", "Auto-Submitted", "From", "To", "Subject", "Message-ID"];
        prop_assert_eq!(&names[..7], &wanted[..]);
        prop_assert_eq!(&names[7..], &["Content-Transfer-Encoding", "Date"][..]);
        prop_assert!(!mail.replace("\r\n", "").contains(['\r', '\n']), "{:?}", mail);
    }
}
