//! A terminal with the program in it: what it writes is read by a thread and shown on a screen to look at.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use vt100::{Parser, Screen};

/// Far more than anything here takes; a machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Pty {
    folder: TempDir,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    /// Everything that was written so far.
    bytes: Vec<u8>,
    parser: Parser,
    /// How the terminal was set before.
    settings: String,
}

/// What is left of it when the program has ended.
pub struct Left {
    pub code: u32,
    pub parser: Parser,
    /// Each private mode that was ever set or reset, and whether it is set now.
    pub modes: BTreeMap<u16, bool>,
    /// Whether the terminal's own settings, such as echo, are those of before.
    pub as_before: bool,
    /// What lies in the folder for temporary files.
    pub temporary: Vec<String>,
    /// Whether there is a workspace in its home.
    pub has_workspace: bool,
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

impl Pty {
    /// The program with these arguments, in a window of this size and a home of its own.
    pub fn start(args: &[&str], cols: u16, rows: u16) -> Pty {
        Pty::start_with(args, cols, rows, &[])
    }

    /// The same with more in its environment.
    pub fn start_with(args: &[&str], cols: u16, rows: u16, env: &[(&str, &str)]) -> Pty {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        Pty::begin(folder, args, size(cols, rows), env)
    }

    /// Kills the program in the midst of what it does, and starts it again in its home.
    pub fn kill_and_start(mut self, args: &[&str]) -> Pty {
        self.signal("KILL");
        self.child.wait().unwrap();
        let (rows, cols) = self.parser.screen().size();
        let home = std::mem::replace(&mut self.folder, TempDir::new().unwrap());
        Pty::begin(home, args, size(cols.get(), rows.get()), &[])
    }

    fn begin(folder: TempDir, args: &[&str], size: PtySize, env: &[(&str, &str)]) -> Pty {
        let temporary = folder.path().join("tmp");
        let pair = native_pty_system().openpty(size).unwrap();
        let settings = settings(pair.master.as_ref());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lejek"));
        command.args(args);
        command.env_clear();
        command.cwd(folder.path());
        command.env("TERM", "xterm-256color");
        command.env("HOME", folder.path());
        command.env("TMPDIR", &temporary);
        command.env("LANG", "C.UTF-8");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // While this end is open, the other one would never see the end of the output.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let (keys, parser) = (pair.master.take_writer().unwrap(), Parser::new(cells(size.rows), cells(size.cols), 0));
        Pty { folder, child, master: pair.master, keys, output, bytes: Vec::new(), parser, settings }
    }

    /// Its home, in which it was started.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Reads until the screen looks so.
    pub fn wait_for(&mut self, what: &str, looks_so: impl Fn(&Screen) -> bool) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while !looks_so(self.parser.screen()) {
            let heard = self.listen(until);
            assert!(heard, "never saw {what}, but\n{}", self.parser.screen().contents());
        }
        self
    }

    /// Reads until the files of a folder of its home, one after another, are so.
    pub fn wait_for_files(&mut self, what: &str, folder: &str, are_so: impl Fn(&str) -> bool) -> &mut Self {
        let folder = self.folder.path().join(folder);
        let until = Instant::now() + PATIENCE;
        let held = || {
            let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect::<String>()
        };
        while !are_so(&held()) {
            assert!(Instant::now() < until, "never saw {what} in {}, but\n{}", folder.display(), held());
            self.listen(Instant::now() + Duration::from_millis(20));
        }
        self
    }

    pub fn wait_for_text(&mut self, text: &str) -> &mut Self {
        self.wait_for(text, |screen| screen.contents().contains(text))
    }

    /// Takes the next piece of output; false when there is none any more, or none in time.
    fn listen(&mut self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        let Ok(piece) = self.output.recv_timeout(left) else { return false };
        self.parser.process(&piece);
        self.bytes.extend(piece);
        true
    }

    pub fn shows(&self, text: &str) -> bool {
        self.parser.screen().contents().contains(text)
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Whether it ever wrote so, seen on the screen or not.
    pub fn wrote(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.bytes).contains(text)
    }

    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        self.parser.screen_mut().set_size(cells(rows), cells(cols));
        self.master.resize(size(cols, rows)).unwrap();
        self
    }

    pub fn signal(&mut self, name: &str) -> &mut Self {
        let id = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap();
        assert!(sent.success());
        self
    }

    /// Waits for the end of the program.
    pub fn end(mut self) -> Left {
        let until = Instant::now() + PATIENCE;
        while self.listen(until) {}
        assert!(Instant::now() < until, "it goes on:\n{}", self.parser.screen().contents());
        let code = self.child.wait().unwrap().exit_code();
        let entries = std::fs::read_dir(self.folder.path().join("tmp")).unwrap();
        let temporary = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        let has_workspace = self.folder.path().join(".local/share/lejek").exists();
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        let as_before = settings(self.master.as_ref()) == self.settings;
        let parser = std::mem::take(&mut self.parser);
        Left { code, parser, modes: modes(&text), as_before, temporary, has_workspace }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // One that was waited for has no number any more, or a stranger has it.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The modes that `CSI ? n h` and `CSI ? n l` left on or off.
fn modes(text: &str) -> BTreeMap<u16, bool> {
    let mut modes = BTreeMap::new();
    for piece in text.split("\x1b[?").skip(1) {
        let end = piece.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(piece.len());
        let is_on = piece[end..].starts_with('h');
        if is_on || piece[end..].starts_with('l') {
            modes.extend(piece[..end].split(';').filter_map(|n| Some((n.parse().ok()?, is_on))));
        }
    }
    modes
}
