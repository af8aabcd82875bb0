//! Long changes that need more than their batches: options that many records hold, the object that they are of, and what
//! is said of many pairs.

use super::acts::LongAct;
use super::{BATCH, Failure, Watch, Workspace};
use crate::domain::change::{Change, Done, Origin, Verb};
use crate::domain::graph::Read;
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::intent::Intent;
use crate::rules::{self, Replaced, Wish};

/// Records that a change of settings moves on first, and how some of them are.
struct GivingWay {
    records: Vec<RecordId>,
    batch: Box<dyn Fn(Vec<RecordId>) -> Change>,
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

    /// A change of settings that many records have to give way to: first they do, in batches of the same act, so that at
    /// any moment every option that is held and every stage that somebody is in is there.
    pub(super) fn set_of_many(&self, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let (total, intent) = match (self.giving_way(change)?, change) {
            (Some(giving), Change::SetProperty { object, id, form, instead }) => {
                let intent = Intent::SetProperty { object: *object, id: *id, form: form.clone(), instead: *instead };
                (giving.records.len(), intent)
            }
            (Some(giving), Change::SetPipelines(asked)) => (giving.records.len(), Intent::SetPipelines(asked.clone())),
            _ => return self.perform(change, origin),
        };
        if total <= BATCH {
            return self.perform(change, origin);
        }
        let act = self.setting_out(&intent, origin, Verb::Did, total as u64)?;
        self.change_of_many(act, change, watch)
    }

    /// What gave way by now stays so: what is left to do is found out anew.
    pub(super) fn change_of_many(
        &self,
        mut act: LongAct,
        change: &Change,
        watch: &mut dyn Watch,
    ) -> Result<Done, Failure> {
        let Some(GivingWay { records, batch }) = self.giving_way(change)? else { return Ok(act.finish()) };
        act.total = act.done + records.len() as u64;
        for part in records.chunks(BATCH) {
            if watch.is_cancelled() {
                return Ok(act.finish());
            }
            act.add(&batch(part.to_vec()), part.len() as u64, false)?;
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

    fn giving_way(&self, change: &Change) -> Result<Option<GivingWay>, Failure> {
        let (graph, asking) = (self.store().as_ref(), self.asking(Origin::Interface));
        Ok(match change {
            Change::SetProperty { object, id, form, instead } => {
                let wish = Wish { object: *object, id: *id, form, instead: *instead };
                let (id, Replaced { records, gone, instead }) = (*id, rules::replaced(graph, asking, &wish)?);
                let batch = move |records| Change::ReplaceOptions { id, records, gone: gone.clone(), instead };
                Some(GivingWay { records, batch: Box::new(batch) })
            }
            Change::SetPipelines(asked) => {
                let (records, moves) = (rules::leaving(graph, asking, asked)?, asked.moves.clone());
                let batch = move |records| Change::EmptyStages { records, moves: moves.clone() };
                Some(GivingWay { records, batch: Box::new(batch) })
            }
            _ => None,
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
