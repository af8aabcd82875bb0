//! The list of an activity's picker: what it is on, what is close to it, what was found.

use super::super::picker::telling::{Told, facts, telling};
use crate::domain::answer::Row;
use crate::domain::candidate::Candidates;
use crate::domain::fold::fold;
use crate::domain::id::{Object, RecordId};
use crate::keys::Command;
use crate::ui::column::{Column, Rows, Seen, Sizes, View, moved};
use crate::ui::layer::Cx;
use crate::ui::record::entry;
use crate::workspace::targets::Targets;

/// How a record stands to the activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stand {
    /// It is on it, for this reason.
    On(String),
    /// It is close to it, and not on it for this one.
    Apart(String),
    Found,
}

pub struct Line {
    pub row: Row,
    pub stand: Stand,
    pub facts: Vec<Told>,
    /// Which of the facts are text.
    pub bright: Vec<bool>,
}

impl Line {
    pub fn is_on(&self) -> bool {
        matches!(self.stand, Stand::On(_))
    }

    /// Of those that stand together.
    fn group(&self) -> u8 {
        match self.stand {
            Stand::On(_) => 0,
            Stand::Apart(_) => 1,
            Stand::Found => 2,
        }
    }
}

#[derive(Default)]
pub struct Lines {
    lines: Vec<Line>,
    sizes: Sizes,
    view: View<usize>,
}

impl Lines {
    /// Of one object, or of all; those whose names hold the words.
    pub fn arrange(&mut self, known: &Targets, of: Option<Object>, found: &Candidates, words: &[String], cx: &Cx) {
        let kept = self.current().map(|line| line.row.record.id);
        let activity = &known.item.activity;
        let why = |id: RecordId| {
            let target = activity.targets.iter().find(|target| target.record == id);
            target.map(|target| entry::reason(activity, target).to_owned()).unwrap_or_default()
        };
        let on = known.on.iter().map(|row| (row, Stand::On(why(row.record.id))));
        let apart = known.apart.iter().map(|(row, why)| (row, Stand::Apart(why.clone())));
        let holds = |row: &Row| {
            let name = fold(&row.record.name());
            words.iter().all(|word| name.contains(word.as_str()))
        };
        let mut all: Vec<(Row, Stand)> = on
            .chain(apart)
            .filter(|(row, _)| of.is_none_or(|of| row.record.id.object == of) && holds(row))
            .map(|(row, stand)| (row.clone(), stand))
            .collect();
        let is_known = |row: &Row| all.iter().any(|(known, _)| known.record.id == row.record.id);
        let more = found.rows.iter().filter(|one| of.is_some() && !is_known(&one.row));
        let more: Vec<(Row, Stand)> = more.map(|one| (one.row.clone(), Stand::Found)).collect();
        all.extend(more);
        let names: Vec<String> = all.iter().map(|(row, _)| row.record.name()).collect();
        let told: Vec<Vec<Told>> = all.iter().map(|(row, _)| facts(row, None, words, cx)).collect();
        let bright = telling(&names, &told);
        let lines = all.into_iter().zip(told).zip(bright);
        self.lines = lines.map(|(((row, stand), facts), bright)| Line { row, stand, facts, bright }).collect();
        self.measure(cx);
        if let Some(at) = kept.and_then(|id| self.lines.iter().position(|line| line.row.record.id == id)) {
            self.view.put_cursor(at);
        }
        self.view.settle(&self.sizes, self.view.height());
    }

    /// The head of a group stands in the gap above its first row.
    fn measure(&mut self, cx: &Cx) {
        let blank = usize::from(cx.screen.height >= 30);
        let own = if super::draw::is_narrow(cx) { 2 } else { 1 };
        let rows = |at: usize| {
            let gap = match self.head(at) {
                Some(_) if at == 0 => 1,
                Some(_) => 1 + blank,
                None => 0,
            };
            Rows { gap, own }
        };
        self.sizes = Sizes((0..self.lines.len()).map(rows).collect());
    }

    /// What stands above a row: what its group is, and what a tick does there.
    pub fn head(&self, at: usize) -> Option<(&'static str, &'static str)> {
        let line = self.lines.get(at)?;
        let is_first = at == 0 || self.lines[at - 1].group() != line.group();
        match line.stand {
            Stand::Apart(_) if is_first => Some(("Not associated", "close to it, space adds one")),
            Stand::Found if is_first => Some(("Others", "space adds one")),
            _ => None,
        }
    }

    pub fn get(&self, at: usize) -> Option<&Line> {
        self.lines.get(at)
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn cursor(&self) -> Option<usize> {
        self.view.cursor()
    }

    pub fn current(&self) -> Option<&Line> {
        self.lines.get(self.view.cursor()?)
    }

    pub fn first(&mut self) {
        self.view.first(&self.sizes);
    }

    pub fn run(&mut self, command: Command, count: Option<u32>) -> bool {
        moved(&mut self.view, &self.sizes, command, count)
    }

    pub fn scroll(&mut self, rows: isize) {
        self.view.scroll(&self.sizes, rows);
    }

    /// Puts the cursor on a row of the screen; false where none stands.
    pub fn click(&mut self, row: usize) -> bool {
        let Some(seen) = self.view.at(&self.sizes, row) else { return false };
        self.view.go_to(&self.sizes, seen.spot);
        true
    }

    pub fn seen(&mut self, height: u16, cx: &Cx) -> Vec<Seen<usize>> {
        self.measure(cx);
        self.view.settle(&self.sizes, usize::from(height));
        self.view.seen(&self.sizes)
    }

    /// Rows of all lines.
    pub fn rows(&self) -> usize {
        self.sizes.total()
    }

    /// Rows above the screen.
    pub fn offset(&self) -> usize {
        self.view.offset(&self.sizes)
    }
}
