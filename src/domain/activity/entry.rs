//! What timelines keep of an activity, millions of times: small, so that filters need no look-ups.

use super::{Activity, ActivityKind, Direction, LoggedFrom};
use crate::domain::change::Author;
use crate::domain::id::ActivityId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a timeline needs to know of an activity before it is read: small, so that filters need no look-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub at: DateTime<Utc>,
    pub open_task: bool,
    pub direction: Option<Direction>,
    pub by: AuthorMark,
    pub from: LoggedFrom,
}

impl From<&Activity> for Entry {
    fn from(activity: &Activity) -> Self {
        Entry {
            id: activity.id,
            kind: activity.kind,
            at: activity.at,
            open_task: activity.is_open_task(),
            direction: activity.direction(),
            by: AuthorMark::of(activity.stamp.by),
            from: activity.logged_from,
        }
    }
}

/// What is kept of an author in millions of small rows: enough to tell the users of a workspace apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorMark(pub u32);

impl AuthorMark {
    pub fn of(author: Author) -> AuthorMark {
        let Author::User(id) = author else { return AuthorMark(0) };
        let (high, low) = id.0.as_u64_pair();
        let mixed = (high ^ low.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // 0 is the program's.
        AuthorMark(((mixed >> 32) as u32).max(1))
    }
}
