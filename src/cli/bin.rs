//! `lejek bin`: what is in the bin, the last thing first.

use super::Call;
use super::out::Table;
use super::session::Session;
use super::shape;
use super::trouble::Trouble;
use crate::workspace::request::{Reply, Request};
use serde_json::{Value as Json, json};

pub fn run(call: &Call) -> Result<(), Trouble> {
    let session = Session::reading(call)?;
    let bin = match session.ask(&Request::Bin(None)) {
        Reply::Bin(bin) => bin,
        Reply::Failed(failure) => return Err(failure.into()),
        _ => Vec::new(),
    };
    if session.out.json {
        let object = |binned: &crate::domain::record::Binned| {
            json!({
                "id": binned.record.id.to_string(),
                "object": session.object_name(binned.record.id),
                "name": binned.record.name(),
                "at": shape::time(binned.at),
                "by": session.author(binned.by),
                "act": binned.act.0,
            })
        };
        return session.out.value(&bin.iter().map(object).collect::<Json>());
    }
    if bin.is_empty() {
        return session.out.text("The bin is empty");
    }
    let clock = session.settings.clock(session.now);
    let rows = bin.iter().map(|binned| {
        vec![
            binned.record.id.short(),
            binned.record.name(),
            session.object_name(binned.record.id).to_owned(),
            crate::domain::when::moment_long(binned.at, &clock),
            session.email_of(binned.by).unwrap_or_default(),
            binned.act.to_string(),
        ]
    });
    Table::print(&session.out, &["Id", "Name", "Object", "Deleted", "By", "Act"], &rows.collect::<Vec<_>>())
}
