//! A pipeline as it looks: its stages by group with how many records are in each; for leads the reasons beside them.

use super::{Line as Told, PipelinesPage, What};
use crate::domain::id::Object;
use crate::domain::pipeline::Group;
use crate::ui::layer::Cx;
use crate::ui::settings::draw::paint_lacking;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{FieldLook, RowState, draw_left, draw_right, draw_scrollbar, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the sign before a line, and of a stage's number.
const SIGN: u16 = 2;
const NUMBER: u16 = 3;
/// Columns of the stages, of the gap beside them, and of what stands at the right where there is room.
const STAGES: u16 = 52;
const GAP: u16 = 4;
const BESIDE: u16 = 28;
/// Cells of a column of numbers.
const COUNT: u16 = 9;
const LABEL: u16 = 10;
const FIELD: u16 = 26;

impl PipelinesPage {
    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_lacking(buf, area, self.right(), cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        let is_wide = area.width >= STAGES + GAP + BESIDE;
        let mut left = Rect { width: area.width.min(STAGES), ..area };
        let below = if is_wide { 0 } else { self.paint_consequences(buf, left, true, cx) };
        left.height = left.height.saturating_sub(below);
        if is_wide {
            let x = left.right() + GAP;
            self.paint_beside(buf, Rect { x, width: area.right() - x, ..area }, cx);
        }
        self.drawn = left;
        self.window.resize(usize::from(left.height));
        let mut cursor = None;
        for (y, at) in (0..left.height).zip(self.window.visible()) {
            let place = row(left, y);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused }, cx.look);
                cursor = Some(place);
            }
            let caret = match self.lines[at] {
                Told::Gap => None,
                Told::Pipeline => self.paint_pipeline(buf, place, is_cursor, cx),
                Told::Head(group) => self.paint_head(buf, place, group, cx),
                Told::Stage(stage) => self.paint_stage(buf, place, stage, is_cursor, cx),
            };
            cursor = caret.or(cursor);
        }
        draw_scrollbar(buf, left, &self.window, cx.look);
        self.paint_refusal(buf, left, cx);
        cursor
    }

    fn paint_pipeline(&self, buf: &mut Buffer, place: Rect, is_cursor: bool, cx: &Cx) -> Option<Rect> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let form = self.form()?;
        draw_left(buf, place, &Line::styled("Pipeline", if is_cursor { theme.title } else { theme.dim }));
        let x = LABEL.min(place.width);
        let area = Rect { x: place.x + x, width: FIELD.min(place.width - x), ..place };
        let all = self.draft.forms.len();
        if all > 1 {
            let which = format!("{} of {all}", self.shown + 1);
            draw_right(buf, place, &Line::styled(which, theme.dim));
        }
        if let Some((_, typing)) = self.typing.as_ref().filter(|_| is_cursor) {
            return caret(buf, area, typing, cx);
        }
        buf.set_style(area, theme.input);
        let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let taken = if all > 1 { draw_right(buf, inside, &Line::styled(glyphs.select, theme.dim)) + 1 } else { 0 };
        let name = clean(&form.name);
        draw_left(buf, inside, &Line::styled(cx.look.fit(&name, inside.width.saturating_sub(taken)), theme.text));
        None
    }

    fn paint_head(&self, buf: &mut Buffer, place: Rect, group: Group, cx: &Cx) -> Option<Rect> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let (sign, tone) = match group {
            group if group.is_open() => (glyphs.open, theme.dim),
            group if group.is_lost() => (glyphs.closed_badly, theme.err),
            _ => (glyphs.closed_well, theme.ok),
        };
        let head = [Span::styled(format!("{sign} "), tone), Span::styled(group.label(), theme.title)];
        draw_left(buf, place, &Line::from_iter(head));
        if Group::of(self.object).first() == Some(&group) {
            let plural = cx.settings.object(self.object).map(|spec| spec.plural.to_lowercase()).unwrap_or_default();
            let used = draw_right(buf, place, &Line::styled(clean(&plural), theme.dim));
            if self.object == Object::DEAL {
                let beside = Rect { width: place.width.saturating_sub(used.max(COUNT)), ..place };
                draw_right(buf, beside, &Line::styled("likely", theme.dim));
            }
        }
        None
    }

    fn paint_stage(&self, buf: &mut Buffer, place: Rect, at: usize, is_cursor: bool, cx: &Cx) -> Option<Rect> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let form = self.form()?;
        let stage = form.stages.get(at)?;
        let saved = self.saved.forms.iter().flat_map(|form| &form.stages);
        let is_changed = stage.id.is_none() || !saved.into_iter().any(|known| known == stage);
        if is_changed {
            draw_left(buf, place, &Line::styled(glyphs.unsaved, theme.warn));
        }
        let first = form.stages.iter().position(|other| other.group == stage.group).unwrap_or(0);
        let number = Rect { x: place.x + SIGN.min(place.width), ..place }.intersection(place);
        draw_left(buf, number, &Line::styled((at - first + 1).to_string(), theme.dim));
        let count = stage.id.and_then(|id| self.count(id)).map_or_else(String::new, |count| count.to_string());
        draw_right(buf, place, &Line::styled(count, theme.dim));
        let typing = self.typing.as_ref().filter(|_| is_cursor);
        let mut taken = COUNT;
        let mut drawn = None;
        if self.object == Object::DEAL {
            let right = place.right().saturating_sub(COUNT);
            let area = Rect { x: right.saturating_sub(COUNT), width: COUNT, ..place };
            if let Some((_, typing)) = typing.filter(|(what, _)| *what == What::Probability) {
                drawn = caret(buf, area, typing, cx);
            } else {
                let percent = stage.probability.map_or_else(|| glyphs.nothing.to_owned(), |of| format!("{of} %"));
                draw_right(buf, area, &Line::styled(percent, theme.dim));
            }
            taken += COUNT;
        }
        let before = SIGN + NUMBER;
        let room = place.width.saturating_sub(before + taken + 1);
        let name = Rect { x: place.x + before.min(place.width), width: room, ..place };
        if let Some((_, typing)) = typing.filter(|(what, _)| *what != What::Probability) {
            // A field has a blank cell before its text.
            return caret(buf, Rect { x: name.x - 1, width: name.width + 1, ..name }, typing, cx);
        }
        let tone = if is_cursor { theme.title } else { theme.text };
        draw_left(buf, name, &Line::styled(cx.look.fit(&clean(&stage.name), room), tone));
        drawn
    }

    /// Why what is typed is not taken, in the row below it.
    fn paint_refusal(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let refusal = self.typing.as_ref().and_then(|(_, typing)| typing.refusal.as_deref());
        let (Some(refusal), Some(at)) = (refusal, self.window.screen_row()) else { return };
        let below = row(area, (at as u16 + 1).min(area.height.saturating_sub(1)));
        let said = format!("{} {}", cx.look.glyphs.error, clean(refusal));
        let line = Line::styled(cx.look.fit(&said, below.width).into_owned(), cx.look.theme.err);
        crate::ui::widgets::clear(buf, below);
        draw_left(buf, below, &line);
    }

    /// The reasons with how often each is used, and what the draft does elsewhere.
    fn paint_beside(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let mut y = 2;
        if self.is_lead()
            && let Some(reasons) = cx.settings.reasons()
        {
            let head =
                [Span::styled("Reasons ", theme.title), Span::styled(reasons.choices.len().to_string(), theme.dim)];
            draw_left(buf, row(area, y), &Line::from_iter(head));
            draw_right(buf, row(area, y), &Line::styled("used", theme.dim));
            for (at, reason) in reasons.choices.iter().enumerate() {
                y += 1;
                let line = row(area, y);
                let used = self.used(reason.id).map_or_else(String::new, |used| used.to_string());
                let taken = draw_right(buf, line, &Line::styled(used, theme.dim));
                let number = format!("{:<NUMBER$}", at + 1, NUMBER = usize::from(NUMBER));
                let room = line.width.saturating_sub(NUMBER + taken + 1);
                let label = cx.look.fit(&clean(&reason.label), room).into_owned();
                draw_left(
                    buf,
                    line,
                    &Line::from_iter([Span::styled(number, theme.dim), Span::styled(label, theme.text)]),
                );
            }
            y += 1;
            let way = [cx.look.key("R"), Span::styled(" edit reasons", theme.dim)];
            let x = area.x + NUMBER.min(area.width);
            draw_left(buf, Rect { x, width: area.right() - x, ..row(area, y) }, &Line::from_iter(way));
            y += 2;
        }
        let rest = Rect { y: (area.y + y).min(area.bottom()), height: area.height.saturating_sub(y), ..area };
        if self.paint_consequences(buf, rest, false, cx) == 0 {
            let plural = cx.settings.object(self.object).map(|spec| spec.plural.to_lowercase()).unwrap_or_default();
            draw_left(buf, row(rest, 0), &Line::styled("What deleting does", theme.title));
            let mut says = format!("A stage with {plural} asks which stage takes them.");
            if self.is_lead() {
                says.push_str(" A reason stays on the leads that carry it.");
            }
            for (y, line) in (1..rest.height).zip(wrap(&clean(&says), usize::from(rest.width))) {
                draw_left(buf, row(rest, y), &Line::styled(line, theme.dim));
            }
        }
    }

    /// What the draft does elsewhere, at the foot of an area or at its top. Gives the rows that it took.
    fn paint_consequences(&self, buf: &mut Buffer, area: Rect, at_foot: bool, cx: &Cx) -> u16 {
        let theme = cx.look.theme;
        let room = usize::from(area.width.saturating_sub(2));
        let mut lines = Vec::new();
        for sentence in self.consequences(cx) {
            let signs = std::iter::once(cx.look.glyphs.warning).chain(std::iter::repeat(" "));
            lines.extend(signs.zip(wrap(&clean(&sentence), room)).map(|(sign, line)| (sign, line.clone())));
        }
        let height = (lines.len() as u16).min(area.height);
        let from = if at_foot { area.height - height } else { 0 };
        for (y, (sign, line)) in (from..from + height).zip(&lines) {
            let said = [Span::styled(format!("{sign} "), theme.warn), Span::styled(line.as_str(), theme.text)];
            draw_left(buf, row(area, y), &Line::from_iter(said));
        }
        height
    }
}

fn caret(buf: &mut Buffer, area: Rect, typing: &super::Typing, cx: &Cx) -> Option<Rect> {
    let look = FieldLook { focused: true, ..FieldLook::default() };
    let caret = typing.field.draw(buf, area, &look, cx.look)?;
    Some(Rect::new(caret.x, caret.y, 1, 1))
}
