//! A draft that ends and goes on as another one, so that a very long act need not be held whole.

use super::{Draft, Laid};
use crate::domain::id::{NoIds, Object};

impl<'a> Draft<'a> {
    /// The next one keeps only what whole objects hang on: the settings, and which records of users' objects are gone.
    pub(in crate::rules) fn begun_anew(self) -> Draft<'a> {
        let mut next = Draft::new(self.base, self.asking, NoIds);
        next.ids = self.ids;
        next.settings = self.settings;
        let is_kept = |object: Object, laid: &Laid| object >= Object::FIRST_CUSTOM && matches!(laid, Laid::Gone);
        next.records = self.records.into_iter().filter(|(id, laid)| is_kept(id.object, laid)).collect();
        next
    }
}
