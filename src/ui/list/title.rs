//! The rows above the heads: tabs, filters or the search box, the count.

use super::List;
use crate::domain::number::grouped;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::ui::layer::Cx;
use crate::ui::text::{clean, width};
use crate::ui::widgets::{Chip, ChipRow, FieldLook, Hint, NARROW, Tab, TabBar, draw_hints, draw_left, draw_right, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

const BOX: u16 = 34;
/// Cells of a filter that stands in the row of tabs.
const FOLDED: usize = 24;
/// Cells that the name of a view takes at most.
const NAME: u16 = 30;

impl List {
    /// Draws all of it. The caret, while something is searched.
    pub(super) fn paint_title(&self, buf: &mut Buffer, cx: &Cx) -> Option<Rect> {
        let place = self.filter_row();
        // In a low window the filters have a row only while something is done with them.
        if self.geometry.filters.is_none() && (self.typing || self.chip.is_some()) {
            let bare = TabBar { tabs: &[], active: 0, focused: true, gap: 3, signs: true, right: Line::default() };
            bare.draw(buf, self.geometry.pane, cx.look);
        } else {
            self.tab_bar(cx, |bar| bar.draw(buf, self.geometry.pane, cx.look));
        }
        if self.typing {
            return self.paint_box(buf, place, cx);
        }
        if self.geometry.filters.is_some() || self.chip.is_some() {
            self.chip_row(cx, |row| row.draw(buf, place, cx.look));
        }
        None
    }

    fn filter_row(&self) -> Rect {
        self.geometry.filters.unwrap_or(row(self.geometry.pane, 0))
    }

    /// Gives the bar of tabs as it is drawn now.
    pub(super) fn tab_bar<T>(&self, cx: &Cx, give: impl FnOnce(&TabBar) -> T) -> T {
        let is_narrow = cx.screen.width < NARROW;
        let tabs = self.views.tabs().iter().enumerate().map(|(at, tab)| {
            let is_short = is_narrow && at != self.views.place();
            let name = clean(if is_short { tab.short() } else { &tab.saved.name });
            let label = cx.look.fit(&name, NAME).into_owned();
            let count = tab.count.filter(|_| tab.is_counted() && !is_short).map(|count| grouped(count as u64).into());
            Tab { label: label.into(), count, changed: tab.is_changed() }
        });
        let tabs: Vec<Tab> = tabs.collect();
        let right = if self.geometry.filters.is_none() { self.folded(cx) } else { Line::default() };
        give(&TabBar {
            tabs: &tabs,
            active: self.views.place(),
            focused: self.chip.is_none(),
            gap: 3,
            signs: true,
            right,
        })
    }

    /// Gives the row of chips as it is drawn now.
    pub(super) fn chip_row<T>(&self, cx: &Cx, give: impl FnOnce(&ChipRow) -> T) -> T {
        let chips = self.chips(cx);
        let add = || Hint::new("f", "add filter");
        let hint = match self.coming(cx) {
            Some(sign) => Some(Hint::new(sign, "sort and search are coming")),
            None => (self.chip.is_none() && self.geometry.filters.is_some()).then(add),
        };
        let (count, all) = self.count(cx);
        let count = Some((count.into(), all.into()));
        give(&ChipRow { chips: &chips, focus: self.focused_chip(cx), hint, count })
    }

    /// Where the chip with the focus stands.
    pub(super) fn focused_place(&self, cx: &Cx) -> Option<Rect> {
        let (focused, _) = self.focused_chip(cx)?;
        let places = self.chip_row(cx, |row| row.places(self.filter_row(), cx.look));
        places.into_iter().find(|(chip, _)| *chip == focused).map(|(_, place)| place)
    }

    /// The chip under a cell of the screen, and whether that is its `×`.
    pub(super) fn chip_at(&self, at: Position, cx: &Cx) -> Option<(usize, bool)> {
        let is_seen = !self.typing && (self.geometry.filters.is_some() || self.chip.is_some());
        let places = if is_seen { self.chip_row(cx, |row| row.places(self.filter_row(), cx.look)) } else { Vec::new() };
        let (chip, place) = places.into_iter().find(|(_, place)| place.contains(at))?;
        Some((chip, at.x + 3 >= place.right()))
    }

    /// Filters and count as they stand at the right end of the tabs in a low window.
    fn folded(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let mut spans = Vec::new();
        if let Some(sign) = self.coming(cx) {
            spans.push(Span::styled(sign, theme.accent));
            spans.push(Span::styled(" sort is coming  ", theme.dim));
        }
        let chips = self.chips(cx);
        let label = match &chips[..] {
            [] => None,
            [Chip { any, .. }] if any.len() == 1 && width(&any[0].property) + width(&any[0].test) <= FOLDED => {
                Some(format!(" {} {} ", any[0].property, any[0].test))
            }
            [_] => Some(" 1 filter ".to_owned()),
            several => Some(format!(" {} filters ", several.len())),
        };
        if let Some(label) = label {
            spans.push(Span::styled(label, theme.text.patch(theme.raised)));
            spans.push(Span::raw("  "));
        }
        spans.extend(self.counted(cx));
        Line::from(spans)
    }

    fn counted(&self, cx: &Cx) -> [Span<'static>; 2] {
        let (count, all) = self.count(cx);
        [Span::styled(count, cx.look.theme.title), Span::styled(format!(" {all}"), cx.look.theme.dim)]
    }

    pub(super) fn paint_box(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let field = Rect { width: BOX.min(area.width), ..area };
        let look = FieldLook { focused: true, prompt: Some(Span::styled("/", theme.accent)), placeholder: "" };
        let caret = self.search.draw(buf, field, &look, cx.look);
        let taken = draw_right(buf, area, &Line::from(self.counted(cx).to_vec()));
        let beside = Rect {
            x: (field.right() + 3).min(area.right()),
            width: area.width.saturating_sub(field.width + 3 + taken + 2),
            ..area
        };
        if let Some(sign) = self.coming(cx) {
            draw_hints(buf, beside, &[Hint::new(sign, "sort and search are coming")], cx.look);
        } else if let Some(spec) = self.spec(cx) {
            draw_left(buf, beside, &Line::styled(searched(spec, beside.width), theme.dim));
        }
        caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 })
    }
}

/// `in name, e-mail, phone`: as many as there is room for.
fn searched(spec: &ObjectSpec, room: u16) -> String {
    let searched = |property: &&Property| property.searched && !property.kind.is_several();
    let mut text = String::new();
    for property in spec.properties.iter().filter(searched) {
        let before = if text.is_empty() { "in " } else { ", " };
        let more = format!("{before}{}", property.label.to_lowercase());
        if width(&text) + width(&more) > usize::from(room) {
            break;
        }
        text.push_str(&more);
    }
    text
}
