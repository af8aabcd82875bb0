//! Long changes that need more than their batches: options replaced where many records hold them, and what is said of
//! many pairs.

use super::{BATCH, Failure, Watch, Workspace};
use crate::domain::change::{Change, Done, Origin, Verb};
use crate::domain::graph::Read;
use crate::domain::id::RecordId;
use crate::rules::{self, Wish};

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

    /// Where many records hold options that go, their values are replaced first, in batches of the same act: at any
    /// moment every option that is held is there.
    pub(super) fn set_property(&self, change: &Change, origin: Origin, watch: &mut dyn Watch) -> Result<Done, Failure> {
        let Change::SetProperty { object, id, form, instead } = change else { return self.perform(change, origin) };
        let wish = Wish { object: *object, id: *id, form, instead: *instead };
        let replaced = rules::replaced(self.store().as_ref(), self.asking(origin), &wish)?;
        let total = replaced.records.len() as u64;
        if replaced.records.len() <= BATCH {
            return self.perform(change, origin);
        }
        let mut act = self.long_act(origin, Verb::Did, format!("Changed the property {}", form.label), total);
        let mut done = 0;
        for part in replaced.records.chunks(BATCH) {
            if watch.is_cancelled() {
                return Ok(act.finish());
            }
            let (records, gone) = (part.to_vec(), replaced.gone.clone());
            let batch = Change::ReplaceOptions { id: *id, records, gone, instead: replaced.instead };
            act.add(&batch, part.len() as u64, false)?;
            done += part.len() as u64;
            watch.progress(done, total);
        }
        act.add(change, 0, true)?;
        Ok(act.finish())
    }
}
