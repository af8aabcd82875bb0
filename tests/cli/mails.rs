//! `import` of e-mails and vCards, `export` of vCards.

use crate::program::Lejek;
use serde_json::{Value as Json, json};

fn letter(id: &str, day: u32, from: &str, to: &str, more: &str) -> String {
    format!(
        "Message-ID: <{id}@x>\nDate: {day} Nov 2026 10:00:00 +0000\nFrom: {from}\nTo: {to}\nSubject: Letter {id}\n{more}\nHello from {id}\n"
    )
}

/// Ann is the user, Jan is known, Ewa is not.
fn lejek() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    std::fs::create_dir_all(lejek.file("mails/older")).unwrap();
    lejek.write("mails/older/1.eml", &letter("1", 1, "ann@firma.pl", "Jan <jan@acme.pl>", ""));
    lejek.write("mails/2.eml", &letter("2", 2, "jan@acme.pl", "ann@firma.pl", "In-Reply-To: <1@x>\n"));
    lejek.write("mails/3.eml", &letter("3", 3, "Ewa Nowak <ewa@beta.pl>", "ann@firma.pl", ""));
    lejek.write("mails/notes.txt", "no mail");
    lejek
}

fn counts(done: &Json) -> [u64; 4] {
    ["created", "updated", "unchanged", "skipped"].map(|name| done[name].as_u64().unwrap())
}

#[test]
fn r3_3_a_file_and_a_folder_of_mails_are_activities_of_their_contacts() {
    let lejek = lejek();
    assert_eq!(counts(&lejek.ok("import @mails/2.eml")), [1, 0, 0, 0]);
    let done = lejek.ok("import @mails");
    assert_eq!(counts(&done), [1, 0, 1, 1], "{done}");
    assert!(done["errors"].to_string().contains("ewa@beta.pl> is no contact here"), "{done}");
    let timeline = lejek.ok("show contact:jan@acme.pl")["timeline"].clone();
    let told = |at: usize| (timeline[at]["subject"].clone(), timeline[at]["properties"]["direction"].clone());
    assert_eq!(told(1).0, "Letter 1");
    assert_eq!(told(0).0, "Letter 2");
    assert_ne!(told(0).1, told(1).1, "{timeline}");
    assert_eq!((&timeline[0]["logged_from"], &timeline[1]["by"]), (&json!("import"), &json!("ann@firma.pl")));
    lejek.ok("undo");
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["timeline"].as_array().unwrap().len(), 1);
}

#[test]
fn r3_6_create_contacts_makes_those_that_nobody_has() {
    let lejek = lejek();
    let tried = lejek.ok("import @mails --create-contacts --dry-run");
    assert_eq!((counts(&tried), &lejek.ok("count contact")["count"]), ([3, 0, 0, 0], &json!(1)));
    let done = lejek.ok("import @mails --create-contacts");
    assert_eq!(counts(&done), [3, 0, 0, 0], "{done}");
    let ewa = lejek.ok("show contact:ewa@beta.pl");
    assert_eq!((&ewa["name"], &ewa["timeline"][0]["subject"]), (&json!("Ewa Nowak"), &json!("Letter 3")));
    lejek.ok("undo");
    assert_eq!(lejek.ok("count contact")["count"], 1);
}

#[test]
fn r3_7_mails_are_piped_in_one_or_a_mailbox_in_any_order() {
    let lejek = lejek();
    let one = letter("9", 9, "jan@acme.pl", "ann@firma.pl", "");
    let run = lejek.run_with("--json import -", &one);
    assert_eq!(counts(&serde_json::from_str(&run.out).unwrap()), [1, 0, 0, 0], "{}", run.out);
    let parted = |text: String| format!("From x Thu Nov 19 14:20:00 2026\n{text}\n");
    let mailbox = parted(letter("6", 6, "jan@acme.pl", "ann@firma.pl", "References: <5@x>\n"))
        + &parted(letter("5", 5, "ann@firma.pl", "jan@acme.pl", ""));
    lejek.write("all.mbox", &mailbox);
    assert_eq!(counts(&lejek.ok("import @all.mbox")), [2, 0, 0, 0]);
    let timeline = lejek.ok("show contact:jan@acme.pl")["timeline"].clone();
    assert_eq!(timeline[1]["properties"]["thread"], timeline[2]["properties"]["thread"], "{timeline}");
    let run = lejek.run_with("--json import -", &mailbox);
    assert_eq!(counts(&serde_json::from_str(&run.out).unwrap()), [0, 0, 2, 0], "{}", run.out);
}

#[test]
fn what_is_no_mail_is_said_and_nothing_comes_in() {
    let lejek = lejek();
    std::fs::create_dir_all(lejek.file("none")).unwrap();
    let refused = lejek.fails(4, "import @none");
    assert!(refused["message"].as_str().unwrap().contains("there are no mails in this folder"), "{refused}");
    lejek.write("mails/4.eml", "Subject: no date\n\nlost\n");
    let done = lejek.ok("import @mails --report @bad.csv");
    assert_eq!(counts(&done), [2, 0, 0, 2], "{done}");
    assert!(done["errors"].to_string().contains("The mail has no date"), "{done}");
    assert!(lejek.read("bad.csv").contains("4.eml"));
}

#[test]
fn cards_come_in_and_go_out_and_come_in_again() {
    let lejek = Lejek::of_ann();
    let cards = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lis;R=C3=B3=C5=BCa\r\n\
        EMAIL;INTERNET:roza@example.com\r\nTEL;CELL:+48 501 222 333\r\nORG:Tartak\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ida Nowak\r\nEMAIL;TYPE=work:ida@example.com\r\nEND:VCARD\r\n";
    lejek.write("people.vcf", cards);
    assert_eq!(counts(&lejek.ok("import @people.vcf")), [2, 0, 0, 0]);
    let roza = lejek.ok("show contact:roza@example.com");
    assert_eq!(roza["name"], "Róża Lis");
    assert_eq!(lejek.property("contact:roza@example.com", "company_name"), "Tartak");
    let out = lejek.ok("export contact -o @out.vcf");
    assert_eq!(out["rows"], 2, "{out}");
    assert_eq!(lejek.read("out.vcf").matches("BEGIN:VCARD").count(), 2);
    assert_eq!(counts(&lejek.ok("import @out.vcf")), [0, 0, 2, 0]);
    let other = Lejek::of_ann();
    other.write("in.vcf", &lejek.read("out.vcf"));
    assert_eq!(counts(&other.ok("import @in.vcf")), [2, 0, 0, 0]);
    assert_eq!(other.property("contact:roza@example.com", "first_name"), "Róża");
}
