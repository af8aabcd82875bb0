//! Beside the notification centre: what happened, what to do next, how each way fared, and why one is told.

use super::{Notifications, Told, draw::stand};
use crate::domain::notification::{ChannelKind, WayState};
use crate::ui::Cx;
use crate::ui::preview::Page;
use crate::ui::record::facts::{self, joined};
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Hint, Tab, TabBar, hint_line};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// What was last on the record.
const LAST: usize = 4;
/// Cells of the sign and the name of a way.
const WAY: usize = 14;

pub(super) fn draw(centre: &Notifications, buf: &mut Buffer, area: Rect, cx: &Cx) {
    let Some(told) = centre.told() else { return };
    let detail = centre.detail.as_ref().filter(|detail| Some(detail.row.record.id) == told.record());
    let right = Line::styled("enter opens", cx.look.theme.dim);
    let room = area.width.saturating_sub(right.width() as u16 + 3);
    let title = detail.map_or_else(|| told.one.topic.row().label.to_owned(), |detail| detail.row.record.name());
    let tabs = [Tab::new(cx.look.fit(&clean(&title), room).into_owned())];
    TabBar { tabs: &tabs, active: 0, focused: false, gap: 3, signs: false, right }.draw(buf, area, cx.look);
    let mut page = Page::below(buf, area, 3, cx);
    if let Some(detail) = detail {
        let company = detail.row.derived.company.as_ref().map(|(_, name)| name.as_str());
        let head = joined(facts::head(&detail.row.record, company, cx), page.width(), cx);
        if head.width() > 0 {
            page.line(&head);
            page.advance(1);
        }
    }
    page.happened(told);
    if let Some(detail) = detail.filter(|detail| detail.activities > 0) {
        page.section("Lately", None);
        page.been(detail, LAST);
        page.advance(1);
    }
    page.todo(told);
    page.ways(told);
    page.said(&told.one.why, cx.look.theme.dim);
}

impl Page<'_, '_> {
    fn happened(&mut self, told: &Told) {
        let theme = self.cx.look.theme;
        self.section("What happened", None);
        self.said(&told.one.headline(), theme.text);
        for line in told.one.body.lines() {
            self.said(line, theme.text);
        }
        if told.one.withdrawn {
            self.said("It was undone since.", theme.warn);
        }
        self.advance(1);
    }

    fn todo(&mut self, told: &Told) {
        if told.one.todo.is_empty() {
            return;
        }
        self.section("What to do", None);
        self.said(&told.one.todo, self.cx.look.theme.text);
        if told.record().is_some() {
            let hints = [Hint::new("enter", "jump there"), Hint::new("a", "log")];
            let line = hint_line(&hints, self.width(), self.cx.look);
            self.line(&line);
        }
        self.advance(1);
    }

    fn ways(&mut self, told: &Told) {
        self.section("Delivered by", None);
        for (channel, ..) in ChannelKind::ROWS {
            self.way(*channel, told.one.way(*channel));
        }
        self.advance(1);
    }

    /// `✓  E-mail     14:09, accepted by the server`.
    fn way(&mut self, channel: ChannelKind, state: Option<&WayState>) {
        let (theme, glyphs) = (self.cx.look.theme, self.cx.look.glyphs);
        let (sign, tone) = match state {
            Some(WayState::Delivered { .. }) => (glyphs.done, theme.ok),
            Some(WayState::Due { tries: 0, .. }) => (glyphs.idle, theme.dim),
            Some(WayState::Due { .. }) => (glyphs.idle, theme.warn),
            Some(WayState::GivenUp { .. }) => (glyphs.error, theme.err),
            Some(WayState::Off) | None => (glyphs.nothing, theme.dim),
        };
        let said = match state {
            Some(WayState::Delivered { .. }) if channel == ChannelKind::Email => ", accepted by the server",
            Some(WayState::GivenUp { .. }) => ". R sends it again",
            None => "off for this topic",
            _ => "",
        };
        let said = format!("{}{said}", state.map(|state| stand(state, self.cx)).unwrap_or_default());
        let words = if tone == theme.ok { theme.dim } else { tone };
        let name = format!("{sign}  {:<width$}", channel.label(), width = WAY - 3);
        let room = usize::from(self.width()).saturating_sub(WAY);
        for (at, line) in wrap(&clean(&said), room).into_iter().enumerate() {
            let before = if at == 0 { name.clone() } else { " ".repeat(WAY) };
            let (sign, rest) = before.split_at(if at == 0 { sign.len() } else { 0 });
            let spans = [
                Span::styled(sign.to_owned(), tone),
                Span::styled(rest.to_owned(), theme.text),
                Span::styled(line, words),
            ];
            self.line(&Line::from_iter(spans));
        }
    }

    /// A text over as many lines as it takes.
    fn said(&mut self, text: &str, tone: Style) {
        let text = self.cx.look.glyphs.spell(&clean(text)).into_owned();
        for line in wrap(&text, usize::from(self.width())) {
            self.line(&Line::styled(line, tone));
        }
    }
}
