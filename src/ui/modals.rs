//! What floats over a page.

pub mod help;
pub mod palette;
pub mod properties;
pub mod question;
