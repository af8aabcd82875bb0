//! What is to be told: its words in a form that no channel can mistake for its own marks.

use uuid::Uuid;

/// Longest title and text that go out; what is beyond is cut off with an ellipsis.
const TITLE: usize = 200;
const BODY: usize = 8_000;

/// What is to be told to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The same at every attempt, and in what arrives: a double can be known by it.
    pub id: Uuid,
    /// The e-mail address of the person, empty when there is none; other channels know whom they reach.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Lines of plain text.
    pub text: String,
    /// Where it leads, as the last line of the text; a push notification opens it when it is an address of the web.
    pub link: Option<String>,
}

impl Message {
    /// The subject on one line, without characters that steer a terminal, a header or the direction of writing.
    pub(super) fn title(&self) -> String {
        shortened(&one_line(&self.subject), TITLE)
    }

    /// The text and, apart from it, the link; lines end with a line feed.
    pub(super) fn body(&self) -> String {
        let text = self.text.replace("\r\n", "\n");
        let lines: Vec<String> = text.split('\n').map(one_line).collect();
        let text = shortened(lines.join("\n").trim_end(), BODY);
        match self.link.as_deref().map(one_line) {
            Some(link) if text.is_empty() => link,
            Some(link) => format!("{text}\n\n{link}"),
            None => text,
        }
    }

    /// The link, when a browser can open it.
    pub(super) fn web_link(&self) -> Option<&str> {
        let is_web = |link: &str| link.starts_with("https://") || link.starts_with("http://");
        self.link.as_deref().filter(|link| is_web(link) && link.bytes().all(|byte| byte.is_ascii_graphic()))
    }
}

/// Other people's words on one line.
pub(super) fn one_line(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().filter(|c| !steers(*c)).map(|c| if breaks(c) { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// What the other side said, for a sentence of ours: short, and without the secrets that it may repeat.
pub(super) fn quoted(said: &str, secrets: &[String]) -> String {
    let told = secrets.iter().filter(|secret| !secret.is_empty());
    let safe = told.fold(said.to_owned(), |said, secret| said.replace(secret.as_str(), "…"));
    shortened(&one_line(&safe), 200)
}

/// At most so many characters, the last of them an ellipsis when more were there.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests;
