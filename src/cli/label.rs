//! `lejek label`: what associated records are to each other (R5.5).

use super::Call;
use super::answer;
use super::out::Table;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::LabelId;
use crate::domain::label::Label as Defined;
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

#[derive(Debug, Subcommand)]
pub enum Label {
    /// Lists labels, those of one object, or of two
    List {
        /// contact, company, deal, ticket, lead or an object of your own
        #[arg(value_name = "OBJECT")]
        one: Option<String>,
        /// The other one
        #[arg(value_name = "OBJECT")]
        other: Option<String>,
    },
    /// Adds a label: `label add contact contact Manager inverse=Report`
    Add {
        #[command(flatten)]
        pair: Pair,
        /// inverse=NAME: how the first one reads on the page of the second, where that is another word
        #[arg(value_name = "inverse=NAME")]
        values: Vec<String>,
    },
    /// Names a label anew: name=…, inverse=…
    Set {
        #[command(flatten)]
        pair: Pair,
        /// Such as name=Boss inverse=Report
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Deletes a label; undo brings it back on every association
    Delete {
        #[command(flatten)]
        pair: Pair,
    },
}

/// A label of two objects, by name.
#[derive(Debug, Args)]
pub struct Pair {
    /// contact, company, deal, ticket, lead or an object of your own
    #[arg(value_name = "OBJECT")]
    one: String,
    /// The other one
    #[arg(value_name = "OBJECT")]
    other: String,
    /// What a record of the other object is to one of the first, as it reads there
    name: String,
}

impl Label {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            Label::List { one, other } => list(&Session::reading(call)?, one.as_deref(), other.as_deref()),
            Label::Add { pair, values } => {
                let session = editing(call)?;
                let (from, to) = (session.spec(&pair.one)?.object, session.spec(&pair.other)?.object);
                let Names { name, inverse } = Names::read(&values)?;
                if name.is_some() {
                    return Err(Trouble::usage("The name stands alone: label add contact contact Manager"));
                }
                let name = pair.name.clone();
                perform(&session, &Change::AddLabel { from, to, name, inverse }, None)
            }
            Label::Set { pair, values } => {
                let session = editing(call)?;
                let (id, label) = pair.find(&session)?;
                let Names { name, inverse } = Names::read(&values)?;
                // By whichever name it was found, that is the one that `name` changes.
                let is_turned = id != label.id;
                let (name, inverse) = if is_turned { (inverse, name) } else { (name, inverse) };
                let change = Change::SetLabel {
                    id: label.id,
                    name: name.unwrap_or_else(|| label.name.clone()),
                    inverse: inverse.or_else(|| label.inverse.clone()),
                };
                perform(&session, &change, Some(label.id))
            }
            Label::Delete { pair } => {
                let session = editing(call)?;
                let (_, label) = pair.find(&session)?;
                perform(&session, &Change::DeleteLabel { id: label.id }, Some(label.id))
            }
        }
    }
}

fn editing(call: &Call) -> Result<Session, Trouble> {
    let session = Session::writing(call)?;
    session.permit_property_settings()?;
    Ok(session)
}

impl Pair {
    fn find(&self, session: &Session) -> Result<(LabelId, Defined), Trouble> {
        let (of, about) = (session.spec(&self.one)?.object, session.spec(&self.other)?.object);
        let found = session.label(of, about, &self.name).ok();
        let found = found.and_then(|id| Some((id, session.settings.label(id)?.clone())));
        found.ok_or_else(|| {
            Trouble::not_found(format!("There is no label “{}”; `lejek label list` names them", self.name))
        })
    }
}

#[derive(Default)]
struct Names {
    name: Option<String>,
    inverse: Option<String>,
}

impl Names {
    fn read(pairs: &[String]) -> Result<Names, Trouble> {
        let mut names = Names::default();
        for pair in pairs {
            match parted(pair)? {
                ("name", text) => names.name = Some(text.to_owned()),
                ("inverse", text) => names.inverse = Some(text.to_owned()),
                (other, _) => {
                    return Err(Trouble::usage(format!("Labels have no “{other}”. There are: name, inverse")));
                }
            }
        }
        Ok(names)
    }
}

/// Answers with the label's number, which it keeps for good: one that was just made has the highest of its kind.
fn perform(session: &Session, change: &Change, id: Option<LabelId>) -> Result<(), Trouble> {
    let done = session.perform_now(change)?;
    let now = session.store().settings();
    let made =
        || now.labels.iter().filter(|label| session.settings.label(label.id).is_none()).map(|label| label.id).max();
    let id = id.or_else(made).map(|id| id.0);
    answer::act(session, &done, &[("id", id.into(), String::new())])
}

fn list(session: &Session, one: Option<&str>, other: Option<&str>) -> Result<(), Trouble> {
    let one = one.map(|name| session.spec(name)).transpose()?.map(|spec| spec.object);
    let other = other.map(|name| session.spec(name)).transpose()?.map(|spec| spec.object);
    let fits = |label: &&Defined| {
        let ends = [(label.from, label.to), (label.to, label.from)];
        let asked = ends.iter().any(|(a, b)| one.is_none_or(|one| one == *a) && other.is_none_or(|other| other == *b));
        !label.deleted && asked
    };
    let shown: Vec<&Defined> = session.settings.labels.iter().filter(fits).collect();
    let name = |object| session.settings.object(object).map_or_else(String::new, |spec| spec.name.clone());
    if session.out.json {
        let row = |label: &&Defined| {
            json!({
                "id": label.id.0,
                "from": name(label.from),
                "to": name(label.to),
                "name": label.name,
                "inverse": label.inverse,
                "built_in": label.is_built_in(),
            })
        };
        return session.out.value(&shown.iter().map(row).collect::<Json>());
    }
    let rows = shown.iter().map(|label| {
        let mark = if label.is_built_in() { "built in" } else { "" };
        let inverse = label.inverse.clone().unwrap_or_default();
        vec![name(label.from), name(label.to), label.name.clone(), inverse, mark.to_owned()]
    });
    Table::print(&session.out, &["On", "About", "Reads", "The other way", ""], &rows.collect::<Vec<_>>())
}
