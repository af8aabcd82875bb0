//! The box of a filter as it looks: what was chosen so far, the field, the offers or what is understood.

use super::{FilterBox, Step, Target};
use crate::domain::fold::words;
use crate::domain::when::parse_span;
use crate::ui::cell;
use crate::ui::layer::Cx;
use crate::ui::list::chips::{subject, worded};
use crate::ui::text::{clean, width, wrap};
use crate::ui::widgets::{
    Corner, FieldLook, Hint, Modal, RowState, draw_left, draw_right, draw_scrollbar, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (66, 22);

impl FilterBox {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let verb = match self.target {
            Target::New => "Filter",
            Target::Part(..) => "Change the filter of",
            Target::Or(_) => "Or else: filter",
        };
        let plural = self.spec(cx).map(|spec| format!(" {}", spec.plural.to_lowercase())).unwrap_or_default();
        let can_tick = self.step == Step::Value && !self.is_typed() && self.several(cx).is_some();
        let add = if self.step == Step::Value { "take it" } else { "choose" };
        let mut hints = vec![Hint::new("enter", add)];
        if can_tick {
            hints.push(Hint::new("tab", "tick"));
        }
        if self.step != Step::Subject || self.within.is_some() {
            hints.push(Hint::new("backspace", "back"));
        }
        let ticked = format!("{} ticked", self.ticked.len());
        let modal = Modal {
            title: Line::from_iter([Span::styled(verb, theme.title), Span::styled(plural, theme.dim)]),
            subtitle: Some(self.so_far(cx)),
            escape: if self.step == self.first && self.within.is_none() { "close" } else { "back" },
            size: SIZE,
            hints: &hints,
            right: (!self.ticked.is_empty()).then_some(Corner::Remark(&ticked)),
        };
        let area = modal.draw(buf, screen, cx.look);
        let usage = if self.is_typed() { self.usage(cx) } else { "" };
        let prompt = Some(Span::styled(cx.look.glyphs.crumb, theme.accent));
        let look = FieldLook { focused: true, prompt, placeholder: usage };
        let line = row(area, 0);
        let caret = match &mut self.editor {
            Some(editor) => {
                let beside = Rect { x: line.x + 1.min(line.width), width: line.width.saturating_sub(1), ..line };
                editor.draw(buf, beside, true, cx)
            }
            None => self.field.draw(buf, line, &look, cx.look),
        };
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        if self.is_typed() {
            self.paint_meaning(buf, below, cx);
        } else {
            self.paint_offers(buf, below, cx);
        }
    }

    /// `Company › Country is any of`, or what is asked for first.
    fn so_far(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let Some(spec) = self.spec(cx) else { return Line::default() };
        let chosen = self.subject.filter(|_| self.step != Step::Subject);
        let Some(of) = chosen else {
            let what = match self.within.and_then(|object| cx.settings.object(object)) {
                Some(other) => format!("by a property of an associated {}", other.singular.to_lowercase()),
                None => "by a property, by what is associated, or by activity".to_owned(),
            };
            return Line::styled(what, theme.dim);
        };
        let mut line = Line::styled(clean(&subject(of, spec, cx)).into_owned(), theme.dim);
        if let Some(operator) = self.operator.filter(|_| self.step == Step::Value) {
            line.push_span(Span::styled(format!(" {}", operator.label), theme.text));
            let property = self.property(cx);
            let words: Vec<String> = self.ticked.iter().map(|text| worded(text, operator, property, cx)).collect();
            line.push_span(Span::styled(format!(" {}", clean(&words.join(", "))), theme.text));
        }
        line
    }

    fn paint_meaning(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let meaning = self.meaning(cx);
        // A length of time lies behind in a filter and ahead in a field.
        let is_span = parse_span(self.text().trim()).is_ok();
        if let Some(editor) = self.editor.as_ref().filter(|_| !is_span && !matches!(meaning, Some(Err(_)))) {
            let said = editor.message(area.width.saturating_sub(2), cx);
            if !said.is_empty() && (editor.is_refused() || editor.value(cx).is_ok()) {
                for (y, line) in (0..area.height).zip(&said) {
                    draw_left(buf, Rect { x: area.x + 1, ..row(area, y) }, line);
                }
                return;
            }
        }
        let (sign, style, text) = match meaning {
            Some(Ok(words)) => (glyphs.done, theme.ok, words),
            Some(Err(sentence)) => (glyphs.error, theme.err, sentence),
            None if self.editor.is_some() && self.text().is_empty() => (" ", theme.dim, self.usage(cx).to_owned()),
            None => return,
        };
        let inside = Rect { x: area.x + 3.min(area.width), width: area.width.saturating_sub(4), ..area };
        draw_left(buf, Rect { x: area.x + 1, width: 1, ..area }, &Line::styled(sign, style));
        for (y, line) in (0..area.height).zip(wrap(&glyphs.spell(&text), usize::from(inside.width))) {
            draw_left(buf, row(inside, y), &Line::styled(line, theme.text));
        }
    }

    fn paint_offers(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        self.drawn = area;
        self.window.resize(usize::from(area.height));
        if self.found.is_empty() {
            draw_left(buf, area, &Line::styled("Nothing is called so.", theme.dim));
            return;
        }
        let words = words(self.field.text());
        let has_boxes = self.step == Step::Value && self.several(cx).is_some();
        for (y, at) in (0..area.height).zip(self.window.visible()) {
            let offer = &self.offers[self.found[at]];
            let line = row(area, y);
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let inside = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
            let mut shown = Line::default();
            if has_boxes {
                let is_ticked = offer.value().is_some_and(|value| self.ticked.contains(&value));
                let (sign, style) =
                    if is_ticked { (cx.look.glyphs.box_on, theme.accent) } else { (cx.look.glyphs.box_off, theme.dim) };
                shown.push_span(Span::styled(format!("{sign} "), style));
            }
            let room = inside.width.saturating_sub(shown.width() as u16);
            shown.extend(cell::text(&offer.label, &words, room, theme.text, cx));
            let taken = draw_left(buf, inside, &shown);
            let aside = clean(&offer.aside);
            if usize::from(taken) + width(&aside) + 2 <= usize::from(inside.width) {
                draw_right(buf, inside, &Line::styled(aside, theme.dim));
            }
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
    }
}
