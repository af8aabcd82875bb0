//! The list of a picker: candidates in groups, the row that creates a new one, and the cursor.

use super::telling::{Told, facts, telling};
use crate::domain::answer::Tie;
use crate::domain::candidate::{Candidate, Candidates};
use crate::domain::fold::fold;
use crate::domain::id::{Object, RecordId};
use crate::keys::Command;
use crate::ui::column::{Column, Rows, Sizes, View, moved};
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::NARROW;

/// What the tick box of a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tick {
    /// It will be associated.
    On,
    Off,
    /// It is associated, and stays so.
    Stands,
    /// It will be taken off.
    Going,
    /// There is no room for it, unless another one gives way.
    Full(String),
    Never(String),
}

/// Why candidates stand together; each has its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Ticked,
    Suggested,
    Others,
    Found,
    Similar,
    Associated,
}

impl Group {
    pub fn head(self) -> Option<&'static str> {
        match self {
            Group::Ticked => Some("Ticked"),
            Group::Suggested => Some("Suggested"),
            Group::Others => Some("Others"),
            Group::Found => None,
            Group::Similar => Some("Similar"),
            Group::Associated => Some("Associated"),
        }
    }
}

pub struct Offer {
    pub group: Group,
    pub candidate: Candidate,
    pub facts: Vec<Told>,
    /// Which of the facts are text.
    pub bright: Vec<bool>,
}

#[derive(Default)]
pub struct Offers {
    /// As they were answered last.
    found: Candidates,
    pub similar: Vec<Candidate>,
    pub awaits: bool,
    /// As they are listed.
    rows: Vec<Offer>,
    /// The last row creates a new one.
    creates: bool,
    sizes: Sizes,
    view: View<usize>,
}

impl Offers {
    pub fn take(&mut self, found: Candidates) {
        self.awaits = false;
        self.similar.retain(|near| found.rows.iter().all(|row| row.row.record.id != near.row.record.id));
        self.found = found;
    }

    pub fn of(&self) -> usize {
        self.found.of
    }

    pub fn found(&self) -> usize {
        self.found.rows.len()
    }

    /// It can't be searched yet.
    pub fn is_coming(&self) -> bool {
        !self.awaits && !self.found.ready
    }

    pub fn arrange(&mut self, ties: &[Tie], ticked: Vec<Candidate>, words: &[String], creates: bool, cx: &Cx) {
        let kept = self.current().map(|candidate| candidate.row.record.id);
        let is_tied = |candidate: &Candidate| ties.iter().any(|tie| tie.link.other == candidate.row.record.id);
        let group = |candidate: &Candidate| match () {
            () if !words.is_empty() => Group::Found,
            () if is_tied(candidate) => Group::Associated,
            () if candidate.near.is_some() => Group::Suggested,
            () => Group::Others,
        };
        let mut all: Vec<(Group, Candidate)> = ticked.into_iter().map(|one| (Group::Ticked, one)).collect();
        all.extend(self.found.rows.iter().map(|one| (group(one), one.clone())));
        if words.is_empty() {
            self.similar.clear();
        }
        all.extend(self.similar.iter().map(|one| (Group::Similar, one.clone())));
        let mut known = std::collections::HashSet::new();
        all.retain(|(_, one)| known.insert(one.row.record.id));
        let names: Vec<String> = all.iter().map(|(_, one)| one.row.record.name()).collect();
        let told: Vec<Vec<Told>> = all
            .iter()
            .map(|(_, one)| facts(&one.row, one.near.as_ref().filter(|_| !is_tied(one)), words, cx))
            .collect();
        let bright = telling(&names, &told);
        let rows = all.into_iter().zip(told).zip(bright);
        self.rows =
            rows.map(|(((group, candidate), facts), bright)| Offer { group, candidate, facts, bright }).collect();
        self.creates = creates;
        self.measure(cx);
        let again = kept.and_then(|id| self.rows.iter().position(|offer| offer.candidate.row.record.id == id));
        if let Some(at) = again {
            self.view.put_cursor(at);
        }
        self.view.settle(&self.sizes, self.view.height());
    }

    /// Heads and blank rows stand in the gaps above rows.
    fn measure(&mut self, cx: &Cx) {
        let blank = usize::from(cx.screen.height >= 30);
        let mut before = None;
        let mut sizes = Vec::new();
        for offer in &self.rows {
            let is_new = before != Some(offer.group) && offer.group.head().is_some();
            let gap = usize::from(is_new) + if before.is_none() { 0 } else { blank };
            sizes.push(Rows { gap, own: 2 });
            before = Some(offer.group);
        }
        if self.creates {
            sizes.push(Rows { gap: if before.is_none() { 0 } else { blank }, own: 1 });
        }
        self.sizes = Sizes(sizes);
    }

    /// Whether the head of its group stands above a row.
    pub fn is_first(&self, at: usize) -> bool {
        let group = |at: usize| self.rows.get(at).map(|offer| offer.group);
        at == 0 || group(at) != group(at - 1)
    }

    /// Whether another candidate in sight has the same name.
    pub fn has_namesake(&self, id: RecordId) -> bool {
        let name = |offer: &Offer| fold(&offer.candidate.row.record.name());
        let of = |offer: &&Offer| offer.candidate.row.record.id == id;
        let own = self.rows.iter().find(of).map(name);
        own.is_some_and(|own| self.rows.iter().any(|offer| !of(&offer) && name(offer) == own))
    }

    pub fn get(&self, at: usize) -> Option<&Offer> {
        self.rows.get(at)
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn cursor(&self) -> Option<usize> {
        self.view.cursor()
    }

    pub fn current(&self) -> Option<&Candidate> {
        self.view.cursor().and_then(|at| self.rows.get(at)).map(|offer| &offer.candidate)
    }

    pub fn is_on_create(&self) -> bool {
        self.creates && self.view.cursor().is_some_and(|at| at == self.rows.len())
    }

    pub fn put_cursor(&mut self, at: usize) {
        self.view.go_to(&self.sizes, at);
    }

    pub fn first(&mut self) {
        self.view.first(&self.sizes);
    }

    /// To the next record, if there is one.
    pub fn step_on(&mut self) {
        if self.view.cursor().is_some_and(|at| at + 1 < self.rows.len()) {
            self.view.move_by(&self.sizes, 1);
        }
    }

    pub fn run(&mut self, command: Command, count: Option<u32>) -> bool {
        moved(&mut self.view, &self.sizes, command, count)
    }

    pub fn scroll(&mut self, rows: isize) {
        self.view.scroll(&self.sizes, rows);
    }

    /// Puts the cursor on a row of the screen; false where none stands.
    pub fn click(&mut self, row: usize) -> bool {
        let Some(seen) = self.view.at(&self.sizes, row) else { return false };
        self.view.go_to(&self.sizes, seen.spot);
        true
    }

    pub fn seen(&mut self, height: u16, cx: &Cx) -> Vec<crate::ui::column::Seen<usize>> {
        self.measure(cx);
        self.view.settle(&self.sizes, usize::from(height));
        self.view.seen(&self.sizes)
    }

    /// All rows, and those above the screen.
    pub fn extent(&self) -> (usize, usize) {
        (self.sizes.total(), self.view.offset(&self.sizes))
    }
}

/// `contact`.
pub fn called(object: Object, cx: &Cx) -> String {
    let singular = cx.settings.object(object).map_or("record", |spec| spec.singular.as_str());
    clean(singular).to_lowercase()
}

pub fn plural(object: Object, cx: &Cx) -> String {
    let plural = cx.settings.object(object).map_or("records", |spec| spec.plural.as_str());
    clean(plural).to_lowercase()
}

/// `a contact has one company`.
pub fn limit(of: Object, to: Object, most: usize, cx: &Cx) -> String {
    let of = called(of, cx);
    let article = if of.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    match most {
        0 => format!("{article} {of} has no {}", plural(to, cx)),
        1 => format!("{article} {of} has one {}", called(to, cx)),
        most => format!("{article} {of} has at most {most} {}", plural(to, cx)),
    }
}

/// Whether facts stand below the name instead of beside it.
pub fn is_narrow(cx: &Cx) -> bool {
    cx.screen.width < NARROW
}
