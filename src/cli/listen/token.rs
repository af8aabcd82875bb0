//! What programs that send events must know: from the environment, a file of one's own, or a command; never an argument.

use crate::cli::trouble::Trouble;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

const VARIABLE: &str = "LEJEK_LISTEN_TOKEN";
/// Characters.
const LEAST: usize = 16;
const MOST: u64 = 4_096;

/// Never shown.
pub struct Token(Vec<u8>);

impl Token {
    pub fn of_environment() -> Result<Token, Trouble> {
        match std::env::var(VARIABLE) {
            Ok(text) => Token::of(&text),
            Err(_) => Err(Trouble::usage(format!(
                "listen needs a token that others don't know: set {VARIABLE}, or name a file with --token-file"
            ))),
        }
    }

    pub fn of_file(path: &Path) -> Result<Token, Trouble> {
        let unread = |error| Trouble::failed(format!("{} could not be read: {error}", path.display()));
        let file = File::open(path).map_err(unread)?;
        check_private(path, &file)?;
        let mut text = String::new();
        file.take(MOST).read_to_string(&mut text).map_err(unread)?;
        Token::of(&text)
    }

    pub fn of_command(command: &str) -> Result<Token, Trouble> {
        let shell = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
        let mut run = Command::new(shell.0);
        run.args([shell.1, command]).stdin(Stdio::null()).stderr(Stdio::inherit());
        match run.output() {
            Ok(output) if output.status.success() => Token::of(&String::from_utf8_lossy(&output.stdout)),
            Ok(output) => Err(Trouble::failed(format!("The command of the token failed: {}", output.status))),
            Err(error) => Err(Trouble::failed(format!("The command of the token could not be run: {error}"))),
        }
    }

    fn of(text: &str) -> Result<Token, Trouble> {
        let text = text.trim();
        if text.len() < LEAST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Trouble::refused(format!(
                "The token must have {LEAST} characters or more, without blanks. `openssl rand -hex 16` makes one"
            )));
        }
        Ok(Token(text.as_bytes().to_vec()))
    }

    /// In a time that says nothing about how much of it was right.
    pub fn is(&self, theirs: &[u8]) -> bool {
        let mut difference = self.0.len() ^ theirs.len();
        for (at, byte) in self.0.iter().enumerate() {
            difference |= usize::from(byte ^ theirs.get(at).copied().unwrap_or_default());
        }
        std::hint::black_box(difference) == 0
    }
}

#[cfg(unix)]
fn check_private(path: &Path, file: &File) -> Result<(), Trouble> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().map_or(0, |meta| meta.permissions().mode());
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(Trouble::refused(format!("{path} can be read by others, and holds a token. `chmod 600 {path}` keeps it yours")))
}

#[cfg(not(unix))]
fn check_private(_: &Path, _: &File) -> Result<(), Trouble> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r4_1_only_the_whole_token_is_the_token() {
        let token = Token::of(" 0123456789abcdef\n").unwrap_or_else(|trouble| panic!("{}", trouble.text()));
        assert!(token.is(b"0123456789abcdef"));
        for wrong in ["", "0123456789abcde", "0123456789abcdefg", "0123456789abcdeF"] {
            assert!(!token.is(wrong.as_bytes()), "{wrong}");
        }
        assert!(Token::of("short").is_err() && Token::of("0123456789 abcdef").is_err());
    }
}
