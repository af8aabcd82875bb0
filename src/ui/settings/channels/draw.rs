//! A way of notifications as it looks: sections of tick boxes, below them its own settings and how it fared last.

use super::{Channels, Row};
use crate::domain::notification::ChannelKind;
use crate::domain::settings::{SettingKind, Spec};
use crate::domain::when;
use crate::ui::layer::Cx;
use crate::ui::record::facts::fitted;
use crate::ui::settings::draft::saved;
use crate::ui::settings::draw::{MARK, paint_beside, paint_refusal};
use crate::ui::text::clean;
use crate::ui::widgets::{FieldLook, RowState, SectionHead, draw_left, draw_right, draw_scrollbar, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of the page, at most.
const WIDTH: u16 = 88;
const LABEL: u16 = 26;
const TICK: u16 = 4;

impl Channels {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let area = Rect { width: area.width.min(WIDTH), ..area };
        // The last row says what the one under the cursor means.
        let rows = Rect { height: area.height.saturating_sub(2), ..area };
        self.drawn = rows;
        self.lines.window.resize(usize::from(rows.height));
        let mut cursor = None;
        for (y, at) in (0..).zip(self.lines.window.visible()) {
            let place = row(rows, y);
            let is_cursor = self.lines.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused }, cx.look);
                cursor = Some(place);
            }
            let caret = self.paint_line(buf, place, self.lines.all()[at], is_cursor && focused, cx);
            cursor = caret.or(cursor);
        }
        draw_scrollbar(buf, rows, &self.lines.window, cx.look);
        self.paint_help(buf, area, rows, focused, cx);
        cursor
    }

    fn paint_help(&self, buf: &mut Buffer, area: Rect, rows: Rect, focused: bool, cx: &Cx) {
        let at = self.lines.window.cursor().map(|at| at - self.lines.window.offset());
        if let Some(refusal) = self.typing.as_ref().and_then(|typing| typing.refusal.as_deref()) {
            return paint_refusal(buf, rows, at, refusal, cx);
        }
        let Some(spec) = self.spec().filter(|_| focused) else { return };
        let lacks =
            (!spec.is_own() && !spec.right().is_held_by(cx.user)).then(|| spec.right().wanting(&cx.settings.users));
        if self.typing.is_some() {
            return paint_beside(buf, rows, at, &cx.look.glyphs.spell(spec.help), cx.look.theme.dim);
        }
        let last = row(area, area.height.saturating_sub(1));
        let said = lacks.unwrap_or_else(|| spec.help.to_owned());
        let inside = Rect { x: last.x + MARK.min(last.width), width: last.width.saturating_sub(MARK), ..last };
        draw_left(buf, inside, &Line::styled(cx.look.fit(&clean(&said), inside.width), cx.look.theme.dim));
    }

    fn paint_line(&self, buf: &mut Buffer, place: Rect, line: Row, is_cursor: bool, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        match line {
            Row::Blank => {}
            Row::Section(section) => self.paint_section(buf, place, section, cx),
            Row::Tick(key) => self.paint_tick(buf, place, key, is_cursor, cx),
            Row::Way => {
                SectionHead { title: way(self.channel), ..SectionHead::default() }.draw(buf, place, cx.look);
            }
            Row::Setting(key) => return self.paint_setting(buf, place, key, is_cursor, cx),
            Row::Leads => draw(buf, inside, self.leads(cx), cx),
            Row::Last => draw(buf, inside, self.last(cx), cx),
            Row::Test => {
                let tone = if is_cursor { theme.title } else { theme.text };
                let said = if self.testing { "sending" } else { "enter" };
                draw_left(buf, inside, &Line::styled("Send test", tone));
                draw_right(buf, inside, &Line::styled(said, theme.accent));
            }
        }
        None
    }

    fn paint_section(&self, buf: &mut Buffer, place: Rect, section: &'static str, cx: &Cx) {
        let on = self.ticks_of(section).filter(|key| self.draft.value(key, cx) == "true").count();
        let all = self.ticks_of(section).count();
        let unfolded = Some(!self.folded.contains(section));
        let right = Some(format!("{on} of {all}"));
        SectionHead { unfolded, title: section, right, count: None }.draw(buf, place, cx.look);
    }

    fn paint_tick(&self, buf: &mut Buffer, place: Rect, key: &'static str, is_cursor: bool, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let Some(SettingKind::Tick(topic, _)) = Spec::of(key).map(|spec| &spec.kind) else { return };
        if self.draft.is_changed(key) {
            draw_left(buf, place, &Line::styled(glyphs.unsaved, theme.warn));
        }
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        let is_on = self.draft.value(key, cx) == "true";
        let (sign, tone) = if is_on { (glyphs.box_on, theme.accent) } else { (glyphs.box_off, theme.dim) };
        draw_left(buf, inside, &Line::styled(sign, tone));
        let label = Rect { x: inside.x + TICK.min(inside.width), width: inside.width.saturating_sub(TICK), ..inside };
        let tone = if is_cursor { theme.title } else { theme.text };
        draw_left(buf, label, &Line::styled(cx.look.fit(topic.row().label, label.width), tone));
    }

    fn paint_setting(
        &self,
        buf: &mut Buffer,
        place: Rect,
        key: &'static str,
        is_cursor: bool,
        cx: &Cx,
    ) -> Option<Rect> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let spec = Spec::of(key)?;
        let may = spec.is_own() || spec.right().is_held_by(cx.user);
        if self.draft.is_changed(key) {
            draw_left(buf, place, &Line::styled(glyphs.unsaved, theme.warn));
        }
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        let tone = match (is_cursor, may) {
            (true, _) => theme.title,
            (false, true) => theme.text,
            (false, false) => theme.dim,
        };
        let label = LABEL.min(inside.width);
        draw_left(buf, inside, &Line::styled(cx.look.fit(spec.label, label.saturating_sub(1)), tone));
        let area = Rect { x: inside.x + label, width: inside.width - label, ..inside };
        if let Some(typing) = self.typing.as_ref().filter(|_| is_cursor) {
            let caret = typing.field.draw(buf, area, &FieldLook { focused: true, ..FieldLook::default() }, cx.look);
            return caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1));
        }
        if may {
            buf.set_style(area, theme.input);
        }
        let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
        let (before, now) = (saved(key, cx), self.draft.value(key, cx));
        let mut spans = Vec::new();
        let was = format!("was {}, now ", clean(&before));
        if self.draft.is_changed(key) && !before.is_empty() && was.len() + now.len() < usize::from(inside.width) {
            spans.push(Span::styled(was, theme.dim));
        }
        let now = match now.as_str() {
            "true" if matches!(spec.kind, SettingKind::Toggle) => "On",
            "false" if matches!(spec.kind, SettingKind::Toggle) => "Off",
            now => now,
        };
        let (now, tone) = if now.is_empty() { (glyphs.nothing, theme.dim) } else { (now, theme.text) };
        spans.push(Span::styled(cx.look.fit(&clean(now), inside.width).into_owned(), tone));
        draw_left(buf, inside, &Line::from(spans));
        None
    }

    /// Where it leads, or why nothing goes out.
    fn leads(&self, cx: &Cx) -> Line<'static> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let Some(stand) = &self.stand else { return Line::default() };
        let (sign, tone, said) = match &stand.leads {
            Ok(leads) => (glyphs.done, theme.ok, format!("It goes to {}", clean(leads))),
            Err(why) => (glyphs.warning, theme.warn, clean(why).into_owned()),
        };
        let waiting = match stand.waiting {
            0 => String::new(),
            1 => format!(" {} 1 waits", glyphs.dot),
            several => format!(" {} {several} wait", glyphs.dot),
        };
        let spans = [Span::styled(format!("{sign} "), tone), Span::styled(format!("{said}{waiting}"), theme.dim)];
        Line::from_iter(spans)
    }

    /// How it fared last.
    fn last(&self, cx: &Cx) -> Line<'static> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let Some(last) = self.stand.as_ref().and_then(|stand| stand.last.as_ref()) else {
            return Line::styled(format!("{} Nothing went this way yet", glyphs.nothing), theme.dim);
        };
        let at = when::ago(last.at, &cx.settings.clock(cx.now));
        match &last.error {
            None => Line::styled(format!("{} Last delivered {at}", glyphs.done), theme.dim),
            Some(why) => Line::from_iter([
                Span::styled(format!("{} ", glyphs.error), theme.err),
                Span::styled(format!("{at}: {}", clean(why)), theme.text),
            ]),
        }
    }
}

/// The head of a way's own settings.
fn way(channel: ChannelKind) -> &'static str {
    match channel {
        ChannelKind::Email => "How mail goes out",
        ChannelKind::Desktop => "The terminal",
        ChannelKind::Other => "Webhook",
        ChannelKind::Mobile => "Push topic",
    }
}

/// As much of a line as fits.
fn draw(buf: &mut Buffer, place: Rect, line: Line<'static>, cx: &Cx) {
    draw_left(buf, place, &fitted(line, place.width, cx));
}
