//! `lejek object`: the objects of a workspace. A field of one is a row of [`FIELDS`].

use super::Call;
use super::answer;
use super::out::Table;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::object::ObjectSpec;
use crate::domain::object::custom::ObjectForm;
use crate::domain::query::Query;
use clap::Subcommand;
use serde_json::{Value as Json, json};

#[derive(Debug, Subcommand)]
pub enum Object {
    /// Lists the objects, those of your own after the built-in ones
    List,
    /// Adds an object, whose records are like any others: object add Project plural=Projects
    Add {
        /// What one record of it is called; the internal name is made of it
        name: String,
        /// plural=…, and where the name does not say them singular=… and name=…
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Changes what an object of your own is called
    Set {
        /// The object
        object: String,
        /// Such as singular=Site plural=Sites
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Deletes an object of your own with all it holds; undo brings all of it back
    Delete {
        /// The object
        object: String,
        /// Also when it holds records, properties or associations
        #[arg(long)]
        yes: bool,
    },
}

/// A field of an object: its name in scripts, where it goes.
type Field = (&'static str, fn(&mut ObjectForm) -> &mut String);

const FIELDS: &[Field] =
    &[("name", |form| &mut form.name), ("singular", |form| &mut form.singular), ("plural", |form| &mut form.plural)];

fn write(form: &mut ObjectForm, pairs: &[String]) -> Result<(), Trouble> {
    for pair in pairs {
        let (name, text) = parted(pair)?;
        let field = FIELDS.iter().find(|(field, _)| *field == name).ok_or_else(|| {
            let names: Vec<&str> = FIELDS.iter().map(|(field, _)| *field).collect();
            Trouble::usage(format!("Objects have no “{name}”. There are: {}", names.join(", ")))
        })?;
        text.trim().clone_into(field.1(form));
    }
    Ok(())
}

impl Object {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            Object::List => list(&Session::reading(call)?),
            Object::Add { name, values } => {
                let session = Session::writing(call)?;
                session.permit_property_settings()?;
                if !values.iter().any(|pair| pair.starts_with("plural=")) {
                    return Err(Trouble::usage("An object needs a plural. Written so: plural=Projects"));
                }
                let mut form = ObjectForm::new(&name, "");
                write(&mut form, &values)?;
                let name = form.name.clone();
                perform(&session, &Change::AddObject { form: Box::new(form) }, &name)
            }
            Object::Set { object, values } => {
                let session = Session::writing(call)?;
                session.permit_property_settings()?;
                let spec = session.spec(&object)?;
                let mut form = ObjectForm::from(&spec);
                write(&mut form, &values)?;
                perform(&session, &Change::SetObject { object: spec.object, form: Box::new(form) }, &spec.name)
            }
            Object::Delete { object, yes } => {
                let session = Session::writing(call)?;
                session.permit_property_settings()?;
                let spec = session.spec(&object)?;
                perform(&session, &Change::DeleteObject { object: spec.object, confirmed: yes }, &spec.name)
            }
        }
    }
}

/// Answers with the object's number, which it keeps for good.
fn perform(session: &Session, change: &Change, name: &str) -> Result<(), Trouble> {
    let done = session.perform_now(change)?;
    let now = session.store().settings();
    let named = |spec: &&ObjectSpec| spec.name == name;
    let id = now.objects.iter().find(named).or_else(|| session.settings.objects.iter().find(named));
    answer::act(session, &done, &[("id", id.map(|spec| spec.object.0).into(), String::new())])
}

fn list(session: &Session) -> Result<(), Trouble> {
    let mut rows = Vec::new();
    for spec in &session.settings.objects {
        rows.push((spec, session.matching(&Query::all(spec.object, session.viewer()))?));
    }
    let properties = |spec: &ObjectSpec| spec.properties.iter().filter(|property| !property.hidden).count();
    if session.out.json {
        let row = |(spec, records): &(&ObjectSpec, usize)| {
            json!({
                "id": spec.object.0,
                "name": spec.name,
                "singular": spec.singular,
                "plural": spec.plural,
                "records": records,
                "properties": properties(spec),
                "custom": spec.is_custom(),
            })
        };
        return session.out.value(&rows.iter().map(row).collect::<Json>());
    }
    let cells = rows.iter().map(|(spec, records)| {
        let custom = if spec.is_custom() { "custom" } else { "" };
        let texts = [&spec.name, &spec.singular, &spec.plural].map(String::clone);
        texts.into_iter().chain([records.to_string(), properties(spec).to_string(), custom.to_owned()]).collect()
    });
    let heads = ["Name", "Singular", "Plural", "Records", "Properties", ""];
    Table::print(&session.out, &heads, &cells.collect::<Vec<Vec<String>>>())
}
