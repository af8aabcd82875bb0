//! What floats over a page.

pub mod broken_off;
pub mod choose;
pub mod form;
pub mod help;
pub mod history;
pub mod palette;
pub mod properties;
pub mod question;
pub mod unsaved;
pub mod why;
