//! Text as search and sorting see it: `lodz` finds `Łódź`, and `Łódź` stands right after `Lz`.
//! A letter that does not decompose gets a row in `LETTERS`.

mod collate;
#[cfg(test)]
mod tests;

use std::ops::Range;

use memchr::memmem;
use unicode_normalization::char::{decompose_canonical, decompose_compatible};

pub use collate::{collate, collate_into};

/// Lower-case letters without a decomposition, and what one types for them.
const LETTERS: &[(char, &str)] = &[
    ('ł', "l"),
    ('ø', "o"),
    ('đ', "d"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('ð', "d"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ς', "σ"),
];

/// Marks that search leaves out. Vowel signs of Indic and Thai scripts are marks too, but there they are letters.
const MARKS: &[Range<char>] = &[
    '\u{300}'..'\u{370}',
    '\u{483}'..'\u{488}',
    '\u{591}'..'\u{5be}',
    '\u{5bf}'..'\u{5c0}',
    '\u{5c1}'..'\u{5c3}',
    '\u{5c4}'..'\u{5c6}',
    '\u{64b}'..'\u{660}',
    '\u{670}'..'\u{671}',
    '\u{1ab0}'..'\u{1b00}',
    '\u{1dc0}'..'\u{1e00}',
    '\u{20d0}'..'\u{2100}',
    '\u{3099}'..'\u{309b}',
    '\u{fe20}'..'\u{fe30}',
];

/// Characters that take no room and no part: zero-width, bidirectional controls, variation selectors, tags.
const UNSEEN: &[Range<char>] = &[
    '\u{ad}'..'\u{ae}',
    '\u{34f}'..'\u{350}',
    '\u{61c}'..'\u{61d}',
    '\u{180b}'..'\u{180f}',
    '\u{200b}'..'\u{2010}',
    '\u{202a}'..'\u{202f}',
    '\u{2060}'..'\u{2070}',
    '\u{fe00}'..'\u{fe10}',
    '\u{feff}'..'\u{ff00}',
    '\u{fff9}'..'\u{fffc}',
    '\u{e0000}'..'\u{e1000}',
];

/// `text` for search: lower case, without marks, blanks collapsed, nothing that cannot be seen.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the fold of `text` to `out`; allocates only when `out` has to grow.
pub fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    let mut blank = false;
    for c in text.chars() {
        if is_blank(c) {
            blank = true;
            continue;
        }
        let before = out.len();
        if blank && before > start {
            out.push(' ');
        }
        let mark = out.len();
        fold_char(c, |c| out.push(c));
        if out.len() == mark {
            out.truncate(before);
        } else {
            blank = false;
        }
    }
}

/// The folded words of a query; a record matches when each of them is part of its folded text.
pub fn words(query: &str) -> Vec<String> {
    fold(query).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Where `folded_needle` first stands in `haystack`, as a range of bytes in `haystack` as it is written.
pub fn find_folded(haystack: &str, folded_needle: &str) -> Option<Range<usize>> {
    if folded_needle.is_empty() {
        return None;
    }
    let folded = Traced::new(haystack);
    let at = memmem::find(folded.text.as_bytes(), folded_needle.as_bytes())?;
    Some(folded.origin(at..at + folded_needle.len()))
}

/// Every place in `haystack` where one of the folded `words` stands, sorted, overlapping ones merged.
pub fn all_hits(haystack: &str, words: &[impl AsRef<str>]) -> Vec<Range<usize>> {
    let folded = Traced::new(haystack);
    let mut hits: Vec<Range<usize>> = Vec::new();
    for word in words.iter().map(AsRef::as_ref).filter(|word| !word.is_empty()) {
        let found = memmem::find_iter(folded.text.as_bytes(), word.as_bytes());
        hits.extend(found.map(|at| folded.origin(at..at + word.len())));
    }
    hits.sort_by_key(|hit| (hit.start, hit.end));
    hits.dedup_by(|later, kept| {
        let overlaps = later.start < kept.end;
        if overlaps {
            kept.end = kept.end.max(later.end);
        }
        overlaps
    });
    hits
}

/// Folded text that remembers where each of its bytes came from.
struct Traced {
    text: String,
    sources: Vec<Range<usize>>,
}

impl Traced {
    fn new(original: &str) -> Self {
        let mut traced =
            Self { text: String::with_capacity(original.len()), sources: Vec::with_capacity(original.len()) };
        let mut blank: Option<Range<usize>> = None;
        for (at, c) in original.char_indices() {
            let source = at..at + c.len_utf8();
            if is_blank(c) {
                blank = Some(blank.map_or(source.start, |before| before.start)..source.end);
                continue;
            }
            let mut letters = [' '; 8];
            let mut count = 0;
            fold_char(c, |letter| {
                if let Some(slot) = letters.get_mut(count) {
                    *slot = letter;
                    count += 1;
                }
            });
            if count == 0 {
                traced.stretch(&source, blank.is_some());
                continue;
            }
            if let Some(gap) = blank.take()
                && !traced.text.is_empty()
            {
                traced.push(' ', &gap);
            }
            for letter in &letters[..count] {
                traced.push(*letter, &source);
            }
        }
        traced
    }

    fn push(&mut self, letter: char, source: &Range<usize>) {
        self.text.push(letter);
        self.sources.resize(self.text.len(), source.clone());
    }

    /// A mark belongs to the letter before it, so that underlining takes both.
    fn stretch(&mut self, mark: &Range<usize>, after_blank: bool) {
        if after_blank {
            return;
        }
        if let Some(start) = self.sources.last().map(|source| source.start) {
            for source in self.sources.iter_mut().rev().take_while(|source| source.start == start) {
                source.end = mark.end;
            }
        }
    }

    fn origin(&self, folded: Range<usize>) -> Range<usize> {
        self.sources[folded.start].start..self.sources[folded.end - 1].end
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn within(ranges: &[Range<char>], c: char) -> bool {
    ranges.iter().any(|range| range.contains(&c))
}

/// Emits the folded letters of one character, at most eight of them; none for what cannot be seen.
fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        if !c.is_ascii_control() {
            emit(c.to_ascii_lowercase());
        }
        return;
    }
    if is_letter_of_its_own(c) {
        emit(c);
        return;
    }
    if c.is_control() || within(UNSEEN, c) {
        return;
    }
    if is_wide_or_ligature(c) {
        // A mark that stands by itself is a blank and the mark.
        decompose_compatible(c, |part| {
            if !is_blank(part) {
                lower(part, &mut emit);
            }
        });
    } else {
        lower(c, &mut emit);
    }
}

/// Kana, ideographs and Hangul syllables: no case, and a syllable taken apart would match half of another.
fn is_letter_of_its_own(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{304a}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_wide_or_ligature(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{ff00}'..='\u{ffef}' | '\u{3000}')
}

fn lower(c: char, emit: &mut impl FnMut(char)) {
    for small in c.to_lowercase() {
        decompose_canonical(small, |part| {
            if within(MARKS, part) {
                return;
            }
            match LETTERS.iter().find(|(letter, _)| *letter == part) {
                Some((_, plain)) => plain.chars().for_each(&mut *emit),
                None => emit(part),
            }
        });
    }
}
