//! The user's config while the interface runs: read again on request, written by the settings, its last good state in
//! force.

use super::{App, Order};
use crate::config::edit::Edit;
use crate::config::{Config, Fault, News, ThemeChoice};
use crate::theme::Rgb;
use crate::ui::widgets::Toast;

/// The variable of that name.
pub fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl App {
    /// `is_asked`: the user wants to hear of it even if nothing changed.
    pub(super) fn reload_config(&mut self, is_asked: bool) {
        self.wants_news = is_asked;
        self.desk.read();
    }

    pub(super) fn configure(&mut self, edit: Edit) {
        self.desk.write(edit);
    }

    /// What came of reading or writing the file.
    pub(super) fn heard(&mut self, news: News) {
        self.desk.heard();
        let is_asked = std::mem::take(&mut self.wants_news);
        match news {
            News::Same if is_asked => {
                self.tell_faults();
                if self.scene.held.faults.is_empty() {
                    let file = self.config_file();
                    self.toast(Toast::info("The config is as it was").text(file));
                }
            }
            News::Same => self.scene.preview = None,
            News::Changed(held) => {
                let (mouse, faulty) = (self.scene.held.config.mouse, !self.scene.held.faults.is_empty());
                self.scene.held = *held;
                if self.scene.held.config.mouse != mouse {
                    self.orders.push(Order::SetMouse(!mouse));
                }
                if is_asked || faulty {
                    let file = self.config_file();
                    self.toast(Toast::ok("The config is in force").text(file));
                }
            }
            News::Faulty(held) => {
                self.scene.held.faults = held.faults;
                self.tell_faults();
            }
            News::Unwritten(sentence) => {
                self.toast(Toast::error("That could not be saved").text(sentence).way("esc", "dismiss"));
            }
        }
        self.scene.preview = None;
        self.dress();
    }

    fn config_file(&self) -> String {
        let file = self.scene.held.file.as_ref();
        file.map_or_else(|| "There is no file.".to_owned(), |file| format!("{}.", file.display()))
    }

    /// What is wrong with the file, and that it is not in force.
    pub(super) fn tell_faults(&mut self) {
        let faults = &self.scene.held.faults;
        let Some(first) = faults.first() else { return };
        let more = match faults.len() - 1 {
            0 => String::new(),
            more => format!(" {more} more after that."),
        };
        let name = self.scene.held.file.as_deref().and_then(|file| file.file_name());
        let name = name.map_or_else(|| "the config".into(), |name| name.to_string_lossy());
        let title = format!("{name} is not in force");
        let text = format!("{}.{more}", place_of(first));
        self.toast(Toast::error(title).text(text).way("esc", "dismiss"));
    }

    /// Shows how another theme looks, or the one that is set.
    pub(super) fn preview(&mut self, theme: Option<String>) {
        self.scene.preview = theme;
        self.dress();
    }

    /// Nothing is chosen from any more, and nothing chosen is on its way to the file.
    pub(super) fn end_preview(&mut self) {
        if self.scene.preview.is_some() && !self.stack.has_modal() && self.desk.is_idle() {
            self.preview(None);
        }
    }

    /// Puts on the theme and the signs that the config says.
    pub(super) fn dress(&mut self) {
        let scene = &mut self.scene;
        let config = &scene.held.config;
        scene.look.theme = match &scene.preview {
            Some(name) => config.theme_of(&ThemeChoice::named(name), &scene.ground),
            None => config.theme(&scene.ground),
        };
        scene.look.glyphs = config.glyphs(env);
    }

    /// The terminal said what it draws on; none: it was asked and did not.
    pub fn background_is(&mut self, background: Option<Rgb>) {
        self.scene.ground.background = background;
        self.scene.ground.is_silent = background.is_none();
        self.dress();
    }

    /// What the terminal's own cursor is to be coloured.
    pub fn cursor_colour(&self) -> Option<Rgb> {
        self.scene.look.theme.cursor_colour()
    }

    pub(super) fn config(&self) -> &Config {
        &self.scene.held.config
    }
}

fn place_of(fault: &Fault) -> String {
    if fault.line == 0 { capitalised(&fault.sentence) } else { fault.to_string() }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
