//! Which records of an object, in which order: the options that `list`, `count` and `export` share.

use super::session::{Session, property};
use super::trouble::Trouble;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::query::parse::{FilterError, filter};
use crate::domain::query::{Query, Sort};
use clap::Args;

/// Search, filters and order.
#[derive(Debug, Args)]
pub struct Listing {
    /// contact, company, deal, ticket, lead or an object of your own
    pub object: String,
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

impl Listing {
    /// The question to the store. Without an order it is that of the object's list.
    pub fn query(&self, session: &Session) -> Result<(ObjectSpec, Query), Trouble> {
        let spec = session.spec(&self.object)?;
        let filters = self.filter.iter().map(|text| filter(text, &spec, &session.cx()));
        let filters = filters.collect::<Result<_, _>>().map_err(|error| match error {
            FilterError::Expression(sentence) => Trouble::usage(sentence),
            FilterError::Value(sentence) => Trouble::refused(sentence),
        })?;
        let mut sort = self.sort.iter().map(|text| sort(&spec, text)).collect::<Result<Vec<_>, _>>()?;
        if sort.is_empty() {
            sort.push(Sort { property: spec.sorted_by, descending: true });
        }
        let search = self.search.clone().unwrap_or_default();
        let query = Query { search, filters, sort, ..Query::all(spec.object, session.viewer()) };
        Ok((spec, query))
    }

    /// The columns that were named; those of the object's list when none were.
    pub fn shown<'a>(&self, spec: &'a ObjectSpec) -> Result<Vec<&'a Property>, Trouble> {
        match self.columns.is_empty() {
            true => Ok(spec.columns.iter().filter_map(|id| spec.property(*id)).collect()),
            false => self.columns.iter().map(|name| property(spec, name.trim())).collect(),
        }
    }
}

fn sort(spec: &ObjectSpec, text: &str) -> Result<Sort, Trouble> {
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    Ok(Sort { property: property(spec, name.trim())?.id, descending })
}
