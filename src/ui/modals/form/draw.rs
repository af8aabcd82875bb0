//! The form of a record as it looks; its fields are drawn by `modals/sheet.rs`.

use super::Form;
use super::with::Stop;
use crate::ui::cell::glyph_of;
use crate::ui::layer::Cx;
use crate::ui::modals::sheet::{Sheet, WIDTH, draft_line, placed, scrolled};
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, Hint, Modal, Window, draw_left, draw_scrollbar};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Rows of the screen below which blank ones are saved.
const LOW: u16 = 30;

/// Where one field stands, in rows from the first.
struct Placed {
    at: usize,
    y: usize,
    rows: usize,
}

/// All fields, as they have room.
struct Laid {
    items: Vec<Placed>,
    rows: usize,
    sheet: Sheet,
}

impl Form {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let laid = self.lay(screen, cx);
        let has_subtitle = self.draft.is_some() || self.refusal.is_some() || self.qualifying.is_some();
        let around = if has_subtitle { 8 } else { 7 };
        let hints = self.hints();
        let modal = Modal {
            title: self.title(cx),
            subtitle: self.subtitle(cx),
            escape: if self.qualifying.is_some() { "cancel" } else { "close" },
            size: (WIDTH, laid.rows as u16 + around),
            hints: &hints,
            right: Some(match &self.qualifying {
                Some(_) => Corner::Button("Create deal", "enter"),
                None => Corner::Button(if self.creating.is_some() { "Creating" } else { "Create" }, "ctrl-s"),
            }),
        };
        let area = modal.draw(buf, screen, cx.look);
        self.buttons = modal.buttons(screen, cx.look);
        self.paint_laid(buf, area, &laid, cx);
    }

    /// The fields alone, within whatever asks for them.
    pub(in crate::ui::modals) fn paint_fields(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let laid = self.lay(cx.screen, cx);
        self.paint_laid(buf, area, &laid, cx);
    }

    fn lay(&self, screen: Rect, cx: &Cx) -> Laid {
        let sheet = Sheet::of(screen);
        let items = self.place(sheet, screen.height < LOW, cx);
        let rows = items.last().map_or(0, |last| last.y + last.rows);
        Laid { items, rows, sheet }
    }

    fn paint_laid(&mut self, buf: &mut Buffer, area: Rect, laid: &Laid, cx: &Cx) {
        let height = usize::from(area.height);
        let focused = laid.items.iter().find(|item| item.at == self.at).map_or((0, 0), |item| (item.y, item.rows));
        self.from = scrolled(self.from, focused, laid.rows, height);
        self.cursor = None;
        let mut below = 0;
        for item in &laid.items {
            let Some(place) = placed(area, item.y, item.rows, self.from) else {
                if let Some(field) = self.fields.get_mut(item.at) {
                    field.editor.hide();
                }
                continue;
            };
            let end = self.paint_item(buf, place, item.at, laid.sheet, cx);
            if item.at == self.at {
                below = end;
            }
        }
        let mut window = Window::new(laid.rows, height);
        window.scroll(self.from as isize);
        draw_scrollbar(buf, area, &window, cx.look);
        let bounds = Rect { height: area.height + 2, ..area };
        if let Some(field) = self.field() {
            field.editor.draw_choices(buf, below, bounds, cx);
        }
    }

    fn title(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        if let Some(qualifying) = &self.qualifying {
            return Line::from(qualifying.title(cx));
        }
        let what = self.spec(cx).map_or_else(|| "record".to_owned(), |spec| spec.singular.to_lowercase());
        let mut spans = vec![Span::styled(format!("Create {what}"), theme.title)];
        if let Some(home) = self.home() {
            spans.push(Span::styled(format!(" for {} ", glyph_of(home.id.object, cx.look.glyphs)), theme.dim));
            spans.push(Span::styled(clean(&home.name).into_owned(), theme.text));
            spans.push(Span::styled("  ctrl-r", theme.accent));
            spans.push(Span::styled(" leaves it out", theme.dim));
        }
        if self.is_touched() {
            spans.push(Span::styled(format!(" {}", cx.look.glyphs.unsaved), theme.warn));
        }
        Line::from(spans)
    }

    pub(in crate::ui::modals) fn subtitle(&self, cx: &Cx) -> Option<Line<'static>> {
        if let Some(refused) = self.refused_line(cx) {
            return Some(refused);
        }
        if let (Some(qualifying), None) = (&self.qualifying, self.draft) {
            return qualifying.subtitle(cx);
        }
        Some(draft_line(self.draft?, cx))
    }

    /// Why it was not created.
    pub(in crate::ui::modals) fn refused_line(&self, cx: &Cx) -> Option<Line<'static>> {
        let refusal = self.refusal.as_ref()?;
        Some(Line::styled(format!("{} {refusal}", cx.look.glyphs.error), cx.look.theme.err))
    }

    pub(in crate::ui::modals) fn hints(&self) -> Vec<Hint<'static>> {
        let of_tie = match self.stop(self.at) {
            Stop::With(at) => self.hints_of_tie(at),
            _ => Vec::new(),
        };
        if let Some(qualifying) = &self.qualifying {
            return qualifying.hints(&of_tie);
        }
        let mut hints = vec![Hint::new("tab", "next")];
        hints.extend(of_tie);
        let focused = self.fields[..self.asked()].get(self.at);
        if focused.is_some_and(|field| field.holder.is_some()) {
            let (key, word) = if self.in_picker { ("ctrl-t", "tick it instead") } else { ("enter", "open it") };
            hints.push(Hint::new(key, word));
        }
        if focused.is_some_and(|field| field.editor.is_long()) {
            hints.push(Hint::new("ctrl-e", "in $EDITOR"));
        }
        hints.push(Hint::new("alt-enter", "create and add another"));
        hints
    }

    /// Puts the fields below each other, each with what is said of it.
    fn place(&self, sheet: Sheet, is_low: bool, cx: &Cx) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut y = 0;
        for at in 0..self.stops() {
            let rows = match self.stop(at) {
                Stop::Field(field) => sheet.rows(&self.fields[field].editor, cx),
                Stop::With(with) => {
                    usize::from(sheet.is_narrow && with == 0) + self.rows_of_tie(with, at == self.at, cx)
                }
                Stop::More | Stop::Add => 1,
            };
            placed.push(Placed { at, y, rows });
            y += rows + usize::from(!is_low);
        }
        placed
    }

    /// Draws one field, and gives the row below all of it.
    fn paint_item(&mut self, buf: &mut Buffer, place: Rect, at: usize, sheet: Sheet, cx: &Cx) -> u16 {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let is_focused = at == self.at;
        let shown = self.asked();
        let hidden = self.fields.len() - shown;
        if let Stop::With(_) | Stop::Add = self.stop(at) {
            return self.paint_tie(buf, place, at, sheet.is_narrow, cx);
        }
        let Some(field) = self.fields[..shown].get_mut(at) else {
            let tone = if is_focused { theme.text } else { theme.dim };
            let more = Line::styled(format!("{} {hidden} more fields", glyphs.folded), tone);
            draw_left(buf, place, &more);
            if is_focused {
                let cell = Rect { x: place.x.saturating_sub(1), width: 1, height: 1, ..place };
                draw_left(buf, cell, &Line::styled(glyphs.bar, theme.accent));
                self.cursor = Some(cell);
            }
            return place.bottom();
        };
        let (below, caret) = sheet.paint(buf, place, &mut field.editor, is_focused, cx);
        self.cursor = caret.or(self.cursor);
        below
    }
}
