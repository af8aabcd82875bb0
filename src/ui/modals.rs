//! What floats over a page.

pub mod anywhere;
pub mod broken_off;
pub mod export;
mod finding;
pub mod form;
pub mod help;
pub mod history;
pub mod left_out;
pub mod open_with;
pub mod palette;
pub mod properties;
pub mod question;
pub mod why;
