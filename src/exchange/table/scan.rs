//! Where one record of a CSV file ends and where its cells stand.

use memchr::{memchr, memchr2};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) separator: u8,
    /// A carriage return in files of old Macs, else a line feed, before which a carriage return goes away.
    pub(super) line_end: u8,
}

/// A cell as bytes of its record, without its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    start: usize,
    end: usize,
    /// Whether it holds doubled quotes.
    doubled: bool,
}

impl Field {
    /// Appends the cell that stands in `record`.
    pub(super) fn append_to(&self, record: &str, cell: &mut String) {
        let text = record.get(self.start..self.end).unwrap_or_default();
        if !self.doubled {
            cell.push_str(text);
            return;
        }
        for (at, part) in text.split("\"\"").enumerate() {
            if at > 0 {
                cell.push('"');
            }
            cell.push_str(part);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// A record of this many bytes, with its line end; the cells are in `fields`.
    Row {
        length: usize,
    },
    /// An empty line.
    Blank {
        length: usize,
    },
    /// The record goes on beyond the bytes given; the cell that does so, and where it starts.
    More {
        field: usize,
        start: usize,
    },
    Broken {
        field: usize,
        fault: Fault,
    },
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Unclosed,
    TextAfterQuote,
    TooLong,
}

impl Fault {
    pub(super) fn sentence(self, column: Option<&str>, most: usize) -> String {
        let column = column.map_or_else(String::new, |name| format!(" of the column “{name}”"));
        match self {
            Self::Unclosed => format!("A quote opens the cell{column} and is never closed. Close it or take it away."),
            Self::TextAfterQuote => {
                format!("The quotes in the cell{column} do not match. Double each quote inside a quoted cell.")
            }
            Self::TooLong => {
                format!("The cell{column} is longer than {} MB. Close its quote or shorten it.", most / (1024 * 1024))
            }
        }
    }
}

/// Scans the record at the start of `bytes`; `all` says that nothing follows them.
pub(super) fn scan(bytes: &[u8], all: bool, dialect: Dialect, fields: &mut Vec<Field>) -> Scan {
    fields.clear();
    if bytes.is_empty() && all {
        return Scan::End;
    }
    let end = memchr(dialect.line_end, bytes);
    let line = &bytes[..end.unwrap_or(bytes.len())];
    if memchr(b'"', line).is_some() {
        return scan_quoted(bytes, all, dialect, fields);
    }
    if end.is_none() && !all {
        let start = memchr::memrchr(dialect.separator, line).map_or(0, |at| at + 1);
        let field = memchr::memchr_iter(dialect.separator, line).count();
        return Scan::More { field, start };
    }
    let length = line.len() + usize::from(end.is_some());
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() {
        return Scan::Blank { length };
    }
    let mut start = 0;
    for at in memchr::memchr_iter(dialect.separator, line) {
        fields.push(Field { start, end: at, doubled: false });
        start = at + 1;
    }
    fields.push(Field { start, end: line.len(), doubled: false });
    Scan::Row { length }
}

fn scan_quoted(bytes: &[u8], all: bool, dialect: Dialect, fields: &mut Vec<Field>) -> Scan {
    let mut start = 0;
    loop {
        let field = fields.len();
        let more = Scan::More { field, start };
        let stop = if bytes.get(start) == Some(&b'"') {
            let (close, doubled) = match closing_quote(bytes, start + 1, all) {
                Close::At(close, doubled) => (close, doubled),
                Close::Never if all => {
                    return Scan::Broken { field, fault: Fault::Unclosed };
                }
                Close::Never => return more,
            };
            fields.push(Field { start: start + 1, end: close, doubled });
            match after_quote(bytes, close + 1, dialect) {
                Some(Ok(stop)) => Some(stop),
                Some(Err(())) => {
                    return Scan::Broken { field, fault: Fault::TextAfterQuote };
                }
                None => None,
            }
        } else {
            let stop = memchr2(dialect.separator, dialect.line_end, &bytes[start..]).map(|at| start + at);
            let cell = &bytes[start..stop.unwrap_or(bytes.len())];
            let last = stop.is_none_or(|stop| bytes[stop] == dialect.line_end);
            let cell = if last { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell };
            fields.push(Field { start, end: start + cell.len(), doubled: false });
            stop
        };
        match stop {
            Some(stop) if bytes[stop] == dialect.separator => start = stop + 1,
            Some(stop) => return Scan::Row { length: stop + 1 },
            None if all => {
                return Scan::Row { length: bytes.len() };
            }
            None => return more,
        }
    }
}

enum Close {
    /// Where, and whether doubled quotes stand before it.
    At(usize, bool),
    Never,
}

fn closing_quote(bytes: &[u8], mut from: usize, all: bool) -> Close {
    let mut doubled = false;
    while let Some(at) = memchr(b'"', &bytes[from..]) {
        let quote = from + at;
        match bytes.get(quote + 1) {
            Some(b'"') => {
                doubled = true;
                from = quote + 2;
            }
            None if !all => return Close::Never,
            _ => return Close::At(quote, doubled),
        }
    }
    Close::Never
}

/// The separator or line end behind a closing quote, with nothing but blanks between; nothing when the bytes end first.
fn after_quote(bytes: &[u8], from: usize, dialect: Dialect) -> Option<Result<usize, ()>> {
    let rest = &bytes[from..];
    let at = rest.iter().position(|byte| {
        *byte == dialect.separator || *byte == dialect.line_end || !matches!(byte, b' ' | b'\t' | b'\r')
    })?;
    let stops = rest[at] == dialect.separator || rest[at] == dialect.line_end;
    Some(if stops { Ok(from + at) } else { Err(()) })
}
