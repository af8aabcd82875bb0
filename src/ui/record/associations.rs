//! The side panel: the associated records of each object, with what one recognises them by (R5.2). How it looks is in
//! `associations/draw.rs`.

mod draw;

use super::column::{Rows, Sizes, View, moved};
use super::facts;
use super::timeline::Under;
use crate::domain::answer::{Detail, Section, Tie};
use crate::domain::fold::{fold, words};
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField};
use std::collections::{HashMap, HashSet};

/// Records of a section that are shown before it is unfolded whole.
const AT_FIRST: usize = 8;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    Head(usize),
    Tie(usize, usize),
    /// The rest of a long section.
    More(usize, usize),
    Unseen(usize),
}

#[derive(Default)]
pub struct Associations {
    sections: Vec<Section>,
    /// Sections that were folded or unfolded by hand.
    folds: HashMap<Object, bool>,
    /// Long sections that are shown whole.
    whole: HashSet<Object>,
    spots: Vec<Spot>,
    sizes: Sizes,
    view: View<usize>,
    /// What the panel is searched for, and whether it is being typed.
    search: TextField,
    typing: bool,
    /// The row of the screen where the records begin.
    above: u16,
    /// Whose labels are being chosen.
    pub labelled: Option<RecordId>,
}

impl Associations {
    /// Takes what an answer says; the cursor stays on its record.
    pub fn take(&mut self, detail: &Detail, cx: &Cx) {
        let kept = self.current().map(|tie| tie.record.id);
        let own = detail.row.record.id.object;
        self.sections = detail.sections.iter().filter(|s| !s.ties.is_empty() || s.unseen > 0).cloned().collect();
        // What a record has with its own kind is rarely what one looks for.
        self.sections.sort_by_key(|section| section.object == own);
        for section in &self.sections {
            let nothing_open = section.object == Object::TICKET && open(section, cx) == 0;
            self.folds.entry(section.object).or_insert(!nothing_open);
        }
        self.rebuild();
        let again =
            kept.and_then(|id| self.spots.iter().position(|spot| self.tie(*spot).is_some_and(|t| t.record.id == id)));
        // At first on a record, since its head says nothing by itself.
        if let Some(spot) = again.or((kept.is_none() && self.view.cursor().is_none()).then_some(1)) {
            self.view.put_cursor(spot);
        }
    }

    /// For another record: nothing is known yet.
    pub fn reset(&mut self) {
        *self = Associations::default();
    }

    /// Records that are seen.
    pub fn count(&self) -> usize {
        self.sections.iter().map(|section| section.ties.len()).sum()
    }

    pub fn count_of(&self, object: Object) -> usize {
        self.sections.iter().filter(|section| section.object == object).map(|section| section.ties.len()).sum()
    }

    fn rebuild(&mut self) {
        let (mut spots, mut sizes) = (Vec::new(), Vec::new());
        let mut after_folded = true;
        let words = words(self.search.text());
        for (at, section) in self.sections.iter().enumerate() {
            if !words.is_empty() && !section.ties.iter().any(|tie| holds(tie, &words)) {
                continue;
            }
            let is_open = self.is_open(section.object) || !words.is_empty();
            let gap = usize::from(!spots.is_empty() && (is_open || !after_folded));
            after_folded = !is_open;
            spots.push(Spot::Head(at));
            sizes.push(Rows { gap, own: 1 });
            if !is_open {
                continue;
            }
            let found: Vec<usize> = (0..section.ties.len()).filter(|tie| holds(&section.ties[*tie], &words)).collect();
            let all = found.len();
            let is_cut = all > AT_FIRST + 1 && words.is_empty() && !self.whole.contains(&section.object);
            let shown = if is_cut { AT_FIRST } else { all };
            spots.extend(found.into_iter().take(shown).map(|tie| Spot::Tie(at, tie)));
            sizes.extend((0..shown).map(|_| Rows { gap: 0, own: 2 }));
            let more = is_cut.then_some(Spot::More(at, all - shown));
            let unseen = (section.unseen > 0 && words.is_empty()).then_some(Spot::Unseen(at));
            for spot in more.into_iter().chain(unseen) {
                spots.push(spot);
                sizes.push(Rows { gap: 0, own: 1 });
            }
        }
        self.spots = spots;
        self.sizes = Sizes(sizes);
    }

    fn is_open(&self, object: Object) -> bool {
        self.folds.get(&object).copied().unwrap_or(true)
    }

    fn tie(&self, spot: Spot) -> Option<&Tie> {
        match spot {
            Spot::Tie(section, tie) => self.sections.get(section)?.ties.get(tie),
            _ => None,
        }
    }

    fn spot(&self) -> Option<Spot> {
        self.spots.get(self.view.cursor()?).copied()
    }

    /// The associated record under the cursor.
    pub fn current(&self) -> Option<&Tie> {
        self.tie(self.spot()?)
    }

    pub fn under(&self) -> Under {
        match self.spot() {
            None | Some(Spot::Unseen(_)) => Under::Nothing,
            Some(Spot::Head(at)) => {
                let object = self.sections.get(at).map(|section| section.object);
                Under::Foldable { unfolded: object.is_some_and(|object| self.is_open(object)) }
            }
            Some(Spot::More(..)) => Under::Foldable { unfolded: false },
            Some(spot) => self.tie(spot).map_or(Under::Nothing, |tie| Under::Record(tie.record.id)),
        }
    }

    /// Of which object the section under the cursor is.
    pub fn object(&self) -> Option<Object> {
        let (Spot::Head(at) | Spot::Tie(at, _) | Spot::More(at, _) | Spot::Unseen(at)) = self.spot()?;
        self.sections.get(at).map(|section| section.object)
    }

    pub fn is_typing(&self) -> bool {
        self.typing
    }

    pub fn is_searched(&self) -> bool {
        self.typing || !self.search.is_empty()
    }

    pub fn begin_search(&mut self) {
        self.typing = true;
    }

    /// Enter keeps what is found, esc forgets it.
    pub fn end_search(&mut self, keep: bool) {
        self.typing = false;
        if !keep {
            self.search.set("");
            self.find();
        }
    }

    /// A key or pasted text while the search is being typed.
    pub fn type_in(&mut self, input: &Input) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) if self.typing => {
                if self.search.key(*key)? == Edit::Changed {
                    self.find();
                }
                Some(Vec::new())
            }
            Input::Paste(text) if self.typing => {
                self.search.paste(text);
                self.find();
                Some(Vec::new())
            }
            _ => None,
        }
    }

    /// The first record that holds the words gets the cursor.
    fn find(&mut self) {
        let kept = self.current().map(|tie| tie.record.id);
        self.rebuild();
        let is_kept = |spot: &Spot| kept.is_some() && self.tie(*spot).map(|tie| tie.record.id) == kept;
        let is_tie = |spot: &Spot| matches!(spot, Spot::Tie(..));
        let at = self.spots.iter().position(is_kept).or_else(|| self.spots.iter().position(is_tie));
        self.view.put_cursor(at.unwrap_or(0));
        self.view.settle(&self.sizes, self.view.height());
    }

    pub fn run(&mut self, command: Command, count: Option<u32>) -> bool {
        moved(&mut self.view, &self.sizes, command, count)
    }

    pub fn scroll(&mut self, rows: isize) {
        self.view.scroll(&self.sizes, rows);
    }

    /// Puts the cursor where was clicked, a row of the screen; true if it was there already.
    pub fn click(&mut self, line: u16) -> Option<bool> {
        let row = usize::from(line.checked_sub(self.above)?);
        let spot = self.view.at(&self.sizes, row)?.spot;
        let again = self.view.cursor() == Some(spot);
        self.view.go_to(&self.sizes, spot);
        Some(again)
    }

    /// Folds or unfolds the section under the cursor, which goes to its head.
    pub fn set_fold(&mut self, unfold: bool) {
        let Some(spot) = self.spot() else { return };
        let (Spot::Head(at) | Spot::Tie(at, _) | Spot::More(at, _) | Spot::Unseen(at)) = spot;
        let Some(object) = self.sections.get(at).map(|section| section.object) else { return };
        match spot {
            Spot::More(..) if unfold => {
                self.whole.insert(object);
            }
            Spot::Head(_) => {
                self.folds.insert(object, unfold);
            }
            _ if unfold => {}
            _ => {
                self.folds.insert(object, false);
            }
        }
        self.rebuild();
        if !unfold {
            let head = self.spots.iter().position(|spot| *spot == Spot::Head(at)).unwrap_or(0);
            self.view.put_cursor(head);
        }
        self.view.settle(&self.sizes, self.view.height());
    }

    /// Whether folding or unfolding all would change anything.
    pub fn can_fold(&self, unfold: bool) -> bool {
        self.sections.iter().any(|section| self.is_open(section.object) != unfold)
    }

    pub fn fold_all(&mut self, unfold: bool) {
        for section in &self.sections {
            self.folds.insert(section.object, unfold);
        }
        self.rebuild();
        self.view.settle(&self.sizes, self.view.height());
    }
}

/// Whether name, company or address of an associated record hold all words.
fn holds(tie: &Tie, words: &[String]) -> bool {
    let record = &tie.record;
    let texts = [is::EMAIL, is::DOMAIN, is::PHONE, is::JOB_TITLE, is::CITY].map(|id| record.text(id));
    let mut text = fold(&record.name());
    for more in texts.into_iter().flatten().chain(tie.company.as_deref()) {
        text.push(' ');
        text.push_str(&fold(more));
    }
    words.iter().all(|word| text.contains(word.as_str()))
}

fn open(section: &Section, cx: &Cx) -> usize {
    section.ties.iter().filter(|tie| facts::is_open(&tie.record, cx)).count()
}
