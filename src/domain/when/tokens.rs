//! A written date as numbers, words and marks.

use std::str::FromStr;

use super::words::PHRASES;
use crate::domain::fold::fold;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number { value: u32, length: usize },
    Word(String),
    Mark(char),
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Whether it follows the one before without a blank.
    pub(super) glued: bool,
}

/// Nothing when a number is longer than any date has.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut folded = fold(text).replace(['–', '—', '\u{2212}'], "-");
    for (phrase, one) in PHRASES {
        if folded.contains(phrase) {
            folded = folded.replace(phrase, one);
        }
    }
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = folded.as_str();
    let mut glued = false;
    while let Some(first) = rest.chars().next() {
        let run = |fits: fn(&char) -> bool| rest.chars().take_while(fits).map(char::len_utf8).sum::<usize>();
        let after_word = glued && matches!(tokens.last(), Some(Token { kind: Kind::Word(_), .. }));
        let (length, kind) = if first.is_ascii_digit() {
            let length = run(char::is_ascii_digit);
            (length, Some(Kind::Number { value: u32::from_str(rest.get(..length.min(9))?).ok()?, length }))
        } else if first.is_alphabetic() {
            let length = run(|c| c.is_alphabetic());
            (length, Some(Kind::Word(rest[..length].to_owned())))
        } else if first == ' ' || first == ',' || (first == '.' && after_word) {
            (1, None)
        } else {
            (first.len_utf8(), Some(Kind::Mark(first)))
        };
        let said = kind.is_some();
        tokens.extend(kind.map(|kind| Token { kind, glued }));
        glued = said;
        rest = &rest[length..];
    }
    Some(tokens)
}
