//! Which records of an object, in which order: the options that `list`, `count` and `export` share.

use super::session::{Session, property};
use super::trouble::Trouble;
use super::view;
use crate::domain::id::PropertyId;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::query::parse::{FilterError, filter};
use crate::domain::query::{Filter, Query, Sort};
use clap::Args;

/// Search, filters and order.
#[derive(Debug, Args)]
pub struct Listing {
    /// contact, company, deal, ticket, lead or an object of your own
    pub object: String,
    /// A view, such as `My contacts`; filters and search are added to its own, order and columns take their place
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Records whose text holds every word, accents and case aside
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub search: Option<String>,
    /// Such as `lifecycle_stage is Lead`, `amount > 1000`, `company.country is Poland`, `activity none 30d`; several are
    /// AND, `||` inside one is OR
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: Vec<String>,
    /// The property to sort by, `-` before it for descending; several decide one after the other
    #[arg(long, value_name = "[-]PROPERTY", allow_hyphen_values = true)]
    pub sort: Vec<String>,
    /// What to show, parted by commas
    #[arg(long, value_name = "PROPERTY,…", value_delimiter = ',')]
    pub columns: Vec<String>,
}

/// What a call wants listed.
pub struct Asked {
    pub spec: ObjectSpec,
    pub query: Query,
    columns: Vec<PropertyId>,
}

impl Asked {
    pub fn columns(&self) -> Vec<&Property> {
        self.columns.iter().filter_map(|id| self.spec.property(*id)).collect()
    }
}

impl Listing {
    /// The question to the store, and what to show. What is not said is as the view has it, else as the object's list.
    pub fn ask(&self, session: &Session) -> Result<Asked, Trouble> {
        let spec = session.spec(&self.object)?;
        let view = self.view.as_deref().map(|name| view::named(session, Some(&spec), name)).transpose()?;
        let viewed = || session.viewed(Some(spec.object));
        let mut query = match &view {
            Some(view) => view.query(&session.cx(), session.viewer(), &viewed()).map_err(Trouble::refused)?,
            None => Query::all(spec.object, session.viewer()),
        };
        query.filters.extend(filters(&self.filter, &spec, session)?);
        if let Some(search) = &self.search {
            query.search = format!("{} {search}", query.search);
        }
        if !self.sort.is_empty() {
            query.sort = self.sort.iter().map(|text| sort(&spec, text)).collect::<Result<_, _>>()?;
        } else if query.sort.is_empty() && query.within.is_none() {
            query.sort.push(Sort { property: spec.sorted_by, descending: true });
        }
        let columns = match (self.columns.is_empty(), &view) {
            (false, _) => {
                self.columns.iter().map(|name| Ok(property(&spec, name.trim())?.id)).collect::<Result<_, Trouble>>()?
            }
            (true, Some(view)) => view.shown(&spec).iter().map(|(property, _)| property.id).collect(),
            (true, None) => spec.columns.clone(),
        };
        Ok(Asked { spec, query, columns })
    }
}

/// Expressions as they are typed.
pub fn filters(texts: &[String], spec: &ObjectSpec, session: &Session) -> Result<Vec<Filter>, Trouble> {
    let read = |text: &String| {
        filter(text, spec, &session.cx()).map_err(|error| match error {
            FilterError::Expression(sentence) => Trouble::usage(sentence),
            FilterError::Value(sentence) => Trouble::refused(sentence),
        })
    };
    texts.iter().map(read).collect()
}

/// `-amount`.
pub fn sort(spec: &ObjectSpec, text: &str) -> Result<Sort, Trouble> {
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    Ok(Sort { property: property(spec, name.trim())?.id, descending })
}
