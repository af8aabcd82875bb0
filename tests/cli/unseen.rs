//! What somebody may not view stands in no answer of the command line (R6.4).

use crate::program::Lejek;

/// In the name of each record of others, and of none of one's own.
const HIDDEN: &str = "żhidden";

/// Ben sees what is his; half of the records are Ann's, tied to his.
fn shared() -> Lejek {
    let lejek = Lejek::of_ann();
    let own = "contact.view=own company.view=own deal.view=own ticket.view=own lead.view=own";
    lejek.ok(&format!("user add name=Ben email=ben@firma.pl super_admin=false {own}"));
    for (who, name) in [("ann", HIDDEN), ("ben", "Open")] {
        let owner = format!("owner={who}@firma.pl");
        lejek.ok(&format!("new company name='{name} Works' domain={who}works.example {owner}"));
        lejek.ok(&format!("new contact first_name='{name}' last_name=Person email=p@{who}.example {owner}"));
        lejek.ok(&format!("new deal name='{name} Deal' amount=100 {owner} --associate contact:p@{who}.example"));
        lejek.ok(&format!("new ticket name='{name} Ticket' {owner}"));
        lejek.ok(&format!("new lead name='{name} Lead' {owner} --associate contact:p@{who}.example"));
    }
    lejek.ok("associate contact:p@ben.example company:annworks.example");
    lejek.ok("associate contact:p@ann.example company:benworks.example");
    lejek.ok("associate 'deal:Open Deal' contact:p@ann.example");
    lejek.ok(&format!("log note --on company:annworks.example '{HIDDEN} note'"));
    lejek.ok("log note --on contact:p@ben.example 'an open note'");
    lejek.ok(&format!("delete 'ticket:{HIDDEN} Ticket'"));
    lejek
}

#[test]
fn r6_4_nothing_that_is_hidden_stands_in_an_answer_of_the_command_line() {
    let lejek = shared();
    let mut lines = vec!["bin".to_owned(), "acts".to_owned(), "user list".to_owned(), "view list".to_owned()];
    for object in ["contact", "company", "deal", "ticket", "lead"] {
        for rest in ["", "--sort name", "--sort -owner", "--search żhidden", "--filter 'name contains żhidden'"] {
            lines.push(format!("list {object} {rest}"));
            lines.push(format!("count {object} {rest}"));
        }
        lines.push(format!("export {object}"));
        lines.push(format!("export {object} --all --format jsonl"));
    }
    for sort in ["company", "-company"] {
        lines.extend(["contact", "deal", "lead"].map(|of| format!("list {of} --sort {sort} --columns company,owner")));
        lines.push(format!("list contact --filter 'company is known' --sort {sort}"));
    }
    for of in ["contact:p@ben.example", "company:benworks.example", "'deal:Open Deal'", "'lead:Open Lead'"] {
        lines.extend(["show", "history", "why"].map(|what| format!("{what} {of}")));
        lines.push(format!("why {of} company"));
    }
    for of in ["contact:p@ann.example", "company:annworks.example"] {
        lines.extend(["show", "history", "why", "delete"].map(|what| format!("{what} {of}")));
        lines.push(format!("set {of} owner=ben@firma.pl"));
    }
    for line in lines {
        for json in ["", "--json "] {
            let run = lejek.run_as(Some("ben@firma.pl"), &format!("{json}{line}"));
            // What one wrote oneself comes back.
            let said = format!("{}{}", run.out, run.err).replace("“żhidden”", "").replace("contains żhidden", "");
            assert!(!said.contains(HIDDEN), "{line}: {said}");
        }
    }
    for object in ["contact", "company", "deal", "lead"] {
        let count = lejek.run_as(Some("ben@firma.pl"), &format!("--json count {object}")).ok();
        assert_eq!(count["count"], 1, "{object}");
    }
}
