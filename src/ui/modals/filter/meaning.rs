//! What is understood of a value while it is typed: days in words, spans, amounts.

use super::FilterBox;
use crate::domain::property::Property;
use crate::domain::query::operators::{Class, Takes, Verb};
use crate::domain::value::{read, shown};
use crate::domain::when::{Clock, Span, day_long, moment_long, parse_moment, parse_span};
use crate::ui::layer::Cx;

impl FilterBox {
    /// What the typed value means, or why it means nothing; `None`: there is nothing to say.
    pub(super) fn meaning(&self, cx: &Cx) -> Option<Result<String, String>> {
        if let Some(sentence) = &self.refusal {
            return Some(Err(sentence.clone()));
        }
        let with = self.typed();
        let class = self.class(cx)?;
        let operator = self.operator?;
        if with.is_empty() {
            return None;
        }
        if operator.takes == Takes::Two && with.len() < 2 {
            return None;
        }
        if let Err(sentence) = self.expression(with.clone(), cx) {
            return Some(Err(sentence));
        }
        let clock = cx.reading().clock();
        let words = match (operator.takes, class) {
            (Takes::Span, _) => span(&with[0], operator.verb, &clock),
            (_, Class::Day | Class::Moment) => joined(&with, |text| day(text, &clock)),
            (_, Class::Number) => self.property(cx).and_then(|property| joined(&with, |text| size(text, property, cx))),
            _ => None,
        };
        words.map(Ok)
    }

    /// How a value of this kind is written.
    pub(super) fn usage(&self, cx: &Cx) -> &'static str {
        let takes = self.operator.map_or(Takes::Value, |operator| operator.takes);
        match (takes, self.class(cx)) {
            (Takes::Span, _) => "30d, 2 weeks, 3 months, 1y",
            (Takes::Two, Some(Class::Number)) => "1000 and 2000",
            (Takes::Two, _) => "1 Nov and 30 Nov",
            (Takes::Values, Some(Class::Text)) => "several with ; between them",
            (_, Some(Class::Day | Class::Moment)) => "2026-11-30, tomorrow, last Monday, 30d ago",
            (_, Some(Class::Number)) => "1200",
            _ => "",
        }
    }
}

fn joined(with: &[String], each: impl Fn(&str) -> Option<String>) -> Option<String> {
    let words: Option<Vec<String>> = with.iter().map(|text| each(text)).collect();
    words.map(|words| words.join(" and "))
}

fn span(text: &str, verb: Verb, clock: &Clock) -> Option<String> {
    let span = parse_span(text).ok()?;
    let is_ahead = verb == Verb::WithinNext;
    let far = if is_ahead { Span::after } else { Span::before };
    let day = day_long(clock.day_of(far(span, clock)?), clock);
    Some(if is_ahead { format!("until {day}") } else { format!("since {day}") })
}

/// A length of time lies in the past, as the filter reads it.
fn day(text: &str, clock: &Clock) -> Option<String> {
    if let Some(at) = parse_span(text).ok().and_then(|span| span.before(clock)) {
        return Some(day_long(clock.day_of(at), clock));
    }
    let moment = parse_moment(text, clock).ok()?;
    Some(if moment.has_time { moment_long(moment.at, clock) } else { day_long(clock.day_of(moment.at), clock) })
}

fn size(text: &str, property: &Property, cx: &Cx) -> Option<String> {
    let value = read(property, text, &cx.reading()).ok()??;
    Some(shown(property, &value, cx.settings, cx.now))
}
