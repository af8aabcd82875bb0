//! Which sequences make a terminal notify, as pure bytes. A terminal that learnt to is a row of [`KNOWN`].

use super::super::Message;
use super::super::message::{one_line, shortened};

/// How a terminal is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// iTerm2's: one text.
    Osc9,
    /// rxvt's: a title and a text.
    Osc777,
    /// kitty's: a title and a text with an id, so that the second of the same id replaces the first.
    Osc99,
    /// The bell alone: what the terminal makes of it is its user's choice.
    Bell,
    /// Nothing at all.
    Silence,
}

/// What stands between the program and the terminal and lets its own sequences through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    Tmux,
    Screen,
}

/// The terminal as its environment describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    way: Way,
    between: Between,
}

/// A variable, what it begins with, and what that means. The first row that fits decides: the terminal's own name
/// before what a terminal inside another one, or a multiplexer, inherits.
const KNOWN: &[(&str, &str, Way)] = &[
    ("TERM", "dumb", Way::Silence),
    // Its parser ends an unknown sequence early and shows the rest.
    ("TERM", "linux", Way::Bell),
    ("TERM", "xterm-kitty", Way::Osc99),
    ("TERM", "xterm-ghostty", Way::Osc777),
    ("TERM", "foot", Way::Osc777),
    ("TERM", "rxvt-unicode", Way::Osc777),
    ("TERM", "wezterm", Way::Osc777),
    ("TERM", "alacritty", Way::Bell),
    ("TERM_PROGRAM", "iTerm.app", Way::Osc9),
    ("TERM_PROGRAM", "WezTerm", Way::Osc777),
    ("TERM_PROGRAM", "ghostty", Way::Osc777),
    ("TERM_PROGRAM", "WarpTerminal", Way::Osc777),
    ("TERM_PROGRAM", "rio", Way::Osc9),
    ("TERM_PROGRAM", "Apple_Terminal", Way::Bell),
    ("TERM_PROGRAM", "vscode", Way::Bell),
    // To these OSC 9 is the progress of a task.
    ("WT_SESSION", "", Way::Bell),
    ("ConEmuPID", "", Way::Bell),
    ("LC_TERMINAL", "iTerm2", Way::Osc9),
    ("GHOSTTY_RESOURCES_DIR", "", Way::Osc777),
    ("WEZTERM_PANE", "", Way::Osc777),
    ("KITTY_WINDOW_ID", "", Way::Osc99),
    ("VTE_VERSION", "", Way::Osc777),
];

impl Terminal {
    /// From the variables of the environment; one that is empty counts as not set.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let fits = |(name, begins, _): &&(&str, &str, Way)| set(name).is_some_and(|value| value.starts_with(begins));
        let way = KNOWN.iter().find(fits).map_or(Way::Bell, |(_, _, way)| *way);
        let between = match (set("TMUX"), set("STY")) {
            (Some(_), _) => Between::Tmux,
            (None, Some(_)) => Between::Screen,
            (None, None) => Between::Nothing,
        };
        Self { way, between }
    }
}

/// The bytes that make the terminal notify: its own sequence, and the bell beside it.
pub fn notice(terminal: &Terminal, message: &Message) -> Vec<u8> {
    let title = message.title();
    let text = shortened(&one_line(&message.body().replace('\n', " ")), 300);
    let sequences = match terminal.way {
        Way::Silence => return Vec::new(),
        Way::Bell => Vec::new(),
        Way::Osc9 => vec![format!("\x1b]9;{}\x07", no_number(&format!("{title}: {text}")))],
        Way::Osc777 => vec![format!("\x1b]777;notify;{};{text}\x07", title.replace(';', ","))],
        Way::Osc99 => vec![
            format!("\x1b]99;i={}:d=0:p=title;{title}\x07", message.id),
            format!("\x1b]99;i={}:d=1:p=body;{text}\x07", message.id),
        ],
    };
    let mut bytes: Vec<u8> =
        sequences.iter().flat_map(|sequence| through(terminal.between, sequence).into_bytes()).collect();
    bytes.push(0x07);
    bytes
}

/// Digits and a semicolon at the beginning are commands of OSC 9.
fn no_number(text: &str) -> String {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < text.len() && rest.starts_with(';') { format!(" {text}") } else { text.to_owned() }
}

/// tmux passes on what it is told to (`allow-passthrough`), its escapes doubled; screen what is in a device string.
fn through(between: Between, sequence: &str) -> String {
    match between {
        Between::Nothing => sequence.to_owned(),
        Between::Tmux => format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b")),
        Between::Screen => format!("\x1bP{sequence}\x1b\\"),
    }
}

#[cfg(test)]
mod tests;
