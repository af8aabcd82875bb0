//! The pages of the settings, in their order: a new one is a row of [`ROWS`].

use super::Page;
use super::activities::Activities;
use super::associations::Associations;
use super::channels::Channels;
use super::chosen::{ChosenPage, FORM_TITLE, PREVIEW_TITLE};
use super::general::General;
use super::keymap::KeymapPage;
use super::looks::Looks;
use super::objects::Objects;
use super::partners::co_sold::CoSold;
use super::partners::registrations::Registrations;
use super::people::People;
use super::pipelines::PipelinesPage;
use super::properties::Properties;
use super::setup::Setup;
use crate::domain::id::Object;
use crate::domain::notification::ChannelKind;
use crate::domain::settings::{COMPANIES, Settings};
use crate::ui::layer::Cx;

/// What a page is about, which is also what it is called in the tree.
enum About {
    Workspace(&'static str, fn() -> Box<dyn Page>),
    /// Several of them, each a tab.
    Tabs(&'static str, &'static [TabRow]),
    /// The pages of each object, with the object's plural as their title.
    Objects,
}

/// A page of an object, one of the tabs of its entry.
pub struct TabRow {
    pub title: &'static str,
    open: fn(Object) -> Box<dyn Page>,
    /// Opened from another tab, and not in sight before.
    pub is_inner: bool,
}

impl TabRow {
    const fn inner(self) -> TabRow {
        TabRow { is_inner: true, ..self }
    }
}

const fn tab(title: &'static str, open: fn(Object) -> Box<dyn Page>) -> TabRow {
    TabRow { title, open, is_inner: false }
}

const PROPERTIES: TabRow = tab("Properties", |object| Box::new(Properties::new(object)));
const PIPELINE: TabRow = tab("Pipeline", |object| Box::new(PipelinesPage::new(object)));
const SETUP: TabRow = tab("Setup", |_| Box::new(Setup::default()));
const SHOWN: TabRow = tab(PREVIEW_TITLE, |_| Box::new(ChosenPage::preview()));
const FORM: TabRow = tab(FORM_TITLE, |object| Box::new(ChosenPage::form(object)));

const OF_LEADS: &[TabRow] = &[SETUP, PIPELINE, SHOWN, FORM.inner(), PROPERTIES.inner()];

const ON_MACHINE: &[TabRow] =
    &[tab("Appearance", |_| Box::new(Looks::default())), tab("Keys", |_| Box::new(KeymapPage::default()))];

/// The tabs of an object, in their order.
const fn tabs_of(object: Object) -> &'static [TabRow] {
    match object {
        Object::LEAD => OF_LEADS,
        Object::DEAL | Object::TICKET => &[PROPERTIES, PIPELINE, FORM],
        _ => &[PROPERTIES, FORM],
    }
}

const WAYS: &[TabRow] = &[
    tab("E-mail", |_| Box::new(Channels::new(ChannelKind::Email))),
    tab("Desktop", |_| Box::new(Channels::new(ChannelKind::Desktop))),
    tab("Other apps", |_| Box::new(Channels::new(ChannelKind::Other))),
    tab("Mobile app", |_| Box::new(Channels::new(ChannelKind::Mobile))),
];

const OF_PARTNERS: &[TabRow] = &[
    tab("Communication", |_| Box::new(General::of("Communication", &["partner."]))),
    tab("Registrations", |_| Box::new(Registrations::default())),
    tab("Co-sold deals", |_| Box::new(CoSold::default())),
];

/// It stands there only where the account is a partner's (R4.2).
const PARTNERS_TITLE: &str = "Partners";

const COMPANIES_TITLE: &str = "Companies by e-mail";

struct Row {
    /// The head that it stands under; none: it stands alone.
    group: &'static str,
    about: About,
}

const ROWS: &[Row] = &[
    Row {
        group: "",
        about: About::Workspace("General", || Box::new(General::of("General", &["general.", "events."]))),
    },
    Row { group: "", about: About::Tabs("Appearance and keys", ON_MACHINE) },
    Row { group: "Objects", about: About::Objects },
    Row { group: "Objects", about: About::Workspace("Activities", || Box::new(Activities::default())) },
    Row { group: "Objects", about: About::Workspace("Custom", || Box::new(Objects::default())) },
    Row { group: "Objects", about: About::Workspace("Associations", || Box::new(Associations::default())) },
    Row {
        group: "Objects",
        about: About::Workspace(COMPANIES_TITLE, || Box::new(General::of(COMPANIES_TITLE, COMPANIES))),
    },
    Row { group: "", about: About::Workspace("People", || Box::new(People::default())) },
    Row { group: "", about: About::Tabs("Notifications", WAYS) },
    Row { group: "", about: About::Tabs(PARTNERS_TITLE, OF_PARTNERS) },
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

    /// A page of the workspace that is one has none.
    pub fn tabs(&self) -> &'static [TabRow] {
        match ROWS[self.row].about {
            About::Tabs(_, tabs) => tabs,
            About::Workspace(..) | About::Objects => self.object.map(tabs_of).unwrap_or_default(),
        }
    }

    /// The page behind one of its tabs.
    pub fn open(&self, tab: usize) -> Box<dyn Page> {
        let object = self.object.unwrap_or(Object::CONTACT);
        match &ROWS[self.row].about {
            About::Workspace(_, open) => open(),
            About::Tabs(..) | About::Objects => (self.tabs().get(tab).unwrap_or(&PROPERTIES).open)(object),
        }
    }
}

/// A place in the settings that one can jump to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub entry: Entry,
    /// The place of the page among the tabs of its entry.
    pub tab: usize,
    /// A row of its page, by its name there; none: the page itself.
    pub row: Option<String>,
    pub label: String,
}

/// Every page, each with its rows below it.
pub fn spots(cx: &Cx) -> Vec<Spot> {
    let mut spots = Vec::new();
    for entry in entries(cx.settings) {
        let spot = |tab, row, label| Spot { entry: entry.clone(), tab, row, label };
        spots.push(spot(0, None, entry.title.clone()));
        for tab in 0..entry.tabs().len().max(1) {
            if let [_, _, ..] = entry.tabs() {
                spots.push(spot(tab, None, format!("{}: {}", entry.title, entry.tabs()[tab].title)));
            }
            let mut page = entry.open(tab);
            page.renew(cx);
            spots.extend(page.rows(cx).into_iter().map(|(name, label)| spot(tab, Some(name), label)));
        }
    }
    spots
}

impl Spot {
    /// As the palette lists it: pages, and what is set on them; the properties of objects have a list.
    pub fn named(&self) -> Option<String> {
        let is_property = self.entry.tabs().get(self.tab).is_some_and(|tab| tab.title == PROPERTIES.title);
        let is_listed = self.row.is_none() || !is_property;
        is_listed.then(|| format!("Settings: {}", self.label))
    }
}

pub fn entries(settings: &Settings) -> Vec<Entry> {
    let of_row = |(row, spec): (usize, &'static Row)| {
        let entry = move |title: &str, object| Entry { group: spec.group, title: title.to_owned(), row, object };
        match &spec.about {
            About::Tabs(PARTNERS_TITLE, _) if !settings.is_partner() => Vec::new(),
            About::Workspace(title, _) | About::Tabs(title, _) => vec![entry(title, None)],
            About::Objects => settings.objects.iter().map(|spec| entry(&spec.plural, Some(spec.object))).collect(),
        }
    };
    ROWS.iter().enumerate().flat_map(of_row).collect()
}
