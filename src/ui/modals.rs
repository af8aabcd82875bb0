//! What floats over a page.

pub mod doors;
pub mod help;
pub mod mapping;
pub mod palette;
pub mod pick;
pub mod question;
