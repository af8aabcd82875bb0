//! Which properties search looks through: the text of a record that they make, and how that follows when users change
//! which ones they are. Until the new text is collected, search looks through the old one.

use super::arena::{Arena, FIELD};
use super::build::{PARTS, scan};
use super::column::{Scratch, write_name};
use super::ids::Walk;
use super::table::Table;
use super::{Slot, Source, locked};
use crate::domain::fold::fold_into;
use crate::domain::graph::Read;
use crate::domain::id::PropertyId;
use crate::domain::object::{ObjectSpec, is};
use crate::store::codec::{RecordView, ValueView};
use std::sync::Arc;

/// The searched properties of an object, the name first.
pub fn searched_of(spec: &ObjectSpec) -> Arc<[PropertyId]> {
    let texts = spec.properties.iter().filter(|p| p.searched && p.id != is::NAME).map(|p| p.id);
    std::iter::once(is::NAME).chain(texts).collect()
}

/// Writes the searched text of a record into `scratch.text`: folded, field by field.
pub fn write_entry(searched: &[PropertyId], record: &RecordView, scratch: &mut Scratch) {
    let Scratch { name, text: entry, .. } = scratch;
    name.clear();
    entry.clear();
    write_name(record, name);
    fold_into(name, entry);
    for property in &searched[1..] {
        match record.get(*property) {
            Some(ValueView::Text(text)) => write_field(text, entry),
            Some(ValueView::Texts(texts)) => texts.iter().for_each(|text| write_field(text, entry)),
            _ => {}
        }
    }
}

fn write_field(text: &str, entry: &mut String) {
    entry.push(FIELD);
    fold_into(text, entry);
}

/// The text of other properties: commits write to it from the beginning on, a scan collects the rest.
#[derive(Clone)]
pub struct Coming {
    searched: Arc<[PropertyId]>,
    pub arena: Arena,
}

impl Coming {
    pub fn write(&mut self, row: u32, record: &RecordView, scratch: &mut Scratch) {
        write_entry(&self.searched, record, scratch);
        self.arena.set(row, Some(&scratch.text));
    }
}

fn blank(rows: usize) -> Arena {
    let mut arena = Arena::default();
    (0..rows).for_each(|_| arena.push_none());
    arena
}

impl Table {
    fn begin_search(&mut self, searched: Arc<[PropertyId]>) {
        self.coming = Some(Coming { searched, arena: blank(self.rows()) });
    }

    /// Puts the scanned text in place; what commits wrote since `version` stays. Answers whether that could be told.
    fn end_search(&mut self, mut scanned: Arena, rows: usize, version: u64) -> bool {
        let (Some(changed), Some(coming)) = (self.changed_since(version), self.coming.take()) else { return false };
        (rows..self.rows()).for_each(|_| scanned.push_none());
        for row in changed {
            let text = coming.arena.get(row).and_then(|text| std::str::from_utf8(text).ok());
            scanned.set(row, text);
        }
        (self.arena, self.searched) = (scanned, coming.searched);
        self.forget_changes();
        true
    }
}

/// Where users changed what is searched, the text is collected anew before the next question is answered.
pub fn follow(source: &dyn Source, slot: &Slot, spec: &ObjectSpec) -> Read<()> {
    let wanted = searched_of(spec);
    let is_there = || slot.table().is_none_or(|table| table.searched == wanted);
    if is_there() {
        return Ok(());
    }
    let _one_at_a_time = locked(&slot.scanning);
    while !is_there() {
        slot.change(|table| table.begin_search(Arc::clone(&wanted)));
        let Some(table) = slot.table() else { return Ok(()) };
        let (rows, version) = (table.rows(), table.version);
        let start = || (Vec::new(), Walk::default(), Scratch::default());
        let put = |(part, walk, scratch): &mut (Vec<(u32, String)>, Walk, Scratch), uuid, record: &RecordView| {
            if let Some(row) = walk.row(&table.ids, uuid) {
                write_entry(&wanted, record, scratch);
                part.push((row, scratch.text.clone()));
            }
        };
        let fold = |whole: &mut Arena, (part, ..): &(Vec<(u32, String)>, Walk, Scratch)| {
            for (row, text) in part {
                whole.set(*row, Some(text));
            }
        };
        let bounds = table.ids.split(PARTS);
        let mut scanned = scan(source, table.object, &bounds, blank(rows), start, put, fold)?;
        scanned.shrink();
        drop(table);
        slot.change(|table| table.end_search(scanned, rows, version));
    }
    Ok(())
}
