//! E-mail: a short plain text, composed here and handed to the mail server of the settings `smtp.*`.

mod conversation;
mod line;

use super::deadline::Deadline;
use super::{Limits, Message, Smtp, Stop};
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{Address, Message as Composed};

use self::conversation::Conversation;

/// A mail that is ready to be handed over.
struct Mail {
    from: String,
    to: String,
    bytes: Vec<u8>,
}

pub(super) fn send(smtp: &Smtp, message: &Message, limits: &Limits, deadline: Deadline) -> Result<(), Stop> {
    let mail = compose(smtp, message)?;
    if smtp.host.trim().is_empty() {
        return Err(Stop::lasting("No mail server is set. Set smtp.host, then send it again."));
    }
    let password = smtp.password.as_ref().map(|secret| secret.reveal_before(deadline)).transpose()?;
    let mut conversation = Conversation::open(smtp, limits, deadline)?;
    if let Some(password) = &password {
        conversation.log_in(&smtp.user, password)?;
    }
    conversation.hand_over(&mail)
}

fn compose(smtp: &Smtp, message: &Message) -> Result<Mail, Stop> {
    if message.to.trim().is_empty() {
        return Err(Stop::lasting("The recipient has no e-mail address. Give the user one, then send it again."));
    }
    let to = address(&message.to).ok_or_else(|| {
        Stop::lasting("The recipient's e-mail address is not complete. Correct it at the user, then send it again.")
    })?;
    let from = mailbox(&smtp.from)
        .ok_or_else(|| Stop::lasting("The sender smtp.from is no e-mail address. Correct it, then send it again."))?;
    let domain = if from.email.domain().is_ascii() { from.email.domain() } else { "lejek.invalid" };
    let id = format!("<{}@{domain}>", message.id);
    let built = headed(Composed::builder())
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(message.title())
        .message_id(Some(id))
        .body(message.body());
    let bytes = built.map_err(|error| Stop::lasting(format!("The mail could not be composed: {error}.")))?.formatted();
    Ok(Mail { from: from.email.to_string(), to: to.to_string(), bytes })
}

/// What a mail says of itself besides what it says: plain text, and that no answer of a machine is wanted (RFC 3834).
fn headed(builder: MessageBuilder) -> MessageBuilder {
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    let automatic = HeaderValue::new(automatic, "auto-generated".to_owned());
    builder.header(MIME_VERSION_1_0).header(ContentType::TEXT_PLAIN).raw_header(automatic)
}

/// An address of which nothing can be taken for a command or another address.
fn address(text: &str) -> Option<Address> {
    let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '\\');
    let text = text.trim();
    (!text.contains(odd)).then(|| text.parse().ok()).flatten()
}

fn mailbox(text: &str) -> Option<Mailbox> {
    if text.contains(char::is_control) {
        return None;
    }
    let mailbox: Mailbox = text.trim().parse().ok()?;
    address(mailbox.email.as_ref()).map(|_| mailbox)
}

#[cfg(test)]
mod tests;
