//! Asks the terminal for its background colour.

use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, background_color};

use super::Rgb;

/// The terminal's background, if it answers in `timeout`.
///
/// It reads from the terminal, so it must run before the thread that reads the keys.
pub fn ask_terminal(timeout: Duration) -> Option<Rgb> {
    let mut options = QueryOptions::default();
    options.timeout = timeout;
    let (r, g, b) = background_color(options).ok()?.scale_to_8bit();
    Some(Rgb(r, g, b))
}
