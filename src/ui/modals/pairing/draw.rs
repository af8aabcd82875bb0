//! The pairs of a rule as they look: what is compared above, below it a row for each pair, then what is left out.

use super::{Pairing, SIDES, Side};
use crate::domain::number::grouped;
use crate::ui::cell::glyph_of;
use crate::ui::layer::Cx;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, Hint, Modal, RowState, draw_left, draw_right, draw_scrollbar, paint_row, row};
use crate::workspace::pairs::Pair;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::time::Duration;

const SIZE: (u16, u16) = (96, 32);
/// Cells before a field's value.
const LABELS: u16 = 10;

impl Pairing {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let ticked = self.ticked();
        let word =
            if ticked == 1 { "Associate 1 pair".into() } else { format!("Associate {} pairs", grouped(ticked as u64)) };
        let on_side = self.side().is_some();
        let mut hints = vec![if on_side { Hint::new("enter", "choose") } else { Hint::new("space", "tick") }];
        hints.push(Hint::new("ctrl-a", "all, none"));
        hints.push(Hint::new("R", if self.replace { "keep at a limit" } else { "replace at a limit" }));
        let modal = Modal {
            title: Line::styled("Associate by a rule", theme.title),
            subtitle: Some(Line::styled(self.scope(cx), theme.dim)),
            escape: "cancel",
            size: SIZE,
            hints: &hints,
            right: (ticked > 0).then_some(Corner::Button(&word, "ctrl-s")),
        };
        let area = modal.draw(buf, screen, cx.look);
        self.drawn.clear();
        for (at, (label, side)) in [("Compare", self.rule.one), ("with", self.rule.other)].into_iter().enumerate() {
            self.paint_side(buf, row(area, at as u16), at, label, side, cx);
        }
        draw_left(buf, row(area, 3), &self.told(cx));
        let list = Rect { y: area.y + 5.min(area.height), height: area.height.saturating_sub(5), ..area };
        self.paint_rows(buf, list, cx);
        self.cursor = self.drawn.iter().find(|(at, _)| self.window.cursor() == Some(*at)).map(|(_, place)| *place);
    }

    fn scope(&self, cx: &Cx) -> String {
        let within = self.within.as_ref().filter(|(query, _)| query.object == self.rule.one.object);
        let plural = || cx.settings.object(self.rule.one.object).map_or("records", |spec| spec.plural.as_str());
        let whose = within.map_or_else(|| format!("All {}", plural().to_lowercase()), |(_, what)| what.clone());
        format!("{}: compared case and accents aside.", clean(&whose))
    }

    fn paint_side(&mut self, buf: &mut Buffer, line: Rect, at: usize, label: &str, side: Side, cx: &Cx) {
        let theme = cx.look.theme;
        if self.window.cursor() == Some(at) {
            paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
        }
        let inside = Rect { x: line.x + 1.min(line.width), width: line.width.saturating_sub(2), ..line };
        draw_left(buf, inside, &Line::styled(label.to_owned(), theme.dim));
        let value = Rect { x: inside.x + LABELS, width: inside.width.saturating_sub(LABELS), ..inside };
        let plural = cx.settings.object(side.object).map_or("", |spec| spec.plural.as_str());
        let spans = [
            Span::styled(format!("{} ", glyph_of(side.object, cx.look.glyphs)), theme.dim),
            Span::styled(clean(plural).into_owned(), theme.text),
            Span::styled(" by ", theme.dim),
            Span::styled(clean(side.label(cx.settings)).into_owned(), theme.text),
            Span::styled(format!(" {}", cx.look.glyphs.select), theme.dim),
        ];
        draw_left(buf, value, &Line::from_iter(spans));
        self.drawn.push((at, line));
    }

    /// How many there are.
    fn told(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        if self.is_awaited {
            let since = Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
            return Line::styled(format!("{} looking for pairs", cx.look.spinner(since)), theme.dim);
        }
        if let Some(refusal) = &self.refusal {
            return Line::styled(format!("{} {}", cx.look.glyphs.error, clean(refusal)), theme.err);
        }
        let all = self.paired.pairs.len();
        let pairs = match all {
            0 => "No pairs to associate".to_owned(),
            1 => format!("{} of 1 pair ticked", self.ticked()),
            _ => format!("{} of {} pairs ticked", grouped(self.ticked() as u64), grouped(all as u64)),
        };
        let besides = [(self.paired.already, "associated already"), (self.paired.left_out.len() as u64, "left out")];
        let besides = besides.iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> =
            std::iter::once(pairs).chain(besides.map(|(count, what)| format!("{} {what}", grouped(*count)))).collect();
        Line::styled(cx.look.glyphs.spell(&said.join(" · ")).into_owned(), theme.text)
    }

    fn paint_rows(&mut self, buf: &mut Buffer, list: Rect, cx: &Cx) {
        // The two fields above stand in the window too, and on the screen always.
        self.window.resize(usize::from(list.height).max(1));
        let from = self.window.offset().max(SIDES);
        let shown = (from..self.window.len()).take(usize::from(list.height));
        let places: Vec<(usize, Rect)> = shown.zip(0..).map(|(at, y)| (at, row(list, y))).collect();
        for (at, line) in places {
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let inside = Rect { x: line.x + 1.min(line.width), width: line.width.saturating_sub(3), ..line };
            match self.paired.pairs.get(at - SIDES) {
                Some(pair) => self.paint_pair(buf, inside, pair, cx),
                None => self.paint_left_out(buf, inside, at - SIDES - self.paired.pairs.len(), cx),
            }
            self.drawn.push((at, line));
        }
        draw_scrollbar(buf, list, &self.window, cx.look);
    }

    fn paint_pair(&self, buf: &mut Buffer, line: Rect, pair: &Pair, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let is_ticked = !self.unticked.contains(&(pair.one.0, pair.other.0));
        let sign = if is_ticked { (glyphs.box_on, theme.accent) } else { (glyphs.box_off, theme.dim) };
        let used = draw_left(buf, line, &Line::styled(format!("{} ", sign.0), sign.1));
        let rest = Rect { x: line.x + used, width: line.width.saturating_sub(used), ..line };
        let column = rest.width / 3;
        let tone = if is_ticked { theme.text } else { theme.dim };
        let values = [(&pair.one.1, tone), (&pair.other.1, tone), (&pair.value, theme.dim)];
        for (place, (text, tone)) in (0..).zip(values) {
            let cell = Rect { x: rest.x + place * column, width: column.saturating_sub(2), ..rest };
            draw_left(buf, cell, &Line::styled(cx.look.fit(&clean(text), cell.width).into_owned(), tone));
        }
    }

    fn paint_left_out(&self, buf: &mut Buffer, line: Rect, at: usize, cx: &Cx) {
        let Some(unpaired) = self.paired.left_out.get(at) else { return };
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let used = draw_left(buf, line, &Line::styled(format!("{} ", glyphs.box_never), theme.dim));
        let rest = Rect { x: line.x + used, width: line.width.saturating_sub(used), ..line };
        let taken = draw_right(buf, rest, &Line::styled("left out", theme.dim));
        let room = rest.width.saturating_sub(taken + 2);
        draw_left(buf, rest, &Line::styled(cx.look.fit(&clean(&unpaired.why), room).into_owned(), theme.dim));
    }
}
