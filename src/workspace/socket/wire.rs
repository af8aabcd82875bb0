//! Messages over a socket: each is its length in four bytes and then itself. One that is longer than [`MOST`] is
//! neither sent nor taken.

use super::place::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::time::Duration;

/// Bytes of a message at most.
const MOST: u32 = 64 << 20;

/// Why nothing came over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Whoever waited did so long enough.
    Silent,
    /// The other end hung up, or speaks nonsense.
    Gone,
    TooLarge,
}

pub struct Wire {
    stream: Stream,
}

impl Wire {
    /// Whoever receives is asked after each `breath` whether to go on waiting.
    pub fn new(stream: Stream, breath: Duration) -> io::Result<Wire> {
        stream.set_read_timeout(Some(breath))?;
        Ok(Wire { stream })
    }

    /// To hang up from elsewhere.
    pub fn end(&self) -> io::Result<End> {
        self.stream.try_clone().map(End)
    }

    pub fn send(&mut self, message: &impl Serialize) -> Result<(), Broken> {
        let mut bytes = vec![0; 4];
        bincode::serde::encode_into_std_write(message, &mut bytes, bincode::config::standard())
            .map_err(|_| Broken::Gone)?;
        let len = u32::try_from(bytes.len() - 4).ok().filter(|len| *len <= MOST).ok_or(Broken::TooLarge)?;
        bytes[..4].copy_from_slice(&len.to_be_bytes());
        self.stream.write_all(&bytes).map_err(|_| Broken::Gone)
    }

    pub fn receive<T: DeserializeOwned>(&mut self, goes_on: &dyn Fn() -> bool) -> Result<T, Broken> {
        let mut len = [0; 4];
        self.fill(&mut len, goes_on)?;
        let len = u32::from_be_bytes(len);
        if len > MOST {
            return Err(Broken::Gone);
        }
        // The memory grows with what is really there, whatever the length says.
        let mut bytes = Vec::new();
        let mut piece = vec![0; (len as usize).min(1 << 16)];
        while bytes.len() < len as usize {
            let size = piece.len().min(len as usize - bytes.len());
            self.fill(&mut piece[..size], goes_on)?;
            bytes.extend_from_slice(&piece[..size]);
        }
        let config = bincode::config::standard().with_limit::<{ MOST as usize }>();
        match bincode::serde::decode_from_slice(&bytes, config) {
            Ok((message, used)) if used == bytes.len() => Ok(message),
            _ => Err(Broken::Gone),
        }
    }

    fn fill(&mut self, bytes: &mut [u8], goes_on: &dyn Fn() -> bool) -> Result<(), Broken> {
        let mut at = 0;
        while at < bytes.len() {
            match self.stream.read(&mut bytes[at..]) {
                Ok(0) => return Err(Broken::Gone),
                Ok(count) => at += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    if !goes_on() {
                        return Err(Broken::Silent);
                    }
                }
                Err(_) => return Err(Broken::Gone),
            }
        }
        Ok(())
    }
}

impl Drop for Wire {
    /// Also where an [`End`] of it is still kept.
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Hangs up on a wire that another thread uses.
pub struct End(Stream);

impl End {
    pub fn hang_up(&self) {
        // It may have hung up by itself.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}
