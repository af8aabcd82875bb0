//! **Settings > Appearance and keys > Keys**: every action with its keys, once as usual and again for each context where it
//! has others. Each change goes into the config file at once.

mod binding;
mod draw;

use super::Page;
use crate::config::edit::Edit;
use crate::domain::fold::{fold, words};
use crate::keys::remap::{Action, Remap, actions};
use crate::keys::rows::{SEARCH_BOX, SETTINGS_KEYMAP};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit as Typed, Tab, TextField, Window};
use crate::workspace::request::Reply;
use binding::Bind;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What the question about all keys answers.
const RESET: &str = "reset";

#[derive(Default)]
pub struct KeymapPage {
    /// All lines, and what they were made from.
    all: Vec<Action>,
    of: Option<Remap>,
    search: TextField,
    /// The caret is in the search box.
    typing: bool,
    /// Places in `all` that the search leaves.
    found: Vec<usize>,
    window: Window,
    drawn: Rect,
}

/// A way out keeps a key.
fn needs_a_key(command: Command) -> bool {
    matches!(command, Command::Escape | Command::Interrupt)
}

/// Where something holds: `Everywhere`, `In a list and 12 more`.
fn places_of(places: &[&str]) -> String {
    match places {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, more @ ..] => format!("{first} and {} more", more.len()),
    }
}

impl KeymapPage {
    fn action(&self) -> Option<&Action> {
        self.all.get(*self.found.get(self.window.cursor()?)?)
    }

    /// Makes the lines anew where keys were moved; the cursor stays on its action.
    fn look(&mut self, cx: &Cx) {
        let before = self.action().map(|action| (action.command, action.context));
        if self.of.as_ref() != Some(&cx.config.remap) {
            self.all = actions(&cx.config.remap);
            self.of = Some(cx.config.remap.clone());
        }
        let words = words(self.search.text());
        let holds = |action: &Action| {
            let command = action.command;
            let keys = action.keys(&cx.config.remap);
            let within = action.within.join(" ");
            let text = fold(&format!("{} {} {keys} {within}", command.title(), command.name()));
            words.iter().all(|word| text.contains(word.as_str()))
        };
        self.found = (0..self.all.len()).filter(|at| holds(&self.all[*at])).collect();
        // What is called so goes before what is only found by its keys or places.
        let is_called_so = |at: &usize| {
            let command = self.all[*at].command;
            let name = fold(&format!("{} {}", command.title(), command.name()));
            words.iter().all(|word| name.contains(word.as_str()))
        };
        self.found.sort_by_key(|at| !is_called_so(at));
        self.window.set_len(self.found.len());
        self.go_to(|action| Some((action.command, action.context)) == before);
    }

    fn go_to(&mut self, is_it: impl Fn(&Action) -> bool) {
        if let Some(at) = self.found.iter().position(|at| is_it(&self.all[*at])) {
            self.window.go_to(at);
        }
    }

    fn look_anew(&mut self, cx: &Cx) {
        self.found.clear();
        self.window.first();
        self.look(cx);
    }

    fn bind(&self, is_more: bool) -> Vec<Effect> {
        let bind = self.action().map(|action| Bind::new(action.clone(), is_more));
        bind.map(|bind| Effect::Push(Box::new(bind))).into_iter().collect()
    }

    fn write(&self, keys: Option<&str>) -> Vec<Effect> {
        let edit = self.action().map(|action| Edit::Keys {
            command: action.command,
            context: action.context,
            keys: keys.map(str::to_owned),
        });
        edit.map(Effect::Configure).into_iter().collect()
    }

    fn ask_reset() -> Vec<Effect> {
        let choices = vec![
            Choice::named("", "Keep them as they are", ""),
            Choice::named(RESET, "All keys as they were from the start", ""),
        ];
        let detail = "What was moved is taken out of the config file.";
        vec![Effect::Push(Box::new(Choose::new("All keys", detail, choices, 0)))]
    }

    fn escape(&mut self, cx: &Cx) -> Option<Vec<Effect>> {
        if !std::mem::take(&mut self.typing) {
            if self.search.is_empty() {
                return None;
            }
            self.search.set("");
            self.look(cx);
        }
        Some(Vec::new())
    }

    /// A second click on a row opens it.
    fn mouse(&mut self, mouse: MouseEvent) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(3),
            MouseEventKind::ScrollUp => self.window.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let at = self.window.at(usize::from(mouse.row - self.drawn.y))?;
                if self.window.cursor() == Some(at) {
                    return Some(self.bind(false));
                }
                self.window.go_to(at);
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}

impl Page for KeymapPage {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab::new("Keys")], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        if self.typing { &[SEARCH_BOX] } else { SETTINGS_KEYMAP }
    }

    fn mode(&self) -> KeyMode {
        if self.typing { KeyMode::Text } else { KeyMode::Normal }
    }

    fn renew(&mut self, cx: &Cx) {
        self.look(cx);
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => return self.mouse(*mouse),
            Input::Key(key) if self.typing => {
                if self.search.key(*key)? == Typed::Changed {
                    self.look_anew(cx);
                }
            }
            Input::Paste(text) if self.typing => {
                self.search.paste(text);
                self.look_anew(cx);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        let remap = &cx.config.remap;
        match command {
            Command::ResetAllKeys if remap.is_empty() => Some("all keys are as they were".into()),
            Command::Edit | Command::AddKeys | Command::Delete | Command::ResetKeys => {
                let Some(action) = self.action() else { return Some("no action is here".into()) };
                match command {
                    Command::Delete if needs_a_key(action.command) => Some("it is a way out and needs a key".into()),
                    Command::Delete if action.keys(remap).is_empty() => Some("it has no key".into()),
                    Command::ResetKeys if !action.is_moved(remap) => Some("it has the keys from the start".into()),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// They are searched here; the search of all settings would drown in them.
    fn rows(&self, _: &Cx) -> Vec<(String, String)> {
        Vec::new()
    }

    fn go_to_row(&mut self, _: &str, cx: &Cx) {
        self.look(cx);
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::Search => self.typing = true,
            Command::KeepSearch => self.typing = false,
            Command::Edit => return Some(self.bind(false)),
            Command::AddKeys => return Some(self.bind(true)),
            Command::Delete => return Some(self.write(Some(""))),
            Command::ResetKeys => return Some(self.write(None)),
            Command::ResetAllKeys => return Some(KeymapPage::ask_reset()),
            Command::Escape => return self.escape(cx),
            movement => _ = self.window.run(movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, _: Reply, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, _: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Chosen(chosen) if chosen == RESET => vec![Effect::Configure(Edit::ResetKeys)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.look(cx);
        self.paint(buf, area, focused, cx)
    }
}
