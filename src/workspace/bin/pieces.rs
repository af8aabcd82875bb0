//! The bin in pieces: one object's records or the activities, with how many lie there of each kind.

use super::InBin;
use crate::domain::fold::{fold, words};
use crate::domain::id::{Object, Ref, Seq, UserId};
use crate::domain::settings::Settings;
use crate::workspace::upkeep::DAYS_IN_BIN;
use crate::workspace::{Failure, Workspace};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::PoisonError;

/// Of what kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BinnedKind {
    Records(Object),
    Activities,
}

/// Which piece of the bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinAsk {
    pub kind: BinnedKind,
    pub search: String,
    pub from: usize,
    pub limit: usize,
}

/// A piece of the bin, the last thing first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BinPage {
    pub from: usize,
    pub rows: Vec<InBin>,
    /// How many of this kind match the search.
    pub matching: usize,
    /// How many there are of each kind, whatever is searched.
    pub counts: Vec<(BinnedKind, usize)>,
}

impl InBin {
    pub fn kind(&self) -> BinnedKind {
        match self {
            InBin::Record { binned, .. } => BinnedKind::Records(binned.record.id.object),
            InBin::Activity(_) => BinnedKind::Activities,
        }
    }

    /// Days until it is gone for good.
    pub fn days_left(&self, now: DateTime<Utc>) -> i64 {
        (DAYS_IN_BIN as i64 - (now - self.deleted().1).num_days()).max(0)
    }

    /// Whether all words are part of its name or of what of it is searched in lists.
    fn holds(&self, words: &[String], settings: &Settings) -> bool {
        if words.is_empty() {
            return true;
        }
        let mut text = self.name();
        if let InBin::Record { binned, .. } = self {
            let spec = settings.object_ever(binned.record.id.object);
            let searched = spec.into_iter().flat_map(|spec| &spec.properties).filter(|property| property.searched);
            for more in searched.filter_map(|property| binned.record.text(property.id)) {
                text.push(' ');
                text.push_str(more);
            }
        }
        let text = fold(&text);
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// What a look through the bin found, for the pieces that are asked for until something changes.
#[derive(Debug)]
pub(in crate::workspace) struct Looked {
    user: UserId,
    seq: Seq,
    kind: BinnedKind,
    search: String,
    /// The last one first.
    found: Vec<Ref>,
    counts: Vec<(BinnedKind, usize)>,
}

impl Looked {
    fn answers(&self, ask: &BinAsk, user: UserId, seq: Seq) -> bool {
        (self.user, self.seq, self.kind, self.search.as_str()) == (user, seq, ask.kind, ask.search.as_str())
    }
}

impl Workspace {
    /// A piece of the bin, of what the user may see. The bin is looked through once; its pieces are read by their ids.
    pub fn bin_piece(&self, ask: &BinAsk) -> Result<BinPage, Failure> {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let seq = self.store().last_seq();
        let looked = match looked.take_if(|looked| looked.answers(ask, self.user(), seq)) {
            Some(known) => looked.insert(known),
            None => looked.insert(self.look_through_bin(ask, seq)?),
        };
        let ids: Vec<Ref> = looked.found.iter().skip(ask.from).take(ask.limit).copied().collect();
        let (matching, counts) = (looked.found.len(), looked.counts.clone());
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            rows.extend(match id {
                Ref::Record(id) => self.store().binned(id)?.map(|binned| self.in_bin(binned)),
                Ref::Activity(id) => self.store().activity_in_bin(id)?.map(InBin::Activity),
            });
        }
        Ok(BinPage { from: ask.from, rows, matching, counts })
    }

    fn look_through_bin(&self, ask: &BinAsk, seq: Seq) -> Result<Looked, Failure> {
        let (words, settings) = (words(&ask.search), self.settings());
        let mut counts: BTreeMap<BinnedKind, usize> = BTreeMap::new();
        let mut found = Vec::new();
        self.each_in_bin(None, &mut |one| {
            *counts.entry(one.kind()).or_default() += 1;
            if one.kind() == ask.kind && one.holds(&words, &settings) {
                found.push((Reverse((one.deleted().1, one.of().uuid())), one.of()));
            }
        })?;
        found.sort_unstable_by_key(|(last, _)| *last);
        Ok(Looked {
            user: self.user(),
            seq,
            kind: ask.kind,
            search: ask.search.clone(),
            found: found.into_iter().map(|(_, of)| of).collect(),
            counts: counts.into_iter().collect(),
        })
    }
}
