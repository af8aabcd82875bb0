//! `associate` and `dissociate`.

use crate::program::{Lejek, names};
use serde_json::json;

fn firms() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new company name=Beta domain=beta.pl");
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    lejek
}

#[test]
fn r5_2_an_association_is_two_way() {
    let lejek = firms();
    let tied = lejek.ok("associate contact:jan@acme.pl company:acme.pl");
    assert_eq!(tied["ids"].as_array().unwrap().len(), 2);
    let of_jan = &lejek.ok("show contact:jan@acme.pl")["associations"][0];
    assert_eq!(
        (&of_jan["name"], &of_jan["object"], &of_jan["primary"]),
        (&json!("Acme"), &json!("company"), &json!(true))
    );
    assert_eq!((&of_jan["by"], &of_jan["labels"]), (&json!("ann@firma.pl"), &json!([])));
    assert!(of_jan["since"].as_str().unwrap().ends_with('Z') && !of_jan["why"].as_str().unwrap().is_empty());
    let of_acme = &lejek.ok("show company:acme.pl")["associations"][0];
    assert_eq!((&of_acme["name"], &of_acme["primary"]), (&json!("Jan"), &json!(false)));

    lejek.ok("dissociate company:acme.pl contact:jan@acme.pl");
    assert_eq!(lejek.ok("show contact:jan@acme.pl")["associations"], json!([]));
    lejek.fails(4, "dissociate company:acme.pl contact:jan@acme.pl");
}

#[test]
fn r5_3_at_a_limit_the_command_line_refuses_without_replace() {
    let lejek = firms();
    lejek.ok("associate contact:jan@acme.pl company:acme.pl");
    let error = lejek.fails(3, "associate contact:jan@acme.pl company:beta.pl");
    assert_eq!(error["rule"], "R5.3");
    assert!(error["message"].as_str().unwrap().contains("--replace"));
    let replaced = lejek.ok("associate contact:jan@acme.pl company:beta.pl --replace");
    assert_eq!(replaced["effects"][0]["rule"], "R5.3");
    assert_eq!(names(&lejek.ok("show contact:jan@acme.pl")["associations"]), ["Beta"]);
}

#[test]
fn r5_4_a_deal_changes_its_primary_company() {
    let lejek = firms();
    lejek.ok("new deal name=Roof --associate company:acme.pl --associate company:beta.pl");
    assert_eq!(lejek.property("deal:roof", "company"), "Acme");
    lejek.ok("associate deal:roof company:beta.pl --primary");
    assert_eq!(lejek.property("deal:roof", "company"), "Beta");
}

#[test]
fn what_cannot_be_tied_is_refused() {
    let lejek = firms();
    assert_eq!(lejek.fails(3, "associate company:acme.pl company:acme.pl")["rule"], "R5.1");
    lejek.ok("associate contact:jan@acme.pl company:acme.pl");
    lejek.fails(3, "associate contact:jan@acme.pl company:acme.pl");
    lejek.fails(4, "associate contact:jan@acme.pl company:gamma.pl");
    lejek.fails(2, "associate contact:jan@acme.pl");
    lejek.fails(2, "associate contact:jan@acme.pl user:ann@firma.pl");
    lejek.fails(4, "new deal name=Roof --associate company:gamma.pl");
    assert_eq!(lejek.ok("count deal")["count"], 0);
}

#[test]
fn r5_10_a_deal_with_three_contacts_and_their_company() {
    let lejek = firms();
    for name in ["Ola", "Ula"] {
        lejek.ok(&format!("new contact first_name={name} email={name}@acme.pl --associate company:acme.pl"));
    }
    let with = "--associate contact:jan@acme.pl --associate contact:ola@acme.pl --associate contact:ula@acme.pl";
    lejek.ok(&format!("new deal name=Roof --associate company:acme.pl {with}"));
    lejek.ok(
        "new ticket name=Leak --associate contact:jan@acme.pl --associate contact:ola@acme.pl --associate deal:roof",
    );
    let roof = lejek.ok("show deal:roof");
    let mut tied = names(&roof["associations"]);
    tied.sort_unstable();
    assert_eq!(tied, ["Acme", "Jan", "Leak", "Ola", "Ula"]);
    assert_eq!(lejek.ok("list deal --filter 'contact.name is Ula'").as_array().unwrap().len(), 1);
}
