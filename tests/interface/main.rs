//! The interface as one uses it: keys in, cells out, over a workspace in memory and real lanes.

mod acts;
mod bin;
mod broken_off;
mod bulk;
mod common;
mod creating;
mod editing;
mod exporting;
mod hostile;
mod importing;
mod journeys;
mod marks;
mod places;
mod screens;
mod settings;
mod views;
mod why;
#[cfg(unix)]
mod windows;
