//! Notifications (R4): what somebody is told, and by which ways it reaches them. To add a topic, add a variant of
//! [`Topic`] and its row; to add a way, a variant of [`ChannelKind`] and its row.

mod settling;

use super::id::{ActNo, Ref, UserId};
use super::logging::import::fnv;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

pub use settling::{LastTry, Settling};

/// What a notification is about. Stored by place: a new one comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    PartnerLead,
    PartnerCoSelling,
    RecordAssigned,
    TaskAssigned,
    TaskDue,
    StageChanged,
    Mention,
    ImportFinished,
}

/// Name in scripts, name on screens, and the section of the settings that it stands in.
pub struct TopicRow {
    pub topic: Topic,
    pub name: &'static str,
    pub label: &'static str,
    pub section: &'static str,
    /// Whether each user ticks by which ways it comes (R4.7); else a setting of the workspace says that (R4.3).
    pub has_boxes: bool,
    /// What several of one act become one of, under one title (R4.12).
    pub is_counted: bool,
}

const fn row(topic: Topic, name: &'static str, label: &'static str, section: &'static str) -> TopicRow {
    TopicRow { topic, name, label, section, has_boxes: true, is_counted: true }
}

impl Topic {
    pub const ROWS: &'static [TopicRow] = &[
        TopicRow {
            has_boxes: false,
            is_counted: false,
            ..row(Topic::PartnerLead, "partner_lead", "Partner lead activity", "Partners")
        },
        TopicRow {
            is_counted: false,
            ..row(Topic::PartnerCoSelling, "partner_co_selling", "Co-selling prospect activity", "Partners")
        },
        row(Topic::RecordAssigned, "record_assigned", "Assigned a record", "Records"),
        row(Topic::TaskAssigned, "task_assigned", "Assigned a task", "Tasks"),
        TopicRow { is_counted: false, ..row(Topic::TaskDue, "task_due", "Task due", "Tasks") },
        row(Topic::StageChanged, "stage_changed", "Stage changed on a record you own or follow", "Records"),
        row(Topic::Mention, "mention", "Mention in a note", "Mentions"),
        row(Topic::ImportFinished, "import_finished", "Import finished", "Imports"),
    ];

    pub fn row(self) -> &'static TopicRow {
        &Self::ROWS[self as usize]
    }

    pub fn named(name: &str) -> Option<Topic> {
        Self::ROWS.iter().find(|row| row.name == name).map(|row| row.topic)
    }
}

/// A way by which notifications leave the program (R4.8). Stored by place: a new one comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    Email,
    Desktop,
    Other,
    Mobile,
}

impl ChannelKind {
    /// Name in scripts, name on the tab of the settings.
    pub const ROWS: &'static [(ChannelKind, &'static str, &'static str)] = &[
        (ChannelKind::Email, "email", "E-mail"),
        (ChannelKind::Desktop, "desktop", "Desktop"),
        (ChannelKind::Other, "other", "Other apps"),
        (ChannelKind::Mobile, "mobile", "Mobile app"),
    ];

    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    pub fn label(self) -> &'static str {
        Self::ROWS[self as usize].2
    }

    pub fn named(name: &str) -> Option<ChannelKind> {
        Self::ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

/// A notification, and what a double of its delivery is known by (R4.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NotificationId(pub Uuid);

impl NotificationId {
    /// Of what is told once: the same cause, user and topic make the same id.
    pub fn of(cause: &str, to: UserId, topic: Topic) -> NotificationId {
        let hash = fnv(&["notification", cause, topic.row().name], to.0.as_bytes());
        NotificationId(uuid::Builder::from_custom_bytes(hash.to_be_bytes()).into_uuid())
    }
}

impl fmt::Display for NotificationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One thing that one user is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    pub id: NotificationId,
    pub to: UserId,
    pub topic: Topic,
    /// Where a jump from it leads.
    pub about: Option<Ref>,
    /// What else its texts speak of: it goes with each of them when that is erased (R5.9).
    pub also: Vec<Ref>,
    pub title: String,
    /// A line for each thing that it is about, the first ones of many.
    pub body: String,
    /// What to do next.
    pub todo: String,
    /// Why this user is told.
    pub why: String,
    pub at: DateTime<Utc>,
    pub act: ActNo,
    /// How many things it is about.
    pub count: u32,
    pub ways: Vec<Way>,
    pub read: bool,
    /// What it tells of was undone (R7.1).
    pub withdrawn: bool,
}

/// One way of a notification, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    pub channel: ChannelKind,
    pub state: WayState,
}

/// How far the delivery by one way is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WayState {
    /// To be tried from `at` on, and since when it was to be.
    Due {
        at: DateTime<Utc>,
        since: DateTime<Utc>,
        tries: u32,
        last_error: Option<String>,
    },
    Delivered {
        at: DateTime<Utc>,
    },
    /// Not tried any more unless somebody asks for it.
    GivenUp {
        at: DateTime<Utc>,
        why: String,
    },
    /// Not wanted when it came to it (R4.11), or withdrawn before it was tried.
    Off,
}

impl WayState {
    /// Not tried yet.
    pub fn due(at: DateTime<Utc>) -> WayState {
        WayState::Due { at, since: at, tries: 0, last_error: None }
    }

    fn was_tried(&self) -> bool {
        match self {
            WayState::Due { tries, .. } => *tries > 0,
            WayState::Delivered { .. } | WayState::GivenUp { .. } => true,
            WayState::Off => false,
        }
    }
}

/// Things that a notification names one by one.
const NAMED_AT_MOST: usize = 5;

impl Notification {
    /// The title, with how many more it stands for.
    pub fn headline(&self) -> String {
        match self.count {
            0 | 1 => self.title.clone(),
            several => format!("{} and {} more", self.title, several - 1),
        }
    }

    /// Whether it stands in the centre: not when all of it was taken back in time.
    pub fn is_listed(&self) -> bool {
        !self.withdrawn || self.ways.iter().any(|way| way.state.was_tried())
    }

    pub fn way(&self, channel: ChannelKind) -> Option<&WayState> {
        self.ways.iter().find(|way| way.channel == channel).map(|way| &way.state)
    }

    pub fn set_way(&mut self, channel: ChannelKind, state: WayState) {
        match self.ways.iter_mut().find(|way| way.channel == channel) {
            Some(way) => way.state = state,
            None => self.ways.push(Way { channel, state }),
        }
    }

    /// Everything that its texts speak of.
    pub fn speaks_of(&self) -> impl Iterator<Item = Ref> {
        self.about.into_iter().chain(self.also.iter().copied())
    }

    /// One more thing of the same act.
    pub fn add(&mut self, more: &Notification) {
        self.count += more.count;
        self.read = false;
        let room = NAMED_AT_MOST.saturating_sub(self.body.lines().count());
        for line in more.body.lines().take(room) {
            self.body = format!("{}\n{line}", self.body);
        }
        if room > 0 {
            self.also.extend(more.speaks_of().take(room));
        }
    }

    /// What becomes of it, or of what stands there, when it is told.
    #[must_use]
    pub fn told(&self, standing: Option<Notification>) -> Notification {
        match standing {
            None => self.clone(),
            Some(standing) if standing.withdrawn => self.told_again(standing),
            Some(mut standing) if standing.act == self.act => {
                standing.add(self);
                standing
            }
            // The same thing came twice.
            Some(standing) => standing,
        }
    }

    /// A redo: what was not tried before is due again.
    fn told_again(&self, mut standing: Notification) -> Notification {
        standing.withdrawn = false;
        for way in &mut standing.ways {
            if way.state == WayState::Off
                && let Some(state) = self.way(way.channel)
            {
                way.state = state.clone();
            }
        }
        standing
    }

    /// What is left when what it tells of is undone: what was tried stays as it is.
    #[must_use]
    pub fn taken_back(mut self) -> Notification {
        self.withdrawn = true;
        for way in &mut self.ways {
            if !way.state.was_tried() {
                way.state = WayState::Off;
            }
        }
        self
    }

    /// As an op tells it again after it was taken back.
    #[must_use]
    pub fn due_again(mut self, now: DateTime<Utc>) -> Notification {
        self.withdrawn = false;
        for way in &mut self.ways {
            if way.state == WayState::Off {
                way.state = WayState::due(now);
            }
        }
        self
    }
}

/// Which of a user's notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InboxFilter {
    pub unread: bool,
    /// Those of a topic and what stands in one section with it; `None`: of all topics.
    pub topic: Option<Topic>,
}

impl InboxFilter {
    pub fn takes_in(self, is_unread: bool, topic: Topic) -> bool {
        (is_unread || !self.unread) && self.topic.is_none_or(|wanted| wanted.row().section == topic.row().section)
    }
}

/// Which piece of the notification centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxAsk {
    pub filter: InboxFilter,
    pub from: usize,
    pub limit: usize,
}

/// A piece of the notification centre, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InboxPage {
    pub from: usize,
    pub items: Vec<Notification>,
    /// How many pass the filter.
    pub matching: usize,
    /// Of all topics.
    pub unread: usize,
}

#[cfg(test)]
mod tests;
