//! One frame: breadcrumb, page, footer, what floats, toasts.

use super::App;
use crate::domain::number::grouped;
use crate::keys::{KeyMode, Line};
use crate::ui::layer::page_area;
use crate::ui::text::clean;
use crate::ui::widgets::{Breadcrumb, Footer, Hint, Look, MARGIN, Status, WhichKey, draw_too_small, is_too_small, row};
use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use std::time::Duration;

impl App {
    pub fn draw(&mut self, frame: &mut Frame) {
        self.end_preview();
        let screen = frame.area();
        self.scene.screen = screen;
        let page = self.scene.look.theme.page;
        frame.buffer_mut().set_style(screen, page);
        if is_too_small(screen) {
            draw_too_small(frame.buffer_mut(), screen, self.look());
            return;
        }
        self.refresh_bindings();
        self.draw_breadcrumb(frame.buffer_mut());
        let cx = self.scene.cx();
        for (height, entry) in self.stack.shown_mut().iter_mut().enumerate() {
            let area = if height == 0 { page_area(screen) } else { screen };
            entry.layer.draw(frame, area, &cx);
        }
        self.draw_footer(frame.buffer_mut());
        let cursor = self.stack.top().layer.cursor();
        self.toasts.draw(frame.buffer_mut(), screen, cursor, self.look());
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor.as_position());
        }
    }

    fn look(&self) -> Look<'_> {
        self.scene.look()
    }

    fn draw_breadcrumb(&self, buf: &mut Buffer) {
        let crumbs = self.stack.page().layer.crumbs(&self.scene.cx());
        let crumbs: Vec<_> = crumbs.iter().map(|crumb| clean(crumb)).collect();
        let crumbs: Vec<&str> = crumbs.iter().map(AsRef::as_ref).collect();
        let (last, parents) = crumbs.split_last().map_or(("", &[][..]), |(last, parents)| (*last, parents));
        let is_shared = self.scene.settings.users.len() > 1;
        let user = if is_shared { clean(&self.scene.user.name) } else { "".into() };
        let look = self.look();
        let stops = format!("{} stops", look.ways.name("ctrl-c"));
        let progress = self.progress().map(|(done, total)| Status {
            sign: Span::styled(look.spinner(turning(self.scene.now)), look.theme.accent),
            count: if total > 0 { format!("{} of {}", grouped(done), grouped(total)) } else { grouped(done) },
            word: &stops,
        });
        let unread = (self.told.unread > 0).then(|| Status {
            sign: Span::styled(look.glyphs.unread, look.theme.accent),
            count: grouped(self.told.unread as u64),
            word: "",
        });
        let due = (self.due.now.due > 0).then(|| Status {
            sign: Span::styled(look.glyphs.task, look.theme.warn),
            count: grouped(self.due.now.due as u64),
            word: "due",
        });
        let status: Vec<Status> = progress.into_iter().chain(unread).chain(due).collect();
        let breadcrumb = Breadcrumb { parents, last, status: &status, user: &user };
        breadcrumb.draw(buf, self.line(0), self.look());
    }

    /// A row of the screen without its margins.
    fn line(&self, y: u16) -> Rect {
        let line = row(self.scene.screen, y);
        Rect { x: line.x + MARGIN, width: line.width.saturating_sub(2 * MARGIN), ..line }
    }

    fn draw_footer(&self, buf: &mut Buffer) {
        let look = self.look();
        let screen = self.scene.screen;
        let line = self.line(screen.height.saturating_sub(1));
        if let Some(prefixed) = &self.prefixed {
            let next: Vec<Hint> =
                prefixed.next.iter().map(|(keys, word)| Hint::now(keys.as_str(), clean(word))).collect();
            let label = look.glyphs.spell(&prefixed.label);
            WhichKey { keys: &prefixed.keys, label: &label, next: &next }.draw(buf, screen, look);
        }
        if !self.pending.is_empty() {
            let note = if self.prefixed.is_some() { "waiting for the second key" } else { "times the next key" };
            let footer =
                Footer { chip: Some(self.pending.label().into()), note: Some(note.into()), ..Footer::default() };
            footer.draw(buf, line, look);
        } else if !self.stack.has_modal() && self.config().footer {
            let layer = self.stack.top().layer.as_ref();
            let works = |line: &&Line| {
                let mut commands = line.commands.iter();
                line.commands.is_empty() || commands.any(|command| self.blocked(layer, *command).is_none())
            };
            let hints: Vec<Hint> = self.bindings.hints().iter().filter(works).map(Hint::from).collect();
            let help = if layer.mode() == KeyMode::Text { "F1" } else { "?" };
            let chip = layer.chip().map(Into::into);
            Footer { chip, hints: &hints, ..Footer::default() }.draw_with_help(buf, line, help, look);
        }
    }
}

/// What a spinner has turned since whenever.
fn turning(now: DateTime<Utc>) -> Duration {
    Duration::from_millis(now.timestamp_millis().unsigned_abs())
}
