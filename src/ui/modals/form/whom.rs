//! Whom a new record is associated with: companies and contacts by words, likely ones first, namesakes told
//! apart as in the picker of a record.

use crate::domain::candidate::Picking;
use crate::domain::fold::words;
use crate::domain::id::{Object, RecordId};
use crate::domain::logging::past::FROM;
use crate::keys::{Command, KeyMode, Keys, rows::ADD_GOAL};
use crate::ui::cell;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::modals::picker::offers::{Offer, Offers, plural};
use crate::ui::modals::picker::telling::{short, toned};
use crate::ui::pane::draw_scroll;
use crate::ui::record::facts::joined;
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Edit, FieldLook, Hint, Modal, NARROW, RowState, Tab, TabBar, TextField, draw_left, paint_row, row,
};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use uuid::Uuid;

const FOUND: Slot = 0;
/// Candidates that are found at most.
const MOST: usize = 50;
const SIZE: (u16, u16) = (84, 28);
/// Cells of a name beside its facts.
const NAME: u16 = 28;

pub struct Whom {
    /// Of the new record.
    object: Object,
    tab: usize,
    field: TextField,
    offers: Offers,
    /// Enter was pressed before the answer: it means the first one that comes.
    owes: bool,
    tabs: Rect,
    list: Rect,
    cursor: Option<Rect>,
}

impl Whom {
    pub fn new(object: Object) -> Whom {
        Whom {
            object,
            tab: 0,
            field: TextField::default().limited(200),
            offers: Offers::default(),
            owes: false,
            tabs: Rect::ZERO,
            list: Rect::ZERO,
            cursor: None,
        }
    }

    fn ask(&mut self) -> Vec<Effect> {
        self.offers.awaits = true;
        let text = self.field.text().to_owned();
        // The record is not there yet: what is near it rests on what the user did.
        let one = RecordId::new(self.object, Uuid::nil());
        let picking = Picking { one, to: FROM[self.tab], text, limit: MOST, similar: false };
        vec![Effect::Ask(FOUND, Request::Candidates(Box::new(picking)))]
    }

    fn searched(&mut self) -> Vec<Effect> {
        self.offers.first();
        self.ask()
    }

    fn turn_to(&mut self, tab: usize) -> Vec<Effect> {
        self.tab = tab;
        self.offers = Offers::default();
        self.ask()
    }

    fn choose(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.offers.awaits {
            self.owes = true;
            return Vec::new();
        }
        let row = self.offers.current().map(|candidate| &candidate.row);
        let answer = row.map(|row| Answer::Named(row.record.id, row.record.name(), short(row, cx)));
        answer.map(|answer| Effect::Pop(Some(answer))).into_iter().collect()
    }

    fn tab_bar<R>(&self, cx: &Cx, act: impl FnOnce(&TabBar) -> R) -> R {
        let named = |object: &Object| {
            let plural = cx.settings.object(*object).map_or("Records", |spec| spec.plural.as_str());
            Tab::new(clean(plural))
        };
        let tabs: Vec<Tab> = FROM.iter().map(named).collect();
        let gap = if cx.screen.width < NARROW { 2 } else { 3 };
        act(&TabBar { tabs: &tabs, active: self.tab, focused: true, gap, signs: true, right: Line::default() })
    }

    fn paint_list(&mut self, buf: &mut Buffer, cx: &Cx) {
        let area = self.list;
        let words = words(self.field.text());
        if self.offers.is_empty() && !self.offers.awaits {
            let objects = plural(FROM[self.tab], cx);
            let said = if words.is_empty() {
                format!("There are no {objects} yet. esc leaves it out")
            } else {
                format!("No {objects} hold these words. tab looks in the others")
            };
            draw_left(buf, area, &Line::styled(said, cx.look.theme.dim));
        }
        for place in self.offers.seen(area.height, cx) {
            let rows = Rect { y: area.y + place.y as u16, height: place.rows as u16, ..area };
            let Some(offer) = self.offers.get(place.spot) else { continue };
            let head = offer.group.head().filter(|_| self.offers.is_first(place.spot) && place.y > 0 && place.cut == 0);
            if let Some(head) = head {
                draw_left(buf, Rect { y: rows.y - 1, height: 1, ..area }, &Line::styled(head, cx.look.theme.dim));
            }
            let is_cursor = self.offers.cursor() == Some(place.spot);
            if is_cursor {
                paint_row(buf, rows, RowState::Cursor { focused: true }, cx.look);
            }
            let inside = Rect { x: rows.x + 1, width: rows.width.saturating_sub(2), ..rows };
            let lines = lines(offer, &words, is_cursor, inside.width, cx);
            for (y, line) in (0..inside.height).zip(&lines[place.cut.min(2)..]) {
                draw_left(buf, row(inside, y), line);
            }
        }
        let (total, offset) = self.offers.extent();
        draw_scroll(buf, area, total, offset, cx);
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = (mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.offers.scroll(1),
            MouseEventKind::ScrollUp => self.offers.scroll(-1),
            MouseEventKind::Down(MouseButton::Left) => {
                if let Some(tab) = self.tab_bar(cx, |bar| bar.at(self.tabs, at)) {
                    return Some(self.turn_to(tab));
                }
                if self.list.contains(at.into()) && self.offers.click(usize::from(at.1 - self.list.y)) {
                    return Some(self.choose(cx));
                }
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}

/// A candidate in two rows: name with what tells it from its namesakes, then the rest.
fn lines(offer: &Offer, words: &[String], is_cursor: bool, room: u16, cx: &Cx) -> [Line<'static>; 2] {
    let tone = if is_cursor { cx.look.theme.title } else { cx.look.theme.text };
    let facts = |line| toned(&offer.facts, &offer.bright, line, cx);
    let name = offer.candidate.row.record.name();
    if cx.screen.width < NARROW {
        let all: Vec<_> = facts(0).into_iter().chain(facts(1)).collect();
        let mut second = Line::raw("  ");
        second.extend(joined(all, room.saturating_sub(2), cx));
        return [Line::from_iter(cell::text(&name, words, room, tone, cx)), second];
    }
    let name = cell::text(&name, words, NAME - 1, tone, cx);
    let pad = usize::from(NAME).saturating_sub(name.width());
    let mut first = Line::from_iter(name);
    first.push_span(Span::raw(" ".repeat(pad)));
    first.extend(joined(facts(0), room.saturating_sub(NAME), cx));
    let mut second = Line::raw(" ".repeat(usize::from(NAME)));
    second.extend(joined(facts(1), room.saturating_sub(NAME), cx));
    [first, second]
}

impl Layer for Whom {
    fn name(&self, cx: &Cx) -> String {
        format!("whom a new {} is associated with", super::with::onto(self.object, cx))
    }

    fn keys(&self) -> &'static [Keys] {
        ADD_GOAL
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        self.ask()
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => match self.field.key(*key)? {
                Edit::Changed => Some(self.searched()),
                Edit::Kept => Some(Vec::new()),
            },
            Input::Paste(text) => {
                self.field.paste(text);
                Some(self.searched())
            }
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let nothing = command == Command::Open && !self.offers.awaits && self.offers.current().is_none();
        nothing.then(|| "no record is found, esc closes".to_owned())
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Open => return self.choose(cx),
            // There are two.
            Command::NextScope | Command::PreviousScope => return self.turn_to((self.tab + 1) % FROM.len()),
            Command::Escape => return vec![Effect::Pop(None)],
            movement => _ = self.offers.run(movement, count),
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        let Reply::Candidates(found) = reply else {
            self.offers.awaits = false;
            return Vec::new();
        };
        self.offers.take(found);
        self.offers.arrange(&[], Vec::new(), &words(self.field.text()), false, cx);
        if std::mem::take(&mut self.owes) { self.choose(cx) } else { Vec::new() }
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Sorted(_) | Reply::Changed(_)) { self.ask() } else { Vec::new() }
    }

    fn spins(&self) -> bool {
        self.offers.is_coming()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let what = super::with::onto(self.object, cx);
        let hints = [Hint::new("enter", "add"), Hint::new("tab", "companies or contacts")];
        let modal = Modal {
            title: Line::from_iter([
                Span::styled("Associate with", theme.title),
                Span::styled(format!(" the new {what}"), theme.dim),
            ]),
            escape: "cancel",
            size: SIZE,
            hints: &hints,
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        self.tabs = Rect { height: area.height.min(2), ..area };
        self.tab_bar(cx, |bar| bar.draw(buf, self.tabs, cx.look));
        let prompt = Some(Span::styled("/", theme.accent));
        let look = FieldLook { focused: true, prompt, placeholder: "a name, an e-mail, a domain" };
        let caret = self.field.draw(buf, row(area, 3), &look, cx.look);
        self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1));
        let above = 5.min(area.height);
        self.list = Rect { y: area.y + above, height: area.height - above, ..area };
        self.paint_list(buf, cx);
    }
}
