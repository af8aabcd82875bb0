//! Pipelines and their stages (R2.2, R2.7). A pipeline is a row of the settings; deleted ones, and deleted stages, are
//! kept in it, so that history can name them and no number is ever given twice.

use super::permission::check_right;
use super::settings::{put, row};
use super::{Asking, Draft, Granted, Planned, moving};
use crate::domain::change::{Question, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{NoIds, Object, OptionId, RecordId};
use crate::domain::object::is;
use crate::domain::pipeline::form::{Pipelines, StageHolds};
use crate::domain::pipeline::{Pipeline, Stage, defaults, pipeline_key};
use crate::domain::settings::Settings;
use crate::domain::user::Right;
use crate::domain::value::Value;

pub(super) fn set(draft: &mut Draft, asked: &Pipelines) -> Planned<Granted> {
    let settings = draft.settings();
    let written = written(draft, &settings, asked)?;
    let held = held(draft, &settings, asked)?;
    if let Some(question) = unanswered(&settings, asked, &held) {
        return Err(Refusal::Needs(Question::StageHolds(question)).into());
    }
    let records: Vec<RecordId> = held.into_iter().map(|(record, _)| record).collect();
    if !records.is_empty() {
        empty(draft, &records, &asked.moves)?;
    }
    let what = said(&settings, asked.object, &written);
    for pipeline in written {
        let known = settings.pipelines_ever().find(|known| known.id == pipeline.id);
        if known != Some(&pipeline) {
            put(draft, &pipeline_key(pipeline.id), Some(row(&pipeline)))?;
        }
    }
    Ok(Granted::new(what, Vec::new()))
}

/// The pipelines as they are asked for, checked but for what records are in.
fn written(draft: &Draft, settings: &Settings, asked: &Pipelines) -> Planned<Vec<Pipeline>> {
    check_right(draft, Right::to_shape(asked.object))?;
    let known: Vec<Pipeline> = settings.pipelines_ever().cloned().collect();
    let written = asked.written(&known).map_err(|sentence| Refusal::rule(2, 2, sentence))?;
    let stays = |id| written.iter().any(|pipeline| !pipeline.deleted && pipeline.stage(id).is_some());
    if asked.moves.iter().any(|(_, to)| !stays(*to)) {
        return Err(Refusal::rule(2, 7, "What takes the records must be a stage of theirs that stays").into());
    }
    Ok(written)
}

/// The records in stages that go, with those stages.
fn held(graph: &dyn Graph, settings: &Settings, asked: &Pipelines) -> Read<Vec<(RecordId, OptionId)>> {
    let known: Vec<Pipeline> = settings.pipelines_of(asked.object).cloned().collect();
    let gone: Vec<OptionId> = asked.gone(&known).into_iter().map(|stage| stage.id).collect();
    let mut held = Vec::new();
    if !gone.is_empty() {
        graph.each(asked.object, &mut |record| {
            let stage = record.values.get(is::STAGE).and_then(Value::as_option);
            held.extend(stage.filter(|stage| gone.contains(stage)).map(|stage| (record.id, stage)));
        })?;
    }
    Ok(held)
}

/// Stages with records in them that nobody said where to go.
fn unanswered(settings: &Settings, asked: &Pipelines, held: &[(RecordId, OptionId)]) -> Option<StageHolds> {
    let known: Vec<Pipeline> = settings.pipelines_of(asked.object).cloned().collect();
    let open = asked.gone(&known).into_iter().filter(|stage| !asked.moves.iter().any(|(from, _)| *from == stage.id));
    let counted = |stage: &Stage| (stage.id, stage.name.clone(), held.iter().filter(|(_, of)| *of == stage.id).count());
    let stages: Vec<_> = open.map(counted).filter(|(_, _, count)| *count > 0).collect();
    (!stages.is_empty()).then_some(StageHolds { object: asked.object, stages })
}

/// The records that have to move before the pipelines can be changed; none while the question is open.
pub fn leaving(graph: &dyn Graph, asking: Asking, asked: &Pipelines) -> Planned<Vec<RecordId>> {
    let draft = Draft::new(graph, asking, NoIds);
    let settings = draft.settings();
    written(&draft, &settings, asked)?;
    let held = held(&draft, &settings, asked)?;
    let is_open = unanswered(&settings, asked, &held).is_some();
    Ok(if is_open { Vec::new() } else { held.into_iter().map(|(record, _)| record).collect() })
}

/// Records whose stage goes come to the one that takes them, whatever else moving there would ask for.
pub(super) fn empty(draft: &mut Draft, records: &[RecordId], moves: &[(OptionId, OptionId)]) -> Planned<Granted> {
    let settings = draft.settings();
    check_right(draft, records.first().map_or(Right::PropertySettings, |record| Right::to_shape(record.object)))?;
    let mut refs = Vec::with_capacity(records.len());
    for id in records {
        let Some(record) = draft.record(*id)? else { continue };
        let from = record.values.get(is::STAGE).and_then(Value::as_option);
        let to = moves.iter().find(|(gone, _)| Some(*gone) == from).and_then(|(_, to)| settings.stage_now(*to));
        if let Some((pipeline, stage)) = to.filter(|(pipeline, _)| pipeline.object == id.object) {
            moving::put_into(draft, &record, pipeline.id, stage.id)?;
            refs.push((*id).into());
        }
    }
    draft.settle()?;
    Ok(Granted::new("Moved records out of stages", refs))
}

/// What is done, where it is one thing: `Added the stage Proposal to Leads`.
fn said(settings: &Settings, object: Object, written: &[Pipeline]) -> String {
    let mut done = Vec::new();
    for pipeline in written {
        let name = &pipeline.name;
        let Some(before) = settings.pipelines_of(object).find(|before| before.id == pipeline.id) else {
            if !pipeline.deleted {
                done.push(format!("Added the pipeline {name}"));
            }
            continue;
        };
        if pipeline.deleted {
            done.push(format!("Deleted the pipeline {name}"));
            continue;
        }
        if before.name != *name {
            done.push(format!("Renamed the pipeline {} to {name}", before.name));
        }
        let gone = before.stages.iter().filter(|stage| pipeline.stage(stage.id).is_none());
        done.extend(gone.map(|stage| format!("Deleted the stage {} of {name}", stage.name)));
        for stage in &pipeline.stages {
            match before.stage(stage.id) {
                None => done.push(format!("Added the stage {} to {name}", stage.name)),
                Some(known) if known.name != stage.name => {
                    done.push(format!("Renamed the stage {} of {name} to {}", known.name, stage.name));
                }
                Some(known) if known != stage => done.push(format!("Changed the stage {} of {name}", stage.name)),
                Some(_) => {}
            }
        }
        if done.is_empty() && before.stages != pipeline.stages {
            done.push(format!("Reordered the stages of {name}"));
        }
    }
    let plural = settings.object(object).map_or_else(|| "records".to_owned(), |spec| spec.plural.to_lowercase());
    match done.as_slice() {
        [one] => one.clone(),
        _ => format!("Changed the pipelines of {plural}"),
    }
}

/// The row that undo puts in the place of `to`: the one before, with what came since kept as deleted. Nobody may be in
/// what goes by it.
pub(super) fn row_before(
    draft: &Draft,
    key: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Read<Result<String, String>> {
    let settings = draft.settings();
    let read = |row: Option<&str>| row.and_then(|row| serde_json::from_str::<Pipeline>(row).ok());
    let Some(now) = read(to).filter(|_| settings.row(key) == to) else {
        let changed = |pipeline: Pipeline| format!("The pipeline {} was changed since", pipeline.name);
        return Ok(Err(read(to).map_or_else(|| format!("The setting {key} was changed since"), changed)));
    };
    let built_in = || defaults().into_iter().find(|pipeline| pipeline.id == now.id);
    let mut before = read(from).or_else(built_in).unwrap_or_else(|| Pipeline { deleted: true, ..now.clone() });
    for stage in now.stages.iter().chain(&now.retired) {
        if before.stage_ever(stage.id).is_none() {
            before.retired.push(stage.clone());
        }
    }
    let stays = |id: OptionId| !before.deleted && before.stage(id).is_some();
    let goes: Vec<&Stage> = now.stages.iter().filter(|stage| !now.deleted && !stays(stage.id)).collect();
    if let Some(stage) = first_held(draft, now.object, &goes)? {
        return Ok(Err(format!("There are records in the stage {} by now", stage.name)));
    }
    let mut others = settings.pipelines_of(now.object).filter(|other| other.id != now.id);
    if !before.deleted && others.any(|other| other.name == before.name) {
        return Ok(Err(format!("Another pipeline is called {} by now", before.name)));
    }
    Ok(Ok(row(&before)))
}

/// The first of these stages that a record is in, as the draft has it.
fn first_held<'a>(draft: &Draft, object: Object, stages: &[&'a Stage]) -> Read<Option<&'a Stage>> {
    let held = |stage: Option<OptionId>| stages.iter().find(|held| Some(held.id) == stage).copied();
    let mut stored = Vec::new();
    if !stages.is_empty() {
        draft.each(object, &mut |record| {
            let stage = record.values.get(is::STAGE).and_then(Value::as_option);
            stored.extend(held(stage).map(|_| record.id));
        })?;
    }
    for id in stored {
        if let Some(stage) = held(draft.stage_of(id)?) {
            return Ok(Some(stage));
        }
    }
    Ok(None)
}
