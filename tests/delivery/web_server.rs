//! A web server for one request, on a port of its own, that gives one answer.

use super::babble::GIGABYTE;
use super::certificate::Certificate;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

pub const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// A request as it came: its lines and its body.
#[derive(Debug, Default)]
pub struct Asked {
    pub head: Vec<String>,
    pub body: String,
    /// How much of what came after the answer went out.
    pub poured: u64,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&String| line.split(':').next().is_some_and(|known| known.eq_ignore_ascii_case(name));
        self.head.iter().find(named).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Hangs up.
    Closes,
    /// Waits until the other side hangs up.
    Hangs,
    /// Goes on with a gigabyte.
    Pours,
}

pub struct WebServer {
    pub port: u16,
    asked: JoinHandle<Asked>,
}

impl WebServer {
    pub fn start(answer: impl Into<String>, then: Then, certificate: Option<Certificate>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, answer) = (listener.local_addr().unwrap().port(), answer.into());
        let asked = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = Asked::default();
            // However the connection ends, what was asked until then is what counts.
            let _ = match certificate {
                Some(certificate) => serve(&mut certificate.seal(stream), &answer, then, &mut asked),
                None => serve(&mut stream, &answer, then, &mut asked),
            };
            asked
        });
        Self { port, asked }
    }

    pub fn answering(answer: impl Into<String>) -> Self {
        Self::start(answer, Then::Closes, None)
    }

    pub fn asked(self) -> Asked {
        self.asked.join().unwrap()
    }
}

fn serve(stream: &mut (impl Read + Write), answer: &str, then: Then, asked: &mut Asked) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim_end().is_empty() {
            break;
        }
        asked.head.push(line.trim_end().to_owned());
    }
    let length = asked.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    asked.body = String::from_utf8_lossy(&body).into_owned();
    let stream = reader.get_mut();
    stream.write_all(answer.as_bytes())?;
    stream.flush()?;
    match then {
        Then::Closes => Ok(()),
        Then::Hangs => reader.read_to_end(&mut Vec::new()).map(drop),
        Then::Pours => {
            let chunk = vec![b'x'; 64 * 1024];
            while asked.poured < GIGABYTE {
                stream.write_all(&chunk)?;
                asked.poured += chunk.len() as u64;
            }
            Ok(())
        }
    }
}
