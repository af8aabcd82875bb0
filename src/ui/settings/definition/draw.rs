//! The form of a property as it looks: labels left, or above their fields where it is narrow; below the field with the
//! focus what it means, or why it is not taken.

use super::Definition;
use super::fields::Field;
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, FieldLook, Hint, Modal, draw_left, draw_right, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 74;
const LABELS: u16 = 18;
const FIELD: u16 = 44;

impl Definition {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let fields = self.fields();
        let plain = [Hint::new("tab", "next"), Hint::new("enter", if self.at.is_typed() { "next" } else { "change" })];
        let subtitle = self.subtitle(cx);
        let around = if subtitle.is_some() { 7 } else { 6 };
        let modal = Modal {
            title: self.title(cx),
            subtitle,
            escape: "cancel",
            size: (WIDTH, fields.len() as u16 * 2 + around),
            hints: &plain,
            right: Some(Corner::Button(if self.saving { "Saving" } else { "Save" }, "ctrl-s")),
        };
        let body = modal.draw(buf, screen, cx.look);
        self.buttons = modal.buttons(screen, cx.look);
        self.cursor = None;
        self.drawn.clear();
        for (y, field) in (0..).step_by(2).zip(fields) {
            let place = Rect { x: body.x + 1, width: body.width.saturating_sub(1), ..row(body, y) };
            let tone = if field == self.at { theme.text } else { theme.dim };
            let mut label = Line::styled(field.label(), tone);
            if self.is_open(field) && matches!(field, Field::Label | Field::Name | Field::Options) {
                label.push_span(Span::styled(format!(" {}", cx.look.glyphs.changed), theme.accent));
            }
            draw_left(buf, place, &label);
            let width = FIELD.min(place.width.saturating_sub(LABELS));
            let area = Rect { x: place.x + LABELS.min(place.width), width, ..place };
            self.paint_field(buf, area, field, cx);
            self.drawn.push((field, place));
            let below = row(body, y + 1);
            let below = Rect { x: area.x + 1, width: (body.right()).saturating_sub(area.x + 1), ..below };
            draw_left(buf, below, &self.said(field, below.width, cx));
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
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        match &self.refusal {
            Some((None, sentence)) => Some(Line::styled(format!("{} {}", glyphs.error, clean(sentence)), theme.err)),
            _ => None,
        }
    }

    fn paint_field(&mut self, buf: &mut Buffer, area: Rect, field: Field, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let (is_focused, is_open) = (field == self.at, self.is_open(field));
        let bar = Rect { x: area.x.saturating_sub(1), width: 1, ..area };
        if is_focused {
            let is_wrong = matches!(&self.refusal, Some((Some(of), _)) if *of == field);
            draw_left(buf, bar, &Line::styled(glyphs.bar, if is_wrong { theme.err } else { theme.accent }));
            self.cursor = Some(bar);
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
    fn said(&self, field: Field, room: u16, cx: &Cx) -> Line<'static> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        if let Some((Some(of), sentence)) = &self.refusal
            && *of == field
        {
            return Line::styled(format!("{} {}", glyphs.error, clean(sentence)), theme.err);
        }
        let is_kept = !self.is_open(field);
        let help = match field {
            Field::Options if is_kept => "o on the list of properties edits them.",
            Field::Name if is_kept => "Scripts rely on it: it stays.",
            Field::Kind if is_kept => "It stays, since records hold values of it.",
            Field::Kind if self.before.is_some() => "Text can become long text; nothing else.",
            field => field.help(),
        };
        let shown = field == self.at || is_kept;
        Line::styled(if shown { cx.look.fit(help, room).into_owned() } else { String::new() }, theme.dim)
    }
}

fn toggle(on: bool, cx: &Cx) -> Line<'static> {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let (sign, word, tone) =
        if on { (glyphs.toggle_on, "Yes", theme.accent) } else { (glyphs.toggle_off, "No", theme.dim) };
    Line::from(vec![Span::styled(format!("{sign}  "), tone), Span::styled(word, theme.text)])
}
