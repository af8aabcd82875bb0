//! How long acts call themselves: whole, or as far as they came. A long act of another kind is a line of
//! `Workspace::saying`.

use crate::domain::change::Verb;
use crate::domain::intent::Intent;
use crate::rules::taken_in;
use crate::workspace::{Failure, Workspace};

/// How an act calls itself, in lists and answers.
#[derive(Debug, Clone)]
pub(super) enum Saying {
    /// So, however far it came.
    Plain(String),
    /// `Deleted 590 records`, `Deleted 590 of 2000 records` where it was stopped.
    Counted(&'static str),
    /// So when it is whole.
    Whole(String),
    /// `Took in 590 events`.
    Events,
}

impl Saying {
    /// `changed` of `total` records; with `is_whole` there is nothing left to do.
    pub fn said(&self, changed: u64, total: u64, is_whole: bool) -> String {
        let records = |count: u64| if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
        match self {
            Saying::Plain(what) => what.clone(),
            Saying::Events => taken_in(changed),
            Saying::Counted(verb) if is_whole && changed > 0 => format!("{verb} {}", records(changed)),
            Saying::Counted(verb) => format!("{verb} {changed} of {}", records(total)),
            Saying::Whole(what) if is_whole => what.clone(),
            Saying::Whole(what) => format!("{what}, {changed} of {} so far", records(total)),
        }
    }

    /// How many it had changed when it last said so.
    pub fn count_in(said: &str) -> Option<u64> {
        said.split(' ').nth(1)?.parse().ok()
    }
}

impl Workspace {
    /// How an act with this intent calls itself; `else_said` where only its beginning knew.
    pub(super) fn saying(&self, verb: Verb, else_said: &str, intent: &Intent) -> Result<Saying, Failure> {
        Ok(match intent {
            Intent::Delete { .. } => Saying::Counted("Deleted"),
            Intent::Restore { .. } => Saying::Counted("Restored"),
            Intent::Erase { .. } => Saying::Counted("Erased"),
            Intent::Set { .. } => Saying::Counted("Changed"),
            Intent::Move(_) => Saying::Counted("Moved"),
            Intent::Associate { pairs, .. } => Saying::Whole(self.associated(pairs)?),
            Intent::Tend { what, how } => {
                Saying::Whole(how.said(&format!("{} tasks", what.len()), &self.settings().clock(self.now())))
            }
            Intent::SetProperty { form, .. } => Saying::Whole(format!("Changed the property {}", form.label)),
            Intent::SetPipelines(asked) => {
                let settings = self.settings();
                let plural = settings.object(asked.object).map_or("records", |spec| spec.plural.as_str());
                Saying::Whole(format!("Changed the pipelines of {}", plural.to_lowercase()))
            }
            Intent::TakeOwners { what } => Saying::Whole(format!(
                "Turned on the sync of lead owners and gave {} open leads their owner",
                what.len()
            )),
            Intent::SetUser { user, .. } => Saying::Whole(format!("Deactivated {}", user.name)),
            Intent::DeleteObject { object } => {
                let settings = self.settings();
                let plural = settings.object_ever(*object).map_or("of your own", |spec| spec.plural.as_str());
                Saying::Whole(format!("Deleted the object {plural}"))
            }
            Intent::SetBack { act, .. } => {
                let said = if matches!(verb, Verb::Redid(_)) { "Redid" } else { "Undid" };
                let head = self.store.act(*act)?;
                let what = head.as_ref().map_or("an act", |head| head.act.what.trim_start_matches("Undid: "));
                Saying::Whole(format!("{said}: {what}"))
            }
            Intent::Import(_) | Intent::Unknown => Saying::Plain(else_said.to_owned()),
        })
    }
}
