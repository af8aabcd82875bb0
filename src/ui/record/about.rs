//! The pane of properties: what is known of a record, in groups, and how much was tried lately.

mod chosen;
mod groups;

use super::column::{Column, Rows, Sizes, View, moved};
use super::facts::{Fact, running};
use super::following;
use super::lead::{self, Said};
use super::pane::{draw_scroll, text_row};
use super::said;
use super::timeline::{Pane, Under};
use crate::domain::answer::{Detail, Outreach};
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;
use crate::domain::property::Kind;
use crate::domain::value::{Value, shown};
use crate::domain::when;
use crate::keys::Command;
use crate::ui::Cx;
use crate::ui::edit::InPlace;
use crate::ui::text::{clean, width, wrap};
use crate::ui::widgets::{RowState, draw_left, draw_right, paint_row, row};
use chosen::{Field, chosen, hidden};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::collections::HashSet;
use std::time::Duration;

/// Cells of the labels, with the blank one after them: at least, and of the pane at most.
const LABEL_LEAST: u16 = 12;
const LABEL_MOST: u16 = 18;
/// Lines of a long text that is not unfolded.
const LONG_TEXT: usize = 4;

/// A row of the pane, one or more lines high.
struct Row {
    gap: usize,
    what: What,
}

enum What {
    Field {
        id: PropertyId,
        label: String,
        lines: Vec<Fact>,
        fold: Fold,
    },
    /// A long text below its label.
    Text {
        id: PropertyId,
        label: String,
        lines: Vec<Fact>,
        fold: Fold,
    },
    Title(String),
    /// What is told about the record without being a property of it.
    Told {
        label: String,
        line: Fact,
    },
    /// What stands for the properties that are not shown.
    More(usize),
    Bar {
        glyph: &'static str,
        label: &'static str,
        count: usize,
        most: usize,
    },
}

/// Whether there is more of a value than is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    /// All of it is seen anyway.
    None,
    Folded,
    Unfolded,
}

#[derive(Default)]
pub struct About {
    /// Values that are shown whole.
    unfolded: HashSet<PropertyId>,
    rows: Vec<Row>,
    sizes: Sizes,
    label_width: u16,
    view: View<usize>,
    /// Where the value of the cursor's row was drawn last.
    place: Rect,
}

impl About {
    /// For another record; what was unfolded stays so.
    pub fn reset(&mut self) {
        self.view = View::default();
    }

    pub fn under(&self) -> Under {
        match self.view.cursor().and_then(|at| self.rows.get(at)).map(|row| &row.what) {
            Some(What::Field { fold, .. } | What::Text { fold, .. }) if *fold != Fold::None => {
                Under::Foldable { unfolded: *fold == Fold::Unfolded }
            }
            Some(What::Field { id, .. } | What::Text { id, .. }) => Under::Property(*id),
            Some(What::More(_)) => Under::More,
            _ => Under::Nothing,
        }
    }

    /// The property under the cursor.
    pub fn property(&self) -> Option<PropertyId> {
        self.view.cursor().and_then(|at| self.rows.get(at)?.what.property())
    }

    /// The next property after one, or the one before, of those that `can`.
    pub fn beside(&self, id: PropertyId, forward: bool, can: impl Fn(&PropertyId) -> bool) -> Option<PropertyId> {
        let at = self.rows.iter().position(|row| row.what.property() == Some(id))?;
        let ids = |rows: &[Row]| rows.iter().filter_map(|row| row.what.property()).filter(&can).collect::<Vec<_>>();
        if forward { ids(&self.rows[at + 1..]).first().copied() } else { ids(&self.rows[..at]).last().copied() }
    }

    /// Where the value of the cursor's row stands.
    pub fn place(&self) -> Rect {
        self.place
    }

    pub fn run(&mut self, command: Command, count: Option<u32>) -> bool {
        moved(&mut self.view, &self.sizes, command, count)
    }

    pub fn scroll(&mut self, rows: isize) {
        self.view.scroll(&self.sizes, rows);
    }

    /// Puts the cursor where was clicked; true if it was there already.
    pub fn click(&mut self, row: usize) -> Option<bool> {
        let spot = self.view.at(&self.sizes, row)?.spot;
        let again = self.view.cursor() == Some(spot);
        self.view.go_to(&self.sizes, spot);
        Some(again)
    }

    pub fn set_fold(&mut self, unfold: bool) {
        let row = self.view.cursor().and_then(|at| self.rows.get(at));
        let Some(What::Field { id, .. } | What::Text { id, .. }) = row.map(|row| &row.what) else { return };
        if unfold {
            self.unfolded.insert(*id);
        } else {
            self.unfolded.remove(id);
        }
    }

    /// Whether folding or unfolding all would change anything.
    pub fn can_fold(&self, unfold: bool) -> bool {
        if unfold { self.foldable().any(|id| !self.unfolded.contains(&id)) } else { !self.unfolded.is_empty() }
    }

    pub fn fold_all(&mut self, unfold: bool) {
        self.unfolded = if unfold { self.foldable().collect() } else { HashSet::new() };
    }

    fn foldable(&self) -> impl Iterator<Item = PropertyId> {
        self.rows.iter().filter_map(|row| match &row.what {
            What::Field { id, .. } | What::Text { id, .. } => Some(*id),
            _ => None,
        })
    }

    /// Draws what is on the screen, and gives the cursor's row.
    pub fn draw(&mut self, buf: &mut Buffer, area: Rect, detail: &Detail, edits: &InPlace, pane: Pane) -> Option<Rect> {
        self.put_together(detail, edits, area.width, pane.cx);
        let edited = edits.at().filter(|(record, _)| *record == detail.row.record.id).map(|(_, property)| property);
        let row_of = |id| self.rows.iter().position(|row| row.what.property() == Some(id));
        if let Some(at) = edited.and_then(row_of) {
            self.view.put_cursor(at);
        }
        self.view.settle(&self.sizes, usize::from(area.height));
        let mut cursor = None;
        for seen in self.view.seen(&self.sizes) {
            let place = Rect { y: area.y + seen.y as u16, height: seen.rows as u16, ..area };
            if pane.focused && self.view.cursor() == Some(seen.spot) {
                paint_row(buf, place, RowState::Cursor { focused: true }, pane.cx.look);
                cursor = Some(row(place, 0));
                self.place = self.rows[seen.spot].what.place(place, self.label_width);
            }
            self.draw_row(buf, place, seen.cut, &self.rows[seen.spot].what, pane.cx);
        }
        draw_scroll(buf, area, self.sizes.total(), self.view.offset(&self.sizes), pane.cx);
        cursor
    }

    fn put_together(&mut self, detail: &Detail, edits: &InPlace, width: u16, cx: &Cx) {
        let chosen = chosen(detail, edits, cx);
        let hidden = hidden(detail, &chosen, cx);
        let widest = chosen.iter().flatten().map(|field| field.label.chars().count() as u16 + 1).max().unwrap_or(0);
        self.label_width = widest.clamp(LABEL_LEAST, LABEL_MOST.min((width / 2).max(LABEL_LEAST)));
        let mut rows = Vec::new();
        let mut long = Vec::new();
        for group in chosen {
            let begins = rows.len();
            for field in group {
                let gap = usize::from(rows.len() == begins && begins > 0);
                match field.property.kind {
                    Kind::LongText => long.push(self.long_text(&field, width, cx)),
                    _ => rows.push(Row { gap, what: self.field(&field, width, cx) }),
                }
            }
        }
        let room = width.saturating_sub(self.label_width);
        rows.extend(told("Owners", lead::owners(detail, room, cx)));
        rows.extend(told("Time in stages", lead::stages(detail, room, cx)));
        rows.extend(told("Followers", following::followers(detail, room, cx)));
        rows.extend(outreach(detail, cx));
        rows.extend(long);
        if hidden > 0 {
            rows.push(Row { gap: 1, what: What::More(hidden) });
        }
        self.sizes = Sizes(rows.iter().map(|row| Rows { gap: row.gap, own: row.what.height() }).collect());
        self.rows = rows;
    }

    fn field(&self, field: &Field, width: u16, cx: &Cx) -> What {
        let room = width.saturating_sub(self.label_width);
        let Field { property, value, .. } = field;
        let tone = if field.pending { cx.look.theme.dim } else { tone(property.id, value.as_ref(), cx) };
        let (id, label) = (property.id, field.label.clone());
        if let Some(Value::Time(at)) = value {
            let lines = vec![Line::styled(said::moment(*at, room, cx), tone)];
            return What::Field { id, label, lines, fold: Fold::None };
        }
        let mut line = running(property, value.as_ref(), room, tone, cx);
        if field.pending {
            let turning = Duration::from_millis(cx.now.timestamp_millis().unsigned_abs());
            line.push_span(Span::styled(format!(" {}", cx.look.spinner(turning)), cx.look.theme.accent));
            return What::Field { id, label, lines: vec![line], fold: Fold::None };
        }
        let whole = value.as_ref().map(|value| clean(&shown(property, value, cx.settings, cx.now)).into_owned());
        let is_cut = whole.as_ref().is_some_and(|whole| is_cut(&line, whole));
        let (lines, fold) = match whole {
            Some(whole) if is_cut && self.unfolded.contains(&id) => {
                let lines = wrap(&whole, usize::from(room));
                (lines.into_iter().map(|line| Line::styled(line, tone)).collect(), Fold::Unfolded)
            }
            _ => (vec![line], if is_cut { Fold::Folded } else { Fold::None }),
        };
        What::Field { id, label, lines, fold }
    }

    fn long_text(&self, field: &Field, width: u16, cx: &Cx) -> Row {
        let text = field.value.as_ref().and_then(Value::as_text).unwrap_or_default();
        let mut lines = wrap(text.trim(), usize::from(width));
        let id = field.property.id;
        let fold = match (lines.len() > LONG_TEXT, self.unfolded.contains(&id)) {
            (false, _) => Fold::None,
            (true, false) => Fold::Folded,
            (true, true) => Fold::Unfolded,
        };
        if fold == Fold::Folded {
            lines.truncate(LONG_TEXT);
            if let Some(last) = lines.last_mut() {
                let cut = format!("{last}{}", " ".repeat(usize::from(width)));
                *last = cx.look.fit(&cut, width).into_owned();
            }
        }
        let lines = lines.into_iter().map(|line| Line::styled(line, cx.look.theme.text)).collect();
        Row { gap: 1, what: What::Text { id, label: field.label.clone(), lines, fold } }
    }

    fn draw_row(&self, buf: &mut Buffer, area: Rect, cut: usize, what: &What, cx: &Cx) {
        let theme = cx.look.theme;
        match what {
            What::More(count) => {
                let more = format!(
                    "{} {}{}",
                    cx.look.glyphs.folded,
                    said::counted(*count, "more property", "more properties"),
                    cx.look.glyphs.ellipsis
                );
                draw_left(buf, area, &Line::styled(more, theme.dim));
            }
            What::Title(title) => {
                draw_left(buf, area, &Line::styled(title.as_str(), theme.title));
            }
            What::Told { label, line } => {
                let label = cx.look.fit(label, self.label_width.saturating_sub(1));
                draw_left(buf, area, &Line::styled(label, theme.dim));
                draw_left(buf, text_row(area, self.label_width, 0), line);
            }
            What::Field { label, lines, .. } => {
                let label = if cut == 0 { cx.look.fit(label, self.label_width.saturating_sub(1)) } else { "".into() };
                draw_left(buf, area, &Line::styled(label, theme.dim));
                for (y, line) in (0..area.height).zip(lines.iter().skip(cut)) {
                    draw_left(buf, text_row(area, self.label_width, y), line);
                }
            }
            What::Text { label, lines, .. } => {
                let label = Line::styled(label.as_str(), theme.title);
                let all = std::iter::once(&label).chain(lines);
                for (y, line) in (0..area.height).zip(all.skip(cut)) {
                    draw_left(buf, row(area, y), line);
                }
            }
            What::Bar { glyph, label, count, most } => {
                draw_left(buf, area, &Line::from(vec![Span::styled(*glyph, theme.dim)]));
                draw_left(buf, text_row(area, 3, 0), &Line::styled(*label, theme.dim));
                let number = said::count(*count);
                draw_right(buf, area, &Line::styled(number, theme.text));
                let place = text_row(area, self.label_width, 0);
                let room = usize::from(place.width).saturating_sub(width(&said::count(*most)) + 2);
                let cells = (count * room).div_ceil((*most).max(1));
                draw_left(buf, place, &Line::styled(cx.look.glyphs.rule_heavy.repeat(cells), theme.edge));
            }
        }
    }
}

impl What {
    fn property(&self) -> Option<PropertyId> {
        match self {
            What::Field { id, .. } | What::Text { id, .. } => Some(*id),
            What::Title(_) | What::Told { .. } | What::More(_) | What::Bar { .. } => None,
        }
    }

    /// Where in the row's place its value stands.
    fn place(&self, area: Rect, label_width: u16) -> Rect {
        match self {
            What::Text { .. } => Rect { y: area.y + 1, ..area },
            _ => text_row(area, label_width, 0),
        }
    }

    fn height(&self) -> usize {
        match self {
            What::Field { lines, .. } => lines.len(),
            What::Text { lines, .. } => lines.len() + 1,
            What::Title(_) | What::Told { .. } | What::More(_) | What::Bar { .. } => 1,
        }
    }
}

fn tone(id: PropertyId, value: Option<&Value>, cx: &Cx) -> ratatui::style::Style {
    match value {
        Some(Value::Time(at)) if id == is::NEXT_ACTIVITY => said::due_tone(*at, cx),
        _ => cx.look.theme.text,
    }
}

/// Whether a line shows less than the whole text.
fn is_cut(line: &Line, whole: &str) -> bool {
    let shown: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    !shown.ends_with(whole)
}

fn told(title: &str, said: Vec<Said>) -> impl Iterator<Item = Row> {
    let title = (!said.is_empty()).then(|| What::Title(title.to_owned()));
    let lines = said.into_iter().map(|(label, line)| What::Told { label, line });
    title.into_iter().chain(lines).enumerate().map(|(at, what)| Row { gap: usize::from(at == 0), what })
}

/// Of a lead all that was ever done (R2.12), of others what was done of late.
fn outreach(detail: &Detail, cx: &Cx) -> Vec<Row> {
    let clock = cx.settings.clock(cx.now);
    let (title, counted) = match detail.reached.first {
        Some(first) if detail.row.record.id.object == Object::LEAD => {
            (format!("Outreach since {}", when::day_short(clock.day_of(first), &clock)), detail.reached.outreach)
        }
        _ => (format!("Outreach, {} days", Outreach::DAYS), detail.outreach),
    };
    let Outreach { calls, emails, meetings, messages } = counted;
    let most = calls.max(emails).max(meetings).max(messages);
    if most == 0 {
        return Vec::new();
    }
    let glyphs = cx.look.glyphs;
    let title = What::Title(title);
    let bars = [
        (glyphs.call, "Calls", calls),
        (glyphs.email, "E-mails", emails),
        (glyphs.meeting, "Meetings", meetings),
        (glyphs.linkedin, "Messages", messages),
    ];
    let bars = bars.map(|(glyph, label, count)| What::Bar { glyph, label, count, most });
    std::iter::once(title).chain(bars).enumerate().map(|(at, what)| Row { gap: usize::from(at == 0), what }).collect()
}
