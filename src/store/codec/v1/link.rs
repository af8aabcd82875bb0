//! Associations: one end as a row of its own, both as the log keeps them.

use super::{AuthorV1, Full, ReasonV1, full, record_id, time};
use crate::domain::association::{Association, Ends, Link};
use crate::domain::id::{ActNo, LabelId, RecordId};
use crate::store::codec::Decoded;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct LinkV1<'a> {
    /// First, so that a scan can look at it without decoding the rest.
    primary: bool,
    labels: Vec<u16>,
    since: i64,
    order: u32,
    by: AuthorV1,
    act: u64,
    #[serde(borrow)]
    why: ReasonV1<'a>,
}

impl<'a> From<&'a Link> for LinkV1<'a> {
    fn from(link: &'a Link) -> Self {
        LinkV1 {
            primary: link.primary,
            labels: link.labels.iter().map(|label| label.0).collect(),
            since: link.since.timestamp_millis(),
            order: link.order,
            by: link.by.into(),
            act: link.act.0,
            why: (&link.why).into(),
        }
    }
}

impl LinkV1<'_> {
    pub(in crate::store::codec) fn into_link(self, other: RecordId) -> Decoded<Link> {
        Ok(Link {
            other,
            labels: self.labels.into_iter().map(LabelId).collect(),
            primary: self.primary,
            since: time(self.since)?,
            order: self.order,
            by: self.by.into(),
            act: ActNo(self.act),
            why: self.why.into(),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct EndsV1 {
    labels: Vec<u16>,
    b_primary_for_a: bool,
    a_primary_for_b: bool,
}

impl From<&Ends> for EndsV1 {
    fn from(ends: &Ends) -> Self {
        EndsV1 {
            labels: ends.labels.iter().map(|label| label.0).collect(),
            b_primary_for_a: ends.b_primary_for_a,
            a_primary_for_b: ends.a_primary_for_b,
        }
    }
}

impl From<EndsV1> for Ends {
    fn from(ends: EndsV1) -> Self {
        Ends {
            labels: ends.labels.into_iter().map(LabelId).collect(),
            b_primary_for_a: ends.b_primary_for_a,
            a_primary_for_b: ends.a_primary_for_b,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct AssociationV1<'a> {
    a: Full,
    b: Full,
    ends: EndsV1,
    since: i64,
    order: u32,
    by: AuthorV1,
    act: u64,
    #[serde(borrow)]
    why: ReasonV1<'a>,
}

impl<'a> From<&'a Association> for AssociationV1<'a> {
    fn from(tie: &'a Association) -> Self {
        AssociationV1 {
            a: full(tie.a),
            b: full(tie.b),
            ends: (&tie.ends).into(),
            since: tie.since.timestamp_millis(),
            order: tie.order,
            by: tie.by.into(),
            act: tie.act.0,
            why: (&tie.why).into(),
        }
    }
}

impl AssociationV1<'_> {
    pub(super) fn into_association(self) -> Decoded<Association> {
        Ok(Association {
            a: record_id(self.a),
            b: record_id(self.b),
            ends: self.ends.into(),
            since: time(self.since)?,
            order: self.order,
            by: self.by.into(),
            act: ActNo(self.act),
            why: self.why.into(),
        })
    }
}
