//! A folder that an interface has open: every subcommand does there what it does on a free one.

use crate::holder::Holder;
use crate::program::Lejek;
use crate::usage::SUBCOMMANDS;
use serde_json::json;
use std::collections::BTreeSet;

/// One after another, in a folder with `rows.csv` and `people.jsonl`.
const LINES: &[&str] = &[
    "new company name=Acme domain=acme.pl",
    "new contact first_name=Jan last_name=Kowalski email=jan@acme.pl --associate company:acme.pl",
    "new contact first_name=Ewa email=jan@acme.pl",
    "new contact first_name=Ewa shoe_size=42",
    "new boat name=Ark",
    "--as nobody@firma.pl new contact first_name=Ewa",
    "set contact:jan@acme.pl job_title=Buyer",
    "set contact:jan@acme.pl job_title=Buyer",
    "set contact:nobody@acme.pl job_title=Buyer",
    "show contact:jan@acme.pl",
    "history contact:jan@acme.pl",
    "why contact:jan@acme.pl job_title",
    "import rows.csv --report bad.csv",
    "import - --object contact --dry-run",
    "import -",
    "import nowhere.csv",
    "import rows.csv --map Shoes=- --save-mapping Rows",
    "import rows.csv --mapping rows",
    "import rows.csv --mapping nothing",
    "list contact --sort name",
    "list contact --filter 'name contains kow' --columns email,job_title",
    "list contact --filter 'name sings kow'",
    "count contact",
    "dissociate contact:jan@acme.pl company:acme.pl",
    "associate contact:jan@acme.pl company:acme.pl --primary",
    "log call --on contact:jan@acme.pl outcome=Connected duration=12m 'asked for a quote'",
    "log email --on contact:jan@acme.pl --with nobody@else.pl --dry-run",
    "event --kind sign_up --email jan@acme.pl --id e-1",
    "event --kind sign_up --email jan@acme.pl --id e-1",
    "event --kind sign_up --email late@acme.pl --at 2026-01-01",
    "event --kind nothing --email jan@acme.pl",
    "event --from -",
    "event list",
    "partner register contact:jan@acme.pl --partner Beta --from 2026-01-01",
    "partner register contact:jan@acme.pl",
    "partner list",
    "partner deregister contact:jan@acme.pl",
    "listen",
    "activity 00000000 --done",
    "activity --unassociated",
    "new deal name=Roof --past-activities contact:jan@acme.pl=30d",
    "settings activities.limits 'call>deal=3'",
    "settings activities.table contact,task,sequence=1",
    "settings activities.table",
    "new contact first_name=Anja email=anja@rows.pl",
    "merge contact:anna@rows.pl contact:anja@rows.pl --dry-run",
    "merge contact:anna@rows.pl contact:anja@rows.pl first_name=second",
    "merge contact:anna@rows.pl contact:nobody@rows.pl",
    "new lead name=Roof --associate contact:jan@acme.pl",
    "new lead name=Alone",
    "settings leads.sync_owner true --existing yes",
    "settings leads.sync_owner true --existing perhaps",
    "settings leads.require_deal true --existing yes",
    "new lead name=Wall --associate contact:jan@acme.pl",
    "settings leads.sync_owner false",
    "settings leads.sync_activities yes",
    "settings leads.create_on_lifecycle 'Lead;Customer'",
    "settings leads.create_on_lifecycle Boss",
    "new contact email=eva@lead.pl lifecycle_stage=Lead",
    "log call --on contact:eva@lead.pl",
    "settings leads.create_on_lifecycle off",
    "settings leads.lifecycle_on_associate Customer",
    "settings leads.lifecycle_on_associate off",
    "settings leads.stage_automation Leads=Attempting>Connected",
    "settings leads.stage_automation Leads=Connected>New",
    "settings leads.stage_automation off",
    "settings leads.create_form 'name*;owner'",
    "settings leads.card 'owner;shoes'",
    "settings leads.sync_activities no",
    "import rows.csv --create-leads no",
    "settings leads.require_deal true",
    "move lead:Roof Connected",
    "move lead:Roof Nowhere",
    "move lead:Roof Qualified",
    "undo",
    "settings leads.require_reason true",
    "move lead:Roof Disqualified",
    "move lead:Roof Disqualified --reason 'No budget' --note Later",
    "settings leads.reasons 'Too far;Bad timing'",
    "stage add Leads Nurturing --group in_progress",
    "move lead:Roof Nurturing",
    "stage delete Leads Nurturing",
    "stage delete Leads Nurturing --move-to New",
    "stage list Leads",
    "pipeline add deal Shop",
    "pipeline rename Shop Market",
    "pipeline list",
    "show lead:Roof",
    "history lead:Roof",
    "label add contact contact Manager inverse=Report",
    "label add contact contact manager",
    "associate contact:jan@acme.pl contact:anna@rows.pl --label Manager",
    "associate contact:jan@acme.pl contact:anna@rows.pl --label Boss",
    "history contact:jan@acme.pl",
    "why contact:jan@acme.pl contact:anna@rows.pl",
    "label set contact contact Report name=Member",
    "label list",
    "label delete contact contact Manager",
    "settings associations.limits contact>contact=2",
    "settings associations.limits",
    "new company name=Beta --associate contact:jan@acme.pl",
    "associate-by contact.email_domain=company.domain --dry-run",
    "associate-by contact.email_domain=company.domain",
    "associate-by contact.email_domain",
    "delete contact:anna@rows.pl",
    "bin",
    "restore contact:anna@rows.pl",
    "erase contact:anna@rows.pl",
    "erase contact:anna@rows.pl --yes",
    "undo",
    "redo",
    "undo 99",
    "acts",
    "resume",
    "resume 2",
    "property add contact shirt type=option options=S;M label=Shirt",
    "set contact:jan@acme.pl shirt=M",
    "property list contact",
    "property delete contact shirt",
    "object add Project plural=Projects",
    "object add Deal plural=Bargains",
    "property add project budget type=money",
    "new project name=Roof budget='12 EUR' --associate contact:jan@acme.pl",
    "list project --columns budget",
    "show project:roof",
    "object set project plural=Works",
    "object delete project",
    "object list",
    "object delete project --yes",
    "restore project:roof",
    "view add contact Buyers --filter 'job_title is Buyer'",
    "list contact --view Buyers",
    "view list contact",
    "settings general.currency PLN",
    "settings general.currency",
    "settings general.colour",
    "settings associations.excluded_domains 'no domain'",
    "settings associations.auto_company true",
    "new contact first_name=Ola email=ola@auto.pl",
    "settings",
    "follow contact:jan@acme.pl",
    "follow contact:nobody@acme.pl",
    "unfollow contact:jan@acme.pl",
    "notifications",
    "notifications --unread",
    "notifications read all",
    "notifications read 00000000",
    "outbox",
    "outbox retry",
    "deliver",
    "user add name=Ewa email=ewa@firma.pl contact.edit=own contact.export=false",
    "user list",
    "team add North",
    "user set ewa@firma.pl team=north",
    "team set North name=South",
    "team list",
    "user delete ewa@firma.pl --take-over nobody",
    "team delete South",
    "--as ewa@firma.pl set contact:jan@acme.pl job_title=Chief",
    "--as ewa@firma.pl export contact",
    "--as ewa@firma.pl new contact first_name=Own email=own@rows.pl",
    "export contact --columns name,email",
    "export contact --columns email -o out.jsonl",
    "export contact -o no/such/folder/out.csv",
    "--color always list contact --columns email --sort email",
    "backup all.lejek",
    "check --deep",
    "completions fish",
    "man",
];

/// What takes the folder for itself, and opens nothing that others have open.
const ALONE: &[&str] = &["demo", "restore-backup"];

fn workspace() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.write("rows.csv", "email,first_name\nanna@rows.pl,Anna\nno address,Piotr\n");
    lejek
}

/// What the line came to, without what differs from run to run.
fn told(lejek: &Lejek, line: &str) -> String {
    let input = "{\"email\": \"zofia@lines.pl\", \"first_name\": \"Zofia\"}\n";
    let run = lejek.run_with(line, input);
    let place = lejek.file("").display().to_string();
    let text = format!("{line}\n{}\n{}\n{}", run.code, run.out, run.err).replace(&place, "PLACE");
    // An interface keeps rows of its own, such as the day on which it looked through the bin.
    let counts_rows = ["backup all.lejek", "check --deep"].iter().any(|end| line.ends_with(end));
    let text = if counts_rows { text.replace(|c: char| c.is_ascii_digit(), "") } else { text };
    steadied(&text)
}

fn steadied(text: &str) -> String {
    text.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && !"-:.".contains(c)).map(steady).collect()
}

/// Ids, times and sizes are others every time.
fn steady(word: &str) -> String {
    let bare = word.trim_start_matches(':').trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_hex = |text: &str| text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let is_id = (bare.len() == 8 || bare.len() == 36) && is_hex(bare);
    let is_time = bare.len() > 4 && bare.contains(':') && bare.chars().next().is_some_and(|c| c.is_ascii_digit());
    let is_size = bare.len() > 3 && bare.chars().all(|c| c.is_ascii_digit());
    // A file that would have been renamed.
    let is_draft = bare.starts_with(".lejek-");
    if is_id || is_time || is_size || is_draft { word.replace(bare, "~") } else { word.to_owned() }
}

#[test]
fn every_line_comes_to_the_same_on_a_folder_that_is_open_elsewhere() {
    let named = |name: &&str| LINES.iter().any(|line| line.split(' ').any(|word| word == *name));
    let missing: Vec<_> = SUBCOMMANDS.iter().filter(|name| !named(name) && !ALONE.contains(name)).collect();
    assert!(missing.is_empty(), "add a line for {missing:?}");
    let (free, held) = (workspace(), workspace());
    let holder = Holder::of(&held);
    for line in LINES {
        for line in [(*line).to_owned(), format!("--json {line}")] {
            assert_eq!(told(&held, &line), told(&free, &line));
        }
    }
    for file in ["bad.csv", "out.jsonl"] {
        assert_eq!(steadied(&held.read(file)), steadied(&free.read(file)), "{file}");
    }
    drop(holder);
    assert_eq!(held.ok("check --deep")["flaws"], json!([]));
}

#[test]
fn what_takes_the_folder_for_itself_says_who_has_it() {
    let lejek = workspace();
    lejek.ok("backup all.lejek");
    let _holder = Holder::of(&lejek);
    for line in ["restore-backup all.lejek", "restore-backup all.lejek --replace"] {
        let error = lejek.fails(5, line);
        let said = error["message"].as_str().unwrap();
        assert!(said.contains("is open in another lejek (process ") && said.contains("Close it"), "{said}");
    }
    let data = lejek.data().display().to_string();
    lejek.fails(3, &format!("demo --no-ui --data {data}"));
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
}

#[test]
fn ten_at_once_lose_nothing_whether_somebody_holds_the_folder_or_not() {
    for is_held in [true, false] {
        let lejek = workspace();
        let holder = is_held.then(|| Holder::of(&lejek));
        let acts: Vec<u64> = std::thread::scope(|scope| {
            let write = |writer: usize| {
                let line = move |number| format!("new contact first_name=W{writer} email=w{writer}.{number}@ten.pl");
                let lejek = &lejek;
                scope.spawn(move || (0..3).map(|n| lejek.ok(&line(n))["act"].as_u64().unwrap()).collect::<Vec<_>>())
            };
            let writers: Vec<_> = (0..10).map(write).collect();
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });
        assert_eq!(acts.iter().collect::<BTreeSet<_>>().len(), 30, "each act has a number of its own: {acts:?}");
        assert_eq!(lejek.ok("count contact")["count"], 30);
        drop(holder);
        assert_eq!(lejek.ok("count contact")["count"], 30, "it is on the disk");
        assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
    }
}

#[test]
fn a_holder_that_was_killed_is_in_nobodys_way() {
    let lejek = workspace();
    let holder = Holder::of(&lejek);
    lejek.ok("new contact first_name=Jan");
    holder.signal("KILL");
    holder.end();
    assert!(lejek.data().join("lejek.sock").exists(), "what it left behind");
    lejek.ok("new contact first_name=Ewa");
    let mut holder = Holder::of(&lejek);
    assert_eq!(lejek.ok("count contact")["count"], 2);
    holder.press("q");
    assert_eq!(holder.end(), 0);
    assert!(!lejek.data().join("lejek.sock").exists(), "one that leaves takes its socket along");
    assert_eq!(lejek.ok("count contact")["count"], 2);
}

#[test]
fn the_interface_shows_at_once_what_a_subcommand_does() {
    let lejek = workspace();
    let holder = Holder::of(&lejek);
    lejek.ok("new contact first_name=Bronisława");
    holder.wait_for("Bronisława");
}

#[test]
fn a_second_interface_sees_the_same_and_takes_over() {
    let lejek = workspace();
    let first = Holder::of(&lejek);
    let mut second = Holder::of(&lejek);
    lejek.ok("new contact first_name=Bronisława");
    first.wait_for("Bronisława");
    second.wait_for("Bronisława");
    first.signal("KILL");
    first.end();
    second.wait_for("The other lejek was closed");
    lejek.ok("new contact first_name=Kazimierz");
    second.wait_for("Kazimierz");
    second.press("q");
    assert_eq!(second.end(), 0);
    assert_eq!(lejek.ok("count contact")["count"], 2);
}

#[cfg(unix)]
#[test]
fn the_socket_is_private_and_a_long_path_is_no_hindrance() {
    let lejek = Lejek::below(&"a-folder-with-a-long-name/".repeat(8));
    lejek.run_as(Some("ann@firma.pl"), "settings general.currency EUR");
    let _holder = Holder::of(&lejek);
    assert_eq!(crate::program::mode(&lejek.data().join("lejek.sock")), 0o600);
    lejek.ok("new contact first_name=Jan");
    assert_eq!(lejek.ok("count contact")["count"], 1);
}
