//! Activities and the lines of timelines.

use super::{AuthorV1, Full, ReasonV1, full, record_id, time};
use crate::domain::activity::{
    Activity, ActivityKind, Aspect, AuthorMark, Details, Direction, Entry, LoggedFrom, Target,
};
use crate::domain::change::Origin;
use crate::domain::id::{ActNo, ActivityId};
use crate::domain::record::{BinnedActivity, Stamp};
use crate::store::codec::Decoded;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
pub(super) struct TargetV1<'a> {
    record: Full,
    at: i64,
    #[serde(borrow)]
    why: ReasonV1<'a>,
}

impl<'a> From<&'a Target> for TargetV1<'a> {
    fn from(target: &'a Target) -> Self {
        TargetV1 { record: full(target.record), at: target.at.timestamp_millis(), why: (&target.why).into() }
    }
}

impl TargetV1<'_> {
    pub(super) fn into_target(self) -> Decoded<Target> {
        Ok(Target { record: record_id(self.record), at: time(self.at)?, why: self.why.into() })
    }
}

/// One aspect of an activity, from which or to which it was edited.
#[derive(Serialize, Deserialize)]
pub(super) enum AspectV1<'a> {
    At(i64),
    Subject(Cow<'a, str>),
    Text(Cow<'a, str>),
    Details(Cow<'a, Details>),
}

impl<'a> From<&'a Aspect> for AspectV1<'a> {
    fn from(aspect: &'a Aspect) -> Self {
        match aspect {
            Aspect::At(at) => AspectV1::At(at.timestamp_millis()),
            Aspect::Subject(subject) => AspectV1::Subject(Cow::Borrowed(subject)),
            Aspect::Text(text) => AspectV1::Text(Cow::Borrowed(text)),
            Aspect::Details(details) => AspectV1::Details(Cow::Borrowed(details)),
        }
    }
}

impl AspectV1<'_> {
    pub(super) fn into_aspect(self) -> Decoded<Aspect> {
        Ok(match self {
            AspectV1::At(at) => Aspect::At(time(at)?),
            AspectV1::Subject(subject) => Aspect::Subject(subject.into_owned()),
            AspectV1::Text(text) => Aspect::Text(text.into_owned()),
            AspectV1::Details(details) => Aspect::Details(details.into_owned()),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct ActivityV1<'a> {
    version: u32,
    kind: ActivityKind,
    at: i64,
    subject: Cow<'a, str>,
    text: Cow<'a, str>,
    details: Cow<'a, Details>,
    logged_on: Full,
    logged_from: LoggedFrom,
    created_at: i64,
    created_by: AuthorV1,
    origin: Origin,
    act: u64,
    #[serde(borrow)]
    targets: Vec<TargetV1<'a>>,
}

impl<'a> From<&'a Activity> for ActivityV1<'a> {
    fn from(activity: &'a Activity) -> Self {
        ActivityV1 {
            version: activity.version,
            kind: activity.kind,
            at: activity.at.timestamp_millis(),
            subject: Cow::Borrowed(&activity.subject),
            text: Cow::Borrowed(&activity.text),
            details: Cow::Borrowed(&activity.details),
            logged_on: full(activity.logged_on),
            logged_from: activity.logged_from,
            created_at: activity.stamp.at.timestamp_millis(),
            created_by: activity.stamp.by.into(),
            origin: activity.stamp.origin,
            act: activity.stamp.act.0,
            targets: activity.targets.iter().map(TargetV1::from).collect(),
        }
    }
}

impl ActivityV1<'_> {
    pub(in crate::store::codec) fn into_activity(self, id: ActivityId) -> Decoded<Activity> {
        Ok(Activity {
            id,
            version: self.version,
            kind: self.kind,
            at: time(self.at)?,
            subject: self.subject.into_owned(),
            text: self.text.into_owned(),
            details: self.details.into_owned(),
            logged_on: record_id(self.logged_on),
            logged_from: self.logged_from,
            stamp: Stamp {
                at: time(self.created_at)?,
                by: self.created_by.into(),
                origin: self.origin,
                act: ActNo(self.act),
            },
            targets: self.targets.into_iter().map(TargetV1::into_target).collect::<Decoded<_>>()?,
        })
    }
}

/// What a timeline row says besides its key (time and id).
#[derive(Debug, Serialize, Deserialize, Clone, Copy, PartialEq, Eq)]
pub struct EntryV1 {
    pub kind: ActivityKind,
    pub open_task: bool,
    pub direction: Option<Direction>,
    pub from: LoggedFrom,
    /// A number of few bytes: there are more of these rows than of any other.
    pub by: AuthorMark,
}

impl From<&Entry> for EntryV1 {
    fn from(entry: &Entry) -> Self {
        let Entry { kind, open_task, direction, from, by, .. } = *entry;
        EntryV1 { kind, open_task, direction, from, by }
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store::codec) struct BinnedActivityV1<'a> {
    at: i64,
    by: AuthorV1,
    act: u64,
    #[serde(borrow)]
    activity: ActivityV1<'a>,
}

impl<'a> From<&'a BinnedActivity> for BinnedActivityV1<'a> {
    fn from(binned: &'a BinnedActivity) -> Self {
        BinnedActivityV1 {
            at: binned.at.timestamp_millis(),
            by: binned.by.into(),
            act: binned.act.0,
            activity: (&binned.activity).into(),
        }
    }
}

impl BinnedActivityV1<'_> {
    pub(in crate::store::codec) fn into_binned(self, id: ActivityId) -> Decoded<BinnedActivity> {
        Ok(BinnedActivity {
            activity: self.activity.into_activity(id)?,
            at: time(self.at)?,
            by: self.by.into(),
            act: ActNo(self.act),
        })
    }
}
