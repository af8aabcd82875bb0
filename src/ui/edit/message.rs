//! What stands below a field: why it was refused, what is worth knowing, what was understood.

use super::{FieldEditor, Shape, reading};
use crate::domain::number;
use crate::domain::object::is;
use crate::domain::property::Kind;
use crate::domain::record::split_name;
use crate::domain::value::{Value, read, shown};
use crate::domain::{phone, when};
use crate::ui::layer::Cx;
use crate::ui::text::{clean, wrap};
use chrono::{DateTime, NaiveDate, Utc};
use ratatui::text::{Line, Span};

/// Lines of a sentence at most.
const LINES: usize = 3;

impl FieldEditor {
    /// In lines of so many cells; none where there is nothing to be said.
    pub fn message(&self, room: u16, cx: &Cx) -> Vec<Line<'static>> {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let said = |sign: &'static str, tone, words, text: &str| {
            // One sentence needs no full stop.
            let text = if text.contains(". ") { text } else { text.trim_end_matches('.') };
            let lines = wrap(&clean(text), usize::from(room.saturating_sub(2)));
            let cut = lines.len() > LINES;
            lines.into_iter().take(LINES).enumerate().map(move |(at, line)| {
                let sign = if at == 0 { sign } else { " " };
                let end = if cut && at + 1 == LINES { glyphs.ellipsis } else { "" };
                Line::from(vec![Span::styled(format!("{sign} "), tone), Span::styled(format!("{line}{end}"), words)])
            })
        };
        if let Some(refusal) = &self.refusal {
            return said(glyphs.error, theme.err, theme.err, refusal).collect();
        }
        if let Some(note) = &self.note {
            return said(glyphs.warning, theme.warn, theme.text, note).collect();
        }
        match self.understood(cx) {
            Some(Ok((what, aside))) => {
                let mut line = Line::from(Span::styled(format!("{} ", glyphs.done), theme.ok));
                let what = cx.look.fit(&what, room.saturating_sub(2)).into_owned();
                line.push_span(Span::styled(what, theme.text));
                line.push_span(Span::styled(aside, theme.dim));
                vec![line]
            }
            Some(Err(sentence)) => said(glyphs.warning, theme.warn, theme.dim, &sentence).collect(),
            None => Vec::new(),
        }
    }

    /// What the text means, where that is not the text itself, and something dim after it.
    fn understood(&self, cx: &Cx) -> Option<Result<(String, String), String>> {
        let Shape::Line(field) = &self.shape else { return None };
        let text = field.text().trim();
        let is_date = matches!(self.property.kind, Kind::Date | Kind::DateTime);
        if text.is_empty() || !(self.touched || is_date) {
            return None;
        }
        if self.property.id == is::NAME && self.property.derived {
            return parts_of_name(text).map(Ok);
        }
        let value = match read(&self.property, text, &reading(cx)) {
            Ok(value) => value?,
            // A date that could be two days is said at once; of other things one may be in the middle.
            Err(sentence) => return is_date.then_some(Err(sentence)),
        };
        let (what, aside) = said_of(self.property.kind, &value, cx)
            .unwrap_or_else(|| (shown(&self.property, &value, cx.settings, cx.now), String::new()));
        let is_text_itself = what.replace(['\u{a0}', '\u{202f}'], " ") == text;
        (!is_text_itself).then_some(Ok((clean(&what).into_owned(), aside)))
    }
}

fn parts_of_name(text: &str) -> Option<(String, String)> {
    let (first, last) = split_name(text);
    (!last.is_empty()).then(|| (format!("{} ", clean(first)), format!("and last name {}", clean(last))))
}

/// `Thu 3 Dec 2026`, and `in 14 days`.
pub fn day_said(day: NaiveDate, cx: &Cx) -> (String, String) {
    let away = match (day - cx.settings.clock(cx.now).today()).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        ahead @ 2.. => format!("in {} days", number::grouped(ahead as u64)),
        ago => format!("{} days ago", number::grouped(ago.unsigned_abs())),
    };
    (day.format("%a %-d %b %Y").to_string(), away)
}

/// `Thu 3 Dec 2026, 15:00`, and `in 14 days`.
pub fn moment_said(at: DateTime<Utc>, cx: &Cx) -> (String, String) {
    let clock = cx.settings.clock(cx.now);
    let (day, away) = day_said(clock.day_of(at), cx);
    (format!("{day}, {}", when::time_of_day(at, &clock)), away)
}

/// Dates with their year and how far away they are, phones with their country's number.
fn said_of(kind: Kind, value: &Value, cx: &Cx) -> Option<(String, String)> {
    let aside = |(what, away): (String, String)| (what, format!(" {away}"));
    match (kind, value) {
        (_, Value::Date(date)) => Some(aside(day_said(*date, cx))),
        (_, Value::Time(at)) => Some(aside(moment_said(*at, cx))),
        (Kind::Phone, Value::Text(text)) => {
            let number = phone::normalise(text, &cx.settings.general.phone_country).ok()?.e164?;
            let same = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>() == number;
            Some((if same { text.clone() } else { number }, String::new()))
        }
        (_, Value::Texts(texts)) => Some((texts.join(" · "), String::new())),
        _ => None,
    }
}
