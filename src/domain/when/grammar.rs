//! From text to what it says: a day, a time, an offset, a shift. Nothing here knows what day it is.

mod numeric;

use chrono::{NaiveTime, Weekday};

use super::tokens::{Kind, Token, tokens};
use super::words::{Unit, Which, Word, unit, word};
use super::{Order, Span, WhenError, short};

/// What a text says; at least one of day, time and shift.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) day: Option<Day>,
    pub(super) weekday: Option<(Option<Which>, Weekday)>,
    pub(super) time: Option<NaiveTime>,
    /// Seconds east of Greenwich.
    pub(super) offset: Option<i32>,
    pub(super) shift: Option<(Span, Direction)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Date { year: Option<i32>, month: u32, day: u32 },
    FromToday(i64),
    Start(Which, Unit),
    End(Which, Unit),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    Ahead,
    Unsaid,
}

/// Reads everything but numbers of milliseconds.
pub(super) fn read(text: &str, order: Order) -> Result<Said, WhenError> {
    let tokens = tokens(text).ok_or_else(|| WhenError::NotADate(short(text)))?;
    let mut reader = Reader { text, tokens: &tokens, at: 0, order, said: Said::default() };
    while reader.at < tokens.len() {
        reader.part()?;
    }
    let said = reader.said;
    if said.day.is_none() && said.weekday.is_none() && said.time.is_none() && said.shift.is_none() {
        return Err(WhenError::NotADate(short(text)));
    }
    Ok(said)
}

/// Reads a length of time and nothing else.
pub(super) fn span(text: &str) -> Result<Span, WhenError> {
    let not_a_span = || WhenError::NotASpan(short(text));
    let tokens = tokens(text).ok_or_else(not_a_span)?;
    let mut reader = Reader { text, tokens: &tokens, at: 0, order: Order::Unknown, said: Said::default() };
    match reader.span()? {
        Some(span) if reader.at == tokens.len() => Ok(span),
        _ => Err(not_a_span()),
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    order: Order,
    said: Said,
}

impl Reader<'_> {
    fn fail<T>(&self) -> Result<T, WhenError> {
        Err(WhenError::NotADate(short(self.text)))
    }

    fn word_at(&self, ahead: usize) -> Option<Word> {
        match &self.tokens.get(self.at + ahead)?.kind {
            Kind::Word(text) => word(text),
            _ => None,
        }
    }

    fn number_at(&self, ahead: usize) -> Option<(u32, usize)> {
        match self.tokens.get(self.at + ahead)?.kind {
            Kind::Number { value, length } => Some((value, length)),
            _ => None,
        }
    }

    fn mark_at(&self, ahead: usize) -> Option<char> {
        match self.tokens.get(self.at + ahead)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// The number that a glued `mark` ties to the one before: `/11` of `30/11`.
    fn tied(&self, ahead: usize, mark: char) -> Option<(u32, usize)> {
        let glued = self.tokens.get(self.at + ahead + 1)?.glued && self.tokens[self.at + ahead].glued;
        (self.mark_at(ahead) == Some(mark) && glued).then(|| self.number_at(ahead + 1))?
    }

    fn part(&mut self) -> Result<(), WhenError> {
        match self.tokens[self.at].kind {
            Kind::Number { value, length } => self.number_part(value, length),
            Kind::Mark(sign @ ('+' | '-')) => self.sign_part(sign),
            Kind::Mark(_) => self.fail(),
            Kind::Word(_) => self.word_part(),
        }
    }

    fn word_part(&mut self) -> Result<(), WhenError> {
        let Some(word) = self.word_at(0) else {
            return self.fail();
        };
        if let Word::Count(_) | Word::Unit(_) = word {
            return self.shift(Direction::Unsaid);
        }
        self.at += 1;
        match word {
            Word::Filler => Ok(()),
            Word::At => match self.number_at(0) {
                Some(_) => self.hour(),
                None if self.word_at(0) == Some(Word::At) => Ok(()),
                None => self.fail(),
            },
            Word::Day(days) => self.set_day(Day::FromToday(days)),
            Word::Weekday(day) => self.set_weekday(None, day),
            Word::Month(month) => self.month_first(month),
            Word::Which(which) => self.which(which),
            Word::In => self.shift(Direction::Ahead),
            Word::Start => self.boundary(Day::Start),
            Word::End => self.boundary(Day::End),
            Word::EndOf(unit) => self.end_of(Which::This, unit),
            Word::Now => self.set_shift(Span::default(), Direction::Ahead),
            Word::Clock(hour, minute) => self.set_time(hour, minute, 0),
            Word::Part { hour, .. } => self.set_time(hour, 0, 0),
            Word::Utc if self.said.time.is_some() => self.set_offset(0),
            _ => self.fail(),
        }
    }

    /// `next friday`, `this week`.
    fn which(&mut self, which: Which) -> Result<(), WhenError> {
        let following = self.word_at(0);
        self.at += 1;
        match following {
            Some(Word::Weekday(day)) => self.set_weekday(Some(which), day),
            Some(Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year))) => {
                self.set_day(Day::Start(which, unit))
            }
            _ => self.fail(),
        }
    }

    /// What follows "end" or "start": `of next month`, `miesiąca`.
    fn boundary(&mut self, day: fn(Which, Unit) -> Day) -> Result<(), WhenError> {
        let mut which = Which::This;
        while let Some(Token { kind: Kind::Word(text), .. }) = self.tokens.get(self.at) {
            self.at += 1;
            let unit = match (text.as_str(), word(text)) {
                ("dnia", _) => Unit::Day,
                ("roku", _) => Unit::Year,
                (_, Some(Word::Unit(unit))) => unit,
                (_, Some(Word::Which(said))) => {
                    which = said;
                    continue;
                }
                (_, Some(Word::Filler)) => continue,
                _ => return self.fail(),
            };
            let is_end = day(which, unit) == Day::End(which, unit);
            return if is_end { self.end_of(which, unit) } else { self.set_day(day(which, unit)) };
        }
        self.fail()
    }

    fn end_of(&mut self, which: Which, unit: Unit) -> Result<(), WhenError> {
        match unit {
            Unit::Day if self.said.day.is_some() || self.said.weekday.is_some() => self.set_time(23, 59, 0),
            Unit::Day => {
                self.set_day(Day::FromToday(0))?;
                self.set_time(23, 59, 0)
            }
            Unit::Minute | Unit::Hour => self.fail(),
            _ => self.set_day(Day::End(which, unit)),
        }
    }

    /// After a time `+0100` and `-05:00` are its zone, before one `+2d` and `-30d` lengths of time.
    fn sign_part(&mut self, sign: char) -> Result<(), WhenError> {
        self.at += 1;
        if self.said.time.is_none() {
            return self.shift(if sign == '-' { Direction::Back } else { Direction::Ahead });
        }
        let (hours, minutes) = match (self.number_at(0), self.tied(1, ':')) {
            (Some((hours, 2)), Some((minutes, 2))) => {
                self.at += 3;
                (hours, minutes)
            }
            (Some((hours, 2)), None) => {
                self.at += 1;
                (hours, 0)
            }
            (Some((both, 4)), None) => {
                self.at += 1;
                (both / 100, both % 100)
            }
            _ => return self.fail(),
        };
        if hours > 14 || minutes > 59 {
            return self.fail();
        }
        let seconds = (hours * 3600 + minutes * 60) as i32;
        self.set_offset(if sign == '-' { -seconds } else { seconds })
    }

    /// A length of time and, behind it, the word that says its direction.
    fn shift(&mut self, said: Direction) -> Result<(), WhenError> {
        let alone = match self.word_at(0) {
            Some(Word::Unit(unit)) => {
                self.at += 1;
                Span::default().plus(1, unit)
            }
            _ => None,
        };
        let Some(span) = (match alone {
            Some(span) => Some(span),
            None => self.span()?,
        }) else {
            return self.fail();
        };
        let behind = match self.word_at(0) {
            Some(Word::Ago) => Direction::Back,
            Some(Word::Later) => Direction::Ahead,
            _ => Direction::Unsaid,
        };
        if behind != Direction::Unsaid {
            self.at += 1;
        }
        match (said, behind) {
            (Direction::Unsaid, Direction::Unsaid) if alone.is_some() => self.fail(),
            (Direction::Unsaid, direction) | (direction, Direction::Unsaid) => self.set_shift(span, direction),
            _ => self.fail(),
        }
    }

    /// `2d`, `1h 30min`, `two weeks`; nothing when no number with a unit stands here.
    fn span(&mut self) -> Result<Option<Span>, WhenError> {
        let mut span: Option<Span> = None;
        loop {
            let count = match (self.number_at(0), self.word_at(0)) {
                (Some((count, length)), _) if length <= 5 => count,
                (None, Some(Word::Count(count))) => count,
                _ => return Ok(span),
            };
            let Some(Kind::Word(text)) = self.tokens.get(self.at + 1).map(|token| &token.kind) else {
                return Ok(span);
            };
            if text == "m" {
                return Err(WhenError::Ambiguous {
                    text: short(self.text),
                    first: format!("{count} months"),
                    second: format!("{count} minutes"),
                    write_first: format!("{count} mo"),
                    write_second: format!("{count} min"),
                });
            }
            let Some(unit) = unit(text) else {
                return Ok(span);
            };
            self.at += 2;
            span = span.unwrap_or_default().plus(count, unit);
            if span.is_none() {
                return self.fail();
            }
        }
    }

    fn set_day(&mut self, day: Day) -> Result<(), WhenError> {
        if self.said.day.replace(day).is_some() || self.said.shift.is_some() { self.fail() } else { Ok(()) }
    }

    fn set_date(&mut self, year: Option<i32>, month: u32, day: u32) -> Result<(), WhenError> {
        self.set_day(Day::Date { year, month, day })
    }

    fn set_weekday(&mut self, which: Option<Which>, day: Weekday) -> Result<(), WhenError> {
        if self.said.weekday.replace((which, day)).is_some() || self.said.shift.is_some() {
            self.fail()
        } else {
            Ok(())
        }
    }

    fn set_shift(&mut self, span: Span, direction: Direction) -> Result<(), WhenError> {
        let has_day = self.said.day.is_some() || self.said.weekday.is_some();
        if self.said.shift.replace((span, direction)).is_some() || has_day { self.fail() } else { Ok(()) }
    }

    fn set_time(&mut self, hour: u32, minute: u32, second: u32) -> Result<(), WhenError> {
        // 60 is a leap second, which some clocks write and none needs.
        let time = NaiveTime::from_hms_opt(hour, minute, if second == 60 { 59 } else { second });
        let Some(time) = time else {
            return Err(WhenError::NoSuchTime(format!("{hour}:{minute:02}")));
        };
        if self.said.time.replace(time).is_some() { self.fail() } else { Ok(()) }
    }

    fn set_offset(&mut self, seconds: i32) -> Result<(), WhenError> {
        if self.said.offset.replace(seconds).is_some() { self.fail() } else { Ok(()) }
    }
}

impl Span {
    fn plus(mut self, count: u32, unit: Unit) -> Option<Self> {
        let (field, size) = match unit {
            Unit::Minute => (&mut self.minutes, 1),
            Unit::Hour => (&mut self.minutes, 60),
            Unit::Day => (&mut self.days, 1),
            Unit::Week => (&mut self.days, 7),
            Unit::Month => (&mut self.months, 1),
            Unit::Quarter => (&mut self.months, 3),
            Unit::Year => (&mut self.months, 12),
        };
        *field = field.checked_add(count.checked_mul(size)?)?;
        Some(self)
    }
}
