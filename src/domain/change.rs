//! What is asked ([`Change`]), what is granted ([`Commit`], a list of [`Op`]s each with its reason) and what is not
//! ([`Refusal`]). An op says from what to what: history is the ops read forwards, undo the ops read backwards.

mod commit;
mod done;
mod op;
mod reason;
mod refusal;

use super::activity::ActivityEdit;
use super::agenda::Tending;
use super::association::Tying;
use super::event::EventRow;
use super::id::{ActNo, ActivityId, LabelId, Object, OptionId, PropertyId, RecordId, Ref, UserId};
use super::logging::Logging;
use super::logging::import::ImportActivity;
use super::mapping::Mapping;
use super::moving::Move;
use super::object::custom::ObjectForm;
use super::pipeline::form::Pipelines;
use super::property::form::{Instead, PropertyForm};
use super::user::User;
use super::user::leaving::Heir;
use super::value::Value;
use super::view::{View, ViewId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use commit::{Act, ActHead, Commit, Verb};
pub use done::{Done, EffectLine, Remains, is_effect};
pub use op::{Op, subjects};
pub use reason::{Author, Origin, Reason, Rule};
pub use refusal::{Question, Refusal, astray, losing};

/// What someone asks for. Everything that changes data is one of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Change {
    Create {
        object: Object,
        values: Vec<(PropertyId, Value)>,
        associate: Vec<Tying>,
    },
    /// `None` clears a value.
    Set {
        record: RecordId,
        values: Vec<(PropertyId, Option<Value>)>,
    },
    /// The same on many records of one object; those that refuse are named, the others are set.
    SetMany {
        what: Vec<RecordId>,
        values: Vec<(PropertyId, Option<Value>)>,
    },
    /// Moves records to a stage, or along it (R2.8 to R2.12).
    Move(Box<Move>),
    /// Ties a record to others, changes the ties it has, and takes others off: one save of a picker (R5.6).
    Associate {
        one: RecordId,
        ties: Vec<Tying>,
        off: Vec<RecordId>,
    },
    /// Logs activities in this order, each on the records that R3 names besides.
    Log {
        activities: Vec<Logging>,
    },
    /// Edits an activity (R3.1); what `edit` does not name stays. Puts it on records by hand and takes it off others
    /// (R3.15): off its last one only with a yes (R3.16).
    Amend {
        activity: ActivityId,
        edit: Box<ActivityEdit>,
        attach: Vec<RecordId>,
        detach: Vec<RecordId>,
    },
    /// Tends tasks and meetings; of many, those that refuse are named.
    Tend {
        what: Vec<ActivityId>,
        how: Tending,
    },
    /// Puts one activity on top of a record's timeline in the place of the one there, or none (R3.19).
    Pin {
        record: RecordId,
        activity: Option<ActivityId>,
    },
    /// Whoever asks is told from now on what becomes of a record, or is no more (R4.14).
    Follow {
        record: RecordId,
        follow: bool,
    },
    /// Tells of tasks that fell due (R4.12); of the program only.
    Due {
        tasks: Vec<ActivityId>,
    },
    /// Two records of one object become one: `into` stays with its values, `from` goes. `take`: properties whose value
    /// comes from the one that goes although the other has one.
    Merge {
        into: RecordId,
        from: RecordId,
        take: Vec<PropertyId>,
    },
    /// Ties pairs (R5.7), with labels as the first of each reads them; those that refuse or are tied already are named,
    /// the others are made.
    AssociateMany {
        pairs: Vec<(RecordId, RecordId)>,
        labels: Vec<LabelId>,
        replace: bool,
    },
    /// The same, with a yes to what it would ask about leads (R2.13) or about the last association of an activity
    /// (R3.16).
    Agreed(Box<Change>),
    Delete {
        what: Vec<Ref>,
    },
    /// `without`: properties to leave empty because another record has their value now.
    Restore {
        what: Vec<Ref>,
        without: Vec<PropertyId>,
    },
    Erase {
        what: Vec<Ref>,
        confirmed: bool,
    },
    /// One batch of an import, its rows already matched to records.
    Import {
        rows: Vec<ImportRow>,
        replace: bool,
    },
    /// Takes in what other programs tell (R4.1): of several, those that are refused are told by their line.
    Events {
        rows: Vec<EventRow>,
    },
    /// A partner claims a contact or company (R4.4); `from`: now, `until`: until it is ended.
    Register {
        record: RecordId,
        partner: String,
        from: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
    },
    /// Ends what a partner claimed; `None`: every partner.
    Deregister {
        record: RecordId,
        partner: Option<String>,
    },
    /// Shares a deal with a partner, after those that it is shared with already (R4.6), or ends that.
    Share {
        deal: RecordId,
        partner: String,
        share: bool,
    },
    /// One batch of an import of activities, its rows already matched to the records that they name.
    ImportActivities {
        rows: Vec<ImportActivity>,
    },
    /// Closes an import, and tells whoever imported (R4.12): which files, and what came of their rows.
    EndImport {
        files: String,
        sums: String,
    },
    /// Settings of the workspace by key, all of them or none.
    Settings {
        values: Vec<(String, String)>,
    },
    AddUser {
        user: Box<User>,
    },
    /// `heir`: who takes over what a user has who is to be active no more.
    SetUser {
        user: Box<User>,
        heir: Heir,
    },
    /// One batch of a `SetUser` that leaves many records and tasks behind.
    HandOver {
        what: Vec<Ref>,
        from: UserId,
        to: UserId,
    },
    AddTeam {
        name: String,
    },
    /// Names a team anew, for all who are in it.
    RenameTeam {
        name: String,
        to: String,
    },
    /// Who is in it is in none then.
    DeleteTeam {
        name: String,
    },
    /// Makes a view, or puts it in the place of the one with its id.
    SaveView {
        view: Box<View>,
    },
    DeleteView {
        id: ViewId,
    },
    /// Makes a mapping of imports, or puts it in the place of the one with its name.
    SaveMapping {
        mapping: Box<Mapping>,
    },
    DeleteMapping {
        name: String,
    },
    AddObject {
        form: Box<ObjectForm>,
    },
    SetObject {
        object: Object,
        form: Box<ObjectForm>,
    },
    /// With all that it holds.
    DeleteObject {
        object: Object,
        confirmed: bool,
    },
    AddProperty {
        object: Object,
        form: Box<PropertyForm>,
    },
    /// `instead`: what takes the place of options that the form leaves out while records hold them.
    SetProperty {
        object: Object,
        id: PropertyId,
        form: Box<PropertyForm>,
        instead: Instead,
    },
    /// Makes a label for associations of two objects (R5.5): what a record of `to` is to one of `from`.
    AddLabel {
        from: Object,
        to: Object,
        name: String,
        inverse: Option<String>,
    },
    /// Names a label anew; one that is paired stays so.
    SetLabel {
        id: LabelId,
        name: String,
        inverse: Option<String>,
    },
    DeleteLabel {
        id: LabelId,
    },
    DeleteProperty {
        object: Object,
        id: PropertyId,
        confirmed: bool,
    },
    /// One batch of a `SetProperty` whose options many records hold.
    ReplaceOptions {
        id: PropertyId,
        records: Vec<RecordId>,
        gone: Vec<OptionId>,
        instead: Option<OptionId>,
    },
    /// Turns the sync of lead owners on (R1.7); `existing`: open leads take over the owner of their contact or company.
    SyncOwner {
        existing: bool,
    },
    /// One batch of a `SyncOwner` that has many leads to change.
    TakeOwners {
        what: Vec<RecordId>,
    },
    /// The pipelines of an object and their stages (R2.7), all of them in their order: what is left out is deleted.
    SetPipelines(Box<Pipelines>),
    /// One batch of a `SetPipelines` whose stages many records are in: each goes to the stage that takes its own.
    EmptyStages {
        records: Vec<RecordId>,
        moves: Vec<(OptionId, OptionId)>,
    },
    Undo {
        act: ActNo,
    },
    Redo {
        act: ActNo,
    },
    /// One's own last act that is not undone, whichever that is when it comes to it (R7.2).
    UndoLast,
    /// What one undid last.
    RedoLast,
    /// Goes on with a long act that was broken off (R7.3).
    Resume {
        act: ActNo,
    },
    /// Ready-made ops, of the demo's data only.
    Seed {
        ops: Vec<Op>,
    },
}

impl Change {
    /// Ties two records, without labels, where there is room for it.
    pub fn associate(one: RecordId, other: RecordId) -> Change {
        Change::Associate { one, ties: vec![Tying::new(other)], off: Vec::new() }
    }

    /// Logs one activity.
    pub fn log(activity: Logging) -> Change {
        Change::Log { activities: vec![activity] }
    }

    /// The same where a limit stands in the way: what comes takes the place of what is there (R5.3).
    #[must_use]
    pub fn replacing(&self) -> Change {
        let mut change = self.clone();
        if let Change::Associate { ties, .. } | Change::Create { associate: ties, .. } = &mut change {
            for tying in ties {
                tying.replace = true;
            }
        }
        change
    }

    pub fn dissociate(one: RecordId, other: RecordId) -> Change {
        Change::Associate { one, ties: Vec::new(), off: vec![other] }
    }
}

/// One row of an import: what becomes of one record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Row of the file, 1 is the first after the header.
    pub number: u64,
    pub target: ImportTarget,
    pub values: Vec<(PropertyId, Value)>,
    /// Records that stand, or that this or an earlier row makes, to tie it to.
    pub associate: Vec<Tying>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportTarget {
    /// The id is chosen already, so that rows of one import can name each other's records.
    Create(RecordId),
    Update(RecordId),
}

/// `Jan Kowalski`, `Jan Kowalski and 2 more`.
pub fn counted_names(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
