//! What screens and scripts ask a workspace, and what it answers: plain data. To add a question, add a [`Request`], its
//! [`Reply`] and a row in [`Workspace::ask`].

use super::aiming::Aiming;
use super::bin::{BinAsk, BinPage, InBin};
use super::events::Excerpt;
use super::feed::Difference;
use super::folder::{self, Folder};
use super::import::{ImportAsk, Imported, Look};
use super::pairs::{Paired, PairsAsk};
use super::resume::BrokenOff;
use super::review::{ActsAsk, ActsPage, Closely};
use super::targets::Targets;
use super::upkeep::News;
use super::why::{About, Told};
use super::{ChannelStand, Failure, Waiting, Workspace};
use crate::domain::agenda::{AgendaAsk, AgendaPage, DueNow};
use crate::domain::answer::{Detail, Item, Page, Row, TimelinePage};
use crate::domain::board::{Columns, Piece};
use crate::domain::candidate::{Candidates, Picking};
use crate::domain::change::Done;
use crate::domain::graph::{Key, Read};
use crate::domain::id::{ActNo, ActivityId, Object, RecordId, Ref, UserId};
use crate::domain::logging::Logging;
use crate::domain::logging::past::Timeframe;
use crate::domain::merge::{Lookalike, Preview};
use crate::domain::notification::{ChannelKind, InboxAsk, InboxPage, Notification, NotificationId};
use crate::domain::query::Query;
use crate::domain::registration::Registered;
use crate::domain::search::{Hits, Search};
use crate::domain::selection::Selection;
use crate::domain::settings::Settings;
use crate::rules;
use crate::store::agenda;
use crate::store::read::sees;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::store::TimelineAsk;
use serde::{Deserialize, Serialize};

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Rows of a list; with `around`, the piece that holds this record, if the list has it.
    Page {
        query: Query,
        from: usize,
        limit: usize,
        around: Option<RecordId>,
    },
    /// Pieces of the columns of a board.
    Columns {
        query: Query,
        pieces: Vec<Piece>,
    },
    /// All records that a query takes in, in its order, for acts on all of a list.
    Ids(Query),
    /// How many records each query takes in, for the tabs of a list.
    Counts(Vec<Query>),
    /// Records of all objects by words, the best first; without a word what the user looked at lately.
    Find(Search),
    /// Records of all objects that are almost called so.
    SimilarAll(Search),
    /// What is almost called as a list searches, within its filters.
    Similar {
        query: Query,
        limit: usize,
    },
    /// Whom a record could be associated with.
    Candidates(Box<Picking>),
    /// Records as a file would hold them: CSV with a head.
    Csv(Vec<RecordId>),
    /// Whether something of this name is on the disk.
    IsThere(PathBuf),
    /// A record page, with this many activities.
    Detail {
        id: RecordId,
        activities: usize,
    },
    Timeline(TimelineAsk),
    /// A piece of what is planned.
    Agenda(AgendaAsk),
    /// How the user stands, for the first row of every page.
    Due,
    /// The records that have one of these values already, for whoever is about to give it to another.
    Holders(Vec<Key>),
    /// What a merge would do.
    PreviewMerge {
        into: RecordId,
        from: RecordId,
    },
    /// Records that may be the same as this one.
    Lookalikes(RecordId),
    History(Ref),
    /// How many activities of each record would come along onto a new deal or ticket (R3.17).
    PastActivities(Vec<(RecordId, Timeframe)>),
    Why {
        of: Ref,
        about: About,
    },
    /// The records that an activity is on, and those that are close to it.
    Targets(ActivityId),
    /// Activities without a record (R3.16).
    Unassociated,
    /// A piece of the events that nobody has yet (R4.1).
    Awaited {
        from: usize,
        limit: usize,
    },
    /// A piece of what partners claimed and still do (R4.4); with words, those whose record or partner has them.
    Registrations {
        text: String,
        from: usize,
        limit: usize,
    },
    /// What is in the bin; of one object its records only.
    Bin(Option<Object>),
    /// A piece of the bin.
    BinPiece(BinAsk),
    Acts(ActsAsk),
    /// One act looked at closely.
    Review(ActNo),
    /// Long acts that were broken off (R7.3).
    BrokenOff,
    /// What a rule would associate (R5.7); a job.
    Pairs(Box<PairsAsk>),
    /// Where activities would go (R3.14).
    Aims(Vec<Logging>),
    Settings,
    /// A piece of the user's notification centre.
    Inbox(InboxAsk),
    /// How many notifications the user has not read.
    Unread,
    /// The user has read these, or has not after all.
    MarkRead {
        ids: Vec<NotificationId>,
        read: bool,
    },
    /// The user has read all of them.
    AllRead,
    /// What is not delivered: of the user, or of everybody for a Super Admin.
    Outbox,
    /// Makes due now what [`Request::Outbox`] names; answers it again.
    Retry,
    /// How the ways to the user stand.
    Channels,
    /// Sends a test to the user by that way; a job.
    SendTest(ChannelKind),
    /// What is to be shown on the user's desktop now; nobody else is given it meanwhile.
    Popups,
    /// These were shown there.
    PopupsShown(Vec<NotificationId>),
    /// What the user looked at lately of an object.
    Viewed(Object),
    /// The user looks at it now; answers what they looked at lately of its object.
    Saw(RecordId),
    /// What lies in a folder of the disk.
    Folder(OsString),
    /// What a file holds and how it would be imported.
    LookAt(Box<ImportAsk>),
}

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Reply {
    Page(Page),
    Columns(Columns),
    /// In the order of the query, gathered where they were found.
    Ids(Selection<RecordId>),
    Counts(Vec<usize>),
    Found(Hits),
    Similar(Vec<Row>),
    Candidates(Candidates),
    Csv {
        text: String,
        rows: u64,
    },
    Exported {
        rows: u64,
        file: PathBuf,
    },
    IsThere(bool),
    /// `None`: it is not there, or not for this user.
    Detail(Option<Box<Detail>>),
    Timeline(TimelinePage),
    Agenda(AgendaPage),
    /// Also told to all whenever it is something else.
    Due(DueNow),
    /// Each with its name, of those that the user may see.
    Holders(Vec<(RecordId, String)>),
    /// Or why it can't be done.
    MergePreviewed(Result<Box<Preview>, Failure>),
    /// The likeliest first.
    Lookalikes(Vec<Lookalike>),
    History(Vec<Told>),
    /// In the order of the question.
    PastActivities(Vec<usize>),
    /// `None`: there is no such value or association, and there never was.
    Why(Option<Box<Told>>),
    /// `None`: the activity is not there, or not for this user.
    Targets(Option<Box<Targets>>),
    /// The last one first.
    Unassociated(Vec<Item>),
    /// The last one first.
    Awaited(Excerpt<Item>),
    /// By name.
    Registrations(Excerpt<Registered>),
    /// The last one first.
    Bin(Vec<InBin>),
    BinPiece(BinPage),
    Acts(ActsPage),
    /// `None`: there is no such act, or not for this user.
    Review(Option<Box<Closely>>),
    /// The last one first.
    BrokenOff(Vec<BrokenOff>),
    Pairs(Box<Paired>),
    /// Of each activity that was asked about, or why it can't be logged so.
    Aims(Vec<Result<Aiming, Failure>>),
    Settings(#[serde(with = "rows")] Arc<Settings>),
    Inbox(InboxPage),
    Unread(usize),
    /// The first due first; what was given up comes last.
    Outbox(Vec<Waiting>),
    /// In the order of [`ChannelKind::ROWS`].
    Channels(Vec<ChannelStand>),
    /// Or why it did not arrive.
    Tested(Result<ChannelKind, String>),
    Popups(Vec<Notification>),
    /// The latest first.
    Viewed(Vec<RecordId>),
    Folder(Box<Folder>),
    /// Or why it can't be imported as it was asked.
    LookedAt(Result<Box<Look>, Failure>),
    /// What became of an import, or would.
    Imported(Box<Imported>),
    /// What was asked to be done is done and durable.
    Done(Done),
    /// It was not done, or not found out.
    Failed(Failure),
    /// It needed an answer, and there was none: nothing was done.
    Withdrawn,
    /// How far a long act or job is.
    Progress {
        done: u64,
        total: u64,
    },
    /// Somebody changed these: whoever shows them asks again. Sent to all.
    Changed(Vec<Ref>),
    /// The notification centres of these users are others now. Sent to all.
    Told(Vec<UserId>),
    /// Sort and search of an object are there now. Sent to all.
    Sorted(Object),
    /// What the program did by itself. Sent to all.
    Upkeep(News),
    /// Something that the user should know: a title and a sentence. Sent to all.
    Said(String, String),
}

/// Settings travel as the rows that they are made of.
mod rows {
    use crate::domain::settings::Settings;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    pub fn serialize<S: Serializer>(settings: &Arc<Settings>, to: S) -> Result<S::Ok, S::Error> {
        settings.rows().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Settings>, D::Error> {
        BTreeMap::deserialize(from).map(|rows| Arc::new(Settings::from_rows(rows)))
    }
}

impl Reply {
    /// What everybody hears of a commit.
    pub fn of_feed(heard: Difference) -> Vec<Reply> {
        let told = (!heard.told.is_empty()).then_some(Reply::Told(heard.told));
        // An empty list of changes means that anything may be another.
        let changed = (told.is_none() || !heard.changed.is_empty()).then_some(Reply::Changed(heard.changed));
        changed.into_iter().chain(told).collect()
    }
}

impl Workspace {
    /// Answers a question; blocks.
    pub fn ask(&self, request: &Request) -> Reply {
        self.answer(request).unwrap_or_else(Reply::Failed)
    }

    fn answer(&self, request: &Request) -> Result<Reply, Failure> {
        let (store, now) = (self.store().as_ref(), self.now());
        Ok(match request {
            Request::Page { query, from, limit, around } => {
                Reply::Page(self.page(&self.as_seen(query), *from, *limit, *around)?)
            }
            Request::Columns { query, pieces } => Reply::Columns(store.columns(query, pieces, now)?),
            Request::Ids(query) => {
                let query = &*self.as_seen(query);
                self.prepare(query)?;
                Reply::Ids(store.ids(query, now)?.into())
            }
            Request::Counts(queries) => {
                let count = |query| store.page(&self.as_seen(query), now, 0, 0).map(|page| page.matching);
                Reply::Counts(queries.iter().map(count).collect::<Result<_, _>>()?)
            }
            Request::Find(search) => Reply::Found(store.search(search, &self.viewed(None), &self.viewer(), now)?),
            Request::SimilarAll(search) => Reply::Similar(store.similar_all(search, &self.viewer(), now)?),
            Request::Similar { query, limit } => Reply::Similar(store.similar(&self.as_seen(query), now, *limit)?),
            Request::Candidates(ask) => Reply::Candidates(self.candidates(ask)?),
            Request::Csv(ids) => {
                let (text, rows) = self.csv(ids)?;
                Reply::Csv { text, rows }
            }
            Request::IsThere(file) => Reply::IsThere(file.symlink_metadata().is_ok()),
            Request::Detail { id, activities } => {
                Reply::Detail(store.detail(*id, &self.viewer(), now, *activities)?.map(Box::new))
            }
            Request::Timeline(ask) => Reply::Timeline(self.timeline(ask)?),
            Request::Agenda(ask) => Reply::Agenda(agenda::agenda(store, ask, &self.viewer(), now)?),
            Request::Due => Reply::Due(agenda::due_now(store, &self.viewer(), now)?),
            Request::Holders(keys) => Reply::Holders(self.holders(keys)?),
            Request::PreviewMerge { into, from } => {
                Reply::MergePreviewed(self.preview_merge(*into, *from, &[]).map(|(preview, _)| Box::new(preview)))
            }
            Request::Lookalikes(id) => Reply::Lookalikes(self.lookalikes(*id)?),
            Request::History(of) => Reply::History(self.history(*of)?),
            Request::PastActivities(asked) => Reply::PastActivities(self.past_activities(asked)?),
            Request::Why { of, about } => Reply::Why(self.why_told(*of, *about)?.map(Box::new)),
            Request::Targets(id) => Reply::Targets(self.targets(*id)?.map(Box::new)),
            Request::Unassociated => Reply::Unassociated(self.unassociated()?),
            Request::Awaited { from, limit } => Reply::Awaited(self.awaited(*from, *limit)?),
            Request::Registrations { text, from, limit } => {
                Reply::Registrations(self.registrations(text, *from, *limit)?)
            }
            Request::Bin(object) => Reply::Bin(self.bin(*object)?),
            Request::BinPiece(ask) => Reply::BinPiece(self.bin_piece(ask)?),
            Request::Acts(ask) => Reply::Acts(self.acts(ask)?),
            Request::Review(no) => Reply::Review(self.closely(*no)?.map(Box::new)),
            Request::BrokenOff => Reply::BrokenOff(self.broken_off()?),
            Request::Aims(asked) => Reply::Aims(asked.iter().map(|logging| self.aiming(logging)).collect()),
            Request::Pairs(ask) => Reply::Pairs(Box::new(self.pairs(ask)?)),
            Request::Folder(path) => Reply::Folder(Box::new(folder::read(path))),
            Request::LookAt(ask) => Reply::LookedAt(self.look_at(ask).map(Box::new)),
            Request::Settings => Reply::Settings(self.settings()),
            Request::Inbox(_)
            | Request::Unread
            | Request::MarkRead { .. }
            | Request::AllRead
            | Request::Outbox
            | Request::Retry
            | Request::Channels
            | Request::SendTest(_)
            | Request::Popups
            | Request::PopupsShown(_) => self.answer_told(request)?,
            Request::Viewed(object) => Reply::Viewed(self.viewed(Some(*object))),
            Request::Saw(id) => {
                self.saw(*id);
                Reply::Viewed(self.viewed(Some(id.object)))
            }
        })
    }

    /// Rows from a place on, or those around a record.
    fn page(&self, query: &Query, from: usize, limit: usize, around: Option<RecordId>) -> Read<Page> {
        let (store, now) = (self.store().as_ref(), self.now());
        let place = match around {
            Some(id) => store.position(query, now, id)?,
            None => None,
        };
        store.page(query, now, place.map_or(from, |place| place.saturating_sub(limit / 2)), limit)
    }

    /// None of what the user may not see.
    fn past_activities(&self, asked: &[(RecordId, Timeframe)]) -> Read<Vec<usize>> {
        let (store, viewer) = (self.store().as_ref(), self.viewer());
        let count = |(id, timeframe): &(RecordId, Timeframe)| match store.record(*id)? {
            Some(record) if sees(&viewer, &record) => Ok(rules::past(store, *id, *timeframe, self.now())?.len()),
            _ => Ok(0),
        };
        asked.iter().map(count).collect()
    }

    fn holders(&self, keys: &[Key]) -> Read<Vec<(RecordId, String)>> {
        let viewer = self.viewer();
        let mut found = Vec::new();
        for key in keys {
            for id in self.store().find(key)? {
                let record = self.store().record(id)?.filter(|record| sees(&viewer, record));
                found.extend(record.map(|record| (record.id, record.name())));
            }
        }
        Ok(found)
    }
}
