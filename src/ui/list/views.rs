//! The tabs of a list: questions that every object has. A new one is a row in [`views`].

use crate::domain::id::{PropertyId, UserId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::query::{Check, Filter, Path, Query, Sort, Test};
use crate::domain::user::{User, Viewer};
use crate::domain::value::Value;

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
    let plural = object.plural.to_lowercase();
    let view = |label: String, short, is_own, is_counted, property: PropertyId| {
        let sort = Sort { property, descending: true };
        View { label, short, is_own, is_counted, sorted_first: sort, sort }
    };
    vec![
        view(format!("My {plural}"), "My", true, true, object.sorted_by),
        view(format!("All {plural}"), "All", false, true, object.sorted_by),
        view("Recently created".into(), "Created", false, false, is::CREATED_AT),
    ]
}

fn owned_by(user: UserId) -> Filter {
    let test = Test { of: Path::Own(is::OWNER), check: Check::OneOf(vec![Value::User(user)]), negated: false };
    Filter { any: vec![test], text: "owner is me".into() }
}
