//! What is said to a mail server (RFC 5321), one step after the other. Each answer is taken by its class: 4 passes by
//! itself, 5 does not.
//!
//! It stands here rather than in a library because the whole of it must end by one deadline, an answer may not grow
//! without end, and nothing that came in the clear may count once the line is encrypted.

use super::super::deadline::Deadline;
use super::super::message::quoted;
use super::super::secret::Revealed;
use super::super::socket::{self, Socket, told};
use super::super::{Limits, Security, Smtp, Stop};
use super::Mail;
use super::line::{Line, Reply};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::io;
use std::net::{IpAddr, SocketAddr};

pub(super) struct Conversation {
    line: Line,
    host: String,
    /// What the server says it can do, in capitals.
    can: Vec<String>,
    /// What an answer may not repeat to the user.
    secrets: Vec<String>,
}

impl Conversation {
    /// Connects, greets and encrypts as the settings want it; afterwards the server waits for a login or a mail.
    pub fn open(smtp: &Smtp, limits: &Limits, deadline: Deadline) -> Result<Self, Stop> {
        let host = smtp.host.trim().trim_matches(['[', ']']).to_owned();
        let failed = |error: io::Error| Stop::passing(format!("{host} (port {}) {}.", smtp.port, told(&error)));
        let config = || limits.roots.client().map_err(io::Error::other).map_err(failed);
        let addresses = match socket::addresses(&host, smtp.port, true, deadline) {
            Ok(Ok(addresses)) => addresses,
            Ok(Err(barred)) => return Err(Stop::lasting(format!("The mail server {host} {barred}."))),
            Err(error) if error.kind() == io::ErrorKind::TimedOut => return Err(failed(error)),
            Err(_) => return Err(Stop::passing(format!("The mail server {host} was not found. See smtp.host."))),
        };
        let socket = Socket::connect(&addresses, limits.connect, deadline).map_err(failed)?;
        let line = match smtp.security {
            Security::Tls => Line::sealed(socket, &host, config()?).map_err(failed)?,
            Security::StartTls | Security::None => Line::clear(socket),
        };
        let mut this = Self { line, host: host.clone(), can: Vec::new(), secrets: Vec::new() };
        this.answer("the connection", 2)?;
        this.greet()?;
        if smtp.security == Security::StartTls {
            if !this.is_able("STARTTLS") {
                return Err(Stop::passing(format!(
                    "{host} does not offer encryption (STARTTLS), or somebody on the way hides it. Nothing was sent."
                )));
            }
            this.say("STARTTLS", "STARTTLS", 2)?;
            this.line = this.line.seal(&host, config()?).map_err(failed)?;
            this.greet()?;
        }
        Ok(this)
    }

    fn greet(&mut self) -> Result<(), Stop> {
        let name = match self.line.socket().local().map(|local| local.ip().to_canonical()) {
            Ok(IpAddr::V4(ip)) => format!("[{ip}]"),
            Ok(IpAddr::V6(ip)) => format!("[IPv6:{ip}]"),
            Err(error) => return Err(self.broken(&error)),
        };
        let reply = self.say(&format!("EHLO {name}"), "the greeting", 2)?;
        self.can = reply.lines.iter().skip(1).map(|line| line.to_ascii_uppercase()).collect();
        Ok(())
    }

    /// Logs in, over a line on which nobody else can listen.
    pub fn log_in(&mut self, user: &str, password: &Revealed) -> Result<(), Stop> {
        if user.trim().is_empty() {
            return Err(Stop::lasting("There is a password but no smtp.user. Set it, then send it again."));
        }
        if !is_safe(self.line.is_sealed(), self.line.socket().peer()) {
            return Err(Stop::lasting(
                "A password would go in the clear: smtp.security is none. Set it to tls or starttls, then send it again.",
            ));
        }
        let plain = STANDARD.encode(format!("\0{user}\0{}", password.expose()));
        let (name, word) = (STANDARD.encode(user), STANDARD.encode(password.expose()));
        self.secrets = vec![plain.clone(), word.clone(), password.expose().to_owned()];
        if self.knows_login("PLAIN") {
            self.say(&format!("AUTH PLAIN {plain}"), "the login", 2)?;
        } else if self.knows_login("LOGIN") {
            self.say("AUTH LOGIN", "the login", 3)?;
            self.say(&name, "the login", 3)?;
            self.say(&word, "the login", 2)?;
        } else {
            return Err(Stop::lasting(format!(
                "{} offers no login that lejek knows (PLAIN, LOGIN). See smtp.security and smtp.port.",
                self.host
            )));
        }
        Ok(())
    }

    /// Hands one mail over; it is delivered when the server has answered for it.
    pub fn hand_over(mut self, mail: &Mail) -> Result<(), Stop> {
        let international = !mail.from.is_ascii() || !mail.to.is_ascii();
        if international && !self.is_able("SMTPUTF8") {
            return Err(Stop::lasting(format!(
                "{} does not take addresses with letters such as ż or ü. Use another address, then send it again.",
                self.host
            )));
        }
        let marked = if international { " SMTPUTF8" } else { "" };
        self.say(&format!("MAIL FROM:<{}>{marked}", mail.from), "the sender", 2)?;
        self.say(&format!("RCPT TO:<{}>", mail.to), "the recipient", 2)?;
        self.say("DATA", "the mail", 3)?;
        self.line.write(&dotted(&mail.bytes)).map_err(|error| self.broken(&error))?;
        self.answer("the mail", 2)?;
        // It is delivered: whether the farewell arrives is of no consequence.
        let _ = self.line.write(b"QUIT\r\n");
        Ok(())
    }

    fn is_able(&self, word: &str) -> bool {
        self.can.iter().any(|line| line.split_whitespace().next() == Some(word))
    }

    fn knows_login(&self, kind: &str) -> bool {
        let mut logins = self.can.iter().filter_map(|line| line.strip_prefix("AUTH"));
        logins.any(|line| line.split([' ', '=']).any(|word| word == kind))
    }

    /// Says one line and takes its answer, which must be of this class.
    fn say(&mut self, words: &str, about: &str, class: u16) -> Result<Reply, Stop> {
        if words.contains(char::is_control) {
            return Err(Stop::lasting(format!("What lejek would say about {about} is not one line.")));
        }
        self.line.write(format!("{words}\r\n").as_bytes()).map_err(|error| self.broken(&error))?;
        self.answer(about, class)
    }

    fn answer(&mut self, about: &str, class: u16) -> Result<Reply, Stop> {
        let reply = self.line.reply().map_err(|error| self.broken(&error))?;
        if reply.code / 100 == class {
            return Ok(reply);
        }
        let (host, code) = (&self.host, reply.code);
        let said = quoted(&reply.lines.join(" "), &self.secrets);
        match (code / 100, code) {
            (4, _) => Err(Stop::passing(format!("{host} does not take {about} now: {code} {said}"))),
            (_, 530) => Err(Stop::lasting(format!(
                "{host} wants a login: {code} {said} — set smtp.user and smtp.password_command or smtp.password_file."
            ))),
            (5, _) if about == "the login" => Err(Stop::lasting(format!(
                "{host} refused the login: {code} {said} — correct smtp.user or the password, then send it again."
            ))),
            (5, _) => Err(Stop::lasting(format!("{host} refused {about}: {code} {said}"))),
            _ => Err(Stop::passing(format!("{host} gave no answer that fits {about}: {code} {said}"))),
        }
    }

    fn broken(&self, error: &io::Error) -> Stop {
        Stop::passing(format!("{} {}.", self.host, told(error)))
    }
}

/// Whether a password may be said: encrypted, or to this machine.
fn is_safe(is_sealed: bool, peer: io::Result<SocketAddr>) -> bool {
    is_sealed || peer.is_ok_and(|peer| peer.ip().to_canonical().is_loopback())
}

/// A mail as it goes over the line: every line ends with CR LF, none that begins with a dot ends it early, and the
/// last one does.
fn dotted(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len() + 64);
    let mut lines = mail.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() && lines.peek().is_none() {
            break;
        }
        if line.starts_with(b".") {
            out.push(b'.');
        }
        // A lone CR is a line's end to some servers.
        out.extend(line.iter().map(|byte| if *byte == b'\r' { b' ' } else { *byte }));
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests;
