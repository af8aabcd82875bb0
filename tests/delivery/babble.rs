//! A server that says the same on and on until whoever listens hangs up.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Where it stops by itself, and the test fails.
pub const GIGABYTE: u64 = 1 << 30;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As fast as it goes.
    Rushing,
    /// A byte every few milliseconds.
    Dripping,
}

/// Its port, and how much it said in the end: first `first`, then `word` again and again.
pub fn start(first: &'static str, word: u8, pace: Pace) -> (u16, JoinHandle<u64>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let said = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
        let chunk = if pace == Pace::Dripping { vec![word] } else { vec![word; 64 * 1024] };
        if stream.write_all(first.as_bytes()).is_err() {
            return 0;
        }
        let mut said = 0;
        while let Ok(count) = stream.write(&chunk) {
            said += count as u64;
            // The time-out of this read is the pause between two bytes.
            let gone = pace == Pace::Dripping && matches!(stream.read(&mut [0; 1024]), Ok(0));
            if gone || said > GIGABYTE {
                break;
            }
        }
        said
    });
    (port, said)
}
