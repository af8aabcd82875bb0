//! What floats over a page.

pub mod columns;
pub mod expressions;
pub mod filter;
pub mod help;
pub mod naming;
pub mod palette;
pub mod question;
