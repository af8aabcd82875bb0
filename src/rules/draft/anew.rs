//! A draft that ends and goes on as another one, so that a very long act need not be held whole.

use super::{Draft, Laid};
use crate::domain::change::Op;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{NoIds, Object, OptionId, RecordId};
use crate::domain::object::is;
use crate::domain::value::Value;

impl<'a> Draft<'a> {
    /// The next one keeps only what whole objects and stages hang on: the settings, which records of users' objects are
    /// gone, and where records went that changed their stage.
    pub(in crate::rules) fn begun_anew(self) -> Draft<'a> {
        let mut next = Draft::new(self.base, self.asking, NoIds);
        next.ids = self.ids;
        next.settings = self.settings;
        next.stages = self.stages;
        next.stages.extend(self.ops.iter().filter_map(|(op, _)| match op {
            Op::Set { record, property: is::STAGE, to, .. } => Some((*record, to.as_ref().and_then(Value::as_option))),
            _ => None,
        }));
        let is_kept = |object: Object, laid: &Laid| object >= Object::FIRST_CUSTOM && matches!(laid, Laid::Gone);
        next.records = self.records.into_iter().filter(|(id, laid)| is_kept(id.object, laid)).collect();
        next
    }

    /// The stage of a record as this draft has it, or as those before it left it.
    pub(in crate::rules) fn stage_of(&self, id: RecordId) -> Read<Option<OptionId>> {
        match self.stages.get(&id) {
            Some(stage) if !self.records.contains_key(&id) => Ok(*stage),
            _ => Ok(self.record(id)?.and_then(|record| record.values.get(is::STAGE).and_then(Value::as_option))),
        }
    }
}
