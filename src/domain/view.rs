//! Views: questions to a list that are kept under a name, as its tabs. Those that every list has are rows of [`BUILT_IN`].

mod command;

use super::fold::fold;
use super::id::{Object, PropertyId, RecordId, UserId};
use super::object::{ObjectSpec, is};
use super::property::Property;
use super::query::parse::filter;
use super::query::{Query, Sort};
use super::settings::Settings;
use super::user::{User, Viewer};
use super::value::Reading;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ViewId(pub Uuid);

impl ViewId {
    /// Of a view that is not kept yet: saving gives it one of its own.
    pub const NEW: ViewId = ViewId(Uuid::nil());

    /// The row, where it is a view that every list has.
    pub fn built_in(self) -> Option<&'static BuiltIn> {
        let place = usize::try_from(self.0.as_u128()).ok()?.checked_sub(1)?;
        BUILT_IN.get(place)
    }
}

/// A view, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub id: ViewId,
    pub object: Object,
    pub name: String,
    /// `None`: it comes with the program, and nobody changes it.
    pub owner: Option<UserId>,
    /// Everybody sees it; else only its owner does.
    #[serde(default)]
    pub everyone: bool,
    /// Expressions, all of which hold.
    #[serde(default)]
    pub filters: Vec<String>,
    #[serde(default)]
    pub search: String,
    /// Only what the user looked at lately, the latest first unless it is sorted otherwise.
    #[serde(default)]
    pub viewed: bool,
    #[serde(default)]
    pub sort: Vec<Sort>,
    /// None: those of the object.
    #[serde(default)]
    pub columns: Vec<ViewColumn>,
    /// Rows of one value stand together, and it is shown once.
    #[serde(default)]
    pub grouped: Option<PropertyId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewColumn {
    pub property: PropertyId,
    /// In cells; `None`: as wide as it needs.
    #[serde(default)]
    pub width: Option<u16>,
}

/// A view that every list has.
pub struct BuiltIn {
    /// The place of the object's name is `…`.
    pub name: &'static str,
    /// On the tab of a narrow window.
    pub short: &'static str,
    pub filters: &'static [&'static str],
    /// Descending; `None`: what the object's list is sorted by at first.
    pub sorted_by: Option<PropertyId>,
    pub viewed: bool,
    /// Its tab says how many records it takes in.
    pub counted: bool,
}

/// In the order of tabs. A view's id is its place, from 1: never move one.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { name: "My …", short: "My", filters: &["owner is me"], sorted_by: None, viewed: false, counted: true },
    BuiltIn { name: "All …", short: "All", filters: &[], sorted_by: None, viewed: false, counted: true },
    BuiltIn {
        name: "Recently created",
        short: "Created",
        filters: &[],
        sorted_by: Some(is::CREATED_AT),
        viewed: false,
        counted: false,
    },
    BuiltIn { name: "Recently viewed", short: "Viewed", filters: &[], sorted_by: None, viewed: true, counted: false },
];

impl BuiltIn {
    /// The view of this row for an object.
    fn view(&self, number: usize, spec: &ObjectSpec) -> View {
        let sort = Sort { property: self.sorted_by.unwrap_or(spec.sorted_by), descending: true };
        View {
            name: self.name.replace('…', &spec.plural.to_lowercase()),
            filters: self.filters.iter().map(|text| (*text).to_owned()).collect(),
            viewed: self.viewed,
            sort: if self.viewed { Vec::new() } else { vec![sort] },
            ..View::new(ViewId(Uuid::from_u128(number as u128)), spec.object, None)
        }
    }
}

/// The views that every list of `spec` has.
pub fn built_in(spec: &ObjectSpec) -> Vec<View> {
    (1..).zip(BUILT_IN).map(|(number, row)| row.view(number, spec)).collect()
}

/// The key of a view's row among the settings.
pub fn view_key(id: ViewId) -> String {
    format!("{VIEWS}{}", id.0)
}

/// What the keys of all views begin with.
pub const VIEWS: &str = "view/";

/// What a property is to a view that names it.
const SORTED: &str = "is sorted by";
const GROUPED: &str = "is grouped by";

impl View {
    /// A view of everything, without a name yet.
    pub fn new(id: ViewId, object: Object, owner: Option<UserId>) -> View {
        View {
            id,
            object,
            name: String::new(),
            owner,
            everyone: owner.is_none(),
            filters: Vec::new(),
            search: String::new(),
            viewed: false,
            sort: Vec::new(),
            columns: Vec::new(),
            grouped: None,
        }
    }

    pub fn is_seen_by(&self, user: UserId) -> bool {
        self.everyone || self.owner == Some(user)
    }

    /// Only its owner changes a private view; one for everyone, a Super Admin too.
    pub fn may_be_changed_by(&self, user: &User) -> bool {
        self.owner == Some(user.id) || (self.everyone && self.owner.is_some() && user.super_admin)
    }

    pub fn is_called(&self, name: &str) -> bool {
        fold(self.name.trim()) == fold(name.trim())
    }

    /// The question that the view asks now; `lately` is what the user looked at lately, the latest first. The error is a
    /// sentence: what it names is not there any more.
    pub fn query(&self, cx: &Reading, viewer: Viewer, lately: &[RecordId]) -> Result<Query, String> {
        let spec = self.spec(cx.settings)?;
        // What there is instead is told where a filter is written.
        let why = |sentence: &str| sentence.split(". There are: ").next().unwrap_or(sentence).to_owned();
        let read = |text: &String| filter(text, spec, cx).map_err(|error| self.stale(&why(&error.to_string())));
        let filters = self.filters.iter().map(read).collect::<Result<_, _>>()?;
        let within = self.viewed.then(|| lately.iter().copied().filter(|id| id.object == self.object).collect());
        let search = self.search.clone();
        Ok(Query { within, search, filters, sort: self.order(spec)?, ..Query::all(self.object, viewer) })
    }

    /// The group first, then the keys of the sort.
    fn order(&self, spec: &ObjectSpec) -> Result<Vec<Sort>, String> {
        let named = |id: PropertyId, says: &str| match spec.has(id) {
            true => Ok(()),
            false => Err(self.stale(&format!("It {says} a property that was deleted"))),
        };
        self.sort.iter().try_for_each(|sort| named(sort.property, SORTED))?;
        let Some(group) = self.grouped else { return Ok(self.sort.clone()) };
        named(group, GROUPED)?;
        let descending = self.sort.iter().find(|sort| sort.property == group).is_some_and(|sort| sort.descending);
        let rest = self.sort.iter().copied().filter(|sort| sort.property != group);
        Ok([Sort { property: group, descending }].into_iter().chain(rest).collect())
    }

    fn stale(&self, why: &str) -> String {
        format!("The view “{}” can't be asked any more: {why}. Change it or delete it", self.name)
    }

    fn spec<'a>(&self, settings: &'a Settings) -> Result<&'a ObjectSpec, String> {
        settings.object(self.object).ok_or_else(|| self.stale("Its object is not there"))
    }

    /// What it shows, with widths; columns whose property was deleted are left out.
    pub fn shown<'a>(&self, spec: &'a ObjectSpec) -> Vec<(&'a Property, Option<u16>)> {
        let own = || self.columns.iter().filter_map(|column| Some((spec.property(column.property)?, column.width)));
        let of_object = || spec.columns.iter().filter_map(|id| Some((spec.property(*id)?, None)));
        if own().next().is_none() { of_object().collect() } else { own().collect() }
    }

    /// What is wrong with it, as a sentence: what a view must be to be kept.
    pub fn check(&self, cx: &Reading) -> Result<(), String> {
        let spec = cx.settings.object(self.object).ok_or_else(|| "This object is not there".to_owned())?;
        let length = self.name.chars().count();
        if length == 0 || length > NAME_MOST {
            return Err(format!("A view needs a name of 1 to {NAME_MOST} characters"));
        }
        if self.filters.len() > FILTERS_MOST || self.filters.iter().any(|text| text.len() > FILTER_MOST) {
            return Err(format!("A view takes up to {FILTERS_MOST} filters of {FILTER_MOST} characters"));
        }
        if self.search.chars().count() > NAME_MOST {
            return Err(format!("The search of a view takes up to {NAME_MOST} characters"));
        }
        for text in &self.filters {
            filter(text, spec, cx).map_err(|error| format!("The filter “{text}” can't be asked: {error}"))?;
        }
        let sorts = self.sort.iter().map(|sort| sort.property).collect::<Vec<_>>();
        let columns = self.columns.iter().map(|column| column.property).collect::<Vec<_>>();
        let group: Vec<PropertyId> = self.grouped.into_iter().collect();
        for (says, named) in [(SORTED, sorts), ("shows", columns), (GROUPED, group)] {
            if named.iter().any(|id| !spec.has(*id)) {
                return Err(format!("The view {says} a property that {} don't have", spec.plural.to_lowercase()));
            }
            if let Some(twice) = (1..named.len()).find(|at| named[..*at].contains(&named[*at])) {
                let label = spec.property(named[twice]).map_or("", |property| property.label.as_str());
                return Err(format!("The view {says} {label} twice"));
            }
        }
        Ok(())
    }
}

/// Characters of a name or a search.
pub const NAME_MOST: usize = 80;
const FILTERS_MOST: usize = 30;
/// Bytes of one expression.
const FILTER_MOST: usize = 2_000;

impl Settings {
    /// The views of an object that `user` sees, in the order of tabs: built-in ones, their own, those for everyone.
    pub fn views_of(&self, object: Object, user: UserId) -> Vec<View> {
        let mut views = self.object(object).map(built_in).unwrap_or_default();
        let kept = || self.views.iter().filter(|view| view.object == object);
        views.extend(kept().filter(|view| view.owner == Some(user)).cloned());
        views.extend(kept().filter(|view| view.everyone && view.owner != Some(user)).cloned());
        views
    }

    pub fn view(&self, id: ViewId) -> Option<&View> {
        self.views.iter().find(|view| view.id == id)
    }
}

#[cfg(test)]
mod tests;
