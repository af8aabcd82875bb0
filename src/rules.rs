//! Deciding: what is asked becomes what is granted, or a refusal with its sentence. Pure: rules read through a
//! [`Graph`] and take time and ids as arguments. One file per chapter of the rules; what follows by itself from an op
//! is a row of [`automatic::RULES`].

pub mod automatic;
pub mod draft;
pub mod permission;

mod activity;
mod associate_many;
mod association;
mod auto_company;
mod bin;
mod event;
mod form;
mod import;
mod label;
mod lead;
mod lifecycle;
mod mapping;
mod merge;
mod moving;
mod notification;
mod object;
mod onward;
mod ownership;
mod partner;
mod pipeline;
mod property;
mod record;
mod settings;
mod team;
mod undo;
mod user;
mod view;

use crate::domain::change::{
    Author, Change, Done, EffectLine, ImportRow, Op, Origin, Reason, Refusal, Verb, counted_names, is_effect, subjects,
};
use crate::domain::graph::{Graph, Unreadable};
use crate::domain::id::{ActNo, Ids, NoIds, RecordId, Ref, Seq};
use crate::domain::logging::import::ImportActivity;
use crate::domain::logging::past::Along;
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::domain::user::User;
use chrono::{DateTime, Utc};
use draft::Draft;
use std::cell::RefCell;
use std::collections::BTreeMap;

pub use activity::{aims, along, past, with_past};
pub use event::taken_in;
pub use lead::check_leads;
pub use moving::settled as settled_move;
pub use object::emptied;
pub use ownership::astray;
pub use pipeline::leaving;
pub use property::{Replaced, Wish, replaced};
pub use undo::{Obstacle, obstacles, obstacles_holding};
pub use user::left_behind;

/// Who asks, when, by which way.
#[derive(Clone, Copy)]
pub struct Asking {
    pub by: Author,
    pub origin: Origin,
    /// To the millisecond.
    pub now: DateTime<Utc>,
    /// The number that the act will have.
    pub act: ActNo,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoPlan {
    #[error("{0}")]
    Refused(Refusal),
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl From<Refusal> for NoPlan {
    fn from(refusal: Refusal) -> Self {
        NoPlan::Refused(refusal)
    }
}

pub type Planned<T = ()> = Result<T, NoPlan>;

/// What is granted: ops with their reasons, ready to be committed.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub ops: Vec<(Op, Reason)>,
    /// What whoever asks is told of some of them, by place; never kept.
    told: BTreeMap<usize, (Ref, String)>,
    /// The versions of the records that the decision rests on.
    pub expect: Vec<(RecordId, u32)>,
    pub verb: Verb,
    /// What is done, for toasts and lists: `Changed Jan Kowalski`.
    pub what: String,
    pub refs: Vec<Ref>,
    /// What could not be done while the rest is, as sentences.
    pub skipped: Vec<String>,
    pub rejected: Vec<Rejected>,
    /// Rows of an import, by what became of them.
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Events that nobody has yet, of those that were created.
    pub awaited: u64,
    /// Associations that are made.
    pub tied: u64,
    /// Leads that lifecycle stages made (R2.4), or would have made.
    pub leads: u64,
    /// Records that rules make besides what was asked for.
    pub made: Vec<Record>,
}

impl Plan {
    /// What rules did besides (R7.5).
    pub fn effects(&self) -> Vec<EffectLine> {
        let effect = |(at, (op, why)): (usize, &(Op, Reason))| match why {
            Reason::Rule(rule, sentence) if is_effect(op, why) => {
                let (record, what) = match self.told.get(&at) {
                    Some((of, told)) => (Some(*of), told),
                    None => (subjects(op).first().copied(), sentence),
                };
                Some(EffectLine { rule: *rule, record, what: what.clone() })
            }
            _ => None,
        };
        self.ops.iter().enumerate().filter_map(effect).collect()
    }

    pub fn done(&self, act: ActNo) -> Done {
        Done {
            act,
            verb: self.verb,
            what: self.what.clone(),
            refs: self.refs.clone(),
            effects: self.effects(),
            skipped: self.skipped.clone(),
            remains: None,
        }
    }
}

/// Decides one change, or one batch of a long one.
pub fn plan(change: &Change, graph: &dyn Graph, asking: Asking, ids: &mut dyn Ids) -> Planned<Plan> {
    let mut draft = Draft::new(graph, asking, ids);
    let change = match change {
        Change::Agreed(change) => {
            draft.agreed = true;
            change.as_ref()
        }
        change => change,
    };
    let granted = grant(&mut draft, change)?;
    if !matches!(change, Change::Undo { .. } | Change::Redo { .. } | Change::Seed { .. }) {
        notification::tell(&mut draft)?;
    }
    Ok(draft.into_plan(granted))
}

/// Decides a change that past activities come along with (R3.17), which are left to later batches.
pub fn plan_bringing(
    change: &Change,
    graph: &dyn Graph,
    asking: Asking,
    ids: &mut dyn Ids,
) -> Planned<(Plan, Vec<Along>)> {
    let mut draft = Draft::new(graph, asking, ids);
    draft.later = Some(Vec::new());
    let granted = grant(&mut draft, change)?;
    let later = draft.later.take().unwrap_or_default();
    Ok((draft.into_plan(granted), later))
}

fn grant(draft: &mut Draft, change: &Change) -> Planned<Granted> {
    match change {
        Change::Create { object, values, associate } => record::create(draft, *object, values, associate),
        Change::Set { record, values } => record::set(draft, *record, values),
        Change::SetMany { what, values } => record::set_many(draft, what, values),
        Change::Move(asked) => moving::perform(draft, asked, &[]),
        Change::Qualify { moving, past } => moving::perform(draft, moving, past),
        Change::BringAlong { onto, what } => activity::attach(draft, *onto, what),
        Change::Associate { one, ties, off } => association::associate(draft, *one, ties, off),
        Change::Log { activities } => activity::log(draft, activities),
        Change::Amend { activity: id, edit, attach, detach } => activity::amend(draft, *id, edit, attach, detach),
        Change::Follow { record, follow } => notification::follow(draft, *record, *follow),
        Change::EndImport { files, sums } => notification::end_import(draft, files, sums),
        Change::Due { tasks } => notification::fall_due(draft, tasks),
        Change::Pin { record, activity } => activity::pin(draft, *record, *activity),
        Change::Tend { what, how } => activity::tend(draft, what, *how),
        Change::AssociateMany { pairs, labels, replace } => associate_many::associate(draft, pairs, labels, *replace),
        Change::Delete { what } => bin::delete(draft, what),
        Change::Merge { into, from, take } => merge::merge(draft, *into, *from, take),
        Change::Restore { what, without } => bin::restore(draft, what, without),
        Change::Erase { what, confirmed } => bin::erase(draft, what, *confirmed),
        Change::Events { rows } => event::take_in(draft, rows),
        Change::Register { record, partner, from, until } => partner::register(draft, *record, partner, *from, *until),
        Change::Deregister { record, partner } => partner::deregister(draft, *record, partner.as_deref()),
        Change::Share { deal, partner, share } => partner::share(draft, *deal, partner, *share),
        Change::Import { rows, replace } => import::import(draft, rows.clone(), *replace),
        Change::ImportActivities { rows } => activity::import(draft, rows),
        Change::ReplaceOptions { id, records, gone, instead } => property::replace(draft, *id, records, gone, *instead),
        Change::Settings { .. }
        | Change::AddUser { .. }
        | Change::SetUser { .. }
        | Change::AddTeam { .. }
        | Change::RenameTeam { .. }
        | Change::DeleteTeam { .. }
        | Change::SaveView { .. }
        | Change::DeleteView { .. }
        | Change::SaveMapping { .. }
        | Change::DeleteMapping { .. }
        | Change::AddObject { .. }
        | Change::SetObject { .. }
        | Change::DeleteObject { .. }
        | Change::AddProperty { .. }
        | Change::SetProperty { .. }
        | Change::AddLabel { .. }
        | Change::SetLabel { .. }
        | Change::DeleteLabel { .. }
        | Change::DeleteProperty { .. }
        | Change::SyncOwner { .. }
        | Change::SetPipelines(_) => shape(draft, change),
        Change::TakeOwners { what } => ownership::take_over(draft, what),
        Change::HandOver { what, from, to } => user::hand_over(draft, what, *from, *to),
        Change::EmptyStages { records, moves } => pipeline::empty(draft, records, moves),
        Change::Undo { act } => undo::whole(draft, *act, Verb::Undid(*act)),
        Change::Redo { act } => undo::redo(draft, *act),
        // Which act that is, only the workspace knows: it asks for that one.
        Change::UndoLast => Err(Refusal::Missing("There is no act of yours to undo".to_owned()).into()),
        Change::RedoLast => Err(Refusal::Missing("You undid nothing that could be redone".to_owned()).into()),
        Change::Resume { act } => Err(in_batches(*act).into()),
        Change::Together(changes) => together(draft, changes),
        Change::Agreed(_) => Err(Refusal::Missing("That was agreed to twice".to_owned()).into()),
        Change::Seed { ops } => Ok(seed(draft, ops)),
    }
}

/// The act is called by the first of them.
fn together(draft: &mut Draft, changes: &[Change]) -> Planned<Granted> {
    let mut all = changes.iter().map(|change| grant(draft, change)).collect::<Planned<Vec<_>>>()?.into_iter();
    let mut first = all.next().unwrap_or_else(|| Granted::new("Nothing", Vec::new()));
    first.refs.extend(all.flat_map(|granted| granted.refs));
    Ok(first)
}

fn in_batches(act: ActNo) -> Refusal {
    Refusal::rule(7, 3, format!("Act {act} was a long one: it is continued batch by batch"))
}

/// Decides a change of what stands in settings: all but records and activities.
fn shape(draft: &mut Draft, change: &Change) -> Planned<Granted> {
    match change {
        Change::Settings { values } => settings::set(draft, values),
        Change::AddUser { user } => user::add(draft, user),
        Change::SetUser { user, heir } => user::set(draft, user, *heir),
        Change::AddTeam { name } => team::add(draft, name),
        Change::RenameTeam { name, to } => team::rename(draft, name, to),
        Change::DeleteTeam { name } => team::delete(draft, name),
        Change::SaveView { view } => view::save(draft, view),
        Change::DeleteView { id } => view::delete(draft, *id),
        Change::SaveMapping { mapping } => mapping::save(draft, mapping),
        Change::DeleteMapping { name } => mapping::delete(draft, name),
        Change::AddObject { form } => object::add(draft, form),
        Change::SetObject { object, form } => object::set(draft, *object, form),
        Change::DeleteObject { object, confirmed } => object::delete(draft, *object, *confirmed),
        Change::AddProperty { object, form } => property::add(draft, *object, form),
        Change::SetProperty { object, id, form, instead } => {
            property::set(draft, &Wish { object: *object, id: *id, form, instead: *instead })
        }
        Change::AddLabel { from, to, name, inverse } => label::add(draft, *from, *to, name, inverse.as_deref()),
        Change::SetLabel { id, name, inverse } => label::set(draft, *id, name, inverse.as_deref()),
        Change::DeleteLabel { id } => label::delete(draft, *id),
        Change::DeleteProperty { object, id, confirmed } => property::delete(draft, *object, *id, *confirmed),
        Change::SetPipelines(asked) => pipeline::set(draft, asked),
        Change::SyncOwner { existing } => ownership::turn_on(draft, *existing),
        _ => Err(Refusal::Missing("That changes no setting".to_owned()).into()),
    }
}

/// One batch of an import.
#[derive(Debug, Clone)]
pub enum ImportBatch {
    Records {
        rows: Vec<ImportRow>,
        /// An association takes the place of the one at its limit (R5.3).
        replace: bool,
        /// Contacts that come to a chosen lifecycle stage get a lead (R2.4).
        create_leads: bool,
    },
    Activities(Vec<ImportActivity>),
}

impl ImportBatch {
    pub fn len(&self) -> usize {
        match self {
            ImportBatch::Records { rows, .. } => rows.len(),
            ImportBatch::Activities(rows) => rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Decides one batch of an import, whose values go from the rows into what they make.
pub fn plan_import(batch: ImportBatch, graph: &dyn Graph, asking: Asking, ids: &mut dyn Ids) -> Planned<Plan> {
    let mut draft = Draft::new(graph, asking, ids);
    let granted = match batch {
        ImportBatch::Records { rows, replace, create_leads } => {
            draft.without_lead = (!create_leads).then(RefCell::default);
            import::import(&mut draft, rows, replace)?
        }
        ImportBatch::Activities(rows) => activity::import(&mut draft, &rows)?,
    };
    notification::tell(&mut draft)?;
    Ok(draft.into_plan(granted))
}

/// Sets back one commit of a long act; the obstacles were looked for before.
pub fn plan_undo_of(seq: Seq, act: ActNo, verb: Verb, graph: &dyn Graph, asking: Asking) -> Planned<Plan> {
    let mut draft = Draft::new(graph, asking, NoIds);
    let granted = undo::one_commit(&mut draft, seq, act, verb)?;
    Ok(draft.into_plan(granted))
}

/// A row of an import that was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    pub row: u64,
    pub refusal: Refusal,
    /// The record that it could not be tied to.
    pub other: Option<RecordId>,
}

/// What a rule says of what it granted; the ops stand in the draft.
struct Granted {
    verb: Verb,
    what: String,
    refs: Vec<Ref>,
    rejected: Vec<Rejected>,
    created: u64,
    updated: u64,
    unchanged: u64,
    awaited: u64,
}

impl Granted {
    fn new(what: impl Into<String>, refs: Vec<Ref>) -> Granted {
        let (created, updated, unchanged, awaited) = (0, 0, 0, 0);
        Granted { verb: Verb::Did, what: what.into(), refs, rejected: Vec::new(), created, updated, unchanged, awaited }
    }
}

/// The demo's ops are made whole; no rule adds to them.
fn seed(draft: &mut Draft, ops: &[Op]) -> Granted {
    draft.take_ready(ops);
    Granted::new("Filled the demo", Vec::new())
}

/// Asks about the user who asks; the program itself may do everything and is none.
fn of_asker<T>(draft: &Draft, question: impl FnOnce(&Settings, &User) -> T) -> Option<T> {
    let Author::User(id) = draft.asking.by else { return None };
    let settings = draft.settings();
    settings.user(id).map(|user| question(&settings, user))
}

/// `Changed Jan Kowalski`, `Deleted Jan Kowalski and 2 more`.
fn sentence(verb: &str, names: &[String]) -> String {
    format!("{verb} {}", counted_names(names))
}
