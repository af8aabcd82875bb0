//! `lejek demo`: the interface on a made-up workspace.

use super::trouble::Trouble;
use super::{Call, Start};
use crate::domain::change::Origin;
use crate::domain::email;
use crate::domain::query::Query;
use crate::domain::user::Viewer;
use crate::workspace::Workspace;
use crate::workspace::clock::{Clock, SystemClock};
use crate::workspace::fill::Demo as Made;
use crate::workspace::open;
use clap::Args;
use serde_json::{Map, Value as Json};
use std::fs;
use std::path::Path;

const CONTACTS: u64 = 2_000;

#[derive(Debug, Args)]
pub struct Demo {
    /// How many contacts; companies, deals, tickets, leads and activities come with them
    #[arg(long, value_name = "N", default_value_t = CONTACTS, value_parser = clap::value_parser!(u64).range(1..))]
    pub contacts: u64,
    /// Only fills the folder of --data, without the interface
    #[arg(long)]
    pub no_ui: bool,
}

impl Default for Demo {
    fn default() -> Demo {
        Demo { contacts: CONTACTS, no_ui: false }
    }
}

impl Demo {
    pub fn run(self, call: &Call) -> Result<u8, Trouble> {
        if !self.no_ui {
            (call.interface.check)()?;
        }
        match &call.data {
            Some(folder) => {
                check_empty(folder)?;
                self.show(call, folder)
            }
            None if self.no_ui => {
                Err(Trouble::usage("--no-ui fills a folder that stays. Name an empty one with --data"))
            }
            None => {
                let unmade = |error| Trouble::failed(format!("A temporary folder could not be made: {error}"));
                let folder = tempfile::Builder::new().prefix("lejek-demo-").tempdir().map_err(unmade)?;
                self.show(call, folder.path())
            }
        }
    }

    fn show(&self, call: &Call, folder: &Path) -> Result<u8, Trouble> {
        let workspace = self.fill(call, folder)?;
        if self.no_ui {
            let counts = counts(&workspace)?;
            let folder = folder.display().to_string();
            let text = counts.iter().map(|(name, count)| format!("{name}: {count}"));
            let text = format!("Filled {folder}. {}", text.collect::<Vec<_>>().join(", "));
            let json = || Json::Object(counts.into_iter().chain([("folder".to_owned(), folder.into())]).collect());
            return call.out.answer(json, || text).map(|()| 0);
        }
        // What was loaded in bulk is faster after it was closed and opened once.
        drop(workspace);
        let is_kept = call.data.is_some();
        let start = Start { folder: folder.to_owned(), is_kept, email: None, color: call.color };
        (call.interface.open)(&start).map(|left| left.code)
    }

    fn fill(&self, call: &Call, folder: &Path) -> Result<Workspace, Trouble> {
        let email = call.email.as_deref().map(email::parse).transpose().map_err(Trouble::refused)?;
        let first = email.as_deref().map(|email| (email.split('@').next().unwrap_or_default(), email));
        let demo = Made::new(self.contacts, SystemClock.now(), first);
        let owner = demo.users().into_iter().next().ok_or_else(|| Trouble::failed("The demo has no users"))?;
        let workspace = open::open(folder)?.found_as(owner, Origin::Demo)?;
        workspace.fill(&demo, self.contacts, &mut call.out.bar())?;
        Ok(workspace)
    }
}

fn check_empty(folder: &Path) -> Result<(), Trouble> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if is_empty {
        return Ok(());
    }
    Err(Trouble::refused(format!(
        "{} is not empty. Name an empty folder with --data, or leave it out for a demo that goes at the end",
        folder.display()
    )))
}

/// How many there are of each object.
fn counts(workspace: &Workspace) -> Result<Map<String, Json>, Trouble> {
    let settings = workspace.settings();
    let count = |spec: &crate::domain::object::ObjectSpec| {
        let query = Query::all(spec.object, Viewer::EVERYTHING);
        let page = workspace.store().page(&query, workspace.now(), 0, 0)?;
        Ok((spec.plural.to_lowercase(), Json::from(page.matching)))
    };
    settings.objects.iter().map(count).collect()
}
