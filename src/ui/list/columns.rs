//! The columns of a list: how wide each is, what it is called there, and which gives way first. A property that needs
//! other measures than its kind gets a row in [`MEASURES`].

use crate::domain::id::PropertyId;
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Kind, Property};
use crate::domain::view::View;
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

/// The filter of what is one's own.
const OWN: &str = "owner is me";

/// A property of the list with its column.
pub struct Shown<'a> {
    pub property: &'a Property,
    pub column: Column<'a>,
}

/// All columns that have something to say: of those that nobody chose, an owner who is always oneself has not.
pub fn columns<'a>(view: &View, object: &'a ObjectSpec, has_preview: bool) -> Vec<Shown<'a>> {
    let is_own = view.filters.iter().any(|filter| filter == OWN);
    let is_usual = view.columns.is_empty();
    let says_nothing =
        |id: PropertyId| is_usual && ((is_own && id == is::OWNER) || (has_preview && IN_PREVIEW.contains(&id)));
    let mut shown = view.shown(object);
    shown.retain(|(property, _)| !says_nothing(property.id) || view.grouped == Some(property.id));
    let group = view.grouped.filter(|id| shown.iter().all(|(property, _)| property.id != *id));
    if let Some(property) = group.and_then(|id| object.property(id)) {
        shown.insert(1.min(shown.len()), (property, None));
    }
    shown.into_iter().map(|(property, width)| Shown { property, column: column(property, width) }).collect()
}

/// How wide a column wants to be where nobody said so.
pub fn measured(property: &Property) -> u16 {
    column(property, None).ideal
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

/// `width`: as somebody wants it.
fn column(property: &Property, width: Option<u16>) -> Column<'_> {
    let usual = match property.kind {
        Kind::YesNo => measure("", 8, 8, 3),
        kind if kind.is_measured() => measure("", 10, 12, 3),
        _ => measure("", 12, 18, 2),
    };
    let measure = find(property.id).unwrap_or(&usual);
    Column {
        title: head(property).into(),
        min: width.unwrap_or(measure.min),
        ideal: width.unwrap_or(measure.ideal),
        flexible: measure.flexible && width.is_none(),
        align: align(property),
        gives_way: measure.gives_way,
        short: measure.short.filter(|_| width.is_none()).map(|(head, width)| (head.into(), width)),
    }
}
