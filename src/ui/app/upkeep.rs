//! How the interface says what the program does by itself.

use crate::ui::widgets::Toast;
use crate::workspace::upkeep::{DAYS_IN_BIN, News};

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
