//! `notifications`, `outbox`, `deliver`, `follow`, and the settings behind them (R4).

#[cfg(unix)]
use crate::holder::Holder;
use crate::mailbox::{Mailbox, header};
use crate::program::Lejek;
use serde_json::{Value as Json, json};

/// Ann, who may everything, and Bob, who is told of records by mail that goes through `port`.
fn with_bob(port: u16) -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("user add name=Bob email=bob@firma.pl");
    lejek.ok("settings smtp.host 127.0.0.1");
    lejek.ok("settings smtp.security none");
    lejek.ok(&format!("settings smtp.port {port}"));
    lejek.ok("settings smtp.from 'Lejek <lejek@firma.pl>'");
    lejek.run_as(Some("bob@firma.pl"), "--json settings notifications.record_assigned.email true").ok();
    lejek
}

/// A port on which nobody answers.
fn closed() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn as_bob(lejek: &Lejek, line: &str) -> Json {
    lejek.run_as(Some("bob@firma.pl"), &format!("--json {line}")).ok()
}

#[test]
fn r4_8_a_mail_arrives_with_the_facts_and_what_to_do_next() {
    let mailbox = Mailbox::open();
    let lejek = with_bob(mailbox.port);
    let jan = lejek.new_id("contact first_name=Jan last_name=Żak email=jan@acme.pl job_title=Buyer owner=bob@firma.pl");
    assert_eq!(lejek.ok("outbox").as_array().unwrap().len(), 1);
    let delivered = lejek.ok("deliver");
    assert_eq!(
        (&delivered["delivered"], &delivered["failed"], &delivered["waiting"]),
        (&json!(1), &json!(0), &json!(0))
    );
    assert_eq!(lejek.ok("deliver")["delivered"], 0, "R4.10: what was acknowledged is not sent again");
    let mails = mailbox.mails();
    assert_eq!(mails.len(), 1);
    let told = &as_bob(&lejek, "notifications")[0];
    assert_eq!(header(&mails[0], "To"), Some("bob@firma.pl"));
    assert!(header(&mails[0], "Message-ID").unwrap().contains(told["id"].as_str().unwrap()), "{mails:?}");
    let text = mails[0].join("\n");
    for part in ["E-mail: jan@acme.pl", "Job title: Buyer", "Next: Open it", "Why you are told: You own", &jan[28..]] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!((&told["ways"][0]["state"], &told["record"]), (&json!("delivered"), &json!(jan)));
    assert_eq!(told["title"], "ann assigned you the contact Jan Żak");
}

#[test]
fn r4_9_the_centre_lists_and_is_read() {
    let lejek = with_bob(closed());
    lejek.new_id("company name=Acme owner=bob@firma.pl");
    lejek.new_id("company name=Beta owner=bob@firma.pl");
    assert_eq!(lejek.ok("notifications"), json!([]), "one's own acts");
    let told = as_bob(&lejek, "notifications --unread");
    assert_eq!(told.as_array().unwrap().len(), 2);
    let ending = &told[0]["id"].as_str().unwrap()[28..];
    assert_eq!(as_bob(&lejek, &format!("notifications read {ending}"))["unread"], 1);
    assert_eq!(as_bob(&lejek, "notifications --unread").as_array().unwrap().len(), 1);
    lejek.fails(4, &format!("notifications read {ending}"));
    assert_eq!(as_bob(&lejek, "notifications read all")["unread"], 0);
    assert_eq!(as_bob(&lejek, "notifications --limit 1").as_array().unwrap().len(), 1);
    let text = lejek.run_as(Some("bob@firma.pl"), "notifications").out;
    assert!(text.contains("assigned you the company Beta"), "{text}");
    lejek.fails(2, "notifications read");
}

#[test]
fn r4_10_a_dead_server_is_told_of_and_tried_again_on_demand() {
    let lejek = with_bob(closed());
    lejek.new_id("company name=Acme owner=bob@firma.pl");
    assert_eq!(lejek.ok("deliver")["failed"], 1);
    assert_eq!(lejek.ok("deliver")["failed"], 0, "not before its time");
    let waiting = lejek.ok("outbox");
    assert_eq!((&waiting[0]["tries"], &waiting[0]["channel"]), (&json!(1), &json!("email")));
    assert!(waiting[0]["error"].as_str().unwrap().contains("127.0.0.1"), "{waiting}");
    assert!(lejek.text("outbox").contains("bob@firma.pl"));
    let mailbox = Mailbox::open();
    lejek.ok(&format!("settings smtp.port {}", mailbox.port));
    lejek.ok("outbox retry");
    assert_eq!(lejek.ok("deliver")["delivered"], 1);
    assert_eq!((mailbox.mails().len(), lejek.text("outbox").trim()), (1, "Everything is delivered"));
}

#[test]
fn r4_11_what_is_ticked_no_more_is_not_sent_and_undo_takes_it_out() {
    let mailbox = Mailbox::open();
    let lejek = with_bob(mailbox.port);
    lejek.new_id("company name=Acme owner=bob@firma.pl");
    lejek.ok("undo");
    assert_eq!((lejek.ok("outbox"), as_bob(&lejek, "notifications")), (json!([]), json!([])));
    lejek.new_id("company name=Beta owner=bob@firma.pl");
    as_bob(&lejek, "settings notifications.record_assigned.email off");
    assert_eq!((&lejek.ok("deliver")["off"], mailbox.mails().len()), (&json!(1), 0));
}

#[test]
fn r4_14_a_record_is_followed_and_no_more() {
    let lejek = with_bob(closed());
    let roof = lejek.new_id("deal name=Roof");
    as_bob(&lejek, &format!("follow {roof}"));
    let moved = lejek.ok("move deal:Roof 'Contract sent'");
    assert!(moved["effects"].as_array().unwrap().iter().any(|effect| effect["rule"] == "R4.12"), "{moved}");
    assert_eq!(as_bob(&lejek, "notifications")[0]["topic"], "stage_changed");
    as_bob(&lejek, "unfollow deal:Roof");
    lejek.ok("move deal:Roof 'Closed won'");
    assert_eq!(as_bob(&lejek, "notifications").as_array().unwrap().len(), 1);
    let told: Vec<Json> = lejek.ok(&format!("history {roof}")).as_array().unwrap().clone();
    let whats: Vec<&str> = told.iter().filter_map(|entry| entry["what"].as_str()).collect();
    assert!(whats.contains(&"followed") && whats.contains(&"unfollowed"), "{whats:?}");
    lejek.fails(4, "follow deal:Nothing");
}

#[test]
fn r4_8_settings_name_where_secrets_are_and_never_hold_them() {
    let lejek = with_bob(25);
    lejek.fails(2, "settings smtp.password secret");
    lejek.ok("settings smtp.password_command 'pass show mail'");
    lejek.ok("settings smtp.password_env MAIL");
    assert_eq!(lejek.ok("settings smtp.password_command")["value"], "", "a secret has one source");
    assert_eq!(lejek.ok("settings smtp.password_env")["value"], "MAIL");
    as_bob(&lejek, "settings webhook.url_file /home/bob/hook");
    assert_eq!(lejek.ok("settings webhook.url_file")["value"], "", "it is Bob's own");
    assert_eq!(as_bob(&lejek, "settings webhook.url_file")["value"], "/home/bob/hook");
    assert_eq!(as_bob(&lejek, "settings notifications.record_assigned.email")["value"], "true");
    assert_eq!(lejek.ok("settings notifications.record_assigned.email")["value"], "false");
    lejek.run_as(Some("bob@firma.pl"), "--json settings smtp.host evil.example").fails(3);
    for (line, code) in [
        ("settings smtp.port 0", 3),
        ("settings smtp.security wishful", 3),
        ("settings smtp.from nobody", 3),
        ("settings notifications.mention.email perhaps", 3),
        ("settings notifications.mention.pigeon true", 2),
        ("settings notifications.partner_lead.email true", 2),
    ] {
        lejek.fails(code, line);
    }
}

#[cfg(unix)]
#[test]
fn r4_10_whoever_watches_delivers_what_others_do_meanwhile() {
    let mailbox = Mailbox::open();
    let lejek = with_bob(mailbox.port);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lejek"));
    command.env_clear().env("HOME", lejek.file("")).env("LEJEK_DATA", lejek.data()).args(["deliver", "--watch"]);
    let mut watcher = command.spawn().unwrap();
    // Whichever of the two holds the folder, the other comes after it.
    lejek.new_id("company name=Acme owner=bob@firma.pl");
    mailbox.await_mails(1);
    lejek.new_id("company name=Beta owner=bob@firma.pl");
    mailbox.await_mails(2);
    let id = watcher.id().to_string();
    assert!(std::process::Command::new("kill").args(["-s", "TERM", &id]).status().unwrap().success());
    assert_eq!(watcher.wait().unwrap().code(), Some(0));
    assert_eq!((lejek.ok("outbox"), mailbox.mails().len()), (json!([]), 2));
}

#[cfg(unix)]
#[test]
fn r4_10_an_open_interface_delivers_and_so_do_subcommands_through_it() {
    let mailbox = Mailbox::open();
    let lejek = with_bob(mailbox.port);
    let holder = Holder::of(&lejek);
    lejek.new_id("company name=Acme owner=bob@firma.pl");
    mailbox.await_mails(1);
    lejek.ok("deliver");
    holder.signal("TERM");
    holder.end();
    assert_eq!((lejek.ok("outbox"), mailbox.mails().len()), (json!([]), 1), "once");
}
