//! What dates people write, on Thursday 19 November 2026, 14:00 in Warsaw.

mod refusals;
mod show;

use chrono::TimeZone;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn clock() -> Clock {
    Clock::new(Utc.with_ymd_and_hms(2026, 11, 19, 13, 0, 0).unwrap(), Tz::Europe__Warsaw, Weekday::Mon)
}

/// As `2026-11-19`, or with a time as `2026-11-19 14:00` in Warsaw.
fn written(moment: Moment) -> String {
    let local = moment.at.with_timezone(&clock().zone);
    local.format(if moment.has_time { "%F %R" } else { "%F" }).to_string()
}

#[rstest]
#[case("2026-11-30", "2026-11-30")]
#[case(" 2026-11-30 ", "2026-11-30")]
#[case("2026/11/30", "2026-11-30")]
#[case("2026.11.30", "2026-11-30")]
#[case("20261130", "2026-11-30")]
#[case("2026-3-4", "2026-03-04")]
#[case("30.11.2026", "2026-11-30")]
#[case("3.4.2026", "2026-04-03")]
#[case("30.11.26", "2026-11-30")]
#[case("30.11.1978", "1978-11-30")]
#[case("30.11.78", "1978-11-30")]
#[case("30.11.", "2026-11-30")]
#[case("30.11.2026 r.", "2026-11-30")]
#[case("24/12/2026", "2026-12-24")]
#[case("12/24/2026", "2026-12-24")]
#[case("5/5/2026", "2026-05-05")]
#[case("24-12-2026", "2026-12-24")]
#[case("24/12", "2026-12-24")]
#[case("nov 30", "2026-11-30")]
#[case("Nov 30, 2027", "2027-11-30")]
#[case("November 30th", "2026-11-30")]
#[case("the 30th of November", "2026-11-30")]
#[case("30 Nov 2025", "2025-11-30")]
#[case("30 listopada", "2026-11-30")]
#[case("30 listopada 2027 r.", "2027-11-30")]
#[case("5 stycznia", "2027-01-05")]
#[case("1 października", "2026-10-01")]
#[case("1 września", "2027-09-01")]
#[case("29 feb", "2028-02-29")]
#[case("Thu, 19 Nov 2026", "2026-11-19")]
#[case("today", "2026-11-19")]
#[case("dziś", "2026-11-19")]
#[case("tomorrow", "2026-11-20")]
#[case("jutro", "2026-11-20")]
#[case("pojutrze", "2026-11-21")]
#[case("day after tomorrow", "2026-11-21")]
#[case("yesterday", "2026-11-18")]
#[case("wczoraj", "2026-11-18")]
#[case("przedwczoraj", "2026-11-17")]
fn reads_days(#[case] text: &str, #[case] day: &str) {
    assert_eq!(parse_moment(text, &clock()).map(written).as_deref(), Ok(day));
    assert_eq!(parse_date(text, &clock()).map(|day| day.to_string()).as_deref(), Ok(day));
}

#[rstest]
#[case("friday", "2026-11-20")]
#[case("thursday", "2026-11-26")]
#[case("w piątek", "2026-11-20")]
#[case("we wtorek", "2026-11-24")]
#[case("next friday", "2026-11-27")]
#[case("w przyszły piątek", "2026-11-27")]
#[case("next monday", "2026-11-23")]
#[case("this monday", "2026-11-16")]
#[case("last friday", "2026-11-13")]
#[case("ostatni czwartek", "2026-11-12")]
#[case("in 2 days", "2026-11-21")]
#[case("+2d", "2026-11-21")]
#[case("za 2 dni", "2026-11-21")]
#[case("za dwa tygodnie", "2026-12-03")]
#[case("za tydzień", "2026-11-26")]
#[case("in a week", "2026-11-26")]
#[case("2 weeks ago", "2026-11-05")]
#[case("-30d", "2026-10-20")]
#[case("30d ago", "2026-10-20")]
#[case("tydzień temu", "2026-11-12")]
#[case("3 miesiące temu", "2026-08-19")]
#[case("rok temu", "2025-11-19")]
#[case("1y 2mo ago", "2025-09-19")]
#[case("3 months from now", "2027-02-19")]
#[case("next week", "2026-11-23")]
#[case("w przyszłym tygodniu", "2026-11-23")]
#[case("last month", "2026-10-01")]
#[case("this quarter", "2026-10-01")]
#[case("next year", "2027-01-01")]
#[case("end of month", "2026-11-30")]
#[case("koniec miesiąca", "2026-11-30")]
#[case("do końca przyszłego miesiąca", "2026-12-31")]
#[case("end of the week", "2026-11-22")]
#[case("eom", "2026-11-30")]
#[case("eoq", "2026-12-31")]
#[case("koniec roku", "2026-12-31")]
#[case("start of next month", "2026-12-01")]
#[case("początek roku", "2026-01-01")]
fn reads_days_from_today(#[case] text: &str, #[case] day: &str) {
    assert_eq!(parse_moment(text, &clock()).map(written).as_deref(), Ok(day));
}

#[rstest]
#[case("tomorrow 3pm", "2026-11-20 15:00")]
#[case("tomorrow at 3 pm", "2026-11-20 15:00")]
#[case("tomorrow 12am", "2026-11-20 00:00")]
#[case("tomorrow 12pm", "2026-11-20 12:00")]
#[case("tomorrow 3:30 p.m.", "2026-11-20 15:30")]
#[case("jutro 15:00", "2026-11-20 15:00")]
#[case("jutro o 15", "2026-11-20 15:00")]
#[case("jutro 14.30", "2026-11-20 14:30")]
#[case("jutro o godz. 9", "2026-11-20 09:00")]
#[case("w piątek 9:00", "2026-11-20 09:00")]
#[case("fri 9am", "2026-11-20 09:00")]
#[case("pt. 8 rano", "2026-11-20 08:00")]
#[case("jutro o 3 po południu", "2026-11-20 15:00")]
#[case("jutro rano", "2026-11-20 09:00")]
#[case("tomorrow evening", "2026-11-20 18:00")]
#[case("next friday 8pm", "2026-11-27 20:00")]
#[case("9am tomorrow", "2026-11-20 09:00")]
#[case("in 2 days 9am", "2026-11-21 09:00")]
#[case("30.11.2026 14:20", "2026-11-30 14:20")]
#[case("30.11. 14:20", "2026-11-30 14:20")]
#[case("30.11 14:20", "2026-11-30 14:20")]
#[case("2026-11-30 14:20", "2026-11-30 14:20")]
#[case("2026-11-30T14:20", "2026-11-30 14:20")]
#[case("2026-11-30 4:20:59", "2026-11-30 04:20")]
#[case("30 listopada 14:20", "2026-11-30 14:20")]
#[case("noon", "2026-11-19 12:00")]
#[case("jutro w południe", "2026-11-20 12:00")]
#[case("14:30", "2026-11-19 14:30")]
#[case("14.30", "2026-11-19 14:30")]
#[case("9am", "2026-11-19 09:00")]
#[case("eod", "2026-11-19 23:59")]
#[case("koniec dnia", "2026-11-19 23:59")]
#[case("tomorrow eod", "2026-11-20 23:59")]
#[case("now", "2026-11-19 14:00")]
#[case("teraz", "2026-11-19 14:00")]
#[case("in 2 hours", "2026-11-19 16:00")]
#[case("za godzinę", "2026-11-19 15:00")]
#[case("1h 30min ago", "2026-11-19 12:30")]
#[case("15 minut temu", "2026-11-19 13:45")]
#[case("2026-11-30T14:20:00Z", "2026-11-30 15:20")]
#[case("2026-11-30T14:20:00.123456+00:00", "2026-11-30 15:20")]
#[case("2026-11-30 14:20:00 UTC", "2026-11-30 15:20")]
#[case("2026-11-30 14:20:00 -0500", "2026-11-30 20:20")]
#[case("2026-11-30T14:20:00+01", "2026-11-30 14:20")]
#[case("Thu, 19 Nov 2026 14:20:00 +0100", "2026-11-19 14:20")]
#[case("1795962000000", "2026-11-29 15:20")]
fn reads_moments(#[case] text: &str, #[case] at: &str) {
    assert_eq!(parse_moment(text, &clock()).map(written).as_deref(), Ok(at));
}

#[test]
fn an_exported_midnight_stays_its_day() {
    let west = Clock { zone: Tz::America__New_York, ..clock() };
    let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    for text in ["1795996800000", "2026-11-30T00:00:00Z", "2026-11-30T00:00:00.000+00:00"] {
        assert_eq!(parse_date(text, &west), Ok(day), "{text}");
    }
    assert_eq!(parse_date("2026-11-30T03:00:00Z", &west), Ok(day.pred_opt().unwrap()));
    let moment = parse_moment("1795996800000", &west).unwrap();
    assert_eq!((moment.has_time, moment.at.to_rfc3339()), (false, "2026-11-30T05:00:00+00:00".to_owned()));
}

#[rstest]
#[case("2026-03-29 02:30", "2026-03-29T01:30:00+00:00")]
#[case("2026-10-25 02:30", "2026-10-25T00:30:00+00:00")]
#[case("2026-03-29 03:30", "2026-03-29T01:30:00+00:00")]
fn goes_through_changes_of_the_clocks(#[case] text: &str, #[case] utc: &str) {
    assert_eq!(parse_moment(text, &clock()).unwrap().at.to_rfc3339(), utc);
}

#[test]
fn an_order_decides_what_may_be_two_days() {
    let read = |order, text| parse_date(text, &Clock { order, ..clock() }).unwrap().to_string();
    assert_eq!(read(Order::DayFirst, "03/04/2026"), "2026-04-03");
    assert_eq!(read(Order::MonthFirst, "03/04/2026"), "2026-03-04");
    assert_eq!(read(Order::MonthFirst, "24/12/2026"), "2026-12-24");
    assert_eq!(read(Order::MonthFirst, "03.04.2026"), "2026-04-03");
}

#[test]
fn a_week_begins_on_the_first_weekday() {
    let sunday = Clock { first_weekday: Weekday::Sun, ..clock() };
    assert_eq!(parse_date("next week", &sunday).unwrap().to_string(), "2026-11-22");
    assert_eq!(parse_date("next sunday", &sunday).unwrap().to_string(), "2026-11-22");
    assert_eq!(parse_date("next sunday", &clock()).unwrap().to_string(), "2026-11-29");
    assert_eq!(parse_date("eow", &sunday).unwrap().to_string(), "2026-11-21");
}

#[test]
fn a_bare_length_lies_in_the_past_where_filters_ask() {
    assert_eq!(parse_past("30d", &clock()).map(written).as_deref(), Ok("2026-10-20"));
    assert_eq!(parse_past("2h", &clock()).map(written).as_deref(), Ok("2026-11-19 12:00"));
    assert_eq!(parse_past("in 2 days", &clock()).map(written).as_deref(), Ok("2026-11-21"));
}

#[rstest]
#[case("30d", 0, 30, 0)]
#[case("2w", 0, 14, 0)]
#[case("3 months", 3, 0, 0)]
#[case("1y", 12, 0, 0)]
#[case("1 rok 2 miesiące", 14, 0, 0)]
#[case("90 dni", 0, 90, 0)]
#[case("1h 30min", 0, 0, 90)]
#[case("two weeks", 0, 14, 0)]
fn reads_lengths(#[case] text: &str, #[case] months: u32, #[case] days: u32, #[case] minutes: u32) {
    assert_eq!(parse_span(text), Ok(Span { months, days, minutes }));
}

#[test]
fn a_length_keeps_the_time_of_day_through_changes_of_the_clocks() {
    let span = parse_span("30d").unwrap();
    assert_eq!(span.before(&clock()).unwrap().to_rfc3339(), "2026-10-20T12:00:00+00:00");
    assert_eq!(
        parse_span("1mo").unwrap().before_day(NaiveDate::from_ymd_opt(2026, 3, 31).unwrap()),
        NaiveDate::from_ymd_opt(2026, 2, 28)
    );
}

#[test]
fn no_word_stands_in_two_rows() {
    let mut seen = std::collections::HashMap::new();
    for (meaning, spelling) in words::all() {
        assert_eq!(crate::domain::fold::fold(spelling), spelling);
        assert_eq!(seen.insert(spelling, meaning), None, "{spelling}");
    }
}

proptest! {
    #[test]
    fn never_panics(text in "[0-9a-z:./+ -]{0,20}|\\PC*|(in |za |\\+)?[0-9]{1,7} ?(d|y|mo|h|lat) ?(ago)?") {
        let _ = parse_moment(&text, &clock());
        let _ = parse_date(&text, &clock());
        let _ = parse_span(&text);
        let _ = parse_past(&text, &clock());
    }

    #[test]
    fn output_comes_in_again(seconds in -30_000_000_000_i64..200_000_000_000) {
        let at = Utc.timestamp_opt(seconds, 0).unwrap();
        prop_assert_eq!(parse_moment(&at.to_rfc3339(), &clock()), Ok(Moment { at, has_time: true }));
        let day = at.date_naive();
        prop_assert_eq!(parse_date(&day.to_string(), &clock()), Ok(day));
    }
}
