//! The layers: pages one after another as they were visited, each with the modals that float over it. Going back brings
//! the very page back, with its state.

use crate::ui::layer::{Layer, Place, Slot};
use crate::workspace::request::Reply;
use std::collections::BTreeMap;

/// Pages that are kept for going back.
const MOST: usize = 50;

/// A layer with a number of its own, for its tickets.
pub struct Entry {
    pub id: u64,
    pub layer: Box<dyn Layer>,
    /// Of each slot the generation of the newest question.
    newest: BTreeMap<Slot, u64>,
}

impl Entry {
    pub fn asked(&mut self, slot: Slot, generation: u64) {
        self.newest.insert(slot, generation);
    }

    /// Whether an answer is not overtaken by a newer question.
    pub fn awaits(&self, slot: Slot, generation: u64) -> bool {
        self.newest.get(&slot) == Some(&generation)
    }
}

/// A page and the modals over it; never empty.
struct Pile {
    layers: Vec<Entry>,
    /// What it has to be told when it is seen again.
    missed: Vec<Reply>,
}

pub struct Stack {
    piles: Vec<Pile>,
    at: usize,
    next: u64,
}

impl Pile {
    fn of(page: Entry) -> Pile {
        Pile { layers: vec![page], missed: Vec::new() }
    }

    fn page(&self) -> &Entry {
        &self.layers[0]
    }

    /// Changes are told at once, as one; so is who was told something.
    fn miss(&mut self, notice: &Reply) {
        for missed in &mut self.missed {
            match (missed, notice) {
                (Reply::Changed(refs), Reply::Changed(more)) => return refs.extend(more),
                (Reply::Told(users), Reply::Told(more)) => {
                    return users.extend(more.iter().filter(|user| !users.contains(user)).copied().collect::<Vec<_>>());
                }
                _ => {}
            }
        }
        self.missed.push(notice.clone());
    }
}

impl Stack {
    pub fn new(first: Box<dyn Layer>) -> Stack {
        let mut stack = Stack { piles: Vec::new(), at: 0, next: 0 };
        let entry = stack.entry(first);
        stack.piles.push(Pile::of(entry));
        stack
    }

    fn entry(&mut self, layer: Box<dyn Layer>) -> Entry {
        self.next += 1;
        Entry { id: self.next, layer, newest: BTreeMap::new() }
    }

    fn pile(&self) -> &Pile {
        &self.piles[self.at]
    }

    pub fn top(&self) -> &Entry {
        let layers = &self.pile().layers;
        &layers[layers.len() - 1]
    }

    /// The page at the bottom of what is seen.
    pub fn page(&self) -> &Entry {
        self.pile().page()
    }

    pub fn has_modal(&self) -> bool {
        self.pile().layers.len() > 1
    }

    /// What is seen, the page first.
    pub fn layers(&self) -> impl Iterator<Item = &dyn Layer> {
        self.pile().layers.iter().map(|entry| entry.layer.as_ref())
    }

    pub fn shown_mut(&mut self) -> &mut [Entry] {
        &mut self.piles[self.at].layers
    }

    pub fn by_id(&mut self, id: u64) -> Option<&mut Entry> {
        self.piles.iter_mut().flat_map(|pile| &mut pile.layers).find(|entry| entry.id == id)
    }

    /// For the pages that are not seen.
    pub fn remember_notice(&mut self, notice: &Reply) {
        let at = self.at;
        let away = self.piles.iter_mut().enumerate().filter(|(place, _)| *place != at);
        away.for_each(|(_, pile)| pile.miss(notice));
    }

    /// What the page that is seen missed.
    pub fn take_missed(&mut self) -> Vec<Reply> {
        std::mem::take(&mut self.piles[self.at].missed)
    }

    pub fn push(&mut self, layer: Box<dyn Layer>) {
        let entry = self.entry(layer);
        self.piles[self.at].layers.push(entry);
    }

    /// Takes a modal away with all that lies over it. The layer below it, if it was one.
    pub fn pop(&mut self, id: u64) -> Option<u64> {
        let mut piles = self.piles.iter_mut().map(|pile| &mut pile.layers);
        let pile = piles.find(|pile| pile.iter().any(|entry| entry.id == id))?;
        let place = pile.iter().position(|entry| entry.id == id).filter(|place| *place > 0)?;
        pile.truncate(place);
        pile.last().map(|entry| entry.id)
    }

    /// What a modal lies on.
    pub fn below(&self, id: u64) -> Option<u64> {
        let mut piles = self.piles.iter().map(|pile| &pile.layers);
        let pile = piles.find(|pile| pile.iter().any(|entry| entry.id == id))?;
        let place = pile.iter().position(|entry| entry.id == id)?;
        Some(pile.get(place.checked_sub(1)?)?.id)
    }

    pub fn close_modals(&mut self) {
        self.piles[self.at].layers.truncate(1);
    }

    /// Puts a page after the one that is seen; what was ahead of it is forgotten.
    pub fn open(&mut self, layer: Box<dyn Layer>) {
        let entry = self.entry(layer);
        self.arrive(Pile::of(entry));
    }

    /// Brings the page of a place to the end, if there is one. False: there is none.
    pub fn revisit(&mut self, place: &Place) -> bool {
        let Some(found) = self.piles.iter().position(|pile| pile.page().layer.place().as_ref() == Some(place)) else {
            return false;
        };
        let pile = self.piles.remove(found);
        if found < self.at {
            self.at -= 1;
        }
        self.arrive(pile);
        true
    }

    fn arrive(&mut self, pile: Pile) {
        self.piles.truncate(self.at + 1);
        self.piles.push(pile);
        if self.piles.len() > MOST {
            self.piles.remove(0);
        }
        self.at = self.piles.len() - 1;
    }

    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.at + 1 < self.piles.len()
    }

    /// To the page before. Where it came from; `None`: it is the first one.
    pub fn back(&mut self) -> Option<Place> {
        let left = self.page().layer.place();
        self.at = self.at.checked_sub(1)?;
        left
    }

    pub fn forward(&mut self) {
        self.at += usize::from(self.can_go_forward());
    }

    /// As [`Stack::back`], and the page that was left is gone.
    pub fn close(&mut self) -> Option<Place> {
        let left = self.back();
        if left.is_some() {
            self.piles.remove(self.at + 1);
        }
        left
    }
}
