//! What floats over a page.

pub mod choose;
pub mod help;
pub mod palette;
pub mod question;
pub mod unsaved;
