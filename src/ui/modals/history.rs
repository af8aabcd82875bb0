//! What happened to a record, to one of its values or associations, or to an activity, newest first (R7.4, R3.18).

use crate::domain::answer::{HistoryWhat, Seen};
use crate::domain::change::Reason;
use crate::domain::id::{PropertyId, Ref};
use crate::domain::logging::fields;
use crate::domain::property::Property;
use crate::domain::registration::Registration;
use crate::domain::value::{Value, shown};
use crate::keys::{Command, Keys, rows::HISTORY};
use crate::ui::cell;
use crate::ui::layer::{Cx, Effect, Layer, Slot};
use crate::ui::matter::Matter;
use crate::ui::record::said;
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Align, Column, Hint, Modal, RowState, Window, draw_cell, draw_head, draw_left, draw_scrollbar, layout, paint_row,
    row,
};
use crate::workspace::request::{Reply, Request};
use crate::workspace::why::{About, Told};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (122, 26);

const WHEN: usize = 0;
const WHO: usize = 1;
const WHAT: usize = 2;
const FROM: usize = 3;
const RULE: usize = 4;

pub struct History {
    matter: Matter,
    told: Option<Vec<Told>>,
    window: Window,
    /// Where the rows were drawn last.
    rows: Rect,
    cursor: Option<Rect>,
}

impl History {
    /// Asks; about nothing there is no history.
    pub fn about(matter: Option<Matter>) -> Vec<Effect> {
        let history =
            |matter| History { matter, told: None, window: Window::default(), rows: Rect::ZERO, cursor: None };
        matter.map(|matter| Effect::Push(Box::new(history(matter)))).into_iter().collect()
    }

    fn row(&self) -> Option<&Told> {
        self.told.as_ref()?.get(self.window.cursor()?)
    }

    fn take(&mut self, mut told: Vec<Told>) {
        match self.matter.about {
            About::Itself => {}
            // Of an activity all its associations are of interest (R3.18).
            About::With(_) if matches!(self.matter.of, Ref::Activity(_)) => {}
            About::Value(id) => {
                let first = told
                    .iter()
                    .rfind(|told| matches!(&told.entry.what, HistoryWhat::Changed { property, .. } if *property == id));
                // Whether the record was made with it: what it held before its first change, else what it holds.
                let was_given = match first.map(|told| &told.entry.what) {
                    Some(HistoryWhat::Changed { old, .. }) => old.is_some(),
                    _ => self.matter.value.is_some(),
                };
                told.retain(|told| match &told.entry.what {
                    HistoryWhat::Changed { property, .. } => *property == id,
                    HistoryWhat::Created => was_given,
                    _ => false,
                });
            }
            About::With(other) => told.retain(|told| match &told.entry.what {
                HistoryWhat::Associated { with, .. } | HistoryWhat::Relabelled { with, .. } => *with == other,
                HistoryWhat::Dissociated { from } => *from == other,
                _ => false,
            }),
        }
        self.window.set_len(told.len());
        self.told = Some(told);
    }

    /// What an entry says, and its values.
    fn what(&self, told: &Told, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let other = || told.other.as_deref().map_or_else(|| "(erased)".to_owned(), |name| clean(name).into_owned());
        let said = |verb: &str, other: String| {
            Line::from(vec![Span::styled(format!("{verb} "), theme.dim), Span::styled(other, theme.text)])
        };
        match &told.entry.what {
            HistoryWhat::Created => {
                let given = matches!(self.matter.about, About::Value(_)).then(|| self.first_value(cx)).flatten();
                let word = if given.is_some() { "made with " } else { "made" };
                let value = Span::styled(given.unwrap_or_default(), theme.text);
                Line::from(vec![Span::styled(word, theme.dim), value])
            }
            HistoryWhat::Deleted => Line::styled("deleted", theme.text),
            HistoryWhat::Restored => Line::styled("restored", theme.text),
            HistoryWhat::Associated { seen, .. } => {
                let words = as_words(seen, cx);
                said("associated with", if words.is_empty() { other() } else { format!("{} ({words})", other()) })
            }
            HistoryWhat::Dissociated { .. } => said("taken off", other()),
            HistoryWhat::Relabelled { old, new, .. } => {
                let glyphs = cx.look.glyphs;
                let text = |seen| Some(as_words(seen, cx)).filter(|words| !words.is_empty());
                let text = |seen| text(seen).unwrap_or_else(|| glyphs.nothing.to_owned());
                Line::from(vec![
                    Span::styled(format!("{} ", other()), theme.dim),
                    Span::styled(text(old), theme.dim),
                    Span::styled(format!(" {} ", glyphs.outgoing), theme.dim),
                    Span::styled(text(new), theme.text),
                ])
            }
            HistoryWhat::Changed { property, old, new } => {
                let label = format!("{} ", label_of(self.matter.of, *property, cx));
                let label = if self.matter.about == About::Value(*property) { String::new() } else { label };
                from_to(label, [old, new], |value| written(self.matter.of, *property, value, cx), cx)
            }
            HistoryWhat::Edited { field, old, new } => {
                let text = |value: &Value| clean(&fields::shown(value, cx.settings, cx.now)).into_owned();
                from_to(format!("{} ", field.replace('_', " ")), [old, new], text, cx)
            }
            HistoryWhat::Pinned(Some(_)) => Line::styled("pinned an activity", theme.text),
            HistoryWhat::Pinned(None) => Line::styled("unpinned an activity", theme.text),
            HistoryWhat::Registered { old, new } => {
                let partners = |all: &[Registration]| {
                    let partners: Vec<&str> = all.iter().map(|one| one.partner.as_str()).collect();
                    (!partners.is_empty()).then(|| Value::Text(partners.join(", ")))
                };
                let text = |value: &Value| clean(value.as_text().unwrap_or_default()).into_owned();
                from_to("registrations ".to_owned(), [&partners(old), &partners(new)], text, cx)
            }
            HistoryWhat::Followed(true) => Line::styled("follows it", theme.text),
            HistoryWhat::Followed(false) => Line::styled("follows it no more", theme.text),
        }
    }

    fn first_value(&self, cx: &Cx) -> Option<String> {
        let first = self.told.iter().flatten().rev().find_map(|told| match &told.entry.what {
            HistoryWhat::Changed { property, old, .. } => Some((*property, old.as_ref())),
            _ => None,
        });
        match first {
            Some((property, old)) => old.map(|old| written(self.matter.of, property, old, cx)),
            None => self.matter.value.clone(),
        }
    }

    fn scroll(&mut self, rows: isize) -> Vec<Effect> {
        self.window.scroll(rows);
        Vec::new()
    }

    fn draw_rows(&mut self, buf: &mut ratatui::buffer::Buffer, body: Rect, cx: &Cx) {
        let theme = cx.look.theme;
        let columns = columns();
        let placed = layout(&columns, body.width);
        draw_head(buf, row(body, 0), &columns, &placed, &[], cx.look);
        self.rows = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        self.window.resize(usize::from(self.rows.height));
        self.cursor = None;
        for (y, at) in (0..self.rows.height).zip(self.window.visible()) {
            let line = row(self.rows, y);
            let Some(told) = self.told.iter().flatten().nth(at) else { break };
            let entry = &told.entry;
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(line);
            }
            for place in &placed {
                let cell = match place.column {
                    WHEN => Line::styled(said::moment(entry.at, place.width, cx), theme.text),
                    WHO => cell::text(&said::author(entry.by, cx), &[], place.width, theme.dim, cx),
                    WHAT => crate::ui::record::facts::fitted(self.what(told, cx), place.width, cx),
                    FROM => Line::styled(entry.origin.label(), theme.dim),
                    RULE => match &entry.why {
                        Reason::Asked => Line::default(),
                        Reason::Rule(rule, _) => Line::styled(rule.to_string(), theme.dim),
                    },
                    _ => Line::styled(said::count(entry.act.0 as usize), theme.dim),
                };
                draw_cell(buf, line, *place, columns[place.column].align, &cell);
            }
        }
        draw_scrollbar(buf, self.rows, &self.window, cx.look);
    }
}

fn columns() -> [Column<'static>; 6] {
    let column = |title: &'static str, min, ideal, gives_way| Column {
        title: title.into(),
        min,
        ideal,
        gives_way,
        ..Column::default()
    };
    [
        column("When", 12, 17, 0),
        column("Who", 9, 12, 3),
        Column { flexible: true, ..column("What", 40, 50, 0) },
        column("From", 12, 12, 1),
        column("Rule", 5, 5, 2),
        Column { align: Align::Right, ..column("Act", 5, 6, 4) },
    ]
}

/// What an associated record is to the one that is looked at: `Manager, primary`.
pub fn as_words(seen: &Seen, cx: &Cx) -> String {
    clean(&seen.words(cx.settings).join(", ")).into_owned()
}

fn property<'a>(of: Ref, id: PropertyId, cx: &'a Cx) -> Option<&'a Property> {
    let Ref::Record(record) = of else { return None };
    cx.settings.object(record.object)?.property(id)
}

/// The label of a property of something.
pub fn label_of(of: Ref, id: PropertyId, cx: &Cx) -> String {
    property(of, id, cx).map_or_else(|| format!("property {}", id.0), |property| clean(&property.label).into_owned())
}

/// `Stage New → Connected`.
fn from_to(label: String, [old, new]: [&Option<Value>; 2], text: impl Fn(&Value) -> String, cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    let text = |value: &Option<Value>| value.as_ref().map_or_else(|| cx.look.glyphs.nothing.to_owned(), &text);
    Line::from(vec![
        Span::styled(label, theme.dim),
        Span::styled(text(old), theme.dim),
        Span::styled(format!(" {} ", cx.look.glyphs.outgoing), theme.dim),
        Span::styled(text(new), theme.text),
    ])
}

/// A value of something as it is shown.
pub fn written(of: Ref, id: PropertyId, value: &Value, cx: &Cx) -> String {
    let text = property(of, id, cx).map(|property| shown(property, value, cx.settings, cx.now));
    clean(&text.unwrap_or_default()).into_owned()
}

impl Layer for History {
    fn name(&self, _: &Cx) -> String {
        "the history".into()
    }

    fn keys(&self) -> &'static [Keys] {
        HISTORY
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        vec![Effect::Ask(0, Request::History(self.matter.of))]
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => Some(self.scroll(3)),
            MouseEventKind::ScrollUp => Some(self.scroll(-3)),
            MouseEventKind::Down(MouseButton::Left) if self.rows.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.rows.y))?;
                self.window.go_to(at);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        (command == Command::Open && self.row().is_none()).then(|| "there is no act to go to".to_owned())
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::Open => return self.row().map(|told| Effect::GoToAct(told.entry.act)).into_iter().collect(),
            Command::Escape => return vec![Effect::Pop(None)],
            movement => _ = self.window.run(movement, count),
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match reply {
            Reply::History(told) => {
                self.take(told);
                Vec::new()
            }
            Reply::Failed(_) => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let subject = format!(" of {}", clean(&self.matter.subject));
        let subject = cx.look.fit(&subject, SIZE.0.min(screen.width * 85 / 100).saturating_sub(26));
        let title = [Span::styled("History", theme.title), Span::styled(subject, theme.dim)];
        let rows = self.window.len().max(1) as u16;
        let hints = [Hint::new("enter", "to the act"), Hint::new("j k", "down, up")];
        let modal = Modal {
            title: Line::from_iter(title),
            escape: "close",
            size: (SIZE.0, (rows + 7).clamp(12, SIZE.1)),
            hints: if rows > 0 { &hints } else { &[] },
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        match &self.told {
            None => _ = draw_left(buf, body, &Line::styled(cx.look.glyphs.skeleton, theme.dim)),
            Some(told) if told.is_empty() => {
                draw_left(buf, body, &Line::styled("Nothing happened to it yet.", theme.dim));
            }
            Some(_) => self.draw_rows(buf, body, cx),
        }
    }
}
