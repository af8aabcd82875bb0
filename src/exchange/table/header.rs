//! What the first rows of a CSV file tell: separator, line end, names of the columns.

use std::collections::HashMap;

use memchr::memchr;

use super::scan::{Dialect, Scan, scan};

/// In the order in which they win a tie.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// How many rows are looked at.
const ROWS: usize = 100;

/// The dialect of a file that begins with `bytes`, and the length of a line `sep=;` before the header, as Excel writes it.
pub(super) fn dialect(bytes: &[u8], all: bool) -> (Dialect, usize) {
    let old_mac = memchr(b'\n', bytes).is_none() && memchr(b'\r', bytes).is_some();
    let line_end = if old_mac { b'\r' } else { b'\n' };
    if let Some(rest) = bytes.strip_prefix(b"sep=").or(bytes.strip_prefix(b"\"sep="))
        && let (Some(separator), Some(end)) = (rest.first(), memchr(line_end, bytes))
        && end <= 9
    {
        return (Dialect { separator: *separator, line_end }, end + 1);
    }
    let of = |separator| Dialect { separator, line_end };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| score(bytes, all, of(*separator)));
    (of(best.unwrap_or(b',')), 0)
}

/// How well a separator fits: the rows as wide as the header in thousandths, then the width.
fn score(bytes: &[u8], all: bool, dialect: Dialect) -> (usize, usize) {
    let mut fields = Vec::new();
    let (mut at, mut header, mut rows, mut alike) = (0, 0, 0, 0);
    while rows < ROWS {
        match scan(&bytes[at..], all, dialect, &mut fields) {
            Scan::Blank { length } => at += length,
            Scan::Row { length } => {
                at += length;
                header = if rows == 0 { fields.len() } else { header };
                alike += usize::from(fields.len() == header);
                rows += 1;
            }
            Scan::Broken { .. } if rows > 0 => {
                at += memchr(dialect.line_end, &bytes[at..]).map_or(bytes.len() - at, |end| end + 1);
                rows += 1;
            }
            Scan::Broken { .. } | Scan::More { .. } | Scan::End => break,
        }
    }
    if header < 2 { (0, 0) } else { (1000 * alike / rows, header) }
}

/// The names of the columns, trimmed and each different, and what was changed to get there.
pub(super) fn columns(cells: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut names: Vec<String> = Vec::with_capacity(cells.len());
    let mut taken = HashMap::with_capacity(cells.len());
    let mut notices = Vec::new();
    for (at, cell) in cells.into_iter().enumerate() {
        let name = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c.is_control());
        let name = if name.is_empty() { format!("Column {}", at + 1) } else { name.to_owned() };
        let own = distinct(&name, &mut taken);
        if own != name {
            notices.push(format!("The header has “{name}” more than once. Column {} is called “{own}” here.", at + 1));
        }
        names.push(own);
    }
    (names, notices)
}

/// `name`, or the next free `name (2)`; `taken` counts, so that a thousand columns of one name need no search each.
fn distinct(name: &str, taken: &mut HashMap<String, usize>) -> String {
    let mut count = taken.get(name).map_or(1, |met| met + 1);
    let mut own = name.to_owned();
    while count > 1 {
        own = format!("{name} ({count})");
        if !taken.contains_key(&own) {
            taken.insert(own.clone(), 1);
            break;
        }
        count += 1;
    }
    taken.insert(name.to_owned(), count);
    own
}
