//! Bytes of any common encoding as UTF-8, streamed: UTF-8 and UTF-16 with or without a mark, else CP1250, which Polish and
//! German Excel write. A kind of file that is no text gets a row in `KINDS`.

#[cfg(test)]
mod tests;

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder as Converter, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250};
use memchr::{memchr_iter, memmem};

const BLOCK: usize = 64 * 1024;
/// Output smaller than this goes through a buffer, since a converter writes whole characters only.
const SMALL: usize = 64;

/// Why a file cannot be read as text; its sentence names the next step.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("{0}")]
    NotText(&'static str),
    #[error("The file cannot be read: {0}.")]
    Io(#[from] io::Error),
}

/// How a file that is no text begins, what else its first block holds, and what to do with it. The first row that fits counts.
const KINDS: &[(&[u8], &[u8], &str)] = &[
    (b"PK\x03\x04", b"xl/", "This is an Excel workbook: save it as CSV first."),
    (b"PK\x03\x04", b"opendocument.spreadsheet", "This is an OpenDocument spreadsheet: save it as CSV first."),
    (b"PK\x03\x04", b"Index/Document.iwa", "This is a Numbers spreadsheet: export it as CSV first."),
    (b"PK\x03\x04", b"word/", "This is a Word document: put its table into a CSV file first."),
    (b"PK\x03\x04", b"", "This is a zip archive: unpack it first."),
    (b"\xd0\xcf\x11\xe0", b"", "This is an old Excel workbook: save it as CSV first."),
    (b"%PDF", b"", "This is a PDF: export the data as CSV where it came from."),
    (b"\x1f\x8b", b"", "This is a gzip archive: unpack it first."),
    (b"SQLite format 3\0", b"", "This is an SQLite database: export its table as CSV first."),
    (b"\x89PNG", b"", "This is a picture: save the data as CSV or JSON lines first."),
    (b"\xff\xd8\xff", b"", "This is a picture: save the data as CSV or JSON lines first."),
];

const BINARY: &str = "This is not a text file: save the data as CSV or JSON lines first.";

/// Reads a source of any encoding as UTF-8.
pub struct Decoder<R> {
    source: R,
    block: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// Nothing until a byte outside ASCII decides.
    converter: Option<Converter>,
    /// Its bytes are handed on as they are.
    is_raw: bool,
    spill: Vec<u8>,
    flawed: bool,
    finished: bool,
}

impl<R: Read> Decoder<R> {
    /// Reads the first block; refuses what is no text.
    pub fn new(source: R) -> Result<Self, DecodeError> {
        let mut decoder = Self {
            source,
            block: vec![0; BLOCK],
            start: 0,
            end: 0,
            ended: false,
            converter: None,
            is_raw: false,
            spill: Vec::new(),
            flawed: false,
            finished: false,
        };
        decoder.fill()?;
        let first = &decoder.block[..decoder.end];
        if let Some((_, _, sentence)) =
            KINDS.iter().find(|(head, holds, _)| first.starts_with(head) && memmem::find(first, holds).is_some())
        {
            return Err(DecodeError::NotText(sentence));
        }
        match Encoding::for_bom(first) {
            Some((encoding, mark)) => {
                decoder.start = mark;
                decoder.converter = Some(encoding.new_decoder_without_bom_handling());
            }
            None => match pattern_of_nuls(first) {
                Nuls::Text => {}
                Nuls::Utf16(encoding) => {
                    decoder.converter = Some(encoding.new_decoder_without_bom_handling());
                }
                Nuls::Binary => return Err(DecodeError::NotText(BINARY)),
            },
        }
        Ok(decoder)
    }

    /// What the source begins with, as it is.
    pub(super) fn first(&self) -> &[u8] {
        &self.block[self.start..self.end]
    }

    /// Decodes nothing, for those whose parts are of several encodings.
    pub(super) fn keep_bytes(&mut self) {
        self.is_raw = true;
    }

    /// The encoding, UTF-8 as long as all was ASCII.
    pub fn encoding(&self) -> &'static str {
        self.converter.as_ref().map_or(UTF_8, Converter::encoding).name()
    }

    /// Whether bytes that the encoding does not have were replaced by `\u{fffd}` so far.
    pub fn is_flawed(&self) -> bool {
        self.flawed
    }

    /// Moves what is left to the front and reads until the block is full or nothing is left.
    fn fill(&mut self) -> io::Result<()> {
        self.block.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while self.end < self.block.len() && !self.ended {
            match self.source.read(&mut self.block[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn convert(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.finished {
                return Ok(0);
            }
            if self.start == self.end && !self.ended {
                self.fill()?;
            }
            if self.is_raw {
                let count = out.len().min(self.end - self.start);
                out[..count].copy_from_slice(&self.block[self.start..self.start + count]);
                self.start += count;
                return Ok(count);
            }
            let Some(converter) = self.converter.as_mut() else {
                let ascii = Encoding::ascii_valid_up_to(&self.block[self.start..self.end]);
                if ascii == 0 && self.start < self.end {
                    self.fill()?;
                    let encoding = if is_utf8(&self.block[..self.end]) { UTF_8 } else { WINDOWS_1250 };
                    self.converter = Some(encoding.new_decoder_without_bom_handling());
                    continue;
                }
                let count = ascii.min(out.len());
                out[..count].copy_from_slice(&self.block[self.start..self.start + count]);
                self.start += count;
                return Ok(count);
            };
            let (result, read, written, flawed) =
                converter.decode_to_utf8(&self.block[self.start..self.end], out, self.ended);
            self.start += read;
            self.flawed |= flawed;
            self.finished = self.ended && self.start == self.end && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        if self.spill.is_empty() {
            if out.len() >= SMALL {
                return self.convert(out);
            }
            let mut small = [0; SMALL];
            let count = self.convert(&mut small)?;
            self.spill.extend_from_slice(&small[..count]);
        }
        let count = out.len().min(self.spill.len());
        out[..count].copy_from_slice(&self.spill[..count]);
        self.spill.drain(..count);
        Ok(count)
    }
}

enum Nuls {
    Text,
    Utf16(&'static Encoding),
    Binary,
}

/// UTF-16 without a mark has its NULs on one side of each pair; other files with many are no text.
fn pattern_of_nuls(first: &[u8]) -> Nuls {
    let nuls = memchr_iter(0, first).count();
    if nuls * 20 < first.len() || nuls == 0 {
        return Nuls::Text;
    }
    let odd = memchr_iter(0, first).filter(|at| at % 2 == 1).count();
    let even = nuls - odd;
    if nuls * 4 < first.len() {
        return Nuls::Binary;
    }
    match (even * 20 < odd, odd * 20 < even) {
        (true, _) => Nuls::Utf16(UTF_16LE),
        (_, true) => Nuls::Utf16(UTF_16BE),
        _ => Nuls::Binary,
    }
}

/// Whether most of what lies outside ASCII is valid UTF-8, so that one broken character does not garble all the others.
fn is_utf8(block: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    let mut chunks = block.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // The last one may only be cut off by the end of the block.
        invalid += usize::from(chunks.peek().is_some());
    }
    valid > invalid
}
