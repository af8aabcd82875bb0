//! What a picker will save: ticks and unticks over several searches, with labels and the primary mark. It knows nothing
//! of keys and cells.

use crate::domain::association::{Labelling, Tying};
use crate::domain::change::Change;
use crate::domain::id::{LabelId, RecordId};
use std::collections::{BTreeMap, BTreeSet};

/// A record as the shelf names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    pub id: RecordId,
    pub name: String,
    /// What one tells it from its namesakes by.
    pub known_by: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picks {
    on: Vec<Pick>,
    off: Vec<Pick>,
    /// Of what is ticked and of what stays, where they are to be others.
    labels: BTreeMap<RecordId, Vec<LabelId>>,
    primary: Option<RecordId>,
    /// Those that give up what they are associated with at their limit.
    replacing: BTreeSet<RecordId>,
}

impl Picks {
    pub fn on(&self) -> &[Pick] {
        &self.on
    }

    pub fn off(&self) -> &[Pick] {
        &self.off
    }

    pub fn is_on(&self, id: RecordId) -> bool {
        self.on.iter().any(|pick| pick.id == id)
    }

    pub fn is_off(&self, id: RecordId) -> bool {
        self.off.iter().any(|pick| pick.id == id)
    }

    pub fn is_replacing(&self, id: RecordId) -> bool {
        self.replacing.contains(&id)
    }

    pub fn is_empty(&self) -> bool {
        self.changes() == 0
    }

    /// Ticks one that is not associated yet, or takes the tick back.
    pub fn toggle_on(&mut self, pick: Pick) {
        if self.is_on(pick.id) {
            self.forget(pick.id);
        } else {
            self.on.push(pick);
        }
    }

    /// Unticks one that is associated, or leaves it as it is.
    pub fn toggle_off(&mut self, pick: Pick) {
        if self.is_off(pick.id) {
            self.forget(pick.id);
        } else {
            self.forget(pick.id);
            self.off.push(pick);
        }
    }

    /// As if nothing had been done to it.
    pub fn forget(&mut self, id: RecordId) {
        self.on.retain(|pick| pick.id != id);
        self.off.retain(|pick| pick.id != id);
        self.labels.remove(&id);
        self.replacing.remove(&id);
        self.primary = self.primary.filter(|primary| *primary != id);
    }

    /// What was created here and is associated by now, and what is there no more.
    pub fn keep(&mut self, mut is_open: impl FnMut(RecordId) -> bool) {
        let ids: Vec<RecordId> = self.on.iter().map(|pick| pick.id).collect();
        ids.into_iter().filter(|id| !is_open(*id)).for_each(|id| self.forget(id));
    }

    /// Ticks one that has no room: what it is associated with gives way.
    pub fn replace(&mut self, pick: Pick) {
        self.replacing.insert(pick.id);
        self.toggle_on(pick);
    }

    /// What it is to be, if it was said here.
    pub fn labels(&self, id: RecordId) -> Option<&[LabelId]> {
        self.labels.get(&id).map(Vec::as_slice)
    }

    /// `stands`: what it is now, of one that is associated.
    pub fn label(&mut self, id: RecordId, mut labels: Vec<LabelId>, stands: Option<&[LabelId]>) {
        labels.sort_unstable();
        if labels == stands.unwrap_or_default() {
            self.labels.remove(&id);
        } else {
            self.labels.insert(id, labels);
        }
    }

    pub fn primary(&self) -> Option<RecordId> {
        self.primary
    }

    pub fn toggle_primary(&mut self, id: RecordId) {
        self.primary = if self.primary == Some(id) { None } else { Some(id) };
    }

    /// How many records will be tied otherwise than they are.
    pub fn changes(&self) -> usize {
        self.on.len() + self.off.len() + self.changed().len()
    }

    /// Those that stay, with other labels or another mark.
    fn changed(&self) -> BTreeSet<RecordId> {
        let ids = self.labels.keys().copied().chain(self.primary);
        ids.filter(|id| !self.is_on(*id)).collect()
    }

    /// All of it, as one change of `one`.
    pub fn change(&self, one: RecordId) -> Change {
        let tying = |id: RecordId| Tying {
            other: id,
            labels: self.labels.get(&id).map_or(Labelling::Keep, |labels| Labelling::Exactly(labels.clone())),
            primary: self.primary == Some(id),
            replace: self.replacing.contains(&id),
            past: None,
        };
        let new = self.on.iter().map(|pick| pick.id);
        let ties = new.chain(self.changed()).map(tying).collect();
        Change::Associate { one, ties, off: self.off.iter().map(|pick| pick.id).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Object;
    use uuid::Uuid;

    fn id(number: u128) -> RecordId {
        RecordId::new(Object::CONTACT, Uuid::from_u128(number))
    }

    fn pick(number: u128) -> Pick {
        Pick { id: id(number), name: format!("Contact {number}"), known_by: String::new() }
    }

    #[test]
    fn r5_6_a_save_is_one_change() {
        let mut picks = Picks::default();
        picks.toggle_on(pick(1));
        picks.toggle_on(pick(2));
        picks.toggle_off(pick(3));
        picks.label(id(4), vec![LabelId(7)], Some(&[]));
        picks.label(id(1), vec![LabelId(9), LabelId(8)], None);
        picks.toggle_primary(id(2));
        assert_eq!(picks.changes(), 4);
        let one = RecordId::new(Object::COMPANY, Uuid::from_u128(9));
        let Change::Associate { one: of, ties, off } = picks.change(one) else { panic!() };
        assert_eq!((of, off), (one, vec![id(3)]));
        let wanted = [
            Tying { labels: Labelling::Exactly(vec![LabelId(8), LabelId(9)]), ..Tying::new(id(1)) },
            Tying { primary: true, ..Tying::new(id(2)) },
            Tying { labels: Labelling::Exactly(vec![LabelId(7)]), ..Tying::new(id(4)) },
        ];
        assert_eq!(ties, wanted);
    }

    #[test]
    fn what_is_taken_back_leaves_nothing_behind() {
        let mut picks = Picks::default();
        picks.replace(pick(1));
        picks.toggle_primary(id(1));
        picks.label(id(1), vec![LabelId(7)], None);
        picks.toggle_on(pick(1));
        picks.toggle_off(pick(2));
        picks.toggle_off(pick(2));
        picks.label(id(3), vec![LabelId(7)], Some(&[]));
        picks.label(id(3), Vec::new(), Some(&[]));
        assert_eq!(picks, Picks::default());
    }
}
