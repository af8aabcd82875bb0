//! The text of a message: of its parts those that are meant to be read, HTML as plain text. Nesting and the number of
//! parts are bounded, so that no mail takes longer than its length allows.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1250};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::{ContentType, Message, MessageParser, MimeHeaders};

use crate::exchange::html;

const DEEPEST: u8 = 10;
const MOST_PARTS: usize = 200;

/// A part that can be read.
enum Text {
    Plain(String),
    Html(String),
}

impl Text {
    fn is_plain(&self) -> bool {
        matches!(self, Text::Plain(_))
    }

    fn into_plain(self) -> String {
        match self {
            Text::Plain(text) => text,
            Text::Html(text) => html::plain(&text),
        }
    }
}

pub(super) fn text(message: &[u8]) -> String {
    let mut room = MOST_PARTS;
    let texts = texts(message, 0, &mut room).into_iter().map(Text::into_plain);
    let texts: Vec<String> = texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}

fn texts(part: &[u8], depth: u8, room: &mut usize) -> Vec<Text> {
    if depth > DEEPEST || *room == 0 {
        return Vec::new();
    }
    *room -= 1;
    let (head, body) = parted(part);
    let head = MessageParser::default().parse_headers(head);
    let head = head.as_ref();
    if depth > 0 && head.and_then(Message::content_disposition).is_some_and(ContentType::is_attachment) {
        return Vec::new();
    }
    let kind = head.and_then(Message::content_type);
    let subtype = kind.and_then(ContentType::subtype).unwrap_or_default().to_ascii_lowercase();
    match kind.map_or("text", ContentType::ctype).to_ascii_lowercase().as_str() {
        "multipart" => match kind.and_then(|kind| kind.attribute("boundary")).map(|boundary| pieces(body, boundary)) {
            Some(pieces) if !pieces.is_empty() => several(&subtype, &pieces, depth, room),
            // Without its boundaries it is one piece.
            _ => vec![Text::Plain(decoded(body, head))],
        },
        "text" if subtype == "html" => vec![Text::Html(decoded(body, head))],
        "text" if matches!(subtype.as_str(), "plain" | "") || depth == 0 => vec![Text::Plain(decoded(body, head))],
        _ => Vec::new(),
    }
}

fn several(subtype: &str, pieces: &[&[u8]], depth: u8, room: &mut usize) -> Vec<Text> {
    // The first one of related ones is the text, the others are its pictures.
    let most = if subtype == "related" { 1 } else { pieces.len() };
    let mut found: Vec<Text> = pieces.iter().take(most).flat_map(|piece| texts(piece, depth + 1, &mut *room)).collect();
    if subtype == "alternative" {
        let has_plain = found.iter().any(|text| matches!(text, Text::Plain(text) if !text.trim().is_empty()));
        found.retain(|text| text.is_plain() == has_plain);
        found.truncate(1);
    }
    found
}

/// What stands before the first empty line, and behind it.
fn parted(part: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in part.split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            return (&part[..at], &part[at + line.len()..]);
        }
        at += line.len();
    }
    (part, &[])
}

/// The pieces of several parts; the last one may lack its end.
fn pieces<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let (mut found, mut start, mut at) = (Vec::new(), None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let rest = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes()));
        let end = rest.map(<[u8]>::trim_ascii_end);
        if matches!(end, Some(b"" | b"--")) {
            found.extend(start.map(|start| &body[start..at]));
            start = (end == Some(b"")).then_some(at + line.len());
        }
        at += line.len();
    }
    found.extend(start.map(|start| &body[start..]));
    found.truncate(MOST_PARTS);
    found
}

/// Quoted-printable bytes as they were; a `=` that means nothing stays, as programs leave it in HTML.
fn unquoted(body: &[u8]) -> Vec<u8> {
    let digit = |at: usize| body.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut bytes, mut at) = (Vec::with_capacity(body.len()), 0);
    while let Some(byte) = body.get(at) {
        let soft = [&b"=\r\n"[..], b"=\n"].into_iter().find(|soft| body[at..].starts_with(soft));
        match (byte, soft, digit(at + 1), digit(at + 2)) {
            (b'=', Some(soft), _, _) => at += soft.len(),
            (b'=', None, Some(high), Some(low)) => {
                bytes.push((16 * high + low) as u8);
                at += 3;
            }
            _ => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    bytes
}

fn decoded(body: &[u8], head: Option<&Message>) -> String {
    let encoding = head.and_then(Message::content_transfer_encoding).unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = match encoding.as_str() {
        "base64" => base64_decode(body).map(Cow::Owned),
        "quoted-printable" => Some(Cow::Owned(unquoted(body))),
        _ => Some(Cow::Borrowed(body)),
    };
    let bytes = bytes.unwrap_or(Cow::Borrowed(body));
    let charset = head.and_then(Message::content_type).and_then(|kind| kind.attribute("charset"));
    match charset.and_then(|charset| charset_decoder(charset.as_bytes())) {
        Some(decode) => decode(&bytes),
        None if std::str::from_utf8(&bytes).is_ok() => UTF_8.decode_without_bom_handling(&bytes).0.into_owned(),
        None => WINDOWS_1250.decode_without_bom_handling(&bytes).0.into_owned(),
    }
}
