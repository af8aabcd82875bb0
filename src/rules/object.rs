//! Objects that users make (R5.1). One is a row of the settings, and its number is never given again. Deleting one
//! puts its records into the bin, each with its ties, in the same act: undo brings all of it back.

use super::permission::{admins, check_property_settings};
use super::settings::{put, row};
use super::{Asking, Draft, Granted, Planned, bin, of_asker, record};
use crate::domain::change::{Question, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{NoIds, Object, RecordId, Ref};
use crate::domain::object::ObjectSpec;
use crate::domain::object::custom::{Holding, ObjectForm, ObjectRow};
use crate::domain::settings::{Settings, object_key, object_of_key};
use crate::domain::user::{Permissions, Reach};

pub(super) fn add(draft: &mut Draft, form: &ObjectForm) -> Planned<Granted> {
    check_property_settings(draft)?;
    let settings = draft.settings();
    let form = form.checked(None, &settings.objects).map_err(no)?;
    let full = || no("Every number of an object was used. No more can be made".to_owned());
    let object = settings.free_object().ok_or_else(full)?;
    let what = format!("Added the object {}", form.plural);
    put(draft, &object_key(object), Some(row(&ObjectRow { form, deleted: false })))?;
    Ok(Granted::new(what, Vec::new()))
}

pub(super) fn set(draft: &mut Draft, object: Object, form: &ObjectForm) -> Planned<Granted> {
    check_property_settings(draft)?;
    let settings = draft.settings();
    let before = custom(&settings, object)?;
    if form.name != before.name {
        return Err(no(format!("The internal name {} stays for good: scripts rely on it", before.name)).into());
    }
    let form = form.checked(Some(object), &settings.objects).map_err(no)?;
    let what = format!("Changed the object {}", form.plural);
    put(draft, &object_key(object), Some(row(&ObjectRow { form, deleted: false })))?;
    Ok(Granted::new(what, Vec::new()))
}

pub(super) fn delete(draft: &mut Draft, object: Object, confirmed: bool) -> Planned<Granted> {
    let settings = draft.settings();
    let records = deletable(draft, &settings, object, confirmed)?;
    for id in &records {
        bin::delete_record(draft, *id)?;
    }
    draft.settle()?;
    let spec = custom(&settings, object)?;
    put(draft, &object_key(object), Some(row(&ObjectRow { form: spec.into(), deleted: true })))?;
    Ok(Granted::new(said_deleted(spec), records.into_iter().map(Ref::Record).collect()))
}

fn said_deleted(spec: &ObjectSpec) -> String {
    format!("Deleted the object {}", spec.plural)
}

/// What a `DeleteObject` that is granted puts into the bin first, and what the act is called.
pub fn emptied(graph: &dyn Graph, asking: Asking, object: Object, confirmed: bool) -> Planned<(Vec<RecordId>, String)> {
    let draft = Draft::new(graph, asking, NoIds);
    let settings = draft.settings();
    let records = deletable(&draft, &settings, object, confirmed)?;
    Ok((records, said_deleted(custom(&settings, object)?)))
}

/// The records of an object that may be deleted, once somebody agreed.
fn deletable(draft: &Draft, settings: &Settings, object: Object, confirmed: bool) -> Planned<Vec<RecordId>> {
    check_property_settings(draft)?;
    let spec = custom(settings, object)?;
    let records = standing(draft, object)?;
    let may = of_asker(draft, |_, user| user.may(object)).unwrap_or(Permissions::ALL);
    // All or nothing: an object can't go while records of it stay.
    if !records.is_empty() && (may.view, may.delete) != (Reach::All, Reach::All) {
        let plural = spec.plural.to_lowercase();
        let sentence = format!("Needs the permission to delete {plural} of others. {}", admins(settings));
        return Err(Refusal::rule(6, 2, sentence).into());
    }
    if !confirmed {
        let holding = holding(draft, spec, &records)?;
        if !holding.is_empty() {
            return Err(Refusal::Needs(Question::DeleteObject(holding)).into());
        }
    }
    Ok(records)
}

fn holding(draft: &Draft, spec: &ObjectSpec, records: &[RecordId]) -> Read<Holding> {
    let mut associations = 0;
    for id in records {
        // A tie within the object is seen from both of its ends and counts once.
        let links = draft.links(*id, None)?;
        associations += links.iter().filter(|link| link.other.object != spec.object || *id < link.other).count();
    }
    let properties = spec.properties.iter().filter(|property| property.is_custom()).count();
    Ok(Holding { object: spec.object, plural: spec.plural.clone(), records: records.len(), properties, associations })
}

/// Records of an object that are not in the bin.
fn standing(draft: &Draft, object: Object) -> Read<Vec<RecordId>> {
    let mut records = Vec::new();
    draft.each(object, &mut |record| records.push(record.id))?;
    let mut standing = Vec::with_capacity(records.len());
    for id in records {
        if draft.record(id)?.is_some() {
            standing.push(id);
        }
    }
    Ok(standing)
}

/// A record of a deleted object comes back with its object only.
pub(super) fn check_there(settings: &Settings, object: Object) -> Result<(), Refusal> {
    match settings.object_ever(object).filter(|_| settings.object(object).is_none()) {
        Some(spec) => Err(Refusal::rule(
            5,
            9,
            format!("The object {} was deleted. Undo that act, and its records come back with it", spec.plural),
        )),
        None => Ok(()),
    }
}

/// What undo puts in the place of `to`, or what stands in the way: a record, where one does, and a sentence.
pub(super) fn row_before(
    draft: &Draft,
    key: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Read<Result<String, (Option<RecordId>, String)>> {
    let settings = draft.settings();
    let read = |row: Option<&str>| row.and_then(|row| serde_json::from_str::<ObjectRow>(row).ok());
    let known = object_of_key(key).zip(read(to)).filter(|_| settings.row(key) == to);
    let Some((object, now)) = known else {
        return Ok(Err((
            None,
            match read(to) {
                Some(row) => format!("The object {} was changed since", row.form.plural),
                None => format!("The setting {key} was changed since"),
            },
        )));
    };
    let before = read(from).unwrap_or(ObjectRow { deleted: true, ..now });
    if before.deleted {
        let records = standing(draft, object)?;
        if let Some(first) = records.first() {
            let sentence = format!("{} hold {} records by now", before.form.plural, records.len());
            return Ok(Err((Some(*first), sentence)));
        }
    } else {
        let others: Vec<ObjectSpec> = settings.objects.iter().filter(|spec| spec.object != object).cloned().collect();
        if let Err(sentence) = before.form.checked(None, &others) {
            return Ok(Err((None, sentence)));
        }
    }
    Ok(Ok(row(&before)))
}

fn custom(settings: &Settings, object: Object) -> Planned<&ObjectSpec> {
    let spec = record::spec(settings, object)?;
    match spec.is_custom() {
        true => Ok(spec),
        false => Err(no(format!("{} are built in and stay as they are", spec.plural)).into()),
    }
}

fn no(sentence: String) -> Refusal {
    Refusal::rule(5, 1, sentence)
}
