//! An activity edited by its fields, as they are written (R3.1); its text goes to $EDITOR from the timeline. Which fields
//! there are is in `amend/fields.rs`.

mod fields;

use crate::domain::activity::Activity;
use crate::domain::change::Change;
use crate::keys::{Command, KeyMode, Keys, rows::AMENDING};
use crate::ui::done;
use crate::ui::layer::{Cx, Effect, Layer, Slot};
use crate::ui::record::entry;
use crate::ui::terminal::Input;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Corner, Edit, FieldLook, Hint, Modal, TextField, draw_field, draw_left, row};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEventKind};
use fields::{Field, MOST, edit};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 72;
/// Cells of the labels.
const LABELS: u16 = 14;
const SAVE: Slot = 0;

/// A field with what is typed into it.
struct Row {
    field: Field,
    text: TextField,
    /// Why it was refused.
    refusal: Option<String>,
}

pub struct Amend {
    activity: Activity,
    rows: Vec<Row>,
    at: usize,
    /// Why the whole was not saved.
    refusal: Option<String>,
    saving: bool,
    drawn: Rect,
    cursor: Option<Rect>,
}

impl Amend {
    pub fn new(activity: &Activity, cx: &Cx) -> Amend {
        let row = |field: Field| {
            let text = TextField::default().limited(MOST).with(&field.written(activity, cx));
            Row { field, text, refusal: None }
        };
        let rows = Field::all_of(activity.kind).into_iter().map(row).collect();
        let activity = activity.clone();
        Amend { activity, rows, at: 0, refusal: None, saving: false, drawn: Rect::ZERO, cursor: None }
    }

    /// Saves what is written otherwise than it was; goes to the first that can't be read.
    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        let written: Vec<_> = self.rows.iter().map(|row| (row.field, row.text.text().to_owned())).collect();
        match edit(&self.activity, &written, cx) {
            Ok(edit) => {
                self.saving = true;
                let (activity, attach, detach) = (self.activity.id, Vec::new(), Vec::new());
                vec![Effect::Perform(SAVE, Change::Amend { activity, edit: Box::new(edit), attach, detach })]
            }
            Err((at, sentence)) => {
                self.at = at;
                self.rows[at].refusal = Some(sentence);
                Vec::new()
            }
        }
    }

    fn turn(&mut self, by: isize) {
        self.at = (self.at as isize + by).rem_euclid(self.rows.len() as isize) as usize;
    }

    fn paint(&mut self, buf: &mut Buffer, area: Rect, cx: &Cx) {
        self.drawn = area;
        self.cursor = None;
        let beside =
            |line: Rect| Rect { x: line.x + LABELS.min(line.width), width: line.width.saturating_sub(LABELS), ..line };
        for (y, (at, one)) in (0..area.height).zip(self.rows.iter().enumerate()) {
            let line = row(area, y);
            draw_field(buf, line, one.field.label(), LABELS, &Line::default(), cx.look);
            let look = FieldLook { focused: at == self.at, prompt: None, placeholder: "" };
            let caret = one.text.draw(buf, beside(line), &look, cx.look).filter(|_| at == self.at);
            self.cursor = self.cursor.or(caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1)));
        }
        let theme = cx.look.theme;
        let refusal = self.rows[self.at].refusal.as_ref().or(self.refusal.as_ref());
        let (sign, tone, text) = match refusal {
            Some(refusal) => (cx.look.glyphs.error, theme.text, refusal.as_str()),
            None => (" ", theme.dim, self.rows[self.at].field.hint()),
        };
        let from = self.rows.len() as u16 + 1;
        let lines = wrap(&clean(&cx.look.glyphs.spell(text)), usize::from(area.width.saturating_sub(LABELS + 3)));
        for (y, line) in (from..area.height).zip(lines) {
            let sign = if y == from { sign } else { " " };
            let spans = [Span::styled(format!("{sign} "), theme.err), Span::styled(line, tone)];
            draw_left(buf, beside(row(area, y)), &Line::from_iter(spans));
        }
    }
}

impl Layer for Amend {
    fn name(&self, _: &Cx) -> String {
        "the form of an activity".into()
    }

    fn keys(&self) -> &'static [Keys] {
        AMENDING
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let row = &mut self.rows[self.at];
        match input {
            Input::Key(key) => {
                if row.text.key(*key)? == Edit::Kept {
                    return Some(Vec::new());
                }
            }
            Input::Paste(text) => row.text.paste(text),
            Input::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
                let at = usize::from(mouse.row.checked_sub(self.drawn.y)?);
                self.at = Some(at).filter(|at| *at < self.rows.len())?;
                return Some(Vec::new());
            }
            _ => return None,
        }
        row.refusal = None;
        self.refusal = None;
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        (command == Command::Agree && self.saving).then(|| "it is being saved".into())
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Agree => return self.save(cx),
            Command::NextField => self.turn(1),
            Command::PreviousField => self.turn(-1),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match &reply {
            Reply::Failed(failure) => {
                self.saving = false;
                self.refusal = Some(failure.to_string());
                Vec::new()
            }
            Reply::Done(_) => {
                let mut effects = vec![Effect::Pop(None)];
                effects.extend(done::told(&reply));
                effects
            }
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let title = [
            Span::styled(format!("Edit {}", self.activity.kind.row().one), theme.title),
            Span::styled(format!("  {} ", entry::glyph(&self.activity, cx)), theme.dim),
            Span::styled(cx.look.fit(&entry::title(&self.activity), 30).into_owned(), theme.dim),
        ];
        let modal = Modal {
            title: Line::from_iter(title),
            escape: "cancel",
            size: (WIDTH, self.rows.len() as u16 + 9),
            hints: &[Hint::new("tab", "next field")],
            right: Some(Corner::Button("Save", "enter")),
            ..Modal::default()
        };
        let area = modal.draw(buf, screen, cx.look);
        self.paint(buf, area, cx);
    }
}
