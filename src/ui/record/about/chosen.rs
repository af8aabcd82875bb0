//! Which properties the pane shows, with their values: those of `groups`, all others that have one, and what is being
//! edited.

use super::groups::{ELSEWHERE, Place, TIMES, groups};
use crate::domain::answer::Detail;
use crate::domain::id::{PropertyId, RecordId};
use crate::domain::object::is;
use crate::domain::property::Property;
use crate::domain::value::Value;
use crate::ui::Cx;
use crate::ui::edit::{InPlace, obstacle};
use crate::ui::text::clean;

/// A property with its value, as it will be shown.
pub struct Field<'a> {
    pub property: &'a Property,
    pub label: String,
    pub value: Option<Value>,
    /// The value is on its way to the disk.
    pub pending: bool,
}

/// What is shown, group by group.
pub fn chosen<'a>(detail: &Detail, edits: &InPlace, cx: &Cx<'a>) -> Vec<Vec<Field<'a>>> {
    let object = detail.row.record.id.object;
    let Some(spec) = cx.settings.object(object) else { return Vec::new() };
    let [first, second] = groups(object);
    // Of an object of a user, its own properties come first.
    let own = spec.telling().filter(|_| spec.is_custom()).map(|p| Place { id: p.id, label: "", always: true });
    let first: Vec<Place> = first.iter().copied().chain(own).collect();
    let placed = |places: &[Place]| -> Vec<Field<'a>> {
        places.iter().filter_map(|place| field(detail, spec.property(place.id)?, place, edits)).collect()
    };
    let named = |id| first.iter().chain(second).chain(TIMES).any(|place| place.id == id);
    let is_busy = |id| is_edited(edits, detail.row.record.id, id);
    let stands_here = |p: &&Property| !p.hidden && (!ELSEWHERE.contains(&p.id) || is_busy(p.id));
    let others = spec.properties.iter().filter(|p| !named(p.id)).filter(stands_here);
    let others =
        others.filter_map(|p| field(detail, p, &Place { id: p.id, label: "", always: false }, edits)).collect();
    vec![placed(&first), placed(second), others, placed(TIMES)]
}

/// Whether a property is being edited or saved, so that it has a place whatever its value.
fn is_edited(edits: &InPlace, record: RecordId, id: PropertyId) -> bool {
    edits.at() == Some((record, id)) || edits.pending(record, id).is_some()
}

/// How many properties that can be edited are not among the shown.
pub fn hidden(detail: &Detail, chosen: &[Vec<Field>], cx: &Cx) -> usize {
    let object = detail.row.record.id.object;
    let is_shown = |id| chosen.iter().flatten().any(|field| field.property.id == id);
    let properties = cx.settings.object(object).into_iter().flat_map(|spec| &spec.properties);
    properties.filter(|p| !p.hidden && !is_shown(p.id) && obstacle(object, p).is_none()).count()
}

fn field<'a>(detail: &Detail, property: &'a Property, place: &Place, edits: &InPlace) -> Option<Field<'a>> {
    let record = detail.row.record.id;
    if let Some(pending) = edits.pending(record, place.id) {
        let label = if place.label.is_empty() { &property.label } else { place.label };
        return Some(Field { property, label: clean(label).into_owned(), value: pending.cloned(), pending: true });
    }
    let is_open = edits.at() == Some((record, place.id));
    let value = match place.id {
        is::COUNTRY if !is_open && detail.row.record.text(is::CITY).is_some() => None,
        is::CITY => town(detail),
        is::WEBSITE => detail.row.record.text(is::WEBSITE).map(|link| Value::text(bare(link))),
        id => detail.row.get(id),
    };
    let label = if place.label.is_empty() { clean(&property.label).into_owned() } else { place.label.to_owned() };
    (place.always || is_open || value.is_some()).then_some(Field { property, label, value, pending: false })
}

/// A link without what all links begin with.
fn bare(link: &str) -> &str {
    let rest = link.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    rest.trim_end_matches('/')
}

/// City and country in one.
fn town(detail: &Detail) -> Option<Value> {
    let record = &detail.row.record;
    let city = record.text(is::CITY)?;
    Some(Value::Text(record.text(is::COUNTRY).map_or_else(|| city.to_owned(), |country| format!("{city}, {country}"))))
}
