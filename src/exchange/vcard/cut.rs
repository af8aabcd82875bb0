//! Where a card begins and ends, and which of its properties are wanted: pictures, sounds, keys and cards within cards go
//! by and are never held.

use std::io::{self, Read};

use memchr::memchr;

use super::{cells, text};
use crate::exchange::buffer::Buffer;
use crate::exchange::keyed::{Cut, Named};
use crate::exchange::{RowError, broken_off};

/// The longest line, and all that is wanted of one card: a note of 65 000 characters fits, however it is encoded.
const MOST_LINE: usize = 1024 * 1024;
/// As much of a broken card as goes into the report.
const MOST_RAW: usize = 1_000;

/// Properties that are read; a new one gets its place in `cells`.
const WANTED: &[&str] = &[
    "ADR",
    "EMAIL",
    "FN",
    "KIND",
    "N",
    "NICKNAME",
    "NOTE",
    "ORG",
    "PRODID",
    "ROLE",
    "TEL",
    "TITLE",
    "UID",
    "URL",
    "VERSION",
    "X-ABSHOWAS",
    "X-ADDRESSBOOKSERVER-KIND",
    super::OWN,
];

pub(super) struct Cutter<R> {
    buffer: Buffer<R>,
    line_end: u8,
    row: u64,
    done: bool,
}

/// What one line of a card does.
enum Step {
    More,
    End,
    /// Another card begins although this one has not ended.
    Another,
}

/// The wanted properties of a card as they come, each unfolded.
#[derive(Default)]
struct Card {
    lines: Vec<Vec<u8>>,
    size: usize,
    /// The property at hand is wanted.
    is_kept: bool,
    /// It goes on in the next line, whatever that looks like: quoted-printable with a soft break.
    is_soft: bool,
    is_quoted: bool,
    /// It is an AGENT, which may hold a card.
    is_agent: bool,
    nested: u32,
    too_long: bool,
}

impl Card {
    fn take(&mut self, line: &[u8], is_whole: bool) -> Step {
        self.too_long |= !is_whole && (is_wanted(line) || (self.is_kept && self.goes_on(line)));
        let begins = is_line(line, b"BEGIN");
        if self.nested > 0 {
            self.nested = if begins { self.nested + 1 } else { self.nested - u32::from(is_line(line, b"END")) };
            return Step::More;
        }
        if is_line(line, b"END") {
            return Step::End;
        }
        if self.goes_on(line) {
            let fold = usize::from(!self.is_soft);
            self.append(&line[fold.min(line.len())..]);
        } else if begins && !self.is_agent {
            return Step::Another;
        } else if begins {
            self.nested = 1;
        } else if line.contains(&b':') {
            self.start(line);
        }
        Step::More
    }

    fn goes_on(&self, line: &[u8]) -> bool {
        self.is_soft || matches!(line.first(), Some(b' ' | b'\t'))
    }

    fn start(&mut self, line: &[u8]) {
        let (head, _) = text::parted(line);
        self.is_kept = is_wanted(line);
        self.is_agent = text::name(head).eq_ignore_ascii_case(b"AGENT");
        self.is_quoted = text::is_quoted(head);
        if self.is_kept {
            self.lines.push(Vec::new());
        }
        self.append(line);
    }

    fn append(&mut self, part: &[u8]) {
        self.is_soft = self.is_quoted && part.ends_with(b"=");
        let part = if self.is_soft { &part[..part.len() - 1] } else { part };
        if self.is_kept
            && let Some(line) = self.lines.last_mut()
        {
            self.size += part.len();
            self.too_long |= self.size > MOST_LINE;
            if !self.too_long {
                line.extend_from_slice(part);
            }
        }
    }

    /// As the report shows it.
    fn raw(&self) -> String {
        let shown = self.lines.iter().flat_map(|line| line.iter().chain(b" ")).take(MOST_RAW).copied();
        String::from_utf8_lossy(&shown.collect::<Vec<_>>()).trim().to_owned()
    }
}

fn is_wanted(line: &[u8]) -> bool {
    let name = text::name(text::parted(line).0);
    WANTED.iter().any(|wanted| name.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// Whether a line begins or ends a card.
pub(super) fn is_line(line: &[u8], word: &[u8]) -> bool {
    let (head, value) = text::parted(line);
    head.trim_ascii().eq_ignore_ascii_case(word) && value.trim_ascii().eq_ignore_ascii_case(b"VCARD")
}

impl<R: Read> Cutter<R> {
    pub(super) fn new(buffer: Buffer<R>) -> Self {
        let is_old_mac = memchr(b'\n', buffer.bytes()).is_none() && memchr(b'\r', buffer.bytes()).is_some();
        Self { buffer, line_end: if is_old_mac { b'\r' } else { b'\n' }, row: 0, done: false }
    }

    pub(super) fn source(&self) -> &R {
        self.buffer.source()
    }

    /// The length of the line at the front, and whether that is all of it; nothing at the end.
    fn line(&mut self) -> io::Result<Option<(usize, bool)>> {
        loop {
            let bytes = self.buffer.bytes();
            if let Some(end) = memchr(self.line_end, bytes) {
                return Ok(Some((end, true)));
            }
            if bytes.len() > MOST_LINE {
                return Ok(Some((MOST_LINE, false)));
            }
            if self.buffer.ended() {
                return Ok((!bytes.is_empty()).then_some((bytes.len(), true)));
            }
            self.buffer.more()?;
        }
    }

    fn front(&self, length: usize) -> &[u8] {
        let line = &self.buffer.bytes()[..length];
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// Goes on to behind the next line that begins a card.
    fn seek(&mut self) -> io::Result<bool> {
        while let Some((length, _)) = self.line()? {
            let begins = is_line(self.front(length).trim_ascii(), b"BEGIN");
            self.buffer.skip_line(self.line_end)?;
            if begins {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads what is wanted of a card, and the sentence of what is wrong with it.
    fn card(&mut self) -> io::Result<(Card, Option<&'static str>)> {
        let mut card = Card::default();
        while let Some((length, is_whole)) = self.line()? {
            match card.take(self.front(length), is_whole) {
                Step::More => self.buffer.skip_line(self.line_end)?,
                Step::End => {
                    self.buffer.skip_line(self.line_end)?;
                    let fault = card.too_long.then_some("The card holds more than 1 MB of text. Shorten its note.");
                    return Ok((card, fault));
                }
                Step::Another => {
                    return Ok((card, Some("The card has no END:VCARD. Write one behind its last line.")));
                }
            }
        }
        Ok((card, Some("The file ends here, in the middle of a card. Get the whole file and import it again.")))
    }

    fn named(&self, card: &Card) -> Result<Named, String> {
        let (cells, remarks) = cells::read(&text::whole(&card.lines))?;
        Ok(Named { number: self.row, cells, remarks })
    }
}

impl<R: Read> Cut for Cutter<R> {
    fn cut(&mut self) -> Option<(Result<Named, RowError>, usize)> {
        if self.done {
            return None;
        }
        let read = match self.seek() {
            Ok(false) => return None,
            Ok(true) => self.card(),
            Err(error) => Err(error),
        };
        self.row += 1;
        Some(match read {
            Ok((card, fault)) => {
                let named = fault.map_or_else(|| self.named(&card), |fault| Err(fault.to_owned()));
                let error = |message| RowError { row: self.row, column: None, message, cells: vec![card.raw()] };
                (named.map_err(error), card.size)
            }
            Err(error) => {
                self.done = true;
                (Err(broken_off(self.row, &error)), 0)
            }
        })
    }
}
