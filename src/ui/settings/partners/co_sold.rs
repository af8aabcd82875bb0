//! Co-sold deals (R4.13): with whom they are shared, in the order that counts (R4.6), and who is in their team.

use super::form::PartnerForm;
use super::{MOST, Table, moved};
use crate::domain::answer::Row;
use crate::domain::change::Change;
use crate::domain::id::{Object, PropertyId, UserId};
use crate::domain::object::is;
use crate::domain::query::{Query, parse};
use crate::domain::user::User;
use crate::domain::value::Value;
use crate::keys::rows::SETTINGS_CO_SOLD;
use crate::keys::{Command, Keys};
use crate::ui::cell::text;
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Place};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::modals::ticks::{Tick, Ticks};
use crate::ui::record::facts::fitted;
use crate::ui::record::said;
use crate::ui::settings::Page;
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Column, EmptyState, Hint, Tab, Window};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What was asked about the deal under the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Unshare,
    First,
}

#[derive(Default)]
pub struct CoSold {
    rows: Option<Vec<Row>>,
    matching: usize,
    asked: Option<Asked>,
    window: Window,
    drawn: Rect,
}

fn columns() -> [Column<'static>; 4] {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    [
        Column { flexible: true, ..column("Deal", 18, 28, 0) },
        column("Owner", 12, 18, 1),
        column("Team", 12, 24, 2),
        column("Partners, in order", 18, 30, 3),
    ]
}

fn partners(row: &Row) -> &[String] {
    row.record.values.get(is::PARTNERS).map(Value::as_texts).unwrap_or_default()
}

fn team(row: &Row) -> &[UserId] {
    match row.record.values.get(is::DEAL_TEAM) {
        Some(Value::Users(users)) => users,
        _ => &[],
    }
}

fn query(cx: &Cx) -> Option<Query> {
    let spec = cx.settings.object(Object::DEAL)?;
    let co_sold = parse::filter("co_sold is yes", spec, &cx.reading()).ok()?;
    Some(Query { filters: vec![co_sold], ..Query::all(Object::DEAL, cx.settings.viewer(cx.user.id)) })
}

impl CoSold {
    fn deal(&self) -> Option<&Row> {
        self.rows.as_ref()?.get(self.window.cursor()?)
    }

    fn set(&self, property: PropertyId, value: Option<Value>) -> Vec<Effect> {
        let change = |deal: &Row| Change::Set { record: deal.record.id, values: vec![(property, value)] };
        self.deal().map(|deal| Effect::Perform(0, change(deal))).into_iter().collect()
    }

    /// Which of its partners is meant.
    fn choose(&mut self, asked: Asked) -> Vec<Effect> {
        self.asked = Some(asked);
        let Some(deal) = self.deal() else { return Vec::new() };
        let choice = |(at, name): (usize, &String)| Choice::placed(at, &clean(name), (at + 1).to_string());
        let choices = partners(deal).iter().enumerate().map(choice).collect();
        let (title, detail) = match asked {
            Asked::Unshare => ("Share it no longer with", "The others keep their order."),
            Asked::First => {
                ("Which partner comes first", "Sign-ups are told only while your own account is the first.")
            }
        };
        vec![Effect::Push(Box::new(Choose::new(title, detail, choices, 0)))]
    }

    fn chosen(&mut self, at: usize) -> Vec<Effect> {
        let asked = self.asked.take();
        let Some(deal) = self.deal() else { return Vec::new() };
        let Some(partner) = partners(deal).get(at).cloned() else { return Vec::new() };
        match asked {
            Some(Asked::Unshare) => {
                let change = Change::Share { deal: deal.record.id, partner, share: false };
                vec![Effect::Perform(0, change)]
            }
            Some(Asked::First) => {
                let others = partners(deal).iter().filter(|other| **other != partner).cloned();
                let all = [partner.clone()].into_iter().chain(others).collect();
                self.set(is::PARTNERS, Some(Value::Texts(all)))
            }
            None => Vec::new(),
        }
    }

    fn choose_team(&self, cx: &Cx) -> Vec<Effect> {
        let Some(deal) = self.deal() else { return Vec::new() };
        let users: Vec<_> = cx.settings.users.iter().filter(|user| user.active).collect();
        let tick = |user: &&User| Tick {
            label: clean(&user.name).into_owned(),
            aside: user.email.clone(),
            on: team(deal).contains(&user.id),
            group: "",
        };
        let ticks = users.iter().map(tick).collect();
        let ids: Vec<UserId> = users.iter().map(|user| user.id).collect();
        let record = deal.record.id;
        let answer = move |ticked: &[usize]| {
            let users: Vec<UserId> = ticked.iter().filter_map(|at| ids.get(*at).copied()).collect();
            let value = (!users.is_empty()).then_some(Value::Users(users));
            Answer::Do(Box::new(Change::Set { record, values: vec![(is::DEAL_TEAM, value)] }))
        };
        let title = ("Deal team of ", clean(&deal.record.name()).into_owned());
        vec![Effect::Push(Box::new(Ticks::new(title, "Choose", ticks, Box::new(answer))))]
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(3),
            MouseEventKind::ScrollUp => self.window.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                self.window.go_to(at);
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}

/// `1 Nordlys  2 Acme`, the workspace's own account bold.
fn in_order(row: &Row, room: u16, cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    let mut line = Line::default();
    for (at, partner) in partners(row).iter().enumerate() {
        let tone = if cx.settings.is_own_account(partner) { theme.title } else { theme.text };
        let before = if at == 0 { "" } else { "  " };
        line.push_span(Span::styled(format!("{before}{} ", at + 1), theme.dim));
        line.push_span(Span::styled(clean(partner).into_owned(), tone));
    }
    if partners(row).is_empty() {
        line.push_span(Span::styled(cx.look.glyphs.nothing, theme.dim));
    }
    fitted(line, room, cx)
}

impl Page for CoSold {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab::new("Co-sold deals").count(said::count(self.matching))], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        SETTINGS_CO_SOLD
    }

    fn renew(&mut self, _: &Cx) {}

    fn ask(&mut self, cx: &Cx) -> Vec<Effect> {
        let page = query(cx).map(|query| Request::Page { query, from: 0, limit: MOST, around: None });
        page.map(|page| Effect::Ask(0, page)).into_iter().collect()
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        use Command as C;
        if !matches!(command, C::Open | C::Share | C::Delete | C::FirstPartner | C::DealTeam) {
            return None;
        }
        let Some(deal) = self.deal() else { return Some("no deal is co-sold yet".into()) };
        match (command, partners(deal).len()) {
            (C::Delete, 0) => Some("it is shared with nobody".into()),
            (C::FirstPartner, 0 | 1) => Some("it takes two partners to have an order".into()),
            _ => None,
        }
    }

    fn rows(&self, _: &Cx) -> Vec<(String, String)> {
        Vec::new()
    }

    fn go_to_row(&mut self, _: &str, _: &Cx) {}

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        let of_deal = |act: &dyn Fn(&Row) -> Effect| self.deal().map(act).into_iter().collect::<Vec<Effect>>();
        match command {
            Command::Open => return Some(of_deal(&|deal| Effect::Go(Place::Record(deal.record.id)))),
            Command::Share => {
                let form = |deal: &Row| PartnerForm::share(deal.record.id, &deal.record.name(), cx);
                return Some(of_deal(&|deal| Effect::Push(Box::new(form(deal)))));
            }
            Command::Delete => return Some(self.choose(Asked::Unshare)),
            Command::FirstPartner => return Some(self.choose(Asked::First)),
            Command::DealTeam => return Some(self.choose_team(cx)),
            Command::Escape => return None,
            movement => moved(&mut self.window, movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match reply {
            Reply::Page(page) => {
                self.window.set_len(page.rows.len());
                (self.matching, self.rows) = (page.matching, Some(page.rows));
                Vec::new()
            }
            reply => done::told(&reply).into_iter().chain(self.ask(cx)).collect(),
        }
    }

    fn answer(&mut self, answer: Answer, _: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Picked(at) => self.chosen(at),
            Answer::Do(change) => vec![Effect::Perform(0, *change)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let theme = cx.look.theme;
        let rows = self.rows.as_ref()?;
        if rows.is_empty() {
            let sentence = "No deal is co-sold yet. A deal is when its property Co-sold says so.";
            EmptyState { sentence, hints: &[Hint::new("g d", "the deals")] }.draw(buf, area, cx.look);
            return None;
        }
        let name = |id: &UserId| cx.settings.user(*id).map(|user| clean(&user.name).into_owned());
        let cell = |at: usize, column: usize, room: u16, is_cursor: bool| {
            let deal = &rows[at];
            let owner = match deal.record.values.get(is::OWNER) {
                Some(Value::User(id)) => name(id).unwrap_or_default(),
                _ => "nobody".to_owned(),
            };
            match column {
                0 => text(&deal.record.name(), &[], room, if is_cursor { theme.title } else { theme.text }, cx),
                1 => text(&owner, &[], room, theme.dim, cx),
                2 => {
                    let team: Vec<String> = team(deal).iter().filter_map(name).collect();
                    let said = if team.is_empty() { cx.look.glyphs.nothing.to_owned() } else { team.join(", ") };
                    text(&said, &[], room, theme.dim, cx)
                }
                _ => in_order(deal, room, cx),
            }
        };
        let left = Line::styled("Sign-ups are told while your own partner account is the first.", theme.dim);
        let above = (left, Line::default());
        let table = Table { columns: &columns(), window: &mut self.window, focused, above };
        let (drawn, cursor) = table.draw(buf, area, cx, cell);
        self.drawn = drawn;
        cursor
    }
}
