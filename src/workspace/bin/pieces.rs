//! The bin in pieces: one object's records or the activities, with how many lie there of each kind.

use super::InBin;
use crate::domain::fold::{fold, words};
use crate::domain::id::Object;
use crate::domain::settings::Settings;
use crate::workspace::upkeep::DAYS_IN_BIN;
use crate::workspace::{Failure, Workspace};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
            InBin::Record(binned) => BinnedKind::Records(binned.record.id.object),
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
        if let InBin::Record(binned) = self {
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

impl Workspace {
    /// A piece of the bin, of what the user may see.
    pub fn bin_piece(&self, ask: &BinAsk) -> Result<BinPage, Failure> {
        let (words, settings) = (words(&ask.search), self.settings());
        let mut counts: BTreeMap<BinnedKind, usize> = BTreeMap::new();
        let mut page = BinPage { from: ask.from, ..BinPage::default() };
        for one in self.bin(None)? {
            *counts.entry(one.kind()).or_default() += 1;
            if one.kind() != ask.kind || !one.holds(&words, &settings) {
                continue;
            }
            if page.matching >= ask.from && page.rows.len() < ask.limit {
                page.rows.push(one);
            }
            page.matching += 1;
        }
        page.counts = counts.into_iter().collect();
        Ok(page)
    }
}
