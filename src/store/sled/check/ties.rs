//! Whether associations are whole (R5.2 to R5.5): both ends there and saying the same, one primary where one is due, no
//! more than the limits allow.

use crate::domain::association::{Link, has_primary};
use crate::domain::id::{LabelId, Object, RecordId};
use crate::domain::label::PARENT;
use crate::domain::settings::Settings;
use crate::store::codec;
use crate::store::sled::{SledStore, keys};

pub(super) struct Ties<'a> {
    store: &'a SledStore,
    settings: &'a Settings,
    /// Those of one record to one object, which stand together.
    run: Option<Run>,
}

struct Run {
    of: RecordId,
    to: Object,
    count: usize,
    primary: usize,
    parents: usize,
}

impl<'a> Ties<'a> {
    pub fn new(store: &'a SledStore, settings: &'a Settings) -> Ties<'a> {
        Ties { store, settings, run: None }
    }

    /// Looks at one row; what is wrong with it, or with those of the record before.
    pub fn look(&mut self, key: &[u8], value: &[u8]) -> Result<(), String> {
        let ends = keys::first_id(key).zip(keys::second_id(key));
        let (from, to) = ends.ok_or_else(|| "a key without an id".to_owned())?;
        let link = codec::decode_link(to, value).map_err(|error| error.to_string())?;
        let before = match &mut self.run {
            Some(run) if (run.of, run.to) == (from, to.object) => {
                run.count(&link);
                Ok(())
            }
            run => {
                let mut next = Run { of: from, to: to.object, count: 0, primary: 0, parents: 0 };
                next.count(&link);
                let before = run.replace(next);
                before.map_or(Ok(()), |run| run.judge(self.settings))
            }
        };
        self.both_ends(from, &link)?;
        before
    }

    /// What is wrong with those of the last record.
    pub fn finish(self) -> Option<String> {
        self.run?.judge(self.settings).err()
    }

    fn both_ends(&self, from: RecordId, link: &Link) -> Result<(), String> {
        let to = link.other;
        let (one, other) = (from.short(), to.short());
        let row = self.store.blocks.get(&keys::link(to, from)).map_err(|error| error.to_string())?;
        let Some(row) = row else { return Err(format!("the association of {one} with {other} goes one way only")) };
        let back = codec::decode_link(from, &row).map_err(|error| error.to_string())?;
        let there = self.store.blocks.contains(&keys::record(keys::RECORD, to)).map_err(|error| error.to_string())?;
        if !there {
            return Err(format!("{one} is associated with a record that is not there"));
        }
        let mut mirrored: Vec<LabelId> = link.labels.iter().map(|label| label.other_way()).collect();
        mirrored.sort_unstable();
        let same = (back.since, back.order, back.act) == (link.since, link.order, link.act) && back.labels == mirrored;
        if same { Ok(()) } else { Err(format!("{one} and {other} say different things of their association")) }
    }
}

impl Run {
    fn count(&mut self, link: &Link) {
        self.count += 1;
        self.primary += usize::from(link.primary);
        self.parents += usize::from(link.labels.contains(&PARENT));
    }

    fn judge(&self, settings: &Settings) -> Result<(), String> {
        let (id, due) = (self.of.short(), usize::from(has_primary(self.of.object, self.to)));
        let one = |count: usize| settings.object(self.to).map_or_else(String::new, |spec| spec.counted(count));
        if self.primary != due {
            return Err(format!("{id} has {} marked as primary, not {due}", one(self.primary)));
        }
        if let Some(most) = settings.associations.limit(self.of.object, self.to).filter(|most| self.count > *most) {
            return Err(format!("{id} has {}, and the limit is {most}", one(self.count)));
        }
        if self.parents > 1 {
            return Err(format!("{id} has {} parent companies", self.parents));
        }
        Ok(())
    }
}
