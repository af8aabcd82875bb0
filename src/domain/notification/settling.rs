//! What happens to notifications beside the log: they are read, they are tried. No acts: nobody undoes them.

use super::{ChannelKind, Notification, NotificationId, WayState};
use crate::domain::id::UserId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One thing that happened to a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Settling {
    Read {
        id: NotificationId,
        read: bool,
    },
    /// It was tried by a way, and what came of it.
    Tried {
        id: NotificationId,
        channel: ChannelKind,
        state: WayState,
    },
    /// What was not delivered by a way, given up or not, is to be tried from then on.
    DueNow {
        id: NotificationId,
        channel: ChannelKind,
        at: DateTime<Utc>,
    },
    /// A user's channel was tried, by a notification or a test.
    Fared {
        user: UserId,
        channel: ChannelKind,
        last: LastTry,
    },
}

/// How a user's channel fared when it was last tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTry {
    pub at: DateTime<Utc>,
    /// `None`: it went well.
    pub error: Option<String>,
}

impl Settling {
    /// The notification that it happened to.
    pub fn id(&self) -> Option<NotificationId> {
        match self {
            Settling::Read { id, .. } | Settling::Tried { id, .. } | Settling::DueNow { id, .. } => Some(*id),
            Settling::Fared { .. } => None,
        }
    }

    pub fn settle(&self, notification: &mut Notification) {
        match self {
            Settling::Read { read, .. } => notification.read = *read,
            // An acknowledged delivery stays one, whatever is told of it later (R4.10).
            Settling::Tried { channel, state, .. } => match notification.way(*channel) {
                Some(WayState::Delivered { .. }) => {}
                _ => notification.set_way(*channel, state.clone()),
            },
            Settling::DueNow { channel, at, .. } => match notification.way(*channel) {
                Some(WayState::Due { tries, last_error, .. }) => {
                    let (tries, last_error) = (*tries, last_error.clone());
                    notification.set_way(*channel, WayState::Due { at: *at, since: *at, tries, last_error });
                }
                Some(WayState::GivenUp { why, .. }) => {
                    let last_error = Some(why.clone());
                    notification.set_way(*channel, WayState::Due { at: *at, since: *at, tries: 1, last_error });
                }
                _ => {}
            },
            Settling::Fared { .. } => {}
        }
    }
}
