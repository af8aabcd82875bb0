//! lejek: a CRM that lives in the terminal.

pub mod demo;
pub mod domain;
pub mod exchange;
pub mod glyphs;
pub mod keys;
pub mod rules;
pub mod store;
pub mod theme;
pub mod ui;
pub mod workspace;
