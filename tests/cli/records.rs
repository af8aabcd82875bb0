//! Making, changing and looking at records: `new set show history why`.

use crate::program::Lejek;
use serde_json::{Value as Json, json};

#[test]
fn a_contact_is_made_changed_and_shown() {
    let lejek = Lejek::of_ann();
    let made = lejek.ok("new contact first_name=Jan 'last_name=van der Berg' email=Jan@Acme.PL lifecycle_stage=lead");
    assert_eq!(made["effects"], json!([]));
    let id = made["id"].as_str().unwrap();

    let changed = lejek.ok("set contact:jan@acme.pl phone=501222333 lifecycle_stage=Customer owner=me");
    assert_eq!(changed["id"], id);
    assert_eq!(changed["act"].as_u64(), made["act"].as_u64().map(|act| act + 1));

    let shown = lejek.ok(&format!("show {id}"));
    assert_eq!(
        (&shown["id"], &shown["object"], &shown["name"]),
        (&json!(id), &json!("contact"), &json!("Jan van der Berg"))
    );
    let properties = &shown["properties"];
    assert_eq!(properties["email"], "Jan@acme.pl");
    assert_eq!(properties["lifecycle_stage"], "Customer");
    assert_eq!(properties["owner"], "ann@firma.pl");
    assert!(properties["created_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(properties.get("mobile"), None, "empty properties are absent");
    assert_eq!((&shown["associations"], &shown["timeline"]), (&json!([]), &json!([])));

    lejek.ok("set contact:jan@acme.pl phone=");
    assert_eq!(lejek.ok(&format!("show {id}"))["properties"].get("phone"), None);
}

#[test]
fn values_come_out_as_the_contract_says() {
    let lejek = Lejek::of_ann();
    let deal =
        lejek.new_id("deal name=Roof 'amount=1200 EUR' close_date=30.11.2026 co_sold=yes deal_team=ann@firma.pl");
    let shown = lejek.ok(&format!("show {deal}"));
    let properties = &shown["properties"];
    assert_eq!(properties["amount"], json!({"amount": "1200.00", "currency": "EUR"}));
    assert_eq!(properties["close_date"], "2026-11-30");
    assert_eq!(properties["co_sold"], true);
    assert_eq!(properties["deal_team"], json!(["ann@firma.pl"]));
    assert_eq!((&properties["pipeline"], &properties["stage"]), (&json!("Sales"), &json!("Appointment scheduled")));
}

#[test]
fn r7_5_the_answer_names_what_a_rule_did_besides() {
    let lejek = Lejek::of_ann();
    let made = lejek.ok("new deal name=Roof");
    let effects = made["effects"].as_array().unwrap();
    assert_eq!(effects.len(), 2, "{effects:?}");
    assert!(effects.iter().all(|effect| effect["rule"] == "R2.2" && effect["record"] == made["id"]));
    assert!(effects.iter().all(|effect| !effect["what"].as_str().unwrap().is_empty()));
}

#[test]
fn a_change_that_changes_nothing_is_no_act() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    let before = lejek.ok("acts");
    assert_eq!(lejek.ok("set contact:jan@acme.pl first_name=Jan")["act"], Json::Null);
    assert_eq!(lejek.ok("acts"), before);
    assert!(lejek.text("set contact:jan@acme.pl first_name=Jan").starts_with("Nothing changed"));
}

#[test]
fn new_set_undo_redo_history() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@acme.pl city=Kraków");
    let set = lejek.ok("set contact:jan@acme.pl city=Gdynia");
    lejek.ok("undo");
    assert_eq!(lejek.property("contact:jan@acme.pl", "city"), "Kraków");
    lejek.ok("redo");
    assert_eq!(lejek.property("contact:jan@acme.pl", "city"), "Gdynia");

    let history = lejek.ok("history contact:jan@acme.pl");
    let told: Vec<(&Json, &Json, &Json)> =
        history.as_array().unwrap().iter().map(|e| (&e["what"], &e["old"], &e["new"])).collect();
    let (krakow, gdynia) = (json!("Kraków"), json!("Gdynia"));
    let (city, created, none) = (json!("city"), json!("created"), Json::Null);
    assert_eq!(
        told,
        [(&city, &krakow, &gdynia), (&city, &gdynia, &krakow), (&city, &krakow, &gdynia), (&created, &none, &none)]
    );
    let change = &history[2];
    assert_eq!((&change["by"], &change["origin"]), (&json!("ann@firma.pl"), &json!("command_line")));
    assert_eq!((&change["act"], &change["rule"]), (&set["act"], &Json::Null));
    assert!(change["at"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn r7_4_every_value_answers_why() {
    let lejek = Lejek::of_ann();
    let made = lejek.ok("new deal name=Roof amount=10");
    let set = lejek.ok("set deal:roof amount=20");
    let id = made["id"].as_str().unwrap();

    let why = lejek.ok("why deal:roof amount");
    assert_eq!((&why["act"], &why["by"], &why["rule"]), (&set["act"], &json!("ann@firma.pl"), &Json::Null));
    assert_eq!((&why["what"], &why["why"]), (&json!("amount"), &json!("asked for")));

    let why = lejek.ok("why deal:roof stage");
    assert_eq!((&why["act"], &why["rule"]), (&made["act"], &json!("R2.2")));
    assert!(why["why"].as_str().unwrap().contains("Sales"));

    let why = lejek.ok("why deal:roof name");
    assert_eq!((&why["act"], &why["what"]), (&made["act"], &json!("created")));
    assert_eq!(lejek.ok("why deal:roof")["id"], id);
    assert_eq!(lejek.ok("why deal:roof updated_at")["act"], set["act"]);

    assert!(lejek.fails(4, "why deal:roof notes")["message"].as_str().unwrap().contains("never"));
    lejek.fails(2, "why deal:roof shoe_size");
}

#[test]
fn r7_4_an_association_answers_why() {
    let lejek = Lejek::of_ann();
    let acme = lejek.new_id("company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl --associate company:acme.pl");
    let why = lejek.ok("why contact:jan@acme.pl company:acme.pl");
    assert_eq!((&why["what"], &why["new"]["id"], &why["rule"]), (&json!("associated"), &json!(acme), &json!("R5.4")));
    let why = lejek.ok("why contact:jan@acme.pl company");
    assert!(why["from"].as_str().unwrap().contains("Acme"), "{why}");

    lejek.ok("dissociate contact:jan@acme.pl company:acme.pl");
    assert_eq!(lejek.ok("why contact:jan@acme.pl company:acme.pl")["what"], "dissociated");
    lejek.ok("new company name=Other");
    lejek.fails(4, "why contact:jan@acme.pl company:other");
}

#[test]
fn a_value_that_its_property_does_not_take_is_refused() {
    let lejek = Lejek::of_ann();
    for values in [
        "contact first_name=Jan lifecycle_stage=Nonsense",
        "contact first_name=Jan email=nobody",
        "contact first_name=Jan owner=nobody@firma.pl",
        "contact first_name=Jan created_at=2026-01-01",
        "deal name=Roof amount=lots",
        "deal name=Roof close_date=2026-02-30",
        "deal name=Roof stage=Disqualified",
        "deal amount=5",
        "contact city=Gdynia",
    ] {
        lejek.fails(3, &format!("new {values}"));
    }
    assert_eq!(lejek.ok("count contact")["count"], 0);
}

#[test]
fn r5_11_an_address_belongs_to_one_record() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    let error = lejek.fails(3, "new contact first_name=Other email=JAN@acme.pl");
    assert_eq!(error["rule"], "R5.11");
    assert!(error["message"].as_str().unwrap().contains("Jan"));
}

#[test]
fn hostile_values_do_nothing_to_a_terminal() {
    let lejek = Lejek::of_ann();
    let run =
        lejek.run("--json new contact 'first_name=\u{1b}[31mJan\u{7}' 'last_name=gpj.\u{202e}exe' 'notes=two\nlines'");
    let id = run.ok()["id"].as_str().unwrap().to_owned();
    for line in ["list contact --columns name,notes", &format!("show {id}"), "acts", "bin", &format!("history {id}")] {
        let text = lejek.text(line);
        let harmful = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!text.contains(harmful), "{line}: {text:?}");
    }
    let refused = lejek.run("new contact first_name=x 'email=\u{1b}]0;title\u{7}'");
    assert!(!refused.err.contains('\u{1b}'), "{:?}", refused.err);
    assert_eq!(lejek.ok("list contact --columns notes")[0]["notes"], "two\nlines");
}

#[test]
fn text_shows_a_record_for_people() {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan last_name=Kowalski email=jan@acme.pl --associate company:acme.pl");
    let text = lejek.text("show contact:jan@acme.pl");
    for part in ["Jan Kowalski", "E-mail", "jan@acme.pl", "Companies (1)", "Acme  primary"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}
