//! The words of dates, folded, English and Polish. A new spelling is a new word in its row.

use chrono::Weekday;

/// A unit of time; `Quarter` only has a start and an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Says nothing.
    Filler,
    /// What follows is an hour.
    At,
    /// Days from today.
    Day(i64),
    Weekday(Weekday),
    Month(u32),
    Unit(Unit),
    Count(u32),
    Which(Which),
    In,
    Ago,
    Later,
    Start,
    End,
    /// `eom`
    EndOf(Unit),
    Now,
    Clock(u32, u32),
    Am,
    Pm,
    /// A part of the day: the half it lies in, and the hour it means when it stands alone.
    Part {
        pm: bool,
        hour: u32,
    },
    Utc,
}

/// Several words that are read as one.
pub(super) const PHRASES: &[(&str, &str)] = &[
    ("day after tomorrow", "overmorrow"),
    ("day before yesterday", "ereyesterday"),
    ("po poludniu", "popoludniu"),
    ("from now", "later"),
    ("a.m.", "am"),
    ("p.m.", "pm"),
];

const WORDS: &[(Word, &str)] = &[
    (Word::Filler, "t on the of and w we dnia dniu na do r roku"),
    (Word::At, "at o godz godzinie"),
    (Word::Now, "now teraz"),
    (Word::Day(0), "today dzis dzisiaj"),
    (Word::Day(1), "tomorrow tmrw jutro jutra"),
    (Word::Day(2), "overmorrow pojutrze"),
    (Word::Day(-1), "yesterday wczoraj"),
    (Word::Day(-2), "ereyesterday przedwczoraj"),
    (Word::Weekday(Weekday::Mon), "monday mon poniedzialek poniedzialku pon pn"),
    (Word::Weekday(Weekday::Tue), "tuesday tue tues wtorek wtorku wto wt"),
    (Word::Weekday(Weekday::Wed), "wednesday wed sroda srode srody sro sr"),
    (Word::Weekday(Weekday::Thu), "thursday thu thur thurs czwartek czwartku czw cz"),
    (Word::Weekday(Weekday::Fri), "friday fri piatek piatku pia pt"),
    (Word::Weekday(Weekday::Sat), "saturday sat sobota sobote soboty sob"),
    (Word::Weekday(Weekday::Sun), "sunday sun niedziela niedziele niedzieli niedz nd"),
    (Word::Month(1), "january jan styczen stycznia sty"),
    (Word::Month(2), "february feb luty lutego lut"),
    (Word::Month(3), "march mar marzec marca"),
    (Word::Month(4), "april apr kwiecien kwietnia kwi"),
    (Word::Month(5), "may maj maja"),
    (Word::Month(6), "june jun czerwiec czerwca cze"),
    (Word::Month(7), "july jul lipiec lipca lip"),
    (Word::Month(8), "august aug sierpien sierpnia sie"),
    (Word::Month(9), "september sep sept wrzesien wrzesnia wrz"),
    (Word::Month(10), "october oct pazdziernik pazdziernika paz"),
    (Word::Month(11), "november nov listopad listopada lis"),
    (Word::Month(12), "december dec grudzien grudnia gru"),
    (Word::Unit(Unit::Minute), "min mins minute minutes minuta minuty minut"),
    (Word::Unit(Unit::Hour), "h hr hrs hour hours godzina godzine godziny godzin"),
    (Word::Unit(Unit::Day), "d day days dzien dni"),
    (Word::Unit(Unit::Week), "wk wks week weeks tydz tydzien tygodnia tygodniu tygodnie tygodni"),
    (Word::Unit(Unit::Month), "mo mos month months mies miesiac miesiaca miesiacu miesiace miesiecy"),
    (Word::Unit(Unit::Quarter), "quarter kwartal kwartalu kwartale"),
    (Word::Unit(Unit::Year), "y yr yrs year years rok lata lat"),
    (Word::Count(1), "a an one jeden jedna jedno"),
    (Word::Count(2), "two dwa dwie"),
    (Word::Count(3), "three trzy"),
    (Word::Count(4), "four cztery"),
    (Word::Count(5), "five piec"),
    (Word::Count(6), "six szesc"),
    (Word::Count(7), "seven siedem"),
    (Word::Count(8), "eight osiem"),
    (Word::Count(9), "nine dziewiec"),
    (Word::Count(10), "ten dziesiec"),
    (
        Word::Which(Which::Last),
        "last ostatni ostatnia ostatnie ostatnim ostatniego zeszly zeszla zeszle zeszlym zeszlego zeszlej",
    ),
    (Word::Which(Which::This), "this ta tym tej tego biezacy biezacym biezacego"),
    (
        Word::Which(Which::Next),
        "next przyszly przyszla przyszle przyszlym przyszlego przyszlej nastepny nastepna nastepne nastepnym nastepnego nastepnej",
    ),
    (Word::In, "in za"),
    (Word::Ago, "ago temu back"),
    (Word::Later, "later"),
    (Word::Start, "start beginning poczatek poczatku"),
    (Word::End, "end koniec konca koncu"),
    (Word::EndOf(Unit::Day), "eod"),
    (Word::EndOf(Unit::Week), "eow"),
    (Word::EndOf(Unit::Month), "eom"),
    (Word::EndOf(Unit::Quarter), "eoq"),
    (Word::EndOf(Unit::Year), "eoy"),
    (Word::Clock(12, 0), "noon midday poludnie"),
    (Word::Am, "am"),
    (Word::Pm, "pm"),
    (Word::Part { pm: false, hour: 9 }, "morning rano"),
    (Word::Part { pm: true, hour: 14 }, "afternoon popoludniu"),
    (Word::Part { pm: true, hour: 18 }, "evening wieczor wieczorem"),
    (Word::Utc, "z utc gmt"),
];

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

pub(super) fn word(text: &str) -> Option<Word> {
    WORDS.iter().find(|(_, spellings)| spellings.split(' ').any(|spelling| spelling == text)).map(|(word, _)| *word)
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (Word, &'static str)> {
    WORDS.iter().flat_map(|(word, spellings)| spellings.split(' ').map(|spelling| (*word, spelling)))
}

/// What `text` means right after a number.
pub(super) fn unit(text: &str) -> Option<Unit> {
    match (text, word(text)) {
        ("w", _) => Some(Unit::Week),
        (_, Some(Word::Unit(unit))) if unit != Unit::Quarter => Some(unit),
        _ => None,
    }
}
