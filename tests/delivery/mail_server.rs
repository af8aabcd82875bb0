//! A mail server for one connection, on a port of its own. How it behaves is its [`Manner`].

use super::certificate::{Certificate, Sealed};
use lejek::delivery::{Channel, Secret, Security, Smtp};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Accepts,
    /// Answers what begins with these words with this answer.
    Says(&'static str, &'static str),
    /// Never answers what begins with these words.
    Stalls(&'static str),
    /// Hangs up when it hears them.
    Drops(&'static str),
    /// Hangs up after the first line of the mail.
    DropsMidMessage,
    /// Hangs up after it has answered for the mail.
    DropsAfterwards,
    /// Does not say that it can encrypt.
    StripsStartTls,
    /// Says an answer to the encrypted greeting before the encryption.
    SpeaksAhead,
    /// Offers these logins.
    Offers(&'static str),
}

pub struct MailServer {
    port: u16,
    heard: JoinHandle<Vec<String>>,
}

impl MailServer {
    pub fn start(manner: Manner, security: Security, certificate: Option<Certificate>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut talk = Talk { manner, certificate, encrypted: false, heard: Vec::new() };
            // However the connection ends, what was heard until then is what counts.
            let _ = match (security, &talk.certificate) {
                (Security::Tls, Some(certificate)) => {
                    let stream = certificate.seal(stream);
                    talk.sealed(stream)
                }
                _ => talk.clear(stream),
            };
            talk.heard
        });
        Self { port, heard }
    }

    pub fn in_the_clear(manner: Manner) -> Self {
        Self::start(manner, Security::None, None)
    }

    pub fn channel(&self, security: Security, password: Option<Secret>) -> Channel {
        channel(self.port, security, password)
    }

    /// Every line it was told, once the connection has ended.
    pub fn heard(self) -> Vec<String> {
        self.heard.join().unwrap()
    }
}

pub fn channel(port: u16, security: Security, password: Option<Secret>) -> Channel {
    Channel::Email(Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        security,
        user: "jan".to_owned(),
        password,
        from: "Jan Nowak <jan@example.com>".to_owned(),
    })
}

struct Talk {
    manner: Manner,
    certificate: Option<Certificate>,
    encrypted: bool,
    heard: Vec<String>,
}

/// Whether the line goes on in the clear, encrypted, or not at all.
#[derive(PartialEq, Eq)]
enum Next {
    Encrypt,
    End,
}

/// Whether a line is still to be answered.
enum Turn {
    Open,
    Taken,
    Ends,
}

impl Talk {
    fn clear(&mut self, mut stream: TcpStream) -> io::Result<()> {
        stream.write_all(b"220 mail.example.com\r\n")?;
        if self.converse(&mut stream)? == Next::Encrypt
            && let Some(certificate) = self.certificate.take()
        {
            self.encrypted = true;
            let mut sealed = certificate.seal(stream);
            self.converse(&mut sealed)?;
        }
        Ok(())
    }

    fn sealed(&mut self, mut stream: Sealed) -> io::Result<()> {
        self.encrypted = true;
        stream.write_all(b"220 mail.example.com\r\n")?;
        self.converse(&mut stream).map(drop)
    }

    fn converse(&mut self, stream: &mut (impl Read + Write)) -> io::Result<Next> {
        let mut reader = BufReader::new(stream);
        loop {
            let Some(line) = self.line(&mut reader)? else { return Ok(Next::End) };
            match self.out_of_turn(&line, &mut reader)? {
                Turn::Ends => return Ok(Next::End),
                Turn::Taken => continue,
                Turn::Open => {}
            }
            let stream = reader.get_mut();
            match line.split(' ').next().unwrap_or_default() {
                "EHLO" => self.greet(stream)?,
                "STARTTLS" => {
                    let ahead = if self.manner == Manner::SpeaksAhead { "250 AUTH PLAIN\r\n" } else { "" };
                    stream.write_all(format!("220 go\r\n{ahead}").as_bytes())?;
                    return Ok(Next::Encrypt);
                }
                "AUTH" if line == "AUTH LOGIN" => stream.write_all(b"334 VXNlcm5hbWU6\r\n")?,
                "amFu" => stream.write_all(b"334 UGFzc3dvcmQ6\r\n")?,
                "DATA" => {
                    stream.write_all(b"354 go\r\n")?;
                    if !self.mail(&mut reader)? {
                        return Ok(Next::End);
                    }
                }
                "QUIT" => return Ok(Next::End),
                _ => stream.write_all(b"250 fine\r\n")?,
            }
        }
    }

    /// What the manner wants to be done instead of a proper answer.
    fn out_of_turn<S: Read + Write>(&self, line: &str, reader: &mut BufReader<S>) -> io::Result<Turn> {
        match self.manner {
            Manner::Stalls(words) if line.starts_with(words) => {
                reader.read_to_end(&mut Vec::new())?;
                Ok(Turn::Ends)
            }
            Manner::Drops(words) if line.starts_with(words) => Ok(Turn::Ends),
            Manner::Says(words, answer) if line.starts_with(words) => {
                reader.get_mut().write_all(format!("{answer}\r\n").as_bytes())?;
                Ok(Turn::Taken)
            }
            _ => Ok(Turn::Open),
        }
    }

    fn line(&mut self, reader: &mut impl BufRead) -> io::Result<Option<String>> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.strip_suffix("\r\n").expect("a line that ends with CR LF").to_owned();
        self.heard.push(line.clone());
        Ok(Some(line))
    }

    fn greet(&self, stream: &mut impl Write) -> io::Result<()> {
        let mut can = vec!["mail.example.com".to_owned(), "PIPELINING".to_owned()];
        if self.certificate.is_some() && !self.encrypted && self.manner != Manner::StripsStartTls {
            can.push("STARTTLS".to_owned());
        }
        if let Manner::Offers(logins) = self.manner {
            can.push(format!("AUTH {logins}"));
        } else if self.encrypted {
            can.push("AUTH PLAIN LOGIN".to_owned());
        }
        let last = can.len() - 1;
        let line = |(at, word): (usize, &String)| format!("250{}{word}\r\n", if at == last { ' ' } else { '-' });
        stream.write_all(can.iter().enumerate().map(line).collect::<String>().as_bytes())
    }

    /// Takes the mail; whether the conversation goes on afterwards.
    fn mail<S: Read + Write>(&mut self, reader: &mut BufReader<S>) -> io::Result<bool> {
        while let Some(line) = self.line(reader)? {
            if self.manner == Manner::DropsMidMessage {
                return Ok(false);
            }
            if line == "." {
                return match self.out_of_turn(&line, reader)? {
                    Turn::Ends => Ok(false),
                    Turn::Taken => Ok(true),
                    Turn::Open => {
                        reader.get_mut().write_all(b"250 kept\r\n")?;
                        Ok(self.manner != Manner::DropsAfterwards)
                    }
                };
            }
        }
        Ok(false)
    }
}
