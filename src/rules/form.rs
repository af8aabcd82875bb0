//! What the form of a new record insists on, whichever way somebody makes one (R2.14).

use super::Draft;
use crate::domain::change::{Refusal, Rule};
use crate::domain::graph::Graph;
use crate::domain::object::is;
use crate::domain::record::Record;

/// What rules fill in or look at themselves: the first pipeline and stage are there anyway (R2.2), and a company can be
/// known by its domain.
const BY_ITSELF: [crate::domain::id::PropertyId; 3] = [is::PIPELINE, is::STAGE, is::NAME];

pub(super) fn check(draft: &Draft, new: &Record) -> Result<(), Refusal> {
    let settings = draft.settings();
    let form = settings.form(new.id.object);
    let mut insists = form.iter().filter(|field| field.required && !BY_ITSELF.contains(&field.property));
    let Some(lacking) = insists.find(|field| new.values.get(field.property).is_none()) else { return Ok(()) };
    let Some(spec) = settings.object(new.id.object) else { return Ok(()) };
    let label = spec.property(lacking.property).map_or("A field", |property| property.label.as_str());
    let plural = spec.plural.to_lowercase();
    let sentence = format!("{label} is needed: the form of new {plural} asks for it");
    Err(Refusal::field(Some(Rule(2, 14)), lacking.property, sentence))
}
