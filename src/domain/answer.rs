//! What the store answers: the shapes that screens and scripts are made of.

use super::activity::{Activity, ActivityKind, AuthorMark, Entry, LoggedFrom};
use super::association::Link;
use super::change::{Author, Origin, Reason};
use super::fold::fold_into;
use super::id::{ActNo, ActivityId, LabelId, Object, PropertyId, RecordId, UserId};
use super::record::Record;
use super::registration::Registration;
use super::settings::Settings;
use super::value::Value;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A piece of a list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Place of the first row in the whole list.
    pub from: usize,
    pub rows: Vec<Row>,
    /// Rows that match, of those that the viewer sees.
    pub matching: usize,
    pub of: usize,
    /// False while the catalog is being built: then this is the order of creation, newest first, and nothing else.
    pub sorted: bool,
}

/// One record as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub record: Record,
    pub derived: Derived,
}

/// What a record's surroundings say of it; never stored with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Derived {
    pub company: Option<(RecordId, String)>,
    pub last_activity: Option<DateTime<Utc>>,
    pub next_activity: Option<DateTime<Utc>>,
}

impl Row {
    /// A value for a column: the record's own, or one that is derived.
    pub fn get(&self, property: PropertyId) -> Option<Value> {
        use super::object::is;
        match property {
            is::COMPANY => {
                let own = || self.record.text(is::COMPANY_NAME).map(str::to_owned);
                self.derived.company.as_ref().map(|(_, name)| name.clone()).or_else(own).map(Value::Text)
            }
            is::LAST_ACTIVITY => self.derived.last_activity.map(Value::Time),
            is::NEXT_ACTIVITY => self.derived.next_activity.map(Value::Time),
            _ => self.record.get(property).map(std::borrow::Cow::into_owned),
        }
    }
}

/// A record page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    pub row: Row,
    pub sections: Vec<Section>,
    /// All activities of the record.
    pub activities: usize,
    pub timeline: TimelinePage,
    pub outreach: Outreach,
    pub reached: Reached,
}

/// All that was ever done to reach a record (R2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reached {
    /// When that began.
    pub first: Option<DateTime<Utc>>,
    pub outreach: Outreach,
}

/// What was done to reach a record within [`Outreach::DAYS`]: outgoing calls, e-mails and messages, and meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outreach {
    pub calls: usize,
    pub emails: usize,
    pub meetings: usize,
    pub messages: usize,
}

impl Outreach {
    pub const DAYS: i64 = 90;
}

/// The associated records of one object (R5.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub object: Object,
    pub ties: Vec<Tie>,
    /// How many there are that the viewer may not see (R6.4).
    pub unseen: usize,
}

/// One associated record with what one recognises it by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    pub link: Link,
    pub record: Record,
    /// Name of its own primary company.
    pub company: Option<String>,
}

/// What of a timeline is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TimelineFilter {
    /// None: all; so of the others.
    pub kinds: Vec<ActivityKind>,
    /// Who logged it.
    pub users: Vec<UserId>,
    pub from: Vec<LoggedFrom>,
    /// Words that stand in its texts.
    pub text: String,
}

impl TimelineFilter {
    /// Whether an entry passes, as far as that can be said without its texts.
    pub fn takes_in(&self, entry: &Entry) -> bool {
        let by = |user: &UserId| AuthorMark::of(Author::User(*user)) == entry.by;
        (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
            && (self.users.is_empty() || self.users.iter().any(by))
            && (self.from.is_empty() || self.from.contains(&entry.from))
    }

    /// Whether an activity holds all words, which are folded.
    pub fn holds(words: &[String], activity: &Activity) -> bool {
        let mut text = String::new();
        for part in activity.texts() {
            fold_into(part, &mut text);
            text.push('\u{1f}');
        }
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// A piece of a timeline: open tasks first, then newest first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TimelinePage {
    pub from: usize,
    pub items: Vec<Item>,
    /// Activities that pass the filter.
    pub matching: usize,
    /// Heads of what is pinned, of what is upcoming and of the months, over all that passes, in the timeline's order.
    pub months: Vec<Month>,
}

/// One group of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    pub period: Period,
    pub count: usize,
}

/// What stands together on a timeline, from its top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Period {
    Pinned,
    Upcoming,
    /// Of a year.
    Month(i32, u32),
}

/// An activity on a timeline, with the names of where it is associated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub activity: Activity,
    /// Name of each target that the viewer sees; `None` for those that they don't or that are gone.
    pub names: Vec<Option<String>>,
}

/// One line of a record's or activity's history (R7.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    pub at: DateTime<Utc>,
    pub by: Author,
    pub origin: Origin,
    pub act: ActNo,
    pub what: HistoryWhat,
    pub why: Reason,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HistoryWhat {
    Created,
    Changed {
        property: PropertyId,
        old: Option<Value>,
        new: Option<Value>,
    },
    Associated {
        with: RecordId,
        seen: Seen,
    },
    Dissociated {
        from: RecordId,
    },
    Relabelled {
        with: RecordId,
        old: Seen,
        new: Seen,
    },
    Deleted,
    Restored,
    /// Of an activity: a field, by its name in scripts.
    Edited {
        field: String,
        old: Option<Value>,
        new: Option<Value>,
    },
    /// Of a record: which activity is on top of its timeline from then on.
    Pinned(Option<ActivityId>),
    /// Of a record: who claimed it before and after.
    Registered {
        old: Vec<Registration>,
        new: Vec<Registration>,
    },
    /// Of a record: whether somebody is told from then on what becomes of it, or is no more.
    Followed(bool),
}

/// What of an association can change, seen from one of its records (R5.4, R5.5).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// What the other record is to this one.
    pub labels: Vec<LabelId>,
    pub primary: bool,
}

impl Seen {
    pub fn of(link: &Link) -> Seen {
        Seen { labels: link.labels.clone(), primary: link.primary }
    }

    /// `Manager, primary`; labels that were deleted are named as they were.
    pub fn words(&self, settings: &Settings) -> Vec<String> {
        let label = |id: &LabelId| settings.label(*id).map(|label| label.reads(*id).to_owned());
        let labels = self.labels.iter().filter_map(label);
        labels.chain(self.primary.then(|| "primary".to_owned())).collect()
    }
}
