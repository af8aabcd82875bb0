//! Text that others wrote, made safe for one line of cells, and cut to a width by graphemes.

mod wrap;

use std::{borrow::Cow, ops::Range};

use ratatui::{style::Style, text::Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use wrap::wrap;

/// Marks of no width in a row that one letter may carry; more only serve to paint over other lines.
const MOST_MARKS: usize = 4;

/// `text` without anything that could move the cursor, turn the writing direction or break the grid of cells.
/// Line breaks and tabs become blanks.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut marks = 0;
    let mut last_width = 0;
    for c in text.chars().filter_map(shown) {
        let width = c.width().unwrap_or(0);
        marks = if width == 0 { marks + 1 } else { 0 };
        // A joiner after a wide character makes one picture of several, on whose width no two terminals agree.
        let joins_pictures = c == '\u{200D}' && last_width == 2;
        if marks > MOST_MARKS || joins_pictures {
            continue;
        }
        if width > 0 {
            last_width = width;
        }
        cleaned.push(c);
    }
    Cow::Owned(cleaned)
}

fn shown(c: char) -> Option<char> {
    match c {
        '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{0085}' => Some(' '),
        c if c.is_control() || turns_direction(c) || is_invisible(c) || selects_variant(c) => None,
        c => Some(c),
    }
}

/// Marks, overrides and isolates of the writing direction.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Blank or of no width, where a joiner or a real blank would do: zero-width space, byte order mark, fillers, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}')
        || matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// The emoji form of a sign takes two cells in some terminals and one in others.
fn selects_variant(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

pub fn width(text: &str) -> usize {
    text.width()
}

/// The bytes of `text` that fit into `room` cells, in whole graphemes.
fn fitting(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > room {
            return at;
        }
    }
    text.len()
}

/// The bytes that stay when `text` is cut for a mark at its end; all of them if it needs no cut.
fn kept(text: &str, room: usize, mark: &str) -> usize {
    if text.len() <= room || text.width() <= room {
        return text.len();
    }
    let kept = fitting(text, room.saturating_sub(mark.width()));
    text[..kept].trim_end().len()
}

/// `text` in at most `room` cells, with `mark` where it is cut.
pub fn fit<'a>(text: &'a str, room: usize, mark: &str) -> Cow<'a, str> {
    match kept(text, room, mark) {
        all if all == text.len() => Cow::Borrowed(text),
        _ if room < mark.width() => Cow::Borrowed(""),
        kept => Cow::Owned(format!("{}{mark}", &text[..kept])),
    }
}

/// An e-mail cut on both sides of its `@`, so that both person and company are seen: `z.wier…@nordhafe…`.
pub fn fit_email<'a>(email: &'a str, room: usize, mark: &str) -> Cow<'a, str> {
    let parts = email.rsplit_once('@').filter(|_| email.width() > room && room >= 7);
    let Some((person, company)) = parts else {
        return fit(email, room, mark);
    };
    let room = room - 1;
    let share = (room / 2).saturating_sub(1).max(room.saturating_sub(company.width()));
    let person = fit(person, share, mark);
    let company = fit(company, room - person.width(), mark);
    Cow::Owned(format!("{person}@{company}"))
}

/// Filled with blanks on the right to `room` cells; longer text stays as it is.
pub fn pad(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(text.width())))
}

/// Filled with blanks on the left to `room` cells.
pub fn pad_left(text: &str, room: usize) -> String {
    format!("{}{text}", " ".repeat(room.saturating_sub(text.width())))
}

/// `text` in at most `room` cells as spans, with the parts that a search found in `hit`.
///
/// `hits` are byte ranges of `text` as it is given here, after `clean`, in order.
pub fn hit_spans<'a>(
    text: &'a str,
    hits: &[Range<usize>],
    room: usize,
    mark: &'a str,
    [base, hit]: [Style; 2],
) -> Vec<Span<'a>> {
    let kept = kept(text, room, mark);
    let mut spans = Vec::with_capacity(2 * hits.len() + 2);
    let mut from = 0;
    let mut push = |piece: &'a str, style| {
        if !piece.is_empty() {
            spans.push(Span::styled(piece, style));
        }
    };
    for range in hits {
        let start = text.floor_char_boundary(range.start.clamp(from, kept));
        let end = text.ceil_char_boundary(range.end).clamp(start, kept);
        push(&text[from..start], base);
        push(&text[start..end], hit);
        from = end;
    }
    push(&text[from..kept], base);
    if kept < text.len() && room >= mark.width() {
        push(mark, base);
    }
    spans
}

#[cfg(test)]
mod tests;
