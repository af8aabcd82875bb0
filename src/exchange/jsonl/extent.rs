//! Where one JSON value ends and the next begins, without reading into it.

use memchr::memchr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One object a line, so that a broken one costs a line.
    Lines,
    /// Objects one after the other, each over several lines.
    Values,
    Array,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The value's bytes, and where to go on.
    Value {
        start: usize,
        end: usize,
        next: usize,
    },
    /// The value goes on beyond the bytes given.
    More,
    /// The file ends within the value.
    Cut,
    TooLong,
    End,
}

impl Layout {
    /// The layout of a file that begins with `bytes`; nothing when it is empty.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if wrapped(bytes).is_some() {
            return Some(Self::Array);
        }
        let first = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let line_end = memchr(b'\n', &bytes[first..]).map_or(bytes.len(), |at| first + at);
        let line = &bytes[first..line_end];
        Some(match (bytes[first], line.trim_ascii()) {
            (b'[', _) => Self::Array,
            (_, b"{") => Self::Values,
            _ => Self::Lines,
        })
    }

    /// The length of what stands before the first value.
    pub(super) fn head(self, bytes: &[u8]) -> usize {
        if let Some(wrapped) = wrapped(bytes) {
            return wrapped;
        }
        let first = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        first + usize::from(self == Self::Array)
    }
}

/// Where the first row stands of a file that is one object around them, as Salesforce exports trees of records:
/// `{"records": […]}`.
fn wrapped(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    for token in [&b"{"[..], b"\"records\"", b":", b"["] {
        rest = rest.trim_ascii_start().strip_prefix(token)?;
    }
    let is_row = rest.trim_ascii_start().first().is_none_or(|byte| matches!(byte, b'{' | b']'));
    is_row.then_some(bytes.len() - rest.len())
}

pub(super) fn extent(bytes: &[u8], all: bool, layout: Layout) -> Extent {
    match layout {
        Layout::Lines => line(bytes, all),
        Layout::Values => value(bytes, all, Extent::End),
        Layout::Array => value(bytes, all, Extent::Cut),
    }
}

fn line(bytes: &[u8], all: bool) -> Extent {
    let mut start = 0;
    loop {
        let end = match memchr(b'\n', &bytes[start..]) {
            Some(at) => start + at,
            None if all => bytes.len(),
            None => return Extent::More,
        };
        let next = (end + 1).min(bytes.len());
        if !bytes[start..end].trim_ascii().is_empty() {
            return Extent::Value { start, end, next };
        }
        if next == bytes.len() {
            return if all { Extent::End } else { Extent::More };
        }
        start = next;
    }
}

/// `at_end` is what it means that no value follows and no bracket closes the file.
fn value(bytes: &[u8], all: bool, at_end: Extent) -> Extent {
    let more = if all { Extent::Cut } else { Extent::More };
    let between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
    let Some(start) = bytes.iter().position(|byte| !between(byte)) else {
        return if all { at_end } else { Extent::More };
    };
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => match string_end(bytes, at + 1) {
                Some(end) => at = end,
                None => return more,
            },
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            b']' if at == start => return Extent::End,
            _ => {}
        }
        at += 1;
        let closed = depth == 0 && matches!(bytes[at - 1], b'}' | b']' | b'"');
        let bare_end = depth == 0 && bytes.get(at).is_some_and(|next| between(next) || *next == b']');
        if closed || bare_end {
            return Extent::Value { start, end: at, next: at };
        }
    }
    if all && depth == 0 { Extent::Value { start, end: at, next: at } } else { more }
}

/// Where the quote stands that closes a string.
fn string_end(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', bytes.get(from..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        from = at + 2;
    }
}
