//! `lejek erase`: records and activities gone for good, from history, log and file as well (R5.9).

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::workspace::find::Among;
use clap::Args;

#[derive(Debug, Args)]
pub struct Erase {
    /// Records or activities, in the bin or not
    #[arg(value_name = "REF", required = true)]
    pub what: Vec<String>,
    /// Erases; without it you are told what would go
    #[arg(long)]
    pub yes: bool,
}

impl Erase {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let what = session.things(&self.what, Among::All)?;
        let done = session.perform_now(&Change::Erase { what, confirmed: self.yes })?;
        let (rewritten, line) = match session.tidy() {
            Ok(_) => (true, "The file was written afresh: nothing of it is left in it".to_owned()),
            Err(failure) => {
                (false, format!("The file still holds traces of it, since it could not be written afresh: {failure}"))
            }
        };
        answer::act(&session, &done, &[("rewritten", rewritten.into(), line)])
    }
}
