//! Properties that users make, and the options of built-in ones (R2.11, R2.12, R2.17). A property is a row of the
//! settings. Deleting one hides it and leaves the values where they are, so that undo only has to show it again.

use super::permission::check_right;
use super::settings::put;
use super::{Asking, Draft, Granted, Planned, record};
use crate::domain::change::{Op, Question, Refusal, Rule};
use crate::domain::fold::fold;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{NoIds, Object, OptionId, PropertyId, RecordId};
use crate::domain::object::{ObjectSpec, built_in, has_open_options, is};
use crate::domain::property::form::{Held, Instead, OptionForm, PropertyForm, check_name};
use crate::domain::property::{Kind, Property};
use crate::domain::settings::{Settings, property_key, property_of_key};
use crate::domain::user::Right;
use crate::domain::value::{Value, several};

pub(super) fn add(draft: &mut Draft, object: Object, form: &PropertyForm) -> Planned<Granted> {
    check_right(draft, Right::to_shape(object))?;
    let settings = draft.settings();
    let spec = record::spec(&settings, object)?;
    check_name(&form.name, spec).map_err(no)?;
    let full = || no("Every number of a property was used. No more can be made".to_owned());
    let mut property = Property {
        id: settings.free_property_id().ok_or_else(full)?,
        name: form.name.clone(),
        label: String::new(),
        kind: form.kind,
        choices: Vec::new(),
        retired: Vec::new(),
        derived: false,
        hidden: false,
        required: false,
        searched: false,
        deleted: false,
    };
    form.write(&mut property, spec).map_err(no)?;
    put(draft, &property_key(object, property.id), Some(row(&property)))?;
    Ok(Granted::new(format!("Added the property {}", property.label), Vec::new()))
}

pub(super) fn set(draft: &mut Draft, wish: &Wish) -> Planned<Granted> {
    let settings = draft.settings();
    let Wanted { before, after, gone, instead } = wanted(draft, &settings, wish)?;
    let held = holders(draft, wish.object, wish.id, &gone)?;
    if wish.instead == Instead::Ask && !held.is_empty() {
        let options = gone.iter().filter_map(|id| after.choice(*id)).map(|choice| choice.label.clone()).collect();
        let label = after.label.clone();
        let question = Held { object: wish.object, property: wish.id, label, options, records: held.len() };
        return Err(Refusal::Needs(Question::Held(question)).into());
    }
    replace(draft, wish.id, &held, &gone, instead)?;
    if after != *before {
        put(draft, &property_key(wish.object, wish.id), Some(row(&after)))?;
    }
    Ok(Granted::new(format!("Changed the property {}", after.label), Vec::new()))
}

/// A `SetProperty`, as it was asked.
pub struct Wish<'a> {
    pub object: Object,
    pub id: PropertyId,
    pub form: &'a PropertyForm,
    pub instead: Instead,
}

/// A wish that was checked but for what records hold.
struct Wanted<'a> {
    before: &'a Property,
    after: Property,
    /// Options whose values somebody has to decide about.
    gone: Vec<OptionId>,
    instead: Option<OptionId>,
}

fn wanted<'a>(draft: &Draft, settings: &'a Settings, wish: &Wish) -> Planned<Wanted<'a>> {
    check_right(draft, Right::to_shape(wish.object))?;
    let spec = record::spec(settings, wish.object)?;
    let before = existing(spec, wish.id)?;
    let after = changed(spec, before, wish.form)?;
    let stays = |id: OptionId| after.choices.iter().any(|choice| choice.id == id);
    let mut gone: Vec<OptionId> = before.choices.iter().map(|choice| choice.id).filter(|id| !stays(*id)).collect();
    if wish.id == is::DISQUALIFICATION_REASON {
        // A deleted reason stays readable where it is (R2.11).
        gone.clear();
    }
    let instead = match wish.instead {
        Instead::Option(to) if !stays(to) => {
            return Err(no(format!("What takes the place must be an option of {} that stays", after.label)).into());
        }
        Instead::Option(to) => Some(to),
        Instead::Clear if after.required && !gone.is_empty() => {
            return Err(no(format!("{} needs a value. --move-to OTHER gives another option", after.label)).into());
        }
        Instead::Ask | Instead::Clear => None,
    };
    Ok(Wanted { before, after, gone, instead })
}

/// What a `SetProperty` that is granted replaces first: records that hold options that go, and what takes their place.
pub struct Replaced {
    pub records: Vec<RecordId>,
    pub gone: Vec<OptionId>,
    pub instead: Option<OptionId>,
}

/// Nothing is replaced while the question is open.
pub fn replaced(graph: &dyn Graph, asking: Asking, wish: &Wish) -> Planned<Replaced> {
    let draft = Draft::new(graph, asking, NoIds);
    let settings = draft.settings();
    let Wanted { gone, instead, .. } = wanted(&draft, &settings, wish)?;
    let asks = wish.instead == Instead::Ask;
    let records = if asks { Vec::new() } else { holders(&draft, wish.object, wish.id, &gone)? };
    Ok(Replaced { records, gone, instead })
}

/// All reasons for which leads are disqualified (R2.11), by their labels; one of a name that was deleted comes back.
pub(super) fn set_reasons(draft: &mut Draft, labels: &str) -> Planned {
    let settings = draft.settings();
    let gone = || Refusal::Missing("There are no reasons".to_owned());
    let reasons = settings.reasons().ok_or_else(gone)?;
    let mut form = PropertyForm::from(reasons);
    let option = |label: &str| {
        let known = reasons.choices.iter().chain(&reasons.retired).find(|known| fold(&known.label) == fold(label));
        let tint = known.map(|known| known.tint).unwrap_or_default();
        OptionForm { id: known.map(|known| known.id), label: label.to_owned(), tint }
    };
    form.options = several(labels).map(option).collect();
    let wish = Wish { object: Object::LEAD, id: reasons.id, form: &form, instead: Instead::Ask };
    set(draft, &wish).map(drop)
}

pub(super) fn delete(draft: &mut Draft, object: Object, id: PropertyId, confirmed: bool) -> Planned<Granted> {
    check_right(draft, Right::to_shape(object))?;
    let settings = draft.settings();
    let property = existing(record::spec(&settings, object)?, id)?;
    if !property.is_custom() {
        return Err(no(format!("{} is built in and stays", property.label)).into());
    }
    if !confirmed {
        let mut records = 0;
        draft.each(object, &mut |record| records += usize::from(record.values.get(id).is_some()))?;
        if records > 0 {
            let held = Held { object, property: id, label: property.label.clone(), options: Vec::new(), records };
            return Err(Refusal::Needs(Question::Held(held)).into());
        }
    }
    put(draft, &property_key(object, id), Some(row(&Property { deleted: true, ..property.clone() })))?;
    Ok(Granted::new(format!("Deleted the property {}", property.label), Vec::new()))
}

/// Puts `instead` in the place of options; a record that went meanwhile is passed over.
pub(super) fn replace(
    draft: &mut Draft,
    id: PropertyId,
    records: &[RecordId],
    gone: &[OptionId],
    instead: Option<OptionId>,
) -> Planned<Granted> {
    check_right(draft, records.first().map_or(Right::PropertySettings, |record| Right::to_shape(record.object)))?;
    let mut refs = Vec::with_capacity(records.len());
    for record in records {
        let Some(from) = draft.record(*record)?.and_then(|record| record.values.get(id).cloned()) else { continue };
        let to = without(&from, gone, instead);
        if to.as_ref() != Some(&from) {
            draft.grant(Op::Set { record: *record, property: id, from: Some(from), to })?;
            refs.push((*record).into());
        }
    }
    draft.settle()?;
    Ok(Granted::new("Replaced options", refs))
}

fn without(value: &Value, gone: &[OptionId], instead: Option<OptionId>) -> Option<Value> {
    match value {
        Value::Option(id) if gone.contains(id) => instead.map(Value::Option),
        Value::Options(ids) => {
            let mut kept: Vec<OptionId> = Vec::with_capacity(ids.len());
            for id in ids {
                let id = if gone.contains(id) { instead } else { Some(*id) };
                kept.extend(id.filter(|id| !kept.contains(id)));
            }
            (!kept.is_empty()).then_some(Value::Options(kept))
        }
        value => Some(value.clone()),
    }
}

/// The records that hold one of these options.
fn holders(graph: &dyn Graph, object: Object, property: PropertyId, options: &[OptionId]) -> Read<Vec<RecordId>> {
    let mut found = Vec::new();
    if options.is_empty() {
        return Ok(found);
    }
    graph.each(object, &mut |record| {
        let holds = match record.values.get(property) {
            Some(Value::Option(id)) => options.contains(id),
            Some(Value::Options(ids)) => ids.iter().any(|id| options.contains(id)),
            _ => false,
        };
        if holds {
            found.push(record.id);
        }
    })?;
    Ok(found)
}

/// The property as the form says, checked.
fn changed(spec: &ObjectSpec, before: &Property, form: &PropertyForm) -> Result<Property, Refusal> {
    if form.name != before.name {
        return Err(no(format!("The internal name {} stays for good: scripts rely on it", before.name)));
    }
    if form.kind != before.kind && (before.kind, form.kind) != (Kind::Text, Kind::LongText) {
        let (label, kind) = (&before.label, before.kind.label().to_lowercase());
        return Err(no(format!(
            "{label} is {kind} and stays so; only text can become long text. Add another property"
        )));
    }
    let mut after = before.clone();
    if before.is_custom() {
        form.write(&mut after, spec).map_err(no)?;
        return Ok(after);
    }
    let own = PropertyForm::from(before);
    if *form == own {
        return Ok(after);
    }
    if !has_open_options(before.id) {
        let rule = (before.id == is::LIFECYCLE_STAGE).then_some(Rule(2, 17));
        let sentence = format!("{} is built in and can't be changed", before.label);
        return Err(Refusal::Rule { rule, sentence, field: None });
    }
    if (PropertyForm { options: own.options.clone(), ..form.clone() }) != own {
        return Err(no(format!("{} is built in: only its options can be changed", before.label)));
    }
    form.write_options(&mut after).map_err(no)?;
    Ok(after)
}

/// The row that undo puts in the place of `to`: the one before, with what came since kept as deleted, so that no
/// number of a property or an option is ever given twice.
pub(super) fn row_before(
    settings: &Settings,
    key: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<String, String> {
    let read = |row: Option<&str>| row.and_then(|row| serde_json::from_str::<Property>(row).ok());
    let known = property_of_key(key).zip(read(to));
    let Some(((object, id), now)) = known.filter(|_| settings.row(key) == to) else {
        return Err(match read(to) {
            Some(property) => format!("The property {} was changed since", property.label),
            None => format!("The setting {key} was changed since"),
        });
    };
    let mut before = match read(from).or_else(|| built_in(object, id)) {
        Some(before) => before,
        None => Property { deleted: true, ..now.clone() },
    };
    for choice in now.choices.iter().chain(&now.retired) {
        if before.choice(choice.id).is_none() {
            before.retired.push(choice.clone());
        }
    }
    let others = settings.object_ever(object).into_iter().flat_map(|spec| &spec.properties);
    let taken = |other: &&Property| other.id != id && (other.name == before.name || other.label == before.label);
    match others.into_iter().find(taken).filter(|_| !before.deleted) {
        Some(other) => Err(format!("{} has the name or label of {} by now", other.name, before.label)),
        None => Ok(row(&before)),
    }
}

fn existing(spec: &ObjectSpec, id: PropertyId) -> Result<&Property, Refusal> {
    spec.property(id).ok_or_else(|| Refusal::Missing(format!("{} have no such property", spec.plural)))
}

fn row(property: &Property) -> String {
    serde_json::to_string(property).unwrap_or_default()
}

fn no(sentence: String) -> Refusal {
    Refusal::Rule { rule: None, sentence, field: None }
}
