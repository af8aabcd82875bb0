//! Days and times that begin with a number: `2026-11-30`, `30/11`, `30 listopada`, `14:20`, `3pm`.

use super::{Direction, Kind, Reader};
use crate::domain::when::words::{Word, word};
use crate::domain::when::{Order, WhenError, short, show};

impl Reader<'_> {
    pub(super) fn number_part(&mut self, value: u32, length: usize) -> Result<(), WhenError> {
        if self.tied(1, ':').is_some() {
            return self.hour();
        }
        for mark in ['-', '/', '.'] {
            if let Some(second) = self.tied(1, mark) {
                return self.with_mark(mark, (value, length), second);
            }
        }
        if length == 8 {
            self.at += 1;
            return self.set_date(Some((value / 10_000) as i32), value / 100 % 100, value % 100);
        }
        if let Some(Kind::Word(text)) = self.tokens.get(self.at + 1).map(|token| &token.kind) {
            if matches!(text.as_str(), "st" | "nd" | "rd" | "th") {
                return self.day_first(value, 2);
            }
            return match word(text) {
                Some(Word::Am | Word::Pm | Word::Part { .. }) => self.hour(),
                Some(Word::Month(_)) => self.day_first(value, 1),
                _ => self.shift(Direction::Unsaid),
            };
        }
        self.fail()
    }

    /// Two or three numbers tied by `-`, `/` or `.`.
    fn with_mark(&mut self, mark: char, first: (u32, usize), second: (u32, usize)) -> Result<(), WhenError> {
        let Some(third) = self.tied(3, mark) else {
            return self.pair(mark, first.0, second);
        };
        self.at += 5;
        let (year, rest) = if first.1 == 4 {
            (first.0, (second.0, third.0))
        } else {
            let year = match third {
                (year, 2) if year < 70 => 2000 + year,
                (year, 2) => 1900 + year,
                (year, 4) => year,
                _ => return self.fail(),
            };
            (year, (first.0, second.0))
        };
        let (month, day) = match mark {
            _ if first.1 == 4 => rest,
            '.' => (rest.1, rest.0),
            _ => self.ordered(Some(year as i32), rest)?,
        };
        self.set_date(Some(year as i32), month, day)
    }

    /// `30.11.`, `30/11` or, after a day, `14.30`.
    fn pair(&mut self, mark: char, first: u32, second: (u32, usize)) -> Result<(), WhenError> {
        let has_day = self.said.day.is_some() || self.said.weekday.is_some() || self.said.shift.is_some();
        let closed = self.mark_at(3) == Some('.');
        match mark {
            '.' if has_day => self.hour(),
            '.' => {
                let alone = !closed && self.tokens.len() == 3 && second.1 == 2 && first < 24;
                if alone && second.0 > 12 && second.0 < 60 {
                    return self.hour();
                }
                if alone && (1..=12).contains(&second.0) && first > 0 {
                    return Err(self.day_or_time(first, second.0));
                }
                self.at += 3 + usize::from(closed);
                self.set_date(None, second.0, first)
            }
            '/' => {
                self.at += 3;
                let (month, day) = self.ordered(None, (first, second.0))?;
                self.set_date(None, month, day)
            }
            _ => self.fail(),
        }
    }

    fn day_or_time(&self, first: u32, second: u32) -> WhenError {
        WhenError::Ambiguous {
            text: short(self.text),
            first: show::plain_day(None, second, first),
            second: format!("{first}:{second:02}"),
            write_first: show::plain_day(None, second, first),
            write_second: format!("{first}:{second:02}"),
        }
    }

    /// Month and day of two numbers whose order is not said.
    fn ordered(&self, year: Option<i32>, (first, second): (u32, u32)) -> Result<(u32, u32), WhenError> {
        match self.order {
            _ if first > 12 || first == second => Ok((second, first)),
            _ if second > 12 => Ok((first, second)),
            Order::DayFirst => Ok((second, first)),
            Order::MonthFirst => Ok((first, second)),
            Order::Unknown => {
                let written = |month: u32, day: u32| match year {
                    Some(year) => format!("{year}-{month:02}-{day:02}"),
                    None => show::plain_day(None, month, day),
                };
                Err(WhenError::Ambiguous {
                    text: short(self.text),
                    first: show::plain_day(year, second, first),
                    second: show::plain_day(year, first, second),
                    write_first: written(second, first),
                    write_second: written(first, second),
                })
            }
        }
    }

    /// `30 listopada 2026`, `30th of november`.
    fn day_first(&mut self, day: u32, ahead: usize) -> Result<(), WhenError> {
        self.at += ahead;
        while self.word_at(0) == Some(Word::Filler) {
            self.at += 1;
        }
        let Some(Word::Month(month)) = self.word_at(0) else {
            return self.fail();
        };
        self.at += 1;
        let year = self.year();
        self.set_date(year, month, day)
    }

    /// `nov 30, 2026`.
    pub(super) fn month_first(&mut self, month: u32) -> Result<(), WhenError> {
        let Some((day, 1 | 2)) = self.number_at(0) else {
            return self.fail();
        };
        self.at += 1;
        if let Some(Kind::Word(text)) = self.tokens.get(self.at).map(|token| &token.kind)
            && matches!(text.as_str(), "st" | "nd" | "rd" | "th")
        {
            self.at += 1;
        }
        let year = self.year();
        self.set_date(year, month, day)
    }

    fn year(&mut self) -> Option<i32> {
        let (year, length) = self.number_at(0)?;
        if length != 4 || self.tied(1, ':').is_some() {
            return None;
        }
        self.at += 1;
        Some(year as i32)
    }

    /// `15`, `3pm`, `14:20:05.123`, `2.30pm`, `8 rano`.
    pub(super) fn hour(&mut self) -> Result<(), WhenError> {
        let Some((mut hour, _)) = self.number_at(0) else {
            return self.fail();
        };
        let (mut minute, mut second) = (0, 0);
        if let Some((said, length)) = self.tied(1, ':').or(self.tied(1, '.')) {
            if length != 2 {
                return self.fail();
            }
            minute = said;
            self.at += 2;
            if let Some((said, 2)) = self.tied(1, ':') {
                second = said;
                self.at += 2;
                if self.tied(1, '.').is_some() {
                    self.at += 2;
                }
            }
        }
        self.at += 1;
        let half = match self.word_at(0) {
            Some(Word::Am) => Some(false),
            Some(Word::Pm) => Some(true),
            Some(Word::Part { pm, .. }) => Some(pm),
            _ => None,
        };
        if let Some(pm) = half {
            self.at += 1;
            hour = match (hour, pm) {
                (12, false) => 0,
                (1..=11, true) => hour + 12,
                (1..=12, _) | (13..=23, true) => hour,
                _ => return Err(WhenError::NoSuchTime(short(self.text))),
            };
        }
        self.set_time(hour, minute, second)
    }
}
