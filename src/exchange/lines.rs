//! Lines of a stream, as they come: none longer than so much is ever held whole.

use std::io::{self, Read};

/// Bytes that are read at once.
const PIECE: usize = 64 << 10;

/// A line of a stream, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Without what ends it.
    Whole(u64, Vec<u8>),
    /// Longer than it may be: passed over.
    TooLong(u64),
}

pub struct Lines<R> {
    source: R,
    piece: Vec<u8>,
    /// What of the piece was not looked at yet.
    from: usize,
    line: Vec<u8>,
    number: u64,
    most: usize,
    is_too_long: bool,
    ended: bool,
}

impl<R: Read> Lines<R> {
    /// Lines of `most` bytes at most.
    pub fn new(source: R, most: usize) -> Lines<R> {
        let (piece, line) = (Vec::new(), Vec::new());
        Lines { source, piece, from: 0, line, number: 1, most, is_too_long: false, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.piece.resize(PIECE, 0);
        let count = loop {
            match self.source.read(&mut self.piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.piece.truncate(count);
        (self.from, self.ended) = (0, count == 0);
        Ok(())
    }

    fn hold(&mut self, until: usize) {
        if self.line.len() + until - self.from > self.most {
            self.is_too_long = true;
            self.line = Vec::new();
        }
        if !self.is_too_long {
            self.line.extend_from_slice(&self.piece[self.from..until]);
        }
    }

    fn give(&mut self) -> Line {
        let (number, mut line) = (self.number, std::mem::take(&mut self.line));
        self.number += 1;
        if std::mem::take(&mut self.is_too_long) {
            return Line::TooLong(number);
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Line::Whole(number, line)
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.from == self.piece.len() {
                if !self.ended
                    && let Err(error) = self.fill()
                {
                    self.ended = true;
                    return Some(Err(error));
                }
                if self.ended {
                    let is_left = self.is_too_long || !self.line.is_empty();
                    return is_left.then(|| Ok(self.give()));
                }
            }
            match memchr::memchr(b'\n', &self.piece[self.from..]) {
                Some(at) => {
                    self.hold(self.from + at);
                    self.from += at + 1;
                    return Some(Ok(self.give()));
                }
                None => {
                    self.hold(self.piece.len());
                    self.from = self.piece.len();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn told(text: &[u8], most: usize) -> Vec<String> {
        let line = |line| match line {
            Line::Whole(number, line) => format!("{number} {}", String::from_utf8(line).unwrap()),
            Line::TooLong(number) => format!("{number} too long"),
        };
        Lines::new(text, most).map(|read| line(read.unwrap())).collect()
    }

    #[rstest]
    #[case("", &[])]
    #[case("a", &["1 a"])]
    #[case("a\r\n\nb\n", &["1 a", "2 ", "3 b"])]
    #[case("abcdef\nab\nabcde", &["1 too long", "2 ab", "3 too long"])]
    fn lines_are_counted_and_those_too_long_passed_over(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(told(text.as_bytes(), 4), expected);
    }

    #[test]
    fn r4_1_a_line_of_fifty_megabytes_is_never_held() {
        let long = io::repeat(b'x').take(50 << 20).chain(&b"\nshort\n"[..]);
        let mut lines = Lines::new(long, 1 << 20);
        assert_eq!(lines.next().unwrap().unwrap(), Line::TooLong(1));
        assert!(lines.line.capacity() <= 1 << 21);
        assert_eq!(lines.next().unwrap().unwrap(), Line::Whole(2, b"short".to_vec()));
        assert!(lines.next().is_none());
    }
}
