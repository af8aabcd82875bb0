//! Identities: what a thing is called for good, whatever its name becomes.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A kind of record, by number: the built-in ones below, custom ones from [`Object::FIRST_CUSTOM`] up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Object(pub u16);

impl Object {
    pub const CONTACT: Object = Object(1);
    pub const COMPANY: Object = Object(2);
    pub const DEAL: Object = Object(3);
    pub const TICKET: Object = Object(4);
    pub const LEAD: Object = Object(5);
    /// No kind of record: what the rows of a file may be besides.
    pub const ACTIVITY: Object = Object(99);
    pub const FIRST_CUSTOM: Object = Object(100);
}

/// A record of an object. Ids are `UUIDv7`, so that the order of ids is the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId {
    pub object: Object,
    pub uuid: Uuid,
}

impl RecordId {
    pub fn new(object: Object, uuid: Uuid) -> Self {
        Self { object, uuid }
    }

    /// The last 8 characters: what screens show and references accept.
    pub fn short(self) -> String {
        short(self.uuid)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}

/// The last 8 characters of an id.
pub fn short(uuid: Uuid) -> String {
    let text = uuid.simple().to_string();
    text[24..].to_owned()
}

/// An activity: one thing that happened, on the timelines of its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActivityId(pub Uuid);

/// A person who uses the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UserId(pub Uuid);

impl UserId {
    /// Of a user who is to be made; the rules give the id.
    pub const NEW: UserId = UserId(Uuid::nil());
}

/// What a reference can name: the subject of history, the bin and undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ref {
    Record(RecordId),
    Activity(ActivityId),
}

impl Ref {
    pub fn uuid(self) -> Uuid {
        match self {
            Ref::Record(id) => id.uuid,
            Ref::Activity(id) => id.0,
        }
    }
}

impl From<RecordId> for Ref {
    fn from(id: RecordId) -> Self {
        Ref::Record(id)
    }
}

impl From<ActivityId> for Ref {
    fn from(id: ActivityId) -> Self {
        Ref::Activity(id)
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid().fmt(f)
    }
}

macro_rules! numbered {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub $inner);
    )*};
}

numbered! {
    /// A property of an object. Built-in numbers are below 1000 and mean the same on every object that has them.
    PropertyId(u16);
    /// An option of a property, a stage or a pipeline; stored in values, so that a new name shows everywhere.
    OptionId(u16);
    /// A label of an association, from one of its ends. Numbers from [`LabelId::PAIRED`] up come in twos: an even one
    /// and the next are the two ways of a paired label (manager, report). Below it a label reads the same both ways.
    LabelId(u16);
    /// What a user asked once: one undo (R7.1). Numbered from 1, without gaps.
    ActNo(u64);
    /// A commit of the log, numbered from 1 without gaps. An act has one or several.
    Seq(u64);
}

impl LabelId {
    pub const PAIRED: LabelId = LabelId(0x8000);

    pub fn is_paired(self) -> bool {
        self >= LabelId::PAIRED
    }

    /// The same label from the other end.
    #[must_use]
    pub fn other_way(self) -> LabelId {
        if self.is_paired() { LabelId(self.0 ^ 1) } else { self }
    }
}

impl ActNo {
    /// The act of a change that found everything so already.
    pub const NONE: ActNo = ActNo(0);
}

impl fmt::Display for ActNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where new ids come from: `UUIDv7` in the program, counted ones in tests.
pub trait Ids: Send {
    fn next(&mut self) -> Uuid;

    fn record(&mut self, object: Object) -> RecordId {
        RecordId::new(object, self.next())
    }
}

impl<T: Ids + ?Sized> Ids for &mut T {
    fn next(&mut self) -> Uuid {
        (**self).next()
    }
}

/// For what makes nothing new, such as undo.
pub struct NoIds;

impl Ids for NoIds {
    fn next(&mut self) -> Uuid {
        Uuid::nil()
    }
}
