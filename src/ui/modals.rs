//! What floats over a page.

pub mod broken_off;
pub mod doors;
pub mod form;
pub mod help;
pub mod history;
pub mod mapping;
pub mod palette;
pub mod pick;
pub mod properties;
pub mod question;
pub mod why;
