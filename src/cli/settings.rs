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
        let Some(key) = self.key else { return all(call) };
        let spec = Spec::of(&key).ok_or_else(|| unknown(&key))?;
        let Some(value) = self.value else {
            let session = Session::reading(call)?;
            let value = session.settings.shown_to(&key, session.user()).ok_or_else(|| unknown(&key))?;
            return session.out.answer(|| json!({ "key": key, "value": value }), || value.clone());
        };
        if self.existing.is_some() && key != SYNC_OWNER {
            return Err(Trouble::usage(format!("--existing goes with {SYNC_OWNER}")));
        }
        let session = Session::writing(call)?;
        if session.settings.shown_to(&key, session.user()).is_none() {
            return Err(unknown(&key));
        }
        let done = session.perform_now(&change(spec, key, value, self.existing.unwrap_or_default()))?;
        answer::act(&session, &done, &[])
    }
}

fn change(spec: &Spec, key: String, value: String, existing: bool) -> Change {
    match spec.check(&value).as_deref() {
        Ok("true") if spec.key == SYNC_OWNER => Change::SyncOwner { existing },
        _ => Change::Settings { values: vec![(key, value)] },
    }
}

fn unknown(key: &str) -> Trouble {
    let keys: Vec<&str> = Spec::all().map(|spec| spec.key).collect();
    Trouble::usage(format!("There is no setting “{key}”. There are: {}", keys.join(", ")))
}

/// Every setting, the forms of objects that users made among them.
fn rows(session: &Session) -> Vec<(String, String, &'static Spec)> {
    let settings = &session.settings;
    let own = settings.objects.iter().filter(|spec| spec.is_custom()).map(|spec| settings.form_key(spec.object));
    let keys = Spec::all().map(|spec| spec.key.to_owned()).chain(own);
    let value = |key: &str| settings.shown_to(key, session.user()).unwrap_or_default();
    let row = |key: String| Some((value(&key), Spec::of(&key)?, key));
    keys.filter_map(row).map(|(value, spec, key)| (key, value, spec)).collect()
}

fn all(call: &Call) -> Result<(), Trouble> {
    let session = Session::reading(call)?;
    let rows = rows(&session);
    if session.out.json {
        let rows = rows
            .iter()
            .map(|(key, value, spec)| json!({ "key": key, "value": value, "label": spec.label, "help": spec.help }));
        return session.out.value(&rows.collect::<Json>());
    }
    // A table has a row a line, which a cell has no room for.
    let line = |(key, value, spec): &(String, String, &Spec)| {
        vec![key.clone(), value.replace('\n', "; "), spec.help.to_owned()]
    };
    Table::print(&session.out, &["Key", "Value", "Meaning"], &rows.iter().map(line).collect::<Vec<_>>())
}
