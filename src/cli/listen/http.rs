//! As much of HTTP as events need: one request a connection, its size and time bounded.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// Bytes of the head, and how long a request may take in all.
const HEAD_MOST: usize = 16 << 10;
const TIME_MOST: Duration = Duration::from_secs(10);
/// What is still read of a request that was refused, so that its sender sees the answer.
const LEFT_MOST: u64 = 4 << 20;

#[derive(Debug, Default)]
pub struct Request {
    pub token: Option<Vec<u8>>,
    pub body: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// JSON.
    pub body: String,
}

impl Answer {
    pub fn said(status: u16, sentence: &str) -> Answer {
        Answer { status, body: serde_json::json!({ "message": sentence }).to_string() }
    }

    fn reason(&self) -> &'static str {
        match self.status {
            202 => "Accepted",
            400 => "Bad Request",
            401 => "Unauthorized",
            404 => "Not Found",
            405 => "Method Not Allowed",
            408 => "Request Timeout",
            411 => "Length Required",
            413 => "Content Too Large",
            429 => "Too Many Requests",
            431 => "Request Header Fields Too Large",
            _ => "Service Unavailable",
        }
    }

    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let besides = match self.status {
            401 => "WWW-Authenticate: Bearer\r\n",
            405 => "Allow: POST\r\n",
            429 | 503 => "Retry-After: 1\r\n",
            _ => "",
        };
        let (status, reason, length) = (self.status, self.reason(), self.body.len() + 1);
        write!(
            to,
            "HTTP/1.1 {status} {reason}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{besides}\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n{}\n",
            self.body
        )?;
        to.flush()
    }
}

/// What the head says.
struct Head {
    token: Option<Vec<u8>>,
    length: usize,
    expects: bool,
}

/// Answers what comes on a connection: `check` looks at the head before the body is read, and may refuse.
pub fn serve(
    stream: &TcpStream,
    most: usize,
    check: impl FnOnce(&Request) -> Option<Answer>,
    take: impl FnOnce(&Request) -> Answer,
) {
    let timed = Timed { stream, until: Instant::now() + TIME_MOST };
    let mut reader = BufReader::new(timed);
    let answer = request(&mut reader, stream, most, check).map_or_else(|answer| answer, |request| take(&request));
    // Who does not listen is not told.
    let mut to = stream;
    let _ = stream.set_write_timeout(Some(TIME_MOST));
    if answer.write(&mut to).is_ok() {
        let _ = stream.shutdown(Shutdown::Write);
        let _ = io::copy(&mut reader.take(LEFT_MOST), &mut io::sink());
    }
}

/// Too many are being answered.
pub fn turn_away(mut stream: &TcpStream) {
    let _ = stream.set_write_timeout(Some(Duration::from_millis(100)));
    let _ = Answer::said(429, "Too many connections at once. Wait a second").write(&mut stream);
}

fn request(
    reader: &mut impl BufRead,
    mut to: &TcpStream,
    most: usize,
    check: impl FnOnce(&Request) -> Option<Answer>,
) -> Result<Request, Answer> {
    let head = head(reader)?;
    let mut request = Request { token: head.token, body: Vec::new() };
    if let Some(refused) = check(&request) {
        return Err(refused);
    }
    if head.length > most {
        return Err(Answer::said(413, &format!("The body is too large: {} MB at most", most >> 20)));
    }
    if head.expects {
        to.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").map_err(|error| broken(&error))?;
    }
    request.body = vec![0; head.length];
    reader.read_exact(&mut request.body).map_err(|error| broken(&error))?;
    Ok(request)
}

fn head(reader: &mut impl BufRead) -> Result<Head, Answer> {
    let mut left = HEAD_MOST;
    let first = line(reader, &mut left)?;
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if !words.next().is_some_and(|version| version.starts_with("HTTP/1.")) {
        return Err(Answer::said(400, "This is no HTTP request"));
    }
    let (mut head, mut length) = (Head { token: None, length: 0, expects: false }, None);
    loop {
        let line = line(reader, &mut left)?;
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            return Err(Answer::said(400, "A header has no colon"));
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "authorization" => {
                let bearer = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
                head.token = bearer.map(|(_, token)| token.trim().as_bytes().to_vec());
            }
            "content-length" => match value.parse::<usize>() {
                Ok(said) if length.is_none_or(|before| before == said) => length = Some(said),
                _ => return Err(Answer::said(400, "The Content-Length is no number")),
            },
            "transfer-encoding" => {
                return Err(Answer::said(411, "Send the body with its Content-Length, not in pieces"));
            }
            "expect" => head.expects = value.eq_ignore_ascii_case("100-continue"),
            _ => {}
        }
    }
    match (path.split('?').next(), method, length) {
        (Some("/" | "/events"), "POST", Some(length)) => Ok(Head { length, ..head }),
        (Some("/" | "/events"), "POST", None) => Err(Answer::said(411, "Send the body with its Content-Length")),
        (Some("/" | "/events"), ..) => Err(Answer::said(405, "Events are sent by POST")),
        _ => Err(Answer::said(404, "Events are sent to /events")),
    }
}

/// A line of the head, without its end.
fn line(reader: &mut impl BufRead, left: &mut usize) -> Result<String, Answer> {
    let mut line = Vec::new();
    reader.take(*left as u64).read_until(b'\n', &mut line).map_err(|error| broken(&error))?;
    *left -= line.len();
    if line.last() != Some(&b'\n') {
        return Err(match *left {
            0 => Answer::said(431, "The head of the request is too long"),
            _ => Answer::said(400, "The request broke off"),
        });
    }
    let text = String::from_utf8(line).map_err(|_| Answer::said(400, "The head of the request is no text"))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn broken(error: &io::Error) -> Answer {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Answer::said(408, "The request took too long"),
        _ => Answer::said(400, "The request broke off"),
    }
}

/// A connection that is read until a moment, however slowly it comes.
struct Timed<'a> {
    stream: &'a TcpStream,
    until: Instant,
}

impl Read for Timed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        let mut stream = self.stream;
        stream.read(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("POST /events HTTP/1.1\r\nContent-Length: 3\r\nAuthorization: Bearer abc\r\n\r\n", 0)]
    #[case("POST /?x=1 HTTP/1.0\ncontent-length: 3\n\n", 0)]
    #[case("GET /events HTTP/1.1\r\n\r\n", 405)]
    #[case("POST /else HTTP/1.1\r\nContent-Length: 3\r\n\r\n", 404)]
    #[case("POST /events HTTP/1.1\r\n\r\n", 411)]
    #[case("POST /events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411)]
    #[case("POST /events HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 400)]
    #[case("POST /events HTTP/1.1\r\nContent-Length: -3\r\n\r\n", 400)]
    #[case("POST /events HTTP/1.1\r\nContent-Le", 400)]
    #[case("\x16\x03\x01", 400)]
    #[case("hello\r\n\r\n", 400)]
    fn r4_1_a_request_is_read_or_told_what_is_wrong(#[case] text: &str, #[case] status: u16) {
        let told = head(&mut text.as_bytes()).map_or_else(|answer| answer.status, |_| 0);
        assert_eq!(told, status, "{text}");
    }

    #[test]
    fn r4_1_a_head_without_end_is_not_read_to_its_end() {
        let text = format!("POST /events HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(HEAD_MOST));
        assert_eq!(head(&mut text.as_bytes()).map_or_else(|answer| answer.status, |_| 0), 431);
    }
}
