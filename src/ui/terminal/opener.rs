//! Opening links with the system's programs: no shell, one argument, apart from this program and its terminal.

use crate::domain::link::Link;
use std::io;
use std::process::{Command, Stdio};

/// What the system opens links with, and what stands before the link.
const OPENER: (&str, &[&str]) = if cfg!(target_os = "macos") {
    ("open", &[])
} else if cfg!(windows) {
    ("rundll32.exe", &["url.dll,FileProtocolHandler"])
} else {
    ("xdg-open", &[])
};

/// Opens a link on a thread of its own; `failed` is told why it was not.
pub fn open(link: &Link, failed: impl FnOnce(String) + Send + 'static) {
    let link = link.clone();
    std::thread::spawn(move || {
        if let Err(why) = open_with(OPENER, &link) {
            failed(why);
        }
    });
}

fn open_with((program, before): (&str, &[&str]), link: &Link) -> Result<(), String> {
    let ended = apart(program).args(before).arg(link.as_str()).spawn().and_then(|mut child| child.wait());
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("No program opens {}. `y` copies instead.", link.as_str())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(format!("`{program}` is not installed, which opens links here. `y` copies instead."))
        }
        Err(error) => Err(format!("`{program}` could not be started: {error}. `y` copies instead.")),
    }
}

/// A program that neither reads the keys nor writes on the screen, and that goes on when the terminal is closed.
pub fn apart(program: &str) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    /// A program that writes its arguments, each on a line, into a file.
    fn witness(folder: &std::path::Path, code: u8) -> String {
        use std::os::unix::fs::PermissionsExt;
        let (program, seen) = (folder.join("opener"), folder.join("seen"));
        std::fs::write(&program, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\nexit {code}\n", seen.display()))
            .unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
        program.to_string_lossy().into_owned()
    }

    #[test]
    fn a_link_is_one_argument_whatever_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let program = witness(folder.path(), 0);
        let link = Link::web("nordhafen.example/?a=$(touch x)&b='c';d".replace(' ', "%20").as_str()).unwrap();
        assert_eq!(open_with((&program, &["first"]), &link), Ok(()));
        let seen = std::fs::read_to_string(folder.path().join("seen")).unwrap();
        assert_eq!(seen, format!("first\n{}\n", link.as_str()));
    }

    #[test]
    fn what_was_not_opened_is_said_with_the_next_step() {
        let folder = tempfile::tempdir().unwrap();
        let program = witness(folder.path(), 3);
        let link = Link::email("jan@example.com").unwrap();
        assert_eq!(
            open_with((&program, &[]), &link),
            Err("No program opens mailto:jan@example.com. `y` copies instead.".to_owned())
        );
        let missing = open_with(("/nowhere/opener", &[]), &link).unwrap_err();
        assert!(missing.contains("is not installed"), "{missing}");
    }
}
