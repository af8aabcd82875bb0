//! The board of an object's records: the other face of its list, which keeps its views, filters, search and marks. It
//! holds only the cards around what is seen of each stage, and the focus stays on its card whatever the answer.

mod asking;
mod card;
mod draw;
mod layer;
mod moving;
mod pointer;
mod stack;

use super::{Behind, List};
use crate::domain::answer::Row;
use crate::domain::board::ORDER;
use crate::domain::id::{Object, OptionId, RecordId};
use crate::domain::object::is;
use crate::domain::pipeline::{Pipeline, Stage};
use crate::domain::query::{Check, Filter, Path, Query, Test};
use crate::domain::value::Value;
use crate::ui::layer::{Cx, Slot};
use draw::Layout;
use moving::Moving;
use pointer::Drag;
use ratatui::layout::Rect;
use stack::Stack;

const COLUMNS: Slot = 0x20;
/// The slots of what is being moved.
const FIRST_MOVE: Slot = 0x60;
const MOVES: Slot = 16;

pub struct Board {
    list: List,
    pipeline: OptionId,
    stacks: Vec<Stack>,
    /// What was asked last.
    asked: Option<Query>,
    /// The stage with the focus, and the first one that has room.
    at: usize,
    first: usize,
    /// The card that is to have the focus when the next answer comes.
    anchor: Option<RecordId>,
    moving: Vec<Moving>,
    slot: Slot,
    drag: Option<Drag>,
    layout: Layout,
    cursor: Option<Rect>,
}

impl Behind {
    /// Only what stands on the board, as it lies there.
    pub(super) fn narrow(&self, query: &mut Query) {
        query.filters.push(equals(is::PIPELINE, self.pipeline));
        query.sort = ORDER.to_vec();
    }
}

fn equals(property: crate::domain::id::PropertyId, option: OptionId) -> Filter {
    let check = Check::OneOf(vec![Value::Option(option)]);
    Filter { any: vec![Test { of: Path::Own(property), check, negated: false }], text: String::new() }
}

impl Board {
    pub fn new(object: Object) -> Board {
        Board {
            list: List::new(object),
            pipeline: OptionId(0),
            stacks: Vec::new(),
            asked: None,
            at: 0,
            first: 0,
            anchor: None,
            moving: Vec::new(),
            slot: 0,
            drag: None,
            layout: Layout::default(),
            cursor: None,
        }
    }

    fn pipeline<'c>(&self, cx: &'c Cx) -> Option<&'c Pipeline> {
        cx.settings.pipelines_of(self.list.object).find(|pipeline| pipeline.id == self.pipeline)
    }

    /// Takes the stages as they are now; those that are still there keep their cards.
    fn take_stages(&mut self, cx: &Cx) {
        let pipeline = self.pipeline(cx).or_else(|| cx.settings.pipelines_of(self.list.object).next());
        let Some(pipeline) = pipeline else { return self.stacks.clear() };
        if pipeline.id != self.pipeline {
            self.stacks.clear();
        }
        self.pipeline = pipeline.id;
        let (card, at) = self.list.behind.take().map_or((None, None), |behind| (behind.card, behind.at));
        self.list.behind = Some(Behind { pipeline: pipeline.id, card, at });
        let mut before = std::mem::take(&mut self.stacks);
        for stage in &pipeline.stages {
            let known = before.iter().position(|stack| stack.stage.id == stage.id).map(|at| before.swap_remove(at));
            self.stacks.push(known.map_or_else(|| Stack::new(stage.clone()), |stack| stack.called(stage)));
        }
        self.at = self.at.min(self.stacks.len().saturating_sub(1));
    }

    fn stack(&self) -> Option<&Stack> {
        self.stacks.get(self.at)
    }

    fn stage(&self) -> Option<&Stage> {
        self.stack().map(|stack| &stack.stage)
    }

    /// The card with the focus.
    fn card(&self) -> Option<&Row> {
        let stack = self.stack()?;
        stack.cache.get(stack.window.cursor()?)
    }

    fn card_id(&self) -> Option<RecordId> {
        self.card().map(|row| row.record.id)
    }

    /// Stage and place of a card that is known.
    fn find(&self, id: RecordId) -> Option<(usize, usize)> {
        let mut stacks = self.stacks.iter().enumerate();
        stacks.find_map(|(at, stack)| Some((at, stack.cache.place(id)?)))
    }

    /// Gives a card the focus, if it is known.
    fn focus(&mut self, id: RecordId) -> bool {
        let found = self.find(id);
        if let Some((at, place)) = found {
            self.at = at;
            self.stacks[at].window.go_to(place);
        }
        found.is_some()
    }
}
