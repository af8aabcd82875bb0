//! The form of a property as it looks: labels left, or above their fields where it is narrow; below the field with the
//! focus what it means, or why it is not taken.

use super::Definition;
use super::fields::Field;
use crate::ui::layer::Cx;
use crate::ui::settings::field::{FieldFrame, ROWS, WIDTH, bar, refused};
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, FieldLook, Hint, Modal, draw_left, draw_right};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

impl Definition {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let fields = self.fields();
        let plain = [Hint::new("tab", "next"), Hint::new("enter", if self.at.is_typed() { "next" } else { "change" })];
        let subtitle = self.subtitle(cx);
        let around = if subtitle.is_some() { 7 } else { 6 };
        let modal = Modal {
            title: self.title(cx),
            subtitle,
            escape: "cancel",
            size: (WIDTH, fields.len() as u16 * ROWS + around),
            hints: &plain,
            right: Some(Corner::Button(if self.saving { "Saving" } else { "Save" }, "ctrl-s")),
        };
        let body = modal.draw(buf, screen, cx.look);
        self.buttons = modal.buttons(screen, cx.look);
        self.cursor = None;
        self.drawn.clear();
        for (y, field) in (0..).step_by(usize::from(ROWS)).zip(fields) {
            let is_asked = self.is_open(field) && matches!(field, Field::Label | Field::Name | Field::Options);
            let frame = FieldFrame {
                label: field.label(),
                required: is_asked,
                focused: field == self.at,
                said: self.said(field),
            };
            let (area, place) = frame.draw(buf, body, y, cx);
            self.paint_field(buf, area, field, cx);
            self.drawn.push((field, place));
        }
    }

    fn title(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let plural = self.spec(cx).map(|spec| spec.plural.to_lowercase()).unwrap_or_default();
        match &self.before {
            Some((_, form)) => Line::styled(clean(&form.label).into_owned(), theme.title),
            None => Line::from(vec![
                Span::styled("New property", theme.title),
                Span::styled(format!(" of {plural}"), theme.dim),
            ]),
        }
    }

    fn subtitle(&self, cx: &Cx) -> Option<Line<'static>> {
        match &self.refusal {
            Some((None, sentence)) => Some(refused(sentence, cx)),
            _ => None,
        }
    }

    fn paint_field(&mut self, buf: &mut Buffer, area: Rect, field: Field, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let (is_focused, is_open) = (field == self.at, self.is_open(field));
        if is_focused {
            self.cursor = Some(bar(area));
        }
        if field.is_typed() && is_open {
            let text = match field {
                Field::Name => &self.name,
                Field::Options => &self.options,
                _ => &self.label,
            };
            let look = FieldLook { focused: is_focused, ..FieldLook::default() };
            let caret = text.draw(buf, area, &look, cx.look);
            self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1)).or(self.cursor);
            return;
        }
        let tone = if is_open { theme.text } else { theme.dim };
        let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
        match field {
            Field::Required => draw_left(buf, inside, &toggle(self.required, cx)),
            Field::Searched => draw_left(buf, inside, &toggle(self.searched, cx)),
            Field::Kind if is_open => {
                buf.set_style(area, theme.input);
                draw_right(buf, inside, &Line::styled(glyphs.select, theme.dim));
                draw_left(buf, inside, &Line::styled(self.kind.label(), tone))
            }
            Field::Kind => draw_left(buf, inside, &Line::styled(self.kind.label(), tone)),
            Field::Options => {
                let form = self.form();
                let labels: Vec<_> = form.options.iter().map(|option| clean(&option.label).into_owned()).collect();
                draw_left(buf, inside, &Line::styled(cx.look.fit(&labels.join("; "), inside.width), tone))
            }
            Field::Label | Field::Name => {
                draw_left(buf, inside, &Line::styled(cx.look.fit(&clean(self.name.text()), inside.width), tone))
            }
        };
    }

    /// What stands below a field.
    fn said(&self, field: Field) -> Result<&str, &str> {
        if let Some((Some(of), sentence)) = &self.refusal
            && *of == field
        {
            return Err(sentence);
        }
        let is_kept = !self.is_open(field);
        let help = match field {
            Field::Options if is_kept => "o on the list of properties edits them.",
            Field::Name if is_kept => "Scripts rely on it: it stays.",
            Field::Kind if is_kept => "It stays, since records hold values of it.",
            Field::Kind if self.before.is_some() => "Text can become long text; nothing else.",
            field => field.help(),
        };
        Ok(if field == self.at || is_kept { help } else { "" })
    }
}

fn toggle(on: bool, cx: &Cx) -> Line<'static> {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let (sign, word, tone) =
        if on { (glyphs.toggle_on, "Yes", theme.accent) } else { (glyphs.toggle_off, "No", theme.dim) };
    Line::from(vec![Span::styled(format!("{sign}  "), tone), Span::styled(word, theme.text)])
}
