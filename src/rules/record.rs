//! Making and changing records: required values, values that belong to one record only (R5.11), stages (R2.2).

use super::permission::{self, Verb, Whole};
use super::{Draft, Granted, NoPlan, Planned, activity, association, form, lead, moving, ownership, sentence};
use crate::domain::association::Tying;
use crate::domain::change::{Op, Reason, Refusal, Rule};
use crate::domain::graph::{Graph, Key};
use crate::domain::id::{Object, PropertyId, RecordId, Ref};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::Property;
use crate::domain::record::{Record, Values, split_name};
use crate::domain::settings::Settings;
use crate::domain::sight::{UNSEEN, first_in_sentence};
use crate::domain::value::Value;

pub(super) fn create(
    draft: &mut Draft,
    object: Object,
    values: &[(PropertyId, Value)],
    associate: &[Tying],
) -> Planned<Granted> {
    permission::check_whole(draft, Whole::Create, object)?;
    let id = draft.new_id(object);
    let record = make(draft, id, values.to_vec())?;
    form::check(draft, &record)?;
    let name = record.name();
    draft.grant(Op::Create(Box::new(record)))?;
    association::tie_new(draft, id, associate)?;
    lead::check_tied(id, associate)?;
    ownership::check_new(draft, id, associate)?;
    let brought = activity::bring(draft, id, associate)?;
    draft.settle()?;
    let created = sentence("Created", &[name]);
    let said = activity::with_past(brought).map_or_else(|| created.clone(), |with| format!("{created} {with}"));
    Ok(Granted::new(said, vec![Ref::Record(id)]))
}

/// A record with these values, checked but not granted yet.
pub(super) fn make(draft: &Draft, id: RecordId, values: Vec<(PropertyId, Value)>) -> Planned<Record> {
    let settings = draft.settings();
    let spec = spec(&settings, id.object)?;
    let room = Values::with_room(values.len());
    let mut record = Record { id, version: 1, created: draft.stamp(), updated: draft.asking.now, values: room };
    for (property, value) in values {
        write(spec, &mut record.values, property, Some(value))?;
    }
    tidy_addresses(&mut record.values);
    check_required(spec, &record, None)?;
    check_stage(draft, &record)?;
    check_keys(draft, &record)?;
    Ok(record)
}

pub(super) fn set(draft: &mut Draft, id: RecordId, values: &[(PropertyId, Option<Value>)]) -> Planned<Granted> {
    let name = set_one(draft, id, values)?;
    draft.settle()?;
    Ok(Granted::new(sentence("Changed", &[name]), vec![Ref::Record(id)]))
}

/// One by one; what refuses is left out and named.
pub(super) fn set_many(
    draft: &mut Draft,
    what: &[RecordId],
    values: &[(PropertyId, Option<Value>)],
) -> Planned<Granted> {
    let settings = draft.settings();
    let (mut names, mut refs) = (Vec::new(), Vec::new());
    for id in what {
        // What no record of the object takes is nobody's own refusal.
        let spec = spec(&settings, id.object)?;
        values.iter().try_for_each(|(property, _)| check_writable(spec, *property))?;
        match set_one(draft, *id, values) {
            Ok(name) => {
                names.push(name);
                refs.push(Ref::Record(*id));
            }
            Err(NoPlan::Refused(refusal)) => {
                let name = draft.name(Ref::Record(*id))?;
                leave_out(draft, &name, &refusal);
            }
            Err(unreadable) => return Err(unreadable),
        }
    }
    draft.settle()?;
    Ok(Granted::new(sentence("Changed", &names), refs))
}

/// One of many that refuses.
pub(super) fn leave_out(draft: &mut Draft, name: &str, refusal: &Refusal) {
    draft.skipped.push(match refusal {
        Refusal::Missing(sentence) => sentence.clone(),
        refusal => {
            let sentence = refusal.to_string();
            if sentence.starts_with(name) { sentence } else { format!("{name}: {sentence}") }
        }
    });
}

fn set_one(draft: &mut Draft, id: RecordId, values: &[(PropertyId, Option<Value>)]) -> Planned<String> {
    let record = existing(draft, id)?;
    permission::check(draft, Verb::Edit, &record)?;
    let next = next(draft, &record, values.to_vec())?;
    let entry = moving::Entry::of_set(draft, &record, &next)?;
    grant(draft, &record, &next)?;
    entry.follow(draft)?;
    Ok(record.name())
}

/// Grants what differs; answers whether anything does. Stages are taken as they are given.
pub(super) fn change(draft: &mut Draft, record: &Record, values: Vec<(PropertyId, Option<Value>)>) -> Planned<bool> {
    let next = next(draft, record, values)?;
    grant(draft, record, &next)?;
    Ok(next.values != record.values)
}

/// The record with these values, checked.
pub(super) fn next(draft: &Draft, record: &Record, values: Vec<(PropertyId, Option<Value>)>) -> Planned<Record> {
    let settings = draft.settings();
    let spec = spec(&settings, record.id.object)?;
    let mut next = record.clone();
    for (property, value) in values {
        write(spec, &mut next.values, property, value)?;
    }
    tidy_addresses(&mut next.values);
    tidy_stage(draft, record, &mut next);
    if next.values == record.values {
        return Ok(next);
    }
    check_required(spec, &next, Some(record))?;
    check_stage(draft, &next)?;
    if Key::unique_of(&next) != Key::unique_of(record) {
        check_keys(draft, &next)?;
    }
    moving::stamp(draft, record, &mut next);
    Ok(next)
}

/// Grants what differs.
pub(super) fn grant(draft: &mut Draft, record: &Record, next: &Record) -> Planned {
    let settings = draft.settings();
    let spec = spec(&settings, record.id.object)?;
    for property in &spec.properties {
        let (from, to) = (record.values.get(property.id), next.values.get(property.id));
        if from != to {
            let (from, to) = (from.cloned(), to.cloned());
            draft.grant(Op::Set { record: record.id, property: property.id, from, to })?;
        }
    }
    Ok(())
}

/// The record, or a sentence; what is in the bin is said to be there.
pub(super) fn existing(draft: &Draft, id: RecordId) -> Planned<Record> {
    if let Some(record) = draft.record(id)? {
        return Ok(record);
    }
    let binned = draft.binned(id)?.map(|binned| binned.record);
    if let Some(record) = &binned {
        permission::check(draft, Verb::View, record)?;
    }
    Err(NoPlan::Refused(Refusal::Missing(match binned {
        Some(record) => match record.merged_into() {
            Some(into) => format!("{} was merged into {}", record.name(), draft.name(into.into())?),
            None => format!("{} is in the bin. Restore it first", record.name()),
        },
        None => format!("Nothing has the id {}", id.short()),
    })))
}

pub(super) fn spec(settings: &Settings, object: Object) -> Planned<&ObjectSpec> {
    settings.object(object).ok_or_else(|| Refusal::Missing("There is no such object".to_owned()).into())
}

/// Stores a value that was written: the name of a contact is its first and last name.
fn write(spec: &ObjectSpec, values: &mut Values, id: PropertyId, value: Option<Value>) -> Result<(), Refusal> {
    if id == is::NAME && spec.object == Object::CONTACT {
        let name = value.as_ref().and_then(Value::as_text).unwrap_or_default();
        let (first, last) = split_name(name);
        let text = |part: &str| (!part.is_empty()).then(|| Value::text(part));
        values.put(is::FIRST_NAME, text(first));
        values.put(is::LAST_NAME, text(last));
        return Ok(());
    }
    check_writable(spec, id)?;
    values.put(id, value);
    Ok(())
}

fn check_writable(spec: &ObjectSpec, id: PropertyId) -> Result<(), Refusal> {
    match spec.property(id) {
        Some(_) if id == is::NAME && spec.object == Object::CONTACT => Ok(()),
        Some(property) if property.derived => {
            Err(Refusal::field(None, id, format!("{} is worked out by lejek and can't be set", property.label)))
        }
        Some(_) => Ok(()),
        None => Err(Refusal::field(None, id, format!("{} have no such property", spec.plural))),
    }
}

/// The main address is not among the further ones, and there is one when there are further ones (R5.11).
fn tidy_addresses(values: &mut Values) {
    for (main, further) in [(is::EMAIL, is::EMAILS), (is::DOMAIN, is::DOMAINS)] {
        let mut rest = values.get(further).map(Value::as_texts).unwrap_or_default().to_vec();
        if rest.is_empty() {
            continue;
        }
        let first = values.get(main).and_then(Value::as_text).map_or_else(|| rest[0].clone(), str::to_owned);
        rest.retain(|text| !text.eq_ignore_ascii_case(&first));
        values.put(main, Some(Value::Text(first)));
        values.put(further, (!rest.is_empty()).then_some(Value::Texts(rest)));
    }
}

/// A record that stands from before a property became required is asked for it only where it had a value.
fn check_required(spec: &ObjectSpec, record: &Record, before: Option<&Record>) -> Result<(), Refusal> {
    if spec.object == Object::CONTACT {
        let known = [is::FIRST_NAME, is::LAST_NAME, is::EMAIL, is::PHONE, is::MOBILE, is::COMPANY_NAME];
        if known.iter().all(|id| record.values.get(*id).is_none()) {
            return Err(Refusal::field(None, is::FIRST_NAME, "A contact needs a name, an e-mail or a phone number"));
        }
    }
    // Pipeline and stage have a default, which a rule fills in.
    let filled = |id: PropertyId| matches!(id, is::PIPELINE | is::STAGE);
    let had = |id| before.is_none_or(|before| before.get(id).is_some());
    let missing = |p: &&Property| p.required && !filled(p.id) && record.get(p.id).is_none() && had(p.id);
    match spec.properties.iter().find(missing) {
        Some(p) if p.id == is::NAME && spec.object == Object::COMPANY && record.text(is::DOMAIN).is_some() => Ok(()),
        Some(p) => Err(Refusal::field(None, p.id, format!("{} needs a value", p.label))),
        None => Ok(()),
    }
}

/// A stage given without its pipeline, or with a new one, is looked for by name where it belongs.
fn tidy_stage(draft: &Draft, before: &Record, next: &mut Record) {
    let settings = draft.settings();
    let option = |record: &Record, id| record.values.get(id).and_then(Value::as_option);
    let (pipeline, stage) = (option(next, is::PIPELINE), option(next, is::STAGE));
    let Some(pipeline) = pipeline.and_then(|id| settings.pipeline(id)) else { return };
    let Some((found, named)) = stage.and_then(|id| settings.stage(id)) else { return };
    if found.id == pipeline.id {
        return;
    }
    let moved = option(before, is::PIPELINE) != Some(pipeline.id);
    let same = pipeline.stages.iter().find(|s| s.name == named.name);
    let put = same.or_else(|| pipeline.stages.first().filter(|_| moved));
    if let Some(stage) = put {
        next.values.put(is::STAGE, Some(Value::Option(stage.id)));
    }
}

fn check_stage(draft: &Draft, record: &Record) -> Result<(), Refusal> {
    let settings = draft.settings();
    let option = |id| record.values.get(id).and_then(Value::as_option);
    let object = record.id.object;
    if let Some(pipeline) = option(is::PIPELINE).and_then(|id| settings.pipeline(id))
        && pipeline.object != object
    {
        return Err(Refusal::field(None, is::PIPELINE, format!("{} is a pipeline of other records", pipeline.name)));
    }
    let Some((pipeline, stage)) = option(is::STAGE).and_then(|id| settings.stage(id)) else { return Ok(()) };
    // A name that several pipelines have is read as the first one; what counts is that the record's own has it.
    let own: Vec<_> = match option(is::PIPELINE) {
        Some(id) => settings.pipeline(id).into_iter().collect(),
        None => settings.pipelines_of(object).collect(),
    };
    if own.iter().any(|p| p.stages.iter().any(|s| s.name == stage.name)) {
        return Ok(());
    }
    let names: Vec<&str> = own.iter().flat_map(|p| &p.stages).map(|s| s.name.as_str()).collect();
    let said = if names.is_empty() { String::new() } else { format!(". There are: {}", names.join(", ")) };
    Err(Refusal::field(
        Some(Rule(2, 2)),
        is::STAGE,
        format!("{} is a stage of the pipeline {}{said}", stage.name, pipeline.name),
    ))
}

/// E-mails and domains belong to one record each (R5.11).
fn check_keys(draft: &Draft, record: &Record) -> Planned {
    for key in Key::unique_of(record) {
        let (property, text) = match &key {
            Key::Email(text) => (is::EMAIL, text),
            Key::Domain(text) => (is::DOMAIN, text),
            Key::External(_, text) => (is::EXTERNAL_IDS, text),
            Key::Phone(_) => continue,
        };
        if let Some(holder) = draft.find(&key)?.into_iter().find(|id| *id != record.id) {
            let name = draft.name(Ref::Record(holder))?;
            // Whose it is stays hidden (R6.4); that it is somebody's can't.
            let sentence = match name.as_str() {
                UNSEEN => format!("{} has {text} already", first_in_sentence(name)),
                name => format!("{name} has {text} already ({})", holder.short()),
            };
            return Err(Refusal::field(Some(Rule(5, 11)), property, sentence).into());
        }
    }
    Ok(())
}

/// A record whose object has pipelines gets the first one and its first stage unless it says otherwise (R2.2).
#[expect(clippy::unnecessary_wraps, reason = "a row of the automatic rules")]
pub(super) fn first_stage(op: &Op, draft: &Draft) -> Result<Vec<(Op, Reason)>, NoPlan> {
    let Op::Create(made) = op else { return Ok(Vec::new()) };
    let settings = draft.settings();
    let option = |id| made.values.get(id).and_then(Value::as_option);
    let (pipeline, stage) = (option(is::PIPELINE), option(is::STAGE));
    let Some(default) = settings.pipelines_of(made.id.object).next() else { return Ok(Vec::new()) };
    let named = stage.and_then(|id| settings.stage(id)).map(|(_, stage)| stage.name.clone());
    let chosen = pipeline.and_then(|id| settings.pipeline(id)).or_else(|| {
        let name = named.as_ref()?;
        settings.pipelines_of(made.id.object).find(|p| p.stages.iter().any(|s| s.name == *name))
    });
    let chosen = chosen.unwrap_or(default);
    let first = named.and_then(|name| chosen.stages.iter().find(|s| s.name == name)).or(chosen.stages.first());
    let set = |property, from: Option<_>, to| Op::Set {
        record: made.id,
        property,
        from: from.map(Value::Option),
        to: Some(Value::Option(to)),
    };
    let mut ops = Vec::new();
    if pipeline.is_none() {
        let why = Reason::rule(2, 2, format!("{} is the pipeline of new records", chosen.name));
        ops.push((set(is::PIPELINE, None, chosen.id), why));
    }
    if let Some(first) = first
        && stage != Some(first.id)
    {
        let why = Reason::rule(2, 2, format!("{} is where the pipeline {} begins", first.name, chosen.name));
        ops.push((set(is::STAGE, stage, first.id), why));
    }
    Ok(ops)
}
