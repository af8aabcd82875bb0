//! The cell under the cursor: moved along the columns, edited over its row.

use super::List;
use super::draw::Table;
use crate::domain::id::PropertyId;
use crate::domain::object::is;
use crate::domain::property::Property;
use crate::keys::Command;
use crate::ui::edit::{Then, obstacle};
use crate::ui::layer::{Cx, Effect, Slot};
use crate::workspace::request::Reply;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Around the cell's field, so that it does not touch what stands beside it.
const BESIDE: u16 = 1;

/// The properties of the columns that have room, from the left.
fn columns<'t>(table: &'t Table) -> impl DoubleEndedIterator<Item = &'t Property> + use<'t> {
    table.placed.iter().map(|placed| table.shown[placed.column].property)
}

impl List {
    /// The column of the cell; one that has no room any more gives way to the name.
    pub(super) fn shown_cell(&self, table: &Table) -> PropertyId {
        let is_there = columns(table).any(|property| property.id == self.cell);
        if is_there { self.cell } else { is::NAME }
    }

    /// The column so many further to the right.
    fn beside(&self, by: isize, cx: &Cx) -> Option<PropertyId> {
        let table = self.table(cx)?;
        let ids: Vec<PropertyId> = columns(&table).map(|property| property.id).collect();
        let at = ids.iter().position(|id| *id == self.shown_cell(&table))?;
        let to = at.saturating_add_signed(by).min(ids.len() - 1);
        (to != at).then(|| ids[to])
    }

    pub(super) fn move_cell(&mut self, by: isize, cx: &Cx) -> Vec<Effect> {
        self.cell = self.beside(by, cx).unwrap_or(self.cell);
        Vec::new()
    }

    /// Edits the cell under the cursor.
    pub(super) fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(table) = self.table(cx) else { return Vec::new() };
        let cell = self.shown_cell(&table);
        let property = self.spec(cx).and_then(|spec| spec.property(cell));
        if let (Some(row), Some(property)) = (self.row(), property) {
            let record = row.record.clone();
            self.cell = cell;
            self.edits.begin(&record, property, cx);
            // The cursor stays on the record that is edited.
            self.moved = true;
        }
        Vec::new()
    }

    pub(super) fn run_edit(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let (effects, then) = self.edits.run(command, count, cx);
        let step = match then {
            Then::Next => 1,
            Then::Previous => -1,
            Then::Stay | Then::Closed => return effects,
        };
        if self.behind.is_some() {
            return effects;
        }
        let from = self.cell;
        while let Some(next) = self.beside(step, cx) {
            self.cell = next;
            if self.cell_obstacle(Command::Edit, cx).is_none() {
                self.edit(cx);
                return effects;
            }
        }
        self.cell = from;
        effects
    }

    /// What became of an edit; `None`: the answer is to something else. One that was refused takes the cursor back.
    pub(super) fn take_edited(&mut self, slot: Slot, reply: &Reply, cx: &Cx) -> Option<Vec<Effect>> {
        let (cache, card) = (&self.cache, self.row_id());
        let is_shown = |record| cache.place(record).is_some() || card == Some(record);
        let mut effects = self.edits.reply(slot, reply, is_shown)?;
        if let Some((record, property)) = self.edits.at() {
            self.cell = property;
            if let Some(place) = self.cache.place(record).filter(|_| self.row_id() != Some(record)) {
                effects.extend(self.move_to(|window| window.go_to(place), cx));
            }
        }
        Some(effects)
    }

    /// Why the cell does not move, or is not edited.
    pub(super) fn cell_obstacle(&self, command: Command, cx: &Cx) -> Option<String> {
        match command {
            _ if self.window.is_empty() => Some("the list is empty".into()),
            Command::CellLeft if self.beside(-1, cx).is_none() => Some("this is the first column".into()),
            Command::CellRight if self.beside(1, cx).is_none() => Some("this is the last column".into()),
            Command::CellLeft | Command::CellRight => None,
            _ if self.row().is_none() => Some("the row is still being read".into()),
            _ => {
                let cell = self.table(cx).map(|table| self.shown_cell(&table))?;
                obstacle(self.object, self.spec(cx)?.property(cell)?)
            }
        }
    }

    /// Draws the editor over the cell that it edits, if that is seen.
    pub(super) fn paint_editor(&mut self, buf: &mut Buffer, cx: &Cx) {
        self.caret = None;
        let Some((record, property)) = self.edits.at() else { return };
        let line = self.cache.place(record).and_then(|place| {
            let y = place.checked_sub(self.window.offset())?;
            (y < self.window.height()).then_some(self.geometry.rows.y + y as u16)
        });
        let (Some(y), Some(table)) = (line, self.table(cx)) else { return };
        let cells = self.geometry.cells(y);
        let placed = table.placed.iter().find(|placed| table.shown[placed.column].property.id == property);
        let place = placed.map_or(cells, |placed| placed.rect(cells));
        let place = Rect { x: place.x.saturating_sub(BESIDE), width: place.width + 2 * BESIDE, ..place };
        let bounds = Rect { y: self.geometry.rows.y, ..self.geometry.pane };
        let bounds = Rect { height: self.geometry.rows.height, ..bounds };
        self.caret = self.edits.draw(buf, place, bounds, cx);
    }
}
