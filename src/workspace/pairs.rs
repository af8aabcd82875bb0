//! Which records a rule pairs (R5.7): what it finds, what of that is associated already, and what is left to people,
//! since a limit (R5.3) takes fewer than match.

use super::{Failure, Workspace};
use crate::domain::change::{Change, Refusal, counted_names};
use crate::domain::graph::Read;
use crate::domain::id::{Object, RecordId};
use crate::domain::number::grouped;
use crate::domain::pair_rule::PairRule;
use crate::domain::query::Query;
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::store::read::sees;
use serde::{Deserialize, Serialize};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// Pairs that are found at once.
const MOST: usize = 100_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairsAsk {
    pub rule: PairRule,
    /// Of the first object, only what this takes in.
    pub query: Option<Query>,
    /// They are in no pair.
    pub except: Vec<RecordId>,
    /// At a limit, the new one takes the place of the old.
    pub replace: bool,
}

/// A record with its name.
pub type Named = (RecordId, String);

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Paired {
    pub pairs: Vec<Pair>,
    pub left_out: Vec<Unpaired>,
    /// Pairs that are associated already.
    pub already: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    pub one: Named,
    pub other: Named,
    /// What they share, folded.
    pub value: String,
}

/// A record that more match than it may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpaired {
    pub record: Named,
    pub others: Vec<Named>,
    /// As a sentence.
    pub why: String,
}

impl Paired {
    /// What makes these associations.
    pub fn change(pairs: impl IntoIterator<Item = (RecordId, RecordId)>, replace: bool) -> Change {
        Change::AssociateMany { pairs: pairs.into_iter().collect(), labels: Vec::new(), replace }
    }
}

impl Workspace {
    /// Compares the records of two objects; blocks for as long as reading them takes.
    pub fn pairs(&self, ask: &PairsAsk) -> Result<Paired, Failure> {
        let settings = self.settings();
        ask.rule.check(&settings).map_err(Failure::Usage)?;
        let found = self.matching(ask, &settings)?;
        if found.len() > MOST {
            let most = grouped(MOST as u64);
            let sentence = format!(
                "More than {most} pairs match. Compare what fewer records share, or narrow the first ones with a filter"
            );
            return Err(Failure::Refused(Refusal::rule(5, 7, sentence)));
        }
        Ok(self.decided(found, ask, &settings)?)
    }

    /// Every pair that shares a value, associated or not.
    fn matching(&self, ask: &PairsAsk, settings: &Settings) -> Result<Vec<Pair>, Failure> {
        let (rule, viewer) = (ask.rule, self.viewer());
        let is_wanted = |record: &Record| sees(&viewer, record) && !ask.except.contains(&record.id);
        let mut others: Vec<Named> = Vec::new();
        let mut by_value: HashMap<String, Vec<usize>> = HashMap::new();
        self.store().each(rule.other.object, &mut |record| {
            let values = rule.other.values_of(&record, settings);
            if values.is_empty() || !is_wanted(&record) {
                return;
            }
            for value in values {
                by_value.entry(value).or_default().push(others.len());
            }
            others.push((record.id, record.name()));
        })?;
        let mut pairs: Vec<Pair> = Vec::new();
        let within_one = rule.one.object == rule.other.object;
        let mut take = |record: Record| {
            if pairs.len() > MOST || !is_wanted(&record) {
                return;
            }
            let mut met = HashSet::new();
            for value in rule.one.values_of(&record, settings) {
                for at in by_value.get(&value).into_iter().flatten() {
                    let other = &others[*at];
                    // Of one object, both would be found from both.
                    let is_twice = within_one && rule.one.by == rule.other.by && other.0 <= record.id;
                    if pairs.len() <= MOST && other.0 != record.id && !is_twice && met.insert(other.0) {
                        let one = (record.id, record.name());
                        pairs.push(Pair { one, other: other.clone(), value: value.clone() });
                    }
                }
            }
        };
        match &ask.query {
            None => self.store().each(rule.one.object, &mut take)?,
            Some(query) => {
                let query = self.as_seen(query);
                self.prepare(&query)?;
                for id in self.store().ids(&query, self.now())? {
                    self.store().record(id)?.into_iter().for_each(&mut take);
                }
            }
        }
        Ok(pairs)
    }

    /// Parts what can be made from what is there already and what a limit leaves open.
    fn decided(&self, found: Vec<Pair>, ask: &PairsAsk, settings: &Settings) -> Read<Paired> {
        let mut paired = Paired::default();
        let mut ends: HashMap<(RecordId, Object), End> = HashMap::new();
        let mut open = Vec::with_capacity(found.len());
        for pair in found {
            let (one, other) = (pair.one.0, pair.other.0);
            let end = self.end(&mut ends, one, other.object)?;
            if end.has.contains(&other) {
                paired.already += 1;
                continue;
            }
            end.matches += 1;
            if settings.associations.limit(other.object, one.object).is_some() {
                self.end(&mut ends, other, one.object)?.matches += 1;
            }
            open.push(pair);
        }
        let mut left_out: HashMap<RecordId, usize> = HashMap::new();
        for pair in open {
            let full = [(&pair.one, &pair.other), (&pair.other, &pair.one)].into_iter().find(|(record, far)| {
                let most = settings.associations.limit(record.0.object, far.0.object);
                let end = ends.get(&(record.0, far.0.object));
                most.zip(end).is_some_and(|(most, end)| !end.takes(most, ask.replace))
            });
            let Some((record, far)) = full.map(|(record, far)| (record.clone(), far.clone())) else {
                paired.pairs.push(pair);
                continue;
            };
            let at = *left_out.entry(record.0).or_insert(paired.left_out.len());
            match paired.left_out.get_mut(at) {
                Some(unpaired) => unpaired.others.push(far),
                None => paired.left_out.push(Unpaired { record, others: vec![far], why: String::new() }),
            }
        }
        for unpaired in &mut paired.left_out {
            unpaired.why = self.why_unpaired(unpaired, &ends, settings)?;
        }
        Ok(paired)
    }

    fn end<'e>(
        &self,
        ends: &'e mut HashMap<(RecordId, Object), End>,
        record: RecordId,
        far: Object,
    ) -> Read<&'e mut End> {
        Ok(match ends.entry((record, far)) {
            Entry::Occupied(end) => end.into_mut(),
            Entry::Vacant(end) => {
                let links = self.store().links(record, Some(far))?;
                end.insert(End { has: links.into_iter().map(|link| link.other).collect(), matches: 0 })
            }
        })
    }

    fn why_unpaired(
        &self,
        unpaired: &Unpaired,
        ends: &HashMap<(RecordId, Object), End>,
        settings: &Settings,
    ) -> Read<String> {
        let (name, far) = (&unpaired.record.1, unpaired.others[0].0.object);
        let most = settings.associations.limit(unpaired.record.0.object, far).unwrap_or(usize::MAX);
        let has = ends.get(&(unpaired.record.0, far)).map(|end| end.has.as_slice()).unwrap_or_default();
        let names: Vec<String> = unpaired.others.iter().map(|(_, name)| name.clone()).collect();
        if names.len() > 1 {
            let room = most.saturating_sub(has.len());
            let matched = counted_names(&names);
            return Ok(format!("{name} matches {matched}, and has room for {room}. Associate the one that is meant"));
        }
        let mut have = Vec::new();
        for id in has {
            have.extend(self.name_of(*id)?);
        }
        let have = if have.is_empty() { "others".to_owned() } else { counted_names(&have) };
        Ok(format!("{name} has {have} already, and {most} is the limit"))
    }
}

/// What a record has of an object, and how many more match.
#[derive(Default)]
struct End {
    has: Vec<RecordId>,
    matches: usize,
}

impl End {
    /// Whether there is room for all that match: which of them are meant is nobody's guess.
    fn takes(&self, most: usize, replace: bool) -> bool {
        self.has.len() + self.matches <= most || (replace && self.matches == 1)
    }
}
