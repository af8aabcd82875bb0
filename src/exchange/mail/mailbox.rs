//! A file with one mail, or with several that lines `From …` part: they come oldest first, in whatever order they stand,
//! so that a thread begins before it goes on.

use super::{MOST, Mail};
use crate::exchange::buffer::Buffer;
use chrono::{DateTime, Utc};
use memchr::memchr;
use std::collections::BTreeMap;
use std::io::{self, Read};

/// Letters of mails that wait for older ones. A mailbox with more is in order as far as that reaches.
const HELD: usize = 256 * 1024 * 1024;

pub(super) struct Mailbox<R> {
    buffer: Buffer<R>,
    /// Lines `From …` part several mails.
    is_parted: bool,
    done: bool,
    broken: Option<io::Error>,
    /// By when they were written, then as they stand there.
    held: BTreeMap<(Option<DateTime<Utc>>, u64), Result<Mail, String>>,
    weight: usize,
    count: u64,
}

pub(super) fn begins_mail(line: &[u8]) -> bool {
    line.starts_with(b"From ")
}

fn weight(mail: &Result<Mail, String>) -> usize {
    let Ok(mail) = mail else { return size_of::<Mail>() };
    let several = [&mail.references, &mail.to, &mail.cc].into_iter().flatten();
    several.map(String::len).sum::<usize>() + mail.text.len() + mail.subject.len() + size_of::<Mail>()
}

impl<R: Read> Mailbox<R> {
    pub fn new(buffer: Buffer<R>) -> Mailbox<R> {
        let is_parted = begins_mail(buffer.bytes());
        Mailbox { buffer, is_parted, done: false, broken: None, held: BTreeMap::new(), weight: 0, count: 0 }
    }

    /// The oldest mail, or why the next one can't be read; what was read before a failing disk comes first.
    pub fn next(&mut self) -> Option<io::Result<Result<Mail, String>>> {
        while !self.done && self.weight < HELD {
            self.hold();
        }
        match self.held.pop_first() {
            Some((_, mail)) => {
                self.weight -= weight(&mail);
                Some(Ok(mail))
            }
            None => self.broken.take().map(Err),
        }
    }

    fn hold(&mut self) {
        match self.read() {
            Ok(Some(bytes)) => {
                let mail = super::read(&bytes);
                self.weight += weight(&mail);
                self.count += 1;
                self.held.insert((mail.as_ref().ok().and_then(|mail| mail.at), self.count), mail);
                self.done = !self.is_parted;
            }
            Ok(None) => self.done = true,
            Err(error) => (self.done, self.broken) = (true, Some(error)),
        }
    }

    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut mail = Vec::new();
        let (mut is_first, mut was_blank, mut is_line) = (true, true, true);
        loop {
            while memchr(b'\n', self.buffer.bytes()).is_none()
                && self.buffer.bytes().len() < MOST
                && !self.buffer.ended()
            {
                self.buffer.more()?;
            }
            let bytes = self.buffer.bytes();
            if bytes.is_empty() {
                return Ok((!is_first).then_some(mail));
            }
            let length = memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
            let line = &bytes[..length];
            let begins = self.is_parted && is_line && was_blank && begins_mail(line);
            if begins && !is_first {
                return Ok(Some(mail));
            }
            was_blank = line.trim_ascii().is_empty();
            is_line = line.ends_with(b"\n");
            if !begins && mail.len() <= MOST {
                mail.extend_from_slice(if self.is_parted { unquoted(line) } else { line });
            }
            is_first = false;
            self.buffer.consume(length);
        }
    }
}

/// Mailboxes write a `>` before lines that look as if another mail began.
fn unquoted(line: &[u8]) -> &[u8] {
    let bare = line.iter().position(|byte| *byte != b'>').unwrap_or_default();
    if bare > 0 && begins_mail(&line[bare..]) { &line[1..] } else { line }
}
