//! An activity as a file brings it: the row of an import, already matched to the records that it names (R3.3, R5.11).

use super::Logging;
use crate::domain::activity::{Activity, ActivityKind, Details, Priority, TaskKind};
use crate::domain::id::{ActivityId, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One row of an import: what becomes of one activity.
///
/// An activity that stands under the id gets what the row says besides: blank fields leave it as it is, records are
/// only added, and no rule associates it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportActivity {
    /// Row of the file, 1 is the first after the header.
    pub number: u64,
    /// The one that the file gives, or one made by [`ActivityId::brought`].
    pub id: ActivityId,
    /// `on`: the first of the records named; `also`: the others. Without `at` it happens when it is imported.
    pub logging: Logging,
    /// Whether the row says which way it went.
    pub says_direction: bool,
    /// Who logged it, where that is not whoever imports it.
    pub author: Option<UserId>,
    /// Its records are those named and no others: rules add none.
    pub is_whole: bool,
}

impl ImportActivity {
    /// The activity with what the row says laid over it.
    pub fn over(&self, standing: &Activity) -> Activity {
        let logging = &self.logging;
        let said =
            |own: &String, said: &String| if said.trim().is_empty() { own.clone() } else { said.trim().to_owned() };
        Activity {
            at: logging.at.unwrap_or(standing.at),
            subject: said(&standing.subject, &logging.subject),
            text: said(&standing.text, &logging.text),
            details: self.details_over(&standing.details),
            ..standing.clone()
        }
    }

    fn details_over(&self, own: &Details) -> Details {
        let mut all = own.clone();
        let text = |own: &mut String, said: &String| {
            if !said.is_empty() {
                own.clone_from(said);
            }
        };
        let list = |own: &mut Vec<String>, said: &Vec<String>| {
            if !said.is_empty() {
                own.clone_from(said);
            }
        };
        match (&mut all, &self.logging.details) {
            (
                Details::Call { direction, outcome, duration },
                Details::Call { direction: way, outcome: o, duration: d },
            ) => {
                *direction = if self.says_direction { *way } else { *direction };
                (*outcome, *duration) = (o.or(*outcome), d.or(*duration));
            }
            (
                Details::Email { direction, from, to, cc, thread },
                Details::Email { direction: way, from: f, to: t, cc: c, thread: th },
            ) => {
                *direction = if self.says_direction { *way } else { *direction };
                text(from, f);
                list(to, t);
                list(cc, c);
                *thread = th.clone().or_else(|| thread.take());
            }
            (
                Details::Meeting { end, attendees, location, outcome },
                Details::Meeting { end: e, attendees: a, location: l, outcome: o },
            ) => {
                (*end, *outcome) = (e.or(*end), o.or(*outcome));
                list(attendees, a);
                text(location, l);
            }
            (
                Details::Task { task, has_due, done, priority, assignee, queue },
                Details::Task { task: its, has_due: due, done: at, priority: rank, assignee: who, queue: line },
            ) => {
                *task = if *its == TaskKind::ToDo { *task } else { *its };
                *priority = if *rank == Priority::None { *priority } else { *rank };
                (*has_due, *assignee) = (*has_due || *due, who.or(*assignee));
                *done = done.or(*at);
                text(queue, line);
            }
            (Details::Message { direction, from, to }, Details::Message { direction: way, from: f, to: t }) => {
                *direction = if self.says_direction { *way } else { *direction };
                text(from, f);
                list(to, t);
            }
            _ => {}
        }
        all
    }
}

impl ActivityId {
    /// The id of an activity that another program calls `text`: the same each time, so that importing it twice is
    /// once. `again` counts up while what has the id is in the bin, which does not match (R5.11).
    ///
    /// Neighbours in a source become neighbours here, since ids that are counted differ in their last characters.
    pub fn brought(kind: ActivityKind, source: &str, text: &str, again: u8) -> ActivityId {
        brought(kind.row().name, source, text, again)
    }
}

pub(in crate::domain) fn brought(kind: &str, source: &str, text: &str, again: u8) -> ActivityId {
    let chars = text.len();
    let cut = (0..=chars).rev().filter(|at| text.is_char_boundary(*at)).nth(ENDING).unwrap_or(0);
    let family = fnv(&[kind, source, &text[..cut]], &[]) as u32;
    let whole = fnv(&[kind, source, text], &[again]);
    let mut bytes = whole.to_be_bytes();
    bytes[..4].copy_from_slice(&family.to_be_bytes());
    // Two of the ending's four characters stand before the version, two after it: all of them keep their order.
    let mut ending = [0; ENDING];
    for (byte, from) in ending.iter_mut().zip(text[cut..].bytes()) {
        *byte = from;
    }
    bytes[4..6].copy_from_slice(&ending[..2]);
    bytes[6] = 0x80 | (ending[2] >> 4);
    bytes[7] = (ending[2] << 4) | (ending[3] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    ActivityId(Uuid::from_bytes(bytes))
}

/// Characters at the end of a foreign id that count up.
const ENDING: usize = 4;

/// FNV-1a: the same on every machine and for good, as these ids are stored. No part runs into the next.
pub(in crate::domain) fn fnv(parts: &[&str], rest: &[u8]) -> u128 {
    let parts = parts.iter().flat_map(|part| part.bytes().chain([0]));
    parts.chain(rest.iter().copied()).fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const CALL: ActivityKind = ActivityKind::Call;

    #[test]
    fn r5_11_the_same_foreign_id_is_the_same_activity() {
        let id = |kind, source, text, again| ActivityId::brought(kind, source, text, again);
        assert_eq!(id(CALL, "hubspot", "19732910159", 0), id(CALL, "hubspot", "19732910159", 0));
        let others = [
            id(CALL, "hubspot", "19732910159", 0),
            id(CALL, "hubspot", "19732910159", 1),
            id(CALL, "salesforce", "19732910159", 0),
            id(ActivityKind::Note, "hubspot", "19732910159", 0),
            id(CALL, "hubspot", "19732910158", 0),
            id(CALL, "hubspot", "1973291015", 0),
            id(CALL, "hubspot1", "9732910159", 0),
            id(CALL, "hubspot", "", 0),
            id(CALL, "hubspot", "żółw", 0),
        ];
        assert_eq!(others.iter().collect::<BTreeSet<_>>().len(), others.len());
        // Stored for good: a build that makes another one would import everything twice.
        assert_eq!(id(CALL, "hubspot", "19732910159", 0).0.to_string(), "0556f00e-3031-8359-969b-5209cf1bc80b");
    }

    #[test]
    fn a_million_counted_ids_are_all_different_and_neighbours_stay_neighbours() {
        let ids: Vec<ActivityId> =
            (0..1_000_000).map(|n| ActivityId::brought(CALL, "file", &n.to_string(), 0)).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        assert!(ids[570_000..580_000].is_sorted());
    }
}
