//! `lejek check`: the blocks are whole and count right; deep, every row decodes and every association is whole.

mod awaited;
mod notifications;
mod planned;
mod ties;

use super::blocks::Span;
use super::{SledStore, keys};
use crate::domain::graph::{Graph, Read, Unreadable};
use crate::domain::id::short;
use crate::store::{Checked, Store, codec};
use awaited::Told;
use planned::Agendas;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use ties::Ties;

/// Flaws that are told one by one.
const TOLD_AT_MOST: usize = 50;

pub(super) fn check(store: &SledStore, deep: bool) -> Read<Checked> {
    let report = store.blocks.verify(&mut |_| ControlFlow::Continue(())).map_err(Unreadable::from)?;
    let mut checked = Checked { rows: report.rows, flaws: report.told };
    if !deep || report.flaws > 0 {
        return Ok(checked);
    }
    counts(store, &mut checked)?;
    rows(store, &mut checked)?;
    checked.flaws.truncate(TOLD_AT_MOST);
    Ok(checked)
}

/// The counts that are kept beside the records are those of the records.
fn counts(store: &SledStore, checked: &mut Checked) -> Read<()> {
    let mut found: BTreeMap<_, u64> = BTreeMap::new();
    see(store, keys::RECORD, |key, _| {
        if let Some(id) = keys::first_id(key) {
            *found.entry(id.object).or_default() += 1;
        }
        Ok(())
    })?;
    let kept = store.writer().counts.clone();
    for (object, kept) in kept {
        let found = found.get(&object).copied().unwrap_or(0);
        if found != kept {
            checked.flaws.push(format!("{kept} records of object {} are counted, {found} are there", object.0));
        }
    }
    Ok(())
}

fn rows(store: &SledStore, checked: &mut Checked) -> Read<()> {
    let mut flaws = Vec::new();
    let nobody = || "a key without an id".to_owned();
    let mut registered = Told::of_records(store);
    see(store, keys::RECORD, |key, value| {
        let id = keys::first_id(key).ok_or_else(nobody)?;
        codec::decode_record(id, value).map_err(|error| error.to_string())?;
        registered.record(id, &codec::view_record(value).map_err(|error| error.to_string())?)
    })
    .map(|found| flaws.extend(found))?;
    flaws.extend(registered.finish()?);
    let mut agendas = Agendas::new(store);
    let mut awaited = Told::of_events(store);
    see(store, keys::ACTIVITY, |key, value| {
        let id = keys::activity_id(key).ok_or_else(nobody)?;
        let activity = codec::decode_activity(id, value).map_err(|error| error.to_string())?;
        let is_marked = store.is_unassociated(id).map_err(|error| error.to_string())?;
        awaited.event(&activity)?;
        match (activity.targets.is_empty() && !activity.is_event(), is_marked) {
            (true, false) => Err(format!("the activity {} has no record, and no row says so", short(id.0))),
            (false, true) => Err(format!("the activity {} has records, and a row says it has none", short(id.0))),
            _ => agendas.look(&activity),
        }
    })
    .map(|found| flaws.extend(found))?;
    flaws.extend(agendas.finish()?);
    flaws.extend(awaited.finish()?);
    flaws.extend(see(store, keys::UNASSOCIATED, |key, _| {
        let id = keys::activity_id(key).ok_or_else(nobody)?;
        let binned = || store.binned_activity(id);
        match store.activity(id).and_then(|found| found.map_or_else(binned, |found| Ok(Some(found)))) {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(format!("the activity {} is not there, and a row says it has no record", short(id.0))),
            Err(error) => Err(error.to_string()),
        }
    })?);
    flaws.extend(notifications::look(store)?);
    let settings = store.settings();
    let mut ties = Ties::new(store, &settings);
    flaws.extend(see(store, keys::LINK, |key, value| ties.look(key, value))?);
    flaws.extend(ties.finish());
    checked.flaws.extend(flaws);
    Ok(())
}

/// Looks at every row of a kind; answers what is wrong with them.
fn see(store: &SledStore, kind: u8, mut look: impl FnMut(&[u8], &[u8]) -> Result<(), String>) -> Read<Vec<String>> {
    let mut flaws = Vec::new();
    let scanned = store.blocks.scan_blocks(Span::prefix(&[kind]), |key, value| {
        if let Err(flaw) = look(key, value) {
            flaws.push(flaw);
        }
        if flaws.len() < TOLD_AT_MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    scanned.map_err(Unreadable::from)?;
    Ok(flaws)
}
