//! A program that is killed while it writes: what it acknowledged is there, what it began can be set back, and the next
//! start is not in the way. `LEJEK_KILLS` sets how many kills, `LEJEK_SEED` which ones.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod delivered;
mod kills;
#[path = "../cli/mailbox.rs"]
mod mailbox;
mod model;
mod resumed;
mod victim;
