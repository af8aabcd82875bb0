//! Dates and lengths within a line. One that may be two, or that there is not, stays text and is named.

use super::{Kind, Reader, What, words};
use crate::domain::when::{self, Moment, WhenError};
use std::ops::Range;

/// Words of a date at most.
const DATE_MOST: usize = 7;

/// A date with a colon behind it.
pub enum Lead {
    Due { due: Moment, count: usize, span: Range<usize> },
    Wrong { error: WhenError, count: usize, span: Range<usize> },
}

/// It is meant as a date, and there is something to be said of it.
fn is_meant(error: &WhenError, text: &str) -> bool {
    let has_numbers = || {
        let parts = text.split(['/', '.', '-']).filter(|part| part.chars().any(|c| c.is_ascii_digit()));
        parts.count() > 1
    };
    match error {
        WhenError::Empty | WhenError::NotADate(_) | WhenError::NotASpan(_) => false,
        WhenError::Ambiguous { .. } => when::parse_span(text).is_ok() || has_numbers(),
        _ => true,
    }
}

/// `15:00-16:30`, which a date would read as a time and its zone.
fn is_range(word: &str) -> bool {
    let halves = word.split_once(['-', '–']);
    halves.is_some_and(|(a, b)| a.contains(':') && b.contains(':'))
}

impl Reader<'_> {
    fn moment(&self, text: &str) -> Result<Moment, WhenError> {
        if text.split_whitespace().any(is_range) {
            return Err(WhenError::NotADate(String::new()));
        }
        when::parse_moment(text, self.clock)
    }

    /// A date from here on that a colon ends.
    pub(super) fn leads_on(&self) -> Option<Lead> {
        let ends = |count: &usize| self.pieces.get(self.at + count - 1).filter(|piece| piece.quoted.is_none());
        let count = (1..=DATE_MOST + 1)
            .take_while(|count| ends(count).is_some())
            .find(|count| ends(count).is_some_and(|piece| self.text[piece.span.clone()].ends_with(':')))?;
        let span = self.words(count)?;
        let text = self.text[span.clone()].trim_end_matches(':').trim_end();
        match self.moment(text) {
            Ok(due) => Some(Lead::Due { due, count, span }),
            Err(error) if is_meant(&error, text) => Some(Lead::Wrong { error, count, span }),
            Err(_) => None,
        }
    }

    /// The date from here of the most words.
    pub(super) fn date(&mut self) -> bool {
        if self.range() {
            return true;
        }
        let mut wrong = None;
        for count in (1..=DATE_MOST).rev() {
            let Some(span) = self.words(count) else { continue };
            let text = self.text[span.clone()].trim_end_matches([',', ';']).to_owned();
            match self.moment(&text) {
                Ok(at) => return self.take_date(at, text, count, span),
                Err(error) if is_meant(&error, &text) => wrong = wrong.or(Some((error, text, count, span))),
                Err(_) => {}
            }
        }
        let Some((error, text, count, span)) = wrong else { return false };
        if self.has_length() && seconds(&text).is_some() {
            return false;
        }
        self.error(span.clone(), error.to_string());
        self.at += count;
        self.free.push(&self.text[span.clone()]);
        self.part(span, What::Text);
        true
    }

    fn take_date(&mut self, at: Moment, text: String, count: usize, span: Range<usize>) -> bool {
        let both = format!("{} {text}", self.when);
        let (at, text) = match self.line.at {
            None => (at, text),
            Some(_) => match self.moment(&both) {
                Ok(at) => (at, both),
                Err(_) => return false,
            },
        };
        self.line.at = Some(at);
        self.when = text;
        self.at += count;
        let what = if self.line.kind == Kind::Task { What::Due } else { What::When };
        self.part(span, what);
        true
    }

    /// `15:00-16:30`.
    fn range(&mut self) -> bool {
        if self.line.kind != Kind::Meeting || self.line.end.is_some() {
            return false;
        }
        let Some(span) = self.words(1) else { return false };
        let word = &self.text[span.clone()];
        let Some((start, end)) = word.split_once(['-', '–']).filter(|_| is_range(word)) else { return false };
        let at = |time: &str| self.moment(format!("{} {time}", self.when).trim()).ok().filter(|at| at.has_time);
        let (Some(start), Some(end)) = (at(start), at(end)) else { return false };
        (self.line.at, self.line.end) = (Some(start), Some(end.at));
        self.at += 1;
        self.part(span, What::When);
        true
    }

    fn has_length(&self) -> bool {
        matches!(self.line.kind, Kind::Call | Kind::Meeting)
    }

    /// `12m`, `1h 20m`, `45 minut`, `for 12 min`.
    pub(super) fn length(&mut self) -> bool {
        if !self.has_length() || self.line.length.is_some() {
            return false;
        }
        let begin = self.at;
        let before = self.phrase(words::LENGTHS);
        self.at += usize::from(before.is_some());
        for count in (1..=4).rev() {
            let Some(span) = self.words(count) else { continue };
            if let Some(length) = seconds(self.text[span.clone()].trim_end_matches([',', ';'])) {
                self.line.length = Some(length);
                self.at += count;
                self.part(before.map_or(span.start, |((), _, word)| word.start)..span.end, What::Length);
                return true;
            }
        }
        self.at = begin;
        false
    }

    /// Text that ends with a date which was not taken for one: whoever meant it reads how to say it.
    pub(super) fn stays(&mut self, begin: usize) {
        let end = self.at;
        if !matches!(self.line.kind, Kind::Task | Kind::Meeting) || self.line.at.is_some() || end < self.pieces.len() {
            return;
        }
        for from in begin.max(end.saturating_sub(4))..end {
            let span = self.pieces[from].span.start..self.pieces[end - 1].span.end;
            let text = &self.text[span.clone()];
            if self.moment(text).is_ok() {
                let kind = self.line.kind.row().name;
                self.hint(span, format!("“{text}” stays text. In front it says when it is: {kind} {text} …"));
                return;
            }
        }
    }
}

/// Of `1h 20m`; `None` is no length.
fn seconds(text: &str) -> Option<u32> {
    let mut total = 0_u32;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: u32 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(rest.len());
        let unit = words::find(words::UNITS, rest[..letters].trim_end_matches('.'))?;
        total = count.checked_mul(unit).and_then(|more| total.checked_add(more))?;
        rest = rest[letters..].trim_start();
    }
    (total > 0).then_some(total)
}
