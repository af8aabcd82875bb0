//! Quotes in expressions: what stands in them is one piece, whatever it holds; a quote in it is written twice.

/// The pieces between `separator`, those in quotes left whole.
pub(in crate::domain) fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(c) = text[at..].chars().next() {
        if let Some(end) = quoted_end(text, at) {
            at = end;
        } else if text[at..].starts_with(separator) {
            parts.push(&text[start..at]);
            at += separator.len();
            start = at;
        } else {
            at += c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The end of the quoted piece that begins at `at`. A quote within a word is none: `a 5" pipe`.
fn quoted_end(text: &str, at: usize) -> Option<usize> {
    let opens = |before: char| before.is_whitespace() || matches!(before, ';' | '|' | '=' | '<' | '>');
    if !text[at..].starts_with('"') || !text[..at].chars().next_back().is_none_or(opens) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut end = at + 1;
    loop {
        end += text[end..].find('"')? + 1;
        if bytes.get(end) != Some(&b'"') {
            return Some(end);
        }
        end += 1;
    }
}

/// Without the quotes, if it stands in them whole.
pub(in crate::domain) fn unquoted(text: &str) -> String {
    let text = text.trim();
    match quoted_end(text, 0) {
        Some(end) if end == text.len() => text[1..end - 1].replace("\"\"", "\""),
        _ => text.to_owned(),
    }
}

pub(in crate::domain) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// It reads the same without quotes, wherever it stands.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !text.contains(['"', ';', '|'])
        && !text.contains(" and ")
        && !text.contains(char::is_control)
}
