//! What things are called, as far as whoever asks may know it (R6.4).

use super::Draft;
use crate::domain::activity::Activity;
use crate::domain::change::Author;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{ActivityId, RecordId, Ref, short};
use crate::domain::record::Record;
use crate::domain::sight::{UNSEEN, sees, sees_activity};
use crate::domain::user::Viewer;

impl Draft<'_> {
    /// What whoever asks sees.
    pub(in crate::rules) fn viewer(&self) -> Viewer {
        match self.asking.by {
            Author::User(user) => self.settings.viewer(user),
            Author::Program => Viewer::EVERYTHING,
        }
    }

    /// The name of a record or activity, in the bin or out of it.
    pub fn name(&self, what: Ref) -> Read<String> {
        match what {
            Ref::Record(id) => self.record_name(id),
            Ref::Activity(id) => self.activity_name(id),
        }
    }

    /// What this act gives away is named as before.
    fn record_name(&self, id: RecordId) -> Read<String> {
        let viewer = self.viewer();
        let wherever = |graph: &dyn Graph| -> Read<Option<Record>> {
            let binned = || graph.binned(id).map(|found| found.map(|binned| binned.record));
            graph.record(id)?.map_or_else(binned, |record| Ok(Some(record)))
        };
        let Some(record) = wherever(self)? else { return Ok(id.short()) };
        let is_seen = viewer.sees_all()
            || sees(&viewer, &record)
            || wherever(self.base)?.is_some_and(|before| sees(&viewer, &before));
        Ok(if is_seen { record.name() } else { UNSEEN.to_owned() })
    }

    fn activity_name(&self, id: ActivityId) -> Read<String> {
        let viewer = self.viewer();
        let Some(activity) = self.activity(id)?.map_or_else(|| self.binned_activity(id), |found| Ok(Some(found)))?
        else {
            return Ok(short(id.0));
        };
        let is_seen = |activity: &Activity| sees_activity(self, &viewer, activity);
        Ok(match viewer.sees_all() || is_seen(&activity)? {
            false => UNSEEN.to_owned(),
            true if activity.subject.is_empty() => activity.kind.row().label.to_owned(),
            true => activity.subject,
        })
    }
}
