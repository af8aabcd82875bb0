//! `associate-by`, and companies that are made with contacts (R5.7).

use crate::program::{Lejek, names};
use serde_json::{Value as Json, json};

fn people() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new company name=Beta domain=beta.pl city=Sopot");
    for (name, email) in [("Jan", "jan@acme.pl"), ("Eva", "eva@beta.pl"), ("Ola", "ola@gmail.com")] {
        lejek.ok(&format!("new contact first_name={name} email={email} city=sopot"));
    }
    lejek
}

fn pairs(answer: &Json) -> Vec<String> {
    let pair = |pair: &Json| {
        format!("{} + {}", pair["one"]["name"].as_str().unwrap(), pair["other"]["name"].as_str().unwrap())
    };
    answer["pairs"].as_array().unwrap().iter().map(pair).collect()
}

#[test]
fn r5_7_a_rule_associates_as_one_act_and_says_before_what_it_would() {
    let lejek = people();
    let line = "associate-by contact.email_domain=company.domain";
    let dry = lejek.ok(&format!("{line} --dry-run"));
    assert_eq!(pairs(&dry), ["Jan + Acme", "Eva + Beta"]);
    assert_eq!((&dry["count"], &dry["already"], &dry["left_out"]), (&json!(2), &json!(0), &json!([])));
    assert_eq!((&dry["pairs"][0]["value"], &dry["pairs"][0]["one"]["object"]), (&json!("acme.pl"), &json!("contact")));
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["associations"], json!([]), "nothing was changed");

    let text = lejek.run(&format!("{line} --dry-run"));
    assert!(text.out.contains("Would associate 2 pairs; 0 are associated already"), "{}", text.out);
    assert_eq!(pairs(&lejek.ok(&format!("{line} --dry-run --filter 'first_name is Eva'"))), ["Eva + Beta"]);
    assert_eq!(pairs(&lejek.ok(&format!("{line} --dry-run --except contact:eva@beta.pl"))), ["Jan + Acme"]);

    let done = lejek.ok(line);
    assert_eq!(done["associated"], 2);
    assert_eq!(names(&lejek.ok("show contact:jan@acme.pl")["associations"]), ["Acme"]);
    let again = lejek.ok(line);
    assert_eq!((&again["act"], &again["associated"]), (&json!(null), &json!(0)));
    lejek.ok(&format!("undo {}", done["act"]));
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["associations"], json!([]));
}

#[test]
fn r5_7_what_is_not_clear_is_left_out_and_named() {
    let lejek = people();
    lejek.ok("new company name=Gamma city=SOPOT");
    let dry = lejek.ok("associate-by contact.city=company.city --dry-run");
    assert_eq!((&dry["count"], dry["left_out"].as_array().unwrap().len()), (&json!(0), 3));
    assert_eq!(names(&dry["left_out"][0]["others"]), ["Beta", "Gamma"]);
    let said = dry["left_out"][0]["message"].as_str().unwrap();
    assert_eq!(said, "Jan matches Beta and 1 more, and has room for 1. Associate the one that is meant");
    let done = lejek.ok("associate-by contact.city=company.city");
    assert_eq!((&done["act"], done["skipped"].as_array().unwrap().len()), (&json!(null), 3));
    lejek.ok("associate contact:jan@acme.pl company:acme.pl");
    lejek.ok("delete company:gamma");
    let replaced = lejek.ok("associate-by contact.city=company.city --replace");
    assert_eq!(replaced["associated"], 3);
    assert_eq!(names(&lejek.ok("show contact:jan@acme.pl")["associations"]), ["Beta"]);
}

#[test]
fn r5_7_a_rule_that_is_none_is_wrong_usage() {
    let lejek = people();
    for (rule, why) in [
        ("contact.city", "has no ="),
        ("contact.shoes=company.city", "Contacts have no property “shoes”"),
        ("boat.city=company.city", "There is no object “boat”"),
        ("contact=company.city", "names no property"),
        ("lead.name=lead.name", "Leads are not associated with leads"),
    ] {
        let error = lejek.fails(2, &format!("associate-by {rule}"));
        assert!(error["message"].as_str().unwrap().contains(why), "{error}");
    }
    lejek.fails(2, "associate-by contact.city=company.city --filter 'shoes is 42'");
    lejek.fails(4, "associate-by contact.city=company.city --except contact:nobody@acme.pl");
}

#[test]
fn r5_7_companies_come_with_contacts_once_it_is_switched_on() {
    let lejek = people();
    lejek.ok("settings associations.auto_company true");
    assert_eq!(lejek.ok("settings associations.auto_company")["value"], "true");
    lejek.ok("settings associations.excluded_domains 'agency.pl; broker.pl'");
    let excluded = lejek.ok("settings associations.excluded_domains");
    assert_eq!(excluded["value"], "agency.pl;broker.pl");
    assert_eq!(lejek.fails(3, "settings associations.excluded_domains 'a.pl;none'")["rule"], "R6.6");
    assert_eq!(lejek.fails(3, "settings associations.auto_company perhaps")["rule"], "R6.6");

    let made = lejek.ok("new contact first_name=Iwo email=iwo@gamma-steel.pl");
    let effects: Vec<_> = made["effects"].as_array().unwrap().iter().map(|effect| effect["rule"].clone()).collect();
    assert_eq!(effects, ["R5.7", "R5.7"]);
    assert_eq!(lejek.property("company:gamma-steel.pl", "name"), "Gamma Steel");
    lejek.ok("new contact first_name=Ula email=ula@agency.pl");
    lejek.fails(4, "show company:agency.pl");
    lejek.write("rows.csv", "email\nzoe@gamma-steel.pl\nmax@delta.pl\n");
    let dry = lejek.ok("import @rows.csv --dry-run");
    assert_eq!((&dry["created"], &dry["associated"]), (&json!(2), &json!(2)));
    let imported = lejek.ok("import @rows.csv");
    assert_eq!((&imported["created"], &imported["associated"]), (&json!(2), &json!(2)));
    assert_eq!(names(&lejek.ok("show contact:max@delta.pl")["associations"]), ["Delta"]);
    let why = lejek.ok("why contact:max@delta.pl company:delta.pl");
    assert_eq!(why["rule"], "R5.7", "{why}");
    lejek.ok(&format!("undo {}", imported["act"]));
    lejek.fails(4, "show company:delta.pl");
}
