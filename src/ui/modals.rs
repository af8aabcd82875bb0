//! What floats over a page.

pub mod anywhere;
pub mod broken_off;
pub mod choose;
pub mod columns;
pub mod doors;
pub mod export;
pub mod expressions;
pub mod filter;
mod finding;
pub mod form;
pub mod help;
pub mod history;
pub mod left_out;
pub mod mapping;
pub mod naming;
pub mod open_with;
pub mod pairing;
pub mod palette;
pub mod properties;
pub mod question;
pub mod unsaved;
pub mod why;
