//! Many records associated at once (R5.7): pair by pair, and what refuses is left out and named.

use super::permission::{self, Verb};
use super::record::{existing, leave_out};
use super::{Draft, Granted, NoPlan, Planned, association};
use crate::domain::association::{Labelling, Tying};
use crate::domain::change::counted_names;
use crate::domain::id::{LabelId, RecordId, Ref};

pub(super) fn associate(
    draft: &mut Draft,
    pairs: &[(RecordId, RecordId)],
    labels: &[LabelId],
    replace: bool,
) -> Planned<Granted> {
    let (mut names, mut others, mut refs) = (Vec::new(), Vec::new(), Vec::new());
    for (one, other) in pairs {
        let labels = if labels.is_empty() { Labelling::Keep } else { Labelling::Add(labels.to_vec()) };
        let tying = Tying { labels, replace, ..Tying::new(*other) };
        match pair(draft, *one, &tying) {
            Ok(name) => {
                names.push(name);
                refs.push(Ref::Record(*one));
                if !others.contains(other) {
                    others.push(*other);
                }
            }
            Err(NoPlan::Refused(refusal)) => {
                let name = draft.name(Ref::Record(*one))?;
                leave_out(draft, &name, &refusal);
            }
            Err(unreadable) => return Err(unreadable),
        }
    }
    draft.settle()?;
    let what = match others.as_slice() {
        [] => "Nothing was associated".to_owned(),
        [other] => format!("Associated {} with {}", counted_names(&names), draft.name(Ref::Record(*other))?),
        _ => format!("Associated {} pairs of records", names.len()),
    };
    refs.extend(others.into_iter().map(Ref::Record));
    Ok(Granted::new(what, refs))
}

/// Answers the name of the first.
fn pair(draft: &mut Draft, one: RecordId, tying: &Tying) -> Planned<String> {
    let record = existing(draft, one)?;
    permission::check(draft, Verb::Edit, &record)?;
    permission::check(draft, Verb::View, &existing(draft, tying.other)?)?;
    association::put(draft, one, tying)?;
    Ok(record.name())
}
