//! Writing: what each op does to the rows. A commit becomes one batch, which is whole on the disk or not at all.

mod activities;
mod notifications;

use super::awaited::put_registered;
use super::blocks::Batch;
use super::keys::HeldKey;
use super::notifications::Told;
use super::{SledStore, Writer, keys};
use crate::domain::activity::Activity;
use crate::domain::association::Association;
use crate::domain::change::{Commit, Op, Origin};
use crate::domain::graph::{Graph, Key, Read, Unreadable};
use crate::domain::id::{ActivityId, RecordId, Ref, Seq};
use crate::domain::object::is;
use crate::domain::record::{Binned, BinnedActivity, Record};
use crate::domain::settings::Settings;
use crate::store::{Applied, ApplyError, codec, log};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

/// An import smaller than this writes its keys at once.
const MANY: u64 = 5_000;

/// A batch in the making: the rows as they were and as they become.
struct Work<'a> {
    store: &'a SledStore,
    commit: &'a Commit,
    batch: Batch,
    records: Records<'a>,
    activities: HashMap<ActivityId, Was<'a, Activity>>,
    told: Told<'a>,
    settings: Option<Arc<Settings>>,
}

/// Something before the commit and after it; what the commit makes is not copied.
pub(super) struct Was<'a, T: Clone> {
    pub(super) before: Option<T>,
    pub(super) after: Option<Cow<'a, T>>,
}

/// The records that a commit looked at, in the order of their rows.
pub(super) type Records<'a> = BTreeMap<RecordId, Was<'a, Record>>;

impl SledStore {
    pub(super) fn apply_commit(&self, commit: &Commit) -> Result<Applied, ApplyError> {
        let changed: BTreeSet<Ref> = commit.ops.iter().flat_map(|(op, _)| log::changes(op)).collect();
        let changed: Vec<Ref> = changed.into_iter().collect();
        if let Some(row) = self.blocks.get(&keys::commit(commit.id)).map_err(Unreadable::from)? {
            let seq = <[u8; 8]>::try_from(&row[..]).map_or(0, u64::from_be_bytes);
            return Ok(Applied { seq: Seq(seq), changed });
        }
        let mut work = Work::new(self, commit);
        work.check_versions()?;
        work.ops()?;
        let (seq, records) = self.write_work(work, commit)?;
        self.tell_catalog(commit, &changed, &records)?;
        Ok(Applied { seq, changed })
    }

    fn write_work<'a>(&self, mut work: Work<'a>, commit: &Commit) -> Result<(Seq, Records<'a>), ApplyError> {
        let country = self.settings().general.phone_country.clone();
        let mut writer = self.writer();
        let seq = Seq(writer.last_seq.0 + 1);
        let mut counts = writer.counts.clone();
        work.put_records(&mut counts);
        put_registered(&mut work.batch, &work.records);
        work.put_activities();
        work.put_notifications();
        work.put_keys(&mut writer, seq, &country)?;
        work.put_log(seq)?;
        self.scrub(commit, &mut work.batch)?;
        let settings = work.settings.take();
        self.blocks.write(work.batch).map_err(Unreadable::from)?;
        self.timelines.forget(touched(&work.activities));
        writer.last_seq = seq;
        writer.last_act = writer.last_act.max(commit.act.no);
        writer.counts = counts;
        if let Some(settings) = settings {
            *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        }
        Ok((seq, work.records))
    }
}

/// The records whose timelines a commit changes.
fn touched(activities: &HashMap<ActivityId, Was<Activity>>) -> BTreeSet<RecordId> {
    let both = activities.values().flat_map(|was| was.before.iter().chain(was.after.as_deref()));
    both.flat_map(|activity| activity.targets.iter().map(|target| target.record)).collect()
}

impl<'a> Work<'a> {
    fn new(store: &'a SledStore, commit: &'a Commit) -> Work<'a> {
        Work {
            store,
            commit,
            batch: Batch::new(),
            records: BTreeMap::new(),
            activities: HashMap::new(),
            told: HashMap::new(),
            settings: None,
        }
    }

    fn check_versions(&mut self) -> Result<(), ApplyError> {
        for (id, version) in &self.commit.expect {
            match self.record(*id)?.after.as_ref() {
                Some(record) if record.version == *version => {}
                _ => return Err(ApplyError::Conflict(*id)),
            }
        }
        Ok(())
    }

    fn record(&mut self, id: RecordId) -> Read<&mut Was<'a, Record>> {
        if !self.records.contains_key(&id) {
            let before = self.store.record(id)?;
            self.records.insert(id, Was { after: before.clone().map(Cow::Owned), before });
        }
        Ok(self.records.entry(id).or_insert(Was { before: None, after: None }))
    }

    fn activity(&mut self, id: ActivityId) -> Read<&mut Was<'a, Activity>> {
        if !self.activities.contains_key(&id) {
            let before = self.store.activity(id)?;
            self.activities.insert(id, Was { after: before.clone().map(Cow::Owned), before });
        }
        Ok(self.activities.entry(id).or_insert(Was { before: None, after: None }))
    }

    fn ops(&mut self) -> Read<()> {
        let commit = self.commit;
        for (op, _) in &commit.ops {
            self.op(op)?;
        }
        for id in log::bumped(commit) {
            if let Some(record) = &mut self.record(id)?.after {
                record.to_mut().version += 1;
            }
        }
        for id in log::edited(commit) {
            if let Some(activity) = &mut self.activity(id)?.after {
                activity.to_mut().version += 1;
            }
        }
        Ok(())
    }

    fn op(&mut self, op: &'a Op) -> Read<()> {
        match op {
            Op::Create(record) => {
                self.records.insert(record.id, Was { before: None, after: Some(Cow::Borrowed(record)) });
            }
            Op::Set { record: id, property, to, .. } => {
                let at = self.commit.act.at;
                let record = self.record(*id)?.after.as_mut().ok_or_else(|| gone("record"))?.to_mut();
                record.values.put(*property, to.clone());
                if !is::KEPT_ASIDE.contains(property) {
                    record.updated = at;
                }
            }
            Op::Link(tie) => self.put_tie(tie),
            Op::Unlink(tie) => {
                self.batch.delete(keys::link(tie.a, tie.b));
                self.batch.delete(keys::link(tie.b, tie.a));
            }
            Op::Relabel { a, b, to, .. } => self.relabel(*a, *b, to)?,
            Op::Log(activity) => {
                self.activities.insert(activity.id, Was { before: None, after: Some(Cow::Borrowed(activity)) });
            }
            Op::Attach { activity: id, target } => {
                let activity = self.activity(*id)?.after.as_mut().ok_or_else(|| gone("activity"))?.to_mut();
                activity.attach(target.as_ref().clone());
            }
            Op::Detach { activity: id, target } => {
                let activity = self.activity(*id)?.after.as_mut().ok_or_else(|| gone("activity"))?.to_mut();
                activity.targets.retain(|t| t.record != target.record);
            }
            Op::Edit { activity: id, to, .. } => {
                let activity = self.activity(*id)?.after.as_mut().ok_or_else(|| gone("activity"))?.to_mut();
                activity.put(to.as_ref().clone());
            }
            Op::Bin(what) => self.bin(*what)?,
            Op::Unbin(what) => self.unbin(*what)?,
            Op::Notify(told) => self.tell(told)?,
            Op::Withdraw(told) => self.take_back(told.id)?,
            Op::Erase(what) => self.erase(*what)?,
            Op::Setting { key, to, .. } => {
                let settings = self.settings.take().unwrap_or_else(|| self.store.settings());
                self.settings = Some(Arc::new(settings.with(key, to.as_deref())));
                match to {
                    Some(row) => self.batch.put(keys::setting(key), row.as_bytes()),
                    None => self.batch.delete(keys::setting(key)),
                }
            }
        }
        Ok(())
    }

    fn put_tie(&mut self, tie: &Association) {
        for (end, far) in [(tie.a, tie.b), (tie.b, tie.a)] {
            self.batch.put(keys::link(end, far), codec::encode_link(&tie.link_of(end)));
        }
    }

    fn relabel(&mut self, a: RecordId, b: RecordId, to: &crate::domain::association::Ends) -> Read<()> {
        let key = keys::link(a, b);
        let link = match self.batch.get(&key) {
            Some(Some(row)) => Some(codec::decode_link(b, row).map_err(super::damaged)?),
            Some(None) => None,
            None => self.store.link(a, b)?,
        };
        let link = link.ok_or_else(|| gone("association"))?;
        let tie = Association {
            a,
            b,
            ends: to.clone(),
            since: link.since,
            order: link.order,
            by: link.by,
            act: link.act,
            why: link.why,
        };
        self.put_tie(&tie);
        Ok(())
    }

    fn bin(&mut self, what: Ref) -> Read<()> {
        let act = &self.commit.act;
        match what {
            Ref::Record(id) => {
                let record = self.record(id)?.after.take().ok_or_else(|| gone("record"))?.into_owned();
                let binned = Binned { record, at: act.at, by: act.by, act: act.no };
                self.batch.put(keys::record(keys::BIN, id), codec::encode_binned(&binned));
            }
            Ref::Activity(id) => {
                let activity = self.activity(id)?.after.take().ok_or_else(|| gone("activity"))?.into_owned();
                let binned = BinnedActivity { activity, at: act.at, by: act.by, act: act.no };
                self.batch.put(keys::activity(keys::BINNED_ACTIVITY, id), codec::encode_binned_activity(&binned));
            }
        }
        Ok(())
    }

    fn unbin(&mut self, what: Ref) -> Read<()> {
        match what {
            Ref::Record(id) => {
                let key = keys::record(keys::BIN, id);
                let binned = match self.batch.get(&key) {
                    Some(Some(row)) => Some(codec::decode_binned(id, row).map_err(super::damaged)?),
                    _ => self.store.binned(id)?,
                };
                self.record(id)?.after = Some(Cow::Owned(binned.ok_or_else(|| gone("record"))?.record));
                self.batch.delete(key);
            }
            Ref::Activity(id) => {
                let key = keys::activity(keys::BINNED_ACTIVITY, id);
                let activity = match self.batch.get(&key) {
                    Some(Some(row)) => Some(codec::decode_binned_activity(id, row).map_err(super::damaged)?.activity),
                    _ => self.store.binned_activity(id)?,
                };
                self.activity(id)?.after = Some(Cow::Owned(activity.ok_or_else(|| gone("activity"))?));
                self.batch.delete(key);
            }
        }
        Ok(())
    }

    fn erase(&mut self, what: Ref) -> Read<()> {
        match what {
            Ref::Record(id) => {
                self.record(id)?.after = None;
                self.batch.delete(keys::record(keys::BIN, id));
            }
            Ref::Activity(id) => {
                self.activity(id)?.after = None;
                self.batch.delete(keys::activity(keys::BINNED_ACTIVITY, id));
                self.batch.delete(keys::activity(keys::UNASSOCIATED, id));
            }
        }
        Ok(())
    }

    fn put_records(&mut self, counts: &mut BTreeMap<crate::domain::id::Object, u64>) {
        let mut recounted = BTreeSet::new();
        for (id, was) in &self.records {
            let key = keys::record(keys::RECORD, *id);
            match (&was.before, &was.after) {
                (before, Some(after)) if before.as_ref() != Some(after.as_ref()) => {
                    self.batch.put(key, codec::encode_record(after));
                }
                (Some(_), None) => self.batch.delete(key),
                _ => {}
            }
            let count = counts.entry(id.object).or_default();
            match (&was.before, &was.after) {
                (None, Some(_)) => *count += 1,
                (Some(_), None) => *count -= 1,
                _ => continue,
            }
            recounted.insert(id.object);
        }
        for object in recounted {
            self.batch.put(keys::count(object), counts[&object].to_be_bytes());
        }
    }

    /// Whether the keys of this commit wait for those of others: those of a long import that goes on.
    fn holds_keys(&self) -> bool {
        let act = &self.commit.act;
        matches!(act.origin, Origin::Import | Origin::Demo) && act.total >= MANY && !act.finished
    }

    /// E-mails, domains, phones and external ids by which records are found.
    fn put_keys(&mut self, writer: &mut Writer, seq: Seq, country: &str) -> Read<()> {
        let hold = self.holds_keys();
        if !writer.pending.is_empty() && (!hold || writer.pending.is_full()) {
            self.store.pour_keys(writer)?;
            self.batch.delete(keys::keys_behind());
        }
        for (id, was) in &self.records {
            // Two phones of a record may share a row, which stays while one of them does.
            let rows_of = |record: Option<&Record>| -> Vec<HeldKey> {
                let keys = record.map(|record| Key::of(record, country)).unwrap_or_default();
                keys.iter().map(|key| keys::held(key, *id)).collect()
            };
            let (before, after) = (rows_of(was.before.as_ref()), rows_of(was.after.as_deref()));
            for row in before.iter().filter(|row| !after.contains(row)) {
                writer.pending.drop(row);
                self.batch.delete(*row);
            }
            for row in after.into_iter().filter(|row| !before.contains(row)) {
                match hold {
                    true => writer.pending.hold(row),
                    false => self.batch.put(row, Vec::new()),
                }
            }
        }
        let marked = || self.store.blocks.contains(&keys::keys_behind()).map_err(Unreadable::from);
        if !writer.pending.is_empty() && (self.batch.get(&keys::keys_behind()).is_some() || !marked()?) {
            self.batch.put(keys::keys_behind(), seq.0.to_be_bytes());
        }
        Ok(())
    }

    fn put_log(&mut self, seq: Seq) -> Read<()> {
        let commit = self.commit;
        let ops = log::logged(commit);
        let whole = ops.iter().filter_map(|(op, _)| log::whole(op));
        let touched: BTreeSet<Ref> = whole.flat_map(log::touches).collect();
        let gone = log::erased(commit);
        for of in touched.into_iter().filter(|of| !gone.contains(of)) {
            self.batch.put(keys::touched_by(of, seq), Vec::new());
        }
        self.batch.put(keys::log(seq), codec::encode_logged(commit.act.no, &ops));
        self.batch.put(keys::commit(commit.id), seq.0.to_be_bytes());
        let before = self.store.act(commit.act.no)?;
        match (&commit.intent, commit.act.finished) {
            (Some(intent), false) => self.batch.put(keys::intent(commit.act.no), codec::encode_intent(intent)),
            (_, true) if before.is_some() => self.batch.delete(keys::intent(commit.act.no)),
            _ => {}
        }
        let head = log::head(before, commit, seq);
        self.batch.put(keys::act(commit.act.no), codec::encode_act(&head));
        for (no, undone_by) in log::marks(commit) {
            if let Some(head) = self.store.act(no)? {
                let head = crate::domain::change::ActHead { undone_by, ..head };
                self.batch.put(keys::act(no), codec::encode_act(&head));
            }
        }
        Ok(())
    }
}

fn gone(what: &str) -> Unreadable {
    Unreadable(format!("A {what} that the change speaks of is no longer there. Look again and repeat the change."))
}
