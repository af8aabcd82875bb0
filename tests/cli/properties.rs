//! `property`, and that a property of a user's own works wherever one of ours does.

use crate::program::{Lejek, names};
use rstest::rstest;
use serde_json::{Value as Json, json};

fn row(lejek: &Lejek, object: &str, name: &str) -> Json {
    let list = lejek.ok(&format!("property list {object}"));
    list.as_array().unwrap().iter().find(|row| row["name"] == name).cloned().unwrap_or_default()
}

#[test]
fn properties_are_listed_added_changed_and_deleted() {
    let lejek = Lejek::of_ann();
    let added =
        lejek.ok("property add contact size type=option 'label=Shoe size' options=S;M;L colors=grey;blue required=no");
    assert_eq!((&added["id"], &added["effects"]), (&json!(1000), &json!([])));
    let size = json!({
        "object": "contact", "id": 1000, "name": "size", "label": "Shoe size", "type": "option",
        "options": ["S", "M", "L"], "colors": ["grey", "blue", "grey"],
        "required": false, "searched": false, "derived": false, "custom": true,
    });
    assert_eq!(row(&lejek, "contact", "size"), size);
    assert_eq!(row(&lejek, "contact", "email")["custom"], json!(false));
    assert_eq!(row(&lejek, "lead", "lead_label")["options"], json!(["Hot", "Warm", "Cold"]));
    let everything = lejek.ok("property list");
    assert!(everything.as_array().unwrap().iter().any(|row| row["object"] == "ticket"));
    lejek.ok("new contact first_name=Jan size=m");
    lejek.ok("property set contact size label=Boot 'options=XL;L;M;S' colors=red required=true --rename L=Large");
    let after = row(&lejek, "contact", "size");
    assert_eq!(after["label"], "Boot");
    assert_eq!((&after["options"], &after["required"]), (&json!(["XL", "L", "M", "S"]), &json!(true)));
    assert_eq!(after["colors"], json!(["red", "grey", "blue", "grey"]));
    assert_eq!(lejek.property("contact:Jan", "size"), "M");
    lejek.ok("property set contact size --rename M=Medium");
    assert_eq!(lejek.property("contact:Jan", "size"), "Medium");
    let error = lejek.fails(3, "property delete contact size");
    assert!(error["message"].as_str().unwrap().contains("--yes"), "{error}");
    assert_eq!(lejek.ok("property delete contact size --yes")["id"], json!(1000));
    assert_eq!(row(&lejek, "contact", "size"), Json::Null);
    assert_eq!(lejek.property("contact:Jan", "size"), Json::Null);
    for line in ["list contact --columns size", "list contact --filter 'size is M'", "set contact:Jan size=M"] {
        lejek.fails(2, line);
    }
    let exported = lejek.text("export contact --all");
    assert!(!exported.contains("size") && !exported.contains("Medium"), "{exported}");
    lejek.ok("undo");
    assert_eq!(lejek.property("contact:Jan", "size"), "Medium");
    assert!(lejek.text("property list contact").contains("Boot"));
}

#[test]
fn a_property_that_cannot_be_is_refused_or_wrong_usage() {
    let lejek = Lejek::of_ann();
    let before = lejek.ok("acts");
    for line in [
        "property add contact size",
        "property add contact size label=Size",
        "property add boat size type=text",
        "property add contact size type=text wings=2",
        "property set contact size label=Size",
        "property set contact email",
        "property delete contact size",
        "property set lead lead_label options=Hot --move-to Hot --clear",
    ] {
        lejek.fails(2, line);
    }
    for line in [
        "property add contact size type=wood",
        "property add contact size type=stage",
        "property add contact Size type=text",
        "property add contact email type=text",
        "property add contact size type=option",
        "property add contact size type=option options=A;A",
        "property add contact size type=option options=A colors=pink",
        "property add contact size type=option options=A colors=red;red",
        "property add contact size type=text required=perhaps",
        "property add contact size type=number searched=true",
        "property set contact email label=Mail",
        "property set contact lifecycle_stage options=Lead",
        "property set lead lead_label --rename Tepid=Warm",
        "property delete contact email --yes",
    ] {
        lejek.fails(3, line);
    }
    assert_eq!(lejek.ok("acts"), before);
}

#[test]
fn r6_2_properties_need_the_permission_before_anything_else() {
    let mut lejek = Lejek::of_ann();
    lejek.ok("user add name=Bob email=bob@firma.pl");
    lejek.ok("user add name=Eve email=eve@firma.pl edit_property_settings=true");
    lejek.act_as("bob@firma.pl");
    for line in [
        "property add boat Size type=wood",
        "property set lead lead_label options=Hot",
        "property delete contact nothing",
    ] {
        let error = lejek.fails(3, line);
        assert_eq!(error["rule"], "R6.2");
    }
    lejek.ok("property list");
    lejek.act_as("eve@firma.pl");
    lejek.ok("property add contact size type=text");
}

#[test]
fn r2_12_deleted_options_are_moved_or_cleared() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@x.pl");
    lejek.ok("new lead name=Barn lead_label=Warm --associate contact:jan@x.pl");
    let error = lejek.fails(3, "property set lead lead_label options=Hot;Cold");
    assert_eq!(error["rule"], "R2.12");
    for (option, after) in [("--move-to Cold", json!("Cold")), ("--clear", Json::Null)] {
        let done = lejek.ok(&format!("property set lead lead_label options=Hot;Cold {option}"));
        assert_eq!(done["id"], 51);
        assert_eq!(lejek.property("lead:Barn", "lead_label"), after);
        let why = lejek.ok("why lead:Barn lead_label");
        assert_eq!(why["act"], done["act"]);
        lejek.ok("undo");
        assert_eq!(lejek.property("lead:Barn", "lead_label"), "Warm");
    }
}

/// Each type, the options it has, two values in rising order as they are written and shown, and a filter for the first.
#[rstest]
#[case("text", "", ["Buk", "Łan"], [json!("Buk"), json!("Łan")], "is buk")]
#[case("long_text", "", ["a, \"b\"", "z"], [json!("a, \"b\""), json!("z")], "contains \"a,\"")]
#[case("number", "", ["1.25", "1000"], [json!(1.25), json!(1000)], "< 2")]
#[case("money", "", ["5 EUR", "7.5 EUR"],
    [json!({"amount": "5.00", "currency": "EUR"}), json!({"amount": "7.50", "currency": "EUR"})], "< 6")]
#[case("date", "", ["2026-01-30", "30.11.2026"], [json!("2026-01-30"), json!("2026-11-30")], "before 2026-06-01")]
#[case("datetime", "", ["2026-01-30 10:00", "2026-11-30 10:00"],
    [json!("2026-01-30T10:00:00Z"), json!("2026-11-30T10:00:00Z")], "before 2026-06-01")]
#[case("yes_no", "", ["no", "yes"], [json!(false), json!(true)], "is no")]
#[case("option", "options=S;M", ["s", "M"], [json!("S"), json!("M")], "is S")]
#[case("options", "options=S;M;L", ["S;L", "M"], [json!(["S", "L"]), json!(["M"])], "is L")]
#[case("user", "", ["ann@firma.pl", "bob@firma.pl"], [json!("ann@firma.pl"), json!("bob@firma.pl")], "is me")]
#[case("users", "", ["ann@firma.pl", "bob@firma.pl;ann@firma.pl"],
    [json!(["ann@firma.pl"]), json!(["bob@firma.pl", "ann@firma.pl"])], "is not bob@firma.pl")]
#[case("email", "", ["a@x.pl", "b@x.pl"], [json!("a@x.pl"), json!("b@x.pl")], "starts with a@")]
#[case("emails", "", ["a@x.pl;c@x.pl", "b@x.pl"], [json!(["a@x.pl", "c@x.pl"]), json!(["b@x.pl"])], "contains c@")]
#[case("phone", "", ["+48 501 222 333", "+48 601 222 333"],
    [json!("+48 501 222 333"), json!("+48 601 222 333")], "contains 501")]
#[case("url", "", ["https://a.pl/x", "https://b.pl"], [json!("https://a.pl/x"), json!("https://b.pl")], "contains a.pl")]
#[case("domain", "", ["a.pl", "b.pl"], [json!("a.pl"), json!("b.pl")], "is a.pl")]
#[case("domains", "", ["a.pl;c.pl", "b.pl"], [json!(["a.pl", "c.pl"]), json!(["b.pl"])], "contains c.pl")]
#[case("texts", "", ["One;Two", "Zwei"], [json!(["One", "Two"]), json!(["Zwei"])], "is Two")]
fn a_property_of_any_type_works_everywhere(
    #[case] kind: &str,
    #[case] options: &str,
    #[case] written: [&str; 2],
    #[case] shown: [Json; 2],
    #[case] filter: &str,
) {
    let lejek = Lejek::of_ann();
    lejek.ok("user add name=Bob email=bob@firma.pl");
    lejek.ok(&format!("property add company own type={kind} label='My own' {options}"));
    lejek.ok(&format!("new company name=First 'own={}'", written[0]));
    lejek.ok("new company name=Second");
    lejek.ok(&format!("set company:Second 'own={}'", written[1]));
    lejek.ok("new company name=Third");
    for (name, value) in ["First", "Second"].iter().zip(&shown) {
        assert_eq!(lejek.property(&format!("company:{name}"), "own"), *value);
        assert!(lejek.text(&format!("show company:{name}")).contains("My own"));
    }
    let rows = lejek.ok("list company --columns own --sort own");
    assert_eq!(names(&rows), ["First", "Second", "Third"]);
    assert_eq!((&rows[0]["own"], &rows[2]["own"]), (&shown[0], &Json::Null));
    assert_eq!(names(&lejek.ok("list company --sort -own")), ["Second", "First", "Third"]);
    let some = lejek.ok(&format!("list company --filter 'own is known' --filter 'own {filter}'"));
    assert_eq!(names(&some), ["First"]);
    assert_eq!(names(&lejek.ok("list company --filter 'own is unknown'")), ["Third"]);
    assert_eq!(lejek.ok("why company:First own")["rule"], Json::Null);
    let history = lejek.ok("history company:Second");
    assert_eq!((&history[0]["what"], &history[0]["new"]), (&json!("own"), &shown[1]));
    for (file, which) in [("all.csv", "--all"), ("all.jsonl", "--all"), ("own.csv", "--columns name,own")] {
        lejek.ok(&format!("export company {which} -o @{file}"));
        let imported = lejek.ok(&format!("import @{file} --object company"));
        assert_eq!((&imported["unchanged"], &imported["errors"]), (&json!(3), &json!([])), "{imported}");
    }
    // By label, into a workspace of its own; then by name.
    let other = Lejek::of_ann();
    other.ok("user add name=Bob email=bob@firma.pl");
    other.ok(&format!("property add company own type={kind} label='My own' {options}"));
    let labelled = lejek.read("own.csv").replacen("own", "MY OWN", 1);
    other.write("own.csv", &labelled);
    let imported = other.ok("import @own.csv --object company");
    assert_eq!((&imported["created"], &imported["errors"]), (&json!(3), &json!([])), "{imported}");
    assert_eq!(other.property("company:Second", "own"), shown[1]);
    lejek.ok("set company:First own=");
    assert_eq!(lejek.property("company:First", "own"), Json::Null);
    lejek.ok("undo");
    assert_eq!(lejek.property("company:First", "own"), shown[0]);
}

#[test]
fn what_users_call_a_column_comes_before_what_others_mean_by_it() {
    let lejek = Lejek::of_ann();
    lejek.ok("property add contact heading type=text label=Title searched=true");
    lejek.write("rows.csv", "First Name,Title\nJan,Baron\n");
    lejek.ok("import @rows.csv --object contact");
    assert_eq!(lejek.property("contact:Jan", "heading"), "Baron");
    assert_eq!(lejek.property("contact:Jan", "job_title"), Json::Null);
    assert_eq!(names(&lejek.ok("list contact --search baron")), ["Jan"]);
    // History still names what is deleted.
    lejek.ok("set contact:Jan heading=Earl");
    lejek.ok("property delete contact heading --yes");
    let history = lejek.ok("history contact:Jan");
    assert_eq!((&history[0]["what"], &history[0]["old"]), (&json!("heading"), &json!("Baron")));
    assert_eq!(names(&lejek.ok("list contact --search earl")), [] as [&str; 0]);
}
