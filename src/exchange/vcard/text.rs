//! One property of a card: its head and value, and its bytes as UTF-8, whatever set of characters it was written in.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1250};
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

/// A property without its colon: name and parameters, value. A colon between quotes is part of a parameter.
pub(super) fn parted(line: &[u8]) -> (&[u8], &[u8]) {
    let mut is_quoted = false;
    let colon = line.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == b':' && !is_quoted
    });
    let colon = colon.or_else(|| memchr::memchr(b':', line));
    colon.map_or((line, &[][..]), |at| (&line[..at], &line[at + 1..]))
}

/// The name of a property, without the group that it is of: `EMAIL` of `item1.EMAIL;TYPE=work`.
pub(super) fn name(head: &[u8]) -> &[u8] {
    let name = head.split(|byte| *byte == b';').next().unwrap_or_default();
    name.rsplit(|byte| *byte == b'.').next().unwrap_or_default().trim_ascii()
}

/// Whether the value is quoted-printable.
pub(super) fn is_quoted(head: &[u8]) -> bool {
    let mut parameters = head.split(|byte| *byte == b';').skip(1);
    parameters.any(|parameter| {
        let value = parameter.rsplit(|byte| *byte == b'=').next().unwrap_or_default();
        value.trim_ascii().eq_ignore_ascii_case(b"QUOTED-PRINTABLE")
    })
}

/// The set of characters that a property names, if it is known.
fn charset(head: &[u8]) -> Option<&'static Encoding> {
    let mut parameters = head.split(|byte| *byte == b';').skip(1);
    let label = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_at_checked(b"CHARSET=".len())?;
        name.eq_ignore_ascii_case(b"CHARSET=").then(|| value.trim_ascii())
    })?;
    let label = label.strip_prefix(b"\"").and_then(|label| label.strip_suffix(b"\"")).unwrap_or(label);
    Encoding::for_label_no_replacement(label)
}

/// Of bytes that say nothing of it: UTF-8 where they are that, else what Polish and German programs write.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1250 }
}

/// A property as a line of text; one that is quoted-printable says what it is encoded in.
fn line(bytes: &[u8]) -> String {
    let (head, value) = parted(bytes);
    if !is_quoted(head) {
        let guess = guessed(bytes);
        let encoding = if guess == UTF_8 { UTF_8 } else { charset(head).unwrap_or(guess) };
        return encoding.decode_without_bom_handling(bytes).0.replace(['\0', '\r', '\n'], "");
    }
    let encoding = charset(head).unwrap_or_else(|| guessed(&quoted_printable_decode(value).unwrap_or_default()));
    let [head, value] = [head, value].map(|part| guessed(part).decode_without_bom_handling(part).0);
    format!("{head};ENCODING=QUOTED-PRINTABLE;CHARSET={}:{value}", encoding.name()).replace(['\0', '\r', '\n'], "")
}

/// A card of these properties.
pub(super) fn whole(lines: &[Vec<u8>]) -> String {
    let lines = lines.iter().map(|bytes| Cow::Owned(line(bytes)));
    let ends = |line| std::iter::once(Cow::Borrowed(line));
    let all: Vec<Cow<str>> = ends("BEGIN:VCARD").chain(lines).chain(ends("END:VCARD\n")).collect();
    all.join("\n")
}
