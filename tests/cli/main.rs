//! What scripts rely on: the program as a whole, every subcommand and every exit code.

#![allow(clippy::unwrap_used)]

mod acts;
mod associations;
mod automation;
mod bin;
mod bulk;
mod demo;
mod events;
mod files;
#[cfg(unix)]
mod held;
#[cfg(unix)]
mod holder;
mod import_activities;
mod lists;
mod logging;
mod mailbox;
mod mails;
mod merging;
mod moving;
mod notifications;
mod objects;
mod program;
mod properties;
mod records;
mod references;
mod storage;
mod usage;
mod users;
mod views;
