//! `lejek associate` and `lejek dissociate`: ties two records, and parts them (R5).

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::association::{Labelling, Tying};
use crate::domain::change::Change;
use crate::domain::id::RecordId;
use crate::workspace::permit::Verb;
use clap::Args;

#[derive(Debug, Args)]
pub struct Associate {
    /// The record that gets the association
    #[arg(value_name = "REF")]
    pub one: String,
    /// The other one
    #[arg(value_name = "REF")]
    pub other: String,
    /// What the other one is to the first, as it reads there; an association that stands gets it as well
    #[arg(long = "label", value_name = "LABEL")]
    pub labels: Vec<String>,
    /// Takes a label away
    #[arg(long = "unlabel", value_name = "LABEL")]
    pub unlabels: Vec<String>,
    /// Makes the other one its primary one
    #[arg(long)]
    pub primary: bool,
    /// At a limit, takes the place of the one that is there
    #[arg(long)]
    pub replace: bool,
}

impl Associate {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let (one, other) = (session.record(&self.one)?, session.record(&self.other)?);
        session.permit(Verb::Edit, one)?;
        let labels = self.labelling(&session, one, other)?;
        let tying = Tying { labels, primary: self.primary, replace: self.replace, ..Tying::new(other) };
        let change = Change::Associate { one, ties: vec![tying], off: Vec::new() };
        let done = session.perform_now(&change)?;
        answer::act(&session, &done, &[])
    }
}

impl Associate {
    fn labelling(&self, session: &Session, one: RecordId, other: RecordId) -> Result<Labelling, Trouble> {
        let named = |names: &[String]| {
            names.iter().map(|name| session.label(one.object, other.object, name)).collect::<Result<Vec<_>, _>>()
        };
        let (add, off) = (named(&self.labels)?, named(&self.unlabels)?);
        if off.is_empty() {
            return Ok(if add.is_empty() { Labelling::Keep } else { Labelling::Add(add) });
        }
        let standing = session.store().link(one, other)?.map(|link| link.labels).unwrap_or_default();
        Ok(Labelling::Exactly(standing.into_iter().filter(|label| !off.contains(label)).chain(add).collect()))
    }
}

#[derive(Debug, Args)]
pub struct Dissociate {
    /// The record that loses the association
    #[arg(value_name = "REF")]
    pub one: String,
    /// The other one
    #[arg(value_name = "REF")]
    pub other: String,
    /// Yes to what would be asked
    #[arg(long)]
    pub yes: bool,
}

impl Dissociate {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let (one, other) = (session.record(&self.one)?, session.record(&self.other)?);
        session.permit(Verb::Edit, one)?;
        let change = Change::dissociate(one, other);
        let change = if self.yes { Change::Agreed(Box::new(change)) } else { change };
        let done = session.perform_now(&change)?;
        answer::act(&session, &done, &[])
    }
}
