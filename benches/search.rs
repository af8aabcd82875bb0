//! What is looked for in the demo's data: letters in the association picker, letters over all objects, a filter chip.
//! Each is asked for the first time, so nothing is answered from what was kept. `cargo bench --bench search`; a million
//! contacts where `LEJEK_MILLION` is set; with `LEJEK_DATA=FOLDER` in that workspace instead.

#[path = "common/timing.rs"]
mod timing;

use lejek::domain::candidate::Picking;
use lejek::domain::change::Origin;
use lejek::domain::id::{Object, RecordId};
use lejek::domain::object::is;
use lejek::domain::query::{Query, Sort, parse};
use lejek::domain::search::Search;
use lejek::domain::user::Viewer;
use lejek::domain::value::Reading;
use lejek::workspace::Workspace;
use lejek::workspace::fill::Demo;
use lejek::workspace::open;
use lejek::workspace::request::{Reply, Request};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use timing::{Done, print_times, sizes};

/// Typed letter by letter.
const TYPED: &[&str] = &["kowal", "anna", "mueller", "holli", "werner kuhn", "smith", "poczta"];
const FILTERS: &[&str] = &[
    "lifecycle_stage is Customer",
    "lifecycle_stage is Customer || lifecycle_stage is Lead",
    "last_name contains ski",
    "activity none 30d",
    "created_at > 2026-01-01",
    "company.country is Poland",
    "company.name contains foods",
];

fn main() -> Done {
    if let Some(folder) = std::env::var_os("LEJEK_DATA") {
        let workspace = open::open(&PathBuf::from(folder))?.as_user(None)?;
        let size = workspace.store().page(&by_name(), workspace.now(), 0, 0)?.of;
        return measure(&workspace, size);
    }
    for size in sizes() {
        let folder = tempfile::tempdir_in(std::env::var_os("DIR").unwrap_or_else(|| ".".into()))?;
        let workspace = open::open(folder.path())?.found("Anna Nowak", "anna@nowak.example", Origin::Demo)?;
        workspace.fill(&Demo::new(size as u64, workspace.now(), None), size as u64, &mut ())?;
        measure(&workspace, size)?;
    }
    Ok(())
}

fn measure(workspace: &Workspace, size: usize) -> Done {
    for spec in &workspace.settings().objects {
        workspace.store().prepare(spec.object, workspace.now())?;
    }
    let all = workspace.store().page(&by_name(), workspace.now(), size / 2, 1)?;
    let contact = all.rows.first().ok_or("no contacts")?.record.id;
    let companies = Query::all(Object::COMPANY, Viewer::EVERYTHING);
    let company = workspace.store().page(&companies, workspace.now(), 0, 1)?;
    let company = company.rows.first().ok_or("no companies")?.record.id;
    let picking = |one: RecordId, to: Object| {
        move |text: String| Request::Candidates(Box::new(Picking { one, to, text, limit: 50, similar: false }))
    };
    letters(workspace, size, "a letter in the picker of contacts", picking(company, Object::CONTACT))?;
    letters(workspace, size, "a letter in the picker of companies", picking(contact, Object::COMPANY))?;
    let everywhere = |text: String| Request::Find(Search { text, scope: None, limit: 50 });
    letters(workspace, size, "a letter over all objects", everywhere)?;
    for text in FILTERS {
        let query = filtered(workspace, text)?;
        for time in ["first", "again"] {
            // Another order, since the answer itself is kept.
            let descending = time == "again";
            let sort = vec![Sort { property: is::NAME, descending }];
            asked(
                workspace,
                &Request::Page { query: Query { sort: sort.clone(), ..by_name() }, from: 0, limit: 50, around: None },
            )?;
            let query = Query { sort, ..query.clone() };
            let took = asked(workspace, &Request::Page { query, from: 0, limit: 50, around: None })?;
            print_times(size, &format!("{text}, {time}"), vec![took]);
        }
    }
    Ok(())
}

fn by_name() -> Query {
    let sort = vec![Sort { property: is::NAME, descending: false }];
    Query { sort, ..Query::all(Object::CONTACT, Viewer::EVERYTHING) }
}

fn filtered(workspace: &Workspace, text: &str) -> Done<Query> {
    let settings = workspace.settings();
    let spec = settings.object(Object::CONTACT).ok_or("no contacts")?;
    let reading = Reading { settings: &settings, now: workspace.now(), me: None };
    let filters = vec![parse::filter(text, spec, &reading)?];
    Ok(Query { filters, ..by_name() })
}

fn letters(workspace: &Workspace, size: usize, what: &str, request: impl Fn(String) -> Request) -> Done {
    let mut times = Vec::new();
    for typed in TYPED {
        for end in 1..=typed.len() {
            times.push(asked(workspace, &request(typed[..end].to_owned()))?);
        }
    }
    let slowest = times.iter().max().map_or(0.0, |time| time.as_secs_f64() * 1e3);
    print_times(size, &format!("{what}, at most {slowest:.0}"), times);
    Ok(())
}

fn asked(workspace: &Workspace, request: &Request) -> Done<Duration> {
    let start = Instant::now();
    match workspace.ask(request) {
        Reply::Failed(failure) => Err(failure.into()),
        _ => Ok(start.elapsed()),
    }
}
