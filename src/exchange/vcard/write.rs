//! Records as vCards 4.0. What comes out goes in again unchanged: what a card has no place for stands in properties of
//! our own.

use std::io::{self, Write};

use super::{COLUMN, OWN, PRODUCT};

/// Columns that have a place in a card.
const PLACES: &[&str] = &[
    "first_name",
    "last_name",
    "email",
    "emails",
    "phone",
    "mobile",
    "job_title",
    "company",
    "company_name",
    "street",
    "postal_code",
    "city",
    "state",
    "country",
    "website",
    "notes",
];

/// Columns that are written by themselves, and as what; the others with a place are parts of a property.
const WHOLE: &[(&str, &str)] = &[
    ("phone", "TEL;TYPE=voice"),
    ("mobile", "TEL;TYPE=cell"),
    ("job_title", "TITLE"),
    ("website", "URL"),
    ("notes", "NOTE"),
];

/// Bytes of a line.
const MOST_LINE: usize = 75;

/// Whether a card has a place for what stands in that column.
pub fn has_place(column: &str) -> bool {
    PLACES.contains(&column)
}

pub struct CardWriter<W> {
    out: W,
}

impl<W: Write> CardWriter<W> {
    pub fn new(out: W) -> Self {
        Self { out }
    }

    /// Writes a card: columns by internal name with their cells.
    pub fn row(&mut self, cells: &[(String, String)]) -> io::Result<()> {
        let cell = |column: &str| cells.iter().find(|(known, _)| known == column).map_or("", |(_, cell)| cell.as_str());
        let name = format!("{} {}", cell("first_name"), cell("last_name"));
        let called = [name.trim(), cell("email"), cell("company"), cell("company_name"), cell("phone"), cell("id")];
        self.plain("BEGIN:VCARD")?;
        self.plain("VERSION:4.0")?;
        self.line("PRODID", PRODUCT)?;
        if !cell("id").is_empty() {
            self.line("UID", &format!("urn:uuid:{}", cell("id")))?;
        }
        self.line("FN", called.into_iter().find(|name| !name.is_empty()).unwrap_or_default())?;
        self.parts("N", &[cell("last_name"), cell("first_name"), "", "", ""])?;
        self.line("EMAIL;PREF=1", cell("email"))?;
        for further in cell("emails").split(';') {
            self.line("EMAIL", further)?;
        }
        for (column, head) in WHOLE {
            self.line(head, cell(column))?;
        }
        let company = if cell("company").is_empty() { cell("company_name") } else { cell("company") };
        self.line("ORG", company)?;
        let place = ["", "", cell("street"), cell("city"), cell("state"), cell("postal_code"), cell("country")];
        self.parts("ADR", &place)?;
        for (column, cell) in cells {
            let is_placed = has_place(column) && !matches!(column.as_str(), "company" | "company_name");
            if !is_placed && column != "id" {
                self.line(&format!("{OWN};{COLUMN}=\"{column}\""), cell)?;
            }
        }
        self.plain("END:VCARD")
    }

    /// Several parts as one property, unless all are empty.
    fn parts(&mut self, head: &str, parts: &[&str]) -> io::Result<()> {
        if parts.iter().all(|part| part.is_empty()) {
            return Ok(());
        }
        let parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
        self.folded(&format!("{head}:{}", parts.join(";")))
    }

    fn line(&mut self, head: &str, cell: &str) -> io::Result<()> {
        if cell.is_empty() { Ok(()) } else { self.folded(&format!("{head}:{}", escaped(cell))) }
    }

    fn plain(&mut self, line: &str) -> io::Result<()> {
        self.out.write_all(line.as_bytes())?;
        self.out.write_all(b"\r\n")
    }

    /// Writes a property in lines of the length that the standard asks for.
    fn folded(&mut self, line: &str) -> io::Result<()> {
        let (mut rest, mut room) = (line, MOST_LINE);
        while rest.len() > room {
            let (now, later) = rest.split_at(rest.floor_char_boundary(room));
            self.out.write_all(now.as_bytes())?;
            self.out.write_all(b"\r\n ")?;
            (rest, room) = (later, MOST_LINE - 1);
        }
        self.plain(rest)
    }

    /// Flushes and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

fn escaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\n' => text.push_str("\\n"),
            '\\' | ',' | ';' => text.extend(['\\', c]),
            '\t' => text.push(c),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text
}
