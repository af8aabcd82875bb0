//! What floats over a page.

pub mod anywhere;
mod finding;
pub mod help;
pub mod open_with;
pub mod palette;
pub mod question;
