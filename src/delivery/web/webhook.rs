//! Other apps: JSON as Slack's incoming webhooks take it, and Mattermost's, Rocket.Chat's and many others' after them.

use super::super::deadline::Deadline;
use super::super::{Limits, Message, Secret, Stop};
use super::{Post, post};
use serde::Serialize;

/// What is posted. `id` and the header of the same meaning are for whoever writes the other side.
#[derive(Serialize)]
struct Payload<'a> {
    text: &'a str,
    /// Names and subjects mean themselves: an asterisk in one is no bold face.
    mrkdwn: bool,
    id: String,
}

pub(in super::super) fn send(
    address: &Secret,
    message: &Message,
    limits: &Limits,
    deadline: Deadline,
) -> Result<(), Stop> {
    let address = address.reveal_before(deadline)?;
    let text = escaped(&format!("{}\n{}", message.title(), message.body()));
    let payload = Payload { text: text.trim_end(), mrkdwn: false, id: message.id.to_string() };
    let body = serde_json::to_vec(&payload)
        .map_err(|error| Stop::lasting(format!("The message could not be written as JSON: {error}.")))?;
    let headers = vec![("Content-Type", "application/json".to_owned()), ("Idempotency-Key", payload.id)];
    post(&address, Post { whom: "the webhook", headers, body, secrets: Vec::new() }, limits, deadline)
}

/// As text that names nobody and links nowhere by itself: `<!channel>` would call everybody.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
