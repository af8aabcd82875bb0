//! `lejek undo` and `lejek redo`: an act set back, and forth again (R7.1, R7.2).

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::ActNo;
use crate::workspace::review::check_undo;
use clap::Args;

#[derive(Debug, Args)]
pub struct Undo {
    /// The act's number, as `lejek acts` lists it; without it, your own last act that is not undone
    #[arg(value_name = "ACT")]
    pub act: Option<u64>,
}

impl Undo {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let act = match self.act {
            Some(number) => ActNo(number),
            None => session.last_own()?.ok_or_else(|| Trouble::not_found("There is no act of yours to undo"))?,
        };
        check_undo(act)?;
        let done = session.perform_now(&Change::Undo { act })?;
        answer::act(&session, &done, &[])
    }
}

#[derive(Debug, Args)]
pub struct Redo {
    /// The undone act's number; without it, the one that you undid last
    #[arg(value_name = "ACT")]
    pub act: Option<u64>,
}

impl Redo {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let act = match self.act {
            Some(number) => ActNo(number),
            None => {
                session.last_undone()?.ok_or_else(|| Trouble::not_found("You undid nothing that could be redone"))?
            }
        };
        let done = session.perform_now(&Change::Redo { act })?;
        answer::act(&session, &done, &[])
    }
}
