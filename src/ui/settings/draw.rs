//! The frame around the pages of the settings: the tree, the tabs, the bar that saves.

use super::pages::Entry;
use super::{Opened, Page, Settings};
use crate::domain::user::Right;
use crate::ui::layer::Cx;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{NARROW, RowState, Tab, TabBar, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

/// Cells of the tree and of the gap beside it, in a wide window and in a narrow one.
const TREE: (u16, u16) = (24, 5);
const NARROW_TREE: (u16, u16) = (16, 4);
/// Below so many columns only the pane with the focus is seen.
const ONE_PANE: u16 = 76;
/// Below so many rows blank ones are saved.
pub const LOW: u16 = 30;

/// Cells of the mark of a change, before a row.
pub const MARK: u16 = 2;

const DISCARD: &str = " Discard   ";
const SAVE: &str = "  Save  ";

/// Where what stands, counted on the screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Geometry {
    pub tree: Rect,
    /// The lines of the tree, below its title.
    pub lines: Rect,
    pub page: Rect,
    /// The row of tabs, where there are several.
    pub tabs: Rect,
    /// The two ways to end unsaved changes, where there are any.
    pub save: Rect,
    pub discard: Rect,
}

impl Geometry {
    pub fn of(area: Rect, screen: Rect, on_page: bool) -> Geometry {
        let (width, gap) = if screen.width < NARROW { NARROW_TREE } else { TREE };
        let (tree, page) = if screen.width < ONE_PANE {
            let none = Rect { width: 0, ..area };
            if on_page { (none, area) } else { (area, none) }
        } else {
            let left = (width + gap).min(area.width);
            (Rect { width: width.min(area.width), ..area }, Rect { x: area.x + left, width: area.width - left, ..area })
        };
        let above = title(screen);
        let lines = Rect { y: tree.y + above, height: tree.height.saturating_sub(above), ..tree };
        Geometry { tree, lines, page, ..Geometry::default() }
    }

    /// The entry under a cell of the screen.
    pub fn entry_at(&self, (column, line): (u16, u16), entries: &[Entry]) -> Option<usize> {
        let is_inside = self.lines.contains((column, line).into());
        let pieces = pieces(entries);
        is_inside.then(|| pieces.get(usize::from(line - self.lines.y)).and_then(|piece| piece.entry))?
    }
}

/// Rows of a pane's title, with the blank one below it where there is room.
pub fn title(screen: Rect) -> u16 {
    if screen.height < LOW { 2 } else { 3 }
}

/// A line of the tree.
struct Piece<'a> {
    text: &'a str,
    indent: u16,
    /// Its place among the entries; none: a head.
    entry: Option<usize>,
}

fn pieces(entries: &[Entry]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(entries.len() + 4);
    let mut group = "";
    for (place, entry) in entries.iter().enumerate() {
        if entry.group != group {
            group = entry.group;
            pieces.push(Piece { text: group, indent: 0, entry: None });
        }
        pieces.push(Piece { text: &entry.title, indent: if group.is_empty() { 0 } else { 2 }, entry: Some(place) });
    }
    pieces
}

/// `2 unsaved changes`.
pub fn unsaved(count: usize) -> String {
    if count == 1 { "1 unsaved change".to_owned() } else { format!("{count} unsaved changes") }
}

impl Settings {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let on_page = self.is_on_page();
        self.geometry = Geometry::of(area, cx.screen, on_page);
        let in_tree = self.paint_tree(buf, !on_page, cx);
        let on_it = self.paint_page(buf, on_page, cx);
        self.cursor = if on_page { on_it } else { in_tree };
    }

    fn paint_tree(&mut self, buf: &mut Buffer, focused: bool, cx: &Cx) -> Option<Rect> {
        let Geometry { tree, lines, .. } = self.geometry;
        if tree.is_empty() {
            return None;
        }
        let tabs = [Tab::new("Settings")];
        TabBar { tabs: &tabs, active: 0, focused, gap: 3, signs: true, right: Line::default() }
            .draw(buf, tree, cx.look);
        let theme = cx.look.theme;
        self.tree.resize(usize::from(lines.height));
        let pieces = pieces(&self.entries);
        let at = self.tree.cursor();
        let line = pieces.iter().position(|piece| piece.entry.is_some() && piece.entry == at);
        let from = (line.unwrap_or(0) + 1).saturating_sub(usize::from(lines.height));
        let mut cursor = None;
        for (y, piece) in (0..lines.height).zip(&pieces[from..]) {
            let place = row(lines, y);
            let is_cursor = piece.entry.is_some() && piece.entry == at;
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused }, cx.look);
                cursor = Some(place);
            }
            let tone = match (piece.entry, is_cursor) {
                (None, _) => theme.text,
                (_, true) => theme.title,
                (_, false) => theme.dim,
            };
            let waits = piece.entry.map_or(0, |place| self.unsaved_on(place));
            let count = if waits > 0 { waits.to_string() } else { String::new() };
            let used = draw_right(buf, place, &Line::styled(count, theme.warn));
            let room = place.width.saturating_sub(piece.indent + used + u16::from(used > 0));
            let beside = Rect { x: place.x + piece.indent.min(place.width), width: room, ..place };
            draw_left(buf, beside, &Line::styled(cx.look.fit(&clean(piece.text), room), tone));
        }
        cursor
    }

    fn unsaved_on(&self, place: usize) -> usize {
        let opened = self.opened.iter().filter(|opened| opened.entry == self.entries[place]);
        opened.map(|opened| opened.page.unsaved()).sum()
    }

    /// Those of the entry, where it has several; else those of its page.
    fn tab_titles(&self, at: usize, cx: &Cx) -> (Vec<Tab<'static>>, usize) {
        let Opened { entry, tab, page } = &self.opened[at];
        if entry.tabs().len() < 2 {
            return page.tabs(cx);
        }
        let title = |place: &usize| {
            let opened = self.place_of(entry, *place).map(|at| &self.opened[at].page);
            let title = || Tab::new(entry.tabs()[*place].title);
            opened.and_then(|page| page.tabs(cx).0.into_iter().next()).unwrap_or_else(title)
        };
        let shown = self.shown_tabs();
        let active = shown.iter().position(|place| place == tab).unwrap_or(0);
        (shown.iter().map(title).collect(), active)
    }

    /// The tab under a cell of the screen.
    pub(super) fn tab_at(&self, at: (u16, u16), cx: &Cx) -> Option<usize> {
        let (tabs, active) = self.tab_titles(self.seen()?, cx);
        let place = tab_bar(&tabs, active, true).at(self.geometry.tabs, at);
        place.filter(|_| !self.geometry.tabs.is_empty()).and_then(|place| self.shown_tabs().get(place).copied())
    }

    fn paint_page(&mut self, buf: &mut Buffer, focused: bool, cx: &Cx) -> Option<Rect> {
        let whole = self.geometry.page;
        let at = self.seen().filter(|_| !whole.is_empty())?;
        let (tabs, active) = self.tab_titles(at, cx);
        let bar = tab_bar(&tabs, active, focused);
        bar.draw(buf, whole, cx.look);
        self.geometry.tabs = if tabs.len() > 1 { row(whole, 0) } else { Rect::ZERO };
        let page = self.opened[at].page.as_mut();
        let above = title(cx.screen);
        let bar = u16::from(page.unsaved() > 0) * 2;
        let height = whole.height.saturating_sub(above + bar);
        let cursor = page.draw(buf, Rect { y: whole.y + above, height, ..whole }, focused, cx);
        if bar > 0 {
            let name = tabs.get(active).map_or("", |tab| tab.label.as_ref());
            let bar = row(whole, whole.height.saturating_sub(1));
            (self.geometry.discard, self.geometry.save) = paint_save_bar(buf, bar, page, name, cx);
        }
        cursor
    }
}

fn tab_bar<'a>(tabs: &'a [Tab<'a>], active: usize, focused: bool) -> TabBar<'a> {
    TabBar { tabs, active, focused, gap: 3, signs: true, right: Line::default() }
}

/// Who can change what is below, if the user can't (R1.4). Gives the rows that it took.
pub fn paint_lacking(buf: &mut Buffer, area: Rect, right: Right, cx: &Cx) -> u16 {
    if right.is_held_by(cx.user) {
        return 0;
    }
    let theme = cx.look.theme;
    let sentence = right.wanting(&cx.settings.users);
    let lines = wrap(&clean(&sentence), usize::from(area.width.saturating_sub(2)));
    for (y, line) in (0..).zip(&lines) {
        let sign = if y == 0 { cx.look.glyphs.no_right } else { " " };
        let line = [Span::styled(format!("{sign} "), theme.warn), Span::styled(line.as_str(), theme.dim)];
        draw_left(buf, row(area, y), &Line::from_iter(line));
    }
    lines.len() as u16 + 1
}

/// Why what is typed can't be taken: below its row, or above it where that is the last one.
pub fn paint_refusal(buf: &mut Buffer, area: Rect, typed_at: Option<usize>, refusal: &str, cx: &Cx) {
    let said = cx.look.glyphs.spell(&format!("{} {}", cx.look.glyphs.error, clean(refusal))).into_owned();
    paint_beside(buf, area, typed_at, &said, cx.look.theme.err);
}

/// Says something of what is typed below its row, or above it.
pub fn paint_beside(buf: &mut Buffer, area: Rect, typed_at: Option<usize>, said: &str, tone: Style) {
    let Some(at) = typed_at.map(|at| at as u16) else { return };
    let room = area.width.saturating_sub(MARK);
    let lines = wrap(said, usize::from(room));
    let rows = lines.len() as u16;
    let first = if at + rows < area.height { at + 1 } else { at.saturating_sub(rows) };
    for (y, line) in (first..area.height).zip(lines) {
        let place = row(area, y);
        Clear.render(place, buf);
        draw_left(buf, Rect { x: place.x + MARK.min(place.width), width: room, ..place }, &Line::styled(line, tone));
    }
}

/// `2 unsaved changes on General` and the two ways to end them, whose places it gives.
fn paint_save_bar(buf: &mut Buffer, area: Rect, page: &dyn Page, name: &str, cx: &Cx) -> (Rect, Rect) {
    let theme = cx.look.theme;
    buf.set_style(area, theme.raised);
    draw_left(buf, area, &Line::styled(cx.look.glyphs.edge, theme.warn));
    let (drop, keep) = (cx.look.key("D"), cx.look.key("ctrl-s"));
    let dropped = (drop.width() + DISCARD.trim_end().len()) as u16;
    let save = [Span::styled(SAVE, theme.button), Span::raw(" "), keep, Span::raw(" ")];
    let ends: Line = [drop, Span::styled(DISCARD, theme.dim)].into_iter().chain(save).collect();
    let used = draw_right(buf, area, &ends);
    let room = area.width.saturating_sub(used + 4);
    let mut said = Line::styled(unsaved(page.unsaved()), theme.warn);
    if said.width() + name.len() + 4 <= usize::from(room) {
        said.push_span(Span::styled(format!(" on {name}"), theme.dim));
    }
    draw_left(buf, Rect { x: area.x + 2.min(area.width), width: room, ..area }, &said);
    let discard = Rect { x: area.right().saturating_sub(used), width: dropped, ..area };
    let save = Rect { x: discard.right() + 3, width: used.saturating_sub(discard.width + 3), ..area };
    (discard, save)
}
