//! Where an export goes, and with which columns. The file's ending says its form.

use crate::domain::id::PropertyId;
use crate::domain::query::Query;
use crate::keys::{Command, KeyMode, Keys, rows::EXPORTING};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Edit, FieldLook, Hint, Modal, TextField, draw_left, row};
use crate::workspace::export::{ExportFile, Format, Wanted};
use crate::workspace::request::{Reply, Request};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::path::{Path, PathBuf};

const SIZE: (u16, u16) = (76, 12);
const LABELS: u16 = 10;

pub struct Export {
    query: Query,
    /// `3 contacts`.
    what: String,
    shown: Vec<PropertyId>,
    all_columns: bool,
    field: TextField,
    /// Why it was not taken.
    refusal: Option<String>,
    /// This one is there, which was said; enter replaces it.
    there: Option<PathBuf>,
    cursor: Option<Rect>,
}

/// The file that is meant, from the root on; `here` is where relative paths begin.
fn file(text: &str, here: &Path) -> Result<PathBuf, String> {
    let home = text.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    match text {
        "" => Err("Name a file, such as contacts.csv".to_owned()),
        text => std::path::absolute(home.unwrap_or_else(|| here.join(text))).map_err(|error| error.to_string()),
    }
}

impl Export {
    /// `name`: of the file, without its ending.
    pub fn new(query: Query, what: String, name: &str, shown: Vec<PropertyId>) -> Export {
        Export {
            query,
            what,
            shown,
            all_columns: false,
            field: TextField::new(&format!("{name}.csv")),
            refusal: None,
            there: None,
            cursor: None,
        }
    }

    fn enter(&mut self, cx: &Cx) -> Vec<Effect> {
        match file(self.field.text().trim(), cx.here) {
            Ok(file) if self.there.as_ref() == Some(&file) => self.export(file),
            Ok(file) => vec![Effect::Ask(0, Request::IsThere(file))],
            Err(sentence) => {
                self.refusal = Some(sentence);
                Vec::new()
            }
        }
    }

    fn export(&self, file: PathBuf) -> Vec<Effect> {
        let wanted = if self.all_columns { Wanted::All } else { Wanted::Listed(self.shown.clone()) };
        let asked = ExportFile { query: self.query.clone(), wanted, file };
        vec![Effect::Pop(Some(Answer::Export(Box::new(asked))))]
    }

    fn typed(&mut self) {
        self.refusal = None;
        self.there = None;
    }

    /// Below the field: why not, or in which form.
    fn said(&self, cx: &Cx) -> Line<'static> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        match &self.refusal {
            Some(sentence) => Line::styled(format!("{} {}", glyphs.error, clean(sentence)), theme.err),
            None => match Format::by_ending(self.field.text().trim().as_ref()) {
                Format::Csv => Line::styled("CSV with a head, one row for each record", theme.dim),
                Format::Jsonl => Line::styled("JSON lines, one object for each record", theme.dim),
                Format::Vcf => Line::styled("vCards, one for each contact, with all that cards hold", theme.dim),
            },
        }
    }
}

impl Layer for Export {
    fn name(&self, _: &Cx) -> String {
        "the export".into()
    }

    fn keys(&self) -> &'static [Keys] {
        &[EXPORTING]
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
                if self.field.key(*key)? == Edit::Changed {
                    self.typed();
                }
            }
            Input::Paste(text) => {
                self.field.paste(text);
                self.typed();
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Open => return self.enter(cx),
            Command::NextColumns => self.all_columns = !self.all_columns,
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        let Ok(file) = file(self.field.text().trim(), cx.here) else { return Vec::new() };
        match reply {
            Reply::IsThere(false) => self.export(file),
            Reply::IsThere(true) => {
                self.refusal = Some("A file of that name is there already, enter replaces it".to_owned());
                self.there = Some(file);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let enter = if self.there.is_some() { "replace it" } else { "export" };
        let hints = [Hint::new("enter", enter), Hint::new("tab", "the columns shown, or all")];
        let what = Span::styled(format!(" {}", self.what), theme.dim);
        let title = Line::from(vec![Span::styled("Export", theme.title), what]);
        let area = Modal { title, escape: "cancel", size: SIZE, hints: &hints, ..Modal::default() };
        let area = area.draw(buf, screen, cx.look);
        let beside = |y| {
            let line = row(area, y);
            Rect { x: line.x + LABELS.min(line.width), width: line.width.saturating_sub(LABELS), ..line }
        };
        draw_left(buf, row(area, 0), &Line::styled("File", theme.text));
        let look = FieldLook { focused: true, ..FieldLook::default() };
        let caret = self.field.draw(buf, beside(0), &look, cx.look);
        self.cursor = caret.map(|caret| Rect { x: caret.x, y: caret.y, width: 1, height: 1 });
        draw_left(buf, beside(1), &self.said(cx));
        draw_left(buf, row(area, 3), &Line::styled("Columns", theme.dim));
        let columns = if self.all_columns { "every property and association" } else { "those of the list" };
        draw_left(buf, beside(3), &Line::styled(columns, theme.text));
    }
}
