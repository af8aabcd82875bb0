//! What the user wrote in `config.toml`: how the program looks and which keys it has. Reading says of each mistake the line
//! and what to do. A key is a row of [`options::OPTIONS`], those of the keymap are read in `keymap`, themes in `themes`.

pub mod edit;
mod file;
mod keymap;
mod near;
pub mod options;
#[cfg(test)]
mod tests;
mod themes;

use crate::glyphs::{self, Glyphs};
use crate::keys::remap::Remap;
use crate::theme::{Ground, Mode, Scheme, Theme};
pub use file::{Desk, Held, News, default_file};
use std::ops::Range;
use toml_edit::{Document, Item, TableLike};

/// What is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {sentence}")]
pub struct Fault {
    /// From 1; 0 for a file that could not be read at all.
    pub line: usize,
    pub sentence: String,
}

/// Which theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the terminal is.
    #[default]
    Auto,
    Named(String),
    /// One for a light terminal, one for a dark one.
    Both {
        light: String,
        dark: String,
    },
}

impl ThemeChoice {
    /// By its name; `auto` is none.
    pub fn named(name: &str) -> ThemeChoice {
        if name == AUTO { ThemeChoice::Auto } else { ThemeChoice::Named(name.to_owned()) }
    }
}

/// What follows the terminal is called so.
pub const AUTO: &str = "auto";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GlyphChoice {
    /// As the locale can show.
    #[default]
    Auto,
    Unicode,
    Ascii,
}

/// How much room a timeline gives to an entry, where the user did not turn it there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DensityChoice {
    /// As the window is high.
    #[default]
    Auto,
    Comfortable,
    Compact,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub theme: ThemeChoice,
    pub glyphs: GlyphChoice,
    pub mouse: bool,
    pub footer: bool,
    /// What turns stands still.
    pub reduced_motion: bool,
    pub density: DensityChoice,
    pub remap: Remap,
    /// All themes there are, the built-in ones first.
    pub schemes: Vec<Scheme>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            theme: ThemeChoice::default(),
            glyphs: GlyphChoice::default(),
            mouse: true,
            footer: true,
            reduced_motion: false,
            density: DensityChoice::default(),
            remap: Remap::default(),
            schemes: themes::built_in().to_vec(),
        }
    }
}

impl Config {
    /// Reads the text of a file. `own`: names and texts of the user's own themes.
    pub fn read(text: &str, own: &[(String, String)]) -> Result<Config, Vec<Fault>> {
        let document = Document::parse(text).map_err(|error| vec![Fault::of_toml(text, &error)])?;
        let mut faults = Vec::new();
        let mut config = Config::default();
        themes::add(&mut config.schemes, own, &mut faults);
        let mut reader = Reader { text, faults };
        for (name, item) in document.as_table() {
            let at = document.as_table().key(name).and_then(toml_edit::Key::span);
            if name == KEYS {
                keymap::read(item, &mut config.remap, &mut reader);
            } else if let Err(sentence) = options::take(name, item, &mut config) {
                reader.fault(item.span().filter(|_| options::is_one(name)).or(at), sentence);
            }
        }
        if reader.faults.is_empty() { Ok(config) } else { Err(reader.faults) }
    }

    pub fn scheme(&self, name: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }

    /// How it looks on that ground.
    pub fn theme(&self, ground: &Ground) -> Theme {
        self.theme_of(&self.theme, ground)
    }

    /// How it looks there with another choice.
    pub fn theme_of(&self, choice: &ThemeChoice, ground: &Ground) -> Theme {
        let name = match (choice, ground.mode()) {
            (ThemeChoice::Auto, _) => None,
            (ThemeChoice::Named(name), _) => Some(name),
            (ThemeChoice::Both { light, .. }, Mode::Light) => Some(light),
            (ThemeChoice::Both { dark, .. }, Mode::Dark) => Some(dark),
        };
        match name.and_then(|name| self.scheme(name)) {
            Some(scheme) => ground.theme(scheme, true),
            None => ground.theme(&Scheme::built_in(ground.mode()), false),
        }
    }

    pub fn glyphs(&self, env: impl Fn(&str) -> Option<String>) -> &'static Glyphs {
        match self.glyphs {
            GlyphChoice::Auto => Glyphs::detect(env),
            GlyphChoice::Unicode => &glyphs::UNICODE,
            GlyphChoice::Ascii => &glyphs::ASCII,
        }
    }
}

/// The table of keys.
const KEYS: &str = "keys";

/// Collects what is wrong in a text.
struct Reader<'t> {
    text: &'t str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: Option<Range<usize>>, sentence: String) {
        self.faults.push(Fault { line: line_of(self.text, at), sentence });
    }
}

impl Fault {
    fn of_toml(text: &str, error: &toml_edit::TomlError) -> Fault {
        let said = error.message().lines().next().unwrap_or_default().trim_end_matches('.');
        let sentence = format!("this is not TOML: {said}. Values are written as `theme = \"dark\"`");
        Fault { line: line_of(text, error.span()), sentence }
    }
}

/// From 1.
fn line_of(text: &str, at: Option<Range<usize>>) -> usize {
    let before = at.map_or(0, |at| at.start.min(text.len()));
    text.bytes().take(before).filter(|byte| *byte == b'\n').count() + 1
}

/// Where a name of a table stands.
fn span_of(table: &dyn TableLike, name: &str) -> Option<Range<usize>> {
    table.get_key_value(name).and_then(|(key, _)| key.span())
}

/// What a value is, for those who wrote another one.
fn kind_of(item: &Item) -> &'static str {
    match item.type_name() {
        "string" => "text",
        "array" => "a list",
        "table" | "inline table" | "array of tables" => "a table",
        "boolean" => "true or false",
        _ => "a number or date",
    }
}
