//! What associated records are to each other (R5.5): which labels go together, and that no company is above itself.

use crate::domain::association::{Labelling, Tying};
use crate::domain::change::{Op, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{LabelId, Object, RecordId, Ref};
use crate::domain::label::PARENT;
use crate::rules::{Draft, Planned};
use std::collections::BTreeSet;

const CHILD: LabelId = LabelId(PARENT.0 ^ 1);

/// Whether `other` may be this to `one`, given what it is already.
pub(super) fn check(draft: &Draft, one: RecordId, other: RecordId, before: &[LabelId], labels: &[LabelId]) -> Planned {
    let settings = draft.settings();
    let readings = settings.labels_for(one.object, other.object);
    let new: Vec<LabelId> = labels.iter().copied().filter(|label| !before.contains(label)).collect();
    for id in &new {
        if readings.iter().any(|(known, _)| known == id) {
            continue;
        }
        let sentence = match settings.label(*id) {
            None => "There is no such label. `lejek label list` names them".to_owned(),
            Some(label) if label.deleted => format!("The label {} was deleted", label.shown()),
            Some(label) => {
                let name = |object| settings.object(object).map_or("others", |spec| spec.plural.as_str());
                let (from, to) = (name(label.from).to_lowercase(), name(label.to).to_lowercase());
                format!("{} is a label of {from} and {to}, not of these two", label.shown())
            }
        };
        return Err(Refusal::rule(5, 5, sentence).into());
    }
    if let Some(both) = new.iter().find(|label| label.is_paired() && labels.contains(&label.other_way())) {
        let read = |id| settings.label_name(id).unwrap_or_default();
        let (name, far) = (draft.name(Ref::Record(one))?, draft.name(Ref::Record(other))?);
        let sentence = format!("{far} can't be both {} and {} of {name}", read(*both), read(both.other_way()));
        return Err(Refusal::rule(5, 5, sentence).into());
    }
    new.iter().try_for_each(|label| match *label {
        PARENT => check_parent(draft, one, other),
        CHILD => check_parent(draft, other, one),
        _ => Ok(()),
    })
}

/// A company has one parent at most, and none that is below it.
fn check_parent(draft: &Draft, child: RecordId, parent: RecordId) -> Planned {
    let name = |id| draft.name(Ref::Record(id));
    if let Some(has) = parents_of(draft, child)?.into_iter().find(|has| *has != parent) {
        let sentence =
            format!("{} has the parent company {} already. Take that label off first", name(child)?, name(has)?);
        return Err(Refusal::rule(5, 5, sentence).into());
    }
    if is_below(draft, parent, child)? {
        let sentence = format!("{} is below {} and can't be its parent company", name(parent)?, name(child)?);
        return Err(Refusal::rule(5, 5, sentence).into());
    }
    Ok(())
}

/// The parent companies of a company, of which there should be one.
pub(in crate::rules) fn parents_of(graph: &dyn Graph, id: RecordId) -> Read<Vec<RecordId>> {
    let links = graph.links(id, Some(Object::COMPANY))?;
    Ok(links.into_iter().filter(|link| link.labels.contains(&PARENT)).map(|link| link.other).collect())
}

/// Whether `above` is a parent of it, over however many levels.
pub(in crate::rules) fn is_below(graph: &dyn Graph, id: RecordId, above: RecordId) -> Read<bool> {
    let (mut seen, mut next) = (BTreeSet::from([id]), vec![id]);
    while let Some(id) = next.pop() {
        for parent in parents_of(graph, id)? {
            if parent == above {
                return Ok(true);
            }
            if seen.insert(parent) {
                next.push(parent);
            }
        }
    }
    Ok(false)
}

/// Whether a tie that comes back may have its labels as things are now: another parent may have come meanwhile.
pub(in crate::rules) fn fits(draft: &Draft, end: RecordId, other: RecordId, labels: &[LabelId]) -> Planned<bool> {
    for (label, child, parent) in [(PARENT, end, other), (CHILD, other, end)] {
        if labels.contains(&label) && (!parents_of(draft, child)?.is_empty() || is_below(draft, parent, child)?) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Labels that were deleted: shown nowhere, they stay where they are, so that undo brings them back.
pub(super) fn hidden(draft: &Draft, labels: &[LabelId]) -> Vec<LabelId> {
    let settings = draft.settings();
    labels.iter().copied().filter(|id| settings.label_name(*id).is_none()).collect()
}

/// Of a save that gives a company another parent, the old one goes first; answers whose label went.
pub(super) fn let_go(draft: &mut Draft, one: RecordId, ties: &[Tying]) -> Planned<Vec<RecordId>> {
    let mut gone = Vec::new();
    for tying in ties {
        let (Labelling::Exactly(wanted), Some(tie)) = (&tying.labels, draft.tie_of(one, tying.other)?) else {
            continue;
        };
        let goes = |label: &LabelId| [PARENT, CHILD].contains(label) && !wanted.contains(label);
        let labels = tie.link_of(one).labels;
        if labels.iter().any(goes) {
            let mut to = tie.ends.clone();
            to.set_labels(tie.a == one, &labels.into_iter().filter(|label| !goes(label)).collect::<Vec<_>>());
            draft.grant(Op::Relabel { a: tie.a, b: tie.b, from: tie.ends, to })?;
            gone.push(tying.other);
        }
    }
    Ok(gone)
}
