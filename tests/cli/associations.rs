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

#[test]
fn r5_5_labels_are_made_and_read_from_both_ends() {
    let lejek = firms();
    lejek.ok("new contact first_name=Ewa email=ewa@acme.pl");
    let made = lejek.ok("label add contact contact Manager inverse=Report");
    assert!(made["id"].as_u64().unwrap() > 0x8000);
    lejek.ok("label add company contact 'Billing contact'");
    lejek.ok("associate contact:jan@acme.pl contact:ewa@acme.pl --label manager");
    let label = |line: &str, at: usize| lejek.ok(line)["associations"][at]["labels"].clone();
    assert_eq!(label("show contact:jan@acme.pl", 0), json!(["Manager"]));
    assert_eq!(label("show contact:ewa@acme.pl", 0), json!(["Report"]));
    assert!(lejek.text("show contact:ewa@acme.pl").contains("Jan  Report"));
    // Of two objects a label is understood as it reads on either page.
    lejek.ok("associate contact:jan@acme.pl company:acme.pl --label 'billing contact'");
    assert_eq!(label("show company:acme.pl", 0), json!(["Billing contact"]));
    let history = lejek.ok("history contact:jan@acme.pl");
    assert_eq!(history[0]["new"]["labels"], json!(["Billing contact"]));
    assert_eq!(history[0]["new"]["primary"], json!(true));
    lejek.ok("associate contact:jan@acme.pl company:acme.pl --unlabel 'Billing contact'");
    let history = lejek.ok("history contact:jan@acme.pl");
    assert_eq!(
        (&history[0]["what"], &history[0]["old"]["labels"]),
        (&json!("relabelled"), &json!(["Billing contact"]))
    );
    assert!(lejek.text("history contact:jan@acme.pl").contains("Acme (Billing contact, primary)"));
    let why = lejek.text("why contact:jan@acme.pl contact:ewa@acme.pl");
    assert!(why.starts_with("associated (Manager): asked for"), "{why}");
    assert_eq!(lejek.ok("why contact:jan@acme.pl company:acme.pl")["new"]["primary"], json!(true));
    let same = lejek.ok("associate contact:jan@acme.pl contact:ewa@acme.pl --label Manager");
    assert_eq!(same["act"], json!(null));
    let unknown = lejek.fails(3, "associate contact:jan@acme.pl contact:ewa@acme.pl --label Boss");
    assert!(unknown["message"].as_str().unwrap().contains("Manager, Report"), "{unknown}");

    lejek.ok("label set contact contact Report name=Underling");
    let listed = lejek.ok("label list contact contact");
    assert_eq!((&listed[0]["name"], &listed[0]["inverse"]), (&json!("Manager"), &json!("Underling")));
    let gone = lejek.text("label delete contact contact Manager");
    assert!(gone.contains("Manager / Underling, which 1 association carried"), "{gone}");
    assert_eq!(label("show contact:jan@acme.pl", 0), json!([]));
    lejek.ok("undo");
    assert_eq!(label("show contact:ewa@acme.pl", 0), json!(["Underling"]));
    lejek.fails(4, "label delete contact contact Boss");
    assert_eq!(lejek.fails(3, "label delete company company 'Parent company'")["rule"], "R5.5");
    lejek.fails(2, "label add contact contact Friend colour=red");
}

#[test]
fn r5_5_a_new_record_comes_with_labels() {
    let lejek = firms();
    lejek.ok("new company name=Sub domain=sub.pl --associate 'company:acme.pl=Parent company'");
    assert_eq!(lejek.ok("show company:acme.pl")["associations"][0]["labels"], json!(["Child company"]));
    let error = lejek.fails(3, "associate company:acme.pl company:sub.pl --label 'Parent company'");
    assert_eq!(error["rule"], "R5.5");
    assert_eq!(lejek.fails(3, "new company name=X --associate company:acme.pl=Mother")["rule"], "R5.5");
}

#[test]
fn r5_3_limits_are_read_and_set() {
    let lejek = firms();
    lejek.ok("associate contact:jan@acme.pl company:acme.pl");
    assert_eq!(lejek.ok("settings associations.limits")["value"], "contact>company=1");
    let error = lejek.fails(3, "new company name=Gamma --associate contact:jan@acme.pl");
    assert!(error["message"].as_str().unwrap().contains("--replace"), "{error}");
    lejek.ok("settings associations.limits 'contact>company=3;deal>contact=10'");
    assert_eq!(lejek.ok("settings associations.limits")["value"], "contact>company=3;deal>contact=10");
    lejek.ok("associate contact:jan@acme.pl company:beta.pl");
    let error = lejek.fails(3, "settings associations.limits 'contact>company=1'");
    assert_eq!(error["rule"], "R5.3");
    assert!(error["message"].as_str().unwrap().contains("1 contact has more than 1 company"), "{error}");
    lejek.ok("settings associations.limits deal>contact=none");
    assert_eq!(lejek.ok("settings associations.limits")["value"], "contact>company=3");
    lejek.fails(3, "settings associations.limits contact");
    lejek.ok("new company name=Gamma --associate contact:jan@acme.pl --replace");
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
}

#[test]
fn r2_13_and_r5_9_a_lead_goes_with_its_last_contact_only_with_yes() {
    let lejek = firms();
    lejek.ok("new lead name=Roof --associate contact:jan@acme.pl");
    for line in ["dissociate lead:roof contact:jan@acme.pl", "delete contact:jan@acme.pl"] {
        let error = lejek.fails(3, line);
        assert_eq!(error["rule"], "R5.9");
        assert!(error["message"].as_str().unwrap().contains("--yes"), "{error}");
    }
    let gone = lejek.ok("delete contact:jan@acme.pl --yes");
    assert!(gone["effects"].as_array().unwrap().iter().all(|effect| effect["rule"] == "R5.9"));
    lejek.fails(4, "show lead:roof");
    lejek.ok("undo");
    assert_eq!(names(&lejek.ok("show lead:roof")["associations"]), ["Jan"]);
}

#[test]
fn r5_7_an_unknown_id_beside_a_companys_name_is_no_fault() {
    let lejek = firms();
    lejek.write("hub.csv", "First Name,Email,Associated Company,Associated Company IDs (Primary)\nEwa,ewa@new.pl,Newco,9001\nBo,bo@new.pl,,9002\n");
    let imported = lejek.ok("import hub.csv");
    assert_eq!((&imported["created"], &imported["associated"]), (&json!(2), &json!(1)));
    let rows: Vec<_> = imported["errors"].as_array().unwrap().iter().map(|error| error["row"].clone()).collect();
    assert_eq!(rows, [json!(2)], "only the id that stands alone is told");
}
