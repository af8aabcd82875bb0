//! What must hold of associations whatever an undo sets back, since undo runs no rules (R7.1): one primary where one is
//! due, no more than the limits allow, one parent company.

use super::labels::{is_below, parents_of};
use super::limits::counted;
use crate::domain::association::{Link, has_primary};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::settings::Settings;
use crate::rules::Draft;

/// The first record whose ties would not be as they must after what the draft has granted, and what is wrong.
pub(in crate::rules) fn flaw(draft: &Draft) -> Read<Option<(RecordId, String)>> {
    let settings = draft.settings();
    for id in draft.retied() {
        if draft.record(id)?.is_none() {
            continue;
        }
        for spec in &settings.objects {
            if let Some(wrong) = wrong(draft, &settings, id, spec.object)? {
                return Ok(Some((id, format!("{} {wrong}", draft.name(Ref::Record(id))?))));
            }
        }
    }
    Ok(None)
}

fn wrong(draft: &Draft, settings: &Settings, id: RecordId, to: Object) -> Read<Option<String>> {
    let (limit, due) = (settings.associations.limit(id.object, to), has_primary(id.object, to));
    if limit.is_some() || due {
        let links: Vec<Link> = draft.links(id, Some(to))?;
        if let Some(most) = limit.filter(|most| links.len() > *most) {
            return Ok(Some(format!("would have more than {}", counted(settings, to, most))));
        }
        let primary = links.iter().filter(|link| link.primary).count();
        if due && primary != usize::from(!links.is_empty()) {
            return Ok(Some(match primary {
                0 => "has later associations".to_owned(),
                _ => "has another primary one since".to_owned(),
            }));
        }
    }
    if id.object != Object::COMPANY || to != Object::COMPANY {
        return Ok(None);
    }
    Ok(match parents_of(draft, id)?.len() {
        0 | 1 if !is_below(draft, id, id)? => None,
        0 | 1 => Some("would be its own parent company".to_owned()),
        _ => Some("has another parent company since".to_owned()),
    })
}
