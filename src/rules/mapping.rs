//! Saving and deleting mappings of imports: whoever may import an object may do it.

use super::permission::{Whole, check_whole};
use super::settings::{put, row};
use super::{Draft, Granted, Planned};
use crate::domain::change::Refusal;
use crate::domain::graph::Graph;
use crate::domain::mapping::{Mapping, NAME_MOST, mapping_key};

pub(super) fn save(draft: &mut Draft, mapping: &Mapping) -> Planned<Granted> {
    let name: String = mapping.name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mapping = Mapping { name: name.trim().to_owned(), ..mapping.clone() };
    check_whole(draft, Whole::Import, mapping.object)?;
    check(draft, &mapping)?;
    let before = draft.settings().mapping(&mapping.name).cloned();
    if let Some(before) = &before {
        check_whole(draft, Whole::Import, before.object)?;
    }
    put(draft, &mapping_key(&mapping.name), Some(row(&mapping)))?;
    let verb = if before.is_some() { "Changed" } else { "Saved" };
    Ok(Granted::new(format!("{verb} the mapping {}", mapping.name), Vec::new()))
}

pub(super) fn delete(draft: &mut Draft, name: &str) -> Planned<Granted> {
    let missing = || Refusal::Missing(format!("There is no mapping “{name}”"));
    let mapping = draft.settings().mapping(name).cloned().ok_or_else(missing)?;
    check_whole(draft, Whole::Import, mapping.object)?;
    put(draft, &mapping_key(name), None)?;
    Ok(Granted::new(format!("Deleted the mapping {}", mapping.name), Vec::new()))
}

/// Setting a mapping back: whoever may import what is there and what comes back.
pub(super) fn check_back(draft: &Draft, key: &str, to: Option<&str>) -> Planned {
    let settings = draft.settings();
    let rows = [settings.row(key), to].into_iter().flatten();
    let objects = rows.filter_map(|row| serde_json::from_str::<Mapping>(row).ok()).map(|mapping| mapping.object);
    objects.into_iter().try_for_each(|object| check_whole(draft, Whole::Import, object))
}

fn check(draft: &Draft, mapping: &Mapping) -> Result<(), Refusal> {
    let refused = |sentence: String| Refusal::Rule { rule: None, sentence, field: None };
    if mapping.name.is_empty() {
        return Err(refused("A mapping needs a name".to_owned()));
    }
    if mapping.name.chars().count() > NAME_MOST {
        return Err(refused(format!("The name of a mapping has {NAME_MOST} letters at most")));
    }
    match draft.settings().importable_as(mapping.object) {
        Some(_) => Ok(()),
        None => Err(Refusal::Missing("There is no such object".to_owned())),
    }
}
