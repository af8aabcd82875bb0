//! E-mails: one message as plain values, whoever wrote it. `mail/body.rs` finds its text, `mail/letters.rs` makes rows of
//! files and folders of them, `mail/mailbox.rs` reads files with several.

mod body;
mod letters;
mod mailbox;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, Received};

pub(super) use letters::looks_like_mail;
pub use letters::{Mails, Paths, files_of};

/// As much of a mail as is read: its text stands before its attachments.
pub(super) const MOST: usize = 4 * 1024 * 1024;
/// Letters of its text.
const MOST_TEXT: usize = 60_000;
const MOST_SUBJECT: usize = 900;
/// Addresses that it went to, and ids that it refers to.
const MOST_ADDRESSES: usize = 500;
const MOST_REFERENCES: usize = 100;
/// The longest id; longer ones are no ids.
const MOST_ID: usize = 500;

/// One message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// Without brackets; blank when it has none.
    pub id: String,
    /// The mails of its thread that it names, the first one first.
    pub references: Vec<String>,
    pub at: Option<DateTime<Utc>>,
    /// `Jan Kowalski <jan@acme.pl>`, the name without what parts several.
    pub from: String,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub subject: String,
    pub text: String,
    /// What was left out, as sentences.
    pub remarks: Vec<String>,
}

/// Reads one message; the error is why it is none.
pub fn read(bytes: &[u8]) -> Result<Mail, String> {
    let is_cut = bytes.len() > MOST;
    let bytes = &bytes[..bytes.len().min(MOST)];
    let nothing = || "This is no e-mail: it has no lines such as From, To and Date.".to_owned();
    let head = MessageParser::default().parse_headers(bytes).ok_or_else(nothing)?;
    let mut mail = Mail { id: ids(head.header(HeaderName::MessageId)).next().unwrap_or_default(), ..Mail::default() };
    mail.references = references(&head);
    mail.at = time(&head);
    mail.from = head.from().or(head.sender()).and_then(|from| parties(from).next()).unwrap_or_default();
    mail.to = head.all_to().chain(head.all_bcc()).flat_map(parties).take(MOST_ADDRESSES + 1).collect();
    mail.cc = head.all_cc().flat_map(parties).take(MOST_ADDRESSES + 1).collect();
    mail.subject = head.subject().unwrap_or_default().trim().chars().take(MOST_SUBJECT).collect();
    let has_kind = head.header(HeaderName::ContentType).is_some();
    if mail.from.is_empty() && mail.to.is_empty() && mail.subject.is_empty() && mail.at.is_none() && !has_kind {
        return Err(nothing());
    }
    mail.few_addresses();
    if is_cut {
        mail.remarks.push(format!("The mail is larger than {} MB. Its text was looked for there.", MOST >> 20));
    }
    let (text, is_whole) = bounded(&body::text(bytes));
    mail.text = text;
    if !is_whole {
        mail.remarks.push(format!("Its text is longer than {MOST_TEXT} letters. What follows was left out."));
    }
    Ok(mail)
}

/// When it was written, or arrived; from its head alone.
pub(super) fn moment(bytes: &[u8]) -> Option<DateTime<Utc>> {
    time(&MessageParser::default().parse_headers(bytes)?)
}

impl Mail {
    fn few_addresses(&mut self) {
        let room = MOST_ADDRESSES.saturating_sub(self.to.len());
        if self.to.len() > MOST_ADDRESSES || self.cc.len() > room {
            self.to.truncate(MOST_ADDRESSES);
            self.cc.truncate(room);
            self.remarks.push(format!("It went to more than {MOST_ADDRESSES} addresses. The first ones came in."));
        }
    }
}

fn time(head: &Message) -> Option<DateTime<Utc>> {
    let arrived = head.received_all().find_map(Received::date);
    let given = head.date().copied().into_iter().chain(arrived);
    let mut known = given.filter(|date| date.is_valid() && (1970..=9999).contains(&date.year));
    known.find_map(|date| DateTime::from_timestamp(date.to_timestamp(), 0))
}

/// `References` name the whole thread, `In-Reply-To` its last mail.
fn references(head: &Message) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for id in ids(head.header(HeaderName::References)).chain(ids(head.header(HeaderName::InReplyTo))) {
        if !all.contains(&id) && all.len() < MOST_REFERENCES {
            all.push(id);
        }
    }
    all
}

fn ids<'a>(header: Option<&'a HeaderValue>) -> impl Iterator<Item = String> + 'a {
    let texts = header.and_then(HeaderValue::as_text_list).map(<[_]>::iter).into_iter().flatten();
    let one = header.and_then(HeaderValue::as_text).filter(|_| header.and_then(HeaderValue::as_text_list).is_none());
    let all = texts.map(AsRef::as_ref).chain(one);
    // Blanks part them where they stand together.
    let all = all.map(|id: &str| id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>());
    all.filter(|id| !id.is_empty() && id.len() <= MOST_ID)
}

fn parties<'a>(address: &'a Address) -> impl Iterator<Item = String> + 'a {
    address.iter().filter_map(|one| {
        let address = one.address()?.trim();
        let name = one.name().unwrap_or_default();
        let name: String = name.chars().map(|c| if ",;<>\"".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        (!address.is_empty()).then(|| match name.as_str() {
            "" => address.to_owned(),
            name => format!("{name} <{address}>"),
        })
    })
}

fn bounded(text: &str) -> (String, bool) {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    match text.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => (text[..end].to_owned(), false),
        None => (text.to_owned(), true),
    }
}
