//! The rows above the heads: tabs, filters or the search box, the count.

use super::List;
use crate::domain::number::grouped;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::ui::layer::Cx;
use crate::ui::text::width;
use crate::ui::widgets::{Chip, ChipRow, FieldLook, Hint, NARROW, Tab, TabBar, draw_hints, draw_left, draw_right, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const BOX: u16 = 34;
/// Cells that a search takes in a chip at most.
const WORD: u16 = 30;

impl List {
    /// Draws all of it. The caret, while something is searched.
    pub(super) fn paint_title(&self, buf: &mut Buffer, cx: &Cx) -> Option<Rect> {
        let tabs = row(self.geometry.pane, 0);
        match self.geometry.filters {
            Some(filters) => {
                self.tab_bar(cx, |bar| bar.draw(buf, self.geometry.pane, cx.look));
                if self.typing {
                    return self.paint_box(buf, filters, cx);
                }
                self.paint_filters(buf, filters, cx);
                None
            }
            None if self.typing => {
                let bare = TabBar { tabs: &[], active: 0, focused: true, gap: 3, right: Line::default() };
                bare.draw(buf, self.geometry.pane, cx.look);
                self.paint_box(buf, tabs, cx)
            }
            None => {
                self.tab_bar(cx, |bar| bar.draw(buf, self.geometry.pane, cx.look));
                None
            }
        }
    }

    /// Gives the bar of tabs as it is drawn now.
    pub(super) fn tab_bar<T>(&self, cx: &Cx, give: impl FnOnce(&TabBar) -> T) -> T {
        let is_narrow = cx.screen.width < NARROW;
        let tabs = self.views.iter().zip(&self.counts).enumerate().map(|(at, (view, count))| {
            let is_short = is_narrow && at != self.view;
            let label = if is_short { view.short } else { view.label.as_str() };
            let count = count.filter(|_| view.is_counted && !is_short).map(|count| grouped(count as u64).into());
            Tab { label: label.into(), count, changed: view.is_changed() }
        });
        let tabs: Vec<Tab> = tabs.collect();
        let right = if self.geometry.filters.is_none() { self.folded(cx) } else { Line::default() };
        give(&TabBar { tabs: &tabs, active: self.view, focused: true, gap: 3, right })
    }

    fn chips(&self, cx: &Cx) -> Vec<Chip<'_>> {
        let chip = |property: &'static str, test: String| Chip {
            property: property.into(),
            test: test.into(),
            removable: false,
        };
        let owner = self.view().filter(|view| view.is_own).map(|_| chip("Owner", "is me".into()));
        let word = cx.look.fit(self.search.text().trim(), WORD).into_owned();
        let search = (!word.is_empty()).then(|| Chip { removable: true, ..chip("Search", word) });
        owner.into_iter().chain(search).collect()
    }

    /// Where the chip of the search stands, which a click takes away.
    pub(super) fn search_chip(&self, cx: &Cx) -> Option<Rect> {
        let filters = self.geometry.filters.filter(|_| !self.typing)?;
        let chips = self.chips(cx);
        let (search, before) = chips.split_last().filter(|(last, _)| last.removable)?;
        let cells = |chip: &Chip| (width(&chip.property) + width(&chip.test)) as u16 + 3;
        let x = filters.x + before.iter().map(|chip| cells(chip) + 1).sum::<u16>();
        Some(Rect { x, width: cells(search) + 2, ..filters }.intersection(filters))
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
            [one] => Some(format!(" {} {} ", one.property, one.test)),
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

    fn paint_filters(&self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        let chips = self.chips(cx);
        let hint = self.coming(cx).map(|sign| Hint::new(sign, "sort and search are coming"));
        let (count, all) = self.count(cx);
        ChipRow { chips: &chips, hint, count: Some((count.into(), all.into())) }.draw(buf, area, cx.look);
    }

    fn paint_box(&self, buf: &mut Buffer, area: Rect, cx: &Cx) -> Option<Rect> {
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
