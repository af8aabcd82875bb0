//! What a row of the agenda says besides its key (whose it is, how it stands, when, which activity).

use crate::domain::agenda::{Planned, PlannedKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Debug, Serialize, Deserialize, Clone, PartialEq, Eq)]
pub struct PlannedV1<'a> {
    pub kind: PlannedKind,
    pub queue: Cow<'a, str>,
}

impl<'a> From<&'a Planned> for PlannedV1<'a> {
    fn from(planned: &'a Planned) -> Self {
        PlannedV1 { kind: planned.kind, queue: Cow::Borrowed(&planned.queue) }
    }
}
