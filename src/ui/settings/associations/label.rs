//! One label as a form (R5.5): how one record reads on the page of the other, and the other way where that is another
//! word. Saving is one act.

use super::Pair;
use super::draw::{head, one};
use crate::domain::change::Change;
use crate::domain::id::LabelId;
use crate::domain::label::{Label, NAME_MOST};
use crate::keys::{Command, KeyMode, Keys, rows::PROPERTY_FORM};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Corner, Edit, FieldLook, Hint, Modal, TextField, draw_left, row};
use crate::workspace::request::Reply;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (74, 13);

pub struct Labelling {
    pair: Pair,
    /// The label that is renamed; none: a new one.
    before: Option<(LabelId, String)>,
    /// How `pair.1` reads on the page of `pair.0`, and the other way; a single label has the first only.
    names: Vec<TextField>,
    at: usize,
    refusal: Option<String>,
    saving: bool,
    cursor: Option<Rect>,
}

impl Labelling {
    pub fn new(pair: Pair) -> Labelling {
        Labelling::with(pair, None, &["", ""])
    }

    pub fn of(label: &Label) -> Labelling {
        let names: Vec<&str> = [label.name.as_str()].into_iter().chain(label.inverse.as_deref()).collect();
        Labelling::with((label.from, label.to), Some((label.id, label.shown())), &names)
    }

    fn with(pair: Pair, before: Option<(LabelId, String)>, names: &[&str]) -> Labelling {
        let names = names.iter().map(|name| TextField::new(name).limited(NAME_MOST)).collect();
        Labelling { pair, before, names, at: 0, refusal: None, saving: false, cursor: None }
    }

    fn name_of(&self, at: usize) -> Option<String> {
        self.names.get(at).map(|field| field.text().trim().to_owned()).filter(|name| !name.is_empty())
    }

    fn save(&mut self) -> Vec<Effect> {
        let Some(name) = self.name_of(0) else {
            (self.at, self.refusal) = (0, Some("A label needs a name".to_owned()));
            return Vec::new();
        };
        if self.saving {
            return Vec::new();
        }
        let inverse = self.name_of(1);
        self.saving = true;
        let (from, to) = self.pair;
        vec![Effect::Perform(
            0,
            match self.before {
                Some((id, _)) => Change::SetLabel { id, name, inverse },
                None => Change::AddLabel { from, to, name, inverse },
            },
        )]
    }

    fn step(&mut self, by: usize) {
        self.at = (self.at + by) % self.names.len();
    }

    /// What each field is about.
    fn asked(&self, at: usize, cx: &Cx) -> String {
        let (of, about) = if at == 0 { self.pair } else { (self.pair.1, self.pair.0) };
        let (of, about) = (one(of, cx), one(about, cx));
        match (at, self.pair.0 == self.pair.1) {
            (0, true) => format!("For one {of} the other is"),
            (_, true) => "For the other the one is".to_owned(),
            (_, false) => format!("For a {of} a {about} is"),
        }
    }
}

impl Layer for Labelling {
    fn name(&self, _: &Cx) -> String {
        "the label".into()
    }

    fn keys(&self) -> &'static [Keys] {
        PROPERTY_FORM
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let field = &mut self.names[self.at];
        match input {
            Input::Key(key) => {
                if field.key(*key)? == Edit::Changed {
                    self.refusal = None;
                }
            }
            Input::Paste(text) => field.paste(text),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::NextField => self.step(1),
            Command::PreviousField => self.step(self.names.len() - 1),
            Command::Open if self.at + 1 < self.names.len() => self.step(1),
            Command::Open | Command::Save => return self.save(),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        self.saving = false;
        match reply {
            Reply::Done(done) => {
                let answer = Answer::Chosen(self.name_of(0).unwrap_or_default());
                vec![Effect::Toast(done::toast(&done)), Effect::Pop(Some(answer))]
            }
            Reply::Failed(failure) => {
                self.refusal = Some(failure.to_string());
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme, glyphs) = (frame.buffer_mut(), cx.look.theme, cx.look.glyphs);
        let title = match &self.before {
            Some((_, shown)) => vec![Span::styled(clean(shown).into_owned(), theme.title)],
            None => vec![
                Span::styled("New label", theme.title),
                Span::styled(format!(" of {}", head(self.pair, cx).to_lowercase()), theme.dim),
            ],
        };
        let modal = Modal {
            title: Line::from_iter(title),
            escape: "cancel",
            size: SIZE,
            hints: &[Hint::new("tab", "next"), Hint::new("enter", "next, or save")],
            right: Some(Corner::Button(if self.saving { "Saving" } else { "Save" }, "ctrl-s")),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        self.cursor = None;
        for (at, y) in (0..self.names.len()).zip((0..).step_by(2)) {
            let (asked, is_focused) = (self.asked(at, cx), at == self.at);
            let place = row(body, y);
            let width = place.width.min(30);
            let tone = if is_focused { theme.text } else { theme.dim };
            draw_left(buf, place, &Line::styled(cx.look.fit(&asked, width - 2), tone));
            let area = Rect { x: place.x + width, width: place.width - width, ..place };
            let look =
                FieldLook { focused: is_focused, prompt: None, placeholder: if at == 0 { "" } else { "the same" } };
            let caret = self.names[at].draw(buf, area, &look, cx.look).filter(|_| is_focused);
            self.cursor = caret.map(|caret| Rect::new(caret.x, caret.y, 1, 1)).or(self.cursor);
        }
        let below = self.names.len() as u16 * 2;
        let (sign, text, tone) = match &self.refusal {
            Some(refusal) => (glyphs.error, clean(refusal).into_owned(), theme.err),
            None if self.names.len() == 1 => (" ", "It reads the same both ways.".to_owned(), theme.dim),
            None => (" ", "Left empty, it reads the same both ways.".to_owned(), theme.dim),
        };
        for (y, line) in (below..).zip(wrap(&glyphs.spell(&text), usize::from(body.width.saturating_sub(2)))) {
            let sign = if y == below { sign } else { " " };
            draw_left(
                buf,
                row(body, y),
                &Line::from(vec![Span::styled(format!("{sign} "), tone), Span::styled(line, tone)]),
            );
        }
    }
}
