//! lejek: a CRM that lives in the terminal.

pub mod demo;
pub mod domain;
pub mod exchange;
pub mod rules;
pub mod store;
pub mod workspace;
