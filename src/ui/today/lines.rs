//! Which line of the agenda shows what: a head for each part that has something, its rows, a blank line between parts.

use crate::domain::agenda::Part;

/// What stands on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    Head(Part, usize),
    Blank,
    /// The row's place among all, and which of its lines.
    Row(usize, usize),
}

/// The parts that are shown, with how many rows each has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    parts: Vec<(Part, usize)>,
    /// Lines of a row.
    pub height: usize,
}

impl Lines {
    pub fn new(parts: impl IntoIterator<Item = (Part, usize)>, height: usize) -> Lines {
        Lines { parts: parts.into_iter().filter(|(_, count)| *count > 0).collect(), height: height.max(1) }
    }

    /// Rows in all.
    pub fn rows(&self) -> usize {
        self.parts.iter().map(|(_, count)| count).sum()
    }

    /// Lines in all.
    pub fn len(&self) -> usize {
        let rows: usize = self.rows() * self.height;
        rows + self.parts.len() + self.parts.len().saturating_sub(1)
    }

    pub fn part_of(&self, row: usize) -> Option<Part> {
        self.walk().find(|piece| piece.rows.contains(&row)).map(|piece| piece.part)
    }

    /// The first line of a row; that of a part's first row is its head.
    pub fn top_of(&self, row: usize) -> usize {
        let line = self.line_of(row);
        let is_first = self.walk().any(|piece| piece.rows.start == row);
        if is_first { line - 1 } else { line }
    }

    pub fn line_of(&self, row: usize) -> usize {
        let piece = self.walk().find(|piece| piece.rows.contains(&row));
        piece.map_or(0, |piece| piece.head + 1 + (row - piece.rows.start) * self.height)
    }

    pub fn at(&self, line: usize) -> Spot {
        for piece in self.walk() {
            if line < piece.head {
                return Spot::Blank;
            }
            let below = line - piece.head;
            match below {
                0 => return Spot::Head(piece.part, piece.rows.len()),
                _ if below <= piece.rows.len() * self.height => {
                    return Spot::Row(piece.rows.start + (below - 1) / self.height, (below - 1) % self.height);
                }
                _ => {}
            }
        }
        Spot::Blank
    }

    /// The row on a line, or the next one below.
    pub fn row_near(&self, line: usize) -> usize {
        let row = (line..self.len()).find_map(|line| match self.at(line) {
            Spot::Row(row, _) => Some(row),
            _ => None,
        });
        row.unwrap_or(self.rows().saturating_sub(1))
    }

    fn walk(&self) -> impl Iterator<Item = Piece> {
        let (mut head, mut row) = (0, 0);
        self.parts.iter().map(move |(part, count)| {
            let piece = Piece { part: *part, head, rows: row..row + count };
            head += 1 + count * self.height + 1;
            row += count;
            piece
        })
    }
}

/// One part: the line of its head, and its rows.
struct Piece {
    part: Part,
    head: usize,
    rows: std::ops::Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::Spot::{Blank, Head, Row};
    use super::*;

    #[test]
    fn heads_rows_and_blanks_follow_each_other() {
        let lines = Lines::new([(Part::Overdue, 2), (Part::Upcoming, 0), (Part::DoneToday, 1)], 2);
        assert_eq!((lines.rows(), lines.len()), (3, 9));
        let spots: Vec<Spot> = (0..9).map(|line| lines.at(line)).collect();
        assert_eq!(
            spots,
            [
                Head(Part::Overdue, 2),
                Row(0, 0),
                Row(0, 1),
                Row(1, 0),
                Row(1, 1),
                Blank,
                Head(Part::DoneToday, 1),
                Row(2, 0),
                Row(2, 1)
            ]
        );
        assert_eq!((lines.line_of(1), lines.line_of(2), lines.top_of(2), lines.top_of(1)), (3, 7, 6, 3));
        assert_eq!((lines.row_near(0), lines.row_near(5), lines.row_near(8)), (0, 2, 2));
        assert_eq!((lines.part_of(1), lines.part_of(2)), (Some(Part::Overdue), Some(Part::DoneToday)));
    }

    #[test]
    fn nothing_has_no_lines() {
        let lines = Lines::new([(Part::Today, 0)], 2);
        assert_eq!((lines.rows(), lines.len(), lines.at(0)), (0, 0, Spot::Blank));
    }
}
