//! The marked rows of a list, in the order in which they were marked, and the range that is being marked. It knows ids
//! and places; whoever shows the list says what stands where.

use crate::domain::number::grouped;
use crate::domain::selection::Selection;
use crate::keys::Command;
use std::hash::Hash;

/// What stands at a place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<T> {
    Row(T),
    /// Nothing that can be marked.
    Gap,
    /// It was not read yet.
    Unread,
}

/// From where it was begun to the cursor.
#[derive(Debug)]
struct Range<T: Eq + Hash> {
    from: usize,
    to: usize,
    /// So many were marked before it.
    before: usize,
    /// Every row of the list, once that was asked for.
    all: Option<Selection<T>>,
    /// It ends where it is, as soon as all of it is known.
    ends: bool,
}

/// What the ids that were asked for are needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Awaited {
    All,
    Range,
}

#[derive(Debug)]
pub struct Marks<T: Eq + Hash> {
    chosen: Selection<T>,
    range: Option<Range<T>>,
    awaited: Option<Awaited>,
    /// Pressed before all was known.
    then: Option<Command>,
}

impl<T: Eq + Hash> Default for Marks<T> {
    fn default() -> Self {
        Marks { chosen: Selection::default(), range: None, awaited: None, then: None }
    }
}

impl<T: Copy + Eq + Hash> Marks<T> {
    pub fn len(&self) -> usize {
        self.chosen.ids().len()
    }

    pub fn is_empty(&self) -> bool {
        self.chosen.ids().is_empty() && self.awaited.is_none()
    }

    pub fn contains(&self, id: T) -> bool {
        self.chosen.contains(id)
    }

    pub fn ids(&self) -> &[T] {
        self.chosen.ids()
    }

    pub fn toggle(&mut self, id: T) {
        if !self.chosen.remove(id) {
            self.chosen.insert(id);
        }
    }

    pub fn clear(&mut self) {
        *self = Marks::default();
    }

    pub fn is_range(&self) -> bool {
        self.range.as_ref().is_some_and(|range| !range.ends)
    }

    /// Begins a range at this place; [`Marks::stretch`] marks it.
    pub fn begin(&mut self, from: usize) {
        self.range = Some(Range { from, to: from, before: self.len(), all: None, ends: false });
    }

    /// The range stays as it is.
    pub fn end(&mut self) {
        match &mut self.range {
            Some(range) if self.awaited == Some(Awaited::Range) => range.ends = true,
            range => *range = None,
        }
    }

    /// The rows stand elsewhere from now on.
    pub fn unsettle(&mut self) {
        if self.awaited != Some(Awaited::Range) {
            self.range = None;
        }
    }

    /// Marks the range up to this place. True: the ids of all rows must be asked for, and given to [`Marks::take`].
    pub fn stretch(&mut self, to: usize, spot: impl Fn(usize) -> Spot<T>) -> bool {
        let Some(mut range) = self.range.take() else { return false };
        if !range.ends {
            range.to = to;
        }
        self.chosen.truncate(range.before);
        let mut is_whole = true;
        for at in range.from.min(range.to)..=range.from.max(range.to) {
            let known = range.all.as_ref().and_then(|all| all.ids().get(at));
            match known.map_or_else(|| spot(at), |id| Spot::Row(*id)) {
                Spot::Row(id) => self.chosen.insert(id),
                Spot::Gap => {}
                Spot::Unread => is_whole = false,
            }
        }
        let ends = range.ends && self.awaited.is_none();
        self.range = (!ends).then_some(range);
        let is_unasked = self.awaited.is_none() && self.range.as_ref().is_some_and(|range| range.all.is_none());
        let wanted = !is_whole && is_unasked;
        if wanted {
            self.awaited = Some(Awaited::Range);
        }
        wanted
    }

    /// All rows are asked for, to be marked.
    pub fn await_all(&mut self) {
        self.range = None;
        self.awaited = Some(Awaited::All);
    }

    /// Which ones they are is not known yet.
    pub fn is_awaited(&self) -> bool {
        self.awaited.is_some()
    }

    /// Whether a command on what is marked has to wait; if so it is remembered.
    pub fn postpones(&mut self, command: Command) -> bool {
        if self.awaited.is_some() {
            self.then = Some(command);
        }
        self.awaited.is_some()
    }

    /// Every row of the list, in its order. Gives what was pressed meanwhile; a range is to be stretched before that.
    pub fn take(&mut self, all: Selection<T>) -> Option<Command> {
        match self.awaited.take() {
            Some(Awaited::All) => self.chosen.join(all),
            Some(Awaited::Range) => {
                if let Some(range) = &mut self.range {
                    range.all = Some(all);
                }
            }
            None => {}
        }
        self.then.take()
    }

    /// The ids will not come.
    pub fn fail(&mut self) {
        self.awaited = None;
        self.then = None;
        self.range = None;
    }

    /// For the footer.
    pub fn chip(&self) -> Option<String> {
        (!self.is_empty()).then(|| format!("{} selected", grouped(self.len() as u64)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(at: usize) -> Spot<usize> {
        Spot::Row(at)
    }

    #[test]
    fn marks_keep_their_order() {
        let mut marks = Marks::default();
        for id in [5, 2, 9, 2] {
            marks.toggle(id);
        }
        assert_eq!(marks.ids(), [5, 9]);
        assert!(marks.contains(9) && !marks.contains(2));
    }

    #[test]
    fn a_range_grows_shrinks_and_turns_around_what_it_began_at() {
        let mut marks = Marks::default();
        marks.toggle(4);
        marks.begin(3);
        assert!(!marks.stretch(6, known));
        assert_eq!(marks.ids(), [4, 3, 5, 6]);
        assert!(!marks.stretch(2, known));
        assert_eq!(marks.ids(), [4, 2, 3], "what was marked before stays");
        marks.end();
        assert!(!marks.stretch(9, known));
        assert_eq!(marks.len(), 3, "an ended range follows no cursor");
    }

    #[test]
    fn what_is_not_read_is_asked_for_once_and_acts_wait() {
        let near = |at| if at < 10 { Spot::Row(at) } else { Spot::Unread };
        let mut marks = Marks::default();
        marks.begin(8);
        assert!(marks.stretch(99, near));
        assert!(!marks.stretch(98, near), "it is under way");
        assert!(marks.postpones(Command::Delete));
        marks.end();
        assert_eq!(marks.take((0..200).collect::<Vec<_>>().into()), Some(Command::Delete));
        assert!(!marks.stretch(150, near));
        assert_eq!((marks.len(), marks.is_range()), (91, false));
    }

    #[test]
    fn all_are_added_to_what_is_marked() {
        let mut marks = Marks::default();
        marks.toggle(500);
        marks.await_all();
        assert_eq!(marks.take((0..5).collect::<Vec<_>>().into()), None);
        assert_eq!(marks.ids(), [0, 1, 2, 3, 4, 500]);
        marks.clear();
        assert!(marks.is_empty() && !marks.contains(3));
    }
}
