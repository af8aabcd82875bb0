//! The frame of a page that is one list: tabs, what is searched, the count, heads, rows.

use super::layer::Cx;
use super::terminal::Input;
use super::widgets::{Chip, ChipRow, Edit, FieldLook, Hint, Part, Tab, TabBar, TextField, draw_left, draw_right, row};
use crate::domain::fold::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells before the first column: a sign and its blanks.
pub const INDENT: u16 = 3;
/// Below so many rows of the screen the filters move up into the row of tabs.
const LOW: u16 = 30;
const BOX: u16 = 34;
/// Cells that a search takes in a chip at most.
const WORD: u16 = 30;

/// Where what stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    pub pane: Rect,
    /// The row of filters and count; none in a low window.
    filters: Option<Rect>,
    pub head: Rect,
    pub rows: Rect,
}

impl Frame {
    pub fn of(pane: Rect, screen: Rect) -> Frame {
        let is_low = screen.height < LOW;
        let head = if is_low { 2 } else { 5 };
        let above = (head + 1).min(pane.height);
        let rows = Rect { y: pane.y + above, height: pane.height - above, ..pane };
        Frame { pane, filters: (!is_low).then(|| row(pane, 3)), head: indented(row(pane, head)), rows }
    }

    /// Where an empty page says why.
    pub fn below(&self) -> Rect {
        let top = self.filters.map_or(self.head.y, |filters| filters.y + 1);
        Rect { y: top, height: self.pane.bottom().saturating_sub(top), ..self.pane }
    }

    /// Draws tabs and filters, or the box of the search. The caret, while something is typed.
    pub fn draw(&self, buf: &mut Buffer, title: &Title, search: &Search, cx: &Cx) -> Option<Rect> {
        let Title { tabs, active, .. } = *title;
        let bar = |tabs, right| TabBar { tabs, active, focused: true, gap: 3, signs: true, right };
        match self.filters {
            Some(filters) => {
                bar(tabs, Line::default()).draw(buf, self.pane, cx.look);
                if search.typing {
                    return search.draw_box(buf, filters, title, cx);
                }
                let chips = Title::chips(search, cx);
                let count = Some((title.count.0.as_str().into(), title.count.1.as_str().into()));
                let hint = title.coming.map(|(sign, word)| Hint::new(sign, word));
                ChipRow { chips: &chips, focus: None, hint, count }.draw(buf, filters, cx.look);
                None
            }
            None if search.typing => {
                TabBar { tabs: &[], active: 0, focused: true, gap: 3, signs: true, right: Line::default() }
                    .draw(buf, self.pane, cx.look);
                search.draw_box(buf, row(self.pane, 0), title, cx)
            }
            None => {
                bar(tabs, title.folded(search, cx)).draw(buf, self.pane, cx.look);
                None
            }
        }
    }

    /// The tab under a cell of the screen.
    pub fn tab_at(&self, tabs: &[Tab], active: usize, cell: (u16, u16)) -> Option<usize> {
        TabBar { tabs, active, focused: true, gap: 3, signs: true, right: Line::default() }.at(self.pane, cell)
    }
}

/// A row without the cells of its sign.
pub fn indented(line: Rect) -> Rect {
    let indent = INDENT.min(line.width);
    Rect { x: line.x + indent, width: line.width - indent, ..line }
}

/// What stands above the heads.
pub struct Title<'a> {
    pub tabs: &'a [Tab<'a>],
    pub active: usize,
    /// `148` and `of 2 148`.
    pub count: (String, String),
    /// What turns, and what is being waited for.
    pub coming: Option<(&'static str, &'static str)>,
    /// What the search looks into: `in name and e-mail`.
    pub searched: &'static str,
}

impl Title<'_> {
    fn chips(search: &Search, cx: &Cx) -> Vec<Chip<'static>> {
        let word = cx.look.fit(search.text(), WORD).into_owned();
        let word = (!word.is_empty()).then(|| Chip::new("Search", word).removable());
        word.into_iter().collect()
    }

    /// Filters and count as they stand at the right end of the tabs in a low window.
    fn folded(&self, search: &Search, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let mut spans = Vec::new();
        if let Some((sign, _)) = self.coming {
            spans.push(Span::styled(format!("{sign}  "), theme.accent));
        }
        for chip in Title::chips(search, cx) {
            for Part { property, test } in &chip.any {
                spans.push(Span::styled(format!(" {property} {test} "), theme.text.patch(theme.raised)));
            }
            spans.push(Span::raw("  "));
        }
        spans.extend(self.counted(cx));
        Line::from(spans)
    }

    fn counted(&self, cx: &Cx) -> [Span<'static>; 2] {
        let (count, all) = &self.count;
        [Span::styled(count.clone(), cx.look.theme.title), Span::styled(format!(" {all}"), cx.look.theme.dim)]
    }
}

/// What is searched on the page.
#[derive(Default)]
pub struct Search {
    field: TextField,
    /// The caret is in its box.
    pub typing: bool,
}

impl Search {
    pub fn text(&self) -> &str {
        self.field.text().trim()
    }

    pub fn words(&self) -> Vec<String> {
        words(self.field.text())
    }

    pub fn is_on(&self) -> bool {
        !self.words().is_empty()
    }

    pub fn clear(&mut self) {
        self.field.set("");
        self.typing = false;
    }

    /// Takes what is typed or pasted into the box; whether that changed it.
    pub fn input(&mut self, input: &Input) -> Option<bool> {
        match input {
            Input::Key(key) if self.typing => Some(self.field.key(*key)? == Edit::Changed),
            Input::Paste(text) if self.typing => {
                self.field.paste(text);
                Some(true)
            }
            _ => None,
        }
    }

    /// The box alone; gives the caret.
    pub fn draw_field(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Option<Rect> {
        let prompt = Some(Span::styled("/", cx.look.theme.accent));
        let look = FieldLook { focused: true, prompt, placeholder: "" };
        let caret = self.field.draw(buf, area, &look, cx.look);
        caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 })
    }

    fn draw_box(&self, buf: &mut Buffer, area: Rect, title: &Title, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let field = Rect { width: BOX.min(area.width), ..area };
        let caret = self.draw_field(buf, field, cx);
        let taken = draw_right(buf, area, &Line::from(title.counted(cx).to_vec()));
        let beside = Rect {
            x: (field.right() + 3).min(area.right()),
            width: area.width.saturating_sub(field.width + 3 + taken + 2),
            ..area
        };
        let note = title.coming.map_or(title.searched, |(_, word)| word);
        draw_left(buf, beside, &Line::styled(cx.look.fit(note, beside.width), theme.dim));
        caret
    }
}
