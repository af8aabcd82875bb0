//! The fields of a property's form: a new one is a variant and its line in [`Definition::fields`].

use super::Definition;
use crate::domain::property::Kind;
use crate::ui::layer::Effect;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Label,
    Name,
    Kind,
    Options,
    Required,
    Searched,
}

impl Field {
    pub fn label(self) -> &'static str {
        match self {
            Field::Label => "Label",
            Field::Name => "Internal name",
            Field::Kind => "Type",
            Field::Options => "Options",
            Field::Required => "Required",
            Field::Searched => "Searched",
        }
    }

    pub fn help(self) -> &'static str {
        match self {
            Field::Label => "What it is called on every screen.",
            Field::Name => "For scripts and files; it stays for good.",
            Field::Kind => "What its values are.",
            Field::Options => "In their order, parted by ; such as Small; Medium; Large.",
            Field::Required => "A new record needs a value.",
            Field::Searched => "Search finds records by its text.",
        }
    }

    /// Letters go into it.
    pub fn is_typed(self) -> bool {
        matches!(self, Field::Label | Field::Name | Field::Options)
    }
}

impl Definition {
    /// All that are shown.
    pub(super) fn fields(&self) -> Vec<Field> {
        let all = [
            (Field::Label, true),
            (Field::Name, true),
            (Field::Kind, true),
            (Field::Options, self.kind.has_options()),
            (Field::Required, true),
            (Field::Searched, self.kind.is_text()),
        ];
        all.into_iter().filter(|(_, is_shown)| *is_shown).map(|(field, _)| field).collect()
    }

    /// Whether it can be changed: name and type of a property stay, its options have a place of their own.
    pub(super) fn is_open(&self, field: Field) -> bool {
        let Some((_, form)) = &self.before else { return true };
        match field {
            Field::Name | Field::Options => false,
            Field::Kind => form.kind == Kind::Text,
            Field::Label | Field::Required | Field::Searched => true,
        }
    }

    /// To the next field that can be changed, round and round.
    pub(super) fn step(&mut self, by: isize) {
        let open: Vec<Field> = self.fields().into_iter().filter(|field| self.is_open(*field)).collect();
        let at = open.iter().position(|field| *field == self.at).unwrap_or(0);
        let to = (at as isize + by).rem_euclid(open.len().max(1) as isize);
        self.at = open.get(to as usize).copied().unwrap_or(Field::Label);
    }

    /// A click on a field goes to it, one on the field with the focus turns it.
    pub(super) fn mouse(&mut self, mouse: MouseEvent) -> Option<Vec<Effect>> {
        if mouse.kind != MouseEventKind::Down(MouseButton::Left) {
            return None;
        }
        let at = (mouse.column, mouse.row).into();
        let (field, _) = *self.drawn.iter().find(|(_, area)| area.contains(at))?;
        if !self.is_open(field) {
            return None;
        }
        if self.at == field && !field.is_typed() {
            return Some(self.turn());
        }
        self.at = field;
        Some(Vec::new())
    }
}
