//! How the help lays out its rows: by groups, in as many columns as there is room for.

use super::Rows;
use crate::keys::{Group, Line, Row, lines};
use crate::ui::text::{width, wrap};
use crate::ui::widgets::{Look, draw_left};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line as Text;

/// Cells from the keys to their words, at least.
const WORDS: u16 = 11;
const COLUMNS: usize = 3;

/// One row of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Title(String),
    Key { keys: String, word: String, works: bool },
    Reason { first: bool, text: String },
    Blank,
}

/// One block a group; what can't be done now comes last, with the reasons.
pub fn by_group(rows: &Rows, width: usize) -> Vec<Vec<Piece>> {
    let reason = |line: &Line| {
        let first = line.commands.first()?;
        rows.iter().find(|(row, _)| row.command == *first).and_then(|(_, reason)| reason.clone())
    };
    let plain: Vec<Row> = rows.iter().map(|(row, _)| row.clone()).collect();
    let mut blocks: Vec<(Group, Vec<Piece>)> = Vec::new();
    let mut not_now = vec![Piece::Title("Not now".into())];
    for line in lines(&plain) {
        let (keys, word) = written(&line);
        let key = |works| Piece::Key { keys: keys.clone(), word: word.clone(), works };
        if let Some(reason) = reason(&line) {
            not_now.push(key(false));
            let lines = wrap(&reason, width.saturating_sub(2)).into_iter().enumerate();
            not_now.extend(lines.map(|(at, text)| Piece::Reason { first: at == 0, text }));
            continue;
        }
        match blocks.iter_mut().find(|(group, _)| *group == line.group) {
            Some((_, pieces)) => pieces.push(key(true)),
            None => blocks.push((line.group, vec![Piece::Title(line.group.title().into()), key(true)])),
        }
    }
    blocks.sort_by_key(|(group, _)| *group);
    let mut blocks: Vec<Vec<Piece>> = blocks.into_iter().map(|(_, pieces)| pieces).collect();
    if not_now.len() > 1 {
        blocks.push(not_now);
    }
    blocks
}

pub fn plain(title: &str, rows: &[(&str, &str)]) -> Vec<Piece> {
    let key = |(keys, word): &(&str, &str)| Piece::Key { keys: (*keys).into(), word: (*word).into(), works: true };
    [Piece::Title(title.into())].into_iter().chain(rows.iter().map(key)).collect()
}

/// As many columns as have room for the longest of their rows.
pub struct Grid {
    pub columns: usize,
    /// Cells from one column to the next.
    pub pitch: u16,
    /// Where the words begin in a column.
    pub words: u16,
}

impl Grid {
    pub fn of(rows: &[(String, String)], width: u16) -> Grid {
        let longest = |part: fn(&(String, String)) -> &String| rows.iter().map(|row| text_width(part(row))).max();
        let words = (longest(|row| &row.0).unwrap_or(0) + 2).max(WORDS);
        let needed = words + longest(|row| &row.1).unwrap_or(0) + 1;
        let columns = usize::from(width / needed.max(1)).clamp(1, COLUMNS);
        Grid { columns, pitch: width / columns as u16, words }
    }
}

fn text_width(text: &str) -> u16 {
    width(text) as u16
}

/// Keys and words of a row, as the help writes them.
pub fn written(line: &Line) -> (String, String) {
    (line.keys.replace("pagedown", "pgdn").replace("pageup", "pgup"), line.label.replace('`', ""))
}

/// Whole blocks in so many columns, as low as they can be.
pub fn in_columns(blocks: &[Vec<Piece>], columns: usize) -> Vec<Vec<Piece>> {
    let all: usize = blocks.iter().map(|block| block.len() + 1).sum();
    let fitting = (all / columns..all).map(|height| filled(blocks, height)).find(|filled| filled.len() <= columns);
    fitting.unwrap_or_else(|| filled(blocks, all))
}

/// Fills columns of a height one after another.
fn filled(blocks: &[Vec<Piece>], height: usize) -> Vec<Vec<Piece>> {
    let mut filled: Vec<Vec<Piece>> = Vec::new();
    for block in blocks {
        match filled.last_mut() {
            Some(column) if column.len() + 1 + block.len() <= height => {
                column.push(Piece::Blank);
                column.extend_from_slice(block);
            }
            _ => filled.push(block.clone()),
        }
    }
    filled
}

pub fn draw_piece(buf: &mut Buffer, area: Rect, piece: &Piece, words: u16, look: Look) {
    let theme = look.theme;
    let beside = |x: u16| Rect { x: area.x + x.min(area.width), width: area.width.saturating_sub(x), ..area };
    match piece {
        Piece::Blank => {}
        Piece::Title(title) => _ = draw_left(buf, area, &Text::styled(title.as_str(), theme.title)),
        Piece::Key { keys, word, works } => {
            let (key, text) = if *works { (theme.accent, theme.text) } else { (theme.dim, theme.dim) };
            draw_left(buf, area, &Text::styled(look.glyphs.spell(keys), key));
            let place = beside(words);
            draw_left(buf, place, &Text::styled(look.fit(&look.glyphs.spell(word), place.width), text));
        }
        Piece::Reason { first, text } => {
            let sign = if *first { look.glyphs.warning } else { " " };
            let line = Text::styled(format!("{sign} {text}"), theme.warn);
            draw_left(buf, beside(words), &line);
        }
    }
}
