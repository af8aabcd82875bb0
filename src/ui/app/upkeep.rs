//! When the program does something by itself, and how the interface says what came of it.

use crate::ui::widgets::Toast;
use crate::workspace::upkeep::{DAYS_IN_BIN, News};
use std::time::{Duration, Instant};

/// Nobody is kept waiting by what is done after a minute without a key.
const QUIET: Duration = Duration::from_mins(1);
/// Whether a new day has begun is looked at so often.
const AGAIN: Duration = Duration::from_hours(1);

/// Since when nobody does anything.
pub struct Idle {
    since: Instant,
    looked_after: Option<Instant>,
}

impl Idle {
    pub fn since(since: Instant) -> Idle {
        Idle { since, looked_after: None }
    }

    /// Somebody did something.
    pub fn ends(&mut self, at: Instant) {
        self.since = at;
    }

    pub fn looked_after(&mut self, at: Instant) {
        self.looked_after = Some(at);
    }

    /// When upkeep is next due if nobody does anything.
    pub fn due(&self) -> Instant {
        let quiet = self.since + QUIET;
        self.looked_after.map_or(quiet, |at| quiet.max(at + AGAIN))
    }

    pub fn is_due(&self, at: Instant) -> bool {
        at >= self.due()
    }
}

pub fn toast(news: &News) -> Toast {
    match news {
        News::Expired(gone) => {
            let things = if gone.len() == 1 {
                "1 thing was erased".to_owned()
            } else {
                format!("{} things were erased", gone.len())
            };
            Toast::info(things).text(format!("The bin keeps things for {DAYS_IN_BIN} days."))
        }
        News::Rewriting => {
            Toast::info("The file is being rewritten").text("Until then it may still hold what was erased.")
        }
        News::Rewritten => Toast::ok("The file is rewritten").text("Nothing of what was erased is left in it."),
        News::Failed(sentence) => Toast::error("That could not be done").text(sentence.as_str()).way("esc", "dismiss"),
    }
}
