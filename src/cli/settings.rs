//! `lejek settings`: reads and sets settings.

use super::Call;
use super::answer;
use super::out::Table;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::settings::{SYNC_OWNER, Spec};
use clap::Args;
use clap::builder::BoolishValueParser;
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
pub struct Settings {
    /// Such as general.currency; without it, all of them
    pub key: Option<String>,
    /// What to set it to
    #[arg(allow_hyphen_values = true)]
    pub value: Option<String>,
    /// With `leads.sync_owner true`: whether the open leads that are there get the owner of their contact or company
    #[arg(long, value_name = "YES OR NO", requires = "value", value_parser = BoolishValueParser::new())]
    pub existing: Option<bool>,
}

impl Settings {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let spec = self.key.as_deref().map(known).transpose()?;
        match (spec, self.value) {
            (Some(spec), Some(value)) => {
                if self.existing.is_some() && spec.key != SYNC_OWNER {
                    return Err(Trouble::usage(format!("--existing goes with {SYNC_OWNER}")));
                }
                let session = Session::writing(call)?;
                let done = session.perform_now(&change(spec, value, self.existing.unwrap_or_default()))?;
                answer::act(&session, &done, &[])
            }
            (Some(spec), None) => {
                let session = Session::reading(call)?;
                let value = session.settings.shown_to(spec.key, session.user());
                session.out.answer(|| json!({ "key": spec.key, "value": value }), || value.clone().unwrap_or_default())
            }
            (None, _) => all(call),
        }
    }
}

fn change(spec: &Spec, value: String, existing: bool) -> Change {
    match spec.check(&value).as_deref() {
        Ok("true") if spec.key == SYNC_OWNER => Change::SyncOwner { existing },
        _ => Change::Settings { values: vec![(spec.key.to_owned(), value)] },
    }
}

fn known(key: &str) -> Result<&'static Spec, Trouble> {
    Spec::of(key).ok_or_else(|| {
        let keys: Vec<&str> = Spec::all().map(|spec| spec.key).collect();
        Trouble::usage(format!("There is no setting “{key}”. There are: {}", keys.join(", ")))
    })
}

fn all(call: &Call) -> Result<(), Trouble> {
    let session = Session::reading(call)?;
    let value = |spec: &Spec| session.settings.shown_to(spec.key, session.user()).unwrap_or_default();
    if session.out.json {
        let rows = Spec::all()
            .map(|spec| json!({ "key": spec.key, "value": value(spec), "label": spec.label, "help": spec.help }));
        return session.out.value(&rows.collect::<Json>());
    }
    // A table has a row a line, which a cell has no room for.
    let value = |spec| value(spec).replace('\n', "; ");
    let rows = Spec::all().map(|spec| vec![spec.key.to_owned(), value(spec), spec.help.to_owned()]);
    Table::print(&session.out, &["Key", "Value", "Meaning"], &rows.collect::<Vec<_>>())
}
