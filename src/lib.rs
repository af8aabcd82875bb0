//! lejek, a CRM that lives in the terminal.
