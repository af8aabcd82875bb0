//! Breaking longer text into lines of a width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{clean, fitting};

/// The lines of `text` in at most `room` cells each, broken at blanks where there are some; line breaks stay.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(1);
    text.lines().flat_map(|line| wrap_line(&clean(line), room)).collect()
}

fn wrap_line(line: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut used = 0;
    for piece in line.split_word_bounds() {
        let width = piece.width();
        if used + width > room && !current.is_empty() {
            // A comma stays with its word.
            let is_joined = !current.ends_with(' ') && piece.chars().all(|c| c.is_ascii_punctuation());
            let word = current.rfind(' ').filter(|_| is_joined).map(|blank| current.split_off(blank + 1));
            lines.push(take_trimmed(&mut current));
            current.extend(word);
            used = current.width();
        }
        if used == 0 && !lines.is_empty() && piece.trim().is_empty() {
            continue;
        }
        let mut rest = piece;
        while rest.width() > room {
            let cut = fitting(rest, room).max(rest.graphemes(true).next().map_or(1, str::len));
            lines.push(rest[..cut].to_owned());
            rest = &rest[cut..];
        }
        current.push_str(rest);
        used += rest.width();
    }
    lines.push(take_trimmed(&mut current));
    lines
}

fn take_trimmed(line: &mut String) -> String {
    line.truncate(line.trim_end().len());
    std::mem::take(line)
}
