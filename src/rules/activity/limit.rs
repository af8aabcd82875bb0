//! How many records of an object one activity may have (R3.20). What is there already is never touched.

use crate::domain::activity::{ActivityKind, Target};
use crate::domain::change::{Reason, Refusal};
use crate::domain::graph::Graph;
use crate::domain::id::{Object, RecordId};
use crate::domain::logging::{Aimed, Aims, Logging};
use crate::rules::{Draft, Planned};
use std::collections::BTreeMap;

/// Rules stop at the limit, in their order; a tick beyond it is refused.
pub(super) fn within(draft: &Draft, asked: &Logging, aims: Aims) -> Planned<Aims> {
    let mut counts = BTreeMap::from([(asked.on.object, 1)]);
    let mut kept = Aims { records: Vec::new(), ..aims };
    for aimed in aims.records {
        let object = aimed.record.object;
        let count = counts.entry(object).or_insert(0);
        match full(draft, asked.kind, object, *count) {
            None => {
                *count += 1;
                kept.records.push(aimed);
            }
            Some(sentence) if asked.also.contains(&aimed.record) => return Err(Refusal::rule(3, 20, sentence).into()),
            Some(sentence) => kept.left_out.push(Aimed { why: Reason::rule(3, 20, sentence), ..aimed }),
        }
    }
    Ok(kept)
}

/// Why one more record has no room beside these, if it has none.
pub(super) fn in_the_way(draft: &Draft, kind: ActivityKind, beside: &[Target], comes: RecordId) -> Option<String> {
    let count = beside.iter().filter(|target| target.record.object == comes.object).count();
    full(draft, kind, comes.object, count)
}

fn full(draft: &Draft, kind: ActivityKind, object: Object, count: usize) -> Option<String> {
    let settings = draft.settings();
    let most = settings.activities.limit(kind, object).filter(|most| count >= *most)?;
    let counted = settings.object(object).map_or_else(|| most.to_string(), |spec| spec.counted(most));
    Some(format!("{} may have {counted} at most", kind.row().one))
}
