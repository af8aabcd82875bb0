//! One key press with its modifiers: reading it from a row, from the terminal, and writing it for people.

use crokey::KeyCombination;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

pub type Chord = KeyCombination;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a key. Keys are written as `j`, `G`, `ctrl-d`, `alt-left`, `f1`, `space` or `g c`.")]
pub struct ChordError(pub String);

/// Reads every alternative of a row: `"g g | home"` gives two sequences, a row of the palette only none.
pub fn parse(keys: &str) -> Result<Vec<Vec<Chord>>, ChordError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    keys.split(" | ").map(parse_sequence).collect()
}

fn parse_sequence(keys: &str) -> Result<Vec<Chord>, ChordError> {
    let chords: Vec<Chord> = keys.split(' ').map(parse_chord).collect::<Result<_, _>>()?;
    if chords.is_empty() { Err(ChordError(keys.to_owned())) } else { Ok(chords) }
}

fn parse_chord(raw: &str) -> Result<Chord, ChordError> {
    let wrong = || ChordError(raw.to_owned());
    // crokey takes `G` for `g`; here a capital letter is a shifted one.
    let capital = raw.chars().next_back().filter(char::is_ascii_uppercase);
    let shifted = match capital {
        Some(letter) if raw.len() == 1 || raw.ends_with(&format!("-{letter}")) => {
            format!("{}shift-{letter}", &raw[..raw.len() - 1])
        }
        _ => raw.to_owned(),
    };
    let chord = crokey::parse(&shifted).map_err(|_| wrong())?;
    if !chord.is_ansi_compatible() {
        return Err(wrong());
    }
    Ok(plain(*chord.codes.first(), chord.modifiers))
}

/// A press or repeat as the terminal reported it, made equal across terminals; a release is none.
pub fn normalise(mut event: KeyEvent) -> Option<KeyEvent> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
    if let KeyCode::Char(c) = event.code
        && event.modifiers.contains(alt_gr)
        && !c.is_ascii_alphanumeric()
        && c != ' '
    {
        // Windows reports AltGr as ctrl and alt, which would swallow ą, ł or @.
        event.modifiers.remove(alt_gr);
    }
    let chord = of(event);
    Some(KeyEvent::new(*chord.codes.first(), chord.modifiers))
}

pub fn of(event: KeyEvent) -> Chord {
    plain(event.code, event.modifiers)
}

/// The one form in which the same key is equal to itself.
fn plain(code: KeyCode, modifiers: KeyModifiers) -> Chord {
    let known = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
    let mut modifiers = modifiers.intersection(known);
    let code = match code {
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        code => code,
    };
    match code {
        KeyCode::BackTab => modifiers.insert(KeyModifiers::SHIFT),
        // Whether `?` or `:` needs shift is the keyboard's affair.
        KeyCode::Char(c) if !c.is_alphabetic() => modifiers.remove(KeyModifiers::SHIFT),
        KeyCode::Char(c) if c.is_uppercase() => modifiers.insert(KeyModifiers::SHIFT),
        _ => {}
    }
    KeyCombination::one_key(code, modifiers).normalized()
}

/// Whether the key is one that types or edits in a text field, so that no row may take it there.
pub fn types(chord: Chord) -> bool {
    let with_modifier = chord.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    match chord.codes.first() {
        KeyCode::Char(_) => !with_modifier,
        KeyCode::Backspace | KeyCode::Delete | KeyCode::Insert | KeyCode::Home | KeyCode::End => true,
        _ => false,
    }
}

/// As footers show it and rows write it: `ctrl-d`, `shift-tab`, `G`, `space`.
pub fn show(chord: Chord) -> String {
    let code = *chord.codes.first();
    let shift = match code {
        KeyCode::Char(c) => c == ' ' && chord.modifiers.contains(KeyModifiers::SHIFT),
        _ => chord.modifiers.contains(KeyModifiers::SHIFT),
    };
    let mut shown = String::new();
    for (set, name) in [
        (chord.modifiers.contains(KeyModifiers::CONTROL), "ctrl-"),
        (chord.modifiers.contains(KeyModifiers::ALT), "alt-"),
        (shift, "shift-"),
    ] {
        shown.push_str(if set { name } else { "" });
    }
    shown + &code_name(code)
}

fn code_name(code: KeyCode) -> String {
    match code {
        KeyCode::Char(' ') => "space".into(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(n) => format!("F{n}"),
        KeyCode::BackTab => "tab".into(),
        code => format!("{code:?}").to_lowercase(),
    }
}
