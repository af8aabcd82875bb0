//! What is written to the terminal, held back until a frame is whole and then written at once.

use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
};

use crossterm::{
    queue,
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};

/// Clones write to the same place.
#[derive(Debug, Clone, Default)]
pub struct Output(Rc<RefCell<Held>>);

#[derive(Debug, Default)]
struct Held {
    bytes: Vec<u8>,
    in_frame: bool,
}

impl Output {
    pub fn begin(&mut self) {
        let mut held = self.0.borrow_mut();
        held.in_frame = true;
        // What a frame that failed left behind is not the beginning of this one.
        held.bytes.clear();
        let _ = queue!(held.bytes, BeginSynchronizedUpdate);
    }

    pub fn end(&mut self) -> io::Result<()> {
        let mut held = self.0.borrow_mut();
        held.in_frame = false;
        queue!(held.bytes, EndSynchronizedUpdate)?;
        held.write_out(&mut io::stdout())
    }
}

impl Held {
    fn write_out(&mut self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(&self.bytes)?;
        self.bytes.clear();
        to.flush()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut held = self.0.borrow_mut();
        if held.in_frame { Ok(()) } else { held.write_out(&mut io::stdout()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_held_until_it_is_whole() {
        let mut output = Output::default();
        output.begin();
        output.write_all(b"frame").unwrap();
        output.flush().unwrap();
        let mut held = output.0.borrow_mut();
        assert_eq!(held.bytes, b"\x1b[?2026hframe");
        let mut written = Vec::new();
        held.write_out(&mut written).unwrap();
        assert_eq!(written, b"\x1b[?2026hframe");
        assert!(held.bytes.is_empty());
    }

    #[test]
    fn a_frame_that_failed_leaves_nothing() {
        let mut output = Output::default();
        output.begin();
        output.write_all(b"half").unwrap();
        output.begin();
        assert_eq!(output.0.borrow().bytes, b"\x1b[?2026h");
    }
}
