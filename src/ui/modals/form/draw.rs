//! The form as it looks: labels left, or above their fields where it is narrow; what is said of a field below it.

use super::Form;
use super::with::Stop;
use crate::domain::when;
use crate::ui::cell::glyph_of;
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, Hint, Modal, NARROW, Window, draw_left, draw_scrollbar, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 90;
/// Cells of the labels beside their fields, and of the fields.
pub(super) const LABELS: u16 = 18;
const FIELD: u16 = 50;
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
    is_narrow: bool,
    room: u16,
}

impl Form {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let laid = self.lay(screen, cx);
        let around = if self.draft.is_some() || self.refusal.is_some() { 8 } else { 7 };
        let hints = self.hints();
        let modal = Modal {
            title: self.title(cx),
            subtitle: self.subtitle(cx),
            escape: "close",
            size: (WIDTH, laid.rows as u16 + around),
            hints: &hints,
            right: Some(Corner::Button(if self.creating.is_some() { "Creating" } else { "Create" }, "ctrl-s")),
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
        let is_narrow = screen.width < NARROW;
        let room = if is_narrow { screen.width.saturating_sub(8) } else { FIELD };
        let items = self.place(is_narrow, screen.height < LOW, room, cx);
        let rows = items.last().map_or(0, |last| last.y + last.rows);
        Laid { items, rows, is_narrow, room }
    }

    fn paint_laid(&mut self, buf: &mut Buffer, area: Rect, laid: &Laid, cx: &Cx) {
        let height = usize::from(area.height);
        if let Some(focused) = laid.items.iter().find(|placed| placed.at == self.at) {
            self.from = self.from.min(focused.y).max((focused.y + focused.rows).saturating_sub(height));
        }
        self.from = self.from.min(laid.rows.saturating_sub(height));
        self.cursor = None;
        let mut below = 0;
        for item in &laid.items {
            let Some(y) = item.y.checked_sub(self.from).filter(|y| y + item.rows <= height) else {
                if let Some(field) = self.fields.get_mut(item.at) {
                    field.editor.hide();
                }
                continue;
            };
            let place = Rect {
                y: area.y + y as u16,
                height: item.rows as u16,
                x: area.x + 1,
                width: area.width.saturating_sub(1),
            };
            let end = self.paint_item(buf, place, item.at, laid.is_narrow, laid.room, cx);
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
        let theme = cx.look.theme;
        if let Some(refused) = self.refused_line(cx) {
            return Some(refused);
        }
        let at = self.draft?;
        let clock = cx.settings.clock(cx.now);
        let is_today = clock.day_of(at) == clock.today();
        let when = if is_today { when::time_of_day(at, &clock) } else { when::moment_long(at, &clock) };
        Some(Line::from(vec![
            Span::styled(format!("Your draft from {when} is here. "), theme.dim),
            Span::styled("ctrl-x", theme.accent),
            Span::styled(" discards it", theme.dim),
        ]))
    }

    /// Why it was not created.
    pub(in crate::ui::modals) fn refused_line(&self, cx: &Cx) -> Option<Line<'static>> {
        let refusal = self.refusal.as_ref()?;
        Some(Line::styled(format!("{} {refusal}", cx.look.glyphs.error), cx.look.theme.err))
    }

    pub(in crate::ui::modals) fn hints(&self) -> Vec<Hint<'static>> {
        let mut hints = vec![Hint::new("tab", "next")];
        if let Stop::With(at) = self.stop(self.at) {
            hints.extend(self.hints_of_tie(at));
        }
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
    fn place(&self, is_narrow: bool, is_low: bool, room: u16, cx: &Cx) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut y = 0;
        for at in 0..self.stops() {
            let rows = match self.stop(at) {
                Stop::Field(field) => {
                    let field = &self.fields[field];
                    let said = field.editor.message(message_room(is_narrow, room), cx).len();
                    usize::from(is_narrow) + usize::from(field.editor.height()) + said
                }
                Stop::With(with) => usize::from(is_narrow && with == 0) + self.rows_of_tie(with, at == self.at, cx),
                Stop::More | Stop::Add => 1,
            };
            placed.push(Placed { at, y, rows });
            y += rows + usize::from(!is_low);
        }
        placed
    }

    /// Draws one field, and gives the row below all of it.
    fn paint_item(&mut self, buf: &mut Buffer, place: Rect, at: usize, is_narrow: bool, room: u16, cx: &Cx) -> u16 {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let is_focused = at == self.at;
        let shown = self.asked();
        let hidden = self.fields.len() - shown;
        if let Stop::With(_) | Stop::Add = self.stop(at) {
            return self.paint_tie(buf, place, at, is_narrow, cx);
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
        let tone = if is_focused { theme.text } else { theme.dim };
        let mut label = Line::styled(cx.look.fit(&field.editor.property.label, LABELS - 2).into_owned(), tone);
        if field.editor.property.required {
            label.push_span(Span::styled(format!(" {}", glyphs.changed), theme.accent));
        }
        draw_left(buf, Rect { width: LABELS.min(place.width), ..row(place, 0) }, &label);
        let height = field.editor.height();
        let area = if is_narrow {
            Rect { y: place.y + 1, height, width: room.min(place.width), ..place }
        } else {
            Rect { x: place.x + LABELS, height, width: room.min(place.width.saturating_sub(LABELS)), ..place }
        };
        let caret = field.editor.draw(buf, area, is_focused, cx);
        if let Some(caret) = caret {
            self.cursor = Some(Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        }
        let said = field.editor.message(message_room(is_narrow, room), cx);
        for (y, line) in (area.bottom()..).zip(&said) {
            let inside = Rect { x: area.x + 1, y, width: place.right().saturating_sub(area.x + 1), height: 1 };
            draw_left(buf, inside, line);
        }
        area.bottom() + said.len() as u16
    }
}

/// Cells of what is said below a field: it may be longer than the field.
fn message_room(is_narrow: bool, room: u16) -> u16 {
    if is_narrow { room } else { room + 14 }
}
