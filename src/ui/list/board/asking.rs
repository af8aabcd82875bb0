//! What a board asks and what becomes of the answers. One question at a time is on its way for all columns; a newer one
//! asks for what the older one had not told yet.

use super::{Board, COLUMNS};
use crate::domain::board::{Columns, Piece};
use crate::domain::id::RecordId;
use crate::ui::layer::{Cx, Effect};
use crate::workspace::request::Request;

impl Board {
    /// After whatever happened: measures the screen, asks for what is missing, and tells the list which card it is.
    pub(super) fn follow(&mut self, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        let mut effects = self.ask(false);
        self.tell_card();
        effects.extend(self.list.keep(cx));
        effects
    }

    /// The same after the list behind it did something, which may ask for other records now.
    pub(super) fn after(&mut self, mut effects: Vec<Effect>, cx: &Cx) -> Vec<Effect> {
        if self.asked != self.list.asked {
            self.asked = self.list.asked.clone();
            let chosen = self.card_id().filter(|_| self.list.moved);
            effects.extend(self.ask_around(self.anchor.or(chosen), cx));
        }
        effects.extend(self.follow(cx));
        effects
    }

    /// Asks for all columns anew; the focus goes to that card, if it is there.
    pub(super) fn ask_around(&mut self, id: Option<RecordId>, cx: &Cx) -> Vec<Effect> {
        self.measure(cx);
        self.anchor = id;
        self.ask(true)
    }

    fn ask(&mut self, anew: bool) -> Vec<Effect> {
        let Some(query) = self.asked.clone() else { return Vec::new() };
        let seen = self.layout.seen(self.first);
        let pieces: Vec<Option<Piece>> = self
            .stacks
            .iter()
            .enumerate()
            .map(|(at, stack)| stack.wants(seen.contains(&at), anew, self.anchor))
            .collect();
        let is_news = anew || self.stacks.iter().zip(&pieces).any(|(stack, piece)| piece.is_some() && !stack.awaits);
        if !is_news {
            return Vec::new();
        }
        for (stack, piece) in self.stacks.iter_mut().zip(&pieces) {
            if let Some(piece) = piece {
                stack.ask(piece);
            }
        }
        let pieces = pieces.into_iter().flatten().collect();
        vec![Effect::Ask(COLUMNS, Request::Columns { query, pieces })]
    }

    pub(super) fn take_columns(&mut self, answer: Columns, cx: &Cx) -> Vec<Effect> {
        if !answer.sorted {
            // They are asked for again when they can be told.
            self.stacks.iter_mut().for_each(|stack| stack.awaits = false);
            return Vec::new();
        }
        let seen = self.layout.seen(self.first);
        for column in answer.columns {
            let at = self.stacks.iter().position(|stack| stack.stage.id == column.stage);
            if let Some(at) = at {
                self.stacks[at].take(column, seen.contains(&at));
            }
        }
        self.lay_moving();
        if let Some(id) = self.anchor.take()
            && self.focus(id)
        {
            self.list.moved = true;
        }
        self.list.restored = None;
        self.list.edits.refreshed();
        self.follow(cx)
    }

    pub(super) fn columns_failed(&mut self) {
        for stack in &mut self.stacks {
            stack.awaits = false;
            stack.cache.fail();
        }
    }

    /// What is done with the card is done by the list behind.
    pub(super) fn tell_card(&mut self) {
        let at = self.stack().and_then(|stack| stack.window.cursor());
        if let Some(behind) = &mut self.list.behind {
            behind.at = at;
        }
        let card = self.card_id();
        let known = self.list.behind.as_ref().and_then(|behind| behind.card.as_ref());
        if known == self.card() && card.is_some() {
            return;
        }
        let row = self.card().cloned();
        if let Some(behind) = &mut self.list.behind {
            behind.card = row;
        }
    }
}
