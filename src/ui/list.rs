//! The list of an object's records. It holds only the rows around what is seen; everything else is a question, and the
//! cursor stays on its record whatever the answer.

mod cells;
mod columns;
mod draw;
mod layer;
mod marking;
mod pointer;
mod rows;
mod similar;
mod title;
mod views;

use super::cache::Cache;
use super::edit::InPlace;
use super::layer::{Cx, Effect, Place, Slot};
use super::marks::Marks;
use super::matter::Matter;
use super::preview::Preview;
use super::widgets::{TextField, Window};
use crate::domain::answer::Row;
use crate::domain::change::Change;
use crate::domain::fold::words;
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::query::{Query, Sort};
use crate::workspace::why::About;
use draw::Geometry;
use ratatui::layout::Rect;
use similar::Similar;
use views::{ALL, View};

const PAGE: Slot = 0;
const COUNTS: Slot = 1;
/// What was asked to be done with the rows.
const ACT: Slot = 2;
const SIMILAR: Slot = 3;
const COPY: Slot = 4;
/// All that are found, to be marked.
const MARKS: Slot = 5;
const EXPORT: Slot = 6;
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
    views: Vec<View>,
    view: usize,
    /// Of each view, once it is known.
    counts: Vec<Option<usize>>,
    search: TextField,
    /// The caret is in the search box.
    typing: bool,
    cache: Cache<Row>,
    similar: Similar,
    window: Window,
    readiness: Readiness,
    rows: Rows,
    /// Records of the object.
    of: usize,
    /// The record that the cursor is to be on when the next page comes, and its line on the screen.
    anchor: Option<(RecordId, usize)>,
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
}

impl List {
    pub fn new(object: Object) -> List {
        List {
            object,
            views: Vec::new(),
            view: ALL,
            counts: Vec::new(),
            search: TextField::default().limited(200),
            typing: false,
            cache: Cache::default(),
            similar: Similar::default(),
            window: Window::default(),
            readiness: Readiness::default(),
            rows: Rows::default(),
            of: 0,
            anchor: None,
            moved: false,
            preview: Preview::default(),
            previewed: None,
            wants_preview: true,
            geometry: Geometry::default(),
            cell: is::NAME,
            edits: InPlace::default(),
            marks: Marks::default(),
            caret: None,
        }
    }

    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(self.object)
    }

    fn view(&self) -> Option<&View> {
        self.views.get(self.view)
    }

    fn query_of(&self, view: &View, search: &str, cx: &Cx) -> Option<Query> {
        let viewer = cx.settings.viewer(cx.user.id);
        self.spec(cx).map(|spec| view.query(spec, cx.user, viewer, search))
    }

    fn query(&self, cx: &Cx) -> Option<Query> {
        self.query_of(self.view()?, self.search.text(), cx)
    }

    /// Rows have come.
    fn is_read(&self) -> bool {
        self.readiness != Readiness::Unread
    }

    fn is_sorted(&self) -> bool {
        self.readiness == Readiness::Sorted
    }

    fn row(&self) -> Option<&Row> {
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
        // Whoever moves on does not want to be taken back to where the question was asked.
        if self.anchor.is_some() {
            self.anchor = self.row_id().zip(self.window.screen_row());
        }
        let mut effects = self.follow(cx);
        effects.extend(self.stretch(cx));
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

    /// What is asked about the row under the cursor: the record as a whole.
    fn matter(&self) -> Option<Matter> {
        let record = &self.row()?.record;
        Some(Matter { of: record.id.into(), about: About::Itself, subject: record.name(), value: None })
    }

    fn select_tab(&mut self, view: usize, cx: &Cx) -> Vec<Effect> {
        self.view = view.min(self.views.len().saturating_sub(1));
        // The rows of the tab before stay until the new ones come, which is calmer than an empty page.
        self.ask_from_top(cx)
    }

    fn sort_by(&mut self, column: usize, cx: &Cx) -> Vec<Effect> {
        let Some(property) = self.spec(cx).and_then(|spec| spec.property(*spec.columns.get(column)?)) else {
            return Vec::new();
        };
        let first = Sort { property: property.id, descending: property.kind.is_measured() };
        self.sort(|sort| if sort.property == first.property { reversed(sort) } else { first }, cx)
    }

    fn sort(&mut self, change: impl FnOnce(Sort) -> Sort, cx: &Cx) -> Vec<Effect> {
        if let Some(view) = self.views.get_mut(self.view) {
            view.sort = change(view.sort);
        }
        self.ask_from_top(cx)
    }

    fn clear_search(&mut self, cx: &Cx) -> Vec<Effect> {
        self.search.set("");
        self.typing = false;
        // What was found is still looked at, now among all.
        self.moved = true;
        self.ask_again(cx)
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
        if self.search.is_empty() { vec![Effect::Back] } else { self.clear_search(cx) }
    }

    fn is_searching(&self) -> bool {
        !words(self.search.text()).is_empty()
    }
}

fn reversed(sort: Sort) -> Sort {
    Sort { descending: !sort.descending, ..sort }
}
