//! lejek: a CRM that lives in the terminal.

pub mod domain;
pub mod exchange;
pub mod rules;
pub mod store;
