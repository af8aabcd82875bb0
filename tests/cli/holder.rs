//! An interface that has a folder open, in a terminal that nobody looks at.

use crate::program::Lejek;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far more than anything here takes; a machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Holder {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    _master: Box<dyn MasterPty + Send>,
}

impl Holder {
    /// Opens the interface on the folder; it holds it when this returns.
    pub fn of(lejek: &Lejek) -> Holder {
        let pair =
            native_pty_system().openpty(PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lejek"));
        command.env_clear();
        command.cwd("/");
        command.env("TERM", "xterm-256color");
        command.env("HOME", lejek.file(""));
        command.env("LEJEK_DATA", lejek.data());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // Whoever looks no more is still read for: a terminal that is full stops its program.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let _ = sender.send(buffer[..count].to_vec());
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let holder = Holder { child, keys, output, _master: pair.master };
        holder.wait_for("Contacts");
        holder
    }

    /// Reads until these letters were drawn one after another.
    pub fn wait_for(&self, text: &str) {
        let mut seen = Vec::new();
        while !String::from_utf8_lossy(&seen).contains(text) {
            let piece = self.output.recv_timeout(PATIENCE).ok();
            seen.extend(piece.unwrap_or_else(|| panic!("never saw {text}, but {}", String::from_utf8_lossy(&seen))));
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits for its end.
    pub fn end(mut self) -> u32 {
        self.child.wait().unwrap().exit_code()
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("KILL");
            let _ = self.child.wait();
        }
    }
}
