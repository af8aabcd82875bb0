//! Workspaces for the benches: a file as another CRM exports it, imported into an empty folder.

#[path = "timing.rs"]
mod timing;

use lejek::domain::change::Origin;
use lejek::workspace::Workspace;
use lejek::workspace::import::ImportAsk;
use lejek::workspace::open;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub use timing::{Done, print_times, sizes};

const FIRST: [&str; 12] = [
    "Anna",
    "Jan",
    "Piotr",
    "Małgorzata",
    "Łukasz",
    "Zofia",
    "Jürgen",
    "François",
    "Elżbieta",
    "Hanna",
    "Oliver",
    "Wojciech",
];
const LAST: [&str; 12] = [
    "Kowalski",
    "Nowak",
    "Wiśniewska",
    "Wójcik",
    "Kamiński",
    "Kowalczyk",
    "Zieliński",
    "Goss",
    "Kessler",
    "Thornbury",
    "Dąbrowska",
    "Pritchard",
];
const STAGES: [&str; 5] = ["Lead", "Customer", "Opportunity", "Subscriber", "Evangelist"];
const CITIES: [&str; 5] = ["Łódź", "Warszawa", "Leeds", "Gdańsk", "Hamburg"];

/// A folder that goes away in the end, the workspace in its `data`, and how long the import took.
pub type Filled = (TempDir, Arc<Workspace>, Duration);

/// Imports a file of that many contacts; `DIR=/on/another/disk` for elsewhere.
pub fn filled(contacts: usize) -> Done<Filled> {
    let folder = tempfile::tempdir_in(std::env::var_os("DIR").unwrap_or_else(|| ".".into()))?;
    let file = folder.path().join("contacts.csv");
    write_contacts(&file, contacts)?;
    let opened = open::open(&folder.path().join("data"))?;
    let workspace = opened.found("Anna Nowak", "anna@nowak.example", Origin::CommandLine)?;
    let ask = ImportAsk { files: vec![file], ..ImportAsk::default() };
    let start = Instant::now();
    let imported = workspace.import(&ask, &mut ())?;
    let took = start.elapsed();
    if imported.created != contacts as u64 || !imported.errors.is_empty() {
        return Err(format!("{} of {contacts} contacts came in", imported.created).into());
    }
    Ok((folder, Arc::new(workspace), took))
}

fn write_contacts(path: &Path, contacts: usize) -> Done {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Lifecycle Stage,City,Country/Region")?;
    for number in 0..contacts {
        // A step that shares no divisor with the count: all combinations come, in no order.
        let mixed = number * 7_919;
        let (first, last) = (FIRST[mixed % FIRST.len()], LAST[mixed / 12 % LAST.len()]);
        let (stage, city) = (STAGES[mixed % STAGES.len()], CITIES[mixed / 5 % CITIES.len()]);
        let (id, phone) = (51_000_000 + number, 600_000_000 + number);
        let email = format!("person{number}@firm{}.example", number / 20);
        writeln!(file, "{id},{first},{last},{email},+48 {phone},Head of Purchase,{stage},{city},Poland")?;
    }
    Ok(file.into_inner().map(drop).map_err(std::io::IntoInnerError::into_error)?)
}
