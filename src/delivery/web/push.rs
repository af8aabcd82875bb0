//! Mobile: a text for an ntfy-compatible topic, its title and its id in headers.

use super::super::deadline::Deadline;
use super::super::secret::Revealed;
use super::super::{Limits, Message, Secret, Stop};
use super::{Post, post};
use base64::{Engine, engine::general_purpose::STANDARD};

/// A longer text would arrive as a file.
const LONGEST: usize = 4_000;

/// Bytes that one encoded word can hold within its 75 characters.
const WORD: usize = 45;

pub(in super::super) fn send(
    topic: &Secret,
    token: Option<&Secret>,
    message: &Message,
    limits: &Limits,
    deadline: Deadline,
) -> Result<(), Stop> {
    let topic = topic.reveal_before(deadline)?;
    let token: Option<Revealed> = token.map(|token| token.reveal_before(deadline)).transpose()?;
    let id = message.id.to_string();
    // The second of the same sequence takes the place of the first on the phone.
    let mut headers =
        vec![("Idempotency-Key", id.clone()), ("X-Sequence-ID", id), ("Title", encoded(&message.title()))];
    headers.push(("Content-Type", "text/plain; charset=utf-8".to_owned()));
    if let Some(link) = message.web_link() {
        headers.push(("Click", link.to_owned()));
    }
    if let Some(token) = &token {
        headers.push(("Authorization", format!("Bearer {}", token.expose())));
    }
    let body = cut(message.body()).into_bytes();
    let secrets = token.iter().map(|token| token.expose().to_owned()).collect();
    post(&topic, Post { whom: "the push server", headers, body, secrets }, limits, deadline)
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST - '…'.len_utf8()));
        text.push('…');
    }
    text
}

/// A header's value in ASCII, in encoded words (RFC 2047) when it needs them.
fn encoded(title: &str) -> String {
    if title.is_ascii() && !title.contains("=?") {
        return title.to_owned();
    }
    let mut words = Vec::new();
    let mut rest = title;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(WORD));
        words.push(format!("=?UTF-8?B?{}?=", STANDARD.encode(word)));
        rest = after;
    }
    words.join(" ")
}

#[cfg(test)]
mod tests;
