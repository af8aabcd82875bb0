//! How many records of an object one may be associated with (R5.3).

use crate::domain::association::Full;
use crate::domain::change::{Op, Reason, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{Object, RecordId, Ref};
use crate::domain::settings::{Associations, LIMITS, Settings};
use crate::rules::settings::put;
use crate::rules::{Draft, Planned};
use std::cmp::max;

/// Whether `end` has as many as it may, and which one would give way to `comes`: the oldest, the primary one only where
/// there is no other. What is `kept` does not.
pub(super) fn full(draft: &Draft, end: RecordId, comes: RecordId, kept: &[RecordId]) -> Planned<Option<Full>> {
    let settings = draft.settings();
    let Some(most) = settings.associations.limit(end.object, comes.object) else { return Ok(None) };
    let links = draft.links(end, Some(comes.object))?;
    if links.len() < most {
        return Ok(None);
    }
    let limit = counted(&settings, comes.object, most);
    let mut may_go = links.iter().filter(|link| !kept.contains(&link.other));
    let goes = may_go.clone().find(|link| !link.primary).or_else(|| may_go.next());
    let Some(goes) = goes else {
        let sentence = format!("The limit of {} is {limit}. Choose fewer", draft.name(Ref::Record(end))?);
        return Err(Refusal::rule(5, 3, sentence).into());
    };
    Ok(Some(Full {
        record: end,
        name: draft.name(Ref::Record(end))?,
        has: links.iter().map(|link| draft.name(Ref::Record(link.other))).collect::<Read<_>>()?,
        limit,
        goes: goes.other,
        goes_name: draft.name(Ref::Record(goes.other))?,
        comes: draft.name(Ref::Record(comes))?,
    }))
}

/// Takes off what gives way, and says so by name.
pub(super) fn make_room(draft: &mut Draft, full: &Full) -> Planned {
    let Some(tie) = draft.tie_of(full.record, full.goes)? else { return Ok(()) };
    let why = Reason::rule(5, 3, format!("gave way to another: the limit is {}", full.limit));
    let told = format!("{} gave way to {}: the limit of {} is {}", full.goes_name, full.comes, full.name, full.limit);
    draft.push_told(Op::Unlink(Box::new(tie)), why, (Ref::Record(full.goes), told))?;
    // Who else loses its primary one by it has another before the new one comes.
    draft.settle()
}

/// Sets the limits that are named, if nothing is above them already.
pub(in crate::rules) fn set(draft: &mut Draft, text: &str) -> Planned {
    let refused = |sentence: String| Refusal::rule(5, 3, sentence);
    let settings = draft.settings();
    let next = settings.read_limits(text).map_err(refused)?;
    for (of, to, _) in next.limits() {
        super::check_objects(of, to)?;
    }
    if next == settings.associations {
        return Ok(());
    }
    if let Some(sentence) = lowered(draft, &settings, &next)? {
        return Err(refused(sentence).into());
    }
    put(draft, LIMITS, Some(next.row()))
}

/// Why limits can't be these: a sentence with the number of records that are above.
pub(in crate::rules) fn lowered(graph: &dyn Graph, settings: &Settings, next: &Associations) -> Read<Option<String>> {
    for (of, to, most) in settings.associations.changed(next) {
        let Some(most) = most else { continue };
        if settings.associations.limit(of, to).is_some_and(|now| now <= most) {
            continue;
        }
        let (above, highest) = above(graph, of, to, most)?;
        if above > 0 {
            let have = if above == 1 { "has" } else { "have" };
            return Ok(Some(format!(
                "{} {have} more than {}, up to {highest}. Take some off first, or set a limit of {highest} at least",
                counted(settings, of, above),
                counted(settings, to, most),
            )));
        }
    }
    Ok(None)
}

/// How many records of `of` have more than `most` of `to`, and what one has at most.
fn above(graph: &dyn Graph, of: Object, to: Object, most: usize) -> Read<(usize, usize)> {
    let (mut above, mut highest) = (0, 0);
    let mut run: Option<(RecordId, usize)> = None;
    graph.each_tie(of, to, &mut |id, _| {
        let count = run.filter(|(of, _)| *of == id).map_or(1, |(_, count)| count + 1);
        run = Some((id, count));
        above += usize::from(count == most + 1);
        highest = max(highest, count);
    })?;
    Ok((above, highest))
}

pub(super) fn counted(settings: &Settings, object: Object, count: usize) -> String {
    settings.object(object).map_or_else(|| format!("{count} records"), |spec| spec.counted(count))
}
