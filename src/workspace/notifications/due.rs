//! What falls due by the clock is told once, at that moment or at the next start (R4.12).

use crate::domain::agenda::Stand;
use crate::domain::change::{Author, Change, Origin};
use crate::domain::graph::Read;
use crate::domain::id::ActivityId;
use crate::rules::{self, Asking};
use crate::workspace::{BATCH, Failure, Workspace, commit};
use chrono::{DateTime, TimeDelta, Utc};
use std::ops::ControlFlow;

/// Up to when everything that fell due was told, in milliseconds since 1970.
const TOLD: &str = "due_told";
/// How long it may be behind when nothing fell due: each writing costs the disk a moment.
const BEHIND: TimeDelta = TimeDelta::hours(1);

impl Workspace {
    /// Tells of the tasks that fell due since it was last looked. A task that is due again later is told again then.
    pub fn fall_due(&self, origin: Origin) -> Result<(), Failure> {
        let now = self.now();
        let told = self.store().mark(TOLD)?.and_then(|millis| DateTime::from_timestamp_millis(millis as i64));
        let Some(since) = told else { return self.begin_telling() };
        if since >= now {
            return Ok(());
        }
        let tasks = self.fallen_due(since, now)?;
        for part in tasks.chunks(BATCH) {
            let mut ids = self.ids.lock();
            let asking = Asking { by: Author::Program, ..self.asking(origin) };
            let change = Change::Due { tasks: part.to_vec() };
            let mut plan = rules::plan(&change, self.store.as_ref(), asking, ids.as_mut())?;
            if !plan.ops.is_empty() {
                let commit = commit(&mut plan, asking, ids.as_mut());
                self.apply(&commit)?;
            }
        }
        if !tasks.is_empty() || now - since > BEHIND {
            self.begin_telling()?;
        }
        Ok(())
    }

    /// What falls due from now on is to be told.
    pub(in crate::workspace) fn begin_telling(&self) -> Result<(), Failure> {
        Ok(self.store().set_mark(TOLD, self.now().timestamp_millis().unsigned_abs())?)
    }

    fn fallen_due(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> Read<Vec<ActivityId>> {
        let mut found = Vec::new();
        for user in self.settings().users.iter().filter(|user| user.active) {
            self.store().each_planned(Some(user.id), Stand::Due(since), &mut |planned| {
                if planned.stand.at() > now {
                    return ControlFlow::Break(());
                }
                if planned.kind.is_task() && planned.stand.at() > since {
                    found.push(planned.id);
                }
                ControlFlow::Continue(())
            })?;
        }
        Ok(found)
    }

    /// When the next task falls due, if one does.
    pub fn next_fall(&self) -> Read<Option<DateTime<Utc>>> {
        let (now, mut next) = (self.now(), None::<DateTime<Utc>>);
        for user in self.settings().users.iter().filter(|user| user.active) {
            self.store().each_planned(Some(user.id), Stand::Due(now), &mut |planned| {
                if planned.stand.at() <= now || !planned.kind.is_task() {
                    return ControlFlow::Continue(());
                }
                next = Some(next.map_or(planned.stand.at(), |next| next.min(planned.stand.at())));
                ControlFlow::Break(())
            })?;
        }
        Ok(next)
    }
}
