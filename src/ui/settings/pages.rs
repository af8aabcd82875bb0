//! The pages of the settings, in their order: a new one is a row of [`ROWS`].

use super::Page;
use super::general::General;
use super::properties::Properties;
use crate::domain::id::Object;
use crate::domain::settings::{COMPANIES, Settings};

/// What a page is about, which is also what it is called in the tree.
enum About {
    Workspace(&'static str, fn() -> Box<dyn Page>),
    /// One page for each object, with the object's plural as its title.
    Objects(fn(Object) -> Box<dyn Page>),
}

const COMPANIES_TITLE: &str = "Companies by e-mail";

struct Row {
    /// The head that it stands under; none: it stands alone.
    group: &'static str,
    about: About,
}

const ROWS: &[Row] = &[
    Row { group: "", about: About::Workspace("General", || Box::new(General::of("General", &["general."]))) },
    Row { group: "Objects", about: About::Objects(|object| Box::new(Properties::new(object))) },
    Row {
        group: "Objects",
        about: About::Workspace(COMPANIES_TITLE, || Box::new(General::of(COMPANIES_TITLE, COMPANIES))),
    },
];

/// A page in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub group: &'static str,
    pub title: String,
    row: usize,
    object: Option<Object>,
}

impl Entry {
    pub fn open(&self) -> Box<dyn Page> {
        match (&ROWS[self.row].about, self.object) {
            (About::Workspace(_, open), _) => open(),
            (About::Objects(open), object) => open(object.unwrap_or(Object::CONTACT)),
        }
    }
}

pub fn entries(settings: &Settings) -> Vec<Entry> {
    let of_row = |(row, spec): (usize, &'static Row)| {
        let entry = move |title: &str, object| Entry { group: spec.group, title: title.to_owned(), row, object };
        match &spec.about {
            About::Workspace(title, _) => vec![entry(title, None)],
            About::Objects(_) => settings.objects.iter().map(|spec| entry(&spec.plural, Some(spec.object))).collect(),
        }
    };
    ROWS.iter().enumerate().flat_map(of_row).collect()
}
