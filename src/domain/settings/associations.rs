//! **Settings > Objects > Associations**: how many records one may be associated with (R5.3).

use crate::domain::id::Object;
use std::collections::BTreeMap;

/// The key of the row that holds the limits: a JSON list of `[of, to, most]`, `most` null for none.
pub const LIMITS: &str = "associations.limits";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Associations {
    /// How many records of the second object one of the first may have; `None`: as many as it likes.
    limits: BTreeMap<(Object, Object), Option<usize>>,
}

impl Default for Associations {
    fn default() -> Self {
        Associations { limits: BTreeMap::from([((Object::CONTACT, Object::COMPANY), Some(1))]) }
    }
}

impl Associations {
    /// What the row says over the defaults.
    pub(super) fn of(row: Option<&str>) -> Associations {
        let mut all = Associations::default();
        let said: Vec<(u16, u16, Option<usize>)> =
            row.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        all.limits.extend(said.into_iter().map(|(of, to, most)| ((Object(of), Object(to)), most)));
        all
    }

    /// The row that says the same.
    pub fn row(&self) -> String {
        let all: Vec<_> = self.limits.iter().map(|((of, to), most)| (of.0, to.0, *most)).collect();
        serde_json::to_string(&all).unwrap_or_default()
    }

    /// How many records of `to` one of `of` may be associated with.
    pub fn limit(&self, of: Object, to: Object) -> Option<usize> {
        self.limits.get(&(of, to)).copied().flatten()
    }

    #[must_use]
    pub fn with_limit(mut self, of: Object, to: Object, most: Option<usize>) -> Associations {
        self.limits.insert((of, to), most);
        self
    }

    /// Every pair that has a limit.
    pub fn limits(&self) -> impl Iterator<Item = (Object, Object, usize)> {
        self.limits.iter().filter_map(|((of, to), most)| Some((*of, *to, (*most)?)))
    }
}
