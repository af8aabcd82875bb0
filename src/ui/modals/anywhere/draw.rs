//! Any record as it looks: tabs for what is looked through, the field, records, similar ones below.

use super::super::finding::line as found;
use super::{Anywhere, MOST, Purpose};
use crate::domain::fold::words;
use crate::domain::number::grouped;
use crate::ui::layer::Cx;
use crate::ui::text::{clean, width};
use crate::ui::widgets::{
    FieldLook, Hint, Modal, NARROW, RowState, Tab, TabBar, draw_left, draw_right, paint_row, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::time::Duration;

const SIZE: (u16, u16) = (84, 28);
const INDENT: u16 = 2;
/// Rows of the tabs, the field and the blanks below each.
const ABOVE: u16 = 5;

/// One line of the list.
#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Blank,
    Head(&'static str),
    /// Its place among all.
    Record(usize),
}

impl Anywhere {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let mut hints =
            vec![Hint::new("enter", "open"), Hint::new("tab", "where to look"), Hint::new("ctrl-u", "clear")];
        let (mut title, mut subtitle) = (Line::styled("Any record", theme.title), None);
        if let Purpose::Associate { what, replace } = &self.purpose {
            hints = vec![Hint::new("enter", "associate"), Hint::new("tab", "where to look")];
            hints.push(Hint::new("ctrl-r", if *replace { "keep at a limit" } else { "replace at a limit" }));
            title = Line::styled(
                cx.look.glyphs.spell(&format!("Associate {} with…", clean(what))).into_owned(),
                theme.title,
            );
            let said = if *replace { "takes the place of what is there" } else { "leaves out those that are full" };
            subtitle = Some(Line::styled(format!("At a limit it {said}."), theme.dim));
        }
        if let Purpose::Add { what } = &self.purpose {
            hints = vec![Hint::new("enter", "add"), Hint::new("tab", "where to look")];
            title = Line::styled(
                cx.look.glyphs.spell(&format!("Where {} goes too…", clean(what))).into_owned(),
                theme.title,
            );
            subtitle = Some(Line::styled("It will be on the timeline of that record as well.", theme.dim));
        }
        if matches!(self.purpose, Purpose::Try) {
            hints = vec![Hint::new("enter", "take it"), Hint::new("tab", "where to look")];
            title = Line::styled("Where would an activity go from…", theme.title);
            subtitle = Some(Line::styled("Nothing is logged on that record.", theme.dim));
        }
        if matches!(self.purpose, Purpose::Register) {
            hints = vec![Hint::new("enter", "take it"), Hint::new("tab", "where to look")];
            title = Line::styled("Register which contact or company…", theme.title);
            subtitle = Some(Line::styled("Then comes for which partner, and how long.", theme.dim));
        }
        let escape = if subtitle.is_some() { "cancel" } else { "close" };
        let modal = Modal { title, subtitle, escape, size: SIZE, hints: &hints, right: None };
        let area = modal.draw(buf, screen, cx.look);
        self.tabs = Rect { height: area.height.min(2), ..area };
        self.tab_bar(cx, |bar| bar.draw(buf, self.tabs, cx.look));
        let line = row(area, 3);
        let prompt = Some(Span::styled("/", theme.accent));
        let field = FieldLook { focused: true, prompt, placeholder: "a name, an e-mail, a domain, a phone number" };
        let caret = self.field.draw(buf, line, &field, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let count = self.count(cx);
        if width(self.field.text()) + width(&count) + 8 < usize::from(line.width) {
            let right = Rect { width: line.width.saturating_sub(1), ..line };
            draw_right(buf, right, &Line::styled(count, theme.dim));
        }
        let above = ABOVE.min(area.height);
        let list = Rect { y: area.y + above, height: area.height - above, ..area };
        self.window.resize(usize::from(list.height));
        self.drawn = (list, self.paint_list(buf, list, cx));
    }

    pub(super) fn tab_bar<R>(&self, cx: &Cx, act: impl FnOnce(&TabBar) -> R) -> R {
        let objects = cx.settings.objects.iter().map(|spec| Tab::new(clean(&spec.plural)));
        let tabs: Vec<Tab> = std::iter::once(Tab::new("All")).chain(objects).collect();
        let gap = if cx.screen.width < NARROW { 2 } else { 3 };
        act(&TabBar { tabs: &tabs, active: self.scope, focused: true, gap, signs: true, right: Line::default() })
    }

    fn count(&self, cx: &Cx) -> String {
        if self.finding.is_coming() {
            let since = Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
            return format!("{} search is coming", cx.look.spinner(since));
        }
        match self.finding.rows().len() {
            _ if !self.is_searching() => String::new(),
            MOST.. => format!("the first {MOST}"),
            1 => "1 record".to_owned(),
            found => format!("{} records", grouped(found as u64)),
        }
    }

    fn pieces(&self) -> Vec<Piece> {
        let found = self.finding.rows().len();
        let mut pieces = Vec::new();
        if found > 0 && !self.is_searching() {
            pieces.push(Piece::Head("Viewed lately"));
        }
        pieces.extend((0..found).map(Piece::Record));
        if !self.finding.similar().is_empty() {
            if found > 0 {
                pieces.push(Piece::Blank);
            }
            pieces.push(Piece::Head("Similar"));
            pieces.extend((found..self.finding.len()).map(Piece::Record));
        }
        pieces
    }

    /// Which record stands on which line.
    fn paint_list(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Vec<Option<usize>> {
        let (theme, pieces) = (cx.look.theme, self.pieces());
        if pieces.is_empty() && !self.finding.is_awaited() {
            draw_left(buf, area, &Line::styled(self.nothing(cx), theme.dim));
        }
        let words = words(self.field.text());
        let cursor = self.window.cursor().map(Piece::Record);
        let line_of_cursor = pieces.iter().position(|piece| Some(*piece) == cursor).unwrap_or(0);
        let from = (line_of_cursor + 1).saturating_sub(usize::from(area.height));
        let mut lines = Vec::new();
        for (y, piece) in (0..area.height).zip(&pieces[from..]) {
            let line = row(area, y);
            let inside = Rect { x: line.x + INDENT.min(line.width), width: line.width.saturating_sub(INDENT), ..line };
            if Some(*piece) == cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            match piece {
                Piece::Blank => {}
                Piece::Head(name) => _ = draw_left(buf, line, &Line::styled(*name, theme.dim)),
                Piece::Record(at) => {
                    if let Some(record) = self.finding.get(*at) {
                        draw_left(buf, inside, &found(record, &words, inside, cx));
                    }
                }
            }
            lines.push(if let Piece::Record(at) = piece { Some(*at) } else { None });
        }
        lines
    }

    fn nothing(&self, cx: &Cx) -> String {
        let spec = self.object(cx).and_then(|object| cx.settings.object(object));
        let one = spec.map_or_else(|| "record".to_owned(), |spec| clean(&spec.singular).to_lowercase());
        if self.finding.is_coming() {
            "Search is being got ready.".to_owned()
        } else if self.is_searching() {
            format!("No {one} holds these words.")
        } else {
            format!("No {one} was viewed yet. Type a few letters of its name.")
        }
    }
}
