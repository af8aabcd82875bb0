//! Long changes that need more than their batches: options that many records hold, the object that they are of, and what
//! is said of many pairs.

use super::acts::LongAct;
use super::{BATCH, Failure, Watch, Workspace};
use crate::domain::change::{Change, Done, Origin, Verb};
use crate::domain::graph::Read;
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::intent::Intent;
use crate::domain::logging::Logging;
use crate::domain::user::leaving::Heir;
use crate::rules::{self, Replaced, Wish};
use std::collections::BTreeSet;

/// What has to give way to a change of settings first: the changes that move it on, each with how many it is about.
type GivingWay = Vec<(u64, Change)>;

fn in_batches<T: Clone>(all: &[T], batch: impl Fn(Vec<T>) -> Change) -> GivingWay {
    all.chunks(BATCH).map(|part| (part.len() as u64, batch(part.to_vec()))).collect()
}

fn counted(giving: &GivingWay) -> u64 {
    giving.iter().map(|(count, _)| count).sum()
}

impl Workspace {
    /// What an act on so many pairs is called: `Associated 480 contacts with Acme`.
    pub(super) fn associated(&self, pairs: &[(RecordId, RecordId)]) -> Read<String> {
        let count = pairs.len();
        let Some((one, other)) = pairs.first().filter(|first| pairs.iter().all(|pair| pair.1 == first.1)) else {
            return Ok(format!("Associated {count} pairs of records"));
        };
        let name = self.store().record(*other)?.map_or_else(|| other.short(), |record| record.name());
        let settings = self.settings();
        let plural = settings.object(one.object).filter(|_| pairs.iter().all(|pair| pair.0.object == one.object));
        let plural = plural.map_or_else(|| "records".to_owned(), |spec| spec.plural.to_lowercase());
        Ok(format!("Associated {count} {plural} with {name}"))
    }

    /// What logging so much is called: `Logged a call and a task on 480 contacts`.
    pub(super) fn logged(&self, activities: &[Logging]) -> String {
        let on: BTreeSet<RecordId> = activities.iter().map(|one| one.on).collect();
        let mut kinds: Vec<&str> = Vec::new();
        for one in activities.iter().map(|one| one.kind.row().one) {
            if !kinds.contains(&one) {
                kinds.push(one);
            }
        }
        let settings = self.settings();
        let first = activities.first().and_then(|first| settings.object(first.on.object));
        let spec = first.filter(|spec| on.iter().all(|id| id.object == spec.object));
        let plural = spec.map_or_else(|| "records".to_owned(), |spec| spec.plural.to_lowercase());
        format!("Logged {} on {} {plural}", kinds.join(" and "), on.len())
    }

    /// A new deal or ticket with many past activities (R3.17): it is made first, they come along in batches.
    pub(super) fn with_past(&self, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let past = match change {
            Change::Create { associate, .. } => {
                associate.iter().filter_map(|tying| Some((tying.other, tying.past?))).collect()
            }
            Change::Qualify { past, .. } => past.clone(),
            _ => Vec::new(),
        };
        if rules::along(self.store().as_ref(), &past, self.now())?.len() <= BATCH {
            return self.perform(change, origin);
        }
        let mut act = self.long_act(origin, Verb::Did, "", 0);
        let intent = act.begin_bringing(change)?;
        self.carry_out(act, intent, watch)
    }

    /// A change of settings that many records have to give way to: first they do, in batches of the same act, so that at
    /// any moment every option that is held and every stage that somebody is in is there.
    pub(super) fn set_of_many(&self, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let giving = self.giving_way(change)?;
        let intent = match change {
            Change::SetProperty { object, id, form, instead } => {
                Intent::SetProperty { object: *object, id: *id, form: form.clone(), instead: *instead }
            }
            Change::SetPipelines(asked) => Intent::SetPipelines(asked.clone()),
            Change::SetUser { user, heir } => Intent::SetUser { user: user.clone(), heir: *heir },
            _ => return self.perform(change, origin),
        };
        if giving.len() < 2 {
            return self.perform(change, origin);
        }
        let act = self.setting_out(&intent, origin, Verb::Did, counted(&giving))?;
        self.change_of_many(act, change, watch)
    }

    /// What gave way by now stays so: what is left to do is found out anew.
    pub(super) fn change_of_many(
        &self,
        mut act: LongAct,
        change: &Change,
        watch: &mut dyn Watch,
    ) -> Result<Done, Failure> {
        let giving = self.giving_way(change)?;
        act.total = act.done + counted(&giving);
        for (count, batch) in &giving {
            if watch.is_cancelled() {
                return Ok(act.finish());
            }
            act.add(batch, *count, false)?;
            watch.progress(act.done, act.total);
        }
        if watch.is_cancelled() {
            return Ok(act.finish());
        }
        act.add(change, 0, true)?;
        Ok(act.finish())
    }

    /// The sync is on with the first commit; the leads that are there follow in batches of the same act (R1.7).
    pub(super) fn sync_owner(&self, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let what = rules::astray(self.store().as_ref())?;
        if what.len() <= BATCH {
            return self.perform(change, origin);
        }
        let total = what.len() as u64;
        let intent = Intent::TakeOwners { what };
        let mut act = self.setting_out(&intent, origin, Verb::Did, total)?;
        act.add(&Change::SyncOwner { existing: false }, 0, false)?;
        self.carry_out(act, intent, watch)
    }

    fn giving_way(&self, change: &Change) -> Result<GivingWay, Failure> {
        let (graph, asking) = (self.store().as_ref(), self.asking(Origin::Interface));
        Ok(match change {
            Change::SetProperty { object, id, form, instead } => {
                let wish = Wish { object: *object, id: *id, form, instead: *instead };
                let Replaced { records, gone, instead } = rules::replaced(graph, asking, &wish)?;
                let batch = |records| Change::ReplaceOptions { id: *id, records, gone: gone.clone(), instead };
                in_batches(&records, batch)
            }
            Change::SetPipelines(asked) => {
                let records = rules::leaving(graph, asking, asked)?;
                in_batches(&records, |records| Change::EmptyStages { records, moves: asked.moves.clone() })
            }
            Change::SetUser { user, heir: heir @ Heir::User(to) } => {
                let left = rules::left_behind(graph, asking, user, *heir)?;
                in_batches(&left, |what| Change::HandOver { what, from: user.id, to: *to })
            }
            _ => Vec::new(),
        })
    }

    /// The records go to the bin in batches, the object with the last of them.
    pub(super) fn delete_object(
        &self,
        object: Object,
        confirmed: bool,
        origin: Origin,
        watch: &mut dyn Watch,
    ) -> Result<Done, Failure> {
        let (records, what) = rules::emptied(self.store().as_ref(), self.asking(origin), object, confirmed)?;
        if records.len() <= BATCH {
            return self.perform(&Change::DeleteObject { object, confirmed }, origin);
        }
        let mut act = self.long_act(origin, Verb::Did, what, records.len() as u64);
        act.set_out(Intent::DeleteObject { object });
        self.empty_object(act, object, watch)
    }

    /// Goes on with what is left of the object's records, and ends with the object itself.
    pub(super) fn empty_object(
        &self,
        mut act: LongAct,
        object: Object,
        watch: &mut dyn Watch,
    ) -> Result<Done, Failure> {
        let mut left = Vec::new();
        self.store().each(object, &mut |record| left.push(Ref::Record(record.id)))?;
        let (mut done, total) = (0, left.len() as u64);
        for part in left.chunks(BATCH) {
            if watch.is_cancelled() {
                return Ok(act.finish());
            }
            act.add(&Change::Delete { what: part.to_vec() }, part.len() as u64, false)?;
            done += part.len() as u64;
            watch.progress(done, total);
        }
        act.add(&Change::DeleteObject { object, confirmed: true }, 0, true)?;
        Ok(act.finish())
    }
}
