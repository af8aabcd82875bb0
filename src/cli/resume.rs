//! `lejek resume`: a long act that was broken off is continued (R7.3).

use super::Call;
use super::answer;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::ActNo;
use clap::Args;

#[derive(Debug, Args)]
pub struct Resume {
    /// The act's number, as `lejek acts` lists it; without it, the last one that can be continued
    #[arg(value_name = "ACT")]
    pub act: Option<u64>,
}

impl Resume {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let act = match self.act {
            Some(number) => ActNo(number),
            None => last(&session)?.ok_or_else(|| Trouble::not_found("No act of yours was broken off"))?,
        };
        let done = session.perform_now(&Change::Resume { act })?;
        answer::act(&session, &done, &[])
    }
}

fn last(session: &Session) -> Result<Option<ActNo>, Trouble> {
    let broken_off = session.broken_off()?;
    Ok(broken_off.iter().find(|one| one.way_on.is_ok()).map(|one| one.head.act.no))
}
