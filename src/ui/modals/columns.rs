//! The columns of a view: which, in which order, how wide, and by which its rows stand together. The list behind shows
//! each change at once.

use crate::domain::id::PropertyId;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::view::{View, ViewColumn};
use crate::keys::{Command, Keys, rows::COLUMNS};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::list::measured;
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Corner, Hint, Modal, RowState, Window, draw_left, draw_right, draw_scrollbar, paint_row, row,
};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (58, 24);
/// Cells that a column may take, and those that one key adds.
const WIDTHS: std::ops::RangeInclusive<u16> = 4..=200;
const STEP: u16 = 2;

/// A line of the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    property: PropertyId,
    shown: bool,
    width: Option<u16>,
}

pub struct ColumnsBox {
    view: View,
    /// The shown ones first, in their order.
    entries: Vec<Entry>,
    window: Window,
    drawn: Rect,
    cursor: Option<Rect>,
}

impl ColumnsBox {
    pub fn new(view: View, cx: &Cx) -> ColumnsBox {
        let entries = cx.settings.object(view.object).map(|spec| entries(&view, spec)).unwrap_or_default();
        let window = Window::new(entries.len(), 1);
        ColumnsBox { view, entries, window, drawn: Rect::ZERO, cursor: None }
    }

    fn at(&self) -> usize {
        self.window.cursor().unwrap_or(0)
    }

    fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.at())
    }

    fn property<'c>(&self, entry: Entry, cx: &'c Cx) -> Option<&'c Property> {
        cx.settings.object(self.view.object)?.property(entry.property)
    }

    fn count_shown(&self) -> usize {
        self.entries.iter().filter(|entry| entry.shown).count()
    }

    /// What is shown now is told to the list. The usual columns are none of its own.
    fn tell(&mut self, cx: &Cx) -> Vec<Effect> {
        let shown = self.entries.iter().filter(|entry| entry.shown);
        let columns: Vec<_> = shown.map(|entry| ViewColumn { property: entry.property, width: entry.width }).collect();
        let usual = cx.settings.object(self.view.object).map(|spec| &spec.columns);
        let is_usual = usual.is_some_and(|usual| {
            usual.len() == columns.len()
                && columns.iter().zip(usual).all(|(column, id)| column.width.is_none() && column.property == *id)
        });
        self.view.columns = if is_usual { Vec::new() } else { columns };
        vec![Effect::Tell(Answer::View(Box::new(self.view.clone())))]
    }

    /// Takes the column in as the last one, or out.
    fn toggle(&mut self, cx: &Cx) -> Vec<Effect> {
        let (at, shown) = (self.at(), self.count_shown());
        let mut entry = self.entries.remove(at);
        entry.shown = !entry.shown;
        let to = if entry.shown { shown } else { shown - 1 };
        self.entries.insert(to, entry);
        // The cursor goes on to what stands there now, as one ticks one after the other.
        self.window.go_to(if entry.shown { at + 1 } else { at });
        self.tell(cx)
    }

    fn shift(&mut self, by: isize, cx: &Cx) -> Vec<Effect> {
        let at = self.at();
        let to = at.saturating_add_signed(by).min(self.count_shown().saturating_sub(1));
        let entry = self.entries.remove(at);
        self.entries.insert(to, entry);
        self.window.go_to(to);
        self.tell(cx)
    }

    fn resize(&mut self, by: i32, cx: &Cx) -> Vec<Effect> {
        let at = self.at();
        let usual = self.entry().and_then(|entry| self.property(*entry, cx)).map_or(*WIDTHS.start(), measured);
        let entry = &mut self.entries[at];
        let width = i32::from(entry.width.unwrap_or(usual)) + by * i32::from(STEP);
        let width = u16::try_from(width).unwrap_or(0).clamp(*WIDTHS.start(), *WIDTHS.end());
        // As wide as it would be by itself: then it may give way again.
        entry.width = (width != usual).then_some(width);
        self.tell(cx)
    }

    fn group(&mut self, cx: &Cx) -> Vec<Effect> {
        let property = self.entry().map(|entry| entry.property);
        self.view.grouped = if self.view.grouped == property { None } else { property };
        self.tell(cx)
    }

    fn click(&mut self, column: u16, line: u16, cx: &Cx) -> Vec<Effect> {
        if !self.drawn.contains((column, line).into()) {
            return Vec::new();
        }
        let Some(place) = self.window.at(usize::from(line - self.drawn.y)) else { return Vec::new() };
        self.window.go_to(place);
        if self.blocked(Command::ShowColumn, cx).is_none() { self.toggle(cx) } else { Vec::new() }
    }

    fn paint(&mut self, frame: &mut Frame, area: Rect, cx: &Cx) {
        let (buf, theme, glyphs) = (frame.buffer_mut(), cx.look.theme, cx.look.glyphs);
        self.drawn = area;
        self.window.resize(usize::from(area.height));
        for (y, at) in (0..area.height).zip(self.window.visible()) {
            let entry = self.entries[at];
            let Some(property) = self.property(entry, cx) else { continue };
            let line = row(area, y);
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(line);
            }
            let inside = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
            let (sign, tick, tone) = match entry.shown {
                true => (glyphs.box_on, theme.accent, theme.text),
                false => (glyphs.box_off, theme.dim, theme.dim),
            };
            let group = if self.view.grouped == Some(entry.property) { "grouped" } else { "" };
            let width = match (entry.shown, entry.width) {
                (false, _) => String::new(),
                (true, Some(width)) => format!("{width} wide"),
                (true, None) => "as it needs".to_owned(),
            };
            let right = [Span::styled(group, theme.accent), Span::styled(format!("{width:>13}"), theme.dim)];
            let taken = draw_right(buf, inside, &Line::from_iter(right));
            let room = inside.width.saturating_sub(taken + 5);
            let label = cx.look.fit(&clean(&property.label), room).into_owned();
            draw_left(
                buf,
                inside,
                &Line::from_iter([Span::styled(format!("{sign} "), tick), Span::styled(label, tone)]),
            );
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
    }
}

fn entries(view: &View, spec: &ObjectSpec) -> Vec<Entry> {
    let mut entries: Vec<Entry> = view
        .shown(spec)
        .into_iter()
        .map(|(property, width)| Entry { property: property.id, shown: true, width })
        .collect();
    let rest = spec.properties.iter().filter(|property| !property.hidden);
    for property in rest {
        if entries.iter().all(|entry| entry.property != property.id) {
            entries.push(Entry { property: property.id, shown: false, width: None });
        }
    }
    entries
}

impl Layer for ColumnsBox {
    fn name(&self, _: &Cx) -> String {
        "the columns".into()
    }

    fn keys(&self) -> &'static [Keys] {
        COLUMNS
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(3),
            MouseEventKind::ScrollUp => self.window.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) => return Some(self.click(mouse.column, mouse.row, cx)),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        use Command as C;
        let entry = self.entry()?;
        let hidden = || Some("it is not shown, space shows it".to_owned());
        match command {
            C::ShowColumn if entry.shown && self.count_shown() == 1 => Some("a list needs a column".into()),
            C::MoveColumnDown | C::MoveColumnUp | C::WidenColumn | C::NarrowColumn if !entry.shown => hidden(),
            C::MoveColumnDown if self.at() + 1 == self.count_shown() => Some("it is the last column".into()),
            C::MoveColumnUp if self.at() == 0 => Some("it is the first column".into()),
            C::NarrowColumn if entry.width == Some(*WIDTHS.start()) => Some("it can't be narrower".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = i32::try_from(count.unwrap_or(1)).unwrap_or(1).min(200);
        let rows = times as isize;
        match command {
            Command::MoveDown => self.window.move_by(rows),
            Command::MoveUp => self.window.move_by(-rows),
            Command::First => self.window.first(),
            Command::Last => self.window.last(),
            Command::PageDown => self.window.page(rows),
            Command::PageUp => self.window.page(-rows),
            Command::ShowColumn => return self.toggle(cx),
            Command::MoveColumnDown => return self.shift(rows, cx),
            Command::MoveColumnUp => return self.shift(-rows, cx),
            Command::WidenColumn => return self.resize(times, cx),
            Command::NarrowColumn => return self.resize(-times, cx),
            Command::GroupBy => return self.group(cx),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let hints =
            [Hint::new("space", "show"), Hint::new("J K", "move"), Hint::new("< >", "width"), Hint::new("g", "group")];
        let shown = format!("{} shown", self.count_shown());
        let modal = Modal {
            title: Line::from_iter([
                Span::styled("Columns", theme.title),
                Span::styled(format!(" of {}", clean(&self.view.name)), theme.dim),
            ]),
            escape: "close",
            size: SIZE,
            hints: &hints,
            right: Some(Corner::Remark(&shown)),
            ..Modal::default()
        };
        let area = modal.draw(frame.buffer_mut(), screen, cx.look);
        self.paint(frame, area, cx);
    }
}
