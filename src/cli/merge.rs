//! `lejek merge`: two records become one (R5.11).

use super::Call;
use super::answer;
use super::out::Table;
use super::session::{Session, parted, property};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::{PropertyId, RecordId};
use crate::domain::merge::{Preview, taken, united};
use crate::domain::object::ObjectSpec;
use crate::domain::value::{json as value_json, plain};
use crate::workspace::Failure;
use clap::Args;
use serde_json::{Map, Value as Json, json};

#[derive(Debug, Args)]
pub struct Merge {
    /// The record that stays
    #[arg(value_name = "REF")]
    pub first: String,
    /// The one that goes: its blanks, addresses, associations and activities go over
    #[arg(value_name = "REF")]
    pub second: String,
    /// Whose value a property has in the end [default: first]; a blank never takes the place of a value
    #[arg(value_name = "PROPERTY=first|second")]
    pub values: Vec<String>,
    /// Says what would become of it, and does nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl Merge {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = if self.dry_run { Session::reading(call)? } else { Session::writing(call)? };
        let (into, from) = (session.record(&self.first)?, session.record(&self.second)?);
        let spec = session.spec(session.object_name(into))?;
        let take = self.take(&spec)?;
        if self.dry_run {
            return would(&session, &spec, into, from, &take);
        }
        let done = session.perform_now(&Change::Merge { into, from, take })?;
        answer::act(&session, &done, &[])
    }

    fn take(&self, spec: &ObjectSpec) -> Result<Vec<PropertyId>, Trouble> {
        let mut take = Vec::new();
        for pair in &self.values {
            let (name, side) = parted(pair)?;
            let id = property(spec, name)?.id;
            take.retain(|other| *other != id);
            match side.trim() {
                "first" => {}
                "second" => take.push(id),
                _ => return Err(Trouble::usage(format!("“{pair}” is neither {name}=first nor {name}=second"))),
            }
        }
        Ok(take)
    }
}

/// What would become of the properties, and what would go over.
fn would(
    session: &Session,
    spec: &ObjectSpec,
    into: RecordId,
    from: RecordId,
    take: &[PropertyId],
) -> Result<(), Trouble> {
    let (preview, done) = session.preview_merge(into, from, take)?;
    let take = taken(spec, take).map_err(Failure::Refused)?;
    let values = united(spec, &preview.into, &preview.from, &take);
    let shown = values.iter().filter_map(|(id, value)| Some((spec.property(*id).filter(|p| !p.hidden)?, value)));
    if session.out.json {
        let properties: Map<String, Json> = shown
            .map(|(property, value)| (property.name.clone(), value_json(property, value, &session.settings)))
            .collect();
        return session.out.value(&json!({
            "id": into.to_string(),
            "properties": properties,
            "moved": moved(session, &preview),
            "shared": preview.shared,
            "activities": preview.activities,
            "effects": done.effects.iter().map(answer::effect).collect::<Json>(),
            "skipped": preview.skipped,
        }));
    }
    let rows: Vec<Vec<String>> = shown
        .map(|(property, value)| {
            let before = preview.into.get(property.id).map(|value| plain(property, &value, &session.settings));
            vec![property.name.clone(), before.unwrap_or_default(), plain(property, value, &session.settings)]
        })
        .collect();
    if !rows.is_empty() {
        Table::print(&session.out, &["Property", "Now", "Then"], &rows)?;
    }
    session.out.text(&said(session, &preview))
}

fn moved(session: &Session, preview: &Preview) -> Map<String, Json> {
    let name = |(object, count): &(_, usize)| {
        (session.object_name(RecordId::new(*object, preview.into.id.uuid)).to_owned(), Json::from(*count))
    };
    preview.moved.iter().map(name).collect()
}

fn said(session: &Session, preview: &Preview) -> String {
    let ties = preview.moved.iter().map(|(object, count)| match session.settings.object(*object) {
        Some(spec) if *count == 1 => format!("1 {}", spec.singular.to_lowercase()),
        Some(spec) => format!("{count} {}", spec.plural.to_lowercase()),
        None => format!("{count} records"),
    });
    let mut all: Vec<String> = ties.collect();
    all.push(if preview.activities == 1 {
        "1 activity".to_owned()
    } else {
        format!("{} activities", preview.activities)
    });
    let (goes, stays) = (preview.from.name(), preview.into.name());
    let mut lines = vec![format!("{goes} would go, {} would go over to {stays}. Nothing was changed", all.join(", "))];
    lines.extend(preview.skipped.iter().map(|skipped| format!("  {skipped}")));
    lines.join("\n")
}
