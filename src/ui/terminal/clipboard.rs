//! Copying: by OSC 52, which reaches the terminal over any line, and through the system's own program where one is. To
//! add such a program, add a row to [`PROGRAMS`].

use super::opener::apart;
use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use std::io::{self, Write};
use std::process::Stdio;

/// Longer texts are cut or refused by terminals; they go through the system's program alone.
const LONGEST: usize = 74_994;

/// A program that takes a text on its input, and the variable that says whether it has a clipboard to put it on.
struct Program {
    name: &'static str,
    arguments: &'static [&'static str],
    needs: Option<&'static str>,
}

const PROGRAMS: &[Program] = &[
    #[cfg(target_os = "macos")]
    Program { name: "pbcopy", arguments: &[], needs: None },
    #[cfg(all(unix, not(target_os = "macos")))]
    Program { name: "wl-copy", arguments: &["--type", "text/plain;charset=utf-8"], needs: Some("WAYLAND_DISPLAY") },
    #[cfg(all(unix, not(target_os = "macos")))]
    Program { name: "xclip", arguments: &["-selection", "clipboard", "-in"], needs: Some("DISPLAY") },
    #[cfg(all(unix, not(target_os = "macos")))]
    Program { name: "xsel", arguments: &["--clipboard", "--input"], needs: Some("DISPLAY") },
];

pub fn of_terminal(text: &str, to: &mut impl Write) -> io::Result<()> {
    if text.len() > LONGEST {
        return Ok(());
    }
    queue!(to, CopyToClipboard::to_clipboard_from(text))?;
    to.flush()
}

/// On a thread of its own; the first program that is there and takes the text is enough.
pub fn of_system(text: &str) {
    let programs: Vec<&Program> =
        usable(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())).collect();
    if programs.is_empty() {
        return;
    }
    let text = text.to_owned();
    std::thread::spawn(move || {
        for program in programs {
            match program.give(&text) {
                Ok(()) => return,
                Err(error) => tracing::debug!("{} took no text: {error}", program.name),
            }
        }
    });
}

fn usable(is_set: impl Fn(&str) -> bool) -> impl Iterator<Item = &'static Program> {
    PROGRAMS.iter().filter(move |program| program.needs.is_none_or(&is_set))
}

impl Program {
    fn give(&self, text: &str) -> io::Result<()> {
        let mut child = apart(self.name).args(self.arguments).stdin(Stdio::piped()).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(text.as_bytes())?;
        }
        let status = child.wait()?;
        if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_is_told_in_letters_that_are_none_of_its_own() {
        let mut written = Vec::new();
        of_terminal("j.kowalski@example.com\x1b[2J", &mut written).unwrap();
        assert_eq!(written, b"\x1b]52;c;ai5rb3dhbHNraUBleGFtcGxlLmNvbRtbMko=\x1b\\");
        written.clear();
        of_terminal(&"x".repeat(LONGEST + 1), &mut written).unwrap();
        assert!(written.is_empty(), "what no terminal takes is not sent");
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn without_a_display_no_program_is_asked() {
        assert_eq!(usable(|_| false).count(), 0);
        assert_eq!(usable(|name| name == "DISPLAY").map(|program| program.name).collect::<Vec<_>>(), ["xclip", "xsel"]);
    }
}
