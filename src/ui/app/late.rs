//! The terminal's background, told so late that it comes in among the keys: `alt-]`, `11;rgb:1e1e/1e1e/1e1e`, and
//! `alt-\` or `ctrl-g` at the end. And the rest of what it is called, `;22c`, when only its beginning was read in time.

use crate::theme::Rgb;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::{Duration, Instant};

/// Later than this it is somebody who types.
const AWAITED: Duration = Duration::from_secs(3);
const LONGEST: usize = 40;
/// What was left in the terminal is there at once.
const LEFT: Duration = Duration::from_millis(150);

#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// The key is one of the user's.
    Nothing,
    Part,
    Background(Rgb),
}

/// Listens for the answers to questions that were given up on.
#[derive(Debug)]
pub struct LateAnswer {
    asked: Instant,
    /// No key came yet that is one of the user's.
    is_first: bool,
    /// What came of it so far.
    heard: Option<String>,
}

impl LateAnswer {
    pub fn new(asked: Instant) -> LateAnswer {
        LateAnswer { asked, is_first: true, heard: None }
    }

    pub fn key(&mut self, key: KeyEvent, now: Instant) -> Heard {
        if self.is_left(key, now) {
            return Heard::Part;
        }
        match (&mut self.heard, key.code, key.modifiers) {
            (None, KeyCode::Char(']'), KeyModifiers::ALT) if now.duration_since(self.asked) < AWAITED => {
                self.heard = Some(String::new());
                Heard::Part
            }
            (Some(_), KeyCode::Char('\\'), KeyModifiers::ALT)
            | (Some(_), KeyCode::Char('g'), KeyModifiers::CONTROL) => {
                let heard = self.heard.take().unwrap_or_default();
                background(&heard).map_or(Heard::Part, Heard::Background)
            }
            (Some(heard), KeyCode::Char(c), _) if heard.len() < LONGEST => {
                heard.push(c);
                Heard::Part
            }
            _ => {
                self.heard = None;
                Heard::Nothing
            }
        }
    }

    /// Whether a key is what was left of the terminal's name: digits, and `c` at the end.
    fn is_left(&mut self, key: KeyEvent, now: Instant) -> bool {
        let may_be = self.is_first && key.modifiers.is_empty() && now.duration_since(self.asked) < LEFT;
        let is_left = may_be && matches!(key.code, KeyCode::Char('0'..='9' | ';' | '?' | 'c'));
        self.is_first = is_left && key.code != KeyCode::Char('c');
        is_left
    }
}

/// Reads `11;rgb:1e1e/1e1e/1e1e`; each part has one to four digits.
fn background(answer: &str) -> Option<Rgb> {
    let parts = answer.strip_prefix("11;rgb:")?.split('/');
    let parts: Vec<u8> = parts.map(channel).collect::<Option<_>>()?;
    match parts[..] {
        [red, green, blue] => Some(Rgb(red, green, blue)),
        _ => None,
    }
}

fn channel(digits: &str) -> Option<u8> {
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() <= 4)?;
    let most = (1 << (4 * digits.len())) - 1;
    u8::try_from(value * 255 / most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(late: &mut LateAnswer, text: &str, now: Instant) -> Vec<Heard> {
        let mut heard = Vec::new();
        let mut alt = KeyModifiers::NONE;
        for c in text.chars() {
            match c {
                '\x1b' => alt = KeyModifiers::ALT,
                '\x07' => heard.push(late.key(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL), now)),
                c => {
                    heard.push(late.key(KeyEvent::new(KeyCode::Char(c), alt), now));
                    alt = KeyModifiers::NONE;
                }
            }
        }
        heard
    }

    #[test]
    fn an_answer_among_the_keys_is_no_key() {
        let now = Instant::now();
        for end in ["\x1b\\", "\x07"] {
            let mut late = LateAnswer::new(now);
            let heard = hear(&mut late, &format!("\x1b]11;rgb:ffff/8080/0000{end}j"), now);
            let (last, before) = heard.split_last().unwrap();
            assert_eq!(*last, Heard::Nothing, "what follows is the user's");
            let (end, parts) = before.split_last().unwrap();
            assert_eq!(*end, Heard::Background(Rgb(255, 128, 0)));
            assert!(parts.iter().all(|part| *part == Heard::Part));
        }
    }

    #[test]
    fn other_keys_stay_keys() {
        let now = Instant::now();
        let mut late = LateAnswer::new(now);
        assert_eq!(hear(&mut late, "jk", now), [Heard::Nothing, Heard::Nothing]);
        let much_later = now + Duration::from_mins(1);
        assert_eq!(hear(&mut late, "\x1b]", much_later), [Heard::Nothing]);
    }

    #[test]
    fn what_is_left_of_the_terminals_name_is_no_key() {
        let now = Instant::now();
        for left in ["c", "22c", "?62;22c"] {
            let heard = hear(&mut LateAnswer::new(now), &format!("{left}c2"), now);
            let (users, parts) = (&heard[left.len()..], &heard[..left.len()]);
            assert!(parts.iter().all(|part| *part == Heard::Part), "{left}");
            assert_eq!(users, [Heard::Nothing, Heard::Nothing], "{left}: what follows is the user's");
        }
        assert_eq!(hear(&mut LateAnswer::new(now), "j2c", now), [Heard::Nothing, Heard::Nothing, Heard::Nothing]);
        assert_eq!(hear(&mut LateAnswer::new(now), "c", now + LEFT), [Heard::Nothing]);
    }

    #[test]
    fn a_broken_answer_is_forgotten() {
        let now = Instant::now();
        let mut late = LateAnswer::new(now);
        assert_eq!(hear(&mut late, "\x1b]11;rgb:zz/1\x07", now).pop(), Some(Heard::Part));
        let endless = hear(&mut late, &format!("\x1b]{}", "1".repeat(60)), now);
        assert_eq!(endless.last(), Some(&Heard::Nothing));
    }
}
