//! What floats over a page.

pub mod form;
pub mod help;
pub mod palette;
pub mod properties;
pub mod question;
