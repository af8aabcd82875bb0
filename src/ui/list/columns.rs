//! The columns of a list: how wide each is, what it is called there, and which gives way first. A property that needs
//! other measures than its kind gets a row in [`MEASURES`].

use crate::domain::id::PropertyId;
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Kind, Property};
use crate::ui::cell::align;
use crate::ui::widgets::Column;

/// Head (empty: the property's label), least and ideal width, flexible, order of giving way, short head with its width.
struct Measure {
    head: &'static str,
    min: u16,
    ideal: u16,
    flexible: bool,
    gives_way: u8,
    short: Option<(&'static str, u16)>,
}

const fn measure(head: &'static str, min: u16, ideal: u16, gives_way: u8) -> Measure {
    Measure { head, min, ideal, flexible: false, gives_way, short: None }
}

const fn flexible(min: u16, ideal: u16, gives_way: u8) -> Measure {
    Measure { flexible: true, ..measure("", min, ideal, gives_way) }
}

const fn staged(short: (&'static str, u16), ideal: u16) -> Measure {
    Measure { short: Some(short), ..measure("", 20, ideal, 8) }
}

/// Dropped first what says least of whom one looks for; the name never.
const MEASURES: &[(PropertyId, Measure)] = &[
    (is::NAME, flexible(20, 26, 0)),
    (is::COMPANY, flexible(20, 26, 10)),
    (is::LIFECYCLE_STAGE, staged(("Life", 4), 21)),
    (is::STAGE, staged(("Stage", 5), 29)),
    (is::EMAIL, measure("", 17, 22, 1)),
    (is::INDUSTRY, measure("", 10, 16, 1)),
    (is::COUNTRY, measure("", 10, 14, 2)),
    (is::LEAD_TYPE, measure("", 12, 14, 2)),
    (is::CATEGORY, measure("", 12, 16, 2)),
    (is::DOMAIN, measure("", 14, 22, 3)),
    (is::OWNER, measure("Owner", 9, 14, 4)),
    (is::CITY, measure("", 10, 14, 5)),
    (is::CLOSE_DATE, measure("Closes", 9, 10, 6)),
    (is::PRIORITY, measure("", 10, 10, 9)),
    (is::LEAD_LABEL, measure("", 7, 8, 9)),
    (is::AMOUNT, measure("", 10, 14, 11)),
    (is::LAST_ACTIVITY, measure("Activity", 10, 10, 12)),
    (is::NEXT_ACTIVITY, measure("Next", 10, 10, 3)),
];

/// What the preview shows anyway.
const IN_PREVIEW: &[PropertyId] = &[is::EMAIL];

/// A property of the list with its column.
pub struct Shown<'a> {
    pub property: &'a Property,
    pub column: Column<'a>,
}

/// All columns that have something to say: an owner who is always oneself has not.
pub fn columns(object: &ObjectSpec, is_own: bool, has_preview: bool) -> Vec<Shown<'_>> {
    let says_nothing = |id: PropertyId| (is_own && id == is::OWNER) || (has_preview && IN_PREVIEW.contains(&id));
    let properties = object.columns.iter().filter(|id| !says_nothing(**id)).filter_map(|id| object.property(*id));
    properties.map(|property| Shown { property, column: column(property) }).collect()
}

/// What a column is called, in its head and in the sort menu.
pub fn head(property: &Property) -> &str {
    match find(property.id) {
        Some(measure) if !measure.head.is_empty() => measure.head,
        _ => &property.label,
    }
}

fn find(id: PropertyId) -> Option<&'static Measure> {
    MEASURES.iter().find(|(of, _)| *of == id).map(|(_, measure)| measure)
}

fn column(property: &Property) -> Column<'_> {
    let usual = match property.kind {
        Kind::YesNo => measure("", 8, 8, 3),
        kind if kind.is_measured() => measure("", 10, 12, 3),
        _ => measure("", 12, 18, 2),
    };
    let measure = find(property.id).unwrap_or(&usual);
    Column {
        title: head(property).into(),
        min: measure.min,
        ideal: measure.ideal,
        flexible: measure.flexible,
        align: align(property),
        gives_way: measure.gives_way,
        short: measure.short.map(|(head, width)| (head.into(), width)),
    }
}
