//! The tabs of a list: the views that every object has and that are sorted. A new one is a row of [`BUILT_IN`].

use crate::domain;
use crate::domain::id::UserId;
use crate::domain::object::{ObjectSpec, is};
use crate::domain::query::{Check, Filter, Path, Query, Sort, Test};
use crate::domain::user::{User, Viewer};
use crate::domain::value::Value;
use crate::domain::view::{BUILT_IN, BuiltIn, built_in};

/// One tab.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub label: String,
    /// In a narrow window.
    pub short: &'static str,
    /// Only what the user owns.
    pub is_own: bool,
    /// Whether its tab says how many records it takes in.
    pub is_counted: bool,
    sorted_first: Sort,
    pub sort: Sort,
}

impl View {
    /// It is sorted otherwise than at first.
    pub fn is_changed(&self) -> bool {
        self.sort != self.sorted_first
    }

    pub fn query(&self, object: &ObjectSpec, user: &User, viewer: Viewer, search: &str) -> Query {
        let filters = if self.is_own { vec![owned_by(user.id)] } else { Vec::new() };
        let sort = vec![self.sort];
        Query { search: search.to_owned(), filters, sort, ..Query::all(object.object, viewer) }
    }
}

/// The tab that is open at first.
pub const ALL: usize = 1;

pub fn views(object: &ObjectSpec) -> Vec<View> {
    let tab = |(view, row): (domain::view::View, &'static BuiltIn)| {
        let sort = *view.sort.first()?;
        let is_own = !view.filters.is_empty();
        Some(View { label: view.name, short: row.short, is_own, is_counted: row.counted, sorted_first: sort, sort })
    };
    built_in(object).into_iter().zip(BUILT_IN).filter_map(tab).collect()
}

fn owned_by(user: UserId) -> Filter {
    let test = Test { of: Path::Own(is::OWNER), check: Check::OneOf(vec![Value::User(user)]), negated: false };
    Filter { any: vec![test], text: "owner is me".into() }
}
