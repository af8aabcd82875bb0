//! The setup of leads as it looks: label and switch in a row, below it what it means, what was chosen on a ground of its
//! own.

use super::choices::{automation_of, parts};
use super::{RIGHT, Row, Setup, What};
use crate::domain::id::{Object, OptionId};
use crate::domain::settings::{CREATE_ON_LIFECYCLE, LIFECYCLE_ON_ASSOCIATE, STAGE_AUTOMATION, SettingKind, Spec};
use crate::ui::layer::Cx;
use crate::ui::pane::draw_scroll;
use crate::ui::settings::draft::saved;
use crate::ui::settings::draw::paint_lacking;
use crate::ui::text::clean;
use crate::ui::widgets::{RowState, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the mark of a change.
const MARK: u16 = 2;
/// Where a value stands that is more than on or off.
const VALUE_AT: u16 = 28;
/// Columns of the page, at most: a switch stands near what it switches.
const WIDTH: u16 = 88;
/// Cells of a switch with its word.
const SWITCH: u16 = 8;

/// What the value of a setting is called where it has one beside the switch.
fn asks(spec: &Spec) -> Option<&'static str> {
    match spec.key {
        CREATE_ON_LIFECYCLE => Some("Choose lifecycle stages"),
        LIFECYCLE_ON_ASSOCIATE => Some("Set lifecycle stage to"),
        STAGE_AUTOMATION => Some("Moves on to"),
        _ => None,
    }
}

impl Setup {
    pub(super) fn height(&self, what: What, cx: &Cx) -> usize {
        match what {
            What::Tab(..) => 1,
            What::Setting(spec) => {
                let is_last_locked = lock(spec, cx).is_some();
                2 + usize::from(asks(spec).is_some() && self.is_on(spec, cx)) + usize::from(is_last_locked)
            }
            What::Automation(spec, pipeline) => 2 + usize::from(self.automation_now(spec, pipeline, cx).is_some()),
        }
    }

    pub(super) fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let area = Rect { width: area.width.min(WIDTH), ..area };
        let said = paint_lacking(buf, area, RIGHT, cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        self.drawn = area;
        self.view.settle(&self.sizes, usize::from(area.height));
        let mut cursor = None;
        for seen in self.view.seen(&self.sizes) {
            let place = Rect { y: area.y + seen.y as u16, height: seen.rows as u16, ..area };
            let entry = &self.rows[seen.spot];
            if let Some(head) = entry.head.filter(|_| seen.y > 0 && seen.cut == 0) {
                let above = Rect { y: place.y - 1, height: 1, ..place };
                draw_left(buf, above, &Line::styled(head, cx.look.theme.title));
            }
            let is_cursor = self.view.cursor() == Some(seen.spot);
            if is_cursor {
                paint_row(buf, Rect { height: place.height.min(2), ..place }, RowState::Cursor { focused }, cx.look);
                cursor = Some(row(place, 0));
            }
            if seen.cut == 0 {
                self.paint_what(buf, place, entry, is_cursor, cx);
            }
        }
        let total = self.sizes.0.iter().map(|rows| rows.all()).sum();
        draw_scroll(buf, area, total, self.view.offset(&self.sizes), cx);
        cursor
    }

    fn paint_what(&self, buf: &mut Buffer, place: Rect, entry: &Row, is_cursor: bool, cx: &Cx) {
        let Row { what, help, .. } = *entry;
        let theme = cx.look.theme;
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        match what {
            What::Tab(_, label) => {
                draw_left(buf, inside, &Line::styled(label, if is_cursor { theme.title } else { theme.text }));
                let said = Line::styled(format!("{} {}", leads_to(what, cx), cx.look.glyphs.crumb), theme.text);
                draw_right(buf, inside, &said);
            }
            What::Setting(spec) => {
                self.paint_head(buf, place, spec, (spec.label, help), self.is_on(spec, cx), is_cursor, cx);
                let (before, now) = (saved(spec.key, cx), self.draft.value(spec.key, cx));
                if self.is_on(spec, cx) {
                    self.paint_value(buf, row(inside, 2), spec, (&shown(&before), &shown(&now)), cx);
                }
                if let Some(sentence) = lock(spec, cx) {
                    let line = row(place, place.height.saturating_sub(1));
                    let signed = [
                        Span::styled(format!("{} ", cx.look.glyphs.no_right), theme.warn),
                        Span::styled(cx.look.fit(&clean(&sentence), inside.width).into_owned(), theme.dim),
                    ];
                    draw_left(buf, line, &Line::from_iter(signed));
                }
            }
            What::Automation(spec, pipeline) => {
                let now = self.automation_now(spec, pipeline, cx);
                let pipelines: Vec<_> = cx.settings.pipelines_of(Object::LEAD).collect();
                let name = pipelines.iter().find(|own| own.id == pipeline).map_or("", |own| own.name.as_str());
                let label = if pipelines.len() > 1 { format!("{}: {name}", spec.label) } else { spec.label.to_owned() };
                self.paint_head(buf, place, spec, (&label, help), now.is_some(), is_cursor, cx);
                if let Some(now) = now {
                    let text = saved(spec.key, cx);
                    let before = automation_of(&text, name).map(pair).unwrap_or_default();
                    self.paint_value(buf, row(inside, 2), spec, (&before, &now), cx);
                }
            }
        }
    }

    fn automation_now(&self, spec: &Spec, pipeline: OptionId, cx: &Cx) -> Option<String> {
        let name = &cx.settings.pipeline(pipeline)?.name;
        automation_of(&self.draft.value(spec.key, cx), name).map(pair)
    }

    /// Label and switch, and what it means below.
    #[expect(clippy::too_many_arguments, reason = "they are the parts of a row")]
    fn paint_head(
        &self,
        buf: &mut Buffer,
        place: Rect,
        spec: &Spec,
        (label, help): (&str, &str),
        on: bool,
        is_cursor: bool,
        cx: &Cx,
    ) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let may = spec.right().is_held_by(cx.user);
        if self.draft.is_changed(spec.key) {
            draw_left(buf, row(place, 0), &Line::styled(glyphs.unsaved, theme.warn));
        }
        let inside = Rect { x: place.x + MARK.min(place.width), width: place.width.saturating_sub(MARK), ..place };
        let tone = match (is_cursor, may) {
            (true, _) => theme.title,
            (false, true) => theme.text,
            (false, false) => theme.dim,
        };
        let room = inside.width.saturating_sub(SWITCH);
        draw_left(buf, row(inside, 0), &Line::styled(cx.look.fit(&clean(label), room), tone));
        let (sign, word, lit) =
            if on { (glyphs.toggle_on, " On", theme.accent) } else { (glyphs.toggle_off, "Off", theme.dim) };
        let lit = if may { lit } else { theme.dim };
        let said =
            [Span::styled(format!("{sign} "), lit), Span::styled(word, if may { theme.text } else { theme.dim })];
        draw_right(buf, row(inside, 0), &Line::from_iter(said));
        let help = cx.look.fit(help, inside.width).into_owned();
        draw_left(buf, row(inside, 1), &Line::styled(help, theme.dim));
    }

    /// `was Lead, now Sales qualified lead` on the ground of a field.
    fn paint_value(&self, buf: &mut Buffer, place: Rect, spec: &Spec, (before, now): (&str, &str), cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let Some(asks) = asks(spec).filter(|_| !place.is_empty()) else { return };
        draw_left(
            buf,
            Rect { x: place.x + 2, width: place.width.saturating_sub(2), ..place },
            &Line::styled(asks, theme.dim),
        );
        let x = VALUE_AT.min(place.width);
        let area = Rect { x: place.x + x, width: place.width - x, ..place };
        if spec.right().is_held_by(cx.user) {
            buf.set_style(area, theme.input);
        }
        let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
        let taken = draw_right(buf, inside, &Line::styled(glyphs.select, theme.dim)) + 1;
        let room = inside.width.saturating_sub(taken);
        let mut spans = Vec::new();
        let was = format!("was {}, now ", clean(before));
        let is_told = self.draft.is_changed(spec.key) && !before.is_empty() && before != now;
        if is_told && was.len() + now.len() < usize::from(room) {
            spans.push(Span::styled(was, theme.dim));
        }
        spans.push(Span::styled(cx.look.fit(&clean(now), room).into_owned(), theme.text));
        draw_left(buf, Rect { width: room, ..inside }, &Line::from(spans));
    }
}

fn pair((first, second): (String, String)) -> String {
    format!("{first}, then {second}")
}

/// Several as they read in a row.
fn shown(text: &str) -> String {
    parts(text).join(" · ")
}

/// Why a setting is closed, where others of the page are open to the user: below the last one of its kind (R1.4).
fn lock(spec: &Spec, cx: &Cx) -> Option<String> {
    let is_last = super::AT_ONCE.last() == Some(&spec.key) && matches!(spec.kind, SettingKind::Toggle);
    let is_closed = RIGHT.is_held_by(cx.user) && !spec.right().is_held_by(cx.user);
    (is_last && is_closed).then(|| spec.right().wanting(&cx.settings.users))
}

/// What stands at the right of a row that opens another tab: `18 properties`, `6 fields, 2 required`.
fn leads_to(what: What, cx: &Cx) -> String {
    let counted = |count: usize, one: &str, many: &str| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
    };
    if let What::Tab("Properties", _) = what {
        let properties = cx.settings.object(Object::LEAD).into_iter().flat_map(|spec| &spec.properties);
        return counted(properties.filter(|property| !property.hidden).count(), "property", "properties");
    }
    let fields = cx.settings.form(Object::LEAD);
    let required = fields.iter().filter(|field| field.required).count();
    let fields = counted(fields.len(), "field", "fields");
    if required == 0 { fields } else { format!("{fields}, {required} required") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_values_read_as_one_row() {
        assert_eq!(shown("Lead;Customer"), "Lead · Customer");
        assert_eq!(shown("off"), "");
    }
}
