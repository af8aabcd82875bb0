//! What the properties of a card come in as. A property that is read newly is wanted in `cut` too.

use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty as P, VCardValue};

use super::{COLUMN, OWN, PRODUCT};
use crate::domain::{email, phone, web};

/// Cells by column, and sentences about what was left out; the error is why the card is none of a person.
pub(super) type Cells = (Vec<(String, String)>, Vec<String>);

const BROKEN: &str = "The card cannot be read. Write it as BEGIN:VCARD, one property a line, END:VCARD.";
const EMPTY: &str = "The card names nobody: it has no name, address or number. Write an FN or EMAIL into it.";
const LIST: &str = "The card is no person, but a list of others or a thing. Import the cards of the people themselves.";
const COMPANY: &str = "The card is a company's and names no person. Enter it among the companies.";

/// Types of numbers that nobody is called on, or only on the move.
const NO_PHONE: &[&str] = &["fax", "pager", "textphone", "tty-tdd", "modem", "isdn", "pcs"];
const MOBILE: &[&str] = &["cell", "mobile", "iphone"];

pub(super) fn read(card: &str) -> Result<Cells, String> {
    let card = VCard::parse(card).map_err(|_| BROKEN.to_owned())?;
    let mut reading = Reading { card: &card, cells: Vec::new(), remarks: Vec::new() };
    reading.check_kind()?;
    reading.names();
    reading.addresses();
    reading.numbers();
    reading.put("job_title", reading.first(&P::Title).or_else(|| reading.first(&P::Role)).unwrap_or_default());
    if !reading.is_ours() {
        reading.put("Organization", reading.organization());
    }
    reading.place();
    reading.website();
    reading.put("notes", reading.texts(&P::Note).join("\n\n"));
    reading.id();
    reading.own();
    if reading.cells.iter().all(|(column, _)| matches!(column.as_str(), "uid" | "id")) {
        return Err(EMPTY.to_owned());
    }
    Ok((reading.cells, reading.remarks))
}

struct Reading<'a> {
    card: &'a VCard,
    cells: Vec<(String, String)>,
    remarks: Vec<String>,
}

impl Reading<'_> {
    fn put(&mut self, column: &str, cell: impl Into<String>) {
        let cell = cell.into();
        if !cell.trim().is_empty() && self.cells.iter().all(|(known, _)| known != column) {
            self.cells.push((column.to_owned(), cell));
        }
    }

    /// The properties of that name, those that are preferred or of work first.
    fn all<'c>(&'c self, name: &P) -> Vec<&'c VCardEntry> {
        let mut all: Vec<&VCardEntry> = self.card.entries.iter().filter(|entry| entry.name == *name).collect();
        all.sort_by_key(|entry| (preference(entry), !has_type(entry, &["work"])));
        all
    }

    fn texts(&self, name: &P) -> Vec<String> {
        let texts = self.card.entries.iter().filter(|entry| entry.name == *name).map(whole);
        texts.filter(|text| !text.trim().is_empty()).collect()
    }

    fn first(&self, name: &P) -> Option<String> {
        self.texts(name).into_iter().next()
    }

    fn other(&self, name: &str) -> Option<String> {
        self.card.entries.iter().find(|entry| is_called(entry, name)).map(whole)
    }

    fn is_ours(&self) -> bool {
        self.first(&P::Prodid).is_some_and(|product| product == PRODUCT)
    }

    fn name_parts(&self) -> [String; 3] {
        let entry = self.card.entries.iter().find(|entry| entry.name == P::N);
        let part = |at: usize| entry.and_then(|entry| entry.values.get(at)).map(|value| text(value, " "));
        [0, 1, 2].map(|at| part(at).unwrap_or_default().trim().to_owned())
    }

    fn organization(&self) -> String {
        let first = |entry: &VCardEntry| entry.values.first().map(|value| text(value, ",").trim().to_owned());
        self.all(&P::Org).into_iter().filter_map(first).find(|name| !name.is_empty()).unwrap_or_default()
    }

    fn check_kind(&self) -> Result<(), String> {
        let kind = self.first(&P::Kind).or_else(|| self.other("X-ADDRESSBOOKSERVER-KIND")).unwrap_or_default();
        let kind = kind.trim().to_ascii_lowercase();
        let shown_as_company = self.other("X-ABSHOWAS").is_some_and(|shown| shown.eq_ignore_ascii_case("COMPANY"));
        let names_nobody = self.name_parts().iter().all(String::is_empty);
        match kind.as_str() {
            "group" | "location" | "application" | "device" => Err(LIST.to_owned()),
            "org" => Err(COMPANY.to_owned()),
            _ if shown_as_company && names_nobody => Err(COMPANY.to_owned()),
            _ => Ok(()),
        }
    }

    fn names(&mut self) {
        let [last, given, middle] = self.name_parts();
        if last.is_empty() && given.is_empty() && middle.is_empty() {
            let formatted = self.first(&P::Fn).or_else(|| self.first(&P::Nickname)).unwrap_or_default();
            // Programs that ask for a name write what else they know there.
            let is_name = !formatted.contains('@') && formatted.trim() != self.organization() && !self.is_ours();
            self.put("name", if is_name { formatted.trim() } else { "" });
            return;
        }
        self.put("first_name", format!("{given} {middle}").trim());
        self.put("last_name", last);
    }

    fn addresses(&mut self) {
        let mut good: Vec<String> = Vec::new();
        for written in self.all(&P::Email).into_iter().map(whole).collect::<Vec<_>>() {
            match email::parse(&written) {
                Ok(address) if good.iter().any(|known| known.eq_ignore_ascii_case(&address)) => {}
                Ok(address) => good.push(address),
                Err(_) if written.trim().is_empty() => {}
                Err(why) => self.remarks.push(format!("{why} It was left out.")),
            }
        }
        self.put("email", good.join(";"));
    }

    /// The preferred number is the phone, the preferred mobile one the mobile.
    fn numbers(&mut self) {
        let (mut phones, mut mobiles, mut left) = (Vec::new(), Vec::new(), Vec::new());
        let mut known: Vec<String> = Vec::new();
        for entry in self.all(&P::Tel) {
            let written = whole(entry).trim().to_owned();
            let number = written.strip_prefix("tel:").unwrap_or(&written).to_owned();
            let Ok(phone) = phone::normalise(&number, "") else {
                left.extend((!number.is_empty()).then_some(number));
                continue;
            };
            if known.iter().any(|key| key == phone.key()) {
                continue;
            }
            known.push(phone.key().to_owned());
            let kept = match entry {
                entry if has_type(entry, NO_PHONE) => &mut left,
                entry if has_type(entry, MOBILE) => &mut mobiles,
                _ => &mut phones,
            };
            kept.push(number);
        }
        let take = |numbers: &mut Vec<String>| (!numbers.is_empty()).then(|| numbers.remove(0));
        let mobile = take(&mut mobiles);
        let phone = take(&mut phones).or_else(|| take(&mut mobiles));
        self.put("phone", phone.unwrap_or_default());
        self.put("mobile", mobile.unwrap_or_default());
        left.splice(0..0, phones.into_iter().chain(mobiles));
        if !left.is_empty() {
            self.remarks.push(format!("A contact has one phone and one mobile. Left out: {}.", left.join(", ")));
        }
    }

    fn place(&mut self) {
        let chosen = self.all(&P::Adr).into_iter().map(|entry| {
            let parts = entry.values.iter().map(|value| text(value, ", ").trim().replace('\n', ", "));
            parts.collect::<Vec<_>>()
        });
        let Some(parts) = chosen.into_iter().find(|parts| parts.iter().any(|part| !part.is_empty())) else { return };
        let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
        let street: Vec<String> = [2, 1, 0].map(part).into_iter().filter(|part| !part.is_empty()).collect();
        self.put("street", street.join(", "));
        for (column, at) in [("postal_code", 5), ("city", 3), ("state", 4), ("country", 6)] {
            self.put(column, part(at));
        }
    }

    fn website(&mut self) {
        let written: Vec<String> = self.all(&P::Url).into_iter().map(|entry| whole(entry).trim().to_owned()).collect();
        let good = written.iter().find(|written| web::url(written).is_ok());
        self.put("website", good.cloned().unwrap_or_default());
    }

    fn id(&mut self) {
        let Some(uid) = self.first(&P::Uid) else { return };
        let uid = uid.trim();
        if self.is_ours() {
            self.put("id", uid.strip_prefix("urn:uuid:").unwrap_or(uid));
        } else {
            self.put("uid", uid);
        }
    }

    /// What lejek wrote besides.
    fn own(&mut self) {
        let cells = self.card.entries.iter().filter(|entry| is_called(entry, OWN)).filter_map(|entry| {
            let is_column = |name: &VCardParameterName| match name {
                VCardParameterName::Other(name) => name.eq_ignore_ascii_case(COLUMN),
                _ => false,
            };
            let column = entry.params.iter().find(|parameter| is_column(&parameter.name))?.value.as_text()?;
            Some((column.to_owned(), whole(entry)))
        });
        for (column, cell) in cells.collect::<Vec<_>>() {
            self.put(&column, cell);
        }
    }
}

fn is_called(entry: &VCardEntry, name: &str) -> bool {
    matches!(&entry.name, P::Other(other) if other.eq_ignore_ascii_case(name))
}

fn whole(entry: &VCardEntry) -> String {
    let values = entry.values.iter().map(|value| text(value, ","));
    values.collect::<Vec<_>>().join(";")
}

fn text(value: &VCardValue, between: &str) -> String {
    match value {
        VCardValue::Component(parts) => parts.join(between),
        value => value.as_text().unwrap_or_default().to_owned(),
    }
}

/// What a property is for: `TYPE=work` of newer cards, `WORK` of older ones, as `TYPE="work,voice"` too.
fn has_type(entry: &VCardEntry, wanted: &[&str]) -> bool {
    let types = entry.params.iter().filter_map(|parameter| match &parameter.name {
        VCardParameterName::Type => parameter.value.as_text(),
        VCardParameterName::Other(name) => Some(name.as_str()),
        _ => None,
    });
    let mut types = types.flat_map(|types| types.split(','));
    types.any(|one| wanted.iter().any(|wanted| one.trim().eq_ignore_ascii_case(wanted)))
}

/// The smaller, the more it is preferred.
fn preference(entry: &VCardEntry) -> u32 {
    let given = entry.params.iter().find(|parameter| parameter.name == VCardParameterName::Pref);
    match given.map(|parameter| parameter.value.as_integer()) {
        Some(Some(number)) => number.iana().copied().unwrap_or(100),
        Some(None) => 1,
        None if has_type(entry, &["pref"]) => 1,
        None => u32::MAX,
    }
}
