//! Users and teams as they look: a list, and below the users what the one under the cursor may do.

use super::{People, RIGHT, Shown, rights};
use crate::domain::user::team::team_key;
use crate::domain::user::{Seat, User};
use crate::ui::cell::text;
use crate::ui::layer::Cx;
use crate::ui::settings::draw::{LOW, paint_lacking};
use crate::ui::text::clean;
use crate::ui::widgets::{
    Column, EmptyState, Hint, RowState, draw_cell, draw_head, draw_left, draw_scrollbar, layout, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Rows of the list that stay when there is little room.
const ROWS_LEAST: u16 = 5;

fn column(title: &'static str, min: u16, ideal: u16, gives_way: u8) -> Column<'static> {
    Column { title: title.into(), min, ideal, gives_way, ..Column::default() }
}

fn columns(shown: Shown) -> Vec<Column<'static>> {
    match shown {
        Shown::Users => vec![
            Column { flexible: true, ..column("Name", 16, 20, 0) },
            column("E-mail", 16, 28, 2),
            column("Team", 12, 18, 3),
            column("Seat", 6, 6, 1),
            column("Role", 12, 18, 4),
        ],
        Shown::Teams => {
            vec![column("Team", 16, 24, 0), Column { flexible: true, ..column("Members", 20, 40, 1) }]
        }
    }
}

/// What of a user is not as of everybody.
pub fn role(user: &User) -> &'static str {
    match user {
        User { active: false, .. } => "not active",
        User { super_admin: true, .. } => "Super Admin",
        User { edit_property_settings: true, .. } => "property settings",
        _ => "",
    }
}

impl People {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_lacking(buf, area, RIGHT, cx);
        let mut area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        if self.shown == Shown::Users {
            let rights = self.paint_rights(buf, area, cx);
            area.height = area.height.saturating_sub(rights);
        }
        if self.shown == Shown::Teams && cx.settings.teams.is_empty() {
            let sentence = "A team lets its members see and edit each other's records.";
            let hint = [Hint::new("n", "makes one, such as Sales North")];
            let hints: &[Hint] = if RIGHT.is_held_by(cx.user) { &hint } else { &[] };
            EmptyState { sentence, hints }.draw(buf, area, cx.look);
            return None;
        }
        self.paint_list(buf, area, focused, cx)
    }

    fn paint_list(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let columns = columns(self.shown);
        let placed = layout(&columns, area.width);
        draw_head(buf, row(area, 0), &columns, &placed, &[], cx.look);
        self.drawn = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let (drawn, shown) = (self.drawn, self.shown);
        let window = self.window();
        window.resize(usize::from(drawn.height));
        let mut cursor = None;
        for (y, at) in (0..drawn.height).zip(window.visible()) {
            let line = row(drawn, y);
            let is_cursor = window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused }, cx.look);
                cursor = Some(line);
            }
            for place in &placed {
                let cell = cell(shown, at, place.column, place.width, is_cursor, cx);
                draw_cell(buf, line, *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, drawn, window, cx.look);
        cursor
    }

    /// What the user under the cursor may do, at the bottom; answers how many rows that took.
    fn paint_rights(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> u16 {
        let Some(user) = self.user(cx) else { return 0 };
        let above = if cx.screen.height < LOW { 2 } else { 3 };
        let objects = cx.settings.objects.len() as u16;
        let height = (objects + above).min(area.height.saturating_sub(ROWS_LEAST));
        if height <= above {
            return 0;
        }
        let theme = cx.look.theme;
        let below = Rect { y: area.bottom() - height, height, ..area };
        let name = clean(&user.name).into_owned();
        let mut said = Line::from(vec![Span::styled("What ", theme.dim), Span::styled(name, theme.text)]);
        said.push_span(Span::styled(" may do", theme.dim));
        if user.super_admin {
            said.push_span(Span::styled(": everything, as Super Admin", theme.dim));
        }
        draw_left(buf, row(below, above - 2), &said);
        rights::paint_head(buf, row(below, above - 1), cx);
        for (y, spec) in (above..height).zip(&cx.settings.objects) {
            rights::paint_row(buf, row(below, y), spec, user.may(spec.object), None, cx);
        }
        height
    }
}

fn cell(shown: Shown, at: usize, column: usize, room: u16, is_cursor: bool, cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    let name = if is_cursor { theme.title } else { theme.text };
    let dim = |of: &str| text(of, &[], room, theme.dim, cx);
    match shown {
        Shown::Users => {
            let Some(user) = cx.settings.users.get(at) else { return Line::default() };
            match column {
                0 => text(&user.name, &[], room, if user.active { name } else { theme.dim }, cx),
                1 => dim(&user.email),
                2 => dim(user.team.as_deref().unwrap_or_default()),
                3 => dim(if user.seat == Seat::Sales { "Sales" } else { "" }),
                _ => text(role(user), &[], room, if user.active { theme.text } else { theme.dim }, cx),
            }
        }
        Shown::Teams => {
            let Some(team) = cx.settings.teams.get(at) else { return Line::default() };
            if column == 0 {
                return text(&team.name, &[], room, name, cx);
            }
            let is_in = |user: &&User| user.team.as_deref().is_some_and(|own| team_key(own) == team_key(&team.name));
            let members: Vec<&str> = cx.settings.users.iter().filter(is_in).map(|user| user.name.as_str()).collect();
            dim(&members.join(", "))
        }
    }
}
