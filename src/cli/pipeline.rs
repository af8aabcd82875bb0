//! `lejek pipeline`: the pipelines that leads, deals and tickets move through (R2.2, R2.7).

use super::Call;
use super::answer;
use super::out::Table;
use super::session::Session;
use super::stage;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::fold::fold;
use crate::domain::id::{Object, OptionId};
use crate::domain::pipeline::form::{PipelineForm, Pipelines, StageForm};
use crate::domain::pipeline::{Pipeline as Defined, Stage};
use crate::domain::user::Right;
use clap::Subcommand;
use serde_json::{Value as Json, json};

#[derive(Debug, Subcommand)]
pub enum Pipeline {
    /// Lists pipelines with their stages
    List {
        /// lead, deal or ticket
        object: Option<String>,
    },
    /// Adds a pipeline, with the stages of the first one of its object
    Add {
        /// lead, deal or ticket
        object: String,
        name: String,
    },
    /// Gives a pipeline another name
    Rename {
        /// Its name; OBJECT:NAME where two are called so
        #[arg(value_name = "PIPELINE")]
        old: String,
        new: String,
    },
    /// Deletes a pipeline
    Delete {
        /// Its name; OBJECT:NAME where two are called so
        #[arg(value_name = "PIPELINE")]
        name: String,
        /// The pipeline that takes its records: into the stages of the same names, else of the same groups
        #[arg(long, value_name = "PIPELINE")]
        move_to: Option<String>,
    },
    /// Puts the pipelines of an object in this order
    Reorder {
        /// lead, deal or ticket
        object: String,
        /// Those that are not named follow
        #[arg(value_name = "PIPELINE", required = true)]
        names: Vec<String>,
    },
}

impl Pipeline {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            Pipeline::List { object } => list(&Session::reading(call)?, object.as_deref()),
            Pipeline::Add { object, name } => {
                let session = Session::writing(call)?;
                let mut asked = pipelines(&session, session.spec_to_shape(&object)?.object)?;
                let like = asked.forms.first().map(|form| form.stages.clone()).unwrap_or_default();
                let stages = like.into_iter().map(|stage| StageForm { id: None, ..stage }).collect();
                asked.forms.push(PipelineForm { id: None, name, stages });
                perform(&session, asked, made)
            }
            Pipeline::Rename { old, new } => {
                let session = Session::writing(call)?;
                let pipeline = find(&session, &old)?;
                let mut asked = pipelines(&session, pipeline.object)?;
                form_of(&mut asked, pipeline)?.name = new;
                perform(&session, asked, |_| Some(pipeline.id))
            }
            Pipeline::Delete { name, move_to } => {
                let session = Session::writing(call)?;
                let pipeline = find(&session, &name)?;
                let mut asked = pipelines(&session, pipeline.object)?;
                asked.forms.retain(|form| form.id != Some(pipeline.id));
                if let Some(other) = move_to {
                    asked.moves = moves(pipeline, find(&session, &other)?);
                }
                perform(&session, asked, |_| Some(pipeline.id))
            }
            Pipeline::Reorder { object, names } => {
                let session = Session::writing(call)?;
                let mut asked = pipelines(&session, session.spec_to_shape(&object)?.object)?;
                stage::reorder(&mut asked.forms, &names, |form| &form.name)
                    .map_err(|name| Trouble::refused(format!("There is no pipeline “{name}” of {object}s")))?;
                perform(&session, asked, |_| None)
            }
        }
    }
}

/// Where the records of a pipeline go that is deleted.
fn moves(from: &Defined, to: &Defined) -> Vec<(OptionId, OptionId)> {
    let taking = |stage: &Stage| {
        let named = to.stages.iter().find(|other| fold(&other.name) == fold(&stage.name));
        named.or_else(|| to.stages.iter().find(|other| other.group == stage.group))
    };
    from.stages.iter().filter_map(|stage| Some((stage.id, taking(stage)?.id))).collect()
}

/// The pipelines of an object as they are, for somebody who may change them.
pub fn pipelines(session: &Session, object: Object) -> Result<Pipelines, Trouble> {
    session.permit_right(Right::to_shape(object))?;
    Ok(Pipelines::of(object, &session.settings.pipelines))
}

/// A pipeline by name, where two objects have one called so with its object.
pub fn find<'a>(session: &'a Session, text: &str) -> Result<&'a Defined, Trouble> {
    let (object, name) = match text.split_once(':') {
        Some((object, name)) if session.settings.object_called(object).is_some() => {
            (Some(session.spec(object)?.object), name)
        }
        _ => (None, text),
    };
    let fits = |pipeline: &&Defined| {
        fold(&pipeline.name) == fold(name) && object.is_none_or(|object| pipeline.object == object)
    };
    let mut found = session.settings.pipelines.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(pipeline), None) => Ok(pipeline),
        (Some(_), Some(_)) => {
            Err(Trouble::refused(format!("Two pipelines are called {name}. Name the object too: deal:{name}")))
        }
        (None, _) => {
            let names: Vec<&str> = session.settings.pipelines.iter().map(|pipeline| pipeline.name.as_str()).collect();
            let sentence = format!("There is no pipeline “{text}”. There are: {}", names.join(", "));
            Err(Trouble::not_found(sentence))
        }
    }
}

pub fn form_of<'a>(asked: &'a mut Pipelines, pipeline: &Defined) -> Result<&'a mut PipelineForm, Trouble> {
    let found = asked.forms.iter_mut().find(|form| form.id == Some(pipeline.id));
    found.ok_or_else(|| Trouble::not_found("This pipeline is not there any more"))
}

/// Answers with the number of the pipeline or stage that it was about, which it keeps for good.
pub fn perform(
    session: &Session,
    asked: Pipelines,
    about: impl Fn(&Session) -> Option<OptionId>,
) -> Result<(), Trouble> {
    let done = session.perform_now(&Change::SetPipelines(Box::new(asked)))?;
    let id = about(session).map(|id| id.0);
    answer::act(session, &done, &[("id", id.into(), String::new())])
}

/// The pipeline that was not there when the call began.
fn made(session: &Session) -> Option<OptionId> {
    let now = session.store().settings();
    now.pipelines.iter().map(|pipeline| pipeline.id).find(|id| session.settings.pipeline(*id).is_none())
}

fn list(session: &Session, object: Option<&str>) -> Result<(), Trouble> {
    let object = object.map(|name| session.spec(name)).transpose()?.map(|spec| spec.object);
    let shown = session.settings.pipelines.iter().filter(|one| object.is_none_or(|object| one.object == object));
    let name = |pipeline: &Defined| session.settings.object(pipeline.object).map_or("", |spec| spec.name.as_str());
    if session.out.json {
        let row = |pipeline: &Defined| {
            let stages: Json = pipeline.stages.iter().map(|stage| stage::row(pipeline, stage)).collect();
            json!({ "id": pipeline.id.0, "object": name(pipeline), "name": pipeline.name, "stages": stages })
        };
        return session.out.value(&shown.map(row).collect::<Json>());
    }
    let rows = shown.map(|pipeline| {
        let stages: Vec<&str> = pipeline.stages.iter().map(|stage| stage.name.as_str()).collect();
        vec![name(pipeline).to_owned(), pipeline.name.clone(), stages.join(", ")]
    });
    Table::print(&session.out, &["Object", "Pipeline", "Stages"], &rows.collect::<Vec<_>>())
}
