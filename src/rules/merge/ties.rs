//! The associations of a record that is merged go to the one that stays, as they are: since when, by whom, why, with
//! their labels. What does not fit there (R5.3), and a second parent company, is left out and named.

use crate::domain::association::{Association, Ends, has_primary};
use crate::domain::change::Op;
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{LabelId, RecordId};
use crate::domain::label::PARENT;
use crate::rules::association::labels;
use crate::rules::{Draft, Planned};

pub(super) fn hand_over(draft: &mut Draft, into: RecordId, from: RecordId) -> Planned {
    if let Some(between) = draft.tie_of(into, from)? {
        draft.grant(Op::Unlink(Box::new(between)))?;
    }
    let mut links = draft.links(from, None)?;
    // Where there is room for few, the primary one comes first; the others by age.
    links.sort_by_key(|link| !link.primary);
    for link in links {
        let Some(tie) = draft.tie_of(from, link.other)? else { continue };
        match draft.tie_of(into, link.other)? {
            Some(standing) => join(draft, &Pair { into, from, other: link.other }, standing, tie)?,
            None => hand_one_over(draft, &Pair { into, from, other: link.other }, tie)?,
        }
    }
    Ok(())
}

/// Who is handed from whom to whom.
struct Pair {
    into: RecordId,
    from: RecordId,
    other: RecordId,
}

fn hand_one_over(draft: &mut Draft, pair: &Pair, tie: Association) -> Planned {
    let Pair { into, from, other } = *pair;
    if let Some(sentence) = no_room(draft, pair)? {
        draft.skipped.push(sentence);
        draft.grant(Op::Unlink(Box::new(tie)))?;
        return Ok(());
    }
    let mut ends = Ends::default();
    let labels = fitting(draft, pair, &tie.link_of(from).labels)?;
    ends.set_labels(into < other, &labels);
    let has_one = draft.links(into, Some(other.object))?.iter().any(|link| link.primary);
    ends.set_primary(into, other, has_primary(into.object, other.object) && !has_one);
    ends.set_primary(other, into, tie.link_of(other).primary);
    let (a, b) = if into < other { (into, other) } else { (other, into) };
    // The new one stands before the old one goes: undo reads it backwards, and nobody is ever without a primary one.
    draft.grant(Op::Link(Box::new(Association { a, b, ends, ..tie.clone() })))?;
    draft.grant(Op::Unlink(Box::new(tie)))?;
    Ok(())
}

/// Both have it: one association with the labels of both, as old as the older one.
fn join(draft: &mut Draft, pair: &Pair, standing: Association, tie: Association) -> Planned {
    let Pair { into, from, other } = *pair;
    let mut ends = standing.ends.clone();
    let mut labels = standing.link_of(into).labels;
    let further: Vec<LabelId> = tie.link_of(from).labels.into_iter().filter(|label| !labels.contains(label)).collect();
    labels.extend(fitting(draft, pair, &further)?);
    ends.set_labels(into < other, &labels);
    if tie.link_of(other).primary {
        ends.set_primary(other, into, true);
    }
    if (tie.since, tie.order) < (standing.since, standing.order) {
        let (a, b) = (standing.a, standing.b);
        draft.grant(Op::Unlink(Box::new(standing)))?;
        draft.grant(Op::Link(Box::new(Association { a, b, ends, ..tie.clone() })))?;
    } else if ends != standing.ends {
        draft.grant(Op::Relabel { a: standing.a, b: standing.b, from: standing.ends, to: ends })?;
    }
    draft.grant(Op::Unlink(Box::new(tie)))?;
    Ok(())
}

/// Why an association does not fit, at the one end or the other (R5.3).
fn no_room(draft: &Draft, pair: &Pair) -> Read<Option<String>> {
    let Pair { into, from, other } = *pair;
    let settings = draft.settings();
    for (end, far) in [(into, other), (other, into)] {
        let Some(most) = settings.associations.limit(end.object, far.object) else { continue };
        let links = draft.links(end, Some(far.object))?;
        let (left, first) = (links.iter().filter(|link| link.other != from).count(), links.first());
        if left < most {
            continue;
        }
        let (name, whose) = (draft.name(other.into())?, draft.name(end.into())?);
        let has = match first {
            Some(link) if left == 1 => draft.name(link.other.into())?,
            _ => left.to_string(),
        };
        return Ok(Some(format!("{name}: not associated, since {whose} has {has} and {most} is the limit")));
    }
    Ok(None)
}

/// The labels that can be handed over, as they read from the record: all but a second parent company, or a parent that
/// is below.
fn fitting(draft: &mut Draft, pair: &Pair, labels: &[LabelId]) -> Read<Vec<LabelId>> {
    let mut fitting = Vec::with_capacity(labels.len());
    for label in labels {
        let (parent, child) = match *label {
            PARENT => (pair.other, pair.into),
            label if label == PARENT.other_way() => (pair.into, pair.other),
            label => {
                fitting.push(label);
                continue;
            }
        };
        if fits_above(draft, parent, child, pair.from)? {
            fitting.push(*label);
        } else {
            let (name, settings) = (draft.name(pair.other.into())?, draft.settings());
            let label = settings.label_name(*label).unwrap_or("Parent company");
            draft.skipped.push(format!("{name}: no longer {}, a company has one parent", label.to_lowercase()));
        }
    }
    Ok(fitting)
}

/// Whether the child has no other parent, and is not above the parent. What the record that goes has is left aside.
fn fits_above(draft: &Draft, parent: RecordId, child: RecordId, from: RecordId) -> Read<bool> {
    let has_another = labels::parents_of(draft, child)?.into_iter().any(|other| other != parent && other != from);
    Ok(!has_another && parent != child && !labels::is_below(draft, parent, child)?)
}
