//! What floats over a page.

pub mod help;
pub mod palette;
pub mod question;
