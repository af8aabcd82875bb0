//! One search over the records of all objects: what is asked, what is found, and which of it stands first. A new reason
//! to stand before others is a variant of [`Rank`], in its place.

use super::answer::Row;
use super::fold::words;
use super::id::Object;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Below so many, similar ones follow.
pub const FEW: usize = 20;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// Without a word: what was viewed, the latest first.
    pub text: String,
    /// `None`: all objects.
    pub scope: Option<Object>,
    pub limit: usize,
}

/// What was found, the best first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Hits {
    pub rows: Vec<Row>,
    /// False while some object can't be searched yet.
    pub ready: bool,
}

/// How well a name answers, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Exact,
    Beginning,
    /// Each word begins a word of the name.
    Words,
    /// The words are somewhere in the record's text.
    Part,
}

impl Rank {
    fn risen(self) -> Rank {
        match self {
            Rank::Exact => Rank::Exact,
            Rank::Beginning | Rank::Words => Rank::Beginning,
            Rank::Part => Rank::Words,
        }
    }
}

/// Where a record stands among all that was found: by rank, the place in what was viewed, last activity.
pub type Standing = (Rank, usize, Reverse<Option<DateTime<Utc>>>);

/// What was viewed counts one rank more and stands first in it.
pub fn standing(rank: Rank, viewed: Option<usize>, last_activity: Option<DateTime<Utc>>) -> Standing {
    let rank = if viewed.is_some() { rank.risen() } else { rank };
    (rank, viewed.unwrap_or(usize::MAX), Reverse(last_activity))
}

/// The folded words of a search, to be held against folded names.
#[derive(Debug, Clone)]
pub struct Sought {
    pub words: Vec<String>,
    phrase: String,
}

impl Sought {
    /// `None` when there is no word.
    pub fn of(text: &str) -> Option<Sought> {
        let words = words(text);
        let phrase = words.join(" ");
        (!words.is_empty()).then_some(Sought { words, phrase })
    }

    /// Whether the name, or more of it, begins with what is sought.
    pub fn begins(&self, name: &[u8]) -> bool {
        name.starts_with(self.phrase.as_bytes())
    }

    /// Of a record whose text holds all words.
    pub fn rank(&self, name: &[u8]) -> Rank {
        if let Some(rest) = name.strip_prefix(self.phrase.as_bytes()) {
            return if rest.is_empty() { Rank::Exact } else { Rank::Beginning };
        }
        if self.words.iter().all(|word| begins_a_word(name, word.as_bytes())) { Rank::Words } else { Rank::Part }
    }
}

fn begins_a_word(name: &[u8], word: &[u8]) -> bool {
    let mut from = 0;
    while let Some(found) = word.first().and_then(|first| memchr::memchr(*first, &name[from..])) {
        let at = from + found;
        // Bytes above ASCII are parts of letters.
        let is_start = at == 0 || !(name[at - 1].is_ascii_alphanumeric() || name[at - 1] >= 0x80);
        if is_start && name[at..].starts_with(word) {
            return true;
        }
        from = at + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold::fold;
    use chrono::TimeZone;

    fn rank(text: &str, name: &str) -> Rank {
        Sought::of(text).unwrap().rank(fold(name).as_bytes())
    }

    #[test]
    fn names_are_ranked_by_where_the_words_stand() {
        let cases = [
            ("jan kowalski", "Jan Kowalski", Rank::Exact),
            ("JAN K", "Jan Kowalski", Rank::Beginning),
            ("kow jan", "Jan Kowalski", Rank::Words),
            ("dabr", "Iłżecka-Dąbrowska", Rank::Words),
            ("wal", "Jan Kowalski", Rank::Part),
            ("jan balt", "Jan Kowalski", Rank::Part),
            ("ski", "Kowalski Ski", Rank::Words),
            ("健", "田辺健", Rank::Part),
        ];
        for (text, name, wanted) in cases {
            assert_eq!(rank(text, name), wanted, "{text} in {name}");
        }
        assert!(Sought::of(" \t").is_none());
    }

    #[test]
    fn what_was_viewed_rises_but_never_above_the_exact_one() {
        let at = |day| Some(Utc.with_ymd_and_hms(2026, 11, day, 0, 0, 0).unwrap());
        let mut all = [
            ("part, busy", standing(Rank::Part, None, at(19))),
            ("words", standing(Rank::Words, None, at(18))),
            ("viewed before, part", standing(Rank::Part, Some(1), None)),
            ("viewed, words", standing(Rank::Words, Some(0), None)),
            ("beginning", standing(Rank::Beginning, None, at(1))),
            ("exact", standing(Rank::Exact, None, None)),
            ("words, idle", standing(Rank::Words, None, None)),
        ];
        all.sort_by_key(|(_, standing)| *standing);
        let names = all.map(|(name, _)| name);
        let wanted =
            ["exact", "viewed, words", "beginning", "viewed before, part", "words", "words, idle", "part, busy"];
        assert_eq!(names, wanted);
    }
}
