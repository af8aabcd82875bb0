//! The pages of the settings, in their order: a new one is a row of [`ROWS`].

use super::Page;
use super::associations::Associations;
use super::general::General;
use super::objects::Objects;
use super::people::People;
use super::properties::Properties;
use crate::domain::id::Object;
use crate::domain::settings::{COMPANIES, Settings};
use crate::ui::layer::Cx;

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
    Row { group: "Objects", about: About::Workspace("Custom", || Box::new(Objects::default())) },
    Row { group: "Objects", about: About::Workspace("Associations", || Box::new(Associations::default())) },
    Row {
        group: "Objects",
        about: About::Workspace(COMPANIES_TITLE, || Box::new(General::of(COMPANIES_TITLE, COMPANIES))),
    },
    Row { group: "", about: About::Workspace("People", || Box::new(People::default())) },
];

/// A page in the tree.
#[derive(Debug, Clone)]
pub struct Entry {
    pub group: &'static str,
    pub title: String,
    row: usize,
    object: Option<Object>,
}

/// Of an object that is called otherwise by now it is still the page.
impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        (self.row, self.object) == (other.row, other.object)
    }
}

impl Eq for Entry {}

impl Entry {
    /// Whether it is the page of this object.
    pub fn is_of(&self, object: Object) -> bool {
        self.object == Some(object)
    }

    pub fn open(&self) -> Box<dyn Page> {
        match (&ROWS[self.row].about, self.object) {
            (About::Workspace(_, open), _) => open(),
            (About::Objects(open), object) => open(object.unwrap_or(Object::CONTACT)),
        }
    }
}

/// A place in the settings that one can jump to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub entry: Entry,
    /// A row of its page, by its name there; none: the page itself.
    pub row: Option<String>,
    pub label: String,
}

/// Every page, each with its rows below it.
pub fn spots(cx: &Cx) -> Vec<Spot> {
    let mut spots = Vec::new();
    for entry in entries(cx.settings) {
        let mut page = entry.open();
        page.renew(cx);
        spots.push(Spot { entry: entry.clone(), row: None, label: entry.title.clone() });
        let rows = page.rows(cx).into_iter();
        spots.extend(rows.map(|(name, label)| Spot { entry: entry.clone(), row: Some(name), label }));
    }
    spots
}

impl Spot {
    /// As the palette lists it: pages, and the settings of the workspace; the properties of objects have a list.
    pub fn named(&self) -> Option<String> {
        let is_listed = self.row.is_none() || self.entry.object.is_none();
        is_listed.then(|| format!("Settings: {}", self.label))
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
