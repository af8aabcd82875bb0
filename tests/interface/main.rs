//! The interface as one uses it: keys in, cells out, over a workspace in memory and real lanes.

mod common;
mod hostile;
mod journeys;
mod screens;
mod settings;
