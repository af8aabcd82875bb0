//! `lejek delete`: records and activities into the bin.

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::workspace::find::Among;
use clap::Args;

#[derive(Debug, Args)]
pub struct Delete {
    /// Records or activities
    #[arg(value_name = "REF", required = true)]
    pub what: Vec<String>,
    /// Yes to what would be asked
    #[arg(long)]
    pub yes: bool,
}

impl Delete {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let what = session.things(&self.what, Among::Standing)?;
        let change = Change::Delete { what };
        let change = if self.yes { Change::Agreed(Box::new(change)) } else { change };
        let done = session.perform_now(&change)?;
        answer::act(&session, &done, &[])
    }
}
