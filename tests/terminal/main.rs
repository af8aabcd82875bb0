//! The program in a terminal: it takes it over, and gives it back on every way out.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod first_start;
mod killed;
mod outside;
mod pty;
mod ways_out;
