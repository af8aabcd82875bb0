//! A line as words and quotes.

use std::ops::Range;

/// Opening marks and what ends each.
const QUOTES: &[(char, &[char])] =
    &[('"', &['"']), ('“', &['”', '"']), ('„', &['”', '“', '"']), ('«', &['»']), ('”', &['”'])];

pub struct Piece {
    pub span: Range<usize>,
    /// Of a quote what is in it; one that is not closed ends with the line.
    pub quoted: Option<Range<usize>>,
}

pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(blanks) = text[at..].find(|c: char| !c.is_whitespace()) {
        let begin = at + blanks;
        let first = text[begin..].chars().next();
        let marks = first.and_then(|first| QUOTES.iter().find(|(open, _)| *open == first));
        let piece = if let Some((open, ends)) = marks {
            quoted(text, begin, begin + open.len_utf8(), ends)
        } else {
            let length = text[begin..].find(char::is_whitespace).unwrap_or(text.len() - begin);
            Piece { span: begin..begin + length, quoted: None }
        };
        at = piece.span.end;
        pieces.push(piece);
    }
    pieces
}

fn quoted(text: &str, begin: usize, inside: usize, ends: &[char]) -> Piece {
    match text[inside..].char_indices().find(|(_, c)| ends.contains(c)) {
        Some((length, c)) => {
            let end = inside + length;
            Piece { span: begin..end + c.len_utf8(), quoted: Some(inside..end) }
        }
        None => Piece { span: begin..text.len(), quoted: Some(inside..text.len()) },
    }
}
