//! What a long act set out to do, kept beside its head until it is whole: whoever finds the act broken off can go on
//! with it (R7.3). To make another long change resumable, add a variant, its bytes, and its arm in the workspace.

use super::agenda::Tending;
use super::id::{ActNo, ActivityId, LabelId, Object, PropertyId, RecordId, Ref, Seq};
use super::logging::Logging;
use super::logging::past::Along;
use super::moving::Move;
use super::pipeline::form::Pipelines;
use super::property::form::{Instead, PropertyForm};
use super::user::User;
use super::user::leaving::Heir;
use super::value::Value;
use serde::{Deserialize, Serialize};

/// What is needed to go on. How far the act came stands in its head, where a variant does not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Nobody can go on with it, such as an import from standard input.
    Unknown,
    Delete {
        what: Vec<Ref>,
    },
    Restore {
        what: Vec<Ref>,
        without: Vec<PropertyId>,
    },
    Erase {
        what: Vec<Ref>,
    },
    Set {
        what: Vec<RecordId>,
        values: Vec<(PropertyId, Option<Value>)>,
    },
    /// Its last commit changes the property itself; before that, options are replaced where records hold them.
    SetProperty {
        object: Object,
        id: PropertyId,
        form: Box<PropertyForm>,
        instead: Instead,
    },
    Move(Box<Move>),
    /// Its last commit changes the pipelines themselves; before that, records leave the stages that go.
    SetPipelines(Box<Pipelines>),
    /// Its last commit changes the user; before that, others take over what they have.
    SetUser {
        user: Box<User>,
        heir: Heir,
    },
    Associate {
        pairs: Vec<(RecordId, RecordId)>,
        labels: Vec<LabelId>,
        replace: bool,
    },
    Log {
        activities: Vec<Logging>,
    },
    /// The record is there; these past activities come along onto it (R3.17).
    BringAlong {
        onto: RecordId,
        what: Vec<Along>,
    },
    Tend {
        what: Vec<ActivityId>,
        how: Tending,
    },
    /// The sync of lead owners is on; these leads take over the owner of their contact or company (R1.7).
    TakeOwners {
        what: Vec<RecordId>,
    },
    /// The commits of `act` are set back from the last to the first; `next` is the one whose turn it is.
    SetBack {
        act: ActNo,
        next: Seq,
    },
    Import(Box<ImportIntent>),
    /// The records of an object go to the bin, then the object goes.
    DeleteObject {
        object: Object,
    },
}

/// The files of an import and how they are read; nothing of what stands in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportIntent {
    pub files: Vec<SourceFile>,
    pub object: Option<Object>,
    pub map: Vec<(String, String)>,
    pub mode: Mode,
    pub replace: bool,
    pub create_contacts: bool,
    /// Contacts that come to a chosen lifecycle stage get a lead (R2.4).
    pub create_leads: bool,
    /// The last row that is done: the place of its file in the order of reading, and its number there.
    pub done: (u32, u64),
}

/// A file as it was when the import began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// From the root of the file system on.
    pub path: String,
    pub bytes: u64,
    pub crc32: u32,
}

/// Which rows an import takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Mode {
    #[default]
    Both,
    /// Rows of records that are not there yet.
    Create,
    /// Rows of records that are there.
    Update,
}
