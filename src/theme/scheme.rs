//! Colours by the names that files of themes give them: a scheme is one of the two palettes with some of them changed. A
//! colour that files may name is a row of [`COLOURS`].

use super::palette::{Palette, READABLE};
use super::{Mode, Rgb};

/// What a line needs over the page (WCAG AA).
const VISIBLE: f32 = 3.0;

/// What a theme is made of before the depth of the terminal is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    pub name: String,
    pub mode: Mode,
    pub(super) palette: Palette,
    /// Its page is painted, whatever the terminal's background is.
    pub(super) paints: bool,
}

type Field = fn(&mut Palette) -> &mut Rgb;

const COLOURS: &[(&str, Field)] = &[
    ("text", |palette| &mut palette.text),
    ("dim", |palette| &mut palette.dim),
    ("accent", |palette| &mut palette.accent),
    ("on_accent", |palette| &mut palette.onaccent),
    ("ok", |palette| &mut palette.ok),
    ("warn", |palette| &mut palette.warn),
    ("err", |palette| &mut palette.err),
    ("cold", |palette| &mut palette.cold),
    ("ground", |palette| &mut palette.bg),
    ("surface", |palette| &mut palette.surface),
    ("raised", |palette| &mut palette.raised),
    ("cursor", |palette| &mut palette.sel),
    ("cursor_unfocused", |palette| &mut palette.selgrey),
    ("line", |palette| &mut palette.line),
    ("faint", |palette| &mut palette.faint),
    ("edge", |palette| &mut palette.edge),
    ("grey", |palette| &mut palette.tints[0]),
    ("violet", |palette| &mut palette.tints[1]),
    ("blue", |palette| &mut palette.tints[2]),
    ("green", |palette| &mut palette.tints[3]),
    ("amber", |palette| &mut palette.tints[4]),
    ("red", |palette| &mut palette.tints[5]),
];

impl Scheme {
    /// One of the two that follow the terminal's background.
    pub fn built_in(mode: Mode) -> Scheme {
        let name = match mode {
            Mode::Dark => "dark",
            Mode::Light => "light",
        };
        Scheme { name: name.to_owned(), mode, palette: Palette::of(mode), paints: false }
    }

    /// One that begins as the built-in one and paints its own page.
    pub fn based_on(mode: Mode, name: &str) -> Scheme {
        Scheme { name: name.to_owned(), paints: true, ..Scheme::built_in(mode) }
    }

    /// Changes a colour. False: none is called so.
    pub fn set(&mut self, name: &str, colour: Rgb) -> bool {
        let found = COLOURS.iter().find(|(known, _)| *known == name);
        if let Some((_, field)) = found {
            *field(&mut self.palette) = colour;
        }
        found.is_some()
    }

    /// Text that can't be read on some ground, a button or an edge that can't be seen, at either depth of shades.
    pub fn unreadable(&self) -> Vec<String> {
        let mut found = Vec::new();
        for palette in [self.palette, self.palette.indexed()] {
            for (text, ground) in palette.texts().flat_map(|text| palette.grounds().map(|ground| (text, ground))) {
                if text.contrast(ground) < READABLE {
                    found.push(format!("{text:?} on {ground:?} has {:.2}", text.contrast(ground)));
                }
            }
        }
        if self.palette.onaccent.contrast(self.palette.accent) < READABLE {
            found.push("on_accent on accent".to_owned());
        }
        if self.palette.edge.contrast(self.palette.bg) < VISIBLE {
            found.push("edge on ground".to_owned());
        }
        found
    }

    /// What [`Scheme::set`] takes.
    pub fn colours() -> impl Iterator<Item = &'static str> {
        COLOURS.iter().map(|(name, _)| *name)
    }
}
