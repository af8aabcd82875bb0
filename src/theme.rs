//! Styles by meaning, for every depth of colour a terminal may have; the only place that names a colour.
//! A new meaning is a field of `Theme` and its line in `styles`.

mod ask;
mod depth;
mod dim;
mod ground;
mod palette;
mod rgb;
mod scheme;
#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};

pub use ask::ask_terminal;
pub use depth::{ColorChoice, Depth};
pub use dim::even_out;
pub use ground::Ground;
use palette::Palette;
pub use rgb::Rgb;
pub use scheme::Scheme;

/// Dark or light text ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    #[default]
    Dark,
    Light,
}

impl Mode {
    /// What `COLORFGBG` says, which some terminals set to `text;ground` in the 16 colours.
    pub fn from_env(env: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let value = env("COLORFGBG")?;
        let ground: u8 = value.rsplit(';').next()?.parse().ok()?;
        match ground {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }

    pub fn of(background: Rgb) -> Self {
        if background.contrast(Rgb::BLACK) < background.contrast(Rgb::WHITE) { Self::Dark } else { Self::Light }
    }
}

/// Ready-made styles. Those of text set only the foreground, those of grounds only the background, so they can be
/// laid over each other; with 16 colours and without any, grounds become attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    pub mode: Mode,
    pub depth: Depth,
    palette: Palette,

    /// What a frame is filled with first.
    pub page: Style,
    pub text: Style,
    pub dim: Style,
    pub accent: Style,
    pub ok: Style,
    pub warn: Style,
    pub err: Style,
    pub cold: Style,
    /// The signs of options, in the order of their colours: grey, violet, blue, green, amber, red.
    pub tints: [Style; 6],
    /// Rules.
    pub line: Style,
    /// The unfocused tab's piece of the rule and the crumbs' `›`: never text.
    pub faint: Style,
    /// Borders of what floats, and bars of charts.
    pub edge: Style,

    pub surface: Style,
    pub raised: Style,
    /// The cursor row of the pane with the focus.
    pub sel: Style,
    /// The cursor row of a pane without it.
    pub selgrey: Style,

    pub title: Style,
    pub strong_accent: Style,
    /// A letter that the search found.
    pub hit: Style,
    /// The primary button, "N selected", a pending prefix.
    pub button: Style,
    pub caret: Style,
    /// The ground of a text field.
    pub input: Style,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(Mode::Dark, Depth::TrueColour, None)
    }
}

impl Theme {
    /// `background` is the terminal's own, where it was asked for: shades are mixed from it when it is far from the
    /// assumed one, and the page is painted when it leaves too little contrast.
    pub fn new(mode: Mode, depth: Depth, background: Option<Rgb>) -> Self {
        Self::of(&Scheme::built_in(mode), depth, background)
    }

    /// A scheme at that depth. One that paints its page knows its ground.
    pub fn of(scheme: &Scheme, depth: Depth, background: Option<Rgb>) -> Self {
        let mode = scheme.mode;
        let (palette, painted) = scheme.palette.over(background.filter(|_| !scheme.paints));
        match depth {
            Depth::TrueColour => Self::shaded(mode, depth, palette, painted),
            Depth::Indexed => Self::shaded(mode, depth, palette.indexed(), painted),
            Depth::Named => Self::named(mode, palette),
            Depth::Colourless => Self::colourless(mode, palette),
        }
    }

    fn shaded(mode: Mode, depth: Depth, palette: Palette, painted: bool) -> Self {
        let colour = |rgb: Rgb| depth.colour(rgb);
        let fg = |rgb| Style::new().fg(colour(rgb));
        let bg = |rgb| Style::new().bg(colour(rgb));
        let text = fg(palette.text);
        let accent = fg(palette.accent);
        let on_accent = fg(palette.onaccent).bg(colour(palette.accent));
        Self {
            mode,
            depth,
            page: if painted { text.patch(bg(palette.bg)) } else { text },
            text,
            dim: fg(palette.dim),
            accent,
            ok: fg(palette.ok),
            warn: fg(palette.warn),
            err: fg(palette.err),
            cold: fg(palette.cold),
            tints: palette.tints.map(fg),
            line: fg(palette.line),
            faint: fg(palette.faint),
            edge: fg(palette.edge),
            surface: bg(palette.surface),
            raised: bg(palette.raised),
            sel: bg(palette.sel),
            selgrey: bg(palette.selgrey),
            title: text.add_modifier(Modifier::BOLD),
            strong_accent: accent.add_modifier(Modifier::BOLD),
            hit: accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            button: on_accent.add_modifier(Modifier::BOLD),
            caret: on_accent,
            input: bg(palette.raised),
            palette,
        }
    }

    fn named(mode: Mode, palette: Palette) -> Self {
        let fg = |colour: Color| Style::new().fg(colour);
        let text = fg(Color::Reset);
        let accent = fg(Color::Magenta);
        let line = fg(Color::DarkGray);
        let [ok, warn, err, cold] = [Color::Green, Color::Yellow, Color::Red, Color::Cyan].map(fg);
        let tints = [line, accent, fg(Color::LightBlue), ok, warn, err];
        Self { ok, warn, err, cold, tints, ..Self::flat(mode, Depth::Named, palette, text, accent, line) }
    }

    fn colourless(mode: Mode, palette: Palette) -> Self {
        let text = Style::new();
        let dim = text.add_modifier(Modifier::DIM);
        Self::flat(mode, Depth::Colourless, palette, text, text, dim)
    }

    /// A theme without shades: the cursor row is reversed, inputs are underlined.
    fn flat(mode: Mode, depth: Depth, palette: Palette, text: Style, accent: Style, dim: Style) -> Self {
        let none = Style::new();
        Self {
            mode,
            depth,
            palette,
            page: text,
            text,
            dim,
            accent,
            ok: text,
            warn: text,
            err: text,
            cold: text,
            tints: [text; 6],
            line: dim,
            faint: dim,
            edge: accent,
            surface: none,
            raised: none,
            sel: none.add_modifier(Modifier::REVERSED),
            selgrey: none.add_modifier(Modifier::BOLD),
            title: text.add_modifier(Modifier::BOLD),
            strong_accent: accent.add_modifier(Modifier::BOLD),
            hit: accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            button: accent.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            caret: accent.add_modifier(Modifier::REVERSED),
            input: none.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The same with its page painted: for a theme that was asked for by name, on a terminal that does not tell its
    /// own background.
    #[must_use]
    pub fn painted(mut self) -> Self {
        if self.has_shades() {
            self.page = self.page.bg(self.depth.colour(self.palette.bg));
        }
        self
    }

    /// What the terminal's own cursor is coloured, to be one with the caret.
    pub fn cursor_colour(&self) -> Option<Rgb> {
        self.has_shades().then_some(self.palette.accent)
    }

    /// Whether panels and cards can be told from the page by shade alone.
    pub fn has_shades(&self) -> bool {
        matches!(self.depth, Depth::TrueColour | Depth::Indexed)
    }
}
