//! lejek: a CRM that lives in the terminal.

pub mod domain;
