//! `lejek activity`: edits an activity, puts it on records and takes it off, pins it (R3.15, R3.16, R3.19).

use super::Call;
use super::answer;
use super::log::no_field;
use super::out::Table;
use super::session::{Session, parted};
use super::trouble::Trouble;
use crate::domain::activity::{Activity as Logged, ActivityEdit};
use crate::domain::change::Change;
use crate::domain::id::{ActivityId, RecordId};
use crate::domain::logging::Logging;
use crate::domain::logging::fields::Field;
use crate::domain::when;
use crate::workspace::find::{Among, Named, title};
use clap::Args;
use serde_json::Value as Json;

#[derive(Debug, Args)]
pub struct Activity {
    /// The activity
    #[arg(value_name = "REF", required_unless_present = "unassociated")]
    what: Option<String>,
    /// Such as subject=Offer, text=…, at=yesterday, outcome=Connected, due=tomorrow
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// A further record to associate it with
    #[arg(long, value_name = "REF")]
    associate: Vec<String>,
    /// A record to take it off
    #[arg(long, value_name = "REF")]
    dissociate: Vec<String>,
    /// Of a task: it is done
    #[arg(long)]
    done: bool,
    /// Of a task: it is not done after all
    #[arg(long, conflicts_with = "done")]
    not_done: bool,
    /// A record on top of whose timeline it goes
    #[arg(long, value_name = "REF")]
    pin: Option<String>,
    /// A record on top of whose timeline it is not to be any more
    #[arg(long, value_name = "REF", conflicts_with = "pin")]
    unpin: Option<String>,
    /// Yes to what would be asked: it may lose its last association
    #[arg(long)]
    yes: bool,
    /// Lists the activities that have lost their last association
    #[arg(long, conflicts_with = "what")]
    unassociated: bool,
}

impl Activity {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let Some(what) = &self.what else { return unassociated(&Session::reading(call)?) };
        let session = Session::writing(call)?;
        let activity = found(&session, what)?;
        let change = match (self.amend(&session, &activity)?, self.pin(&session, &activity)?) {
            (Some(amend), Some(pin)) => Change::Together(vec![amend, pin]),
            (amend, pin) => amend.or(pin).ok_or_else(|| {
                Trouble::usage("Nothing is to be changed. Name a field, or --associate, --dissociate, --pin")
            })?,
        };
        let change = if self.yes { Change::Agreed(Box::new(change)) } else { change };
        answer::act(&session, &session.perform_now(&change)?, &[])
    }

    fn amend(&self, session: &Session, activity: &Logged) -> Result<Option<Change>, Trouble> {
        let (attach, detach) = (records(session, &self.associate)?, records(session, &self.dissociate)?);
        let done = if self.done { Some(true) } else { self.not_done.then_some(false) };
        let edit = ActivityEdit { done, ..self.edit(session, activity)? };
        if edit == ActivityEdit::default() && self.fields.is_empty() && attach.is_empty() && detach.is_empty() {
            return Ok(None);
        }
        Ok(Some(Change::Amend { activity: activity.id, edit: Box::new(edit), attach, detach }))
    }

    fn edit(&self, session: &Session, activity: &Logged) -> Result<ActivityEdit, Trouble> {
        let mut logging = Logging::of(activity);
        for pair in &self.fields {
            let (name, value) = parted(pair)?;
            let known = Field::of(activity.kind, name).ok_or_else(|| no_field(activity.kind, name))?;
            let refused = |why| Trouble::refused(format!("{name}: {why}"));
            known.write(&mut logging, value, &session.cx()).map_err(refused)?;
        }
        Ok(logging.edit_of(activity))
    }

    fn pin(&self, session: &Session, activity: &Logged) -> Result<Option<Change>, Trouble> {
        if let Some(record) = &self.pin {
            return Ok(Some(Change::Pin { record: session.record(record)?, activity: Some(activity.id) }));
        }
        let Some(text) = &self.unpin else { return Ok(None) };
        let record = session.record(text)?;
        let pinned = session.store().record(record)?.and_then(|record| record.pinned());
        if pinned != Some(activity.id) {
            return Err(Trouble::refused(format!("It is not pinned on {text}")));
        }
        Ok(Some(Change::Pin { record, activity: None }))
    }
}

fn records(session: &Session, texts: &[String]) -> Result<Vec<RecordId>, Trouble> {
    texts.iter().map(|text| session.record(text)).collect()
}

fn found(session: &Session, text: &str) -> Result<Logged, Trouble> {
    let id: ActivityId = match session.find(text, Among::Standing)? {
        Named::Activity(id) => id,
        _ => return Err(Trouble::usage(format!("“{text}” is no activity"))),
    };
    session.store().activity(id)?.ok_or_else(|| Trouble::not_found("That activity is not there"))
}

/// R3.16, the last one first.
fn unassociated(session: &Session) -> Result<(), Trouble> {
    let found = session.store().unassociated(&session.viewer())?;
    if session.out.json {
        let shown = found.iter().map(|activity| session.activity(activity)).collect::<Result<Json, _>>()?;
        return session.out.value(&shown);
    }
    let clock = session.settings.clock(session.now);
    let row = |activity: &Logged| {
        vec![crate::domain::id::short(activity.id.0), when::moment_long(activity.at, &clock), title(activity)]
    };
    Table::print(&session.out, &["Id", "When", "What"], &found.iter().map(row).collect::<Vec<_>>())
}
