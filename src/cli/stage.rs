//! `lejek stage`: the stages of a pipeline (R2.2, R2.7).

use super::Call;
use super::out::Table;
use super::pipeline::{find, form_of, perform, pipelines};
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::change::Rule;
use crate::domain::fold::fold;
use crate::domain::id::OptionId;
use crate::domain::pipeline::form::StageForm;
use crate::domain::pipeline::{Group, Pipeline, Stage as Defined};
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

#[derive(Debug, Subcommand)]
pub enum Stage {
    /// Lists the stages of a pipeline, or of all
    List {
        /// Its name; OBJECT:NAME where two are called so
        pipeline: Option<String>,
    },
    /// Adds a stage as the last one of its group
    Add(Add),
    /// Gives a stage another name
    Rename {
        /// Its name; OBJECT:NAME where two are called so
        pipeline: String,
        /// The stage
        old: String,
        new: String,
    },
    /// Changes a stage: group=…, and of deals probability=…
    Set {
        /// Its name; OBJECT:NAME where two are called so
        pipeline: String,
        /// The stage
        name: String,
        /// Such as probability=40
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Deletes a stage
    Delete {
        /// Its name; OBJECT:NAME where two are called so
        pipeline: String,
        /// The stage
        name: String,
        /// The stage of this pipeline that takes its records
        #[arg(long, value_name = "STAGE")]
        move_to: Option<String>,
    },
    /// Puts the stages of a pipeline in this order, each within its group
    Reorder {
        /// Its name; OBJECT:NAME where two are called so
        pipeline: String,
        /// Those that are not named follow
        #[arg(value_name = "STAGE", required = true)]
        names: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    /// Its name; OBJECT:NAME where two are called so
    pipeline: String,
    name: String,
    /// `in_progress`, qualified or disqualified; of deals open, won or lost; of tickets open or closed
    #[arg(long)]
    group: String,
    /// Of deals, in percent [default: that of the stage before it]
    #[arg(long, value_name = "PERCENT")]
    probability: Option<String>,
}

impl Stage {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            Stage::List { pipeline } => list(&Session::reading(call)?, pipeline.as_deref()),
            Stage::Add(add) => add.run(call),
            Stage::Rename { pipeline, old, new } => change(call, &pipeline, &old, |stage| {
                stage.name = new;
                Ok(())
            }),
            Stage::Set { pipeline, name, values } => change(call, &pipeline, &name, |stage| {
                values.iter().try_for_each(|pair| match parted(pair)? {
                    ("group", text) => group(text).map(|group| stage.group = group),
                    ("probability", text) => percent(text).map(|percent| stage.probability = Some(percent)),
                    (other, _) => {
                        Err(Trouble::usage(format!("Stages have no “{other}”. There are: group, probability")))
                    }
                })
            }),
            Stage::Delete { pipeline, name, move_to } => {
                let session = Session::writing(call)?;
                let pipeline = find(&session, &pipeline)?;
                let mut asked = pipelines(&session, pipeline.object)?;
                let gone = named(pipeline, &name)?.id;
                form_of(&mut asked, pipeline)?.stages.retain(|stage| stage.id != Some(gone));
                if let Some(other) = move_to {
                    asked.moves.push((gone, named(pipeline, &other)?.id));
                }
                perform(&session, asked, |_| Some(gone))
            }
            Stage::Reorder { pipeline, names } => {
                let session = Session::writing(call)?;
                let pipeline = find(&session, &pipeline)?;
                let mut asked = pipelines(&session, pipeline.object)?;
                let form = form_of(&mut asked, pipeline)?;
                reorder(&mut form.stages, &names, |stage| &stage.name).map_err(|name| no_stage(pipeline, &name))?;
                perform(&session, asked, |_| None)
            }
        }
    }
}

impl Add {
    fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let pipeline = find(&session, &self.pipeline)?;
        let mut asked = pipelines(&session, pipeline.object)?;
        let probability = self.probability.as_deref().map(percent).transpose()?;
        let stage = StageForm { id: None, name: self.name, group: group(&self.group)?, probability };
        form_of(&mut asked, pipeline)?.stages.push(stage);
        perform(&session, asked, made)
    }
}

/// Changes one stage of a pipeline.
fn change(
    call: &Call,
    pipeline: &str,
    name: &str,
    change: impl FnOnce(&mut StageForm) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let session = Session::writing(call)?;
    let pipeline = find(&session, pipeline)?;
    let mut asked = pipelines(&session, pipeline.object)?;
    let id = named(pipeline, name)?.id;
    match form_of(&mut asked, pipeline)?.stages.iter_mut().find(|stage| stage.id == Some(id)) {
        Some(stage) => change(stage)?,
        None => return Err(no_stage(pipeline, name)),
    }
    perform(&session, asked, |_| Some(id))
}

/// The stage that was not there when the call began.
fn made(session: &Session) -> Option<OptionId> {
    let now = session.store().settings();
    let mut stages = now.pipelines.iter().flat_map(|pipeline| &pipeline.stages).map(|stage| stage.id);
    stages.find(|id| session.settings.stage(*id).is_none())
}

fn group(text: &str) -> Result<Group, Trouble> {
    let wanted = text.trim().to_lowercase();
    Group::ROWS.iter().find(|row| row.1 == wanted).map(|row| row.0).ok_or_else(|| {
        let names: Vec<&str> = Group::ROWS.iter().map(|row| row.1).collect();
        Trouble::refused(format!("“{text}” is no group of stages. There are: {}", names.join(", ")))
    })
}

fn percent(text: &str) -> Result<u8, Trouble> {
    let number = text.trim().trim_end_matches('%').trim_end().parse::<u8>().ok().filter(|percent| *percent <= 100);
    let sentence = || format!("“{text}” is no probability: 0 to 100 percent are taken");
    number.ok_or_else(|| Trouble { rule: Some(Rule(2, 2)), ..Trouble::refused(sentence()) })
}

fn named<'a>(pipeline: &'a Pipeline, name: &str) -> Result<&'a Defined, Trouble> {
    let found = pipeline.stages.iter().find(|stage| fold(&stage.name) == fold(name));
    found.ok_or_else(|| no_stage(pipeline, name))
}

pub fn no_stage(pipeline: &Pipeline, name: &str) -> Trouble {
    let names: Vec<&str> = pipeline.stages.iter().map(|stage| stage.name.as_str()).collect();
    let sentence = format!("{} has no stage “{name}”. There are: {}", pipeline.name, names.join(", "));
    Trouble { rule: Some(Rule(2, 2)), ..Trouble::refused(sentence) }
}

/// Puts those that are named first, in the order of the names; the error is a name that nothing has.
pub fn reorder<T>(all: &mut [T], names: &[String], name: impl Fn(&T) -> &str) -> Result<(), String> {
    let unknown = |wanted: &&String| !all.iter().any(|one| fold(name(one)) == fold(wanted));
    if let Some(unknown) = names.iter().find(unknown) {
        return Err(unknown.clone());
    }
    let place = |one: &T| names.iter().position(|wanted| fold(wanted) == fold(name(one))).unwrap_or(names.len());
    all.sort_by_key(place);
    Ok(())
}

pub fn row(pipeline: &Pipeline, stage: &Defined) -> Json {
    json!({
        "id": stage.id.0,
        "pipeline": pipeline.name,
        "name": stage.name,
        "group": stage.group.name(),
        "probability": stage.probability,
    })
}

fn list(session: &Session, pipeline: Option<&str>) -> Result<(), Trouble> {
    let shown = match pipeline {
        Some(name) => vec![find(session, name)?],
        None => session.settings.pipelines.iter().collect(),
    };
    let stages = || shown.iter().flat_map(|pipeline| pipeline.stages.iter().map(move |stage| (*pipeline, stage)));
    if session.out.json {
        return session.out.value(&stages().map(|(pipeline, stage)| row(pipeline, stage)).collect::<Json>());
    }
    let rows = stages().map(|(pipeline, stage)| {
        let percent = stage.probability.map(|percent| format!("{percent}%")).unwrap_or_default();
        vec![pipeline.name.clone(), stage.name.clone(), stage.group.label().to_owned(), percent]
    });
    Table::print(&session.out, &["Pipeline", "Stage", "Group", "Probability"], &rows.collect::<Vec<_>>())
}
