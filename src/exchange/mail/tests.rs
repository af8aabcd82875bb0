//! Mails of every kind as values, and that none of them hurts.

use std::fmt::Write as _;
use std::fs;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::exchange::Rows;

const HEAD: &str = "From: Jan <jan@acme.pl>\r\nTo: Eva <eva@home.example>\r\nDate: Thu, 19 Nov 2026 14:20:00 +0100\r\n";

fn mail(text: &str) -> Mail {
    read(text.as_bytes()).unwrap()
}

/// The text of a mail with these lines below its head.
fn text(rest: &str) -> String {
    mail(&format!("{HEAD}{rest}")).text
}

#[test]
fn a_mail_as_values() {
    let mail = mail(
        "Message-ID: <3@acme.pl>\r\nReferences: <1@acme.pl> <2@acme.pl>\r\nIn-Reply-To: <2@acme.pl>\r\n\
         From: =?utf-8?q?Jan_=C5=BB=C3=B3=C5=82w?= <jan@acme.pl>\r\nTo: \"Nowak, Eva\" <eva@home.example>, ola@x.pl\r\n\
         Cc: team: a@x.pl, b@x.pl;\r\nBcc: c@x.pl\r\nSubject: =?iso-8859-2?B?WnVw5mE=?=\r\n \x1b[31m offer\r\n\
         Date: Thu, 19 Nov 2026 14:20:00 +0100\r\n\r\nHello,\r\n\r\nbye\r\n",
    );
    assert_eq!((mail.id.as_str(), mail.references.join(" ").as_str()), ("3@acme.pl", "1@acme.pl 2@acme.pl"));
    assert_eq!(mail.at.unwrap().to_rfc3339(), "2026-11-19T13:20:00+00:00");
    assert_eq!(mail.from, "Jan Żółw <jan@acme.pl>");
    assert_eq!(mail.to, ["Nowak Eva <eva@home.example>", "ola@x.pl", "c@x.pl"]);
    assert_eq!(mail.cc, ["a@x.pl", "b@x.pl"]);
    assert_eq!(mail.text, "Hello,\n\nbye");
    assert!(mail.remarks.is_empty() && mail.subject.starts_with("Zup"), "{mail:?}");
}

#[rstest]
#[case::plain("\r\nHello\r\n", "Hello")]
#[case::no_body("", "")]
#[case::base64("Content-Transfer-Encoding: base64\r\n\r\nxYHDs2TFug==\r\n", "Łódź")]
#[case::quoted("Content-Transfer-Encoding: quoted-printable\r\n\r\n=C5=81=C3=B3d=\r\n=C5=BA, a=b =\n", "Łódź, a=b")]
#[case::charset(
    "Content-Type: text/plain; charset=iso-8859-2\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=A3ukasz",
    "Łukasz"
)]
#[case::html("Content-Type: text/html\r\n\r\n<p>Hello <b>Jan</b><br>bye</p><script>x</script>", "Hello Jan\nbye")]
#[case::alternative(
    "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nplain\r\n--b\r\n\
     Content-Type: text/html\r\n\r\n<p>html</p>\r\n--b--\r\n",
    "plain"
)]
#[case::only_html(
    "Content-Type: multipart/alternative; boundary=\"b b\"\r\n\r\n--b b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b b--\r\n",
    "html"
)]
#[case::attachments_stay_out(
    "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\n\r\none\r\n--b\r\n\
     Content-Disposition: attachment; filename=x.txt\r\n\r\nsecret\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
     From: x@x.pl\r\n\r\ninner\r\n--b\r\n\r\ntwo\r\n--b--\r\nepilogue",
    "one\n\ntwo"
)]
#[case::never_closed("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none", "one")]
#[case::boundary_is_missing("Content-Type: multipart/mixed; boundary=b\r\n\r\njust text", "just text")]
fn the_text_is_what_is_meant_to_be_read(#[case] rest: &str, #[case] expected: &str) {
    assert_eq!(text(rest), expected);
}

#[test]
fn without_a_date_it_is_when_it_arrived() {
    let head = "From: a@x.pl\nReceived: from a by b; Thu, 19 Nov 2026 15:00:00 +0100\n";
    assert_eq!(mail(&format!("{head}\nx")).at.unwrap().to_rfc3339(), "2026-11-19T14:00:00+00:00");
    assert_eq!(mail(&format!("{head}Date: whenever\n\nx")).at.unwrap().to_rfc3339(), "2026-11-19T14:00:00+00:00");
    let mut rows = Rows::open(&b"From: a@x.pl\nTo: b@x.pl\n\nx"[..]).unwrap();
    let error = rows.next().unwrap().unwrap_err();
    assert!(error.message.starts_with("The mail has no date. Write"), "{error}");
}

#[test]
fn much_is_cut_off_and_told() {
    let mut many = HEAD.to_owned();
    for at in 0..10_000 {
        let _ = write!(many, "To: a{at}@x.pl\r\n");
    }
    let mail = mail(&format!("{many}\r\n{}", "ł".repeat(MOST)));
    assert_eq!((mail.to.len(), mail.text.chars().count()), (MOST_ADDRESSES, MOST_TEXT));
    assert_eq!(mail.remarks.len(), 3, "{:?}", mail.remarks);
}

#[test]
fn nesting_and_numbers_of_parts_take_no_time() {
    let deep = (0..20_000).fold(String::new(), |mut text, at| {
        let _ = write!(text, "Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n");
        text
    });
    let flat = "--b\nContent-Type: multipart/mixed; boundary=none\n\n".repeat(50_000);
    let letters = "Content-Type: message/rfc822\n\n".repeat(100_000);
    let flat = format!("Content-Type: multipart/mixed; boundary=b\n\n{flat}");
    for rest in [deep, flat, letters] {
        text(&rest);
    }
}

#[test]
fn a_mailbox_has_several_mails() {
    let text = format!("From jan Thu Nov 19 14:20:00 2026\n{HEAD}\none\n>From here\n\nFrom eva\n{HEAD}\ntwo\n");
    let mut rows = Rows::open(text.as_bytes()).unwrap();
    let texts: Vec<String> = rows.by_ref().map(|row| row.unwrap().cells.pop().unwrap()).collect();
    assert_eq!(texts, ["one\nFrom here", "two"]);
}

#[test]
fn a_folder_gives_its_mails_oldest_first() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, day: u32| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("From: a@x.pl\nTo: b@x.pl\nDate: {day} Nov 2026 10:00:00 +0000\n\n{day}")).unwrap();
    };
    write("b.eml", 3);
    write("deep/er/a.EML", 1);
    write("inbox/cur/1234.host:2,S", 2);
    write("notes.txt", 4);
    fs::write(folder.path().join("broken.eml"), "\0\0\0").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("deep/loop")).unwrap();
    let mails: Mails<&[u8]> = Mails::of_folder(Paths::of(folder.path()).unwrap());
    assert_eq!(mails.foreseen(), Some(4));
    let (good, bad): (Vec<_>, Vec<_>) = mails.partition(Result::is_ok);
    let texts: Vec<String> = good.into_iter().map(|row| row.unwrap().cells.pop().unwrap()).collect();
    assert_eq!(texts, ["1", "2", "3"]);
    assert_eq!(bad[0].as_ref().unwrap_err().column.as_deref(), Some("broken.eml"));
}

#[rstest]
#[case("From: a@x.pl\nTo: b@x.pl\n\n", true)]
#[case("X-Own: 1\nSubject: x\nMIME-Version: 1.0\n", true)]
#[case("From jan Thu Nov 19\nReceived: x\nDate: y\n", true)]
#[case("Name,Date: from,To:\nJan,x,y\n", false)]
#[case("Subject: a table\nName;City\n", false)]
#[case("", false)]
fn a_mail_is_known_by_its_head(#[case] text: &str, #[case] is_mail: bool) {
    assert_eq!(looks_like_mail(text.as_bytes()), is_mail);
}

proptest! {
    #[test]
    fn any_bytes_end(head in "[A-Za-z:;=/\"<>@.,\\- \r\n]{0,120}", tail: Vec<u8>) {
        let kinds = ["", "Content-Type: multipart/mixed; boundary=b\n", "Content-Transfer-Encoding: base64\n"];
        for kind in kinds {
            let bytes = [HEAD.as_bytes(), kind.as_bytes(), head.as_bytes(), b"\n\n--b\n", &tail[..]].concat();
            let _ = read(&bytes);
        }
        let _ = read(&tail);
        let _ = Rows::open(&[b"From \n", HEAD.as_bytes(), &tail[..]].concat()[..]).map(Iterator::count);
    }
}
