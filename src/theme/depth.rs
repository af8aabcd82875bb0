//! How many colours the terminal has, told from its environment. A terminal that says it otherwise is a row of `SIGNS`.

use clap::ValueEnum;
use ratatui::style::Color;

use super::Rgb;

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    /// Colours as the terminal can and `NO_COLOR` allows.
    #[default]
    Auto,
    /// Colours even with `NO_COLOR`.
    Always,
    /// No colours.
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    TrueColour,
    /// xterm's 256.
    Indexed,
    /// The 16 that every terminal paints its own way.
    Named,
    Colourless,
}

/// (variable, part of its value in lower case, what it means); the first that fits decides.
const SIGNS: &[(&str, &str, Depth)] = &[
    ("COLORTERM", "truecolor", Depth::TrueColour),
    ("COLORTERM", "24bit", Depth::TrueColour),
    ("WT_SESSION", "", Depth::TrueColour),
    ("TERM_PROGRAM", "apple_terminal", Depth::Indexed),
    ("TERM_PROGRAM", "iterm.app", Depth::TrueColour),
    ("TERM_PROGRAM", "wezterm", Depth::TrueColour),
    ("TERM_PROGRAM", "vscode", Depth::TrueColour),
    ("TERM_PROGRAM", "ghostty", Depth::TrueColour),
    ("TERM", "direct", Depth::TrueColour),
    ("TERM", "kitty", Depth::TrueColour),
    ("TERM", "ghostty", Depth::TrueColour),
    ("TERM", "alacritty", Depth::TrueColour),
    ("TERM", "foot", Depth::TrueColour),
    ("TERM", "256color", Depth::Indexed),
];

impl Depth {
    pub fn detect(choice: ColorChoice, env: impl Fn(&str) -> Option<String>) -> Self {
        let refused = env("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = env("TERM").is_some_and(|term| term == "dumb");
        match choice {
            ColorChoice::Never => Self::Colourless,
            ColorChoice::Auto if refused || dumb => Self::Colourless,
            ColorChoice::Auto | ColorChoice::Always => SIGNS
                .iter()
                .find(|(name, part, _)| env(name).is_some_and(|value| value.to_lowercase().contains(part)))
                .map_or(Self::Named, |(_, _, depth)| *depth),
        }
    }

    /// A colour of the palette, which is already one of the 256 where there are no more.
    pub(super) fn colour(self, rgb: Rgb) -> Color {
        match self {
            Self::Indexed => Color::Indexed(rgb.nearest_index()),
            _ => Color::Rgb(rgb.0, rgb.1, rgb.2),
        }
    }
}
