//! `lejek bin`: what is in the bin, the last thing first.

use super::Call;
use super::out::Table;
use super::session::Session;
use super::shape;
use super::trouble::Trouble;
use crate::workspace::bin::InBin;
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
        let object = |one: &InBin| {
            let (by, at, act) = one.deleted();
            let mut told = json!({
                "id": one.of().to_string(),
                "object": object(&session, one),
                "name": one.name(),
                "at": shape::time(at),
                "by": session.author(by),
                "act": act.0,
            });
            if let InBin::Record { merged_into: Some((into, _)), .. } = one {
                told["merged_into"] = into.to_string().into();
            }
            told
        };
        return session.out.value(&bin.iter().map(object).collect::<Json>());
    }
    if bin.is_empty() {
        return session.out.text("The bin is empty");
    }
    let clock = session.settings.clock(session.now);
    let rows = bin.iter().map(|one| {
        let (by, at, act) = one.deleted();
        vec![
            crate::domain::id::short(one.of().uuid()),
            match one {
                InBin::Record { merged_into: Some((_, into)), .. } => {
                    format!("{} → {}", one.name(), into.as_deref().unwrap_or("another record"))
                }
                _ => one.name(),
            },
            object(&session, one),
            crate::domain::when::moment_long(at, &clock),
            session.email_of(by).unwrap_or_default(),
            act.to_string(),
        ]
    });
    Table::print(&session.out, &["Id", "Name", "Object", "Deleted", "By", "Act"], &rows.collect::<Vec<_>>())
}

fn object(session: &Session, one: &InBin) -> String {
    match one {
        InBin::Record { binned, .. } => session.object_name(binned.record.id).to_owned(),
        InBin::Activity(_) => "activity".to_owned(),
    }
}
