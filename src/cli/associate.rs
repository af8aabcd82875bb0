//! `lejek associate` and `lejek dissociate`: ties two records, and parts them (R5).

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::association::Tying;
use crate::domain::change::Change;
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
        let tying = Tying { primary: self.primary, replace: self.replace, ..Tying::new(other) };
        let change = Change::Associate { one, ties: vec![tying], off: Vec::new() };
        let done = session.perform_now(&change)?;
        answer::act(&session, &done, &[])
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
        let done = session.perform_now(&Change::dissociate(one, other))?;
        answer::act(&session, &done, &[])
    }
}
