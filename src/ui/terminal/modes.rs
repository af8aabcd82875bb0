//! The terminal's modes: switched on together, and off in the opposite order, from any thread and at most once.

use std::{
    fmt,
    io::{self, Write},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    Command,
    cursor::{Hide, SetCursorStyle, Show},
    event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange},
    execute, queue,
    style::Print,
    terminal::{
        EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
    },
};

use crate::{theme::Rgb, ui::text::clean};

static ENTERED: AtomicBool = AtomicBool::new(false);

/// The window's title on the terminal's stack.
const PUSH_TITLE: &str = "\x1b[22;2t";
const POP_TITLE: &str = "\x1b[23;2t";
/// The kitty protocol's first flag: keys that were ambiguous, as tab and ctrl-i, are told apart. Terminals without it
/// ignore the sequence, so there is no need to ask and wait for an answer before the first frame.
const PUSH_KEYS: &str = "\x1b[>1u";
const POP_KEYS: &str = "\x1b[<1u";
const RESET_CURSOR_COLOUR: &str = "\x1b]112\x1b\\";

/// What the user may change while it runs, to be set again after a pause.
#[derive(Debug, Clone)]
pub struct Wish {
    pub mouse: bool,
    pub cursor: Option<Rgb>,
    /// Empty: the terminal's own.
    pub title: String,
}

pub fn enter(wish: &Wish) -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    let mut bytes = Vec::new();
    write_enter(&mut bytes, wish, is_modern())?;
    write_now(&bytes)
}

/// Gives the terminal back as it was; does nothing when it was not taken.
pub fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    // Nobody is left to hear of an error here.
    let _ = write_leave(&mut bytes, is_modern()).and_then(|()| write_now(&bytes));
    let _ = disable_raw_mode();
}

pub fn set_mouse(on: bool) -> io::Result<()> {
    execute!(io::stdout(), Mouse(on))
}

pub fn set_title(title: &str) -> io::Result<()> {
    execute!(io::stdout(), SetTitle(clean(title)))
}

pub fn set_cursor(colour: Option<Rgb>) -> io::Result<()> {
    let mut bytes = Vec::new();
    if is_modern() {
        write_cursor(&mut bytes, colour)?;
    }
    write_now(&bytes)
}

fn write_cursor(to: &mut Vec<u8>, colour: Option<Rgb>) -> io::Result<()> {
    let Some(Rgb(r, g, b)) = colour else {
        return Ok(());
    };
    queue!(to, Print(format_args!("\x1b]12;#{r:02x}{g:02x}{b:02x}\x1b\\")))
}

fn write_enter(to: &mut Vec<u8>, wish: &Wish, modern: bool) -> io::Result<()> {
    queue!(to, Print(PUSH_TITLE), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    queue!(to, SetCursorStyle::SteadyBar, Hide)?;
    if modern {
        queue!(to, Print(PUSH_KEYS))?;
        write_cursor(to, wish.cursor)?;
    }
    if wish.mouse {
        queue!(to, Mouse(true))?;
    }
    if !wish.title.is_empty() {
        queue!(to, SetTitle(clean(&wish.title)))?;
    }
    Ok(())
}

fn write_leave(to: &mut Vec<u8>, modern: bool) -> io::Result<()> {
    queue!(to, EndSynchronizedUpdate, Mouse(false))?;
    if modern {
        // Each of the two screens has a stack of its own, so this goes before leaving.
        queue!(to, Print(POP_KEYS), Print(RESET_CURSOR_COLOUR))?;
    }
    queue!(to, SetCursorStyle::DefaultUserShape, Show, DisableFocusChange, DisableBracketedPaste)?;
    queue!(to, LeaveAlternateScreen, Print(POP_TITLE))
}

fn write_now(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// The Linux console reads key flags and cursor colours as something else.
fn is_modern() -> bool {
    cfg!(unix) && std::env::var("TERM").is_ok_and(|term| term != "linux")
}

/// Clicks, drags and the wheel. Mere motion is not asked for, since it would wake the loop at every cell.
struct Mouse(bool);

impl Command for Mouse {
    fn write_ansi(&self, to: &mut impl fmt::Write) -> fmt::Result {
        to.write_str(if self.0 { "\x1b[?1000h\x1b[?1002h\x1b[?1006h" } else { "\x1b[?1006l\x1b[?1002l\x1b[?1000l" })
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        if self.0 {
            crossterm::event::EnableMouseCapture.execute_winapi()
        } else {
            crossterm::event::DisableMouseCapture.execute_winapi()
        }
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `CSI ? n h` has its `CSI ? n l`.
    fn modes(text: &str, end: char) -> Vec<&str> {
        let mut found: Vec<_> = text
            .split("\x1b[?")
            .filter_map(|piece| {
                piece
                    .find(|c: char| !c.is_ascii_digit())
                    .filter(|at| piece[*at..].starts_with(end))
                    .map(|at| &piece[..at])
            })
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn all_that_is_switched_on_is_switched_off() {
        let wish =
            Wish { mouse: true, cursor: Some(Rgb(0xb0, 0xa2, 0xff)), title: "lejek — Jan\x07 Kowalski".into() };
        let (mut enter, mut leave) = (Vec::new(), Vec::new());
        write_enter(&mut enter, &wish, true).unwrap();
        write_leave(&mut leave, true).unwrap();
        let (enter, leave) = (String::from_utf8(enter).unwrap(), String::from_utf8(leave).unwrap());
        let on = modes(&enter, 'h');
        let off = modes(&leave, 'l');
        assert!(on.len() >= 6, "{on:?}");
        for mode in &on {
            assert!(off.contains(mode), "mode {mode} stays on");
        }
        assert!(modes(&leave, 'h').contains(&"25"), "the cursor is shown again");
        for (push, pop) in [(PUSH_TITLE, POP_TITLE), (PUSH_KEYS, POP_KEYS)] {
            assert!(enter.contains(push) && leave.contains(pop));
        }
        assert!(leave.find(POP_KEYS) < leave.find("\x1b[?1049l"), "the flags belong to the alternate screen");
        assert!(enter.contains("\x1b]12;#b0a2ff\x1b\\") && leave.contains(RESET_CURSOR_COLOUR));
        assert!(enter.contains("Jan Kowalski"), "a title can't end its own sequence");
    }

    #[test]
    fn motion_is_not_asked_for() {
        let mut enter = Vec::new();
        write_enter(&mut enter, &Wish { mouse: true, cursor: None, title: String::new() }, false).unwrap();
        let enter = String::from_utf8(enter).unwrap();
        assert!(!modes(&enter, 'h').contains(&"1003"));
        assert!(!enter.contains(PUSH_KEYS));
    }
}
