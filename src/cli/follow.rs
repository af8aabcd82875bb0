//! `lejek follow` and `lejek unfollow`: who is told what becomes of a record (R4.14).

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::change::Change;
use clap::Args;

#[derive(Debug, Args)]
pub struct Follow {
    /// The record
    #[arg(value_name = "REF")]
    pub record: String,
}

impl Follow {
    pub fn run(self, call: &Call, follow: bool) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let record = session.record(&self.record)?;
        let done = session.perform_now(&Change::Follow { record, follow })?;
        answer::act(&session, &done, &[])
    }
}
