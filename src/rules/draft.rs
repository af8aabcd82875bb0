//! The stored state with the ops granted so far laid over it: what rules read while they plan.

mod anew;
mod bin;
mod graph;
mod naming;
mod telling;

use super::automatic;
use super::{Asking, Granted, NoPlan, Plan};
use crate::domain::activity::Activity;
use crate::domain::association::{Association, Ends, Link};
use crate::domain::change::{Op, Reason, Rule, subjects};
use crate::domain::graph::{Graph, Key, Read};
use crate::domain::id::{ActivityId, Ids, Object, OptionId, RecordId, Ref};
use crate::domain::logging::past::Along;
use crate::domain::notification::{Notification, NotificationId};
use crate::domain::record::{Binned, Record, Stamp};
use crate::domain::settings::Settings;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use telling::Tellings;
use uuid::Uuid;

pub use telling::Telling;

/// A record as the draft has it.
enum Laid {
    Stands(Box<Record>),
    /// As the op in this place makes it.
    Made(usize),
    Gone,
}

/// A plan in the making.
pub struct Draft<'a> {
    base: &'a dyn Graph,
    pub asking: Asking,
    ids: RefCell<Box<dyn Ids + 'a>>,
    settings: Arc<Settings>,
    ops: Vec<(Op, Reason)>,
    /// What whoever asks is told of an op besides its reason: with names, which the log must not keep (R5.9).
    told: BTreeMap<usize, (Ref, String)>,
    /// Ops up to here have had their consequences.
    settled: usize,
    /// The places of ops up to `sorted`, by what they are about.
    about: HashMap<Vec<Ref>, Vec<usize>>,
    sorted: usize,
    records: HashMap<RecordId, Laid>,
    /// The record that was read last: what looks at one looks at it several times.
    latest: RefCell<Option<Record>>,
    latest_activity: RefCell<Option<Activity>>,
    /// Where drafts before this one, of the same very long act, moved records.
    stages: HashMap<RecordId, Option<OptionId>>,
    bin: HashMap<RecordId, Option<Binned>>,
    links: HashMap<RecordId, BTreeMap<RecordId, Option<Link>>>,
    activities: HashMap<ActivityId, Option<Activity>>,
    /// By record, the activities that it has got in this draft; whether it still has them is looked up.
    logged: HashMap<RecordId, BTreeSet<ActivityId>>,
    binned_activities: HashMap<ActivityId, Option<Activity>>,
    notifications: HashMap<NotificationId, Option<Notification>>,
    tellings: Tellings,
    /// Keys that records of this draft have got; whether they still have them is looked up.
    keys: HashMap<Key, Vec<RecordId>>,
    expect: BTreeMap<RecordId, u32>,
    pub skipped: Vec<String>,
    /// What would be asked about leads, or about the last association of an activity, is agreed to.
    pub(super) agreed: bool,
    /// Contacts that would have got a lead for their lifecycle stage (R2.4), where an import makes none.
    pub(super) without_lead: Option<RefCell<BTreeSet<RecordId>>>,
    /// Past activities that are to come along (R3.17), where later batches bring them.
    pub(super) later: Option<Vec<Along>>,
    /// Records that whoever asks does not want on an activity (R3.15).
    pub(super) kept_off: HashSet<(ActivityId, RecordId)>,
}

impl<'a> Draft<'a> {
    pub fn new(base: &'a dyn Graph, asking: Asking, ids: impl Ids + 'a) -> Draft<'a> {
        Draft {
            base,
            asking,
            ids: RefCell::new(Box::new(ids)),
            settings: base.settings(),
            ops: Vec::new(),
            told: BTreeMap::new(),
            settled: 0,
            about: HashMap::new(),
            sorted: 0,
            records: HashMap::new(),
            latest: RefCell::default(),
            latest_activity: RefCell::default(),
            stages: HashMap::new(),
            bin: HashMap::new(),
            links: HashMap::new(),
            activities: HashMap::new(),
            logged: HashMap::new(),
            binned_activities: HashMap::new(),
            notifications: HashMap::new(),
            tellings: Tellings::new(),
            keys: HashMap::new(),
            expect: BTreeMap::new(),
            skipped: Vec::new(),
            agreed: false,
            without_lead: None,
            later: None,
            kept_off: HashSet::new(),
        }
    }

    /// Grants what was asked for.
    pub fn grant(&mut self, op: Op) -> Read<()> {
        self.push(op, Reason::Asked)
    }

    /// Grants an op and shows its outcome to everything that reads from here on.
    pub fn push(&mut self, op: Op, why: Reason) -> Read<()> {
        self.lay_over(&op)?;
        self.ops.push((op, why));
        Ok(())
    }

    /// The same, with what whoever asks is told of it: what it is about, and a sentence.
    pub(super) fn push_told(&mut self, op: Op, why: Reason, told: (Ref, String)) -> Read<()> {
        self.told.insert(self.ops.len(), told);
        self.push(op, why)
    }

    /// Takes ops that nothing reads before they are committed.
    pub(super) fn take_ready(&mut self, ops: &[Op]) {
        self.ops.extend(ops.iter().map(|op| (op.clone(), Reason::Asked)));
    }

    /// Runs the automatic rules over what was granted since the last time, and over what they add, until nothing new
    /// comes.
    pub(super) fn settle(&mut self) -> Result<(), NoPlan> {
        while self.settled < self.ops.len() {
            let at = self.settled;
            self.settled += 1;
            for (_, rule) in automatic::RULES {
                for (op, why) in rule(&self.ops[at].0, self)? {
                    if !self.is_granted(&op) {
                        self.push(op, why)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Why the op was granted whose consequences are looked for.
    pub(super) fn cause(&self) -> Option<&Reason> {
        self.ops.get(self.settled.checked_sub(1)?).map(|(_, why)| why)
    }

    /// Whether the very same op is among those granted: looked for among those about the same records.
    fn is_granted(&mut self, op: &Op) -> bool {
        for (at, (op, _)) in self.ops.iter().enumerate().skip(self.sorted) {
            self.about.entry(subjects(op)).or_default().push(at);
        }
        self.sorted = self.ops.len();
        self.about.get(&subjects(op)).is_some_and(|places| places.iter().any(|at| self.ops[*at].0 == *op))
    }

    /// Lays ops aside from the automatic rules: undo and restore run none (R7.1).
    pub(super) fn skip_settling(&mut self) {
        self.settled = self.ops.len();
    }

    pub(super) fn into_plan(self, granted: Granted) -> Plan {
        let made = |(op, why): &(Op, Reason)| match (op, why) {
            (Op::Create(record), Reason::Rule(..)) => Some(record.as_ref().clone()),
            _ => None,
        };
        Plan {
            leads: self.leads(),
            made: self.ops.iter().filter_map(made).collect(),
            tied: self.ops.iter().map(|(op, _)| ties(op)).sum(),
            ops: self.ops,
            told: self.told,
            expect: self.expect.into_iter().collect(),
            verb: granted.verb,
            what: granted.what,
            refs: granted.refs,
            skipped: self.skipped,
            rejected: granted.rejected,
            created: granted.created,
            updated: granted.updated,
            unchanged: granted.unchanged,
            awaited: granted.awaited,
        }
    }

    /// Leads that lifecycle stages make, or would.
    fn leads(&self) -> u64 {
        let is_made = |(op, why): &&(Op, Reason)| matches!((op, why), (Op::Create(_), Reason::Rule(Rule(2, 4), _)));
        let without = self.without_lead.as_ref().map_or(0, |contacts| contacts.borrow().len());
        (self.ops.iter().filter(is_made).count() + without) as u64
    }

    /// What was granted by now.
    pub(super) fn ops(&self) -> &[(Op, Reason)] {
        &self.ops
    }

    /// How many ops were granted by now.
    pub(super) fn granted(&self) -> usize {
        self.ops.len()
    }

    /// The id of a record that is about to be made.
    pub(super) fn new_id(&self, object: Object) -> RecordId {
        self.ids.borrow_mut().record(object)
    }

    /// Any other new id.
    pub(super) fn new_uuid(&self) -> Uuid {
        self.ids.borrow_mut().next()
    }

    pub fn stamp(&self) -> Stamp {
        let Asking { by, origin, now, act } = self.asking;
        Stamp { at: now, by, origin, act }
    }

    /// A new tie of two records, made now.
    pub fn tie(&self, one: RecordId, other: RecordId, why: Reason) -> Association {
        let (a, b) = if one < other { (one, other) } else { (other, one) };
        Association {
            a,
            b,
            ends: Ends::default(),
            since: self.asking.now,
            order: self.ops.len() as u32,
            by: self.asking.by,
            act: self.asking.act,
            why,
        }
    }

    /// The tie of two records as it stands.
    pub fn tie_of(&self, one: RecordId, other: RecordId) -> Read<Option<Association>> {
        let (a, b) = if one < other { (one, other) } else { (other, one) };
        let Some(from_a) = self.link(a, b)? else { return Ok(None) };
        let a_primary_for_b = self.link(b, a)?.is_some_and(|link| link.primary);
        Ok(Some(Association {
            a,
            b,
            ends: Ends { labels: from_a.labels, b_primary_for_a: from_a.primary, a_primary_for_b },
            since: from_a.since,
            order: from_a.order,
            by: from_a.by,
            act: from_a.act,
            why: from_a.why,
        }))
    }

    fn link(&self, id: RecordId, other: RecordId) -> Read<Option<Link>> {
        if let Some(over) = self.links.get(&id).and_then(|links| links.get(&other)) {
            return Ok(over.clone());
        }
        self.base.link(id, other)
    }

    fn base_record(&self, id: RecordId) -> Read<Option<Record>> {
        if let Some(latest) = self.latest.borrow().as_ref().filter(|latest| latest.id == id) {
            return Ok(Some(latest.clone()));
        }
        let record = self.base.record(id)?;
        self.latest.borrow_mut().clone_from(&record);
        Ok(record)
    }

    fn base_activity(&self, id: ActivityId) -> Read<Option<Activity>> {
        if let Some(latest) = self.latest_activity.borrow().as_ref().filter(|latest| latest.id == id) {
            return Ok(Some(latest.clone()));
        }
        let activity = self.base.activity(id)?;
        self.latest_activity.borrow_mut().clone_from(&activity);
        Ok(activity)
    }

    /// The stored state, as if nothing had been granted.
    pub(super) fn base(&self) -> &'a dyn Graph {
        self.base
    }

    /// Records whose ties this draft changes.
    pub(super) fn retied(&self) -> BTreeSet<RecordId> {
        self.links.keys().copied().collect()
    }

    fn lay_over(&mut self, op: &Op) -> Read<()> {
        match op {
            Op::Create(record) => {
                self.remember_keys(record);
                self.records.insert(record.id, Laid::Made(self.ops.len()));
            }
            Op::Set { record: id, property, to, .. } => {
                if let Some(mut record) = self.record(*id)? {
                    if !self.records.contains_key(id) {
                        self.expect.insert(*id, record.version);
                    }
                    record.values.put(*property, to.clone());
                    self.remember_keys(&record);
                    self.records.insert(*id, Laid::Stands(Box::new(record)));
                }
            }
            Op::Link(tie) => self.put_links(tie, true),
            Op::Unlink(tie) => self.put_links(tie, false),
            Op::Relabel { a, b, to, .. } => {
                if let Some(tie) = self.tie_of(*a, *b)? {
                    self.put_links(&Association { ends: to.clone(), ..tie }, true);
                }
            }
            Op::Log(activity) => self.lay_activity(activity.id, Some(activity.as_ref().clone())),
            Op::Attach { activity: id, target } => {
                if let Some(mut activity) = self.activity(*id)? {
                    activity.attach(target.as_ref().clone());
                    self.lay_activity(*id, Some(activity));
                }
            }
            Op::Detach { activity: id, target } => {
                if let Some(mut activity) = self.activity(*id)? {
                    activity.targets.retain(|t| t.record != target.record);
                    self.lay_activity(*id, Some(activity));
                }
            }
            Op::Edit { activity: id, to, .. } => {
                if let Some(mut activity) = self.activity(*id)? {
                    activity.put(to.as_ref().clone());
                    self.activities.insert(*id, Some(activity));
                }
            }
            Op::Notify(_) | Op::Withdraw(_) => self.lay_notification(op)?,
            Op::Bin(what) => self.lay_bin(*what)?,
            Op::Unbin(what) => self.lay_unbin(*what)?,
            Op::Erase(Ref::Record(id)) => {
                self.bin.insert(*id, None);
                self.records.insert(*id, Laid::Gone);
            }
            Op::Erase(Ref::Activity(id)) => {
                self.lay_activity(*id, None);
                self.binned_activities.insert(*id, None);
            }
            Op::Setting { key, to, .. } => self.settings = Arc::new(self.settings.with(key, to.as_deref())),
        }
        Ok(())
    }

    fn put_links(&mut self, tie: &Association, stands: bool) {
        for (end, other) in [(tie.a, tie.b), (tie.b, tie.a)] {
            self.links.entry(end).or_default().insert(other, stands.then(|| tie.link_of(end)));
        }
    }

    fn lay_activity(&mut self, id: ActivityId, activity: Option<Activity>) {
        for target in activity.iter().flat_map(|activity| &activity.targets) {
            self.logged.entry(target.record).or_default().insert(id);
        }
        self.activities.insert(id, activity);
    }

    fn standing<'d>(&'d self, laid: &'d Laid) -> Option<&'d Record> {
        match laid {
            Laid::Stands(record) => Some(record),
            Laid::Made(at) => match self.ops.get(*at) {
                Some((Op::Create(record), _)) => Some(record),
                _ => None,
            },
            Laid::Gone => None,
        }
    }

    fn remember_keys(&mut self, record: &Record) {
        for key in Key::unique_of(record) {
            let ids = self.keys.entry(key).or_default();
            if !ids.contains(&record.id) {
                ids.push(record.id);
            }
        }
    }
}

/// How many associations an op makes.
fn ties(op: &Op) -> u64 {
    match op {
        Op::Link(_) | Op::Attach { .. } => 1,
        Op::Log(activity) => activity.targets.len() as u64,
        _ => 0,
    }
}
