//! `user`, `settings`, and permissions with `--as`.

use crate::program::{Lejek, names};
use serde_json::json;

/// Ann, who may everything, and Bob with the rights that are given.
fn with_bob(rights: &str) -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok(&format!("user add name=Bob email=bob@firma.pl {rights}"));
    lejek
}

#[test]
fn users_are_listed_added_and_changed() {
    let lejek = with_bob("team=North seat=sales contact.view=own deal.export=false");
    let users = lejek.ok("user list");
    assert_eq!(names(&users), ["ann", "Bob"]);
    assert_eq!((&users[0]["email"], &users[0]["super_admin"]), (&json!("ann@firma.pl"), &json!(true)));
    let bob = &users[1];
    for (key, value) in [
        ("team", json!("North")),
        ("seat", json!("sales")),
        ("active", json!(true)),
        ("super_admin", json!(false)),
        ("contact.view", json!("own")),
        ("contact.edit", json!("all")),
        ("company.create", json!(true)),
        ("deal.export", json!(false)),
    ] {
        assert_eq!(bob[key], value, "{key}");
    }
    let changed = lejek.ok("user set bob@firma.pl name=Robert team= contact.view=team");
    assert_eq!(changed["id"], bob["id"]);
    let users = lejek.ok("user list");
    assert_eq!((&users[1]["name"], &users[1]["team"]), (&json!("Robert"), &serde_json::Value::Null));
    lejek.ok("undo");
    assert_eq!(names(&lejek.ok("user list")), ["ann", "Bob"]);
}

#[test]
fn a_user_that_cannot_be_is_refused() {
    let lejek = with_bob("");
    for line in [
        "user add name=Other email=BOB@firma.pl",
        "user add name=Other email=nobody",
        "user add name=Other",
        "user add email=other@firma.pl",
        "user add name=Other email=o@firma.pl seat=wooden",
        "user add name=Other email=o@firma.pl contact.view=some",
        "user add name=Other email=o@firma.pl active=perhaps",
        "user set ann@firma.pl super_admin=false",
    ] {
        lejek.fails(3, line);
    }
    for line in [
        "user add name=Other email=o@firma.pl shoe_size=42",
        "user add name=Other email=o@firma.pl boat.view=all",
        "user add name=Other email=o@firma.pl contact.fold=all",
        "user add Other",
        "user paint bob@firma.pl",
    ] {
        lejek.fails(2, line);
    }
    lejek.fails(4, "user set nobody@firma.pl name=Other");
}

#[test]
fn only_a_super_admin_changes_users_and_settings() {
    let mut lejek = with_bob("");
    lejek.act_as("bob@firma.pl");
    for line in [
        "user add name=Other email=o@firma.pl",
        "user set bob@firma.pl super_admin=true",
        "user add name=Other email=broken",
        "settings general.currency PLN",
    ] {
        let error = lejek.fails(3, line);
        assert_eq!(error["rule"], "R6.2", "{line}");
        assert!(error["message"].as_str().unwrap().contains("ann"), "{error}");
    }
    assert_eq!(lejek.ok("settings general.currency")["value"], "EUR");
}

#[test]
fn r6_1_a_user_who_leaves_is_taken_over_from() {
    let lejek = with_bob("");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl owner=bob@firma.pl");
    for line in ["user delete bob@firma.pl", "user set bob@firma.pl active=false"] {
        let asked = lejek.fails(3, line);
        assert_eq!(asked["rule"], "R6.1", "{asked}");
        let message = asked["message"].as_str().unwrap();
        assert!(message.contains("Bob has 1 contact") && message.contains("--take-over"), "{message}");
    }
    lejek.fails(3, "user delete bob@firma.pl --take-over bob@firma.pl");
    lejek.fails(4, "user delete bob@firma.pl --take-over nobody@else.pl");
    lejek.ok("user delete bob@firma.pl --take-over ann@firma.pl");
    assert_eq!(lejek.property("contact:jan@acme.pl", "owner"), "ann@firma.pl");
    assert_eq!(lejek.ok("user list")[1]["active"], false);
    lejek.ok("undo");
    assert_eq!(lejek.property("contact:jan@acme.pl", "owner"), "bob@firma.pl");
    lejek.ok("user delete bob@firma.pl --take-over nobody");
    assert_eq!(lejek.property("contact:jan@acme.pl", "owner"), "bob@firma.pl");
    assert_eq!(lejek.ok("user list")[1]["active"], false);
}

#[test]
fn r6_1_teams_are_listed_added_renamed_and_deleted() {
    let mut lejek = with_bob("team=North");
    assert_eq!(lejek.ok("team list"), json!([{"name": "North", "members": ["bob@firma.pl"]}]));
    lejek.ok("team add East");
    assert_eq!(lejek.fails(3, "team add east")["rule"], "R6.1");
    lejek.ok("team set North name=South");
    assert_eq!(lejek.ok("user list")[1]["team"], "South");
    assert!(lejek.text("team delete south").contains("Bob is in no team now"));
    assert_eq!(names(&lejek.ok("team list")), ["East"]);
    lejek.fails(4, "team delete West");
    lejek.fails(2, "team set East colour=red");
    lejek.act_as("bob@firma.pl");
    for line in ["team add West", "team set East name=West", "team delete East", "team delete Nowhere"] {
        assert_eq!(lejek.fails(3, line)["rule"], "R6.2", "{line}");
    }
    assert_eq!(names(&lejek.ok("team list")), ["East"]);
}

#[test]
fn r6_5_who_acts() {
    let mut lejek = with_bob("");
    lejek.act_as("BOB@firma.pl");
    lejek.ok("new deal name=Roof");
    assert_eq!(lejek.ok("history deal:roof")[0]["by"], "bob@firma.pl");
    lejek.act_as("nobody@firma.pl");
    lejek.fails(4, "list deal");
    lejek.act_as("ann@firma.pl");
    lejek.ok("user set bob@firma.pl active=false");
    lejek.act_as("bob@firma.pl");
    assert_eq!(lejek.fails(3, "list deal")["rule"], "R6.5");
}

#[test]
fn r6_4_what_one_may_not_view_is_not_there() {
    let mut lejek = with_bob("contact.view=own");
    let hers = lejek.new_id("contact first_name=Hanna email=hanna@acme.pl owner=ann@firma.pl");
    let his = lejek.new_id("contact first_name=Horst email=horst@acme.pl owner=bob@firma.pl");
    lejek.ok("new contact first_name=Nobodys email=nobodys@acme.pl");
    lejek.ok("new deal name=Roof --associate contact:hanna@acme.pl --associate contact:horst@acme.pl");
    lejek.ok("set contact:hanna@acme.pl city=Gdynia");
    lejek.ok("delete contact:nobodys@acme.pl");
    lejek.act_as("bob@firma.pl");

    assert_eq!(names(&lejek.ok("list contact")), ["Horst"]);
    assert_eq!(lejek.ok("count contact")["count"], 1);
    assert_eq!(names(&lejek.ok("show deal:roof")["associations"]), ["Horst"]);
    assert!(lejek.text("show deal:roof").contains("1 more you may not see"));
    assert_eq!(lejek.ok("bin"), json!([]));
    for line in [
        format!("show {hers}"),
        format!("history {hers}"),
        format!("show {}", &hers[28..]),
        "show contact:hanna@acme.pl".to_owned(),
        "show contact:hanna".to_owned(),
        format!("set {hers} city=Sopot"),
        format!("delete {hers}"),
        "restore contact:nobodys".to_owned(),
        "why deal:roof contact:hanna".to_owned(),
    ] {
        lejek.fails(4, &line);
    }
    let told = [lejek.ok("history deal:roof"), lejek.ok("acts --limit 100"), lejek.ok(&format!("show {his}"))];
    for answer in told {
        assert!(!answer.to_string().contains("Hanna"), "{answer}");
    }
    assert!(!lejek.text("export contact --all").contains("Hanna"));
    assert!(!lejek.text("export deal --all").contains(&hers));
}

#[test]
fn r6_2_permissions_are_checked_before_anything_else() {
    let mut lejek =
        with_bob("contact.create=false contact.edit=own contact.delete=none contact.export=false contact.import=false");
    lejek.ok("new contact first_name=Hanna email=hanna@acme.pl owner=ann@firma.pl");
    lejek.ok("new deal name=Roof");
    lejek.write("people.csv", "first_name,email\nEva,eva@acme.pl\n");
    lejek.act_as("bob@firma.pl");
    for line in [
        "new contact first_name=x",
        "new contact email=broken shoe_size=42",
        "set contact:hanna@acme.pl city=Sopot",
        "set contact:hanna@acme.pl email=broken",
        "set contact:hanna@acme.pl shoe_size=42",
        "delete contact:hanna@acme.pl",
        "erase contact:hanna@acme.pl",
        "associate contact:hanna@acme.pl deal:roof",
        "export contact",
        "export contact --filter 'shoe_size is 42'",
        "export contact -o @out.csv",
        "backup @all.lejek",
        "import @people.csv --object contact",
        "import @people.csv",
    ] {
        assert_eq!(lejek.fails(3, line)["rule"], "R6.2", "{line}");
    }
    assert!(!lejek.file("out.csv").exists() && !lejek.file("all.lejek").exists());
    assert_eq!(lejek.ok("show contact:hanna@acme.pl")["associations"], json!([]));
}

#[test]
fn settings_are_read_and_set() {
    let lejek = Lejek::of_ann();
    let all = lejek.ok("settings");
    let keys: Vec<&str> = all.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert!(keys.contains(&"general.currency") && keys.contains(&"general.time_zone"));
    lejek.ok("settings general.currency pln");
    assert_eq!(lejek.ok("settings general.currency"), json!({"key": "general.currency", "value": "PLN"}));
    assert_eq!(lejek.text("settings general.currency"), "PLN\n");
    lejek.ok("new deal name=Roof amount=5");
    assert_eq!(lejek.property("deal:roof", "amount")["currency"], "PLN");
    lejek.fails(2, "settings general.shoe_size");
    lejek.fails(2, "settings general.shoe_size 42");
    for refused in ["currency XXY", "time_zone Mars", "account_type Royal", "first_weekday Someday", "phone_country ZZ"]
    {
        assert_eq!(lejek.fails(3, &format!("settings general.{refused}"))["rule"], "R6.6", "{refused}");
    }
}
