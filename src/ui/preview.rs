//! A record beside its list, in short: what it is, what comes next, what was last, what it is associated with. Which
//! properties it names is a row of [`shown_of`].

use super::layer::{Cx, Effect, Slot};
use super::record::facts::{self, Fact, fitted, joined, running, words};
use super::record::{entry, said};
use super::widgets::{SectionHead, Tab, TabBar, draw_field, draw_left, draw_right, row};
use crate::domain::activity::Activity;
use crate::domain::answer::{Detail, Section, Tie};
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::object::{ObjectSpec, is};
use crate::keys::{Command, rows};
use crate::ui::cell;
use crate::ui::cell::glyph_of;
use crate::workspace::request::{Reply, Request};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The slot of its questions, which the list passes on to [`Preview::reply`].
pub const SLOT: Slot = 200;
/// Activities that are asked for: what is ahead comes first, and some that were should follow.
const ACTIVITIES: usize = 20;
const LAST: usize = 5;
const LABELS: u16 = 14;
/// Of a stage beside an amount, sign and word.
const STAGE_MOST: u16 = 16;
/// Where text begins beside a glyph.
const TEXT_AT: u16 = 3;

#[derive(Default)]
pub struct Preview {
    id: Option<RecordId>,
    /// That of the record before, until the new answer is there.
    detail: Option<Box<Detail>>,
}

impl Preview {
    /// Shows another record, or the same anew.
    pub fn show(&mut self, id: Option<RecordId>) -> Vec<Effect> {
        self.id = id;
        if id.is_none() {
            self.detail = None;
        }
        let ask = |id| Effect::Ask(SLOT, Request::Detail { id, activities: ACTIVITIES });
        id.map(ask).into_iter().collect()
    }

    pub fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Detail(Some(detail)) if Some(detail.row.record.id) == self.id => self.detail = Some(detail),
            Reply::Detail(None) => self.detail = None,
            _ => {}
        }
    }

    /// Draws the pane: title, rule and all below them.
    pub fn draw(&self, frame: &mut Frame, area: Rect, cx: &Cx) {
        let buf = frame.buffer_mut();
        let theme = cx.look.theme;
        let key = rows::PREVIEW.iter().find(|row| row.command == Command::TogglePreview).map_or("", |row| row.keys);
        let hint = Line::from(vec![Span::styled(key, theme.dim), Span::styled(" hides", theme.dim)]);
        TabBar { tabs: &[Tab::new("Preview")], active: 0, focused: false, gap: 3, signs: false, right: hint }
            .draw(buf, area, cx.look);
        let Some(detail) = &self.detail else { return };
        let mut page = Page::below(buf, area, 3, cx);
        page.head(detail);
        page.properties(detail);
        page.next(detail);
        page.last(detail);
        page.associations(detail);
    }
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// What names a record of an object here; lifecycle and stage stand beside the name. Of leads the settings say it (R2.15).
fn shown_of(spec: &ObjectSpec, cx: &Cx) -> Vec<PropertyId> {
    let shown: &[PropertyId] = match spec.object {
        Object::CONTACT => &[is::EMAIL, is::PHONE, is::CITY, is::OWNER, is::LEAD_STATUS],
        Object::COMPANY => &[is::DOMAIN, is::PHONE, is::CITY, is::EMPLOYEES, is::OWNER],
        Object::DEAL => &[is::AMOUNT, is::CLOSE_DATE, is::DEAL_TYPE, is::OWNER],
        Object::TICKET => &[is::PRIORITY, is::CATEGORY, is::OWNER],
        Object::LEAD => &cx.settings.leads.preview,
        _ => return spec.telling().map(|property| property.id).chain([is::OWNER]).collect(),
    };
    shown.to_vec()
}

/// The pane from where the next row is drawn.
pub struct Page<'a, 'b> {
    buf: &'a mut Buffer,
    area: Rect,
    pub cx: &'a Cx<'b>,
}

impl<'a, 'b> Page<'a, 'b> {
    /// What of a pane is left below so many rows.
    pub fn below(buf: &'a mut Buffer, area: Rect, rows: u16, cx: &'a Cx<'b>) -> Self {
        Page { buf, area: below(area, rows), cx }
    }
}

impl Page<'_, '_> {
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// Cells of a value beside its label.
    pub fn room(&self) -> u16 {
        self.area.width.saturating_sub(LABELS)
    }

    pub fn advance(&mut self, rows: u16) {
        self.area = below(self.area, rows);
    }

    pub fn line(&mut self, line: &Line) {
        draw_left(self.buf, row(self.area, 0), line);
        self.advance(1);
    }

    pub fn field(&mut self, label: &str, value: &Line) {
        draw_field(self.buf, row(self.area, 0), label, LABELS, value, self.cx.look);
        self.advance(1);
    }

    /// Name and how far it is; who or what it is.
    fn head(&mut self, detail: &Detail) {
        let (record, theme) = (&detail.row.record, self.cx.look.theme);
        let half = self.area.width / 2;
        let far = [is::LIFECYCLE_STAGE, is::STAGE].into_iter().find_map(|id| {
            let property = self.cx.settings.object(record.id.object)?.property(id)?;
            let value = record.get(id)?;
            Some(cell::detail(property, Some(&value), half, theme.dim, self.cx))
        });
        let taken = draw_right(self.buf, self.area, &far.unwrap_or_default());
        let room = self.area.width.saturating_sub(taken + if taken > 0 { 2 } else { 0 });
        draw_left(self.buf, self.area, &cell::text(&record.name(), &[], room, theme.title, self.cx));
        self.advance(1);
        let company = detail.row.derived.company.as_ref().map(|(_, name)| name.as_str());
        let company = company.or_else(|| record.text(is::COMPANY_NAME)).map(|name| words(name, theme.text, self.cx));
        let own = [is::JOB_TITLE, is::INDUSTRY].into_iter().find_map(|id| facts::fact(record, id, theme.dim, self.cx));
        let line = joined(own.into_iter().chain(company), self.area.width, self.cx);
        self.line(&line);
        self.advance(1);
    }

    fn properties(&mut self, detail: &Detail) {
        let record = &detail.row.record;
        let Some(spec) = self.cx.settings.object(record.id.object) else { return };
        let text = self.cx.look.theme.text;
        for property in shown_of(spec, self.cx).into_iter().filter_map(|id| spec.property(id)) {
            let room = self.room();
            let value = match property.id {
                is::CITY => facts::town(record, text, self.cx).map(|town| fitted(town, room, self.cx)),
                id => detail.row.get(id).map(|value| running(property, Some(&value), room, text, self.cx)),
            };
            let value = value.unwrap_or_else(|| running(property, None, room, text, self.cx));
            self.field(&property.label, &value);
        }
        self.advance(1);
    }

    pub fn section(&mut self, title: &str, right: Option<String>) {
        SectionHead { unfolded: None, title, count: None, right }.draw(self.buf, row(self.area, 0), self.cx.look);
        self.advance(1);
    }

    fn next(&mut self, detail: &Detail) {
        let next = detail.timeline.items.iter().map(|item| &item.activity).find(|a| entry::is_ahead(a, self.cx));
        let Some(activity) = next else { return };
        self.section("Next", None);
        let at = entry::due(activity).or((!activity.is_open_task()).then_some(activity.at));
        let tone = entry::due(activity).map_or(self.cx.look.theme.dim, |at| said::due_tone(at, self.cx));
        let when = at.map_or_else(Line::default, |at| Line::styled(said::lately(at, self.cx), tone));
        self.activity(activity, &when);
        self.advance(1);
    }

    fn last(&mut self, detail: &Detail) {
        if detail.activities == 0 {
            return;
        }
        self.section("Last", Some(said::counted(detail.activities, "activity", "activities")));
        self.been(detail, LAST);
        self.advance(1);
    }

    /// The last activities that were.
    pub fn been(&mut self, detail: &Detail, most: usize) {
        let been = detail.timeline.items.iter().map(|item| &item.activity).filter(|a| !entry::is_ahead(a, self.cx));
        for activity in been.take(most) {
            let when = Line::styled(said::lately(activity.at, self.cx), self.cx.look.theme.dim);
            self.activity(activity, &when);
        }
    }

    pub fn activity(&mut self, activity: &Activity, when: &Line) {
        let (theme, cx) = (self.cx.look.theme, self.cx);
        let area = row(self.area, 0);
        draw_left(self.buf, area, &Line::styled(entry::glyph(activity, cx), entry::glyph_tone(activity, cx)));
        let mut line = Fact::default();
        if let Some(arrow) = entry::arrow(activity, cx) {
            line.push_span(Span::styled(format!("{arrow} "), theme.dim));
        }
        line.extend(words(&entry::title(activity), theme.text, cx));
        self.beside(area, line, when);
        self.advance(1);
    }

    /// A text after its glyph, and what stands at the right end.
    fn beside(&mut self, area: Rect, line: Fact, right: &Line) {
        let taken = draw_right(self.buf, area, right);
        let x = TEXT_AT.min(area.width);
        let room = area.width.saturating_sub(x + taken + if taken > 0 { 2 } else { 0 });
        let place = Rect { x: area.x + x, width: room, ..area };
        draw_left(self.buf, place, &fitted(line, room, self.cx));
    }

    fn associations(&mut self, detail: &Detail) {
        let own = detail.row.record.id.object;
        let mut sections: Vec<&Section> = detail.sections.iter().filter(|section| !section.ties.is_empty()).collect();
        sections.sort_by_key(|section| section.object == own);
        let ties: Vec<&Tie> = sections.iter().flat_map(|section| &section.ties).collect();
        if ties.is_empty() {
            return;
        }
        self.section("Associations", Some(said::count(ties.len())));
        let room = usize::from(self.area.height);
        let shown = if ties.len() > room { room.saturating_sub(1) } else { ties.len() };
        let words = ties[..shown].iter().filter_map(|tie| self.stage(tie)).map(|stage| stage.width()).max();
        for tie in &ties[..shown] {
            self.tie(tie, words.unwrap_or(0));
        }
        if shown < ties.len() {
            let note = format!("{} more", said::count(ties.len() - shown));
            self.beside(row(self.area, 0), Line::styled(note, self.cx.look.theme.dim), &Line::default());
        }
    }

    /// How far a record with an amount is.
    fn stage(&self, tie: &Tie) -> Option<Fact> {
        facts::figure(&tie.record, self.cx)?;
        let stage = facts::fact(&tie.record, is::STAGE, self.cx.look.theme.dim, self.cx)?;
        Some(fitted(stage, STAGE_MOST, self.cx))
    }

    /// Stages are `stage_width` cells wide, so that their signs stand below each other.
    fn tie(&mut self, tie: &Tie, stage_width: usize) {
        let (theme, cx) = (self.cx.look.theme, self.cx);
        let area = row(self.area, 0);
        draw_left(self.buf, area, &Line::styled(glyph_of(tie.record.id.object, cx.look.glyphs), theme.dim));
        let right = fitted(self.recognised(tie, stage_width), area.width * 3 / 5, cx);
        let mark = if tie.link.primary { format!(" {}", cx.look.glyphs.primary) } else { String::new() };
        let spare = TEXT_AT + mark.chars().count() as u16 + right.width() as u16 + 2;
        let name = cell::text(&tie.record.name(), &[], area.width.saturating_sub(spare), theme.text, cx);
        let mut line = name;
        line.push_span(Span::styled(mark, theme.accent));
        self.beside(area, line, &right);
        self.advance(1);
    }

    fn recognised(&self, tie: &Tie, stage_width: usize) -> Fact {
        let (theme, cx) = (self.cx.look.theme, self.cx);
        if tie.link.primary {
            let kind = cx.settings.object(tie.record.id.object).map_or("", |spec| spec.singular.as_str());
            return Line::styled(format!("primary {}", kind.to_lowercase()), theme.dim);
        }
        let Some(mut line) = facts::figure(&tie.record, cx) else {
            return joined(facts::beneath(&tie.record, None, None, cx), u16::MAX, cx);
        };
        let stage = self.stage(tie).unwrap_or_default();
        let rest = stage_width.saturating_sub(stage.width());
        line.push_span(Span::raw(" "));
        line.extend(stage);
        line.push_span(Span::raw(" ".repeat(rest)));
        line
    }
}
