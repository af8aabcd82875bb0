//! What floats over a page.

pub mod anywhere;
pub mod broken_off;
pub mod choose;
pub mod columns;
pub mod disqualify;
pub mod doors;
pub mod export;
pub mod expressions;
pub mod filter;
mod finding;
pub mod form;
pub mod help;
pub mod history;
pub mod jump;
pub mod labels;
pub mod left_out;
pub mod lettered;
pub mod log;
pub mod mapping;
pub mod merge;
pub mod naming;
pub mod open_with;
pub mod pairing;
pub mod palette;
pub mod picker;
pub mod properties;
pub mod question;
pub mod reschedule;
mod sheet;
pub mod targets;
pub mod ticks;
pub mod twin;
pub mod unsaved;
pub mod why;

use crate::keys::{Command, Keys, rows_of};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

/// What a click on one of a modal's buttons asks for: the command of its key in the rows that are in force.
pub fn button_at(buttons: &[(Rect, String)], rows: &[Keys], mouse: MouseEvent) -> Option<Command> {
    if mouse.kind != MouseEventKind::Down(MouseButton::Left) {
        return None;
    }
    let (_, key) = buttons.iter().find(|(place, _)| place.contains((mouse.column, mouse.row).into()))?;
    rows_of(rows).find(|row| row.keys.split(" | ").any(|keys| keys == key)).map(|row| row.command)
}

/// The place among so many that the number on a key stands for, counted from 1 on the screen.
pub fn numbered(key: KeyEvent, choices: usize) -> Option<usize> {
    let KeyCode::Char(number @ '1'..='9') = key.code else { return None };
    let at = usize::from(number as u8 - b'1');
    (key.modifiers == KeyModifiers::NONE && at < choices).then_some(at)
}
