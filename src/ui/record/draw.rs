//! The record page as it looks: the line below the breadcrumb, and its panes where they have room.

use super::facts::{self, joined};
use super::places::{Form, Part, Placed, Places};
use super::said;
use super::timeline::Pane;
use super::{Among, RecordPage};
use crate::domain::object::is;
use crate::keys::Command;
use crate::ui::Cx;
use crate::ui::cell::glyph_of;
use crate::ui::modals::log::is_logging;
use crate::ui::widgets::{Chip, EmptyState, Hint, Tab, TabBar, draw_left, draw_right, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Where the facts of the header begin, after its glyph.
const FACTS_AT: u16 = 3;
/// Cells of `‹ K  J ›`, half of which is for the record before.
pub const WAY: u16 = 8;

impl RecordPage {
    pub(super) fn draw_page(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        self.screen_height = cx.screen.height;
        self.places = Places::of(area, cx.screen, self.focus, self.side);
        self.cursor = None;
        if self.is_missing {
            let hints = [Hint::new("esc", "goes back")];
            let sentence = "This record is not there any more, or you may not see it.";
            EmptyState { sentence, hints: &hints }.draw(buf, area, cx.look);
            return;
        }
        self.draw_header(buf, cx);
        for placed in self.places.panes.clone() {
            self.draw_title(buf, placed, cx);
            let cursor = self.draw_pane(buf, placed, cx);
            self.cursor = self.cursor.or(cursor);
        }
        if self.edits.is_open() {
            self.cursor = self.edits.draw(buf, self.about.place(), area, cx);
        }
    }

    fn draw_header(&self, buf: &mut Buffer, cx: &Cx) {
        let (area, theme) = (self.places.header, cx.look.theme);
        let taken = draw_right(buf, area, &self.standing(cx));
        draw_left(buf, area, &Line::styled(glyph_of(self.id.object, cx.look.glyphs), theme.accent));
        let x = FACTS_AT.min(area.width);
        let room = area.width.saturating_sub(x + taken + if taken > 0 { 3 } else { 0 });
        let Some(detail) = &self.detail else { return };
        let company = detail.row.derived.company.as_ref().map(|(_, name)| name.as_str());
        let record = &detail.row.record;
        let facts = facts::head(record, company.or_else(|| record.text(is::COMPANY_NAME)), cx);
        draw_left(buf, Rect { x: area.x + x, width: room, ..area }, &joined(facts, room, cx));
    }

    /// `5 of 148   ‹ K  J ›`.
    fn standing(&self, cx: &Cx) -> Line<'static> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let Some(Among { at, .. }) = &self.among else { return Line::default() };
        let mut spans = Vec::new();
        if let Some(total) = self.total {
            let place = format!("{} of {}   ", said::count(at + 1), said::count(total));
            spans.push(Span::styled(place, theme.dim));
        }
        spans.extend([
            Span::styled(format!("{} ", glyphs.previous), theme.dim),
            key_of(Command::PreviousRecord, cx),
            Span::raw("  "),
            key_of(Command::NextRecord, cx),
            Span::styled(format!(" {}", glyphs.next), theme.dim),
        ]);
        Line::from(spans)
    }

    fn draw_title(&self, buf: &mut Buffer, placed: Placed, cx: &Cx) {
        let total = self.activities();
        let pane = self.pane(placed.part, cx);
        let is_timeline = placed.part == Part::Timeline;
        if is_timeline && self.places.form != Form::One {
            self.timeline.draw_tabs(buf, placed.title, total, pane);
            return;
        }
        let (tabs, active) = self.part_tabs(placed.part);
        let right = self.title_right(placed.part, cx);
        let bar = TabBar { tabs: &tabs, active, focused: pane.focused, gap: 3, signs: false, right };
        bar.draw(buf, placed.title, cx.look);
        if is_timeline && self.timeline.tab() > 0 {
            let chip = Chip::new("Type", self.timeline.tab_name());
            chip.draw_right(buf, row(placed.title, 0), cx.look);
        }
    }

    /// What adds to the panel.
    pub(super) fn title_right(&self, part: Part, cx: &Cx) -> Line<'static> {
        if part != Part::Associations || self.places.form != Form::Three {
            return Line::default();
        }
        Line::from_iter([key_of(Command::Associate, cx), Span::styled(" add", cx.look.theme.dim)])
    }

    /// The panes that a title stands for, and which of them is open.
    pub(super) fn parts(&self, part: Part) -> Vec<Part> {
        match self.places.form {
            Form::Three => vec![part],
            Form::Two => vec![Part::About, Part::Associations],
            Form::One => Part::ALL.to_vec(),
        }
    }

    pub(super) fn part_tabs(&self, part: Part) -> (Vec<Tab<'static>>, usize) {
        let parts = self.parts(part);
        let tab = |part: &Part| match part {
            Part::About => Tab::new("About"),
            Part::Timeline => Tab::new("Timeline").count(said::count(self.activities())),
            Part::Associations => Tab::new("Associations").count(said::count(self.associations.count())),
        };
        (parts.iter().map(tab).collect(), parts.iter().position(|open| *open == part).unwrap_or(0))
    }

    pub(super) fn activities(&self) -> usize {
        self.detail.as_ref().map_or(0, |detail| detail.activities)
    }

    pub(super) fn pane<'a>(&self, part: Part, cx: &'a Cx<'a>) -> Pane<'a> {
        Pane { focused: self.focus == part, here: self.id, cx }
    }

    fn draw_pane(&mut self, buf: &mut Buffer, placed: Placed, cx: &Cx) -> Option<Rect> {
        let pane = self.pane(placed.part, cx);
        let density = self.density(cx);
        let Some(detail) = &self.detail else {
            draw_left(buf, placed.body, &Line::styled(cx.look.glyphs.skeleton, cx.look.theme.dim));
            return None;
        };
        match placed.part {
            Part::About => self.about.draw(buf, placed.body, detail, &self.edits, pane),
            Part::Timeline => self.timeline.draw(buf, placed.body, density, detail.activities, pane),
            Part::Associations => {
                let record = &detail.row.record;
                let own = (record.id.object == crate::domain::id::Object::COMPANY).then(|| record.name());
                let company = own.or_else(|| detail.row.derived.company.as_ref().map(|(_, name)| name.clone()));
                self.associations.draw(buf, placed.body, company.as_deref(), pane)
            }
        }
    }

    /// Why a command can't be done now, as the middle of a sentence.
    pub(super) fn obstacle(&self, command: Command) -> Option<&'static str> {
        use super::Under;
        let is_fold = matches!(
            command,
            Command::Open
                | Command::Fold
                | Command::Unfold
                | Command::ToggleFold
                | Command::FoldAll
                | Command::UnfoldAll
                | Command::EditProperty
        );
        match command {
            Command::NextRecord | Command::PreviousRecord if self.among.is_none() => Some("not opened from a list"),
            Command::PreviousRecord if self.among.as_ref().is_some_and(|among| among.at == 0) => {
                Some("this is the first record of the list")
            }
            Command::Delete | Command::Why | Command::History | Command::ToggleFollow if self.is_missing => {
                Some("it is not there any more")
            }
            command if is_logging(command) && self.is_missing => Some("it is not there any more"),
            command if is_logging(command) && self.detail.is_none() => Some("the record is still being read"),
            Command::Why | Command::History | Command::ToggleFollow if self.detail.is_none() => {
                Some("the record is still being read")
            }
            Command::NextRecord if self.is_last() => Some("this is the last record of the list"),
            _ if is_fold && self.detail.is_none() => Some("the record is still being read"),
            Command::FoldAll | Command::UnfoldAll => self.unfoldable(command == Command::UnfoldAll),
            Command::ToggleDensity if self.timeline.is_empty() => Some("the timeline is empty"),
            Command::SelectTab(number) if usize::from(number) > super::Timeline::tabs() => {
                Some("the timeline has seven tabs")
            }
            Command::Open | Command::ToggleFold | Command::Fold | Command::Unfold => match (self.under(), command) {
                (Under::Property(_) | Under::More, Command::Open) => None,
                (Under::Nothing | Under::Property(_) | Under::More, _) => Some("there is no more of it to see"),
                (Under::Record(id), Command::Open) if id == self.id => Some("this is the record that is shown"),
                (Under::Record(_), Command::Unfold | Command::ToggleFold) => Some("a record opens with enter"),
                (Under::Foldable { unfolded: true }, Command::Unfold) => Some("it is unfolded already"),
                (Under::Foldable { unfolded: false }, Command::Fold) if self.focus != Part::Timeline => {
                    Some("it is folded already")
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn is_last(&self) -> bool {
        let among = self.among.as_ref().zip(self.total);
        among.is_some_and(|(among, total)| among.at + 1 >= total)
    }
}

/// The key of a command on this page.
fn key_of(command: Command, cx: &Cx) -> Span<'static> {
    let keys = cx.config.remap.keys(command, Some("On a record"));
    Span::styled(keys.split(" | ").next().unwrap_or_default().to_owned(), cx.look.theme.accent)
}
