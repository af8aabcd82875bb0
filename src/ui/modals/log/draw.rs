//! The sheet at the bottom of the screen: the line, what its parts are taken for, what will be and where it goes.

use super::LogLine;
use super::goals::head;
use super::preview::Shown;
use crate::domain::logging::line::{Part, What};
use crate::keys::{hints, rows_of};
use crate::ui::cell::glyph_of;
use crate::ui::layer::{Cx, Layer};
use crate::ui::text::width;
use crate::ui::widgets::{
    FieldLook, Footer, Hint, MARGIN, NARROW, clear, draw_box, draw_left, draw_right, hint_line, row,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Rows of the sheet, its border included, where there is room.
const ROWS: u16 = 18;
const ROWS_NARROW: u16 = 21;
const INSET: u16 = 3;
/// The row of the sheet that the line stands in.
const LINE_AT: u16 = 3;
const GAP: u16 = 4;

impl LogLine {
    pub(super) fn paint(&mut self, buf: &mut Buffer, screen: Rect, cx: &Cx) {
        cx.look.theme.dim_behind(buf, screen);
        let last = row(screen, screen.height.saturating_sub(1));
        clear(buf, last);
        let is_narrow = screen.width < NARROW;
        let more = self.goals.height().saturating_sub(6).min(screen.height.saturating_sub(24) / 2);
        let rows = if is_narrow { ROWS_NARROW } else { ROWS + more }.min(screen.height.saturating_sub(2));
        let side = if is_narrow { 0 } else { MARGIN };
        let sheet = Rect {
            x: screen.x + side,
            y: (screen.bottom()).saturating_sub(rows + 2),
            width: screen.width.saturating_sub(2 * side),
            height: rows,
        };
        draw_box(buf, sheet, cx.look);
        let inner = Rect { x: sheet.x + INSET, width: sheet.width.saturating_sub(2 * INSET), ..sheet };
        self.paint_title(buf, row(inner, 1), cx);
        self.paint_line(buf, inner, cx);
        let body = Rect { y: inner.y + LINE_AT + 4, height: inner.height.saturating_sub(LINE_AT + 5), ..inner };
        if is_narrow {
            self.paint_narrow(buf, body, cx);
        } else {
            self.paint_wide(buf, body, cx);
        }
        self.paint_footer(buf, last, cx);
    }

    fn paint_title(&self, buf: &mut Buffer, line: Rect, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let hints = [Hint::new("ctrl-e", "full form"), Hint::new("esc", "keep as draft")];
        let hints = if self.goals.is_one() { &hints[..] } else { &hints[1..] };
        let keys = hint_line(hints, line.width / 2, cx.look);
        let taken = draw_right(buf, line, &keys);
        let mut title = vec![Span::styled("Log on ", theme.title)];
        if let Some(first) = self.goals.first() {
            title.push(Span::styled(format!("{} ", glyph_of(first.object, glyphs)), theme.dim));
        }
        let room = line.width.saturating_sub(taken + 12);
        title.push(Span::styled(cx.look.fit(&self.named, room).into_owned(), theme.text));
        draw_left(buf, line, &Line::from(title));
    }

    /// The field, below each part what it is taken for, and below those what there is to say.
    fn paint_line(&mut self, buf: &mut Buffer, inner: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let area = row(inner, LINE_AT);
        let look = FieldLook {
            focused: !self.in_list,
            prompt: None,
            placeholder: "call connected 12m \"what was said\" tomorrow 10am: what follows",
        };
        let caret = self.field.draw(buf, area, &look, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        let mut free = area.x;
        for part in &self.line.parts {
            let (Some(from), Some(to)) =
                (self.field.column(area, part.span.start), self.field.column(area, part.span.end))
            else {
                continue;
            };
            let cells = Rect { x: from, width: to - from, ..area };
            tint(buf, cells, caret.map(|caret| caret.x), style_of(part, cx));
            let rule = cx.look.glyphs.rule.repeat(usize::from(cells.width));
            draw_left(buf, Rect { y: area.y + 1, ..cells }, &Line::styled(rule, theme.line));
            let label = part.what.label();
            let place = Rect { y: area.y + 2, x: from.max(free), width: width(label) as u16, height: 1 };
            let is_close = place.x < to.max(from + 1);
            if is_close && place.right() <= area.right() {
                draw_left(buf, place, &Line::styled(label, theme.dim));
                free = place.right() + 1;
            }
        }
        let remark = self.remark();
        if let Some((is_refused, sentence)) = remark {
            let (sign, tone) =
                if is_refused { (cx.look.glyphs.error, theme.err) } else { (cx.look.glyphs.warning, theme.warn) };
            let line = row(inner, LINE_AT + 3);
            let sentence = cx.look.glyphs.spell(&sentence).into_owned();
            let shown = cx.look.fit(&sentence, line.width.saturating_sub(3)).into_owned();
            let tone_of = if is_refused { theme.err } else { theme.text };
            let spans = [Span::styled(format!("{sign} "), tone), Span::styled(shown, tone_of)];
            draw_left(
                buf,
                Rect { x: line.x + 1, width: line.width.saturating_sub(1), ..line },
                &Line::from_iter(spans),
            );
        }
    }

    /// What stands below the line: why it was not or can't be logged, or what was not taken as it may be meant.
    fn remark(&self) -> Option<(bool, String)> {
        let refusal = self.refusal.clone().map(|sentence| (true, sentence));
        // What is missing yet is no mistake while one types.
        let error = || self.line.errors.iter().find(|error| error.span.len() < self.field.text().len());
        let error = || error().map(|error| (true, error.sentence.clone()));
        let hint = || self.line.hints.first().map(|hint| (false, hint.sentence.clone()));
        refusal.or_else(error).or_else(hint).or_else(|| self.goals.refusal.clone().map(|sentence| (true, sentence)))
    }

    fn paint_wide(&mut self, buf: &mut Buffer, body: Rect, cx: &Cx) {
        let left = Rect { width: body.width.saturating_sub(GAP) * 47 / 100, ..body };
        let x = left.right() + GAP;
        let right = Rect { x, width: body.right().saturating_sub(x), ..body };
        let will = Line::styled("What will be", cx.look.theme.title);
        paint_head(buf, left, &will, &Line::default(), false, cx);
        self.paint_activities(buf, below(left, 3), true, cx);
        let change = [Hint::new("tab", "change")];
        paint_head(buf, right, &head(&self.goals, cx), &hint_line(&change, right.width, cx.look), self.in_list, cx);
        self.paint_goals(buf, below(right, 3), cx);
    }

    fn paint_narrow(&mut self, buf: &mut Buffer, body: Rect, cx: &Cx) {
        let used = self.paint_activities(buf, body, false, cx);
        let goals = below(body, used);
        let change = [Hint::new("tab", "change")];
        paint_head(buf, goals, &head(&self.goals, cx), &hint_line(&change, goals.width, cx.look), self.in_list, cx);
        self.paint_goals(buf, below(goals, 2), cx);
    }

    fn paint_goals(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let cursor = self.goals.paint(buf, area, self.in_list, cx);
        if self.in_list {
            self.cursor = cursor;
        }
    }

    /// The activity and what follows; gives the rows that they took.
    fn paint_activities(&self, buf: &mut Buffer, area: Rect, parted: bool, cx: &Cx) -> u16 {
        let Some((first, then)) = self.loggings(cx) else { return 0 };
        let each = (!self.goals.is_one()).then(|| format!("on each of {}", self.goals.homes()));
        let has_time = self.line.at.is_none_or(|at| at.has_time);
        let shown = Shown { logging: &first, has_time, aside: each.as_deref(), parted };
        let mut y = shown.paint(buf, area, cx) + u16::from(parted);
        if let (Some(logging), Some(then)) = (&then, &self.line.then) {
            let same = self.goals.follows_along().then_some("same records");
            let shown = Shown { logging, has_time: then.due.has_time, aside: each.as_deref().or(same), parted };
            y += shown.paint(buf, below(area, y), cx);
        }
        if parted { y } else { y + 1 }
    }

    fn paint_footer(&self, buf: &mut Buffer, line: Rect, cx: &Cx) {
        let count = self.goals.homes() * if self.line.then.is_some() { 2 } else { 1 };
        let log = match (self.goals.is_one(), self.line.then.is_some(), count) {
            (true, false, _) => "log it".to_owned(),
            (true, true, _) => "log both".to_owned(),
            (false, _, count) => format!("log {count} activities"),
        };
        let mut rows: Vec<_> = rows_of(self.keys()).collect();
        cx.config.remap.apply(self.keys(), self.mode(), &mut rows);
        let lines = hints(&rows, &[]);
        let mut hints: Vec<Hint> = lines
            .iter()
            .filter(|line| line.commands.first().is_none_or(|command| self.blocked(*command, cx).is_none()))
            .map(Hint::from)
            .collect();
        if let Some(first) = hints.first_mut() {
            first.word = log.into();
        }
        let line = Rect { x: line.x + MARGIN, width: line.width.saturating_sub(2 * MARGIN), ..line };
        let footer = Footer { hints: &hints, ..Footer::default() };
        footer.draw_with_help(buf, line, if self.in_list { "?" } else { "F1" }, cx.look);
    }
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// A title over a rule, heavy where the focus is.
fn paint_head(buf: &mut Buffer, area: Rect, title: &Line, right: &Line, focused: bool, cx: &Cx) {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    draw_right(buf, row(area, 0), right);
    let under = draw_left(buf, row(area, 0), title);
    let line = row(area, 1);
    draw_left(buf, line, &Line::styled(glyphs.rule.repeat(usize::from(line.width)), theme.line));
    let (piece, tone) = if focused { (glyphs.rule_heavy, theme.accent) } else { (glyphs.rule, theme.faint) };
    draw_left(buf, line, &Line::styled(piece.repeat(usize::from(under)), tone));
}

fn style_of(part: &Part, cx: &Cx) -> Style {
    let theme = cx.look.theme;
    match part.what {
        What::Kind => theme.strong_accent,
        what if what.is_date() => theme.warn,
        _ => theme.text,
    }
}

/// Colours what is drawn already; the caret keeps its own colours.
fn tint(buf: &mut Buffer, cells: Rect, caret: Option<u16>, style: Style) {
    for position in cells.intersection(buf.area).positions() {
        if Some(position.x) != caret {
            buf[position].set_style(style);
        }
    }
}
