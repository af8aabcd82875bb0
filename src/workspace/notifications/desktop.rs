//! Notifications that the terminal itself shows: their bytes, for whoever draws on it.

use crate::delivery::Message;
use crate::delivery::desktop::{Terminal, notice};
use crate::domain::notification::NotificationId;
use uuid::Uuid;

/// What makes the terminal of this environment notify; `id` lets a second one of the same replace the first.
pub fn terminal_notice(
    id: Option<NotificationId>,
    title: &str,
    text: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Vec<u8> {
    let message = Message {
        id: id.map_or(Uuid::nil(), |id| id.0),
        to: String::new(),
        subject: title.to_owned(),
        text: text.to_owned(),
        link: None,
    };
    notice(&Terminal::from_variables(variable), &message)
}
