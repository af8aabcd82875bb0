//! References: what names a record, an activity or a user, and what does not.

use crate::program::Lejek;
use serde_json::json;

#[test]
fn a_record_is_named_by_id_ending_address_or_name() {
    let lejek = Lejek::of_ann();
    let id = lejek.new_id("contact 'first_name=Łucja Maria' last_name=Żak email=lucja@firma.pl emails=lz@firma.pl");
    let acme = lejek.new_id("company 'name=Acme: the firm' domain=acme.pl");
    let plain = id.replace('-', "");
    let ending = &plain[24..];
    let longer = &id[20..];
    for reference in [
        &id,
        &plain,
        &id.to_uppercase(),
        ending,
        longer,
        "contact:lucja@firma.pl",
        "contact:LZ@Firma.pl",
        "'contact:Łucja Maria Żak'",
        "'contact:lucja maria zak'",
        "'Contacts:lucja maria zak'",
    ] {
        assert_eq!(lejek.ok(&format!("show {reference}"))["id"], id, "{reference}");
    }
    for reference in ["company:acme.pl", "company:https://www.acme.pl/", "'company:Acme: the firm'"] {
        assert_eq!(lejek.ok(&format!("show {reference}"))["id"], acme, "{reference}");
    }
}

#[test]
fn what_names_nothing_is_not_found() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    for reference in [
        "contact:nobody@acme.pl",
        "contact:nobody",
        "company:acme.pl",
        "deal:roof",
        "boat:roof",
        "nobody",
        "jan@acme.pl",
        "1234567",
        "12345678",
        "01a20137-01da-72cd-baec-233c63d7e952",
        "''",
        "contact:",
    ] {
        assert_eq!(lejek.fails(4, &format!("show {reference}"))["kind"], "not_found", "{reference}");
    }
}

#[test]
fn what_names_several_is_ambiguous_and_lists_them() {
    let lejek = Lejek::of_ann();
    let first = lejek.new_id("deal name=Roof");
    let second = lejek.new_id("deal name=ROOF");
    let error = lejek.fails(4, "show deal:roof");
    assert_eq!(error["kind"], "ambiguous");
    let mut ids: Vec<&str> =
        error["candidates"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, [first.as_str(), second.as_str()]);
    assert_eq!(error["candidates"][0]["object"], "deal");
    let run = lejek.run("show deal:roof");
    assert!(run.code == 4 && run.out.is_empty() && run.err.contains(&first) && run.err.contains("ROOF"), "{}", run.err);
}

#[test]
fn a_user_is_named_by_email_id_and_name() {
    let lejek = Lejek::of_ann();
    let bob = lejek.ok("user add name=Bob email=bob@firma.pl")["id"].as_str().unwrap().to_owned();
    for reference in [bob.as_str(), &bob[28..], "user:bob@firma.pl", "user:bob"] {
        let shown = lejek.ok(&format!("show {reference}"));
        assert_eq!((&shown["id"], &shown["email"]), (&json!(bob), &json!("bob@firma.pl")), "{reference}");
    }
    lejek.fails(2, "delete user:bob");
}

#[test]
fn r5_9_what_is_in_the_bin_is_not_found() {
    let lejek = Lejek::of_ann();
    let id = lejek.new_id("contact first_name=Jan email=jan@acme.pl");
    lejek.ok("delete contact:jan@acme.pl");
    for line in [
        "show contact:jan@acme.pl".to_owned(),
        format!("show {id}"),
        format!("set {id} city=Gdynia"),
        format!("delete {id}"),
        "delete contact:jan".to_owned(),
    ] {
        lejek.fails(4, &line);
    }
    assert!(lejek.fails(4, &format!("show {id}"))["message"].as_str().unwrap().contains("bin"));
    for line in ["history contact:jan@acme.pl", "why contact:jan@acme.pl", "restore contact:jan@acme.pl"] {
        lejek.ok(line);
    }
    lejek.fails(4, &format!("restore {id}"));
}
