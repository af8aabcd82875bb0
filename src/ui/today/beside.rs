//! Beside the agenda: the record that the task under the cursor is for, with what one does it with, what the task says,
//! what was last, and what comes after.

use super::Today;
use super::draw::late;
use crate::domain::agenda::{Day, Part, Planned, PlannedKind, Stand};
use crate::domain::answer::{Detail, Item};
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;
use crate::domain::when;
use crate::ui::Cx;
use crate::ui::cell::{self, glyph_of};
use crate::ui::preview::Page;
use crate::ui::record::facts::{self, Fact, joined, running};
use crate::ui::record::{entry, said};
use crate::ui::widgets::{Tab, TabBar};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// Lines of what the task says, at most.
const TEXT: usize = 6;
const LAST: usize = 4;

pub(super) fn draw(today: &Today, buf: &mut Buffer, area: Rect, cx: &Cx) {
    let Some(item) = today.item() else { return };
    let detail = today.detail.as_ref().filter(|_| today.has_detail());
    let theme = cx.look.theme;
    let mut tabs = Vec::new();
    let mut right = Line::default();
    if let Some(detail) = detail {
        let record = &detail.row.record;
        let kind = cx.settings.object(record.id.object).map_or("", |spec| spec.singular.as_str()).to_lowercase();
        right = Line::styled(format!("{} {kind}", glyph_of(record.id.object, cx.look.glyphs)), theme.dim);
        let room = area.width.saturating_sub(right.width() as u16 + 18);
        tabs.push(Tab::new(cx.look.fit(&record.name(), room).into_owned()));
        tabs.push(Tab::new("Timeline").count(said::count(detail.activities)));
    }
    TabBar { tabs: &tabs, active: 0, focused: false, gap: 3, signs: false, right }.draw(buf, area, cx.look);
    let mut page = Page::below(buf, area, 3, cx);
    if let Some(detail) = detail {
        page.what(detail);
        page.reached(detail, item);
    }
    page.says(item);
    if let Some(detail) = detail {
        page.been_lately(detail);
    }
    page.after(today);
}

impl Page<'_, '_> {
    fn what(&mut self, detail: &Detail) {
        let company = detail.row.derived.company.as_ref().map(|(_, name)| name.as_str());
        let head = facts::head(&detail.row.record, company, self.cx);
        let line = joined(head, self.width(), self.cx);
        if line.width() > 0 {
            self.line(&line);
            self.advance(1);
        }
    }

    /// How one reaches them; what the task is done with is bold.
    fn reached(&mut self, detail: &Detail, item: &Item) {
        let kind = Planned::of(&item.activity).map(|planned| planned.kind);
        let record = &detail.row.record;
        let Some(spec) = self.cx.settings.object(record.id.object) else { return };
        let text = self.cx.look.theme.text;
        let shown: &[PropertyId] = match record.id.object {
            Object::CONTACT => &[is::PHONE, is::MOBILE, is::EMAIL],
            Object::COMPANY => &[is::PHONE, is::DOMAIN],
            Object::DEAL => &[is::AMOUNT, is::STAGE, is::CLOSE_DATE],
            Object::TICKET => &[is::PRIORITY, is::STAGE],
            Object::LEAD => &[is::LEAD_LABEL, is::STAGE],
            _ => &[],
        };
        let known = shown.iter().filter_map(|id| Some((spec.property(*id)?, record.get(*id)?)));
        let mut is_first = true;
        for (property, value) in known {
            let is_meant = match property.id {
                is::PHONE | is::MOBILE => kind == Some(PlannedKind::Call),
                is::EMAIL => kind == Some(PlannedKind::Email),
                _ => false,
            };
            let tone = if is_meant && is_first { text.add_modifier(Modifier::BOLD) } else { text };
            is_first &= !is_meant;
            let room = self.room();
            self.field(&property.label, &running(property, Some(&value), room, tone, self.cx));
        }
        self.deal(detail);
        self.advance(1);
    }

    /// The open deal that was associated last, with its amount and stage below.
    fn deal(&mut self, detail: &Detail) {
        let ties = detail.sections.iter().filter(|section| section.object == Object::DEAL).flat_map(|s| &s.ties);
        let open = ties.filter(|tie| facts::is_open(&tie.record, self.cx));
        let Some(deal) = open.max_by_key(|tie| tie.link.since) else { return };
        let name = cell::text(&deal.record.name(), &[], self.room(), self.cx.look.theme.text, self.cx);
        self.field("Deal", &name);
        let stage = facts::fact(&deal.record, is::STAGE, self.cx.look.theme.dim, self.cx);
        let mut line = facts::figure(&deal.record, self.cx).unwrap_or_default();
        line.push_span(Span::raw(if line.width() > 0 { " " } else { "" }));
        line.extend(stage.unwrap_or_default());
        self.field("", &facts::fitted(line, self.room(), self.cx));
    }

    /// When it is due, and its text.
    fn says(&mut self, item: &Item) {
        let activity = &item.activity;
        let is_task = activity.is_task();
        self.section(if is_task { "This task" } else { "This meeting" }, None);
        let room = self.width();
        let mut lines = entry::unfold(item, activity.logged_on, &[], room, self.cx);
        // Who logged it stands on its timeline.
        lines.pop();
        let about = self.about(item);
        if about.width() > 0 {
            self.line(&about);
        }
        let is_long = lines.len() > TEXT;
        for line in lines.into_iter().take(TEXT) {
            self.line(&line);
        }
        if is_long {
            self.line(&Line::styled(self.cx.look.glyphs.ellipsis, self.cx.look.theme.dim));
        }
        self.advance(1);
    }

    /// `Call · high · for Jürgen`, or how a meeting stands.
    fn about(&self, item: &Item) -> Fact {
        joined(entry::beside(item, self.cx), self.width(), self.cx)
    }

    fn been_lately(&mut self, detail: &Detail) {
        if detail.timeline.items.iter().any(|item| !entry::is_ahead(&item.activity, self.cx)) {
            self.section("Last", None);
            self.been(detail, LAST);
            self.advance(1);
        }
    }

    /// The next row of the list.
    fn after(&mut self, today: &Today) {
        let Some(next) = today.cache.get(today.row + 1).filter(|_| today.row + 1 < today.lines.rows()) else { return };
        let clock = self.cx.settings.clock(self.cx.now);
        let Some(planned) = Planned::of(&next.activity) else { return };
        if matches!(planned.stand, Stand::Done(_)) {
            return;
        }
        self.section("After this", None);
        let at = planned.stand.at();
        let when = match (Day::of(&clock).part(&planned), planned.stand) {
            (Some(Part::Overdue), _) => late(clock.today() - clock.day_of(at)),
            (_, Stand::Undated(_)) => Part::NoDate.label().to_lowercase(),
            _ if clock.day_of(at) == clock.today() => when::time_of_day(at, &clock),
            _ => when::day_long(clock.day_of(at), &clock),
        };
        let when = Line::from(Span::styled(when, self.cx.look.theme.dim));
        self.activity(&next.activity, &when);
    }
}
