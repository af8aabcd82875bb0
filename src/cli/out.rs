//! What goes to stdout: one JSON value, or text that does nothing to a terminal but stand on it.

use super::trouble::Trouble;
use clap::ValueEnum;
use serde_json::Value as Json;
use std::io::{self, IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Coloring {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// Where answers go.
#[derive(Debug, Clone, Copy)]
pub struct Out {
    pub json: bool,
    bold: bool,
}

/// Cells of a table are cut to this width.
const CELL_MOST: usize = 48;

impl Out {
    pub fn new(json: bool, color: Coloring) -> Out {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let bold = match color {
            Coloring::Auto => io::stdout().is_terminal() && !set("NO_COLOR") && !dumb,
            Coloring::Always => true,
            Coloring::Never => false,
        };
        Out { json, bold }
    }

    /// The answer: JSON when that was asked for, else text.
    pub fn answer(self, json: impl FnOnce() -> Json, text: impl FnOnce() -> String) -> Result<(), Trouble> {
        if self.json { value(&json()) } else { self::text(&text()) }
    }

    /// One line above others.
    pub fn heading(self, text: &str) -> Result<(), Trouble> {
        let text = clean(text);
        let text = text.trim_end();
        if self.bold { line(&format!("\u{1b}[1m{text}\u{1b}[0m")) } else { line(text) }
    }
}

/// A JSON value.
pub fn value(value: &Json) -> Result<(), Trouble> {
    line(&value.to_string())
}

/// Lines of text, made harmless.
pub fn text(text: &str) -> Result<(), Trouble> {
    let lines: Vec<String> = text.lines().map(|line| clean(line).trim_end().to_owned()).collect();
    line(&lines.join("\n"))
}

/// A line as it is.
fn line(text: &str) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// `text` without what would move the cursor, colour the screen or turn the writing round; line feeds become blanks.
pub fn clean(text: &str) -> String {
    let harmless = |c: char| match c {
        '\n' | '\t' => Some(' '),
        c if c.is_control() => None,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        c => Some(c),
    };
    text.chars().filter_map(harmless).collect()
}

/// Rows under each other; the widths are those of the rows that it was made for.
pub struct Table {
    widths: Vec<usize>,
    right: Vec<bool>,
}

impl Table {
    /// `right` says which columns hold numbers.
    pub fn new(head: &[String], right: &[bool], rows: &[Vec<String>]) -> Table {
        let width = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at)).chain(head.get(at));
            cells.map(|cell| cut(cell).width()).max().unwrap_or(0)
        };
        Table { widths: (0..head.len()).map(width).collect(), right: right.to_vec() }
    }

    pub fn line(&self, cells: &[String]) -> String {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            let cell = cut(cell);
            let pad = self.widths.get(at).map_or(0, |width| width.saturating_sub(cell.width()));
            let (before, after) = if self.right.get(at) == Some(&true) { (pad, 0) } else { (0, pad) };
            if at > 0 {
                line.push_str("  ");
            }
            line.extend(std::iter::repeat_n(' ', before));
            line.push_str(&cell);
            line.extend(std::iter::repeat_n(' ', after));
        }
        line
    }

    /// Head and rows at once.
    pub fn print(out: Out, head: &[&str], rows: &[Vec<String>]) -> Result<(), Trouble> {
        let head: Vec<String> = head.iter().map(|title| (*title).to_owned()).collect();
        let table = Table::new(&head, &[], rows);
        out.heading(&table.line(&head))?;
        let lines: Vec<String> = rows.iter().map(|row| table.line(row)).collect();
        if lines.is_empty() { Ok(()) } else { text(&lines.join("\n")) }
    }
}

/// A cell's text, no wider than a column may be.
fn cut(cell: &str) -> String {
    let cell = clean(cell);
    if cell.width() <= CELL_MOST {
        return cell;
    }
    let mut short = String::new();
    for c in cell.chars() {
        if short.width() + c.to_string().width() >= CELL_MOST {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Jan Kowalski", "Jan Kowalski")]
    #[case("\u{1b}[2J\u{7}Jan", "[2JJan")]
    #[case("gpj.\u{202e}exe", "gpj.exe")]
    #[case("two\nlines\tand\ra return", "two lines anda return")]
    #[case("Łódź 日本", "Łódź 日本")]
    fn text_does_nothing_to_a_terminal(#[case] text: &str, #[case] harmless: &str) {
        assert_eq!(clean(text), harmless);
    }

    #[test]
    fn columns_stand_under_each_other_whatever_the_letters() {
        let head = ["Name".to_owned(), "Amount".to_owned()];
        let rows = [vec!["日本".to_owned(), "5".to_owned()], vec!["Jo".to_owned(), "1 200".to_owned()]];
        let table = Table::new(&head, &[false, true], &rows);
        assert_eq!(table.line(&rows[0]), "日本       5");
        assert_eq!(table.line(&rows[1]), "Jo     1 200");
        let long = vec!["x".repeat(200), "1".to_owned()];
        assert_eq!(table.line(&long).chars().filter(|c| *c == 'x').count(), CELL_MOST - 1);
    }
}
