//! The form of a user as it looks: a field in each row, below them the table of permissions, and at the bottom what the
//! field under the cursor means or why it is not taken. Where there is no room for all, it follows the cursor.

use super::{Field, UserForm};
use crate::domain::user::Seat;
use crate::ui::layer::Cx;
use crate::ui::settings::field::{bar, refused};
use crate::ui::settings::people::rights;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, FieldLook, Hint, Modal, TextField, draw_left, draw_right, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 78;
/// Columns of the labels, and of what is typed.
const LABELS: u16 = 20;
const VALUES: u16 = 44;

/// A line of the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Field(Field),
    Gap,
    Head,
}

fn pieces(cx: &Cx) -> Vec<Piece> {
    let (rights, own): (Vec<Field>, Vec<Field>) =
        Field::all(cx).into_iter().partition(|field| matches!(field, Field::Rights(_)));
    let own = own.into_iter().map(Piece::Field);
    own.chain([Piece::Gap, Piece::Head]).chain(rights.into_iter().map(Piece::Field)).collect()
}

impl UserForm {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let pieces = pieces(cx);
        let subtitle = match &self.refusal {
            Some((None, sentence)) => Some(refused(sentence, cx)),
            _ => None,
        };
        let around = if subtitle.is_some() { 9 } else { 8 };
        let title = self.before.as_ref().map_or("New user".into(), |user| clean(&user.name).into_owned());
        let modal = Modal {
            title: Line::styled(title, theme.title),
            subtitle,
            escape: "cancel",
            size: (WIDTH, pieces.len() as u16 + around),
            hints: &[Hint::new("tab", "next"), Hint::new("enter", "change")],
            right: Some(Corner::Button(if self.saving { "Saving" } else { "Save" }, "ctrl-s")),
        };
        let body = modal.draw(buf, screen, cx.look);
        self.buttons = modal.buttons(screen, cx.look);
        (self.cursor, self.drawn) = (None, Vec::new());
        let room = body.height.saturating_sub(2);
        let at = pieces.iter().position(|piece| *piece == Piece::Field(self.at)).unwrap_or(0) as u16;
        let from = (at + 1).saturating_sub(room).min((pieces.len() as u16).saturating_sub(room));
        for (y, piece) in (0..room).zip(&pieces[usize::from(from)..]) {
            let line = Rect { x: body.x + 1, width: body.width.saturating_sub(1), ..row(body, y) };
            match piece {
                Piece::Gap => {}
                Piece::Head => rights::paint_head(buf, line, cx),
                Piece::Field(field) => {
                    self.paint_field(buf, line, *field, cx);
                    self.drawn.push((*field, line));
                }
            }
        }
        self.paint_said(buf, row(body, body.height.saturating_sub(1)), cx);
    }

    fn paint_said(&self, buf: &mut Buffer, line: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let said = match &self.refusal {
            Some((Some(_), sentence)) => refused(sentence, cx),
            _ if matches!(self.at, Field::Rights(_)) && self.user.super_admin => {
                Line::styled("A Super Admin may do everything.", theme.dim)
            }
            _ => Line::styled(cx.look.fit(self.at.help(), line.width), theme.dim),
        };
        draw_left(buf, line, &said);
    }

    fn paint_field(&mut self, buf: &mut Buffer, line: Rect, field: Field, cx: &Cx) {
        let theme = cx.look.theme;
        let focused = field == self.at;
        if let Field::Rights(at) = field {
            let Some(spec) = cx.settings.objects.get(at) else { return };
            let column = focused.then_some(self.column);
            rights::paint_row(buf, line, spec, self.user.may(spec.object), column, cx);
            if focused {
                self.cursor = Some(rights::cell_at(line, self.column));
            }
            return;
        }
        draw_left(buf, line, &Line::styled(field.label(), if focused { theme.text } else { theme.dim }));
        let x = line.x + LABELS.min(line.width);
        let area = Rect { x, width: VALUES.min(line.right() - x), ..line };
        if focused {
            let is_refused = matches!(&self.refusal, Some((Some(of), _)) if *of == field);
            let tone = if is_refused { theme.err } else { theme.accent };
            draw_left(buf, bar(area), &Line::styled(cx.look.glyphs.bar, tone));
            self.cursor = Some(bar(area));
        }
        match field {
            Field::Name => self.cursor = typed(buf, area, &self.name, focused, cx).or(self.cursor),
            Field::Email => self.cursor = typed(buf, area, &self.email, focused, cx).or(self.cursor),
            field => self.paint_value(buf, area, field, cx),
        }
    }

    fn paint_value(&self, buf: &mut Buffer, area: Rect, field: Field, cx: &Cx) {
        let (theme, glyphs, user) = (cx.look.theme, cx.look.glyphs, &self.user);
        let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
        let is_on = match field {
            Field::Team => {
                buf.set_style(area, theme.input);
                draw_right(buf, inside, &Line::styled(glyphs.select, theme.dim));
                let (team, tone) = match &user.team {
                    Some(team) => (clean(team).into_owned(), theme.text),
                    None => ("No team".to_owned(), theme.dim),
                };
                let room = inside.width.saturating_sub(2);
                draw_left(buf, inside, &Line::styled(cx.look.fit(&team, room).into_owned(), tone));
                return;
            }
            Field::Seat => user.seat == Seat::Sales,
            Field::Active => user.active,
            Field::Specialist => user.growth_specialist,
            Field::SuperAdmin => user.super_admin,
            _ => user.edit_property_settings,
        };
        let (yes, no) = if field == Field::Seat { ("Sales", "None") } else { ("Yes", "No") };
        let (sign, word, tone) =
            if is_on { (glyphs.toggle_on, yes, theme.accent) } else { (glyphs.toggle_off, no, theme.dim) };
        let shown = Line::from(vec![Span::styled(format!("{sign}  "), tone), Span::styled(word, theme.text)]);
        draw_left(buf, inside, &shown);
    }
}

/// Gives the place of the caret, if it is here.
fn typed(buf: &mut Buffer, area: Rect, field: &TextField, focused: bool, cx: &Cx) -> Option<Rect> {
    let caret = field.draw(buf, area, &FieldLook { focused, ..FieldLook::default() }, cx.look);
    caret.filter(|_| focused).map(|caret| Rect::new(caret.x, caret.y, 1, 1))
}
