//! `import` and `export`: what comes out goes in again.

#[cfg(unix)]
use crate::program::mode;
use crate::program::{Lejek, names};
use serde_json::{Value as Json, json};

/// Values that are easily bent on the way out and in.
fn awkward() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company 'name=Acme, \"the firm\"; Łódź' domain=acme.pl domains=acme.com;acme.de employees=1.2340");
    lejek.ok("new company name=Beta domain=beta.pl 'annual_revenue=1200.50 PLN'");
    lejek.ok("new contact first_name=Jan 'last_name=van der Berg' email=jan@acme.pl emails=j@acme.pl;jb@acme.pl \
         phone=501222333 lifecycle_stage=Customer owner=me 'notes=two\nlines, =1+1' --associate company:acme.pl");
    lejek.ok("new contact 'first_name=Anna Maria' email=am@beta.pl 'company_name=Some firm'");
    lejek.ok("new contact phone=+48501222334");
    lejek.ok("new deal name=-Roof 'amount=1234.56 EUR' close_date=2026-11-30 co_sold=yes deal_team=ann@firma.pl \
         'partners=One;Two' stage='Contract sent' --associate company:beta.pl --associate company:acme.pl \
         --associate contact:jan@acme.pl");
    lejek.ok("associate deal:-roof company:acme.pl --primary");
    lejek.ok("new ticket name=Leak priority=High 'description=It drips.\nA lot.' --associate deal:-roof");
    lejek.ok("new lead name=Barn lead_label=Hot stage=Attempting --associate contact:jan@acme.pl");
    lejek
}

#[test]
fn an_export_comes_back_in_unchanged() {
    let lejek = awkward();
    let before = lejek.ok("acts");
    for object in ["company", "contact", "deal", "ticket", "lead"] {
        let rows = lejek.ok(&format!("count {object}"))["count"].clone();
        for (file, which) in [("some.csv", ""), ("all.csv", "--all"), ("some.jsonl", ""), ("all.jsonl", "--all")] {
            let exported = lejek.ok(&format!("export {object} {which} -o @{file}"));
            assert_eq!(exported["rows"], rows);
            let imported = lejek.ok(&format!("import @{file} --object {object}"));
            assert_eq!(imported["unchanged"], rows, "{imported}\n{}", lejek.read(file));
            for none in ["created", "updated", "skipped", "associated"] {
                assert_eq!(imported[none], 0, "{none}: {imported}");
            }
            assert_eq!((&imported["errors"], &imported["act"]), (&json!([]), &Json::Null));
        }
    }
    assert_eq!(lejek.ok("acts"), before);
}

#[test]
fn a_whole_workspace_moves_to_another_folder() {
    let lejek = awkward();
    let objects = ["company", "contact", "deal", "ticket", "lead"];
    for object in objects {
        lejek.ok(&format!("export {object} --all -o @{object}.csv"));
    }
    let other = Lejek::of_ann();
    for object in objects {
        other.write(&format!("{object}.csv"), &lejek.read(&format!("{object}.csv")));
        let imported = other.ok(&format!("import @{object}.csv --object {object}"));
        assert_eq!(imported["skipped"], 0, "{imported}");
    }
    for object in objects {
        let columns = "--sort name --columns name";
        assert_eq!(
            other.ok(&format!("list {object} {columns}")),
            lejek.ok(&format!("list {object} {columns}")),
            "the same ids and names"
        );
    }
    assert_eq!(other.property("deal:-roof", "company"), lejek.property("deal:-roof", "company"));
    assert_eq!(other.property("deal:-roof", "amount"), json!({"amount": "1234.56", "currency": "EUR"}));
    assert_eq!(names(&other.ok("show ticket:leak")["associations"]), ["-Roof"]);
}

#[test]
fn the_file_has_ids_internal_names_and_the_list_s_columns() {
    let lejek = awkward();
    let csv = lejek.text("export contact --sort email");
    let header = csv.lines().next().unwrap();
    assert_eq!(header, "id,first_name,last_name,company,lifecycle_stage,email,owner,last_activity");
    let some = lejek.text("export contact --columns email,city --filter 'email is known' --sort email");
    let ids = lejek.ok("list contact --filter 'email is known' --sort email");
    let id = |at: usize| ids[at]["id"].as_str().unwrap();
    assert_eq!(some, format!("id,email,city\n{},am@beta.pl,\n{},jan@acme.pl,\n", id(0), id(1)));

    lejek.ok("export deal -o @deals.jsonl");
    let deal: Json = serde_json::from_str(lejek.read("deals.jsonl").lines().next().unwrap()).unwrap();
    assert_eq!((&deal["name"], &deal["amount"]["currency"]), (&json!("-Roof"), &json!("EUR")));
    assert_eq!(lejek.text("export contact --search berg --json").lines().count(), 2, "--json never shapes the file");
}

#[test]
fn a_file_appears_whole_and_for_its_owner_only() {
    let lejek = awkward();
    let answer = lejek.ok("export contact -o @people.csv");
    assert_eq!((&answer["rows"], &answer["file"]), (&json!(3), &json!(lejek.file("people.csv").to_str().unwrap())));
    #[cfg(unix)]
    assert_eq!(mode(&lejek.file("people.csv")), 0o600);
    let error = lejek.fails(1, "export contact -o @no/such/folder/people.csv");
    assert!(error["message"].as_str().unwrap().contains("people.csv"), "{error}");
    lejek.fails(2, "export contact --format pdf");
    lejek.fails(2, "export boat");
    lejek.fails(2, "export contact --all --columns email");
}

#[test]
fn an_import_says_what_became_of_every_row() {
    let lejek = Lejek::of_ann();
    lejek.ok("new contact first_name=Jan email=jan@acme.pl");
    lejek.write(
        "people.csv",
        "First Name;Last Name;Email;Company;Shoe size\nJan;Kowalski;jan@acme.pl;;\nEva;Nowak;eva@acme.pl;Acme;37\nBad;Row;nobody;;\n",
    );
    let would = lejek.ok("import @people.csv --dry-run");
    assert_eq!((&would["act"], &would["created"], &would["updated"]), (&Json::Null, &json!(1), &json!(1)));
    assert_eq!(lejek.ok("count contact")["count"], 1);

    let imported = lejek.ok("import @people.csv --report @bad.csv");
    assert_eq!((&imported["created"], &imported["updated"], &imported["skipped"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(imported["associated"], 1);
    let bad = imported["errors"].as_array().unwrap().iter().find(|error| error["row"] == 3).unwrap();
    assert_eq!(bad["column"], "Email");
    assert!(lejek.read("bad.csv").contains("nobody"));
    assert_eq!(lejek.property("contact:eva@acme.pl", "company"), "Acme");
    assert_eq!(lejek.ok("why contact:eva@acme.pl email")["origin"], "import");

    lejek.ok(&format!("undo {}", imported["act"]));
    assert_eq!(names(&lejek.ok("list contact")), ["Jan"]);
    assert_eq!(lejek.ok("count company")["count"], 0);
}

#[test]
fn a_column_that_names_nobody_is_told_by_its_first_rows() {
    let lejek = Lejek::of_ann();
    let rows: Vec<String> = (0..500).map(|n| format!("N{n},n{n}@acme.pl,{}", n + 7_000)).collect();
    lejek.write("people.csv", &format!("First Name,Email,company_id\n{}\nBad,nobody,\n", rows.join("\n")));
    let text = lejek.text("import @people.csv");
    assert_eq!(text.matches("names nobody here").count(), 5, "{text}");
    assert!(text.contains("company_id: 495 more rows") && text.contains("Row 501: Email"), "{text}");
    let errors = lejek.ok("import @people.csv")["errors"].clone();
    assert_eq!(errors.as_array().unwrap().iter().filter(|error| error["column"] == "company_id").count(), 500);
}

#[test]
fn the_options_of_an_import() {
    let lejek = Lejek::of_ann();
    lejek.write("people.csv", "Vorname,Post\nEva,eva@acme.pl\n");
    let map = "--object contact --map Vorname=first_name --map Post=email";
    assert_eq!(lejek.ok(&format!("import @people.csv {map} --mode update"))["skipped"], 1);
    assert_eq!(lejek.ok(&format!("import @people.csv {map} --mode create"))["created"], 1);
    assert_eq!(lejek.ok(&format!("import @people.csv {map}"))["unchanged"], 1);
    lejek.fails(2, "import @people.csv --object boat");
    lejek.fails(2, "import @people.csv --map Vorname");
    lejek.fails(2, "import @people.csv --mode sometimes");
    lejek.fails(2, "import");
    let missing = lejek.run("--json import @nowhere.csv");
    assert!(matches!(missing.code, 1 | 4), "{}", missing.out);
}

#[test]
fn r5_3_an_import_replaces_an_association_only_with_replace() {
    let lejek = awkward();
    let (jan, beta) =
        (lejek.ok("show contact:jan@acme.pl")["id"].clone(), lejek.ok("show company:beta.pl")["id"].clone());
    let (jan, beta) = (jan.as_str().unwrap(), beta.as_str().unwrap());
    lejek.write("ties.csv", &format!("id,associated_company_ids\n{jan},{beta}\n"));
    let refused = lejek.ok("import @ties.csv --object contact");
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("--replace"), "{refused}");
    lejek.ok("import @ties.csv --object contact --replace");
    assert_eq!(lejek.property("contact:jan@acme.pl", "company"), "Beta");
}

#[test]
fn an_import_makes_the_workspace() {
    let lejek = Lejek::new();
    lejek.write("people.jsonl", "{\"first_name\": \"Eva\", \"email\": \"eva@acme.pl\"}\n");
    assert_eq!(lejek.ok("import @people.jsonl --dry-run")["created"], 1);
    assert!(!lejek.data().exists(), "a dry run makes nothing");
    assert_eq!(lejek.ok("import @people.jsonl")["created"], 1);
    assert_eq!(lejek.ok("user list")[0]["name"], "tester");
}

#[test]
fn a_mapping_is_saved_by_name_and_used_again() {
    let lejek = Lejek::of_ann();
    lejek.write("one.csv", "Vorname,Post,Schuhe\nÉva,eva@firma.pl,38\n");
    lejek.write("two.csv", "Vorname,Post,Schuhe\nJan,jan@firma.pl,43\n");
    lejek.fails(4, "import @one.csv");
    lejek.fails(2, "import @one.csv --dry-run --save-mapping Shop");
    let line = "import @one.csv --object contact --map Vorname=first_name --map Post=email --map Schuhe=-";
    let first = lejek.ok(&format!("{line} --save-mapping 'Shoe shop'"));
    assert_eq!((&first["created"], &first["errors"]), (&json!(1), &json!([])), "nothing is said of what is left out");
    let again = lejek.ok("import @two.csv --mapping 'shoe SHOP'");
    assert_eq!((&again["created"], &again["errors"]), (&json!(1), &json!([])));
    assert_eq!(lejek.property("contact:jan@firma.pl", "first_name"), "Jan");
    let other = lejek.ok("import @two.csv --mapping 'shoe shop' --map Vorname=last_name --dry-run");
    assert_eq!(other["updated"], 1, "what is said now comes before what was saved");
    let missing = lejek.fails(4, "import @two.csv --mapping nothing");
    assert!(missing["message"].as_str().unwrap().contains("Shoe shop"), "{missing}");
    lejek.ok("undo");
    lejek.ok("undo");
    lejek.ok("undo");
    lejek.fails(4, "import @two.csv --mapping 'shoe shop'");
}

#[test]
fn a_report_comes_in_again_without_a_word_about_its_errors() {
    let lejek = Lejek::of_ann();
    lejek.write("rows.csv", "First name,Email\nÉva,eva@\n");
    assert_eq!(lejek.ok("import @rows.csv --report @bad.csv")["skipped"], 1);
    lejek.write("bad.csv", &lejek.read("bad.csv").replace("eva@,", "eva@firma.pl,"));
    let again = lejek.ok("import @bad.csv");
    assert_eq!((&again["created"], &again["errors"]), (&json!(1), &json!([])), "{again}");
}
