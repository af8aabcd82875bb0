//! What of a record can be copied or opened by the system's programs, and why some of it can't. A new thing to copy is
//! an arm of [`text`], its command and its row in [`crate::keys::rows::COPY`].

use super::layer::{Cx, Effect};
use super::modals::open_with::OpenWith;
use super::text::clean;
use crate::domain::answer::Row;
use crate::domain::id::PropertyId;
use crate::domain::link::Link;
use crate::domain::number::grouped;
use crate::domain::object::is;
use crate::domain::property::{Kind, Property};
use crate::domain::record::Record;
use crate::domain::value::{Value, shown};
use crate::keys::Command;
use crate::workspace::request::{Reply, Request};

/// What goes to the clipboard, and how that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    pub text: String,
    /// After "Copied".
    pub what: String,
}

/// Letters of a copied text that are told.
const TOLD: u16 = 48;

impl Copied {
    /// One value, of which nothing unseen is copied.
    pub fn value(text: &str, cx: &Cx) -> Copied {
        let text = lines(text);
        let what = cx.look.fit(text.lines().next().unwrap_or_default(), TOLD).into_owned();
        Copied { text, what }
    }
}

/// Cleaned; long texts keep the breaks of their lines.
fn lines(text: &str) -> String {
    text.trim().lines().map(|line| clean(line).into_owned()).collect::<Vec<_>>().join("\n")
}

/// The text that a command copies of a row, or why there is none.
fn text(command: Command, row: &Row, columns: &[PropertyId], cx: &Cx) -> Result<Copied, String> {
    let record = &row.record;
    let one = |found: Option<&str>, what: &str| {
        let text = found.map(clean).filter(|text| !text.trim().is_empty());
        text.map(|text| Copied::value(&text, cx)).ok_or_else(|| format!("it has no {what}"))
    };
    match command {
        Command::CopyEmail => one(record.emails().next(), "e-mail"),
        Command::CopyPhone => one(phones(record).next(), "phone number"),
        Command::CopyLink => one(links(record).next(), "link or domain").map(|copied| as_link(copied, cx)),
        Command::CopyName => Ok(Copied::value(&record.name(), cx)),
        Command::CopyId => Ok(Copied::value(&record.id.to_string(), cx)),
        Command::CopyRow => {
            let what = format!("the row of {}", cx.look.fit(&clean(&record.name()), TOLD));
            Ok(Copied { text: cells(row, columns, cx), what })
        }
        _ => Err("nothing of it can be copied so".to_owned()),
    }
}

/// A domain as an address; what is none stays as it is written.
fn as_link(copied: Copied, cx: &Cx) -> Copied {
    let is_whole = copied.text.contains("://");
    match Link::web(&copied.text).filter(|_| !is_whole) {
        Some(_) => Copied::value(&format!("https://{}", copied.text), cx),
        None => copied,
    }
}

/// As the list shows it, cells parted by tabs.
fn cells(row: &Row, columns: &[PropertyId], cx: &Cx) -> String {
    let Some(spec) = cx.settings.object(row.record.id.object) else { return String::new() };
    let cell = |property: &Property| match property.id {
        is::NAME => clean(&row.record.name()).into_owned(),
        id => row
            .get(id)
            .map(|value| clean(&shown(property, &value, cx.settings, cx.now)).into_owned())
            .unwrap_or_default(),
    };
    columns.iter().filter_map(|id| spec.property(*id)).map(cell).collect::<Vec<_>>().join("\t")
}

/// Phone numbers, the main one first.
fn phones(record: &Record) -> impl Iterator<Item = &str> {
    [is::PHONE, is::MOBILE].into_iter().filter_map(|id| record.text(id))
}

fn links(record: &Record) -> impl Iterator<Item = &str> {
    [is::WEBSITE, is::DOMAIN].into_iter().filter_map(|id| record.text(id))
}

/// Commands of the rows `COPY` and `OPEN_WITH`.
pub fn is_of_record(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::CopyEmail | C::CopyPhone | C::CopyLink | C::CopyName | C::CopyId | C::CopyRow | C::CopyCsv | C::OpenLink
    )
}

/// Why one of those does nothing now.
pub fn blocked(command: Command, row: &Row, cx: &Cx) -> Option<String> {
    match command {
        Command::OpenLink if ways(&row.record, cx).is_empty() => {
            Some("it has no link, e-mail or phone that can be opened".to_owned())
        }
        Command::CopyCsv | Command::OpenLink => None,
        command => text(command, row, &[], cx).err(),
    }
}

/// Does one of those; the answer of CSV comes to `slot`.
pub fn run(command: Command, row: &Row, columns: &[PropertyId], slot: super::layer::Slot, cx: &Cx) -> Vec<Effect> {
    match command {
        Command::CopyCsv => vec![Effect::Ask(slot, Request::Csv(vec![row.record.id]))],
        Command::OpenLink => {
            let mut ways = ways(&row.record, cx);
            match ways.len() {
                0 => Vec::new(),
                1 => vec![Effect::Open(ways.remove(0).link)],
                _ => vec![Effect::Push(Box::new(OpenWith::new(clean(&row.record.name()).into_owned(), ways)))],
            }
        }
        command => text(command, row, columns, cx).map(Effect::Copy).into_iter().collect(),
    }
}

/// What came for [`Request::Csv`].
pub fn told(reply: &Reply) -> Vec<Effect> {
    let Reply::Csv { text, rows } = reply else { return Vec::new() };
    let what = if *rows == 1 { "1 row as CSV".to_owned() } else { format!("{} rows as CSV", grouped(*rows)) };
    vec![Effect::Copy(Copied { text: lines(text) + "\n", what })]
}

/// One of the things that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The row of `TAKE_ONE` that takes it.
    pub command: Command,
    pub label: &'static str,
    /// As it is written.
    pub text: String,
    pub link: Link,
}

impl Way {
    fn new(command: Command, text: &str, cx: &Cx) -> Option<Way> {
        let (label, link) = match command {
            Command::TakeLink => ("Link", Link::web(text)),
            Command::TakeEmail => ("E-mail", Link::email(text)),
            _ => ("Phone", Link::phone(text, &cx.settings.general.phone_country)),
        };
        link.map(|link| Way { command, label, text: clean(text).into_owned(), link })
    }

    /// Of a value, by the kind of its property.
    pub fn of(property: &Property, value: &Value, cx: &Cx) -> Option<Way> {
        let command = match property.kind {
            Kind::Url | Kind::Domain => Command::TakeLink,
            Kind::Email => Command::TakeEmail,
            Kind::Phone => Command::TakePhone,
            _ => return None,
        };
        Way::new(command, value.as_text()?, cx)
    }
}

/// Link, e-mail and phone of a record, as far as it has them: one of each.
fn ways(record: &Record, cx: &Cx) -> Vec<Way> {
    let link = links(record).find_map(|text| Way::new(Command::TakeLink, text, cx));
    let email = record.emails().find_map(|text| Way::new(Command::TakeEmail, text, cx));
    let phone = phones(record).find_map(|text| Way::new(Command::TakePhone, text, cx));
    link.into_iter().chain(email).chain(phone).collect()
}
