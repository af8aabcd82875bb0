//! `lejek list`: rows of records.

use super::Call;
use super::listing::Listing;
use super::out::Table;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::answer::Row;
use crate::domain::id::PropertyId;
use crate::domain::object::is;
use crate::domain::property::Property;
use crate::domain::query::Query;
use crate::domain::value::{json, shown};
use clap::Args;
use serde_json::{Map, Value as Json};
use std::io::Write;

/// Rows that are read and printed at once.
const PAGE: usize = 500;

#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    pub listing: Listing,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Leave out so many rows first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
}

impl List {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let asked = self.listing.ask(&session)?;
        let (query, columns) = (&asked.query, asked.columns());
        session.prepare(query)?;
        if call.out.json { self.json(&session, query, &columns) } else { self.text(&session, query, &columns) }
    }

    /// Gives the rows page by page.
    fn each(
        &self,
        session: &Session,
        query: &Query,
        mut see: impl FnMut(&[Row]) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let mut left = self.limit.unwrap_or(usize::MAX);
        let mut from = self.offset;
        while left > 0 {
            let page = session.store().page(query, session.now, from, left.min(PAGE))?;
            if page.rows.is_empty() {
                break;
            }
            see(&page.rows)?;
            from += page.rows.len();
            left -= page.rows.len();
        }
        Ok(())
    }

    /// An array, written as it is read.
    fn json(&self, session: &Session, query: &Query, columns: &[&Property]) -> Result<(), Trouble> {
        let mut out = session.out.writer();
        let mut before = "[";
        self.each(session, query, |rows| {
            for row in rows {
                out.write_all(before.as_bytes())?;
                out.write_all(object(session, row, columns).to_string().as_bytes())?;
                before = ",";
            }
            Ok(())
        })?;
        out.write_all(if before == "[" { b"[]\n" } else { b"]\n" })?;
        Ok(out.flush()?)
    }

    fn text(&self, session: &Session, query: &Query, columns: &[&Property]) -> Result<(), Trouble> {
        let mut columns = columns.to_vec();
        columns.retain(|property| property.id != is::NAME);
        let head =
            [vec!["Id".to_owned(), "Name".to_owned()], columns.iter().map(|p| p.label.clone()).collect()].concat();
        let right = [vec![false, false], columns.iter().map(|p| p.kind.is_measured()).collect()].concat();
        let mut table: Option<Table> = None;
        self.each(session, query, |rows| {
            let cells = |row: &Row| {
                let text = |property: &&Property| cell(session, row, property);
                let own = vec![row.record.id.short(), row.record.name()];
                [own, columns.iter().map(text).collect()].concat()
            };
            let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
            if table.is_none() {
                let made = Table::new(&head, &right, &rows);
                session.out.heading(&made.line(&head))?;
                table = Some(made);
            }
            let lines: Vec<String> = table.iter().flat_map(|table| rows.iter().map(|row| table.line(row))).collect();
            session.out.text(&lines.join("\n"))
        })
    }
}

fn cell(session: &Session, row: &Row, property: &Property) -> String {
    row.get(property.id).map(|value| shown(property, &value, &session.settings, session.now)).unwrap_or_default()
}

/// A row as an object: id, name, and every column, `null` where it is empty.
fn object(session: &Session, row: &Row, columns: &[&Property]) -> Json {
    let mut object = Map::new();
    object.insert("id".to_owned(), row.record.id.to_string().into());
    object.insert("name".to_owned(), row.record.name().into());
    let is_other = |id: PropertyId| id != is::NAME;
    for property in columns.iter().filter(|property| is_other(property.id)) {
        let value = row.get(property.id).map_or(Json::Null, |value| json(property, &value, &session.settings));
        object.insert(property.name.clone(), value);
    }
    Json::Object(object)
}
