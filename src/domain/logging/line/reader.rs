//! Reads a line from left to right: its type, then the fields of that type wherever text has not begun or a quote has
//! ended, then text; a date with a colon begins the task that follows, wherever it stands.

mod dates;
mod pieces;
mod todo;

use super::words::{self, Key};
use super::{Line, Outcome, Part, Remark, ToDo, What};
use crate::domain::activity::{ActivityKind as Kind, Direction};
use crate::domain::email;
use crate::domain::when::Clock;
use pieces::{Piece, pieces};
use std::ops::Range;

/// Digits of a phone number at least.
const PHONE_LEAST: usize = 7;

pub struct Reader<'a> {
    text: &'a str,
    clock: &'a Clock,
    pieces: Vec<Piece>,
    at: usize,
    line: Line,
    /// The words that said when it is, to be read together with what says the time.
    when: String,
    /// What was in quotes, and what was not.
    quoted: Vec<&'a str>,
    free: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, clock: &'a Clock) -> Reader<'a> {
        let line = Line {
            kind: Kind::Note,
            direction: None,
            outcome: None,
            length: None,
            at: None,
            end: None,
            location: String::new(),
            with: Vec::new(),
            subject: String::new(),
            text: String::new(),
            todo: ToDo::default(),
            then: None,
            parts: Vec::new(),
            hints: Vec::new(),
            errors: Vec::new(),
        };
        let (quoted, free) = (Vec::new(), Vec::new());
        Reader { text, clock, pieces: pieces(text), at: 0, line, when: String::new(), quoted, free }
    }

    pub fn read(mut self) -> Line {
        self.kind();
        while self.at < self.pieces.len() {
            let before = self.at;
            if !(self.quote() || self.follows() || self.field()) {
                self.free_text();
            }
            debug_assert!(self.at > before, "a line is read to its end");
        }
        self.share_out();
        self.check();
        self.line
    }

    fn part(&mut self, span: Range<usize>, what: What) {
        self.line.parts.push(Part { span, what });
    }

    fn hint(&mut self, span: Range<usize>, sentence: impl Into<String>) {
        self.line.hints.push(Remark { span, sentence: sentence.into() });
    }

    fn error(&mut self, span: Range<usize>, sentence: impl Into<String>) {
        self.line.errors.push(Remark { span, sentence: sentence.into() });
    }

    /// The span of `count` words from here; `None`: there are fewer before the end or a quote.
    fn words(&self, count: usize) -> Option<Range<usize>> {
        let words = self.pieces.get(self.at..self.at + count)?;
        let all = words.iter().all(|piece| piece.quoted.is_none());
        all.then(|| words[0].span.start..words[count - 1].span.end)
    }

    /// The longest phrase from here that is in the rows, and how many words it has.
    fn phrase<T: Copy>(&self, rows: words::Rows<T>) -> Option<(T, usize, Range<usize>)> {
        (1..=words::PHRASE_MOST).rev().find_map(|count| {
            let span = self.words(count)?;
            words::find(rows, &self.text[span.clone()]).map(|value| (value, count, span))
        })
    }

    fn kind(&mut self) {
        let found = (1..=2).rev().find_map(|count| {
            let span = self.words(count)?;
            let word = &self.text[span.clone()];
            let bare = word.strip_suffix(':').unwrap_or(word);
            words::find(words::KINDS, bare).map(|kind| (kind, count, span.start..span.start + bare.len()))
        });
        if let Some((kind, count, span)) = found {
            self.line.kind = kind;
            self.at += count;
            self.part(span, What::Kind);
        }
    }

    fn quote(&mut self) -> bool {
        let Piece { span, quoted: Some(inner) } = &self.pieces[self.at] else { return false };
        let (span, inner) = (span.clone(), inner.clone());
        if inner.end == span.end {
            self.hint(span.clone(), "The quote has no end, so all of it is text");
        }
        self.quoted.push(self.text[inner].trim());
        self.at += 1;
        self.part(span, What::Text);
        true
    }

    fn field(&mut self) -> bool {
        if self.key() || self.mark() {
            return true;
        }
        self.line.kind != Kind::Note
            && (self.outcome() || self.date() || self.length() || self.direction() || self.party())
    }

    /// `subject: …`
    fn key(&mut self) -> bool {
        let Some((key, _, span)) = self.phrase(words::KEYS) else { return false };
        let kind = self.line.kind;
        let what = match key {
            Key::Subject if kind != Kind::Note => What::Subject,
            Key::Location if kind == Kind::Meeting => What::Location,
            _ => return false,
        };
        self.at += 1;
        let rest = self.run(|reader| reader.is_end_of_run() || reader.phrase(words::KEYS).is_some());
        let value = rest.clone().map_or("", |rest| &self.text[rest]).to_owned();
        let into = if what == What::Subject { &mut self.line.subject } else { &mut self.line.location };
        *into = value;
        self.part(span.start..rest.map_or(span.end, |rest| rest.end), what);
        true
    }

    fn outcome(&mut self) -> bool {
        let found = match self.line.kind {
            Kind::Call => self.phrase(words::CALL_OUTCOMES).map(|(o, count, span)| (Outcome::Call(o), count, span)),
            Kind::Meeting => {
                self.phrase(words::MEETING_OUTCOMES).map(|(o, count, span)| (Outcome::Meeting(o), count, span))
            }
            _ => None,
        };
        let Some((outcome, count, span)) = found.filter(|_| self.line.outcome.is_none()) else { return false };
        self.line.outcome = Some(outcome);
        self.at += count;
        self.part(span, What::Outcome);
        true
    }

    fn direction(&mut self) -> bool {
        let has = !matches!(self.line.kind, Kind::Meeting | Kind::Task | Kind::Note);
        let found = self.phrase(words::DIRECTIONS).filter(|_| has && self.line.direction.is_none());
        let Some((direction, count, span)) = found else { return false };
        self.line.direction = Some(direction);
        self.at += count;
        self.part(span, What::Direction);
        true
    }

    /// `with anna@firm.example`, `+48 600 100 200`.
    fn party(&mut self) -> bool {
        if self.line.kind == Kind::Task {
            return false;
        }
        let begin = self.at;
        let said = self.phrase(words::PARTIES);
        self.at += usize::from(said.is_some());
        let Some((address, span)) = self.address(said.is_some()) else {
            self.at = begin;
            return false;
        };
        self.line.with.push(address);
        if let Some(direction) = said.as_ref().and_then(|(direction, ..)| *direction)
            && self.line.kind != Kind::Meeting
        {
            self.line.direction.get_or_insert(direction);
        }
        let from = said.map_or(span.start, |(_, _, word)| word.start);
        self.part(from..span.end, What::With);
        true
    }

    /// An address from here; a phone number without `+` is one only where that was said.
    fn address(&mut self, said: bool) -> Option<(String, Range<usize>)> {
        let span = self.words(1)?;
        let word = self.text[span.clone()].trim_matches([',', ';']);
        if word.contains('@') {
            let address = email::parse(word).ok()?;
            self.at += 1;
            return Some((address, span));
        }
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "+()-.,".contains(c));
        let count = (1..=6).take_while(|count| {
            self.words(*count).is_some_and(|span| self.text[span].split_whitespace().all(is_number))
        });
        let span = self.words(count.last()?)?;
        let number = self.text[span.clone()].trim_matches([',', ';']);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        if digits < PHONE_LEAST || !(said || number.starts_with('+')) {
            return None;
        }
        self.at += self.pieces[self.at..].iter().take_while(|piece| piece.span.end <= span.end).count();
        Some((number.to_owned(), span))
    }

    /// Words up to what is no text any more.
    fn run(&mut self, ends: impl Fn(&Self) -> bool) -> Option<Range<usize>> {
        let first = self.pieces.get(self.at)?.span.start;
        let mut end = None;
        while self.at < self.pieces.len() && !ends(self) {
            end = Some(self.pieces[self.at].span.end);
            self.at += 1;
        }
        end.map(|end| first..end)
    }

    fn is_end_of_run(&self) -> bool {
        self.pieces[self.at].quoted.is_some() || self.is_mark() || self.leads_on().is_some()
    }

    fn free_text(&mut self) {
        let begin = self.at;
        // What stands here is no field, or it would have been read.
        self.at += 1;
        let rest = self.run(|reader| reader.is_end_of_run() || reader.phrase(words::KEYS).is_some());
        let first = self.pieces[begin].span.clone();
        let span = first.start..rest.map_or(first.end, |rest| rest.end);
        self.free.push(&self.text[span.clone()]);
        self.stays(begin);
        self.part(span, What::Text);
    }

    /// What is free is what it is about, where the type has a subject; what is quoted is text.
    fn share_out(&mut self) {
        let (free, quoted) = (self.free.join(" "), self.quoted.join(" "));
        let line = &mut self.line;
        let has_subject = matches!(line.kind, Kind::Email | Kind::Meeting | Kind::Task);
        // Whether it is the quotes that became the subject.
        let subject = match (has_subject && line.subject.is_empty(), free.is_empty()) {
            (true, false) => {
                (line.subject, line.text) = (free, quoted);
                Some(false)
            }
            (true, true) if line.kind != Kind::Email => {
                line.subject = quoted;
                Some(true)
            }
            _ => {
                line.text = [free, quoted].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
                None
            }
        };
        let what = if line.kind == Kind::Email { What::Subject } else { What::Title };
        for part in line.parts.iter_mut().filter(|part| part.what == What::Text) {
            let is_quote = self.pieces.iter().any(|piece| piece.quoted.is_some() && piece.span == part.span);
            if subject == Some(is_quote) {
                part.what = what;
            }
        }
        if line.kind == Kind::Task {
            line.todo.task =
                words::find(words::TASKS, line.subject.split(' ').next().unwrap_or_default()).unwrap_or(line.todo.task);
        }
    }

    fn check(&mut self) {
        let whole = 0..self.text.len();
        let line = &self.line;
        let is_bare = line.subject.is_empty() && line.text.is_empty();
        if self.pieces.is_empty() {
            self.error(whole, "Nothing is typed yet");
        } else if line.kind == Kind::Task && is_bare {
            self.error(whole, "A task needs a title: task friday: send the offer");
        } else if line.kind == Kind::Note && is_bare {
            self.error(whole, "A note needs a text");
        } else if let (Kind::Meeting, Some(at), Some(end)) = (line.kind, line.at, line.end)
            && end < at.at
        {
            self.error(whole, "The meeting ends before it starts");
        } else if let Some(at) = line.at.filter(|at| at.at > self.clock.now)
            && !matches!(line.kind, Kind::Task | Kind::Meeting)
            && at.has_time
        {
            let sentence = "It lies ahead. With a colon behind the date it becomes a task: tomorrow 10am: call back";
            self.hint(whole, sentence);
        }
        if self.line.with.len() > 1 && self.line.direction == Some(Direction::In) {
            let sentence = format!("It comes from {}, the first of them", self.line.with[0]);
            self.hint(0..self.text.len(), sentence);
        }
    }
}
