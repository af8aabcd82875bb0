//! A connection that ends in time: looked up, judged, opened, read and written before one deadline.

use super::deadline::Deadline;
use super::reach::{self, Barred};
use super::tls;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Socket {
    stream: TcpStream,
    deadline: Deadline,
}

/// The addresses of a name that may be reached; those that may not are left out, and are the error when none is left.
pub(super) fn addresses(
    host: &str,
    port: u16,
    allow_private: bool,
    deadline: Deadline,
) -> io::Result<Result<Vec<SocketAddr>, Barred>> {
    let name = host.trim_matches(['[', ']']).to_owned();
    let found: Vec<SocketAddr> = deadline.wait(move || (name.as_str(), port).to_socket_addrs())??.collect();
    let mut open = Vec::new();
    let mut barred = None;
    for address in found {
        match reach::judge(address.ip(), allow_private) {
            Ok(()) => open.push(address),
            Err(why) => barred = Some(why),
        }
    }
    match barred {
        Some(why) if open.is_empty() => Ok(Err(why)),
        _ if open.is_empty() => Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address")),
        _ => Ok(Ok(open)),
    }
}

impl Socket {
    /// Connects to the first of the addresses that answers, each within `limit`.
    pub fn connect(addresses: &[SocketAddr], limit: Duration, deadline: Deadline) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in addresses {
            match TcpStream::connect_timeout(address, limit.min(deadline.left()?)) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(Self { stream, deadline });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    pub fn local(&self) -> io::Result<SocketAddr> {
        self.stream.local_addr()
    }

    pub fn peer(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

/// One call to the system, again when a signal interrupts it: with a time-out set, the system does not go on by itself.
fn whole<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // What a time-out is called on most systems.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(io::ErrorKind::TimedOut.into()),
            ended => return ended,
        }
    }
}

impl Read for Socket {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        whole(|| {
            self.stream.set_read_timeout(Some(self.deadline.left()?))?;
            self.stream.read(into)
        })
    }
}

impl Write for Socket {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        whole(|| {
            self.stream.set_write_timeout(Some(self.deadline.left()?))?;
            self.stream.write(from)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// What went wrong on a connection, for a sentence that begins with the server.
pub(super) fn told(error: &io::Error) -> String {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return tls::told(error);
    }
    match error.kind() {
        io::ErrorKind::TimedOut => "did not answer in time".to_owned(),
        io::ErrorKind::ConnectionRefused => "refuses connections".to_owned(),
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => "broke off the connection".to_owned(),
        // Ours, said by whoever read the answer.
        io::ErrorKind::InvalidData => error.to_string(),
        _ => format!("could not be reached: {error}"),
    }
}

#[cfg(test)]
mod tests;
