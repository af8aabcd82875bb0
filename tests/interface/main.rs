//! The interface as one uses it: keys in, cells out, over a workspace in memory and real lanes.

mod acts;
mod associating;
mod bin;
mod broken_off;
mod bulk;
mod common;
mod creating;
mod destinations;
mod editing;
mod every_key;
mod exporting;
mod first_day;
mod hostile;
mod importing;
mod journeys;
mod lead_settings;
mod leads;
mod limits;
mod logging;
mod marks;
mod merging;
mod objects;
mod places;
mod screens;
mod settings;
mod staff;
mod timelines;
mod today;
mod unseen;
mod upkeep;
mod views;
mod why;
#[cfg(unix)]
mod windows;
