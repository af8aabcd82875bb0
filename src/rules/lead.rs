//! Leads need a contact or a company (R2.13): one that loses its last goes to the bin along with it, after asking (R5.9).

use super::permission::{self, Verb};
use super::{Asking, Draft, Planned, bin};
use crate::domain::association::Tying;
use crate::domain::change::{Question, Reason, Refusal};
use crate::domain::graph::{Graph, Read};
use crate::domain::id::{NoIds, Object, RecordId, Ref};
use std::collections::{BTreeSet, HashSet};

/// What a lead must have one of.
const OF: [Object; 2] = [Object::CONTACT, Object::COMPANY];

/// The leads that have no contact or company left when these go.
pub(super) fn bereft(graph: &dyn Graph, going: &[Ref]) -> Read<Vec<RecordId>> {
    let going: HashSet<RecordId> = going
        .iter()
        .filter_map(|one| match one {
            Ref::Record(id) => Some(*id),
            Ref::Activity(_) => None,
        })
        .collect();
    let mut leads = BTreeSet::new();
    for id in going.iter().filter(|id| OF.contains(&id.object)) {
        leads.extend(graph.links(*id, Some(Object::LEAD))?.into_iter().map(|link| link.other));
    }
    let mut bereft = Vec::new();
    for lead in leads.into_iter().filter(|lead| !going.contains(lead)) {
        if has(graph, lead, |other| !going.contains(&other))? == 0 {
            bereft.push(lead);
        }
    }
    Ok(bereft)
}

fn has(graph: &dyn Graph, lead: RecordId, counts: impl Fn(RecordId) -> bool) -> Read<usize> {
    let mut count = 0;
    for object in OF {
        count += graph.links(lead, Some(object))?.into_iter().filter(|link| counts(link.other)).count();
    }
    Ok(count)
}

/// Of these records, the leads that lost their last contact or company in this draft.
pub(super) fn lost(draft: &Draft, among: impl IntoIterator<Item = RecordId>) -> Read<Vec<RecordId>> {
    let mut lost = Vec::new();
    for id in among.into_iter().filter(|id| id.object == Object::LEAD) {
        if has(draft, id, |_| true)? == 0 {
            lost.push(id);
        }
    }
    Ok(lost)
}

/// A new lead comes with a contact or a company.
pub(super) fn check_tied(id: RecordId, ties: &[Tying]) -> Result<(), Refusal> {
    if id.object != Object::LEAD || ties.iter().any(|tying| OF.contains(&tying.other.object)) {
        return Ok(());
    }
    Err(Refusal::rule(2, 13, "A lead needs a contact or a company. Make it from one of them, or with --associate"))
}

/// Asks whether these leads may go, or lets them go if that was agreed to.
pub(super) fn go_along(draft: &mut Draft, leads: &[RecordId]) -> Planned {
    if leads.is_empty() {
        return Ok(());
    }
    if !draft.agreed {
        return Err(Refusal::Needs(question(draft, leads)?).into());
    }
    for lead in leads {
        bin::put_away(draft, *lead, &Reason::rule(5, 9, "it lost its last contact or company"))?;
    }
    Ok(())
}

/// Asks about leads before a long act begins.
pub fn check_leads(graph: &dyn Graph, asking: Asking, going: &[Ref]) -> Planned {
    let leads = bereft(graph, going)?;
    if leads.is_empty() {
        return Ok(());
    }
    Err(Refusal::Needs(question(&Draft::new(graph, asking, NoIds), &leads)?).into())
}

/// Those that the user may not view are counted, not named.
fn question(draft: &Draft, leads: &[RecordId]) -> Planned<Question> {
    let mut names = Vec::new();
    for lead in leads {
        if let Some(record) = draft.record(*lead)?.filter(|record| permission::check(draft, Verb::View, record).is_ok())
        {
            names.push(record.name());
        }
    }
    Ok(Question::LeadsGo { names, count: leads.len() })
}
