//! What floats over a page.

pub mod broken_off;
pub mod help;
pub mod history;
pub mod palette;
pub mod question;
pub mod why;
