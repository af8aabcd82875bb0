//! Who is told what (R4.12, R4.14): one row of [`RULES`] for each topic that follows from what was granted. What is told
//! of events is in their own chapter.

mod due;
mod follow;
mod mention;
mod owned;

use super::draft::Telling;
use super::{Draft, NoPlan, Planned};
use crate::domain::activity::Activity;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Ref, UserId};
use crate::domain::notification::Topic;
use crate::domain::sight::sees;

pub(super) use due::{end_import, fall_due};
pub(super) use follow::follow;

/// Who is to be told of what.
type Tellings = Vec<(UserId, Topic, Telling)>;

type Finds = fn(&Draft) -> Result<Tellings, NoPlan>;

const RULES: &[Finds] = &[owned::record_assigned, owned::task_assigned, owned::stage_changed, mention::mentioned];

/// Tells everybody who is to know of what was granted, at the end of it: what counts is what it came to.
pub(super) fn tell(draft: &mut Draft) -> Planned {
    for finds in RULES {
        for (user, topic, telling) in finds(draft)? {
            draft.notify(user, topic, telling)?;
        }
    }
    Ok(draft.grant_tellings()?)
}

/// Where a jump from a notification about an activity leads: the first of its records that the user may see.
fn place(draft: &Draft, user: UserId, activity: &Activity) -> Read<Ref> {
    let viewer = draft.settings().viewer(user);
    for target in &activity.targets {
        if draft.record(target.record)?.is_some_and(|record| sees(&viewer, &record)) {
            return Ok(target.record.into());
        }
    }
    Ok(activity.id.into())
}
