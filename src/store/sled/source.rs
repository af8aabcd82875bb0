//! What the catalog is built from, and what it is told when a commit stands.

use super::apply::Records;
use super::blocks::Span;
use super::{SledStore, damaged, keys};
use crate::domain::activity::ActivityKind;
use crate::domain::association::has_primary;
use crate::domain::change::{Commit, Op};
use crate::domain::graph::{Graph, Read, Unreadable};
use crate::domain::id::{Object, RecordId, Ref};
use crate::store::GoesOn;
use crate::store::catalog::{Fact, Part, Source};
use crate::store::codec::{self, RecordView};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use uuid::Uuid;

/// The store as the catalog reads it, for as long as somebody waits for that.
pub(super) struct Reading<'a> {
    pub store: &'a SledStore,
    pub goes_on: GoesOn<'a>,
}

impl Reading<'_> {
    /// Shows every row of a span until one is broken.
    fn each_row(&self, span: Span, mut see: impl FnMut(&[u8], &[u8]) -> Read<()>) -> Read<()> {
        let mut outcome = Ok(());
        let scanned = self.store.blocks.scan_blocks(span, |key, value| {
            outcome = if (self.goes_on)() { see(key, value) } else { Err(stopped()) };
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        scanned.map_err(Unreadable::from)?;
        outcome
    }

    pub(super) fn each_link(&self, object: Object, mut see: impl FnMut(Uuid, RecordId, &[u8])) -> Read<()> {
        self.each_row(Span::prefix(&keys::of_object(keys::LINK, object)), |key, value| {
            let ends = keys::first_id(key).zip(keys::second_id(key));
            let (from, other) = ends.ok_or_else(|| damaged("a key of an association"))?;
            see(from.uuid, other, value);
            Ok(())
        })
    }
}

fn stopped() -> Unreadable {
    Unreadable("It was not read to its end, since the program ends.".to_owned())
}

impl SledStore {
    /// What the catalog reads with nobody to stop it.
    pub(super) fn reading(&self) -> Reading<'_> {
        Reading { store: self, goes_on: &|| true }
    }

    /// Tells the catalog what a commit made of its records.
    pub(super) fn tell_catalog(&self, commit: &Commit, changed: &[Ref], records: &Records) -> Read<()> {
        let listens = |id: &RecordId| self.catalog.listens(id.object);
        let mut facts = Vec::new();
        for id in changed.iter().filter_map(|of| match of {
            Ref::Record(id) => Some(*id).filter(listens),
            Ref::Activity(_) => None,
        }) {
            let now = match records.get(&id) {
                Some(was) => was.after.as_deref().map(Cow::Borrowed),
                None => self.record(id)?.map(Cow::Owned),
            };
            facts.push((id, now.map_or(Fact::Gone, Fact::Stands)));
        }
        let (mut retied, mut moved) = (BTreeSet::new(), BTreeSet::new());
        for (op, _) in &commit.ops {
            match op {
                Op::Link(tie) | Op::Unlink(tie) => {
                    let made = matches!(op, Op::Link(_));
                    for (end, far) in [(tie.a, tie.b), (tie.b, tie.a)] {
                        facts.push((end, if made { Fact::Tied(far) } else { Fact::Untied(far) }));
                        retied.insert((end, far.object));
                    }
                }
                Op::Relabel { a, b, .. } => retied.extend([(*a, b.object), (*b, a.object)]),
                // Nobody's last activity is another one by an event.
                Op::Log(activity) if activity.is_event() => {}
                Op::Log(activity) => moved.extend(activity.targets.iter().map(|target| target.record)),
                Op::Attach { target, .. } | Op::Detach { target, .. } => drop(moved.insert(target.record)),
                Op::Edit { activity: id, .. } | Op::Bin(Ref::Activity(id)) | Op::Unbin(Ref::Activity(id)) => {
                    let standing = self.activity(*id)?;
                    let activity = standing.map_or_else(|| self.binned_activity(*id), |found| Ok(Some(found)))?;
                    let targets = activity.into_iter().flat_map(|activity| activity.targets);
                    moved.extend(targets.map(|target| target.record));
                }
                _ => {}
            }
        }
        for (end, to) in retied.into_iter().filter(|(end, to)| has_primary(end.object, *to) && listens(end)) {
            let links = Graph::links(self, end, Some(to))?;
            let primary = links.into_iter().find(|link| link.primary).map(|link| link.other.uuid);
            facts.push((end, Fact::Primary(to, primary)));
        }
        for id in moved.into_iter().filter(listens) {
            facts.push((id, Fact::Timeline(Cow::Owned(self.entries(id)?))));
        }
        self.catalog.apply(facts, commit.act.at);
        Ok(())
    }
}

impl Source for Reading<'_> {
    fn split(&self, object: Object, parts: usize) -> Read<Vec<Uuid>> {
        let span = Span::prefix(&keys::of_object(keys::RECORD, object));
        let mut begin = Vec::new();
        for span in self.store.blocks.divide(&span, parts).map_err(Unreadable::from)?.into_iter().skip(1) {
            let first = self.store.blocks.first(span).map_err(Unreadable::from)?;
            begin.extend(first.and_then(|(key, _)| keys::first_id(&key)).map(|id| id.uuid));
        }
        Ok(begin)
    }

    fn records(&self, object: Object, part: Part, visit: &mut dyn FnMut(Uuid, &RecordView)) -> Read<()> {
        let mut span = Span::prefix(&keys::of_object(keys::RECORD, object));
        let key = |uuid| keys::record(keys::RECORD, RecordId::new(object, uuid));
        if let Some(from) = part.from {
            span = span.starting_at(key(from));
        }
        if let Some(before) = part.before {
            span = span.before(&key(before));
        }
        self.each_row(span, |key, value| {
            let id: RecordId = keys::first_id(key).ok_or_else(|| damaged("a key of a record"))?;
            visit(id.uuid, &codec::view_record(value).map_err(damaged)?);
            Ok(())
        })
    }

    fn primaries(&self, object: Object, visit: &mut dyn FnMut(Uuid, RecordId)) -> Read<()> {
        self.each_link(object, |from, other, row| {
            if codec::link_is_primary(row) {
                visit(from, other);
            }
        })
    }

    fn activity_times(&self, object: Object, visit: &mut dyn FnMut(Uuid, i64, bool)) -> Read<()> {
        self.each_row(Span::prefix(&keys::of_object(keys::ENTRY, object)), |key, value| {
            let id = keys::first_id(key).ok_or_else(|| damaged("a key of a timeline"))?;
            let (at, _) = keys::entry_parts(key).ok_or_else(|| damaged("a key of a timeline"))?;
            let entry = codec::decode_entry(value).map_err(damaged)?;
            if entry.kind != ActivityKind::Event {
                visit(id.uuid, at, entry.open_task);
            }
            Ok(())
        })
    }

    fn links(&self, object: Object, to: Object, visit: &mut dyn FnMut(Uuid, Uuid)) -> Read<()> {
        self.each_link(object, |from, other, _| {
            if other.object == to {
                visit(from, other.uuid);
            }
        })
    }
}
