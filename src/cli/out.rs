//! What goes to stdout: one JSON value, or text that does nothing to a terminal but stand on it.

use super::progress::Bar;
use super::trouble::{Kind, Trouble};
use crate::workspace::socket::errand::Streams;
use clap::ValueEnum;
use serde_json::Value as Json;
use std::io::{self, BufWriter, Cursor, IsTerminal, Read, Write};
use std::sync::Arc;
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
#[derive(Clone)]
pub struct Out {
    pub json: bool,
    bold: bool,
    streams: Arc<dyn Streams>,
}

/// Cells of a table are cut to this width.
const CELL_MOST: usize = 48;

/// Bytes of a long answer that are written at once.
const PIECE: usize = 64 << 10;

/// Whether headings are emphasised on this process's own output.
pub fn emphasises(color: Coloring) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match color {
        Coloring::Auto => io::stdout().is_terminal() && !set("NO_COLOR") && !dumb,
        Coloring::Always => true,
        Coloring::Never => false,
    }
}

impl Out {
    pub fn new(json: bool, bold: bool, streams: Arc<dyn Streams>) -> Out {
        Out { json, bold, streams }
    }

    /// The answer: JSON when that was asked for, else text.
    pub fn answer(&self, json: impl FnOnce() -> Json, text: impl FnOnce() -> String) -> Result<(), Trouble> {
        if self.json { self.value(&json()) } else { self.text(&text()) }
    }

    /// One line above others.
    pub fn heading(&self, text: &str) -> Result<(), Trouble> {
        let text = clean(text);
        let text = text.trim_end();
        if self.bold { self.line(&format!("\u{1b}[1m{text}\u{1b}[0m")) } else { self.line(text) }
    }

    /// A JSON value.
    pub fn value(&self, value: &Json) -> Result<(), Trouble> {
        self.line(&value.to_string())
    }

    /// Lines of text, made harmless.
    pub fn text(&self, text: &str) -> Result<(), Trouble> {
        let lines: Vec<String> = text.lines().map(|line| clean(line).trim_end().to_owned()).collect();
        self.line(&lines.join("\n"))
    }

    /// A line as it is.
    fn line(&self, text: &str) -> Result<(), Trouble> {
        Ok(self.streams.out(format!("{text}\n").as_bytes())?)
    }

    /// What is written already.
    pub fn bytes(&self, bytes: &[u8]) -> io::Result<()> {
        self.streams.out(bytes)
    }

    /// For what is too long to be written at once, or no text.
    pub fn writer(&self) -> impl Write + use<> {
        BufWriter::with_capacity(PIECE, Bytes(Arc::clone(&self.streams)))
    }

    /// What is read from standard input.
    pub fn reader(&self) -> Pieces {
        Pieces { streams: Arc::clone(&self.streams), piece: Cursor::default() }
    }

    /// Watches a long act.
    pub fn bar(&self) -> Bar {
        Bar::new(Arc::clone(&self.streams))
    }

    /// A line for whoever looks on, beside the answer. Who does not listen is not told.
    pub fn remark(&self, line: &str) {
        drop(self.streams.err(format!("{}\n", clean(line)).as_bytes()));
    }

    /// JSON on the output, a sentence on the error output; answers the exit code.
    pub fn report(&self, trouble: &Trouble) -> u8 {
        match trouble.kind {
            Kind::HungUp => {}
            // Who does not listen is not told.
            _ if self.json => drop(self.value(&trouble.json())),
            _ => {
                let lines: Vec<String> = trouble.text().lines().map(clean).collect();
                drop(self.streams.err(format!("{}\n", lines.join("\n")).as_bytes()));
            }
        }
        trouble.kind.code()
    }
}

struct Bytes(Arc<dyn Streams>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.out(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Standard input as it comes.
pub struct Pieces {
    streams: Arc<dyn Streams>,
    piece: Cursor<Vec<u8>>,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.piece.position() as usize == self.piece.get_ref().len() {
            self.piece = Cursor::new(self.streams.input()?);
        }
        self.piece.read(into)
    }
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
    pub fn print(out: &Out, head: &[&str], rows: &[Vec<String>]) -> Result<(), Trouble> {
        let head: Vec<String> = head.iter().map(|title| (*title).to_owned()).collect();
        let table = Table::new(&head, &[], rows);
        out.heading(&table.line(&head))?;
        let lines: Vec<String> = rows.iter().map(|row| table.line(row)).collect();
        if lines.is_empty() { Ok(()) } else { out.text(&lines.join("\n")) }
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
