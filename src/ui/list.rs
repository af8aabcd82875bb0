//! The list of an object's records. It holds only the rows around what is seen; everything else is a question, and the
//! cursor stays on its record whatever the answer.

pub mod board;
mod cells;
pub mod chips;
mod columns;
mod draw;
mod filters;
mod layer;
mod marking;
mod pointer;
mod rows;
mod saving;
mod similar;
mod title;
mod views;

use super::cache::Cache;
use super::edit::InPlace;
use super::layer::{Cx, Effect, Place, Slot};
use super::marks::Marks;
use super::matter::Matter;
use super::preview::Preview;
use super::record::following::toggled;
use super::widgets::{TextField, Window};
use crate::domain::answer::Row;
use crate::domain::change::Change;
use crate::domain::fold::words;
use crate::domain::id::{Object, OptionId, PropertyId, RecordId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::Property;
use crate::domain::query::{Query, Sort};
use crate::domain::view::{NAME_MOST, View, ViewId};
use crate::workspace::why::About;
use draw::Geometry;
use ratatui::layout::Rect;
use similar::Similar;
use views::Views;

pub use columns::measured;

const PAGE: Slot = 0;
const COUNTS: Slot = 1;
/// What was asked to be done with the rows.
const ACT: Slot = 2;
const SIMILAR: Slot = 3;
const COPY: Slot = 4;
/// All that are found, to be marked.
const MARKS: Slot = 5;
const EXPORT: Slot = 6;
/// What was asked to be done with the open view.
const VIEW: Slot = 0x10;
const VIEWED: Slot = 0x11;
/// Added to the slots of the preview.
const PREVIEW: Slot = 0x80;

/// How far a list has come since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Readiness {
    /// No row has come yet.
    #[default]
    Unread,
    /// There are rows; sort and search are being got ready.
    Read,
    Sorted,
    /// Sort and search will not come: the shell has said why.
    Unsortable,
}

/// Whether the rows that are there answer what is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Rows {
    #[default]
    Right,
    /// They are those of the question before.
    Before,
    /// The same, and whoever asked has pressed Enter already: it means the row that will come.
    BeforeThenOpen,
}

pub struct List {
    object: Object,
    views: Views,
    /// The tabs whose records are being counted.
    counting: Vec<ViewId>,
    /// What was saved under this name is opened as soon as it is there.
    wanted: Option<String>,
    search: TextField,
    /// The caret is in the search box.
    typing: bool,
    /// The chip that has the focus, and which of its alternatives.
    chip: Option<(usize, usize)>,
    /// What was asked last, and why it can't be asked.
    asked: Option<Query>,
    trouble: Option<String>,
    /// What the user looked at lately, once that is known.
    lately: Option<Vec<RecordId>>,
    cache: Cache<Row>,
    similar: Similar,
    window: Window,
    readiness: Readiness,
    rows: Rows,
    /// Records of the object.
    of: usize,
    /// The record that the cursor is to be on when the next page comes, and its line on the screen.
    anchor: Option<(RecordId, usize)>,
    /// Where the cursor was when the list was left, as long as that is not found.
    restored: Option<RecordId>,
    /// Somebody chose the row that the cursor is on.
    moved: bool,
    preview: Preview,
    previewed: Option<RecordId>,
    wants_preview: bool,
    geometry: Geometry,
    /// The column of the cell that is edited next.
    cell: PropertyId,
    edits: InPlace,
    marks: Marks<RecordId>,
    /// The caret of the editor.
    caret: Option<Rect>,
    /// It stands behind a board, which shows its records as cards.
    behind: Option<Behind>,
}

/// What a list knows of the board before it.
struct Behind {
    pipeline: OptionId,
    /// The one that has the focus, and its place in its stage.
    card: Option<Row>,
    at: Option<usize>,
}

impl List {
    pub fn new(object: Object) -> List {
        List {
            object,
            views: Views::default(),
            counting: Vec::new(),
            wanted: None,
            search: TextField::default().limited(NAME_MOST),
            typing: false,
            chip: None,
            asked: None,
            trouble: None,
            lately: None,
            cache: Cache::default(),
            similar: Similar::default(),
            window: Window::default(),
            readiness: Readiness::default(),
            rows: Rows::default(),
            of: 0,
            anchor: None,
            restored: None,
            moved: false,
            preview: Preview::default(),
            previewed: None,
            wants_preview: true,
            geometry: Geometry::default(),
            cell: is::NAME,
            edits: InPlace::default(),
            marks: Marks::default(),
            caret: None,
            behind: None,
        }
    }

    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(self.object)
    }

    /// The open view with the changes made here.
    fn view(&self) -> Option<&View> {
        self.views.open().map(|tab| &tab.now)
    }

    /// What a view asks now; the error is a sentence.
    fn query_of(&self, view: &View, cx: &Cx) -> Result<Query, String> {
        let lately = self.lately.as_deref().unwrap_or_default();
        let mut query = view.query(&cx.reading(), cx.settings.viewer(cx.user.id), lately)?;
        if query.sort.is_empty() && query.within.is_none() {
            let usual = self.spec(cx).map(|spec| Sort { property: spec.sorted_by, descending: true });
            query.sort.extend(usual);
        }
        Ok(query)
    }

    /// The properties that are shown, in the order of columns.
    fn shown_properties<'c>(&self, cx: &'c Cx) -> Vec<&'c Property> {
        let shown = self.view().zip(self.spec(cx)).map(|(view, spec)| view.shown(spec)).unwrap_or_default();
        shown.into_iter().map(|(property, _)| property).collect()
    }

    /// As it was left, or with the first view.
    fn begin(&mut self, cx: &Cx) -> Vec<Effect> {
        self.views = Views::new(cx.settings.views_of(self.object, cx.user.id));
        if let Some(kept) = cx.kept.lists.get(&self.object.0) {
            self.views.restore(kept);
            self.restored = kept.record;
        }
        self.wants_preview = !cx.kept.hides_preview;
        self.take_search();
        self.ask_around(self.restored, cx)
    }

    /// The box holds what the open view searches.
    fn take_search(&mut self) {
        let search = self.view().map(|view| view.search.clone()).unwrap_or_default();
        self.search.set(&search);
    }

    /// The open view is another one, or asks something else.
    fn open_view(&mut self, cx: &Cx) -> Vec<Effect> {
        self.take_search();
        self.chip = None;
        self.lately = None;
        self.ask_from_top(cx)
    }

    /// Rows have come.
    fn is_read(&self) -> bool {
        self.readiness != Readiness::Unread
    }

    fn is_sorted(&self) -> bool {
        self.readiness == Readiness::Sorted
    }

    fn row(&self) -> Option<&Row> {
        if let Some(behind) = &self.behind {
            return behind.card.as_ref();
        }
        let at = self.window.cursor()?;
        self.cache.get(at).or_else(|| self.similar.get(at))
    }

    fn row_id(&self) -> Option<RecordId> {
        self.row().map(|row| row.record.id)
    }

    fn move_to(&mut self, act: impl FnOnce(&mut Window), cx: &Cx) -> Vec<Effect> {
        let from = self.window.cursor();
        act(&mut self.window);
        self.similar.leap(&mut self.window, from);
        self.moved = true;
        self.restored = None;
        // Whoever moves on does not want to be taken back to where the question was asked.
        if self.anchor.is_some() {
            self.anchor = self.row_id().zip(self.window.screen_row());
        }
        let mut effects = self.follow(cx);
        effects.extend(self.stretch());
        effects
    }

    fn open(&mut self) -> Vec<Effect> {
        if self.rows != Rows::Right {
            self.rows = Rows::BeforeThenOpen;
            return Vec::new();
        }
        self.row_id().map(|id| Effect::Go(Place::Record(id))).into_iter().collect()
    }

    fn delete(&self) -> Vec<Effect> {
        let change = self.row_id().map(|id| Change::Delete { what: vec![id.into()] });
        change.map(|change| Effect::Perform(ACT, change)).into_iter().collect()
    }

    fn follow_row(&self, cx: &Cx) -> Vec<Effect> {
        let change = self.row().map(|row| toggled(&row.record, cx));
        change.map(|change| Effect::Perform(ACT, change)).into_iter().collect()
    }

    /// What is asked about the row under the cursor: the record as a whole.
    fn matter(&self) -> Option<Matter> {
        let record = &self.row()?.record;
        Some(Matter { of: record.id.into(), about: About::Itself, subject: record.name(), value: None })
    }

    fn select_tab(&mut self, view: usize, cx: &Cx) -> Vec<Effect> {
        self.views.select(view);
        self.restored = None;
        // The rows of the tab before stay until the new ones come, which is calmer than an empty page.
        self.open_view(cx)
    }

    /// Sorts by a column only; again: the other way round.
    fn sort_by(&mut self, column: usize, cx: &Cx) -> Vec<Effect> {
        self.sort(column, cx, |sorts, sort| match sorts.first_mut() {
            Some(first) if first.property == sort.property => first.descending = !first.descending,
            _ => *sorts = vec![sort],
        })
    }

    /// Sorts equal rows by one more column; again: the other way round.
    fn then_sort_by(&mut self, column: usize, cx: &Cx) -> Vec<Effect> {
        self.sort(column, cx, |sorts, sort| match sorts.iter_mut().find(|other| other.property == sort.property) {
            Some(known) => known.descending = !known.descending,
            None => sorts.push(sort),
        })
    }

    fn sort(&mut self, column: usize, cx: &Cx, change: impl FnOnce(&mut Vec<Sort>, Sort)) -> Vec<Effect> {
        let Some(property) = self.shown_properties(cx).get(column).copied() else { return Vec::new() };
        let first = Sort { property: property.id, descending: property.kind.is_measured() };
        self.change_sort(|sorts| change(sorts, first), cx)
    }

    fn reverse_sort(&mut self, cx: &Cx) -> Vec<Effect> {
        self.change_sort(|sorts| sorts.iter_mut().take(1).for_each(|sort| sort.descending = !sort.descending), cx)
    }

    fn change_sort(&mut self, change: impl FnOnce(&mut Vec<Sort>), cx: &Cx) -> Vec<Effect> {
        if let Some(tab) = self.views.open_mut() {
            change(&mut tab.now.sort);
        }
        self.ask_from_top(cx)
    }

    /// What is typed into the box is searched.
    fn search_typed(&mut self, cx: &Cx) -> Vec<Effect> {
        let text = self.search.text().trim().to_owned();
        if let Some(tab) = self.views.open_mut() {
            tab.now.search = text;
        }
        self.ask_from_top(cx)
    }

    fn set_search(&mut self, text: &str, cx: &Cx) -> Vec<Effect> {
        if let Some(tab) = self.views.open_mut() {
            text.clone_into(&mut tab.now.search);
        }
        self.take_search();
        self.typing = false;
        // What was found is still looked at, now among all.
        self.moved = true;
        self.ask_again(cx)
    }

    fn run_search(&mut self, cx: &Cx) -> Vec<Effect> {
        self.typing = true;
        self.follow(cx)
    }

    fn escape(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.typing {
            self.typing = false;
            return self.follow(cx);
        }
        if !self.marks.is_empty() {
            self.marks.clear();
            return Vec::new();
        }
        let saved = self.views.open().map(|tab| tab.saved.search.clone()).unwrap_or_default();
        let text = self.search.text().trim();
        if text.is_empty() || text == saved { vec![Effect::Back] } else { self.set_search(&saved, cx) }
    }

    fn is_searching(&self) -> bool {
        !words(self.search.text()).is_empty()
    }
}
