//! Moving cards (R2.8, R2.10, R2.12): shown in their new place at once, and back in the old one when it is refused. A move
//! that asks something first is shown when it is answered.

use super::{Board, FIRST_MOVE, MOVES};
use crate::domain::change::Change;
use crate::domain::id::{Object, OptionId, RecordId};
use crate::domain::moving::Move;
use crate::domain::moving::place::Place;
use crate::domain::pipeline::Group;
use crate::keys::Command;
use crate::ui::done;
use crate::ui::layer::{Cx, Effect, Slot};
use crate::workspace::request::Reply;

/// Cards on their way.
pub struct Moving {
    slot: Slot,
    what: Vec<RecordId>,
    to: OptionId,
    /// Where the first one will lie.
    place: usize,
    /// They are shown there already.
    is_shown: bool,
    /// They were marked.
    are_marked: bool,
}

impl Board {
    pub(super) fn is_moving(&self, id: RecordId) -> bool {
        self.moving.iter().any(|moving| moving.is_shown && moving.what.contains(&id))
    }

    /// What is marked, else the card with the focus.
    fn meant(&self) -> Vec<RecordId> {
        match self.list.marks.ids() {
            [] => self.card_id().into_iter().collect(),
            marked => marked.to_vec(),
        }
    }

    /// Moves what is meant to the top of a stage.
    pub(super) fn move_to_stage(&mut self, at: usize, cx: &Cx) -> Vec<Effect> {
        let what = self.meant();
        self.put(what, at, Place::Top, 0, cx)
    }

    /// Moves what is meant to a stage, where the first one will lie at that place of it.
    pub(super) fn put(&mut self, what: Vec<RecordId>, at: usize, place: Place, lies: usize, cx: &Cx) -> Vec<Effect> {
        let Some(stage) = self.stacks.get(at).map(|stack| stack.stage.clone()) else { return Vec::new() };
        if what.is_empty() {
            return Vec::new();
        }
        let slot = FIRST_MOVE + self.slot;
        self.slot = (self.slot + 1) % MOVES;
        let from = what.first().and_then(|id| self.find(*id)).map(|(from, _)| self.stacks[from].stage.group);
        let are_marked = !self.list.marks.is_empty();
        let is_shown = !asks(self.list.object, from, stage.group);
        self.moving.push(Moving { slot, what: what.clone(), to: stage.id, place: lies, is_shown, are_marked });
        let followed = self.card_id().filter(|id| what.contains(id));
        self.lay_moving();
        if let Some(id) = followed.filter(|_| is_shown) {
            self.focus(id);
        }
        self.list.moved = true;
        let change = Change::Move(Box::new(Move { place, ..Move::to(what, stage.id) }));
        let mut effects = vec![Effect::Perform(slot, change)];
        effects.extend(self.follow(cx));
        effects
    }

    /// Lays the cards that are on their way where they will be, whatever was told meanwhile.
    pub(super) fn lay_moving(&mut self) {
        let shown = self.moving.iter().filter(|moving| moving.is_shown);
        for Moving { what, to, place, .. } in shown {
            let Some(at) = self.stacks.iter().position(|stack| stack.stage.id == *to) else { continue };
            for (nth, id) in what.iter().enumerate() {
                let row = self.stacks.iter_mut().find_map(|stack| stack.lift(*id));
                if let Some(row) = row {
                    self.stacks[at].lay(place + nth, row);
                }
            }
        }
    }

    /// One place down or up in its stage.
    pub(super) fn shift(&mut self, by: isize, cx: &Cx) -> Vec<Effect> {
        let (Some(id), Some((place, lies))) = (self.card_id(), self.neighbours(by)) else { return Vec::new() };
        self.put(vec![id], self.at, place, lies, cx)
    }

    /// Between which cards the one with the focus comes to lie.
    fn neighbours(&self, by: isize) -> Option<(Place, usize)> {
        let stack = self.stack()?;
        let from = stack.window.cursor()?;
        let to = from.checked_add_signed(by).filter(|to| *to < stack.count())?;
        Some((self.between(self.at, to, Some(from))?, to))
    }

    /// The place at `to` in a stage, for a card that lies at `from` in it, if in it. `None`: the cards beside it are not
    /// read yet.
    pub(super) fn between(&self, at: usize, to: usize, from: Option<usize>) -> Option<Place> {
        let stack = self.stacks.get(at)?;
        let others = stack.count() - usize::from(from.is_some());
        // Places among the others.
        let other = |place: usize| if from.is_some_and(|from| place >= from) { place + 1 } else { place };
        let id = |place: usize| stack.cache.get(other(place)).map(|row| row.record.id);
        let above = to.checked_sub(1).map(id);
        let below = (to < others).then(|| id(to));
        match (above, below) {
            (Some(None), _) | (_, Some(None)) => None,
            (None, None) => Some(Place::Top),
            (above, below) => Some(Place::Between { above: above.flatten(), below: below.flatten() }),
        }
    }

    /// What became of a move; `None`: the answer is to something else.
    pub(super) fn take_moved(&mut self, slot: Slot, reply: &Reply, cx: &Cx) -> Option<Vec<Effect>> {
        let at = self.moving.iter().position(|moving| moving.slot == slot)?;
        if matches!(reply, Reply::Progress { .. }) {
            return Some(Vec::new());
        }
        let moved = self.moving.remove(at);
        if matches!(reply, Reply::Done(_)) && moved.are_marked {
            self.list.marks.clear();
        }
        // The focus follows its card, wherever it lies now.
        let focus = self.card_id().or_else(|| moved.what.first().copied());
        let mut effects = done::told(reply);
        effects.extend(self.ask_around(focus, cx));
        Some(effects)
    }

    /// Why a command that moves cards does nothing now.
    pub(super) fn moving_obstacle(&self, command: Command) -> Option<String> {
        use Command as C;
        let last = self.stacks.len().saturating_sub(1);
        match command {
            C::MoveBack | C::MoveForward | C::MoveStage(_) if self.list.marks.is_awaited() => {
                Some("the cards are still being read".into())
            }
            C::MoveBack | C::MoveForward | C::MoveStage(_) if self.meant().is_empty() => Some(self.no_card()),
            C::MoveBack | C::PreviousStage if self.at == 0 => Some("this is the first stage".into()),
            C::MoveForward | C::NextStage if self.at == last => Some("this is the last stage".into()),
            C::MoveStage(to) if usize::from(to) == self.at && self.list.marks.is_empty() => {
                Some("it is in this stage already".into())
            }
            C::CardDown | C::CardUp if self.card().is_none() => Some(self.no_card()),
            C::CardUp if self.stack().and_then(|stack| stack.window.cursor()) == Some(0) => {
                Some("it is the first one already".into())
            }
            C::CardDown if self.is_last() => Some("it is the last one already".into()),
            C::CardDown | C::CardUp if self.neighbours(if command == C::CardUp { -1 } else { 1 }).is_none() => {
                Some("the cards beside it are still being read".into())
            }
            _ => None,
        }
    }

    fn is_last(&self) -> bool {
        self.stack().is_some_and(|stack| stack.window.cursor().is_some_and(|at| at + 1 == stack.count()))
    }

    pub(super) fn no_card(&self) -> String {
        match self.stack() {
            Some(stack) if stack.count() > 0 => "the card is still being read".into(),
            _ => "there is no card in this stage".into(),
        }
    }
}

/// Whether whoever moves a card there is asked something first (R2.8, R2.10).
fn asks(object: Object, from: Option<Group>, to: Group) -> bool {
    object == Object::LEAD && from != Some(to) && matches!(to, Group::Qualified | Group::Disqualified)
}
