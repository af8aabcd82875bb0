//! What floats over a page.

pub mod help;
pub mod history;
pub mod palette;
pub mod question;
pub mod why;
