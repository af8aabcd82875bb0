//! The line to a mail server: in the clear or encrypted, its answers read one at a time and never beyond a size.

use super::super::socket::Socket;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::sync::Arc;

/// The most that one answer may hold.
const MOST: usize = 64 * 1024;

pub(super) struct Line {
    stream: Stream,
    /// What has arrived and was not yet read.
    arrived: Vec<u8>,
}

enum Stream {
    Clear(Socket),
    Sealed(Box<StreamOwned<ClientConnection, Socket>>),
}

/// An answer: its code and its lines without it.
pub(super) struct Reply {
    pub code: u16,
    pub lines: Vec<String>,
}

impl Line {
    pub fn clear(socket: Socket) -> Self {
        Self { stream: Stream::Clear(socket), arrived: Vec::new() }
    }

    pub fn sealed(mut socket: Socket, host: &str, config: Arc<ClientConfig>) -> io::Result<Self> {
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        let mut connection = ClientConnection::new(config, name).map_err(io::Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut socket)?;
        }
        Ok(Self { stream: Stream::Sealed(Box::new(StreamOwned::new(connection, socket))), arrived: Vec::new() })
    }

    /// Encrypts a line that was in the clear. What has arrived in the clear is not to be taken for the first answer
    /// of the encrypted line, as somebody on the way could wish.
    pub fn seal(self, host: &str, config: Arc<ClientConfig>) -> io::Result<Self> {
        match self.stream {
            Stream::Clear(_) if !self.arrived.is_empty() => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "spoke in the clear where encryption begins"))
            }
            Stream::Clear(socket) => Self::sealed(socket, host, config),
            Stream::Sealed(_) => Ok(self),
        }
    }

    pub fn is_sealed(&self) -> bool {
        matches!(self.stream, Stream::Sealed(_))
    }

    pub fn socket(&self) -> &Socket {
        match &self.stream {
            Stream::Clear(socket) => socket,
            Stream::Sealed(stream) => &stream.sock,
        }
    }

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let stream: &mut dyn Write = match &mut self.stream {
            Stream::Clear(socket) => socket,
            Stream::Sealed(stream) => stream,
        };
        stream.write_all(bytes)?;
        stream.flush()
    }

    /// The next answer, whole.
    pub fn reply(&mut self) -> io::Result<Reply> {
        let mut lines = Vec::new();
        let mut read = 0;
        loop {
            let line = self.next_line(&mut read)?;
            let (code, rest) = line.split_at_checked(3).ok_or_else(no_answer)?;
            let code: u16 = code.parse().ok().filter(|code| (200..600).contains(code)).ok_or_else(no_answer)?;
            let goes_on = rest.starts_with('-');
            lines.push(rest.get(1..).unwrap_or_default().to_owned());
            if !goes_on {
                return Ok(Reply { code, lines });
            }
        }
    }

    fn next_line(&mut self, read: &mut usize) -> io::Result<String> {
        let mut seen = 0;
        loop {
            if let Some(end) = self.arrived[seen..].iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.arrived.drain(..=seen + end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            seen = self.arrived.len();
            let mut chunk = [0; 4096];
            let count = match &mut self.stream {
                Stream::Clear(socket) => socket.read(&mut chunk)?,
                Stream::Sealed(stream) => stream.read(&mut chunk)?,
            };
            *read += count;
            match count {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ if *read > MOST => {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, "gave an answer without end"));
                }
                _ => self.arrived.extend_from_slice(&chunk[..count]),
            }
        }
    }
}

fn no_answer() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "does not speak as a mail server does")
}
