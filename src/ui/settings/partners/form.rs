//! The form that registers a record for a partner (R4.4), or shares a deal with one (R4.13).

use crate::domain::change::Change;
use crate::domain::id::RecordId;
use crate::domain::when::{self, Clock};
use crate::keys::{Command, KeyMode, Keys, rows::OBJECT_FORM};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::settings::field::{FieldFrame, ROWS, WIDTH, bar};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Corner, Edit, FieldLook, Modal, TextField};
use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const MOST: usize = 100;

/// A label, and what it means.
type Field = (&'static str, &'static str);

const SHARED: &[Field] = &[("Partner", "It comes after those that the deal is shared with already.")];
const REGISTERED: &[Field] = &[
    ("Partner", "Who claims the record; your own account by itself."),
    ("From", "A day such as 1.12. or yesterday. Empty: from now on."),
    ("Until", "A day such as 30.6.2027 or in 6 months. Empty: until it is ended."),
];

pub struct PartnerForm {
    record: RecordId,
    name: String,
    fields: &'static [Field],
    texts: Vec<TextField>,
    at: usize,
    /// Why a field is not taken.
    refusal: Option<(usize, String)>,
    cursor: Option<Rect>,
}

impl PartnerForm {
    pub fn register(record: RecordId, name: &str, cx: &Cx) -> PartnerForm {
        PartnerForm::of(record, name, REGISTERED, cx)
    }

    pub fn share(deal: RecordId, name: &str, cx: &Cx) -> PartnerForm {
        PartnerForm::of(deal, name, SHARED, cx)
    }

    fn of(record: RecordId, name: &str, fields: &'static [Field], cx: &Cx) -> PartnerForm {
        let mut texts: Vec<TextField> = fields.iter().map(|_| TextField::default().limited(MOST)).collect();
        texts[0].set(&cx.settings.general.partner_account);
        PartnerForm { record, name: clean(name).into_owned(), fields, texts, at: 0, refusal: None, cursor: None }
    }

    fn moment(&self, at: usize, clock: &Clock) -> Result<Option<DateTime<Utc>>, (usize, String)> {
        let text = self.texts[at].text().trim();
        if text.is_empty() {
            return Ok(None);
        }
        let moment = when::parse_moment(text, clock).map_err(|error| (at, error.to_string()))?;
        Ok(Some(moment.at))
    }

    fn change(&self, clock: &Clock) -> Result<Change, (usize, String)> {
        let partner = self.texts[0].text().trim().to_owned();
        if partner.is_empty() {
            return Err((0, "Which partner is it".to_owned()));
        }
        if self.fields.len() == 1 {
            return Ok(Change::Share { deal: self.record, partner, share: true });
        }
        let (from, until) = (self.moment(1, clock)?, self.moment(2, clock)?);
        Ok(Change::Register { record: self.record, partner, from, until })
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.change(&cx.settings.clock(cx.now)) {
            Ok(change) => vec![Effect::Pop(Some(Answer::Do(Box::new(change))))],
            Err(refusal) => {
                self.at = refusal.0;
                self.refusal = Some(refusal);
                Vec::new()
            }
        }
    }

    fn turn(&mut self, by: usize) {
        self.at = (self.at + by) % self.fields.len();
    }

    /// What a date is taken for.
    fn understood(&self, at: usize, cx: &Cx) -> Option<String> {
        let clock = cx.settings.clock(cx.now);
        let moment = self.moment(at, &clock).ok().flatten().filter(|_| at > 0)?;
        Some(format!("{} {}", cx.look.glyphs.done, when::moment_long(moment, &clock)))
    }
}

impl Layer for PartnerForm {
    fn name(&self, _: &Cx) -> String {
        "the form of a partner".into()
    }

    fn keys(&self) -> &'static [Keys] {
        OBJECT_FORM
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => {
                if self.texts[self.at].key(*key)? == Edit::Changed {
                    self.refusal = None;
                }
            }
            Input::Paste(text) => self.texts[self.at].paste(text),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Open if self.at + 1 == self.fields.len() => return self.save(cx),
            Command::NextField | Command::Open => self.turn(1),
            Command::PreviousField => self.turn(self.fields.len() - 1),
            Command::Save => return self.save(cx),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let verb = if self.fields.len() == 1 { "Share " } else { "Register " };
        let name = cx.look.fit(&self.name, WIDTH - 30).into_owned();
        let title = Line::from_iter([Span::styled(verb, theme.dim), Span::styled(name, theme.title)]);
        let modal = Modal {
            title,
            escape: "cancel",
            size: (WIDTH, ROWS * self.fields.len() as u16 + 6),
            right: Some(Corner::Button(if self.fields.len() == 1 { "Share" } else { "Register" }, "ctrl-s")),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        self.cursor = None;
        for (at, (label, help)) in self.fields.iter().enumerate() {
            let focused = at == self.at;
            let understood = self.understood(at, cx);
            let said = match &self.refusal {
                Some((place, why)) if *place == at => Err(why.as_str()),
                _ => Ok(understood.as_deref().unwrap_or(help)),
            };
            let frame = FieldFrame { label, required: at == 0, focused, said };
            let (area, _) = frame.draw(buf, body, ROWS * at as u16, cx);
            let caret = self.texts[at].draw(buf, area, &FieldLook { focused, ..FieldLook::default() }, cx.look);
            if focused {
                self.cursor = Some(caret.map_or(bar(area), |caret| Rect::new(caret.x, caret.y, 1, 1)));
            }
        }
    }
}
